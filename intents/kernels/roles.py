"""Reads the role of each character, and the runs of characters that share one."""

from typing import Final

import numpy as np
import numpy.typing as npt

from intents.compose import CERTIFICATE
from intents.kernels.compiler import compiled
from intents.kernels.scores import make_shares

Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Marks = npt.NDArray[np.int8]
# The arrays of `roles.RoleModel`.
Network = tuple[Floats, Floats, Floats, Floats, Floats, Floats, Floats, Floats]

BETWEEN, BEGINS = 1, 2
# The voice of the network, after those of the roles, for the first character of a certificate's name.
FIRST: Final = 3

# So many characters between two runs make no two names of them ("户口 本").
_JOIN: Final = 1
# So many characters of a slot are as many as matter; and how strongly the summary of roles speaks.
_MANY: Final = np.float32(8)
_SUMMARY_STRENGTH: Final = np.float32(0.5)


@compiled
def read_roles(rows: Rows, places: Rows, network: Network, support: Floats) -> tuple[Floats, Floats]:
    """Probability of each role for each character, and that the name of a certificate begins there.

    Args:
        network: see `roles.RoleModel`. support: scores to add, shape (length, roles).
    """
    vectors, start, mixes, mix_starts, whole, whole_start, voices, voices_start = network
    length, width = len(support), vectors.shape[1]
    if length == 0:
        return support, np.zeros(0, np.float32)
    states = np.zeros((length, width), np.float32)
    for gram in range(len(rows)):
        if rows[gram] < len(vectors) and places[gram] < length:
            add_to(states[max(places[gram], 0)], vectors[rows[gram]])
    for place in range(length):
        add_to(states[place], start)
        cut_negative(states[place])
    for layer in range(len(mixes)):
        if layer == len(mixes) - 1:
            tell_all(states, whole, whole_start)
        mix_neighbours(states, mixes[layer], mix_starts[layer], 1 << layer)
    scores: Floats = np.dot(states, voices)
    roles, begins = np.empty_like(support), np.empty(length, np.float32)
    for place in range(length):
        add_to(scores[place], voices_start)
        add_to(scores[place, :FIRST], support[place])
        scores[place, FIRST] += support[place, CERTIFICATE]
        make_shares(scores[place])
        roles[place] = scores[place, :FIRST]
        begins[place] = scores[place, FIRST]
        # The first character of a name has the role too.
        roles[place, CERTIFICATE] += begins[place]
    return roles, begins


@compiled
def mix_neighbours(states: Floats, mix: Floats, start: Floats, distance: int) -> None:
    """Adds to what is known of each character what it and those `distance` to its left and right say together."""
    length, width = states.shape
    around = np.zeros((length, 3 * width), np.float32)
    for place in range(length):
        for side in range(3):
            other = place + (side - 1) * distance
            if 0 <= other < length:
                around[place, side * width : (side + 1) * width] = states[other]
    said = np.dot(around, mix)
    for place in range(length):
        add_to(said[place], start)
        cut_negative(said[place])
        add_to(states[place], said[place])


@compiled
def tell_all(states: Floats, whole: Floats, start: Floats) -> None:
    """Adds to what is known of each character what mean and maximum of all say."""
    length, width = states.shape
    summary = np.zeros((1, 2 * width), np.float32)
    for place in range(length):
        for number in range(width):
            summary[0, number] += states[place, number] / np.float32(length)
            summary[0, width + number] = max(summary[0, width + number], states[place, number])
    said = np.dot(summary, whole)[0]
    add_to(said, start)
    cut_negative(said)
    for place in range(length):
        add_to(states[place], said)


@compiled
def add_to(numbers: Floats, others: Floats) -> None:
    """Adds in place."""
    for place in range(len(numbers)):
        numbers[place] += others[place]


@compiled
def cut_negative(numbers: Floats) -> None:
    """Makes negative numbers 0, in place."""
    for place in range(len(numbers)):
        numbers[place] = max(numbers[place], np.float32(0.0))


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
