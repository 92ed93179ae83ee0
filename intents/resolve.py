"""Puts slots, intent, cues and the conversation together: what is meant, and how sure we are of each part."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from intents.alone import NameAlone
from intents.asked import AskedCertificates
from intents.choose import INTENTS, choose_intent
from intents.compose import CERTIFICATE, MATTER
from intents.decode import CertificateReading, Reading, Seen
from intents.families import Families
from intents.kernels.roles import measure_role
from intents.leaning import SLOT_INTENTS
from intents.naming import HARDLY_NAMED, Naming
from intents.tracing import explain_reading, list_candidates
from intents.tuning import Tuning
from intents.understanding import Act, Candidate, Context, Intent, Level, Mention, Understanding
from intents.vocabulary import Named, Vocabulary

# Bound here, since Python 3.11 takes longer to look up a member of an enum than to call a function.
_ABSENT, _OPEN, _CONFIRM, _CLEAR = Level.ABSENT, Level.OPEN, Level.CONFIRM, Level.CLEAR
_NEEDED, _MATERIALS, _OBTAIN = Intent.CERTIFICATE_NEEDED, Intent.MATTER_MATERIALS, Intent.CERTIFICATE_OBTAIN
_CERTIFICATE_INTENTS: Final = frozenset({_NEEDED, _OBTAIN})
_OUTSIDE_NAME: Final = re.compile("(市|境|国)外")
# In a message this short a certificate goes by its name, so that what is none may be one with a slip.
_TERSE: Final = 12
_SCRAP: Final = 2
# So many characters beside a general word tell which matter is meant ("车子过户"), where one has nearly all the chance.
_TELLING: Final = 2
_BEYOND_DOUBT: Final = 0.97
# What is this short asks on about what was said before ("那到底要不要").
_TERSE_FOLLOW_UP: Final = 8
# So many characters beside a nickname tell nothing more ("那本…").
_BESIDE_NICKNAME: Final = 2


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
        families: variants of the vocabulary's matters.
        objects: (matter, certificate) where the matter is about getting that very certificate.
        nothing_named: as for `AskedCertificates`. only_wished: as for `NameAlone`.
        general: words that name several matters, or several certificates, at once → official names of those.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        families: Families,
        objects: frozenset[tuple[str, str]],
        general: Mapping[str, tuple[str, ...]],
        nothing_named: Sequence[str],
        only_wished: Sequence[str],
        tuning: Tuning,
    ) -> None:
        self._general = _list_general(general, vocabulary.matters)
        self._nicknames = _list_general(general, vocabulary.certificates)
        self._families = families
        self._objects = objects
        self._outside = _pair_outside(vocabulary)
        self._matters = tuple(item.id for item in vocabulary.matters)
        self._certificates = tuple(item.id for item in vocabulary.certificates)
        self.asked = AskedCertificates(self._matters, self._certificates, objects, nothing_named, tuning)
        self._naming = Naming(self.asked, self._matters, self._certificates, objects, vocabulary.pairs, tuning)
        self._alone = NameAlone(only_wished, tuning)
        self._tuning = tuning
        self._thresholds = tuning.thresholds

    def resolve(
        self, reading: Reading, *, context: Context, act: Act | None, choice: int | None, length: int
    ) -> Understanding:
        """The understanding of one message, from what the models read in it and what was said before.

        Args:
            length: how many characters were typed; bringing them into form may have made them more.
        """
        rules: list[str] = []
        alone = self._alone.find_intent(reading)
        named, certificates = self._naming.find(reading, context, alone is _MATERIALS, rules)
        intent, sure, rule = choose_intent(reading, context, act, named, bool(certificates), alone, self._tuning)
        if intent is _OBTAIN and named and reading.decoded.named < self._tuning.obtain_at:
            # What a paper says or is for ("写我家房子塌了的证明") sounds like a matter that nobody asks about.
            named = False
            rules.append("slots:matter only tells the certificate")
        slots = self._fill_slots(context, reading, certificates, named, intent, rules)
        # A whole sentence that names no matter ("紫外线强不强，要涂防晒吗") is hardly about one, here or before.
        is_whole = not named and bool(slots.certificates) and len(reading.seen.text) > _TERSE_FOLLOW_UP
        certain = reading.seen.intents[reading.seen.ranking[0]] if is_whole else sure
        is_known = any(item.is_exact for item in certificates) or bool(reading.signs.mentions)
        is_turning = HARDLY_NAMED in rules and not is_known
        if certain < self._tuning.intent_at or is_turning:
            slots = _doubt(slots, rules)
        if self._families.by_place:
            slots = self._pick_variants(slots, reading.seen.mentions, rules)
        return Understanding(
            intent=intent,
            confidence=round(sure * slots.sureness, 4),
            matter=slots.matter,
            matter_level=slots.matter_level,
            matters=slots.matters,
            certificates=slots.certificates,
            certificate_level=_doubt_scraps(slots.certificate_level, length, context, rules),
            certificate_candidates=slots.certificate_candidates,
            units=_ids_of(reading.seen.mentions, "unit"),
            breaches=_ids_of(reading.seen.mentions, "breach"),
            person=reading.signs.person,
            issued=reading.signs.issued,
            act=act,
            choice=choice,
            faq=reading.faq,
            faq_level=self._judge_faq(reading.faq),
            normalised=reading.seen.text,
            mentions=reading.seen.mentions,
            explain=lambda: explain_reading(
                reading, (rule, *rules), self._matters, self._certificates, self._thresholds
            ),
        )

    def misses_a_slot(self, reading: Reading, context: Context) -> bool:
        """Whether a message about slots leaves the one it is about unclear, so that slips are worth looking for.

        Who only adds a circumstance to a question ("老家开的") names nothing.
        """
        if context.certificates and (reading.signs.person or reading.signs.issued):
            return False
        best = INTENTS[reading.seen.ranking[0]]
        if self._find_general(reading):
            return True
        if best in _CERTIFICATE_INTENTS:
            found = reading.decoded.certificates
            is_vague = len(reading.seen.text) <= _TERSE and not any(item.is_exact for item in found)
            return is_vague or not any(item.real >= self._tuning.name_at for item in found)
        unsure = reading.decoded.matter.right < self._tuning.answer_at
        return best is _MATERIALS and (reading.decoded.named < self._tuning.name_at or unsure)

    def _fill_slots(
        self,
        context: Context,
        reading: Reading,
        readings: list[CertificateReading],
        named: bool,
        intent: Intent,
        rules: list[str],
    ) -> _Slots:
        leans = intent in SLOT_INTENTS and (bool(readings) or bool(context.certificates))
        matter, level, candidates = self._fill_matter(
            reading, named, intent in SLOT_INTENTS, context.matter if leans else None, rules
        )
        certificates, certificate_level, certificate_candidates, sure = self._fill_certificates(
            readings, reading.seen, level is _ABSENT, rules
        )
        if not readings and intent is _NEEDED and context.certificates:
            certificates, certificate_level = context.certificates, _CLEAR
            rules.append("context:certificate")
        if reading.signs.issued == "outside":
            rules += [f"outside:{item}={self._outside[item]}" for item in certificates if item in self._outside]
            certificates = tuple(self._outside.get(item, item) for item in certificates)
        if intent is _MATERIALS and (named or matter):
            rules += ["slots:all certificates wanted"] if certificates else []
            certificates, certificate_level = (), _ABSENT
        if intent is _OBTAIN and matter is None:
            issuing = self._find_issuing(certificates, candidates)
            matter, level = issuing, _CLEAR if issuing else level
            rules += ["slots:matter that issues it"] if issuing else []
        return _Slots(
            matter=matter,
            matter_level=level,
            matters=candidates,
            certificates=certificates,
            certificate_level=certificate_level,
            certificate_candidates=certificate_candidates,
            sureness=(reading.decoded.matter.right if named else 1.0) * sure,
        )

    def _fill_matter(
        self, reading: Reading, named: bool, about_slots: bool, before: str | None, rules: list[str]
    ) -> tuple[str | None, Level, tuple[Candidate, ...]]:
        """The matter, its level and candidates.

        Args:
            about_slots: whether the intent is. before: the matter of the conversation, where the message leans on it.
        """
        candidates = list_candidates(reading.decoded.matter, self._matters)
        general = self._find_general(reading) if about_slots else None
        if general:
            rules.append(f"general:{general}")
            return None, _OPEN, _share(self._general[general])
        if named:
            level = self._level(reading.decoded.matter.right)
            return (candidates[0].id if level in (_CLEAR, _CONFIRM) else None), level, candidates
        rules += ["context:matter"] if before else []
        return before, _CLEAR if before else _ABSENT, candidates

    def _pick_variants(self, slots: _Slots, mentions: Sequence[Mention], rules: list[str]) -> _Slots:
        """The variants of the matters for the places that the message names."""
        towns = _ids_of(mentions, "town")
        matter = self._families.pick(slots.matter, towns)
        rules += ["slots:variant of a place"] if matter != slots.matter else []
        variants = (item._replace(id=self._families.pick(item.id, towns) or item.id) for item in slots.matters)
        return slots._replace(matter=matter, matters=tuple(variants))

    def _find_general(self, reading: Reading) -> str | None:
        """The general word that may mean several matters, where nothing else in the message tells which."""
        seen = reading.seen
        words = [item for item in seen.mentions if item.kind == "general" and self._general.get(item.id)]
        if len(words) != 1 or any(item.kind == "matter" for item in seen.mentions):
            return None
        start, end = words[0].start, words[0].end
        if reading.decoded.matter.scores[0] >= _BEYOND_DOUBT and len(seen.text) >= end - start + _TELLING:
            return None
        if _amount_of(seen, CERTIFICATE, start, end) > _amount_of(seen, MATTER, start, end):
            return None
        telling = _amount_of(seen, MATTER, 0, start - 1) + _amount_of(seen, MATTER, end + 1, len(seen.text))
        return words[0].id if telling < self._tuning.telling_at else None

    def _find_nickname(self, readings: Sequence[CertificateReading], seen: Seen) -> str | None:
        """The word that several certificates go by ("红本本"), where hardly more is said of the only one."""
        if len(readings) != 1:
            return None
        start, end = readings[0].start, readings[0].end
        return next(
            (
                item.id
                for item in seen.mentions
                if item.kind == "general"
                and self._nicknames.get(item.id)
                and item.start < end
                and start < item.end
                and end - start <= item.end - item.start + _BESIDE_NICKNAME
            ),
            None,
        )

    def _find_issuing(self, certificates: tuple[str, ...], candidates: tuple[Candidate, ...]) -> str | None:
        """The likely matter by which one gets the certificate, where the catalogue has one."""
        issuing = (
            item.id
            for item in candidates
            if any((item.id, certificate) in self._objects for certificate in certificates)
        )
        return next(issuing, None)

    def _fill_certificates(
        self, readings: list[CertificateReading], seen: Seen, alone: bool, rules: list[str]
    ) -> tuple[tuple[str, ...], Level, tuple[Candidate, ...], float]:
        """Certificates, level, candidates, and how likely all are right; `alone` where no matter is known."""
        if not readings:
            return (), _ABSENT, (), 1.0
        nickname = self._find_nickname(readings, seen) if alone else None
        if nickname:
            rules.append(f"general:{nickname}")
            return (), _OPEN, _share(self._nicknames[nickname]), 1 / len(self._nicknames[nickname])
        best = max(readings, key=lambda reading: reading.ranked.right * reading.real)
        level = self._level(best.ranked.right)
        candidates = list_candidates(best.ranked, self._certificates)
        if level is _OPEN:
            return (), level, candidates, best.ranked.right
        sure = [reading for reading in readings if reading is best or reading.ranked.right >= self._tuning.beside_at]
        rules += ["slots:unsure certificate left out"] if len(sure) < len(readings) else []
        ids = tuple(dict.fromkeys([self._certificates[reading.ranked.classes[0]] for reading in sure]))
        return ids, level, candidates, min([reading.ranked.right for reading in sure])

    def _level(self, right: float) -> Level:
        if right >= self._tuning.answer_at:
            return _CLEAR
        return _CONFIRM if right >= self._tuning.confirm_at else _OPEN

    def _judge_faq(self, found: Sequence[Candidate]) -> Level:
        """How far the first curated answer fits: one to confirm may be told, but others are offered with it."""
        if not found:
            return _ABSENT
        tuning, best = self._tuning, found[0].score
        if best >= tuning.faq_sure_at:
            return _CLEAR
        second = found[1].score if len(found) > 1 else 0.0
        stands_out = best >= tuning.faq_apart_at and best >= tuning.faq_lead_at * second
        return _CONFIRM if best >= tuning.faq_at or stands_out else _OPEN


def _doubt(slots: _Slots, rules: list[str]) -> _Slots:
    """The same slots, to be confirmed before anything is told: it is not even sure what is wanted."""
    if _CLEAR not in (slots.matter_level, slots.certificate_level):
        return slots
    rules.append("doubt:intent")
    return slots._replace(
        matter_level=_CONFIRM if slots.matter_level is _CLEAR else slots.matter_level,
        certificate_level=_CONFIRM if slots.certificate_level is _CLEAR else slots.certificate_level,
    )


def _list_general(general: Mapping[str, Sequence[str]], items: Sequence[Named]) -> dict[str, tuple[str, ...]]:
    """Word → ids of the items that it may mean; only words that mean some."""
    ids = {item.name: item.id for item in items}
    known = {word: tuple(ids[name] for name in names if name in ids) for word, names in general.items()}
    return {word: found for word, found in known.items() if found}


def _share(ids: Sequence[str]) -> tuple[Candidate, ...]:
    """Candidates that are equally likely."""
    return tuple(Candidate(id=item, score=round(1 / len(ids), 4)) for item in ids)


def _doubt_scraps(level: Level, length: int, context: Context, rules: list[str]) -> Level:
    """One or two characters out of the blue may be anything, however much they look like a certificate."""
    if length > _SCRAP or level not in (_CLEAR, _CONFIRM) or context.intent is not None:
        return level
    rules.append("doubt:scrap")
    return _OPEN


def _pair_outside(vocabulary: Vocabulary) -> dict[str, str]:
    """Certificate → the same issued elsewhere, where the catalogue keeps the two apart ("市外出具的…")."""
    return {
        item.id: other.id
        for item in vocabulary.certificates
        for other in vocabulary.certificates
        if other.name != item.name and item.name in other.name and _OUTSIDE_NAME.match(other.name)
    }


def _amount_of(seen: Seen, role: int, start: int, end: int) -> float:
    return measure_role(seen.roles, role, start, end)[1]


def _ids_of(mentions: Sequence[Mention], kind: str) -> tuple[str, ...]:
    found = [item.id for item in mentions if item.kind == kind] if mentions else ()
    return tuple(dict.fromkeys(found)) if found else ()
