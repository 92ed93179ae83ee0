"""Rules for the answers of the FAQ: short enough to be read, and no number that the tables do not know."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from bot.catalogue.tables import Row, Table
from bot.domain.catalogue import Catalogue, FaqEntry
from bot.domain.errors import Finding

_LONGEST: Final = 200
# A telephone number that is wrong does harm; other unknown numbers are only worth a look.
_PHONE_LENGTH: Final = 5
_DATE: Final = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_MONTH_OR_YEAR: Final = re.compile(r"\d{4}年(?:\d{1,2}月)?|\d{1,2}月")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact that is a number or a day, with the words that surround it where people speak of it.

    `said_as` holds such words with # for the number: `第一批#家`.
    """

    label: str
    value: str
    said_as: tuple[str, ...]
    place: str


def read_figures(directory: Path) -> tuple[Figure, ...]:
    """The figures of `local_facts.csv`; none where a city has no such table."""
    path = directory / "local_facts.csv"
    return tuple(_read_figure(row) for row in Table(path, ())) if path.is_file() else ()


def check_answers(catalogue: Catalogue, figures: tuple[Figure, ...], places: Mapping[str, str]) -> Iterator[Finding]:
    """Answers that are too long, contradict a figure or name an unknown telephone number."""
    for entry in catalogue.faq.values():
        place = f"{places.get(entry.id, 'faq.yaml')}（{entry.id}）"
        if len(entry.answer) > _LONGEST:
            yield Finding(place, f"答案有 {len(entry.answer)} 个字，超过 {_LONGEST} 个字，请写短一点")
        yield from (Finding(place, message) for message in _list_contradictions(entry.answer, figures))
        for number in _list_unknown(catalogue, entry, figures):
            if number.isdigit() and len(number) >= _PHONE_LENGTH:
                yield Finding(place, f"答案里的号码“{number}”在 local_facts.csv 和 units.csv 里都没有，请核对")


def remark_answers(catalogue: Catalogue, figures: tuple[Figure, ...], places: Mapping[str, str]) -> Iterator[Finding]:
    """Numbers and days in answers that no table vouches for."""
    for entry in catalogue.faq.values():
        for number in _list_unknown(catalogue, entry, figures):
            if not (number.isdigit() and len(number) >= _PHONE_LENGTH):
                message = f"答案里的“{number}”在 local_facts.csv 和这一条的出处里都没有，请核对"
                yield Finding(f"{places.get(entry.id, 'faq.yaml')}（{entry.id}）", message)


def _read_figure(row: Row) -> Figure:
    place = f"local_facts.csv 第{row.number}行"
    return Figure(row.text("label"), _say_day(row.text("value")), row.listed("said_as", "|"), place)


def _say_day(value: str) -> str:
    """2020-09-01 as people write it; anything else as it stands."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{day.year}年{day.month}月{day.day}日"


def _list_contradictions(answer: str, figures: tuple[Figure, ...]) -> Iterator[str]:
    for figure in figures:
        number = _DATE if _DATE.fullmatch(figure.value) else _NUMBER
        for words in figure.said_as:
            before, _, after = words.partition("#")
            for match in re.finditer(f"{re.escape(before)}({number.pattern}){re.escape(after)}", answer):
                if match[1] != figure.value:
                    yield f"答案写“{match[0]}”，{figure.label}却是 {figure.value}（{figure.place}）"


def _list_unknown(catalogue: Catalogue, entry: FaqEntry, figures: tuple[Figure, ...]) -> Iterator[str]:
    """Days, then numbers that are no part of a date, each once."""
    units = catalogue.units.values()
    vouching = [*(f"{figure.label} {figure.value}" for figure in figures), *entry.sources]
    vouching += [f"{unit.name} {unit.phone}" for unit in units]
    cited = "".join(entry.sources)
    lists = (item for item in catalogue.national if item.document and item.document in cited)
    vouching += [f"{item.kind} {item.applies_to} {item.replacement}" for item in lists]
    days = {day for text in vouching for day in _DATE.findall(text)}
    numbers = {number for text in vouching for number in _NUMBER.findall(text)}
    yield from dict.fromkeys(day for day in _DATE.findall(entry.answer) if day not in days)
    rest = _MONTH_OR_YEAR.sub(" ", _DATE.sub(" ", entry.answer))
    yield from dict.fromkeys(number for number in _NUMBER.findall(rest) if number not in numbers)
