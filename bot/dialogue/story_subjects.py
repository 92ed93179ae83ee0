"""Mends what a story is about where the names that people use stand for something else in the catalogue. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.dialogue.story_slots import Slots
from bot.dialogue.story_words import StoryWords
from bot.domain.catalogue import Catalogue, Certificate, IssuerKind, Matter
from intents.understanding import Understanding

_DEMANDED_BEFORE: Final = re.compile(r"(要|让|叫|逼|交|提供|出示|拿)[^，]{0,12}$")
_SHORTEST_NAME: Final = 3


def refine_slots(slots: Slots, parts: Sequence[Understanding], catalogue: Catalogue, words: StoryWords) -> Slots:
    """Slots in which what a matter is about is no certificate, and papers of courts and of other places are such."""
    if slots.matter is None:
        return slots
    slots = _drop_object(slots, catalogue.matters[slots.matter], parts, catalogue)
    if slots.matter is None:
        return slots
    if any(words.shows("judicial", part.normalised) for part in parts):
        slots = _take_judicial(slots, slots.matter, catalogue)
    if is_outside(parts, words):
        slots = _take_outside_twins(slots, slots.matter or "", catalogue)
    return slots


def is_outside(parts: Sequence[Understanding], words: StoryWords) -> bool:
    """Whether the words tell of a certificate that was issued outside the city."""
    return any(part.issued == "outside" or words.shows("outside", part.normalised) for part in parts)


def _drop_object(slots: Slots, matter: Matter, parts: Sequence[Understanding], catalogue: Catalogue) -> Slots:
    """Without the certificate that the matter yields ("补行驶证"), or without the matter where it was demanded."""
    objects = [
        item
        for item in slots.certificates
        if catalogue.find_entry(matter.id, item) is None and _yields(matter, catalogue.certificates[item])
    ]
    if not objects:
        return slots
    if any(_is_demanded(part, item) for part in parts for item in objects):
        return replace(slots, matter=None)
    return replace(slots, certificates=tuple(item for item in slots.certificates if item not in objects))


def _yields(matter: Matter, certificate: Certificate) -> bool:
    known = (matter.name, *matter.aliases)
    return any(name in text for name in (certificate.name, *certificate.aliases) for text in known)


def _is_demanded(part: Understanding, certificate: str) -> bool:
    return any(
        mention.id == certificate and _DEMANDED_BEFORE.search(part.normalised[: mention.start])
        for mention in part.mentions
        if mention.kind == "certificate"
    )


def _take_judicial(slots: Slots, matter: str, catalogue: Catalogue) -> Slots:
    """The court's paper that the matter lists, where the story tells of one."""
    listed = [
        entry.certificate_id
        for entry in catalogue.list_by_matter(matter)
        if catalogue.certificates[entry.certificate_id].issuer_kind is IssuerKind.JUDICIARY
    ]
    return replace(slots, certificates=(listed[0],)) if listed else slots


def _take_outside_twins(slots: Slots, matter: str, catalogue: Catalogue) -> Slots:
    """For each certificate the one listed for the same fact from outside ("单身证明", "国外单身证明")."""
    outside = [
        catalogue.certificates[entry.certificate_id]
        for entry in catalogue.list_by_matter(matter)
        if catalogue.certificates[entry.certificate_id].issuer_kind is IssuerKind.OUTSIDE
    ]
    return replace(
        slots,
        certificates=tuple(
            next((twin.id for twin in outside if _is_twin(catalogue.certificates[item], twin)), item)
            for item in slots.certificates
        ),
    )


def _is_twin(certificate: Certificate, outside: Certificate) -> bool:
    names = (name for name in (certificate.name, *certificate.aliases) if len(name) >= _SHORTEST_NAME)
    return any(name in other for name in names for other in (outside.name, *outside.aliases))
