"""Decides matter and certificates together: each speaks for those with which the catalogue lists it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from intents.compose import CERTIFICATE, MATTER
from intents.features import Floats, Grams, Rows
from intents.kernels.roles import measure_role
from intents.kernels.slots import join_matters, rank_certificates, share_spans
from intents.linear import Table
from intents.model import CERTIFICATES, MATTERS
from intents.roles import LEAST, find_spans
from intents.tuning import Tuning, logistic
from intents.understanding import Intent, Mention

# Where one name of a list ends and the next begins, if it is not inside a known name.
_JOINTS: Final = re.compile(r"，|还有|以及|和|跟|与|及|、")
_MATTERS_WEIGHED: Final = 10
_LONGEST_NAME: Final = 6
_OBTAIN: Final = tuple(Intent).index(Intent.CERTIFICATE_OBTAIN)
_CANDIDATES: Final = 6

Features = tuple[float, ...]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the first models see in a normalised text.

    Attributes:
        grams: its known n-grams.
        roles: probability of each role for each character.
        mentions: known names and cue words.
        intents: probability of each intent, in the order of the enum.
    """

    text: str
    grams: Grams
    roles: Floats
    mentions: tuple[Mention, ...]
    intents: list[float]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Classes of a slot with their probabilities, best first, and how likely the first one is right."""

    classes: tuple[int, ...]
    scores: tuple[float, ...]
    right: float
    features: Features


@dataclass(frozen=True, slots=True)
class CertificateReading:
    """One stretch of text that seems to name a certificate: which one, and how likely it names one at all.

    `is_exact` where a known name stands there, perhaps with a slip.
    """

    start: int
    end: int
    ranked: Ranked
    real: float
    is_exact: bool
    features: Features


@dataclass(frozen=True, slots=True)
class _Spans:
    """Stretches that may name a certificate.

    Attributes:
        places: start and end of each. exact: whether a known name stands there.
        shares: probability of each certificate in each, shape (spans, certificates).
        strengths: how strongly each speaks, its mean role.
    """

    places: list[list[int]]
    shares: Floats
    strengths: Floats
    exact: list[bool]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Slots of one message. `named` is the probability that a matter is named at all, from `features`."""

    matter: Ranked
    named: float
    features: Features
    certificates: tuple[CertificateReading, ...]


class Decoder:
    """Reads the slots of a message.

    Args:
        table: the weights of the models `MATTERS` and `CERTIFICATES`.
        indexes: (kind, id) → class, for matters and certificates.
        listed: which pairs the catalogue lists, shape (matters, certificates).
    """

    def __init__(
        self, table: Table, indexes: Mapping[tuple[str, str], int], listed: npt.NDArray[np.bool_], tuning: Tuning
    ) -> None:
        self._matters, self._certificates = table.head(MATTERS), table.head(CERTIFICATES)
        self._indexes = indexes
        self._listed = listed
        self._none_listed = np.zeros(listed.shape[1], dtype=np.bool_)
        self._tuning = tuning

    def decode(self, seen: Seen, about: int | None, *, least: float = LEAST) -> Decoded:
        """The slots of a message.

        Args:
            about: the matter class that the conversation is about.
            least: probability from which a character counts as a certificate's; lower for a second look.
        """
        spans = self._find_spans(seen, least)
        scores, nothing, is_exact = self._score_matters(seen)
        classes, shares, alone, highest = join_matters(
            scores,
            spans.shares,
            spans.strengths,
            self._listed,
            self._tuning.listed_bonus,
            _MATTERS_WEIGHED,
        )
        matter = _rank(classes, shares, alone, self._tuning.matter_right)
        features = _features_of_naming(seen, highest - nothing, is_exact)
        named = logistic(self._tuning.matter_named, features)
        listed, bonus = self._prior(matter.classes[0] if named >= self._tuning.name_at else None, about)
        readings = (self._read_span(spans, place, listed, bonus) for place in range(len(spans.places)))
        return Decoded(matter, named, features, tuple(readings))

    def _score_matters(self, seen: Seen) -> tuple[Floats, float, bool]:
        """A score for each matter, the score of naming none, and whether a known name of one stands there."""
        every = self._matters.score_role(seen.grams, seen.roles, MATTER)
        scores, nothing, is_exact = every[:-1], float(every[-1]), False
        for mention in seen.mentions:
            if mention.kind == "matter":
                scores[self._indexes["matter", mention.id]] += self._bonus(mention)
                is_exact = True
        return scores, nothing, is_exact

    def _find_spans(self, seen: Seen, least: float) -> _Spans:
        named = [mention for mention in seen.mentions if mention.kind == "certificate"]
        runs = find_spans(seen.roles, _find_joints(seen), least=least)
        if named and not len(runs):
            runs = np.array([[named[0].start, named[0].end]], dtype=np.int32)
        places = runs.tolist()
        scores = self._certificates.score_spans(seen.grams, seen.roles, CERTIFICATE, runs)
        exact = [False] * len(places)
        for mention in named:
            for place, (start, end) in enumerate(places):
                if mention.start < end and start < mention.end:
                    scores[place, self._indexes["certificate", mention.id]] += self._bonus(mention)
                    exact[place] = True
        strengths = share_spans(scores, seen.roles, CERTIFICATE, runs)
        return _Spans(places, scores, strengths, exact)

    def _read_span(self, spans: _Spans, place: int, listed: Flags, bonus: float) -> CertificateReading:
        classes, shares, alone, highest = rank_certificates(spans.shares[place], listed, bonus, _CANDIDATES)
        start, end = spans.places[place]
        features = (
            float(spans.strengths[place]),
            min((end - start) / _LONGEST_NAME, 1.0),
            highest,
            1.0 if spans.exact[place] else 0.0,
        )
        ranked = _rank(classes, shares, alone, self._tuning.certificate_right)
        real = logistic(self._tuning.certificate_real, features)
        return CertificateReading(start, end, ranked, real, spans.exact[place], features)

    def _prior(self, named: int | None, about: int | None) -> tuple[Flags, float]:
        """Which certificates the matter speaks for: much if the message names it, less if the conversation does."""
        if named is not None:
            return self._listed[named], self._tuning.listed_bonus
        if about is not None:
            return self._listed[about], self._tuning.context_bonus
        return self._none_listed, 0.0

    def _bonus(self, mention: Mention) -> float:
        return self._tuning.exact_bonus * min(mention.end - mention.start, _LONGEST_NAME)


def _features_of_naming(seen: Seen, lead: float, is_exact: bool) -> Features:
    """Of whether a matter is named: roles, lead over naming none, a known name, asking where to get a paper."""
    peak, amount = measure_role(seen.roles, MATTER, 0, len(seen.roles))
    return (
        peak,
        min(amount / _LONGEST_NAME, 1.0),
        max(-1.0, min(1.0, lead / 10)),
        1.0 if is_exact else 0.0,
        seen.intents[_OBTAIN],
    )


def _rank(classes: Rows, shares: Floats, alone: float, weights: Sequence[float]) -> Ranked:
    """The classes in order; the first is as likely right as its share, its lead and its share before joining say."""
    scores = shares.tolist()
    lead = scores[0] - scores[1] if len(scores) > 1 else 1.0
    features = (scores[0], lead, alone)
    return Ranked(tuple(classes.tolist()), tuple(scores), logistic(weights, features), features)


def _find_joints(seen: Seen) -> list[tuple[int, int]]:
    return [
        match.span()
        for match in _JOINTS.finditer(seen.text)
        if not any(item.start < match.start() and match.end() < item.end for item in seen.mentions)
    ]
