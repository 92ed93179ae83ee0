"""Decides matter and certificates together: each speaks for those with which the catalogue lists it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from intents.compose import CERTIFICATE, MATTER
from intents.features import Floats, Grams
from intents.linear import Weights, softmax
from intents.model import CERTIFICATES, MATTERS
from intents.roles import LEAST, find_spans
from intents.training import gate_spans
from intents.tuning import Tuning, logistic
from intents.understanding import Intent, Mention

# Where one name of a list ends and the next begins, if it is not inside a known name.
_JOINTS: Final = re.compile(r"，|还有|以及|和|跟|与|及|、")
_MATTERS_WEIGHED: Final = 10
_LONGEST_NAME: Final = 6
_OBTAIN: Final = tuple(Intent).index(Intent.CERTIFICATE_OBTAIN)
_CANDIDATES: Final = 6
_LEAST_SHARE: Final = 1e-9

Features = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the first models see in a normalised text.

    Attributes:
        grams: its known n-grams. weights: what the models hold for them.
        roles: probability of each role for each character. gates: strength of each n-gram for each role.
        mentions: known names and cue words.
        intents: probability of each intent, in the order of the enum.
    """

    text: str
    grams: Grams
    weights: Weights
    roles: Floats
    gates: Floats
    mentions: tuple[Mention, ...]
    intents: Floats


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
class Decoded:
    """Slots of one message. `named` is the probability that a matter is named at all, from `features`."""

    matter: Ranked
    named: float
    features: Features
    certificates: tuple[CertificateReading, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch with the log-probability of each certificate, and how strongly it speaks (its mean role)."""

    start: int
    end: int
    logs: Floats
    strength: float
    is_exact: bool


class Decoder:
    """Reads the slots of a message.

    Args:
        indexes: (kind, id) → class, for matters and certificates.
        listed: which pairs the catalogue lists, shape (matters, certificates).
    """

    def __init__(self, indexes: dict[tuple[str, str], int], listed: npt.NDArray[np.bool_], tuning: Tuning) -> None:
        self._indexes = indexes
        self._listed = listed.astype(np.float32)
        self._tuning = tuning

    def decode(self, seen: Seen, about: int | None, *, least: float = LEAST) -> Decoded:
        """The slots of a message.

        Args:
            about: the matter class that the conversation is about.
            least: probability from which a character counts as a certificate's; lower for a second look.
        """
        spans = list(self._score_spans(seen, least))
        scores, nothing, is_exact = self._score_matters(seen)
        logs = np.log(softmax(scores) + _LEAST_SHARE)
        weighed = min(_MATTERS_WEIGHED, len(logs))
        best = np.argpartition(-logs, weighed - 1)[:weighed]
        joint = logs[best]
        support = self._tuning.listed_bonus * self._listed[best]
        for span in spans:
            joint = joint + span.strength * (span.logs + support).max(axis=1)
        order = np.argsort(-joint)
        matter = _rank(best[order], softmax(joint[order]), logs, self._tuning.matter_right)
        features = _features_of_naming(seen, float(scores.max()) - nothing, is_exact)
        named = logistic(self._tuning.matter_named, features)
        prior = self._prior(matter.classes[0] if named >= self._tuning.name_at else None, about)
        return Decoded(matter, named, features, tuple(self._read_span(span, prior) for span in spans))

    def _score_matters(self, seen: Seen) -> tuple[Floats, float, bool]:
        """A score for each matter, the score of naming none, and whether a known name of one stands there."""
        every = seen.weights.score(MATTERS, seen.gates[:, MATTER])
        scores, nothing, is_exact = every[:-1], float(every[-1]), False
        for mention in seen.mentions:
            if mention.kind == "matter":
                scores[self._indexes["matter", mention.id]] += self._bonus(mention)
                is_exact = True
        return scores, nothing, is_exact

    def _score_spans(self, seen: Seen, least: float) -> Iterator[_Span]:
        named = [mention for mention in seen.mentions if mention.kind == "certificate"]
        places = find_spans(seen.roles, _find_joints(seen), least=least) or [
            (item.start, item.end) for item in named[:1]
        ]
        if not places:
            return
        scores = seen.weights.score(CERTIFICATES, gate_spans(seen.roles, seen.grams, places))
        for (start, end), own in zip(places, scores, strict=True):
            inside = [item for item in named if item.start < end and start < item.end]
            for mention in inside:
                own[self._indexes["certificate", mention.id]] += self._bonus(mention)
            logs: Floats = np.log(softmax(own) + _LEAST_SHARE)
            yield _Span(start, end, logs, float(seen.roles[start:end, CERTIFICATE].mean()), bool(inside))

    def _read_span(self, span: _Span, prior: Floats | float) -> CertificateReading:
        probabilities = softmax(span.logs + prior)
        order = np.argsort(-probabilities)[:_CANDIDATES]
        ranked = _rank(order, probabilities[order], span.logs, self._tuning.certificate_right)
        features = (
            span.strength,
            min((span.end - span.start) / _LONGEST_NAME, 1.0),
            float(np.exp(span.logs.max())),
            1.0 if span.is_exact else 0.0,
        )
        real = logistic(self._tuning.certificate_real, features)
        return CertificateReading(span.start, span.end, ranked, real, span.is_exact, features)

    def _prior(self, named: int | None, about: int | None) -> Floats | float:
        """What the matter says about its certificates: much if the message names it, less if the conversation does."""
        if named is not None:
            prior: Floats = self._tuning.listed_bonus * self._listed[named]
            return prior
        return self._tuning.context_bonus * self._listed[about] if about is not None else 0.0

    def _bonus(self, mention: Mention) -> float:
        return self._tuning.exact_bonus * min(mention.end - mention.start, _LONGEST_NAME)


def _features_of_naming(seen: Seen, lead: float, is_exact: bool) -> Features:
    """Of whether a matter is named: roles, lead over naming none, a known name, asking where to get a paper."""
    roles = seen.roles[:, MATTER]
    return (
        float(roles.max(initial=0.0)),
        min(float(roles.sum()) / _LONGEST_NAME, 1.0),
        max(-1.0, min(1.0, lead / 10)),
        1.0 if is_exact else 0.0,
        float(seen.intents[_OBTAIN]),
    )


def _rank(order: npt.NDArray[np.int64], probabilities: Floats, logs: Floats, weights: Sequence[float]) -> Ranked:
    """The classes in order; the first is as likely right as its share, its lead and its share before joining say."""
    shares = probabilities.tolist()
    lead = shares[0] - shares[1] if len(shares) > 1 else 1.0
    features = (shares[0], lead, float(np.exp(logs[order[0]])))
    return Ranked(tuple(order.tolist()), tuple(shares), logistic(weights, features), features)


def _find_joints(seen: Seen) -> list[tuple[int, int]]:
    return [
        match.span()
        for match in _JOINTS.finditer(seen.text)
        if not any(item.start < match.start() and match.end() < item.end for item in seen.mentions)
    ]
