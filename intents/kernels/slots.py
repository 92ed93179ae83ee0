"""Decides matter and certificates together, from the scores of each."""

from typing import Final

import numpy as np
import numpy.typing as npt

from intents.kernels.compiler import compiled
from intents.kernels.scores import make_shares, rank_best

Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

LEAST_SHARE: Final = np.float32(1e-9)


@compiled
def join_matters(
    matters: Floats, certificates: Floats, strengths: Floats, lists: Rows, bonus: float, count: int
) -> tuple[Rows, Floats, float]:
    """The likeliest matters where each certificate speaks for the matters that are listed with it.

    Args:
        matters: scores. certificates: probabilities, shape (spans, certificates).
        strengths: how strongly each span speaks. lists: the certificates of each matter, filled up with -1.
        bonus: log-odds of a listed pair.

    Returns:
        Classes and their probabilities, best first; the probability of the first before joining.
    """
    shares = matters.copy()
    make_shares(shares)
    best = rank_best(matters, count)
    joint = np.log(shares[best] + LEAST_SHARE)
    for span in range(len(certificates)):
        highest = certificates[span].max()
        for place in range(len(best)):
            support = find_support(certificates[span], highest, lists[best[place]], bonus)
            joint[place] += strengths[span] * np.float32(support)
    order = rank_best(joint, len(joint))
    classes, joined = best[order], joint[order]
    make_shares(joined)
    return classes, joined, float(shares[classes[0]] + LEAST_SHARE)


@compiled
def find_support(certificates: Floats, highest: float, listed: Rows, bonus: float) -> float:
    """The highest log-probability of a certificate, where those that are listed have a bonus of 0 or more."""
    inside = np.float32(-1.0)
    for certificate in listed:
        if certificate < 0:
            break
        inside = max(inside, certificates[certificate])
    support = np.log(np.float32(highest) + LEAST_SHARE)
    if inside >= 0:
        support = max(support, np.log(inside + LEAST_SHARE) + np.float32(bonus))
    return float(support)


@compiled
def favour_listed(certificates: Floats, listed: Flags, bonus: float) -> Floats:
    """Probabilities of certificates where those that are listed have a bonus (log-odds)."""
    odds = np.float32(np.exp(bonus))
    shares: Floats = certificates + LEAST_SHARE
    for place in range(len(shares)):
        if listed[place]:
            shares[place] *= odds
    shares /= shares.sum()
    return shares
