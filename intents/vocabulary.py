"""What an engine is built for: the names of one city's catalogue, and what people call them."""

import re
from collections.abc import Mapping, Sequence
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
            phrases of the closest name, where one is close enough.
    """
    known = list(spoken)
    taken = {item.name for item in items}
    gathered: dict[str, tuple[str, ...]] = {}
    for item in items:
        phrases = spoken.get(item.name)
        if phrases is None:
            close = process.extractOne(item.name, known, scorer=fuzz.ratio, score_cutoff=_SAME_NAME)
            phrases = spoken[close[0]] if close and close[0] not in taken else ()
        gathered[item.id] = tuple(dict.fromkeys((*names_of(item), *phrases)))
    return Phrases(gathered)


def names_of(item: Named) -> tuple[str, ...]:
    """The official name, the name without what stands in brackets, and the aliases."""
    bare = _BRACKETED.sub("", item.name).strip()
    return tuple(dict.fromkeys(name for name in (item.name, bare, *item.aliases) if name))
