"""Finds the stretches of a text that come close to a known name."""

from typing import Final

import numpy as np
import numpy.typing as npt

from intents.kernels.compiler import compiled
from intents.kernels.grams import CODE_BITS, find_slot

Rows = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_PAUSE: Final = ord("，")
# One slip in a name of so many characters leaves its first two or its last two as they are.
_SPARED: Final = 5
# In a longer stretch a character at either end is not left out: it may be the neighbour of a name.
_SHORT: Final = 3
# Turns characters into one number, that of a polynomial in this (Karp and Rabin), so that the number of a stretch
# follows from those of its beginnings; two words may share one, so that who meets it looks again.
_BASE: Final = np.int64(1099511628211)


@compiled
def number_of(codes: Rows) -> int:
    """A number for a word of these characters."""
    number = np.int64(0)
    for code in codes:
        number = number * _BASE + np.int64(code)
    return int(number)


@compiled
def pair_of(codes: Rows, place: int) -> int:
    """The key of a character and the next one, as for n-grams."""
    return int((np.int64(codes[place]) << CODE_BITS) | np.int64(codes[place + 1]))


@compiled
def count_strange(codes: Rows, usual: Keys) -> Rows:
    """How many of the pairs of characters that end before each place are strange."""
    strange = np.zeros(len(codes) + 1, np.int32)
    for place in range(1, len(codes)):
        strange[place + 1] = strange[place]
        if codes[place] != _PAUSE and codes[place - 1] != _PAUSE:
            strange[place + 1] += usual[find_slot(pair_of(codes, place - 1), usual)] == 0
    return strange


@compiled
def number_beginnings(codes: Rows) -> tuple[Keys, Keys]:
    """The numbers of the text's beginnings of each length, and the powers of the base."""
    numbers, powers = np.zeros(len(codes) + 1, np.int64), np.ones(len(codes) + 1, np.int64)
    for place in range(len(codes)):
        numbers[place + 1] = numbers[place] * _BASE + np.int64(codes[place])
        powers[place + 1] = powers[place] * _BASE
    return numbers, powers


@compiled
def mark_edges(codes: Rows, edges: Keys) -> tuple[Flags, Flags]:
    """Whether at each place something begins as a known word does, and whether before it something ends so."""
    begins, ends = np.zeros(len(codes) + 1, np.bool_), np.zeros(len(codes) + 1, np.bool_)
    for place in range(len(codes) - 1):
        pair = pair_of(codes, place)
        begins[place] = edges[find_slot(pair, edges)] != 0
        ends[place + 2] = edges[find_slot(~pair, edges)] != 0
    return begins, ends


@compiled
def find_windows(text: bytes, table: Keys, edges: Keys, shortest: int, longest: int, usual: Keys, reach: int) -> Rows:
    """The stretches that share a number with a known word. Shape (found, 3).

    Each is looked up as it stands, and with each of its characters left out.

    Args:
        text: four bytes a character. table: numbers of all known words, as a hash table.
        edges: the pairs of characters with which known words begin, and the complements of those with which they end.
        usual: n-grams of the language, as a hash table.
        reach: a stretch counts only where two characters are strange together, in it or so many characters around it,
            and a character is left out only where it is one of such two; below 0 all count.

    Returns:
        Start, end, and the place of the character left out: the end where none is.
    """
    codes = np.frombuffer(text, np.int32)
    length = len(codes)
    strange = count_strange(codes, usual)
    if reach >= 0 and strange[length] == 0:
        return np.empty((0, 3), np.int32)
    numbers, powers = number_beginnings(codes)
    begins, ends = mark_edges(codes, edges)
    windows = np.empty((length * (longest - shortest + 1) * (longest + 1), 3), np.int32)
    count = 0
    for size in range(shortest, min(longest, length) + 1):
        for start in range(length - size + 1):
            end = start + size
            if size > _SPARED and not (begins[start] or ends[end]):
                continue
            if reach >= 0 and strange[min(end + reach, length)] == strange[max(start + 1 - reach, 0)]:
                continue
            for left_out in range(start, end + 1):
                if size > _SHORT and (left_out == start or left_out == end - 1):
                    continue
                if reach >= 0 and left_out < end and strange[min(left_out + 2, length)] == strange[left_out]:
                    continue
                # What stands before the character left out, then behind it; all of it where that is the end.
                before = numbers[left_out] - numbers[start] * powers[left_out - start]
                behind = max(end - left_out - 1, 0)
                number = before * powers[behind] + (numbers[end] - numbers[end - behind] * powers[behind])
                if table[find_slot(int(number), table)] != 0:
                    windows[count, 0], windows[count, 1], windows[count, 2] = start, end, left_out
                    count += 1
    return windows[:count].copy()
