"""Reads the role of each character, and the runs of characters that share one."""

from typing import Final

import numpy as np
import numpy.typing as npt

from intents.kernels.compiler import compiled
from intents.kernels.scores import make_shares

Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Marks = npt.NDArray[np.int8]

BETWEEN, BEGINS = 1, 2

# A character takes so much of its neighbours' scores: roles come in runs.
_NEIGHBOUR_SHARE: Final = np.float32(0.35)
# So many characters between two runs make no two names of them ("户口 本").
_JOIN: Final = 1
# So many characters of a slot are as many as matter; and how strongly the summary of roles speaks.
_MANY: Final = np.float32(8)
_SUMMARY_STRENGTH: Final = np.float32(0.5)


@compiled
def read_roles(rows: Rows, places: Rows, weights: Floats, bias: Floats, support: Floats) -> Floats:
    """Probability of each role for each character, from what the n-grams say about it and its neighbours.

    Args:
        weights: shape (n-grams known, characters an n-gram speaks about, roles).
        support: scores to add, shape (length, roles).
    """
    length, roles = support.shape
    reach = weights.shape[1] * roles
    flat = weights.reshape(len(weights), reach)
    # With room for what n-grams at the edges say about characters outside.
    scores = np.zeros((length + 2 * weights.shape[1]) * roles, np.float32)
    for gram in range(len(rows)):
        base = (places[gram] + 1) * roles
        for step in range(reach):
            scores[base + step] += flat[rows[gram], step]
    begin = 2 * roles
    own = scores[begin : begin + length * roles].reshape(length, roles) + support + bias
    smooth = own.copy()
    for place in range(length):
        for role in range(roles):
            if place > 0:
                smooth[place, role] += _NEIGHBOUR_SHARE * own[place - 1, role]
            if place + 1 < length:
                smooth[place, role] += _NEIGHBOUR_SHARE * own[place + 1, role]
        make_shares(smooth[place])
    return smooth


@compiled
def find_runs(roles: Floats, role: int, least: float, parting: Marks) -> Rows:
    """The runs [start, end) of characters that have the role with probability `least`. Shape (runs, 2).

    Args:
        parting: `BETWEEN` at characters that belong to no run and part two, `BEGINS` where the next one begins.
    """
    runs = np.empty((len(roles), 2), np.int32)
    count = 0
    is_parted = True
    for place in range(len(roles)):
        if parting[place] == BETWEEN:
            is_parted = True
            continue
        is_parted = is_parted or parting[place] == BEGINS
        if roles[place, role] >= least:
            if is_parted or place - runs[count - 1, 1] > _JOIN:
                runs[count, 0] = place
                count += 1
            runs[count - 1, 1] = place + 1
            is_parted = False
    return runs[:count]


@compiled
def summarise_roles(roles: Floats, first: int) -> Floats:
    """How much there is of each role from `first` on: peaks first, then amounts."""
    count = roles.shape[1] - first
    summary = np.zeros(2 * count, np.float32)
    for role in range(count):
        amount = np.float32(0.0)
        for place in range(len(roles)):
            share = roles[place, first + role]
            summary[role] = max(summary[role], share)
            amount += share
        summary[count + role] = min(amount / _MANY, np.float32(1.0))
    return summary * _SUMMARY_STRENGTH


@compiled
def measure_role(roles: Floats, role: int, start: int, end: int) -> tuple[float, float]:
    """Highest probability of a role among some characters, and the sum."""
    peak = amount = np.float32(0.0)
    for place in range(start, end):
        peak = max(peak, roles[place, role])
        amount += roles[place, role]
    return float(peak), float(amount)
