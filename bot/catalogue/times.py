"""Reads the two tables of time: holidays into a working calendar, and the terms of complaints."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from bot.catalogue.tables import Row, Table
from bot.domain.errors import Finding
from bot.domain.terms import ClockKind, Step, Term, TermSubject, TimeUnit
from bot.domain.working_time import WorkCalendar

HOLIDAYS: Final = "holidays.csv"
TERMS: Final = "terms.csv"
_HOLIDAY_COLUMNS: Final = ("year", "date", "kind", "name")
_TERM_COLUMNS: Final = ("key", "applies_to", "step", "amount", "time_unit", "clock", "rule", "is_default")
_TRUTHS: Final = {"true": True, "false": False}
_LARGEST_COUNT: Final = 1000


class DayKind(StrEnum):
    """What a row of the holiday table says of its day."""

    HOLIDAY = "holiday"
    MAKEUP = "makeup"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One row of the holiday table; `year` is the year of the arrangement, which may begin in December before."""

    year: int
    day: date
    kind: DayKind
    name: str
    place: str


def read_calendar(directory: Path, findings: list[Finding]) -> WorkCalendar:
    """The calendar of `holidays.csv`; where a city has no such table, weekends are all that is known."""
    days = tuple(list_days(directory, findings))
    holidays = {item.day: item.name for item in days if item.kind is DayKind.HOLIDAY}
    return WorkCalendar(
        holidays=frozenset(holidays),
        makeup_days=frozenset(item.day for item in days if item.kind is DayKind.MAKEUP),
        years=frozenset(item.year for item in days),
        names=holidays,
    )


def list_days(directory: Path, findings: list[Finding]) -> Iterator[CalendarDay]:
    """The rows of `holidays.csv`; a row that says no day, or a day for the second time, becomes a finding."""
    path = directory / HOLIDAYS
    if not path.is_file():
        return
    table = Table(path, _HOLIDAY_COLUMNS)
    for row in table:
        item = _read_day(row)
        if item is None:
            continue
        row.claim(str(item.day), f"{item.day} 这一天在前面已经写过")
        yield item
    findings.extend(table.findings)


def read_terms(directory: Path, findings: list[Finding]) -> dict[str, Term]:
    """The terms of `terms.csv` by key; empty where a city has no such table and so promises no day."""
    path = directory / TERMS
    if not path.is_file():
        return {}
    table = Table(path, _TERM_COLUMNS)
    terms: dict[str, Term] = {}
    for row in table:
        term = _read_term(row)
        row.claim(f"编号 {term.key}", f"编号“{term.key}”在前面已经用过")
        step = f"“{term.applies_to}”的“{term.step}”"
        row.claim(step, f"{step}在前面已经有期限，只能留一条")
        terms[term.key] = term
    findings.extend(table.findings)
    return terms


def _read_day(row: Row) -> CalendarDay | None:
    day = row.converted("date", date.fromisoformat, None)
    row.required("date")
    row.required("year")
    row.required("kind")
    if day is None:
        return None
    return CalendarDay(
        year=row.converted("year", int, day.year),
        day=day,
        kind=row.converted("kind", DayKind, DayKind.HOLIDAY),
        name=row.required("name"),
        place=f"{HOLIDAYS} 第{row.number}行",
    )


def _read_term(row: Row) -> Term:
    for column in ("applies_to", "step", "time_unit", "clock"):
        row.required(column)
    term = Term(
        key=row.required("key"),
        applies_to=row.converted("applies_to", TermSubject, TermSubject.ANY),
        step=row.converted("step", Step, Step.ANSWER),
        amount=_read_count(row, "amount", least=1),
        unit=row.converted("time_unit", TimeUnit, TimeUnit.WORKING_DAYS),
        clock=row.converted("clock", ClockKind, ClockKind.WORKING),
        pausable=row.converted("pausable", _TRUTHS.__getitem__, False),
        extension_max=_read_count(row, "extension_max", least=0),
        rule=row.required("rule"),
        is_default=row.converted("is_default", _TRUTHS.__getitem__, True),
        note=row.text("note"),
    )
    if _is_at_odds(term):
        row.report(f"“time_unit”写“{term.unit}”，“clock”就不能写“{term.clock}”")
    return term


def _read_count(row: Row, column: str, *, least: int) -> int:
    """A whole number that is not too small, nor so large that it can only be a slip."""
    count = row.converted(column, int, least)
    if least > 0:
        row.required(column)
    if not least <= count <= _LARGEST_COUNT:
        row.report(f"“{column}”一列要写{least}到{_LARGEST_COUNT}的整数")
        return least
    return count


def _is_at_odds(term: Term) -> bool:
    """Whether the unit cannot be counted on the clock: days are told apart by their unit."""
    odd = {(TimeUnit.WORKING_DAYS, ClockKind.CALENDAR), (TimeUnit.DAYS, ClockKind.WORKING)}
    return (term.unit, term.clock) in odd
