"""Chooses what a story is about from what the engine sees in the whole and in its sentences. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.catalogue import Catalogue, Entry, Measure
from intents.understanding import Candidate, Level, Understanding

# A candidate below this share is not what was meant; above the other one, it surely is.
_PLAUSIBLE: Final = 0.15
_SURE: Final = 0.85
# A matter that needs confirmation and has less than this is only a guess.
_GUESS: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """Matter and certificates of a story."""

    matter: str | None = None
    certificates: tuple[str, ...] = ()


def choose_slots(
    whole: Understanding, parts: Sequence[Understanding], units: Sequence[str], catalogue: Catalogue
) -> Slots:
    """What was demanded for what; without the matter where another one that is as likely makes the demand lawful."""
    slots = _settle(whole, parts, units, catalogue)
    if _is_doubtful(_pick(whole, parts, "matter"), _pick(whole, parts, "certificates")) and (
        slots.matter is not None or all(_is_always_spared(item, catalogue) for item in slots.certificates)
    ):
        return replace(slots, certificates=())
    if slots.matter is None or not _may_be_lawful(whole.matters, slots, catalogue):
        return slots
    return replace(slots, matter=None)


def _is_doubtful(matter_from: Understanding, certificates_from: Understanding) -> bool:
    """Whether neither is sure: then the certificate is asked for before anybody is said to have broken a rule."""
    return certificates_from.certificate_level is Level.CONFIRM and matter_from.matter_level is not Level.CLEAR


def _may_be_lawful(matters: Sequence[Candidate], slots: Slots, catalogue: Catalogue) -> bool:
    """Whether a certificate is spared in the matter chosen, and cannot be spared in another plausible one."""
    others = [item.id for item in matters if item.score >= _PLAUSIBLE and item.id != slots.matter]
    return any(
        _is_spared(catalogue.find_entry(slots.matter or "", certificate))
        and any(
            catalogue.find_entry(item, certificate) and not _is_spared(catalogue.find_entry(item, certificate))
            for item in others
        )
        for certificate in slots.certificates
    )


def _is_always_spared(certificate: str, catalogue: Catalogue) -> bool:
    """Whether the certificate alone, without a matter, already shows a demand to be a breach."""
    return all(map(_is_spared, catalogue.list_by_certificate(certificate)))


def _is_spared(entry: Entry | None) -> bool:
    return entry is not None and entry.measure is not Measure.NOT_YET


def _settle(whole: Understanding, parts: Sequence[Understanding], units: Sequence[str], catalogue: Catalogue) -> Slots:
    """The likeliest matter and certificates.

    What the whole leaves open is taken from the sentence that is surest of it, then from the candidates of a unit that
    is named. A pair outside the catalogue is believed only where both are clear: people rarely tell of one, and it is
    mostly misheard.
    """
    matter_from = _pick(whole, parts, "matter")
    certificates_from = _pick(whole, parts, "certificates")
    matter, certificates = matter_from.matter, certificates_from.certificates
    if matter is None or _is_guess(matter_from):
        matter = _find_by_unit(matter_from, certificates, units, catalogue)
    if matter is None or not certificates or any(catalogue.find_entry(matter, item) for item in certificates):
        return Slots(matter=matter, certificates=certificates)
    if _is_sure(matter_from.matters, matter) and all(
        certificates_from.certificate_level is Level.CLEAR or _is_sure(certificates_from.certificate_candidates, item)
        for item in certificates
    ):
        return Slots(matter=matter, certificates=certificates)
    return _mend(matter_from, certificates_from, catalogue)


def _pick(whole: Understanding, parts: Sequence[Understanding], slot: str) -> Understanding:
    """Who is clear of the slot, or else names it at all: the whole before the surest sentence.

    The engine reads only the beginning of a very long text; then the sentences come first.
    """
    level = f"{slot.removesuffix('s')}_level"
    surest = sorted(parts, key=lambda part: -part.confidence)
    is_cut = parts[-1].normalised not in whole.normalised
    ordered = [*surest, whole] if is_cut else [whole, *surest]
    named = [item for item in ordered if getattr(item, slot)]
    clear = [item for item in named if getattr(item, level) is Level.CLEAR]
    return next(iter((*clear, *named)), whole)


def _is_guess(understood: Understanding) -> bool:
    score = next((item.score for item in understood.matters if item.id == understood.matter), 1.0)
    return understood.matter_level is Level.CONFIRM and score < _GUESS


def _is_sure(candidates: Sequence[Candidate], chosen: str) -> bool:
    return next((item.score for item in candidates if item.id == chosen), 1.0) >= _SURE


def _find_by_unit(
    understood: Understanding, certificates: Sequence[str], units: Sequence[str], catalogue: Catalogue
) -> str | None:
    """The likeliest matter of a unit that is named, listed with what was demanded."""
    if understood.matter_level is Level.ABSENT or not certificates:
        return None
    return next(
        (
            candidate.id
            for candidate in understood.matters
            if candidate.score >= _PLAUSIBLE
            and catalogue.matters[candidate.id].unit_id in units
            and all(catalogue.find_entry(candidate.id, item) for item in certificates)
        ),
        None,
    )


def _mend(matter_from: Understanding, certificates_from: Understanding, catalogue: Catalogue) -> Slots:
    """The likeliest listed pair among the candidates, else only what is clear."""
    matter, certificates = matter_from.matter, certificates_from.certificates
    pairs = [
        (first.score * second.score, first.id, second.id)
        for first in matter_from.matters
        for second in certificates_from.certificate_candidates
        if min(first.score, second.score) >= _PLAUSIBLE and catalogue.find_entry(first.id, second.id)
    ]
    if pairs:
        _, matter, certificate = max(pairs)
        return Slots(matter=matter, certificates=(certificate,))
    return Slots(certificates=certificates)
