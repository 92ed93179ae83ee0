"""Finds known names and cue words in a text, and names by their sound."""

from collections.abc import Iterable

import numpy as np

from intents.features import list_sounds, make_table
from intents.kernels.grams import CODE_BITS
from intents.kernels.words import ROOTS, find_words
from intents.normalise import sound_of
from intents.understanding import Mention

# Start, end with a minus, kind and id of a word that stands in a text: as tuples they sort into the text's order, of
# those that begin together the longest first.
Sighting = tuple[int, int, str, str]


class Spotter:
    """Knows words by kind and id; one word may stand for several things.

    Args:
        words: (kind, id, word in the engine's form).
        heard: those that are known by their sound too.
    """

    def __init__(self, words: Iterable[tuple[str, str, str]], heard: Iterable[tuple[str, str, str]] = ()) -> None:
        tree = _Tree()
        for kind, key, word in words:
            tree.add(0, word, (kind, key))
        for kind, key, word in heard:
            tree.add(1, sound_of(word), (kind, key))
        self._meanings = [tuple(dict.fromkeys(meanings)) for meanings in tree.meanings]
        keys = np.array(list(tree.nodes), dtype=np.int64)
        self._arrays = (list_sounds(), *make_table(keys), np.array(tree.words, dtype=np.int32))

    def spot(self, text: str) -> list[Sighting]:
        """Every occurrence of every word that no longer one contains, in the order of the text."""
        found = find_words(text.encode("utf-32-le"), *self._arrays).tolist()
        return [(start, -end, kind, key) for start, end, word in found for kind, key in self._meanings[word]]


class _Tree:
    """Words as paths from two roots.

    Attributes:
        nodes: node and code of a step → the node it leads to, in the order of the nodes.
        words: number of the word that ends at each node, or -1. meanings: what each word stands for.
    """

    def __init__(self) -> None:
        self.nodes: dict[int, int] = {}
        self.words = [-1] * ROOTS
        self.meanings: list[list[tuple[str, str]]] = []

    def add(self, root: int, word: str, meaning: tuple[str, str]) -> None:
        """Enters a word; an empty one is nothing."""
        node = root
        for character in word:
            step = node << CODE_BITS | ord(character)
            node = self.nodes.setdefault(step, len(self.words))
            if node == len(self.words):
                self.words.append(-1)
        if node < ROOTS:
            return
        if self.words[node] < 0:
            self.words[node] = len(self.meanings)
            self.meanings.append([])
        self.meanings[self.words[node]].append(meaning)


def longest_only(text: str, sightings: Iterable[Sighting]) -> list[Mention]:
    """The words that no longer one contains, in the order of the text."""
    kept: list[Mention] = []
    # Where the word begins that reaches furthest so far: only that one can contain the next.
    first = furthest = 0
    for start, minus_end, kind, key in sorted(set(sightings)):
        end = -minus_end
        if end > furthest:
            first, furthest = start, end
        elif (start, end) != (first, furthest):
            continue
        kept.append(Mention(kind, key, start, end, text[start:end]))
    return kept
