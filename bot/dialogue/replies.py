"""Fills reply templates: every text that the dialogue shows stands in `replies.yaml`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Final, Self

import yaml

from bot.domain.errors import DataFindingsError, Finding

_FILE: Final = Path(__file__).with_name("replies.yaml")
# What the steps put into templates; a template with any other placeholder is refused.
_PLACEHOLDERS: Final = frozenset(
    {
        *("action", "applies", "article", "articles", "certificate", "certificates", "count", "date", "document"),
        *(
            "entries",
            "example",
            "handled_by",
            "how",
            "issuer",
            "kind",
            "limit",
            "matter",
            "meaning",
            "name",
            "national",
        ),
        *("number", "phone", "replacement", "state", "statement", "summary", "title", "unit", "why", "word"),
    }
)
_STOPS: Final = "。！？；，、：.!?;,:"
_RUN_OF_STOPS: Final = re.compile("。{2,}")


class Replies:
    """Templates with the facts of one city filled in where they ask for them.

    Args:
        facts: local facts of the catalogue; those it lacks are taken from `facts` in the file.

    Raises:
        DataFindingsError: a template has an unknown placeholder, or the file cannot be read.
    """

    def __init__(self, content: Mapping[str, Any], facts: Mapping[str, str]) -> None:
        defaults = {str(key): str(value) for key, value in content["facts"].items()}
        self._facts = {key: facts.get(key) or value for key, value in defaults.items()}
        self._lists = {key: tuple(map(str, words)) for key, words in _flatten(content, "") if isinstance(words, list)}
        # Section and `words` or `signs` → kind and its words, in the order of the file.
        self._kinds: dict[tuple[str, str], list[tuple[str, tuple[str, ...]]]] = {}
        for key, words in self._lists.items():
            section, kind, what = key.split(".")
            self._kinds.setdefault((section, what), []).append((kind, words))
        self._templates = {key: str(text).strip() for key, text in _flatten(content, "") if not isinstance(text, list)}
        self._check()

    @classmethod
    def load(cls, facts: Mapping[str, str]) -> Self:
        """The replies of this program for one city."""
        return cls(_read_file(), facts)

    @property
    def keys(self) -> frozenset[str]:
        """Keys of all templates and word lists, as in `part.key`."""
        return frozenset((*self._templates, *self._lists))

    def __call__(self, key: str, **values: object) -> str:
        """A template filled.

        Raises:
            KeyError: no such template, or a value that it asks for is not given.
        """
        return self._templates[key].format_map({**self._facts, **values})

    def fact(self, key: str) -> str:
        """A local fact, or what the file gives where the city's tables have none."""
        return self._facts[key]

    def pick(self, section: str, text: str) -> str:
        """The first kind of a section one of whose words occurs in the text, else `other`."""
        return self._find_kind(section, "words", text) or "other"

    def find_sign(self, section: str, text: str) -> str | None:
        """The first kind of a section one of whose signs occurs in the text; None where none does."""
        return self._find_kind(section, "signs", text)

    def _find_kind(self, section: str, what: str, text: str) -> str | None:
        kinds = self._kinds.get((section, what), [])
        return next((kind for kind, words in kinds if any(word in text for word in words)), None)

    def _check(self) -> None:
        known = _PLACEHOLDERS | self._facts.keys()
        findings = [
            Finding(f"replies.yaml {key}", f"不认识的占位符 {{{name}}}")
            for key, text in self._templates.items()
            for _, name, _, _ in Formatter().parse(text)
            if name is not None and name not in known
        ]
        if findings:
            raise DataFindingsError(findings)


@cache
def _read_file() -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(_FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return content


def join_sentences(sentences: Sequence[str]) -> str:
    """Sentences one after the other, each ending in a full stop; empty ones are left out."""
    ended = [text if text[-1] in "。！？：”" else f"{text.rstrip(_STOPS)}。" for text in sentences if text]
    return _RUN_OF_STOPS.sub("。", "".join(ended))


def _flatten(content: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, value in content.items():
        if prefix or name != "facts":
            key = f"{prefix}{name}"
            if isinstance(value, Mapping):
                yield from _flatten(value, f"{key}.")
            else:
                yield key, value
