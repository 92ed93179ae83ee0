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


@dataclass(frozen=True, slots=True)
class StoryWords:
    """Expressions by what they show; `breaches` by item of article 20.

    Attributes:
        signs: name of a sign → what shows it.
        unless: name of a sign → what, in the same sentence, rules it out.
    """

    breaches: Mapping[int, re.Pattern[str]]
    signs: Mapping[str, re.Pattern[str]]
    unless: Mapping[str, re.Pattern[str]]

    @classmethod
    def load(cls) -> Self:
        """The expressions of this program.

        Raises:
            DataFindingsError: an expression cannot be compiled, or uses a macro that is not defined.
        """
        return cls.from_content(_read_file())

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """The expressions of a file's content, macros filled in; an item's `unless` rules it out.

        Raises:
            DataFindingsError: an expression cannot be compiled, or uses a macro that is not defined.
        """
        macros = _expand_macros(content["macros"])
        compiled = dict(_compile_all(content, macros))
        return cls(
            breaches={int(name): pattern for name, pattern in compiled.items() if name.isdigit()},
            signs={name: pattern for name, pattern in compiled.items() if not name.isdigit() and ":" not in name},
            unless={name.removesuffix(":unless"): pattern for name, pattern in compiled.items() if ":" in name},
        )

    def list_breaches(self, sentence: str) -> tuple[int, ...]:
        """Items of article 20 that a sentence tells of, in the order in which it does."""
        found = {item: match.start() for item, pattern in self.breaches.items() if (match := pattern.search(sentence))}
        return tuple(
            item for item in sorted(found, key=found.__getitem__) if not self._is_ruled_out(str(item), sentence)
        )

    def shows(self, sign: str, sentence: str) -> bool:
        """Whether a sentence shows a sign."""
        return bool(self.signs[sign].search(sentence)) and not self._is_ruled_out(sign, sentence)

    def _is_ruled_out(self, name: str, sentence: str) -> bool:
        pattern = self.unless.get(name)
        return bool(pattern and pattern.search(sentence))


@cache
def _read_file() -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(_FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return content


def _expand_macros(raw: Mapping[str, Any]) -> dict[str, str]:
    """Macros as groups; each may use those above it."""
    macros: dict[str, str] = {}
    for name, words in raw.items():
        macros[name] = "(?:" + "|".join(_fill(str(word), macros, f"macros {name}") for word in words) + ")"
    return macros


def _compile_all(content: Mapping[str, Any], macros: Mapping[str, str]) -> Iterator[tuple[str, re.Pattern[str]]]:
    for section in ("breaches", "signs"):
        for name, rule in content[section].items():
            yield str(name), _compile(rule["any"], macros, f"{section} {name}")
            if rule.get("unless"):
                yield f"{name}:unless", _compile(rule["unless"], macros, f"{section} {name}")


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
