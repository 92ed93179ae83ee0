"""What an engine is built for: the names of one city's catalogue, and what people call them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz, process

_BRACKETED: Final = re.compile(r"[（(].*?[）)]")
# Another city's matter inherits our spoken phrases when its official name is this close to one we know (0 to 100).
_SAME_NAME: Final = 82.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something of the catalogue that people name: a matter, a certificate or a unit."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A curated question with other ways of asking it; `intent` is what those sentences want."""

    id: str
    intent: str
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """One city's names.

    Attributes:
        pairs: (matter id, certificate id) of every catalogue entry; a listed pair is more likely to be meant.
        places: names of towns and districts, so that variants of one matter by place are one family.
        version: names the catalogue the vocabulary was made from.
    """

    matters: tuple[Named, ...]
    certificates: tuple[Named, ...]
    units: tuple[Named, ...] = ()
    pairs: frozenset[tuple[str, str]] = frozenset()
    faq: tuple[Asked, ...] = ()
    places: tuple[str, ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What people call each item of one kind: id → names and phrases, the official name first."""

    by_id: dict[str, tuple[str, ...]] = field(default_factory=dict)


def gather_phrases(items: Sequence[Named], spoken: Mapping[str, Sequence[str]]) -> Phrases:
    """Names, aliases and spoken phrases of each item.

    Args:
        items: the catalogue's items of one kind.
        spoken: official name → phrases that people use for it anywhere. An item whose name is not among them takes the
            phrases of the same name without brackets or of the closest name, if that is close enough.
    """
    known = _Known(spoken)
    taken = {item.name for item in items}
    gathered: dict[str, tuple[str, ...]] = {}
    for item in items:
        name = item.name if item.name in spoken else known.find_like(item.name)
        phrases = spoken[name] if name is not None and (name == item.name or name not in taken) else ()
        gathered[item.id] = tuple(dict.fromkeys((*names_of(item), *phrases)))
    return Phrases(gathered)


class _Known:
    """Finds official names that are written a little differently elsewhere."""

    def __init__(self, names: Iterable[str]) -> None:
        self._forms = {name: unicodedata.normalize("NFKC", name) for name in names}
        groups: dict[str, list[str]] = {}
        for name in self._forms:
            groups.setdefault(_remove_brackets(name), []).append(name)
        self._bare = {bare: group[0] for bare, group in groups.items() if len(group) == 1}

    def find_like(self, name: str) -> str | None:
        """The name that differs in its brackets only, else the closest one, or None where none is close."""
        bare = self._bare.get(_remove_brackets(name))
        if bare is not None:
            return bare
        form = unicodedata.normalize("NFKC", name)
        close = process.extractOne(form, self._forms, scorer=fuzz.ratio, score_cutoff=_SAME_NAME)
        return close[2] if close else None


def _remove_brackets(name: str) -> str:
    return _BRACKETED.sub("", name).strip()


def names_of(item: Named) -> tuple[str, ...]:
    """The official name, the name without what stands in brackets, and the aliases."""
    return tuple(dict.fromkeys(name for name in (item.name, _remove_brackets(item.name), *item.aliases) if name))
