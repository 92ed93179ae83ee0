"""Grows a catalogue: variants of every matter by town, district and city, with the certificates of the original."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product
from typing import Final

from intents.vocabulary import Named, Vocabulary

_CITIES: Final = [f"{first}{second}市" for first, second in product("青白临云安", "川岭")]
_DISTRICTS: Final = [f"{first}{second}区" for first, second in product("东南西北中", "山水河湖")]
_TOWNS: Final = [f"{first}{second}镇" for first, second in product("新古大小上下", "桥塘浦埠")]


def list_places() -> Iterator[str]:
    """Made-up places: every city, then its districts, then their towns."""
    yield from _CITIES
    yield from map("".join, product(_CITIES, _DISTRICTS))
    yield from map("".join, product(_CITIES, _DISTRICTS, _TOWNS))


def grow(vocabulary: Vocabulary, entries: int) -> Vocabulary:
    """The vocabulary with variants by place, until it has at least so many catalogue entries.

    All sizes have one `version`: they fold into the same families, so that one trained model serves them all.
    """
    copies = -(-entries // len(vocabulary.pairs))
    places = tuple(islice(list_places(), copies))
    matters = tuple(
        Named(id=f"{matter.id}@{place}", name=f"{place}{matter.name}", aliases=matter.aliases)
        for place in places
        for matter in vocabulary.matters
    )
    pairs = frozenset(
        (f"{matter}@{place}", certificate) for place in places for matter, certificate in vocabulary.pairs
    )
    return replace(vocabulary, matters=matters, pairs=pairs, places=places, version=f"{vocabulary.version}-grown")
