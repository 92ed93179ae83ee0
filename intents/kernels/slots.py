"""Decides matter and certificates together, from the scores of each."""

from typing import Final

import numpy as np
import numpy.typing as npt

from intents.kernels.compiler import compiled
from intents.kernels.roles import measure_role
from intents.kernels.scores import make_shares, rank_best

Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

_LEAST_SHARE: Final = np.float32(1e-9)


@compiled
def share_spans(scores: Floats, roles: Floats, role: int, spans: Rows) -> Floats:
    """Turns the scores of each span into probabilities, in place; gives the mean share of the role in each span."""
    strengths = np.empty(len(spans), np.float32)
    for span in range(len(spans)):
        make_shares(scores[span])
        start, end = spans[span]
        strengths[span] = measure_role(roles, role, start, end)[1] / np.float32(max(end - start, 1))
    return strengths


@compiled
def join_matters(
    matters: Floats, certificates: Floats, strengths: Floats, listed: Flags, bonus: float, count: int
) -> tuple[Rows, Floats, float, float]:
    """The likeliest matters where each certificate speaks for the matters that are listed with it.

    Args:
        matters: scores. certificates: probabilities, shape (spans, certificates).
        strengths: how strongly each span speaks. listed: shape (matters, certificates).
        bonus: log-odds of a listed pair.

    Returns:
        Classes and their probabilities, best first; the probability of the first before joining; the highest score.
    """
    shares = matters.copy()
    make_shares(shares)
    best = rank_best(matters, count)
    joint = np.empty(len(best), np.float32)
    for place in range(len(best)):
        joint[place] = np.log(shares[best[place]] + _LEAST_SHARE)
        for span in range(len(certificates)):
            joint[place] += strengths[span] * find_support(certificates[span], listed[best[place]], bonus)
    order = rank_best(joint, len(joint))
    classes, joined = best[order], joint[order]
    make_shares(joined)
    return classes, joined, shares[classes[0]] + _LEAST_SHARE, matters[best[0]]


@compiled
def find_support(certificates: Floats, listed: Flags, bonus: float) -> float:
    """The highest log-probability of a certificate, where those that are listed have a bonus."""
    inside = outside = np.float32(-1.0)
    for place in range(len(certificates)):
        if listed[place]:
            inside = max(inside, certificates[place])
        else:
            outside = max(outside, certificates[place])
    best = np.float32(-np.inf)
    if inside >= 0:
        best = np.log(inside + _LEAST_SHARE) + np.float32(bonus)
    if outside >= 0:
        best = max(best, np.log(outside + _LEAST_SHARE))
    return float(best)


@compiled
def rank_certificates(
    certificates: Floats, listed: Flags, bonus: float, count: int
) -> tuple[Rows, Floats, float, float]:
    """The likeliest certificates of one span, where those that are listed have a bonus.

    Args:
        certificates: probabilities. listed: whether the matter that is meant lists each. bonus: log-odds.

    Returns:
        Classes and their probabilities, best first; the probability of the first, and the highest one, without bonus.
    """
    odds = np.float32(np.exp(bonus))
    shares = certificates + _LEAST_SHARE
    total = np.float32(0.0)
    for place in range(len(shares)):
        if listed[place]:
            shares[place] *= odds
        total += shares[place]
    best = rank_best(shares, count)
    return best, shares[best] / total, certificates[best[0]] + _LEAST_SHARE, certificates.max() + _LEAST_SHARE
