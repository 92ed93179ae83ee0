"""Finds the stretches of a text that come close to a known name."""

from typing import Final

import numpy as np
import numpy.typing as npt

from intents.kernels.compiler import compiled
from intents.kernels.grams import find_slot

Rows = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]

# Turns characters into one number (Fowler–Noll–Vo); two words may share one, so that who meets it looks again.
_PRIME: Final = np.int64(1099511628211)


@compiled
def number_of(codes: Rows, start: int, end: int, left_out: int) -> int:
    """A number for the characters [start, end), one of them perhaps left out."""
    number = np.int64(1)
    for place in range(start, end):
        if place != left_out:
            number = (number ^ np.int64(codes[place])) * _PRIME
    return int(number)


@compiled
def find_windows(text: bytes, table: Keys, shortest: int, longest: int) -> Rows:
    """The stretches [start, end) that share a number with a known word. Shape (stretches, 2).

    Args:
        text: four bytes a character. table: numbers of all known words, as a hash table.
    """
    codes = np.frombuffer(text, np.int32)
    windows = np.empty((len(codes) * (longest - shortest + 1), 2), np.int32)
    count = 0
    for size in range(shortest, min(longest, len(codes)) + 1):
        for start in range(len(codes) - size + 1):
            for left_out in range(start, start + size + 1):
                number = number_of(codes, start, start + size, left_out)
                if table[find_slot(number, table)] != 0:
                    windows[count, 0], windows[count, 1] = start, start + size
                    count += 1
                    break
    return windows[:count]
