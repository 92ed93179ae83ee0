"""The words by which a complaint is taken and followed, from `complaint_words.yaml`. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

import yaml

from bot.domain.errors import DataFindingsError, Finding

_FILE: Final = Path(__file__).with_name("complaint_words.yaml")
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintWords:
    """Expressions by what they show.

    Attributes:
        signs: expressions by name. channels: the same for matters that have a channel of their own.
        words: plain words by name. ratings: words by level (5 best), in the order in which they are looked for.
    """

    signs: Mapping[str, tuple[re.Pattern[str], ...]]
    channels: Mapping[str, tuple[re.Pattern[str], ...]]
    words: Mapping[str, tuple[str, ...]]
    ratings: Mapping[int, tuple[str, ...]]

    @classmethod
    def load(cls) -> Self:
        """The words of this program. Raises DataFindingsError for an expression that cannot be compiled."""
        content = dict(_read_file())
        channels, ratings = content.pop("channels"), content.pop("ratings")
        plain = {name: tuple(words) for name, words in content.items() if name in _PLAIN}
        signs = {name: _compile(name, rules) for name, rules in content.items() if name not in _PLAIN}
        return cls(
            signs=signs,
            channels={name: _compile(name, rules) for name, rules in channels.items()},
            words=plain,
            ratings={int(level): tuple(words) for level, words in ratings.items()},
        )

    def shows(self, sign: str, text: str) -> bool:
        """Whether the text shows a sign."""
        return any(pattern.search(text) for pattern in self.signs[sign])

    def find(self, sign: str, text: str) -> str | None:
        """What the sign's group of its own name holds, or None."""
        found = (match[sign] for match in self._matches(sign, text))
        return next((value.strip() for value in found if value and value.strip()), None)

    def find_channel(self, text: str) -> str | None:
        """The channel that a text belongs to, if it has one of its own."""
        found = (name for name, rules in self.channels.items() if any(rule.search(text) for rule in rules))
        return next(found, None)

    def names(self, word: str, text: str) -> bool:
        """Whether one of the plain words of a name occurs."""
        return any(item in text for item in self.words[word])

    def find_rating(self, text: str) -> int | None:
        """The level of satisfaction that a text tells, 5 best; the longest word decides."""
        found = [(len(word), level) for level, words in self.ratings.items() for word in words if word in text]
        return max(found)[1] if found else None

    def drop_taken_back(self, text: str) -> str:
        """The text without what it says is not meant (“不是古林，是集士港”)."""
        for match in reversed(list(self.signs["taken_back"][0].finditer(text))):
            text = text[: match.start("not")] + text[match.end("not") :]
        return text

    def drop(self, sign: str, text: str) -> str:
        """The text without what shows a sign."""
        for pattern in self.signs[sign]:
            text = pattern.sub("", text)
        return text

    def _matches(self, sign: str, text: str) -> Iterator[re.Match[str]]:
        for pattern in self.signs[sign]:
            yield from pattern.finditer(text)


_PLAIN: Final = frozenset({"look", "urge", "withdraw", "add", "reopen", "rate", "joined", "apart", "kept"})


def squeeze(text: str) -> str:
    """The text without spaces, as the expressions want it."""
    return _SPACES.sub("", text)


@cache
def _read_file() -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(_FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return content


def _compile(name: str, rules: list[str]) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(re.compile(rule) for rule in rules)
    except re.error as error:
        finding = Finding(f"complaint_words.yaml {name}", f"不是有效的正则表达式：{error}")
        raise DataFindingsError([finding]) from error
