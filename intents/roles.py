"""Which characters of a sentence name the matter, which name a certificate, and which do neither.

A question is decided on its slots. This model finds them even where no known name stands: it reads each character's
surroundings ("…要不要带"), so "那张没房子的纸" is seen to be a certificate before anyone knows which.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse

from intents.compose import CERTIFICATE, Sample
from intents.features import REACH, ROLES, Floats, Grams
from intents.linear import Schedule, softmax, train_linear

_SCHEDULE: Final = Schedule(epochs=2, batch=4096, rate=0.3, dropout=0.1)
_STRENGTH: Final = 0.2
# N-grams begin one mark before the text and speak one character further: room for what falls outside.
_MARGIN: Final = 2
_VOICES: Final = np.arange(REACH * ROLES)
_NEIGHBOUR_SHARE: Final = 0.35
# Two runs of certificate characters this close are one name ("户口 本").
_JOIN: Final = 1
LEAST: Final = 0.5


@dataclass(frozen=True, slots=True)
class RoleModel:
    """Weights (n-gram, place it speaks about, role) and bias (role)."""

    weights: Floats
    bias: Floats

    def read(self, grams: Grams, support: Floats | None = None) -> Floats:
        """Probability of each role for each character. Shape (length, ROLES).

        Args:
            grams: n-grams of the text. support: scores to add where known names stand, of the shape of the result.
        """
        voices = self.weights[grams.rows].reshape(len(grams.rows), REACH * ROLES)
        bins = (grams.places[:, None] + _MARGIN - 1) * ROLES + _VOICES
        sums = np.bincount(bins.ravel(), weights=voices.ravel(), minlength=(grams.length + _MARGIN) * ROLES)
        begin = _MARGIN * ROLES
        scores = sums[begin : begin + grams.length * ROLES].reshape(grams.length, ROLES).astype(np.float32)
        scores += self.bias if support is None else self.bias + support
        return softmax(_smooth(scores))


def _smooth(scores: Floats) -> Floats:
    """Each character listens to its neighbours: roles come in runs."""
    smooth = scores.copy()
    smooth[1:] += _NEIGHBOUR_SHARE * scores[:-1]
    smooth[:-1] += _NEIGHBOUR_SHARE * scores[1:]
    return smooth


def train_roles(samples: Sequence[Sample], grams: Sequence[Grams], width: int) -> RoleModel:
    """Learns roles from sentences whose roles are known.

    Args:
        grams: the n-grams of each sample. width: rows that a weight table needs.
    """
    features, places, base = [], [], 0
    for found in grams:
        reached = found.places[:, None] - 1 + np.arange(REACH)
        beyond = np.arange(REACH) > (found.ends - found.places)[:, None] + 1
        inside = (reached >= 0) & (reached < found.length) & ~beyond
        features.append((found.rows[:, None] * REACH + np.arange(REACH))[inside])
        places.append(reached[inside] + base)
        base += found.length
    columns = np.concatenate(features)
    matrix = sparse.csr_matrix(
        (np.full(len(columns), _STRENGTH, dtype=np.float32), (np.concatenate(places), columns)),
        shape=(base, width * REACH),
    )
    labels = np.concatenate([sample.roles for sample in samples]).astype(np.int32)
    weights, bias = train_linear(matrix, labels, ROLES, _SCHEDULE)
    # The file keeps half precision: a model reads alike before and after.
    kept = (weights.reshape(width, REACH, ROLES) * _STRENGTH).astype(np.float16)
    return RoleModel(kept.astype(np.float32), bias)


def find_spans(roles: Floats, joints: Sequence[tuple[int, int]] = (), *, least: float = LEAST) -> list[tuple[int, int]]:
    """The runs [start, end) of characters that name a certificate.

    Args:
        roles: probabilities as `RoleModel.read` gives them.
        least: probability from which a character counts.
        joints: places [start, end) where one name ends and the next begins, in order.
    """
    spans: list[tuple[int, int]] = []
    named = np.flatnonzero(roles[:, CERTIFICATE] >= least)
    parting = {place for start, end in joints for place in range(start, end)}
    for place in named.tolist():
        if place in parting:
            continue
        if spans and place - spans[-1][1] <= _JOIN and not parting.intersection(range(spans[-1][1], place)):
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return spans
