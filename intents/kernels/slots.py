"""Decides matter and certificates together, from the scores of each."""

from typing import Final

import numpy as np
import numpy.typing as npt

from intents.kernels.compiler import compiled
from intents.kernels.scores import make_shares, rank_best

Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

_LEAST_SHARE: Final = np.float32(1e-9)


@compiled
def join_matters(
    matters: Floats, certificates: Floats, strengths: Floats, listed: Flags, bonus: float, count: int
) -> tuple[Rows, Floats, float]:
    """The likeliest matters where each certificate speaks for the matters that are listed with it.

    Args:
        matters: scores. certificates: probabilities, shape (spans, certificates).
        strengths: how strongly each span speaks. listed: shape (matters, certificates).
        bonus: log-odds of a listed pair.

    Returns:
        Classes and their probabilities, best first; the probability of the first before joining.
    """
    shares = matters.copy()
    make_shares(shares)
    best = rank_best(matters, count)
    joint = np.log(shares[best] + _LEAST_SHARE)
    for span in range(len(certificates)):
        highest = certificates[span].max()
        for place in range(len(best)):
            support = find_support(certificates[span], highest, listed[best[place]], bonus)
            joint[place] += strengths[span] * np.float32(support)
    order = rank_best(joint, len(joint))
    classes, joined = best[order], joint[order]
    make_shares(joined)
    return classes, joined, float(shares[classes[0]] + _LEAST_SHARE)


@compiled
def find_support(certificates: Floats, highest: float, listed: Flags, bonus: float) -> float:
    """The highest log-probability of a certificate, where those that are listed have a bonus of 0 or more."""
    inside = np.float32(-1.0)
    for place in range(len(certificates)):
        if listed[place] and certificates[place] > inside:
            inside = certificates[place]
    support = np.log(np.float32(highest) + _LEAST_SHARE)
    if inside >= 0:
        support = max(support, np.log(inside + _LEAST_SHARE) + np.float32(bonus))
    return float(support)


@compiled
def rank_certificates(certificates: Floats, listed: Flags, bonus: float, count: int) -> tuple[Rows, Floats, Floats]:
    """The likeliest certificates of each span, where those that are listed have a bonus.

    Args:
        certificates: probabilities, shape (spans, certificates).
        listed: whether the matter that is meant lists each. bonus: log-odds of one that is.

    Returns:
        Classes and their probabilities, best first, shape (spans, count); and without bonus the probability of the
        first of them and the highest one, shape (spans, 2).
    """
    count = min(count, certificates.shape[1])
    classes = np.empty((len(certificates), count), np.int32)
    shares = np.empty((len(certificates), count), np.float32)
    alone = np.empty((len(certificates), 2), np.float32)
    odds = np.float32(np.exp(bonus))
    for span in range(len(certificates)):
        weighed = certificates[span] + _LEAST_SHARE
        alone[span, 1] = weighed.max()
        for place in range(len(weighed)):
            if listed[place]:
                weighed[place] *= odds
        classes[span] = rank_best(weighed, count)
        shares[span] = weighed[classes[span]] / weighed.sum()
        alone[span, 0] = certificates[span, classes[span, 0]] + _LEAST_SHARE
    return classes, shares, alone
