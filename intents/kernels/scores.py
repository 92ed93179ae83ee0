"""Scores classes by linear models, and turns scores into probabilities and orders."""

from typing import Final

import numpy as np
import numpy.typing as npt

from intents.kernels.compiler import compiled

Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Levels = npt.NDArray[np.int8]

# Levels, steps, bias and cuts, as `linear.Table` has them.
Table = tuple[Levels, Floats, Floats, Rows]

_TINY: Final = np.float32(1e-6)


@compiled
def make_shares(scores: Floats) -> None:
    """Turns scores into probabilities, in place."""
    highest = scores.max()
    total = np.float32(0.0)
    for place in range(len(scores)):
        scores[place] = np.exp(scores[place] - highest)
        total += scores[place]
    for place in range(len(scores)):
        scores[place] /= total


@compiled
def rank_best(values: Floats, count: int) -> Rows:
    """Places of the `count` highest values, the highest first; of equals the first."""
    best = np.empty(min(count, len(values)), np.int32)
    found = 0
    if len(best) == 0:
        return best
    for place in range(len(values)):
        if found == len(best):
            if values[place] <= values[best[found - 1]]:
                continue
            found -= 1
        slot = found
        while slot > 0 and values[best[slot - 1]] < values[place]:
            best[slot] = best[slot - 1]
            slot -= 1
        best[slot] = place
        found += 1
    return best


@compiled
def weigh_grams(places: Rows, ends: Rows, roles: Floats, role: int, start: int, stop: int, leak: float) -> Floats:
    """How much each n-gram counts for a role: fully where its characters have it, `leak` elsewhere.

    Args:
        start, stop: only these characters have the role here; others that have it count nothing, since they speak of
            something else.
    """
    sums = np.zeros((2, len(roles) + 1), np.float32)
    for place in range(len(roles)):
        side = 0 if start <= place < stop else 1
        sums[side, place + 1] = sums[side, place] + roles[place, role]
        sums[1 - side, place + 1] = sums[1 - side, place]
    strengths = np.empty(len(places), np.float32)
    for gram in range(len(places)):
        first, end = max(places[gram], 0), ends[gram]
        size = np.float32(max(end - first, 1))
        own, others = (sums[0, end] - sums[0, first]) / size, (sums[1, end] - sums[1, first]) / size
        strengths[gram] = own + np.float32(leak) * (np.float32(1.0) - own - others)
    return strengths


@compiled
def score_classes(table: Table, model: int, rows: Rows, strengths: Floats) -> Floats:
    """Scores of one model's classes for n-grams of the given strengths, scaled to length 1 together."""
    levels, steps, bias, cuts = table
    begin = cuts[model]
    scores = bias[begin : cuts[model + 1]].copy()
    squares = np.float32(0.0)
    for gram in range(len(rows)):
        squares += strengths[gram] * strengths[gram]
    length = np.sqrt(squares) + _TINY
    for gram in range(len(rows)):
        row = rows[gram]
        weight = strengths[gram] / length * steps[row, model]
        own = levels[row, begin : begin + len(scores)]
        for place in range(len(scores)):
            scores[place] += weight * np.float32(own[place])
    return scores


@compiled
def add_products(scores: Floats, strengths: Floats, weights: Floats) -> None:
    """Adds to the scores what a few more features say. `weights`: shape (features, classes)."""
    for feature in range(len(strengths)):
        for place in range(len(scores)):
            scores[place] += strengths[feature] * weights[feature, place]
