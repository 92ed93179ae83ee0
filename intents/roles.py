"""Which characters of a sentence name the matter, which name a certificate, and which do neither.

A question is decided on its slots. This model finds them even where no known name stands: it reads each character's
surroundings ("…要不要带"), so "那张没房子的纸" is seen to be a certificate before anyone knows which.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse

from intents.compose import Sample
from intents.features import REACH, ROLES, Floats, Grams
from intents.kernels.roles import read_roles
from intents.linear import Schedule, train_linear

_SCHEDULE: Final = Schedule(epochs=2, batch=4096, rate=0.3, dropout=0.1)
_STRENGTH: Final = 0.2


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
        if support is None:
            support = np.zeros((grams.length, ROLES), dtype=np.float32)
        return read_roles(grams.rows, grams.places, self.weights, self.bias, support)


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
