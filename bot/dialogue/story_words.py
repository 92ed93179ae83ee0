"""What a story tells beside its matter and certificate, read by the expressions of `story_words.yaml`. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

import yaml

from bot.domain.errors import DataFindingsError, Finding

_FILE: Final = Path(__file__).with_name("story_words.yaml")
_MACRO: Final = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What shows something, and what in the same sentence rules it out."""

    shown_by: re.Pattern[str]
    unless: re.Pattern[str] | None = None

    def find(self, sentence: str) -> int | None:
        """Where a sentence begins to show it, or None."""
        match = self.shown_by.search(sentence)
        if match is None or (self.unless and self.unless.search(sentence)):
            return None
        return match.start()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryWords:
    """Rules by what they show.

    Attributes:
        breaches: by item of article 20, what words alone tell. hints: by item, what makes it more likely.
        signs: by name, what else a story tells.
    """

    breaches: Mapping[int, Rule]
    hints: Mapping[int, Rule]
    signs: Mapping[str, Rule]

    @classmethod
    def load(cls) -> Self:
        """The rules of this program."""
        return cls.from_content(yaml.load(_FILE.read_text("utf-8"), Loader=yaml.CSafeLoader))

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """The expressions of a file's content, macros filled in; an item's `unless` rules it out.

        Raises:
            DataFindingsError: an expression cannot be compiled, or uses a macro that is not defined.
        """
        macros = _expand_macros(content["macros"])
        return cls(
            breaches={int(item): rule for item, rule in _compile_rules(content, "breaches", macros)},
            hints={int(item): rule for item, rule in _compile_rules(content, "hints", macros)},
            signs=dict(_compile_rules(content, "signs", macros)),
        )

    def list_breaches(self, sentence: str) -> tuple[int, ...]:
        """Items of article 20 that a sentence tells of, in the order in which it does."""
        return _list_items(self.breaches, sentence)

    def list_hints(self, sentence: str) -> tuple[int, ...]:
        """Items of article 20 that a sentence makes more likely."""
        return _list_items(self.hints, sentence)

    def shows(self, sign: str, sentence: str) -> bool:
        """Whether a sentence shows a sign."""
        return self.signs[sign].find(sentence) is not None

    def shows_beside(self, sign: str, other: str, sentence: str) -> bool:
        """Whether a sentence shows a sign beside the words by which it shows the other one."""
        return self.shows(sign, self.signs[other].shown_by.sub("，", sentence))


def _list_items(rules: Mapping[int, Rule], sentence: str) -> tuple[int, ...]:
    found = {item: place for item, rule in rules.items() if (place := rule.find(sentence)) is not None}
    return tuple(sorted(found, key=found.__getitem__))


@cache
def load_words() -> StoryWords:
    """The rules of this program, compiled once."""
    return StoryWords.load()


def _expand_macros(raw: Mapping[str, Any]) -> dict[str, str]:
    """Macros as groups; each may use those above it."""
    macros: dict[str, str] = {}
    for name, words in raw.items():
        macros[name] = "(?:" + "|".join(_fill(str(word), macros, f"macros {name}") for word in words) + ")"
    return macros


def _compile_rules(content: Mapping[str, Any], section: str, macros: Mapping[str, str]) -> Iterator[tuple[str, Rule]]:
    for name, rule in content[section].items():
        place = f"{section} {name}"
        unless = _compile(rule["unless"], macros, place) if rule.get("unless") else None
        yield str(name), Rule(shown_by=_compile(rule["any"], macros, place), unless=unless)


def _compile(expressions: list[str], macros: Mapping[str, str], place: str) -> re.Pattern[str]:
    filled = "|".join(f"(?:{_fill(item, macros, place)})" for item in expressions)
    try:
        return re.compile(filled)
    except re.error as error:
        raise _refuse(place, f"不是有效的正则表达式：{error}") from error


def _fill(expression: str, macros: Mapping[str, str], place: str) -> str:
    try:
        return _MACRO.sub(lambda match: macros[match[1]], expression)
    except KeyError as error:
        raise _refuse(place, f"没有写过的词组 <{error.args[0]}>") from error


def _refuse(place: str, message: str) -> DataFindingsError:
    return DataFindingsError([Finding(f"story_words.yaml {place}", message)])
