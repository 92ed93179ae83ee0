"""Finds units, certificates and matters by the names that offices write: official, alias, or nearly so."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Protocol

from rapidfuzz import fuzz, process

from bot.catalogue.forms.text import clean, name_key, tidy
from bot.domain.catalogue import Catalogue

# A part of a unit's name shorter than this fits too many units.
_SHORTEST_PART: Final = 4
_LIKELY_MEANT: Final = 65
_MOST_SUGGESTIONS: Final = 2
_MOST_PARTS: Final = 20
_COPY_WORDS: Final = re.compile(r"\(?((原件|复印件|影印件|扫描件|正副本|副本|正本)(及|和|与|、)?)+\)?$")
_SEPARATORS: Final = re.compile(r"[\s、,;/]|以及|和|及|与")
_BRACKETS: Final = {")": 1, "）": 1, "(": -1, "（": -1}
_OCCASION_START: Final = re.compile(r"^(仅限?|限|用于|适用于|在)?(申请办理|办理|申办|申请)?")
_OCCASION_END: Final = re.compile(r"(时使用|使用|适用|事项|的|时|用)+$")


class _Named(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateName:
    """What the cell with a certificate's name says.

    Attributes:
        id: None for a certificate that the catalogue does not know.
        text: the name without the occasion in brackets.
        occasion: the brackets that limit the row to some matters (`办理补领婚姻登记证时`), or empty.
        matter_ids: those matters; empty where there is no occasion or none was recognised.
        qualifier: brackets that say something else (`结婚证（国内）`); such a row stands beside the one without.
        is_other_name: whether the catalogue calls it by another name.
    """

    id: str | None
    text: str
    occasion: str = ""
    matter_ids: tuple[str, ...] = ()
    qualifier: str = ""
    is_other_name: bool = False


class Names:
    """The names of a catalogue, ready for look-up."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._units = _index(
            {unit.id: replace(unit, aliases=(*unit.aliases, unit.short_name)) for unit in catalogue.units.values()}
        )
        self._certificates = _index(catalogue.certificates)
        self._matters = _index(catalogue.matters)

    def find_unit(self, text: str) -> str | None:
        """The unit's id: by name, short name, alias, its name without the city, or one of its departments."""
        key = name_key(text)
        if exact := _only(self._units.get(key, ())):
            return exact
        if len(key) < _SHORTEST_PART:
            return None
        return _only(unit_id for unit_id, name in self._unit_names if name.endswith(key)) or _only(
            unit_id for unit_id, name in self._unit_names if len(name) >= _SHORTEST_PART and key.startswith(name)
        )

    def find_certificate(self, text: str, unit_id: str | None) -> CertificateName:
        """The certificate of a cell with the matters in its brackets; `unit_id` decides between matters of one name."""
        name = tidy(text)
        base, bracket = _split_bracket(name)
        whole_id = self._find_certificate_id(name)
        if whole_id is not None or not base:
            return self._certificate_name(whole_id, name)
        matter_ids = self.find_matters(bracket, unit_id)
        known = self._certificate_name(self._find_certificate_id(base), base)
        if matter_ids or _is_occasion(bracket):
            return replace(known, occasion=bracket, matter_ids=matter_ids)
        return replace(known, text=name, qualifier=bracket, is_other_name=known.id is not None)

    def find_matters(self, text: str, unit_id: str | None) -> tuple[str, ...]:
        """The matters of a text that names one or several; empty unless every one of them is known."""
        cleaned = clean(text)
        for candidate in (cleaned, _OCCASION_END.sub("", _OCCASION_START.sub("", cleaned))):
            if found := self._find_matter_list(candidate, unit_id):
                return found
        return ()

    def certificate_name(self, certificate_id: str) -> str:
        """The official name of a certificate. Raises KeyError."""
        return self._catalogue.certificates[certificate_id].name

    def matter_name(self, matter_id: str) -> str:
        """The official name of a matter. Raises KeyError."""
        return self._catalogue.matters[matter_id].name

    def suggest_units(self, text: str) -> list[str]:
        """Names of units that may have been meant."""
        return _suggest(text, (unit.name for unit in self._catalogue.units.values()))

    def suggest_certificates(self, text: str) -> list[str]:
        """Names of certificates that may have been meant."""
        return _suggest(text, (certificate.name for certificate in self._catalogue.certificates.values()))

    def suggest_matters(self, text: str, unit_id: str | None) -> list[str]:
        """Names of matters that may have been meant, those of the unit first."""
        matters = self._catalogue.matters.values()
        own = _suggest(text, (matter.name for matter in matters if matter.unit_id == unit_id))
        return own or _suggest(text, (matter.name for matter in matters))

    @cached_property
    def _unit_names(self) -> list[tuple[str, str]]:
        """Unit id and key, the longest names first."""
        names = [
            (unit.id, name_key(name))
            for unit in self._catalogue.units.values()
            for name in dict.fromkeys((unit.name, unit.short_name))
        ]
        return sorted(names, key=lambda item: -len(item[1]))

    def _certificate_name(self, certificate_id: str | None, text: str) -> CertificateName:
        is_other = certificate_id is not None and name_key(
            self._catalogue.certificates[certificate_id].name
        ) != name_key(text)
        return CertificateName(id=certificate_id, text=text, is_other_name=is_other)

    def _find_certificate_id(self, text: str) -> str | None:
        """By name or alias; a copy or an original is the certificate itself."""
        for candidate in (text, _COPY_WORDS.sub("", clean(text))):
            if found := _only(self._certificates.get(name_key(candidate), ())):
                return found
        return None

    def _find_matter_list(self, text: str, unit_id: str | None) -> tuple[str, ...]:
        """Splits only where it must, because a matter's own name may hold what separates names."""
        separators = list(_SEPARATORS.finditer(text))
        if len(separators) >= _MOST_PARTS:
            return ()
        starts = [0, *(separator.end() for separator in separators)]
        ends = [*(separator.start() for separator in separators), len(text)]
        found: list[str] = []
        first = 0
        while first < len(starts):
            for last in range(len(ends) - 1, first - 1, -1):
                matter_id = self._find_matter_id(text[starts[first] : ends[last]], unit_id)
                if matter_id is not None:
                    found.append(matter_id)
                    first = last + 1
                    break
            else:
                return ()
        return tuple(dict.fromkeys(found))

    def _find_matter_id(self, text: str, unit_id: str | None) -> str | None:
        found = self._matters.get(name_key(text), ())
        own = (matter_id for matter_id in found if self._catalogue.matters[matter_id].unit_id == unit_id)
        return _only(found) or _only(own)


