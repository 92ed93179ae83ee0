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
    """Variants by place: family id → place → matter id. A matter without variants stands in no family.

    `family_of`: matter id → family id, for every variant.
    """

    by_place: Mapping[str, Mapping[str, str]]
    family_of: Mapping[str, str]

    def pick(self, family: str | None, places: Iterable[str]) -> str | None:
        """The variant for the first of the places that the family has; the family itself where it has none."""
        variants = self.by_place.get(family) if family else None
        if variants is None:
            return family
        return next((variants[place] for place in places if place in variants), family)

    def fold(self, matter: str | None) -> str | None:
        """The family of a variant; any other matter as it is."""
        return self.family_of.get(matter, matter) if matter else None


def fold_variants(vocabulary: Vocabulary) -> tuple[Vocabulary, Families]:
    """The vocabulary with one matter a family, and the families.

    The variant that names no place stands for its family, else the first; a pair that any variant lists counts for all,
    since it only makes that pair more likely to be meant (what holds for a variant is decided from the catalogue, not
    here). Namesakes in one place are no variants of each other: each stands for itself.
    """
    places = _PlaceFinder(vocabulary.places)
    groups: dict[tuple[str, str], dict[str, Named]] = {}
    for matter in vocabulary.matters:
        bare, place = places.split(matter.name)
        is_namesake = place in groups.get((bare, ""), {})
        groups.setdefault((bare, matter.id if is_namesake else ""), {})[place] = matter
    matters: list[Named] = []
    by_place: dict[str, dict[str, str]] = {}
    family_of: dict[str, str] = {}
    for (bare, _), variants in groups.items():
        head = variants.get("") or next(iter(variants.values()))
        if len(variants) > 1:
            by_place[head.id] = {place: matter.id for place, matter in variants.items() if place}
            family_of |= {matter.id: head.id for matter in variants.values()}
        matters.append(replace(head, name=bare) if len(variants) > 1 else head)
    pairs = frozenset((family_of.get(matter, matter), certificate) for matter, certificate in vocabulary.pairs)
    return replace(vocabulary, matters=tuple(matters), pairs=pairs), Families(by_place, family_of)


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
