"""Puts slots, intent, cues and the conversation together: what is meant, and how sure we are of each part."""

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

import rjieba

from intents.choose import FRAGMENT, INTENTS, SLOT_INTENTS, choose_intent
from intents.compose import CERTIFICATE, MATTER
from intents.decode import CertificateReading, Ranked, Reading, Seen
from intents.features import Floats
from intents.kernels.roles import measure_role
from intents.tuning import Tuning
from intents.understanding import Act, Candidate, Context, Intent, Level, Mention, Trace, Understanding
from intents.vocabulary import Vocabulary

_SHOWN: Final = 5
_GRAINS: Final = 10_000
_CERTIFICATE_INTENTS: Final = frozenset({Intent.CERTIFICATE_NEEDED, Intent.CERTIFICATE_OBTAIN})
# So many characters about the matter beside a general word tell which of its matters is meant.
_TELLING: Final = 1.5
_MARKS: Final = {MATTER: "/事项", CERTIFICATE: "/证明"}
_OUTSIDE_NAME: Final = re.compile("(市|境|国)外")
# In a message this short a certificate goes by its name, so that what is none may be one with a slip.
_TERSE: Final = 12
_SCRAP: Final = 2


class _Slots(NamedTuple):
    """Slots after leaning on the context."""

    matter: str | None
    matter_level: Level
    matters: tuple[Candidate, ...]
    certificates: tuple[str, ...]
    certificate_level: Level
    certificate_candidates: tuple[Candidate, ...]
    sureness: float


