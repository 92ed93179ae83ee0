"""Reads the role of each character, and the runs of characters that share one."""

from typing import Final

import numpy as np
import numpy.typing as npt

from intents.compose import CERTIFICATE
from intents.kernels.compiler import compiled
from intents.kernels.prefetch import LINE, prefetch
from intents.kernels.products import TILE_ROWS, add_product
from intents.kernels.scores import add_products

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
    # Around the characters there is room for what the widest layer sees beyond them, and for whole tiles of products.
    margin = 1 << (len(mixes) - 1)
    rounded = -(-length // TILE_ROWS) * TILE_ROWS
    every = np.zeros((rounded + 2 * margin, width), np.float32)
    states = every[margin : margin + length]
    hear_grams(rows, places, vectors, start, states)
    said = np.empty((rounded, width), np.float32)
    for layer in range(len(mixes)):
        if layer == len(mixes) - 1:
            tell_all(states, whole, whole_start)
        mix_neighbours(every, said, mixes[layer], 1 << layer)
        for place in range(length):
            for number in range(width):
                states[place, number] += max(said[place, number] + mix_starts[layer, number], np.float32(0.0))
    return share_voices(np.dot(states, voices), voices_start, support)


@compiled
def hear_grams(rows: Rows, places: Rows, vectors: Floats, start: Floats, states: Floats) -> None:
    """Tells each character what the n-grams that begin at it say; those of the mark before the text, the first one."""
    length, width = states.shape
    fetch_vectors(vectors, rows)
    for gram in range(len(rows)):
        row, place = rows[gram], max(places[gram], 0)
        if place < length:
            for number in range(width):
                states[place, number] += vectors[row, number]
    for place in range(length):
        for number in range(width):
            states[place, number] = max(states[place, number] + start[number], np.float32(0.0))


@compiled
def fetch_vectors(vectors: Floats, rows: Rows) -> None:
    """Asks for the vectors that will be read."""
    width = vectors.shape[1]
    for gram in range(len(rows)):
        for number in range(0, width, LINE // vectors.itemsize):
            prefetch(vectors, rows[gram] * width + number)


@compiled
def mix_neighbours(every: Floats, said: Floats, mix: Floats, distance: int) -> None:
    """What each character and those `distance` to its left and right say together.

    Args:
        every: what is known of the characters, with as many rows of zeros before as behind. said: room for the result.
    """
    margin, width = (len(every) - len(said)) // 2, every.shape[1]
    # So many characters, in whole tiles, have nobody on their left, and as many nobody on their right.
    alone = min(distance // TILE_ROWS * TILE_ROWS, len(said))
    said[:] = 0.0
    add_product(every, margin + alone - distance, mix, 0, said[alone:])
    add_product(every, margin, mix, width, said)
    add_product(every, margin + distance, mix, 2 * width, said[: len(said) - alone])


@compiled
def tell_all(states: Floats, whole: Floats, start: Floats) -> None:
    """Adds to what is known of each character what mean and maximum of all say."""
    length, width = states.shape
    summary = np.zeros(2 * width, np.float32)
    for place in range(length):
        for number in range(width):
            summary[number] += states[place, number]
            summary[width + number] = max(summary[width + number], states[place, number])
    for number in range(width):
        summary[number] /= np.float32(length)
    said = start.copy()
    add_products(said, summary, whole)
    for place in range(length):
        for number in range(width):
            states[place, number] += max(said[number], np.float32(0.0))


@compiled
def share_voices(scores: Floats, start: Floats, support: Floats) -> tuple[Floats, Floats]:
    """Probabilities from the scores of voices, as `read_roles` returns them."""
    roles, begins = np.empty_like(support), np.empty(len(support), np.float32)
    for place in range(len(support)):
        highest, total = np.float32(-np.inf), np.float32(0.0)
        for voice in range(FIRST + 1):
            # A known name supports the first character of one, too.
            scores[place, voice] += start[voice] + support[place, min(voice, CERTIFICATE)]
            highest = max(highest, scores[place, voice])
        for voice in range(FIRST + 1):
            scores[place, voice] = np.exp(scores[place, voice] - highest)
            total += scores[place, voice]
        for role in range(FIRST):
            roles[place, role] = scores[place, role] / total
        begins[place] = scores[place, FIRST] / total
        # The first character of a name has the role too.
        roles[place, CERTIFICATE] += begins[place]
    return roles, begins


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
