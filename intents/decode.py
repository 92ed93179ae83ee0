"""Decides matter and certificates together: each speaks for those with which the catalogue lists it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from intents.compose import CERTIFICATE, MATTER
from intents.features import Floats, Rows
from intents.model import Model
from intents.roles import find_spans
from intents.sparse import softmax
from intents.training import gate, gate_span, known_only
from intents.tuning import Tuning, logistic
from intents.understanding import Intent, Mention

_JOINTS: Final = re.compile(r"，|还有|以及|和|跟|与|及|、")
_MATTERS_WEIGHED: Final = 10
_LONGEST_NAME: Final = 6
_OBTAIN: Final = tuple(Intent).index(Intent.CERTIFICATE_OBTAIN)
_CANDIDATES: Final = 6


@dataclass(frozen=True, slots=True)
class Ranked:
    """Classes of a slot with their probabilities, best first, and how likely the first one is right."""

    classes: tuple[int, ...]
    scores: tuple[float, ...]
    right: float


@dataclass(frozen=True, slots=True)
class CertificateReading:
    """One stretch of text that seems to name a certificate: which one, and how likely it names one at all."""

    start: int
    end: int
    ranked: Ranked
    real: float
    features: tuple[tuple[float, ...], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Slots of one message. `named` is the probability that a matter is named at all."""

    matter: Ranked
    named: float
    certificates: tuple[CertificateReading, ...]
    features: tuple[tuple[float, ...], tuple[float, ...]]


class Decoder:
    """Reads the slots of a message.

    Args:
        listed: which pairs the catalogue lists, shape (matters, certificates).
    """

    def __init__(self, model: Model, listed: npt.NDArray[np.bool_], tuning: Tuning) -> None:
        self._model = model
        self._listed = listed.astype(np.float32)
        self._tuning = tuning

    def decode(
        self,
        text: str,
        rows: Rows,
        roles: Floats,
        mentions: Sequence[Mention],
        indexes: dict[tuple[str, str], int],
        intents: Floats,
        about: int | None,
    ) -> Decoded:
        """The slots of a normalised text.

        Args:
            rows: its n-grams. roles: probabilities of roles. mentions: known names in it.
            indexes: (kind, id) → class of matters and certificates. intents: probability of each intent.
            about: matter class the conversation is about.
        """
        length = len(text)
        exact_matters = _exact(mentions, "matter", indexes)
        matter_scores = self._model.matters.score(*known_only(rows, gate(roles, MATTER, length)))
        scores, nothing = matter_scores[:-1].copy(), float(matter_scores[-1])
        for place, mention in exact_matters:
            scores[place] += self._tuning.exact_bonus * min(mention.end - mention.start, _LONGEST_NAME)
        logs = np.log(softmax(scores) + 1e-9)
        spans = find_spans(roles, _find_joints(text, mentions)) or _fallback_spans(mentions)
        readings = [self._score_span(rows, roles, start, end, mentions, indexes) for start, end in spans]
        best = np.argsort(-logs)[:_MATTERS_WEIGHED]
        joint = logs[best].copy()
        for certificate_logs, strength in readings:
            joint += strength * (certificate_logs[None, :] + self._tuning.listed_bonus * self._listed[best]).max(axis=1)
        named_features = (
            float(roles[:, MATTER].max(initial=0.0)),
            min(float(roles[:, MATTER].sum()) / _LONGEST_NAME, 1.0),
            float(np.clip((scores[best[0]] - nothing) / 10, -1, 1)),
            1.0 if exact_matters else 0.0,
            float(intents[_OBTAIN]),
        )
        named = logistic(self._tuning.matter_named, named_features)
        order = np.argsort(-joint)
        ranked, right_features = _rank(best[order], softmax(joint[order]), logs, self._tuning.matter_right)
        chosen = int(ranked.classes[0]) if named >= self._tuning.name_at else about
        bonus = self._tuning.listed_bonus if named >= self._tuning.name_at else self._tuning.context_bonus
        prior = bonus * self._listed[chosen] if chosen is not None else np.zeros(self._listed.shape[1], np.float32)
        certificates = tuple(
            self._read_span(start, end, roles, certificate_logs, prior, mentions)
            for (start, end), (certificate_logs, _) in zip(spans, readings, strict=True)
        )
        return Decoded(ranked, named, certificates, (named_features, right_features))

    def _score_span(
        self,
        rows: Rows,
        roles: Floats,
        start: int,
        end: int,
        mentions: Sequence[Mention],
        indexes: dict[tuple[str, str], int],
    ) -> tuple[Floats, float]:
        """Log-probabilities of the certificates for one span, and how strongly the span speaks."""
        scores = self._model.certificates.score(*known_only(rows, gate_span(roles, start, end, len(roles)))).copy()
        for place, mention in _exact(mentions, "certificate", indexes):
            if mention.start < end and start < mention.end:
                scores[place] += self._tuning.exact_bonus * min(mention.end - mention.start, _LONGEST_NAME)
        logs: Floats = np.log(softmax(scores) + 1e-9)
        return logs, float(roles[start:end, CERTIFICATE].mean())

    def _read_span(
        self, start: int, end: int, roles: Floats, logs: Floats, prior: Floats, mentions: Sequence[Mention]
    ) -> CertificateReading:
        probabilities = softmax(logs + prior)
        order = np.argsort(-probabilities)[:_CANDIDATES]
        ranked, right_features = _rank(order, probabilities[order], logs, self._tuning.certificate_right)
        exact = any(item.kind == "certificate" and item.start < end and start < item.end for item in mentions)
        features = (
            float(roles[start:end, CERTIFICATE].mean()),
            min((end - start) / _LONGEST_NAME, 1.0),
            float(np.exp(logs.max())),
            1.0 if exact else 0.0,
        )
        return CertificateReading(
            start, end, ranked, logistic(self._tuning.certificate_real, features), (features, right_features)
        )


def _rank(
    order: npt.NDArray[np.int64], probabilities: Floats, logs: Floats, weights: Sequence[float]
) -> tuple[Ranked, tuple[float, ...]]:
    """The classes in order, and features of how likely the first is right: share, lead, share before joining."""
    shares = probabilities.tolist()
    lead = shares[0] - shares[1] if len(shares) > 1 else 1.0
    features = (shares[0], lead, float(np.exp(logs[order[0]])))
    return Ranked(tuple(order.tolist()), tuple(shares), logistic(weights, features)), features


def _exact(mentions: Sequence[Mention], kind: str, indexes: dict[tuple[str, str], int]) -> list[tuple[int, Mention]]:
    return [(indexes[kind, mention.id], mention) for mention in mentions if mention.kind == kind]


def _find_joints(text: str, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Where a list of certificates parts: pauses, and words for "and" that are not inside a known name."""
    return [
        match.span()
        for match in _JOINTS.finditer(text)
        if not any(item.start < match.start() and match.end() < item.end for item in mentions)
    ]


def _fallback_spans(mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Where no character looks like a certificate's but a certificate's name stands there, that is the span."""
    return [(mention.start, mention.end) for mention in mentions if mention.kind == "certificate"][:1]