def _index(items: Mapping[str, _Named]) -> dict[str, tuple[str, ...]]:
    """Ids by the key of each name and alias; an official name comes before anybody's alias."""
    index: dict[str, tuple[str, ...]] = {}
    for item_id, item in items.items():
        key = name_key(item.name)
        index[key] = (*index.get(key, ()), item_id)
    official = set(index)
    for item_id, item in items.items():
        for key in {name_key(alias) for alias in item.aliases} - official:
            index[key] = (*index.get(key, ()), item_id)
    return index


def _only(found: Iterable[str]) -> str | None:
    """The one that was found, or None where there are none or several."""
    distinct = set(found)
    return distinct.pop() if len(distinct) == 1 else None


def _split_bracket(text: str) -> tuple[str, str]:
    """Text before the last bracket and what stands in it; two empty texts where the text does not end in a bracket."""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += _BRACKETS.get(text[place], 0)
        if depth == 0:
            return (text[:place].strip(), text[place + 1 : -1].strip()) if place < len(text) - 1 else ("", "")
    return "", ""


def _is_occasion(text: str) -> bool:
    """Whether words in brackets tell when a certificate is asked for, and are no part of its name."""
    cleaned = clean(text)
    return bool(_OCCASION_START.sub("", cleaned) != cleaned or _OCCASION_END.search(cleaned))


def _suggest(text: str, names: Iterable[str]) -> list[str]:
    found = process.extract(
        clean(text), list(names), scorer=fuzz.ratio, score_cutoff=_LIKELY_MEANT, limit=_MOST_SUGGESTIONS
    )
    return [name for name, _, _ in found]