class Resolver:
    """Knows the vocabulary's ids and the thresholds.

    Args:
        objects: (matter, certificate) where the matter is about getting that very certificate.
        nothing_named: regular expressions of words for a paper that name none.
        general: words that name several matters at once → official names of those.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        objects: frozenset[tuple[str, str]],
        general: Mapping[str, tuple[str, ...]],
        nothing_named: Sequence[str],
        tuning: Tuning,
    ) -> None:
        self._says_nothing = re.compile("|".join(nothing_named) or r"(?!)").fullmatch
        ids = {item.name: item.id for item in vocabulary.matters}
        self._general = {word: tuple(ids[name] for name in names if name in ids) for word, names in general.items()}
        self._objects = objects
        self._outside = _pair_outside(vocabulary)
        self._matters = tuple(item.id for item in vocabulary.matters)
        self._certificates = tuple(item.id for item in vocabulary.certificates)
        self._tuning = tuning

    def resolve(
        self, reading: Reading, *, context: Context, act: Act | None, choice: int | None, length: int
    ) -> Understanding:
        """The understanding of one message, from what the models read in it and what was said before.

        Args:
            length: how many characters were typed; bringing them into form may have made them more.
        """
        named = reading.decoded.named >= self._tuning.name_at and not self._repeats_certificate(reading, context)
        certificates = self._real_readings(reading, named)
        intent, sure, rule = choose_intent(reading, context, act, named, bool(certificates), self._tuning)
        slots = self._fill_slots(context, reading, certificates, named, intent)
        if sure < self._tuning.intent_at:
            slots = _doubt(slots)
        return Understanding(
            intent=intent,
            confidence=round(sure * slots.sureness, 4),
            matter=slots.matter,
            matter_level=slots.matter_level,
            matters=slots.matters,
            certificates=slots.certificates,
            certificate_level=_doubt_scraps(slots.certificate_level, length, context),
            certificate_candidates=slots.certificate_candidates,
            units=_ids_of(reading.seen.mentions, "unit"),
            breaches=_ids_of(reading.seen.mentions, "breach"),
            person=reading.signs.person,
            issued=reading.signs.issued,
            act=act,
            choice=choice,
            faq=reading.faq,
            explain=lambda: self._trace(reading, rule),
        )

    def _repeats_certificate(self, reading: Reading, context: Context) -> bool:
        """Whether in a fragment ("打疫苗的小本呢") the matter only seems named, being about that certificate."""
        if context.matter is None or len(reading.seen.text) > FRAGMENT:
            return False
        matter = self._matters[reading.decoded.matter.classes[0]]
        certificates = (self._certificates[item.ranked.classes[0]] for item in reading.decoded.certificates)
        return any((matter, certificate) in self._objects for certificate in certificates)

    def misses_a_slot(self, reading: Reading, context: Context) -> bool:
        """Whether a message about slots leaves the one it is about unclear, so that slips are worth looking for.

        Who only adds a circumstance to a question ("老家开的") names nothing.
        """
        if context.certificates and (reading.signs.person or reading.signs.issued):
            return False
        best = INTENTS[reading.seen.ranking[0]]
        if self._find_several(reading.seen):
            return True
        if best in _CERTIFICATE_INTENTS:
            found = reading.decoded.certificates
            is_vague = len(reading.seen.text) <= _TERSE and not any(item.is_exact for item in found)
            return is_vague or not any(item.real >= self._tuning.name_at for item in found)
        unsure = reading.decoded.matter.right < self._tuning.answer_at
        return best is Intent.MATTER_MATERIALS and (reading.decoded.named < self._tuning.name_at or unsure)

    def _real_readings(self, reading: Reading, named: bool) -> list[CertificateReading]:
        """What really names a certificate that is asked about.

        The same certificate named twice counts once. Beside another one, the certificate that the matter is about
        ("补身份证要不要登报") belongs to the matter.
        """
        decoded, text = reading.decoded, reading.seen.text
        real = [item for item in decoded.certificates if item.real >= self._tuning.name_at]
        real = real or [item for item in decoded.certificates if item.is_exact]
        best: dict[int, CertificateReading] = {}
        for item in real:
            key = item.ranked.classes[0]
            if key not in best or item.ranked.right > best[key].ranked.right:
                best[key] = item
        best = {
            place: item
            for place, item in best.items()
            if item.is_exact or not self._says_nothing(text[item.start : item.end])
        }
        matter = self._matters[decoded.matter.classes[0]]
        asked = [
            item
            for place, item in best.items()
            if not named or (matter, self._certificates[place]) not in self._objects
        ]
        return sorted(asked or best.values(), key=lambda item: item.start)

    def _fill_slots(
        self, context: Context, reading: Reading, readings: list[CertificateReading], named: bool, intent: Intent
    ) -> _Slots:
        decoded = reading.decoded
        candidates = _list_candidates(decoded.matter, self._matters)
        several = self._find_several(reading.seen)
        if several and intent in SLOT_INTENTS:
            candidates = tuple(Candidate(id=item, score=round(1 / len(several), 4)) for item in several)
            matter, level = None, Level.OPEN
        elif named:
            level = self._level(decoded.matter.right)
            matter = candidates[0].id if level is Level.CLEAR or level is Level.CONFIRM else None
        else:
            leans = (
                intent in SLOT_INTENTS and context.matter is not None and (bool(readings) or bool(context.certificates))
            )
            matter = context.matter if leans else None
            level = Level.CLEAR if matter else Level.ABSENT
        certificates, certificate_level, certificate_candidates, sure = self._fill_certificates(readings)
        if not readings and intent is Intent.CERTIFICATE_NEEDED and context.certificates:
            certificates, certificate_level = context.certificates, Level.CLEAR
        if reading.signs.issued == "outside":
            certificates = tuple(self._outside.get(item, item) for item in certificates)
        if intent is Intent.MATTER_MATERIALS and (named or matter):
            certificates, certificate_level = (), Level.ABSENT
        if intent is Intent.CERTIFICATE_OBTAIN and matter is None:
            issuing = self._find_issuing(certificates, candidates)
            matter, level = issuing, Level.CLEAR if issuing else level
        return _Slots(
            matter=matter,
            matter_level=level,
            matters=candidates,
            certificates=certificates,
            certificate_level=certificate_level,
            certificate_candidates=certificate_candidates,
            sureness=(decoded.matter.right if named else 1.0) * sure,
        )

    def _find_several(self, seen: Seen) -> tuple[str, ...]:
        """The matters that a general word may mean, where nothing else in the message tells which."""
        words = [item for item in seen.mentions if item.kind == "general"]
        if len(words) != 1 or any(item.kind == "matter" for item in seen.mentions):
            return ()
        start, end = words[0].start, words[0].end
        if _amount_of(seen, CERTIFICATE, start, end) > _amount_of(seen, MATTER, start, end):
            return ()
        telling = _amount_of(seen, MATTER, 0, start - 1) + _amount_of(seen, MATTER, end + 1, len(seen.text))
        return self._general[words[0].id] if telling < _TELLING else ()

    def _find_issuing(self, certificates: tuple[str, ...], candidates: tuple[Candidate, ...]) -> str | None:
        """The likely matter by which one gets the certificate, where the catalogue has one."""
        issuing = (
            item.id
            for item in candidates
            if any((item.id, certificate) in self._objects for certificate in certificates)
        )
        return next(issuing, None)

    def _fill_certificates(
        self, readings: list[CertificateReading]
    ) -> tuple[tuple[str, ...], Level, tuple[Candidate, ...], float]:
        if not readings:
            return (), Level.ABSENT, (), 1.0
        best = max(readings, key=lambda reading: reading.ranked.right * reading.real)
        level = self._level(best.ranked.right)
        candidates = _list_candidates(best.ranked, self._certificates)
        if level is Level.OPEN:
            return (), level, candidates, best.ranked.right
        sure = [reading for reading in readings if reading is best or reading.ranked.right >= self._tuning.beside_at]
        ids = tuple(dict.fromkeys(self._certificates[reading.ranked.classes[0]] for reading in sure))
        return ids, level, candidates, min(reading.ranked.right for reading in sure)

    def _level(self, right: float) -> Level:
        if right >= self._tuning.answer_at:
            return Level.CLEAR
        return Level.CONFIRM if right >= self._tuning.confirm_at else Level.OPEN

    def _trace(self, reading: Reading, rule: str) -> Trace:
        decoded = reading.decoded
        order = reading.seen.ranking[:_SHOWN]
        scores = {
            "intent": tuple(
                Candidate(id=INTENTS[place], score=round(reading.seen.intents[place], 4)) for place in order
            ),
            "matter": _list_candidates(decoded.matter, self._matters),
            "faq": reading.faq,
        }
        for number, item in enumerate(decoded.certificates, 1):
            scores[f"certificate {number}"] = _list_candidates(item.ranked, self._certificates)
        return Trace(
            normalised=reading.seen.text,
            segments=_segments(reading.seen.text, reading.seen.roles, reading.seen.mentions),
            mentions=reading.seen.mentions,
            scores=scores,
            decided_by=(
                rule,
                f"matter named {decoded.named:.2f} right {decoded.matter.right:.2f}",
                *(f"certificate real {item.real:.2f} right {item.ranked.right:.2f}" for item in decoded.certificates),
                *(f"reranker:{slot}" for slot in reading.reranked),
                *(f"{name} {share:.2f} cue {cue:.0f}" for name, share, (_, cue) in reading.signs.judged),
            ),
            thresholds={
                "answer_at": self._tuning.answer_at,
                "confirm_at": self._tuning.confirm_at,
                "name_at": self._tuning.name_at,
            },
        )


def _doubt(slots: _Slots) -> _Slots:
    """The same slots, to be confirmed before anything is told: it is not even sure what is wanted."""
    return slots._replace(
        matter_level=Level.CONFIRM if slots.matter_level is Level.CLEAR else slots.matter_level,
        certificate_level=Level.CONFIRM if slots.certificate_level is Level.CLEAR else slots.certificate_level,
    )


def _doubt_scraps(level: Level, length: int, context: Context) -> Level:
    """One or two characters out of the blue may be anything, however much they look like a certificate."""
    is_scrap = length <= _SCRAP and context.intent is None
    return Level.OPEN if is_scrap and level is Level.CLEAR else level


def _pair_outside(vocabulary: Vocabulary) -> dict[str, str]:
    """Certificate → the same issued elsewhere, where the catalogue keeps the two apart ("市外出具的…")."""
    return {
        item.id: other.id
        for item in vocabulary.certificates
        for other in vocabulary.certificates
        if other.name != item.name and item.name in other.name and _OUTSIDE_NAME.match(other.name)
    }


def _list_candidates(ranked: Ranked, ids: tuple[str, ...]) -> tuple[Candidate, ...]:
    shown = zip(ranked.classes[:_SHOWN], ranked.scores, strict=False)
    # As `round(score, 4)`, which takes three times as long.
    return tuple([Candidate(ids[place], int(score * _GRAINS + 0.5) / _GRAINS) for place, score in shown])


def _amount_of(seen: Seen, role: int, start: int, end: int) -> float:
    return measure_role(seen.roles, role, start, end)[1]


def _ids_of(mentions: Sequence[Mention], kind: str) -> tuple[str, ...]:
    found = [item.id for item in mentions if item.kind == kind]
    return tuple(dict.fromkeys(found)) if found else ()


def _segments(text: str, roles: Floats, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The words of the text, known names whole, marked 事项 or 证明 where most of a word has that role."""
    whole = [(item.start, item.end) for item in mentions if item.kind in {"matter", "certificate", "unit"}]
    ends = set(accumulate(len(word) for word in rjieba.cut(text)))
    ends = {end for end in ends if not any(start < end < stop for start, stop in whole)}
    ends |= {place for span in whole for place in span}
    cuts = sorted(ends | {0, len(text)})
    return tuple(_mark(text[start:end], roles[start:end]) for start, end in pairwise(cuts))


def _mark(word: str, roles: Floats) -> str:
    return word + _MARKS.get(int(roles.sum(axis=0).argmax()), "")
