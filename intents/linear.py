"""Linear models over n-grams: trained with scipy, kept in one byte a weight."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from intents.features import Floats, Rows
from intents.kernels.scores import Table as Arrays
from intents.kernels.scores import score_classes

Matrix: TypeAlias = Any  # scipy's sparse matrices are not typed
_LEVELS: Final = 127


@dataclass(frozen=True, slots=True)
class Schedule:
    """How a linear model is trained: passes over the data, rows a step, step size, share of features hidden."""

    epochs: int = 4
    batch: int = 512
    rate: float = 0.5
    dropout: float = 0.3


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


def stack_rows(rows: Sequence[Rows], strengths: Sequence[Floats], width: int) -> Matrix:
    """One matrix row for each text."""
    indptr = np.concatenate(([0], np.cumsum([len(row) for row in rows])))
    data = np.concatenate(strengths) if strengths else np.zeros(0, np.float32)
    indices = np.concatenate(rows) if rows else np.zeros(0, np.int32)
    return sparse.csr_matrix((data.astype(np.float32), indices, indptr), shape=(len(rows), width))


def scale(strengths: Floats) -> Floats:
    """The strengths with length 1 along the last axis, so that long texts weigh no more than short ones."""
    lengths = np.sqrt(np.square(strengths).sum(axis=-1, keepdims=True)) + 1e-6
    scaled: Floats = strengths / lengths
    return scaled


def train_linear(
    matrix: Matrix, labels: npt.NDArray[np.int32], classes: int, schedule: Schedule
) -> tuple[Floats, Floats]:
    """Softmax regression by AdaGrad with one step size a feature (Duchi et al. 2011) and feature dropout.

    Args:
        matrix: (samples, features). labels: class of each sample, shape (samples,).

    Returns:
        Weights (features, classes) and bias (classes,).
    """
    random = np.random.default_rng(7)
    weights = np.zeros((matrix.shape[1], classes), dtype=np.float32)
    bias = np.zeros(classes, dtype=np.float32)
    squares = np.full(matrix.shape[1], 0.1, dtype=np.float32)
    for _ in range(schedule.epochs):
        order = random.permutation(matrix.shape[0])
        for begin in range(0, len(order), schedule.batch):
            chosen = order[begin : begin + schedule.batch]
            batch = matrix[chosen]
            shown = random.random(len(batch.data), dtype=np.float32) >= schedule.dropout
            batch.data = batch.data * shown / (1 - schedule.dropout)
            errors = softmax(batch @ weights + bias)
            errors[np.arange(len(chosen)), labels[chosen]] -= 1
            touched = np.unique(batch.indices)
            gradient = batch[:, touched].T @ errors
            squares[touched] += np.square(gradient).mean(axis=1)
            weights[touched] -= schedule.rate * gradient / np.sqrt(squares[touched])[:, None]
            bias -= schedule.rate * 0.01 * errors.mean(axis=0)
    return weights, bias


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    exponents = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities: Floats = exponents / exponents.sum(axis=-1, keepdims=True)
    return probabilities
