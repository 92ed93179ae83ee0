"""Linear models over n-grams: trained from texts, kept in one byte a weight."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from intents.features import Floats, Rows
from intents.kernels.learning import Texts, learn_texts
from intents.kernels.scores import Table as Arrays
from intents.kernels.scores import score_classes

_LEVELS: Final = 127
# The step sizes begin as if a feature had met gradients of such squares.
_FIRST_SQUARES: Final = 0.01
_SEED: Final = 7


@dataclass(frozen=True, slots=True)
class Schedule:
    """How a linear model is trained: passes over the texts, step size, share of features hidden."""

    epochs: int = 4
    rate: float = 0.2
    dropout: float = 0.5


@dataclass(frozen=True, slots=True)
class Table:
    """Weights of several linear models side by side, one byte each: weight = level * step of its row and model.

    Attributes:
        levels: shape (features, classes of all models), -127 to 127.
        steps: what one level is worth, shape (features, models).
        bias: shape (classes of all models,).
        cuts: where the classes of each model begin, and the end. Shape (models + 1,).
    """

    levels: npt.NDArray[np.int8]
    steps: Floats
    bias: Floats
    cuts: npt.NDArray[np.int32]

    @property
    def arrays(self) -> Arrays:
        """The arrays as compiled loops take them."""
        return self.levels, self.steps, self.bias, self.cuts

    def score(self, model: int, rows: Rows, strengths: Floats) -> Floats:
        """Scores of one model's classes for features of the given strengths, scaled to length 1. Shape (classes,)."""
        return score_classes(self.arrays, model, rows, strengths)

    @classmethod
    def pack(cls, models: Sequence[tuple[Floats, Floats]]) -> "Table":
        """The table for trained models, each weights (features, classes) and bias (classes,)."""
        steps = np.stack([np.abs(weights).max(axis=1) / _LEVELS + 1e-12 for weights, _ in models], axis=1)
        levels = [np.rint(weights / steps[:, [place]]).astype(np.int8) for place, (weights, _) in enumerate(models)]
        cuts = np.cumsum([0, *(len(bias) for _, bias in models)]).astype(np.int32)
        bias = np.concatenate([bias for _, bias in models]).astype(np.float32)
        return cls(np.concatenate(levels, axis=1), steps.astype(np.float32), bias, cuts)


def stack_rows(rows: Sequence[Rows], strengths: Sequence[Floats]) -> Texts:
    """The features of all texts one after the other."""
    begins = np.cumsum([0, *map(len, rows)], dtype=np.int64)
    if not rows:
        return begins, np.zeros(0, np.int32), np.zeros(0, np.float32)
    return begins, np.concatenate(rows).astype(np.int32), np.concatenate(strengths).astype(np.float32)


def scale(strengths: Floats) -> Floats:
    """The strengths with length 1 along the last axis, so that long texts weigh no more than short ones."""
    lengths = np.sqrt(np.square(strengths).sum(axis=-1, keepdims=True)) + 1e-6
    scaled: Floats = strengths / lengths
    return scaled


def train_linear(
    texts: Texts,
    labels: Sequence[int],
    shape: tuple[int, int],
    schedule: Schedule,
    times: Sequence[int] | None = None,
) -> tuple[Floats, Floats]:
    """Softmax regression by AdaGrad with one step size a feature (Duchi et al. 2011) and feature dropout.

    Args:
        labels: class of each text. shape: how many features and classes there are.
        times: how often each text is learned from in a pass, each time with other features hidden; None: once.

    Returns:
        Weights (features, classes) and bias (classes,).
    """
    random = np.random.default_rng(_SEED)
    learned = (
        np.zeros(shape, dtype=np.float32),
        np.zeros(shape[1], dtype=np.float32),
        np.full(shape[0], _FIRST_SQUARES, dtype=np.float32),
    )
    every = np.repeat(np.arange(len(labels), dtype=np.int64), 1 if times is None else times)
    classes = np.asarray(labels, dtype=np.int32)
    for _ in range(schedule.epochs):
        order = random.permutation(every)
        learn_texts(texts, classes, order, learned, schedule.rate, schedule.dropout, int(random.integers(1 << 62)))
    return learned[:2]
