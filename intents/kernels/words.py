"""Finds known words in a text and in its sounds."""

from typing import Final

import numpy as np
import numpy.typing as npt

from intents.kernels.compiler import compiled
from intents.kernels.grams import CODE_BITS, find_slot

Rows = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]

# A tree of words has two roots, one for characters and one for sounds; the other nodes are numbered on from here.
ROOTS: Final = 2


@compiled
def find_words(text: bytes, sounds: Rows, table: Keys, nodes: Rows, words: Rows) -> Rows:
    """The known words that no longer one contains: start, end and number of each. Shape (found, 3).

    Of a word and another one that sounds like just the same characters, the word is given.

    Args:
        text: four bytes a character. sounds: code of a character → code of its sound.
        table: node and code of a step, as a hash table; nodes: the node it leads to, less `ROOTS`.
        words: number of the word of each node, or -1.
    """
    codes = np.frombuffer(text, np.uint32)
    found = np.empty((ROOTS * len(codes), 3), np.int32)
    count, furthest = 0, 0
    for start in range(len(codes)):
        for root in range(ROOTS):
            node, end, word = np.int64(root), 0, -1
            for place in range(start, len(codes)):
                code = np.int64(codes[place])
                if root == 1 and code < len(sounds):
                    code = np.int64(sounds[code])
                slot = find_slot(int((node << CODE_BITS) | code), table)
                if table[slot] == 0:
                    break
                node = np.int64(nodes[slot]) + ROOTS
                if words[node] >= 0:
                    end, word = place + 1, words[node]
            if end > furthest:
                furthest = end
                # What begins where the last one did, and is longer, takes its place.
                count -= count > 0 and found[count - 1, 0] == start
                found[count, 0], found[count, 1], found[count, 2] = start, end, word
                count += 1
    return found[:count]
