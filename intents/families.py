"""Folds variants of one matter by place (town, district, city) into a family, so that a large catalogue costs no more.

Ten thousand towns may each list "公租房申请". What people call it is the same everywhere; only the place differs. The
models learn the family once, and the place that a message names picks the variant.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import ahocorasick

from intents.vocabulary import Named, Vocabulary


@dataclass(frozen=True, slots=True)
class Families:
    """Variants by place: family id → place → matter id. A matter without variants stands in no family."""

    by_place: Mapping[str, Mapping[str, str]]

    def pick(self, family: str | None, places: Iterable[str]) -> str | None:
        """The variant for the first of the places that the family has; the family itself where it has none."""
        variants = self.by_place.get(family) if family else None
        if variants is None:
            return family
        return next((variants[place] for place in places if place in variants), family)


def fold_variants(vocabulary: Vocabulary) -> tuple[Vocabulary, Families]:
    """The vocabulary with one matter a family, and the families.

    The first variant stands for its family; a pair that any variant lists counts for all, since it only makes that pair
    more likely to be meant (what holds for a variant is decided from the catalogue, not here).
    """
    places = _PlaceFinder(vocabulary.places)
    heads: dict[str, Named] = {}
    families: dict[str, dict[str, str]] = {}
    head_of: dict[str, str] = {}
    for matter in vocabulary.matters:
        bare, place = places.split(matter.name)
        head = heads.setdefault(bare, matter)
        head_of[matter.id] = head.id
        if place:
            families.setdefault(head.id, {})[place] = matter.id
    pairs = frozenset((head_of.get(matter, matter), certificate) for matter, certificate in vocabulary.pairs)
    variants = {head: group for head, group in families.items() if len(group) > 1}
    matters = tuple(replace(head, name=bare) if head.id in variants else head for bare, head in heads.items())
    return replace(vocabulary, matters=matters, pairs=pairs), Families(variants)


class _PlaceFinder:
    """Splits the places off a name."""

    def __init__(self, places: Iterable[str]) -> None:
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_LENGTH)
        self._is_empty = True
        for place in places:
            if len(place) > 1:
                self._automaton.add_word(place)
                self._is_empty = False
        if not self._is_empty:
            self._automaton.make_automaton()

    def split(self, name: str) -> tuple[str, str]:
        """The name without its places, and the last (the smallest) of them; the name as it is where it has none."""
        if self._is_empty:
            return name, ""
        found = [(last + 1 - length, last + 1) for last, length in self._automaton.iter_long(name)]
        if not found:
            return name, ""
        start, end = found[-1]
        bare, cut = "", 0
        for begin, stop in found:
            bare += name[cut:begin]
            cut = stop
        bare = (bare + name[cut:]).strip("（）() ·-")
        return (bare or name), (name[start:end] if bare else "")
