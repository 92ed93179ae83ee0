"""Finds the n-grams of a text in a hash table."""

from typing import Final

import numpy as np
import numpy.typing as npt

from intents.kernels.compiler import compiled

Rows = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]

LONGEST_GRAM: Final = 3
# So many sounds are an n-gram; one alone says nothing, and more of them hardly anything that characters do not.
SOUND_GRAM: Final = 2
CODE_BITS: Final = 21
# Spreads keys over the slots of a table (Knuth's multiplicative hashing, with the golden ratio of 64 bits).
_SPREAD: Final = np.int64(-7046029254386353131)
_SPREAD_BITS: Final = 36


@compiled
def find_slot(key: int, keys: Keys) -> int:
    """The slot of a key in a hash table (0: empty; size a power of two), or the empty one where it would go."""
    last = len(keys) - 1
    slot = ((key * _SPREAD) >> _SPREAD_BITS) & last
    while keys[slot] != 0 and keys[slot] != key:
        slot = (slot + 1) & last
    return int(slot)


@compiled
def fill_table(keys: Keys, table: Keys, rows: Rows) -> None:
    """Enters each key with its place into an empty hash table."""
    for place in range(len(keys)):
        slot = find_slot(keys[place], table)
        table[slot] = keys[place]
        rows[slot] = place


@compiled
def find_grams(padded: bytes, sounds: Rows, table: Keys, rows: Rows) -> tuple[Rows, Rows, Rows]:
    """Row, first character (-1: the mark before the text) and end, without marks, of each known n-gram.

    Args:
        padded: the text between its marks, four bytes a character. sounds: code of a character → code of its sound.
    """
    codes = np.frombuffer(padded, np.uint32)
    length = len(codes) - 2
    # Each character begins so many n-grams of characters, and one of sounds.
    found = np.empty((3, (LONGEST_GRAM + 1) * len(codes)), np.int32)
    count = 0
    for first in range(len(codes)):
        key = heard = np.int64(0)
        for last in range(first, min(first + LONGEST_GRAM, len(codes))):
            code = np.int64(codes[last])
            key = (key << CODE_BITS) | code
            count = keep_gram(int(key), first, last, length, table, rows, found, count)
            if last < first + SOUND_GRAM:
                heard = (heard << CODE_BITS) | (np.int64(sounds[code]) if code < len(sounds) else code)
            if last == first + SOUND_GRAM - 1:
                count = keep_gram(int(~heard), first, last, length, table, rows, found, count)
    return found[0, :count], found[1, :count], found[2, :count]


@compiled
def keep_gram(key: int, first: int, last: int, length: int, table: Keys, rows: Rows, found: Rows, count: int) -> int:
    """Enters an n-gram among those found if it is known; how many there are then."""
    slot = find_slot(key, table)
    if table[slot] == 0:
        return count
    found[0, count], found[1, count], found[2, count] = rows[slot], first - 1, min(last, length)
    return count + 1
