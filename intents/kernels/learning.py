"""Teaches a linear model from texts, one after the other."""

from typing import Final

import numpy as np
import numpy.typing as npt

from intents.kernels.chance import DRAWS, draw, step
from intents.kernels.compiler import compiled
from intents.kernels.scores import make_shares

Rows = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

# Where the features of each text begin, and the end, shape (texts + 1,); then the features of all, and their strengths.
Texts = tuple[Places, Rows, Floats]
# Weights (features, classes), bias (classes,), and for each feature the squares of its gradients so far.
Learned = tuple[Floats, Floats, Floats]

# An error smaller than this teaches nothing worth the time; most are, for most classes are out of the question.
_LEAST_ERROR: Final = np.float32(1e-3)
# The bias hardly moves: what says nothing of the text must not decide.
_BIAS_SHARE: Final = np.float32(1e-4)


@compiled
def learn_texts(
    texts: Texts, labels: Rows, order: Places, learned: Learned, rate: float, dropout: float, seed: int
) -> None:
    """Learns from each text in turn, in place: softmax regression by AdaGrad with one step size a feature.

    Args:
        labels: class of each text. order: in which the texts are taken, some of them several times.
        dropout: share of features hidden at a time. seed: another one hides others.
    """
    begins, rows, strengths = texts
    weights, bias, _ = learned
    longest = (begins[1:] - begins[:-1]).max() if len(begins) > 1 else 0
    shown, heard = np.empty(longest, np.int32), np.empty(longest, np.float32)
    errors = np.empty(len(bias), np.float32)
    hidden = np.int64(dropout * DRAWS)
    kept = np.float32(1.0 - dropout)
    state = seed
    for text in order:
        count = 0
        for place in range(begins[text], begins[text + 1]):
            state = step(state)
            if draw(state) >= hidden:
                shown[count], heard[count] = rows[place], strengths[place] / kept
                count += 1
        errors[:] = bias
        for number in range(count):
            own = weights[shown[number]]
            for place in range(len(errors)):
                errors[place] += heard[number] * own[place]
        make_shares(errors)
        errors[labels[text]] -= np.float32(1.0)
        correct_weights(shown[:count], heard[:count], errors, learned, rate)


@compiled
def correct_weights(rows: Rows, strengths: Floats, errors: Floats, learned: Learned, rate: float) -> None:
    """One step of AdaGrad (Duchi et al. 2011) for the features of one text; the squares are means over the classes."""
    weights, bias, squares = learned
    reach = np.float32(rate)
    wrong = np.empty(len(errors), np.int32)
    count = 0
    amount = np.float32(0.0)
    for place in range(len(errors)):
        amount += errors[place] * errors[place]
        if abs(errors[place]) >= _LEAST_ERROR:
            wrong[count] = place
            count += 1
    amount /= np.float32(len(errors))
    for number in range(len(rows)):
        squares[rows[number]] += strengths[number] * strengths[number] * amount
        step = reach * strengths[number] / np.sqrt(squares[rows[number]])
        own = weights[rows[number]]
        for place in wrong[:count]:
            own[place] -= step * errors[place]
    for place in wrong[:count]:
        bias[place] -= reach * _BIAS_SHARE * errors[place]
