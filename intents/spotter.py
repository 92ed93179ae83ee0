"""Finds known names and cue words in a text, and names by their sound."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from intents.features import list_sounds, make_table
from intents.kernels.grams import CODE_BITS
from intents.kernels.words import ROOTS, find_words
from intents.normalise import sound_of
from intents.understanding import Mention

_WORDS, _SOUNDS = range(ROOTS)
# Nobody types it in place of another character: it asks ("低保边缘怎么办" names no 低保边缘证).
_ASKING: Final = "怎"


class Spotter:
    """Knows words by kind and id; one word may stand for several things.

    Args:
        words: (kind, id, word in the engine's form).
        heard: those that are known by their sound too.
    """

    def __init__(self, words: Iterable[tuple[str, str, str]], heard: Iterable[tuple[str, str, str]] = ()) -> None:
        tree = _Tree()
        for kind, key, word in heard:
            tree.add(_SOUNDS, sound_of(word), (kind, key))
        for kind, key, word in words:
            tree.add(_WORDS, word, (kind, key))
            # What sounds like the word is meant by it too.
            for meaning in tree.find(_SOUNDS, sound_of(word)):
                tree.add(_WORDS, word, meaning)
        self._meanings = [tuple(sorted(meanings)) for meanings in tree.meanings]
        keys = np.array(list(tree.nodes), dtype=np.int64)
        sounds = list_sounds().copy()
        sounds[ord(_ASKING)] = ord(_ASKING)
        self._arrays = (sounds, *make_table(keys), np.array(tree.words, dtype=np.int32))

    def spot(self, text: str) -> list[Mention]:
        """Every occurrence of every word that no longer one contains, in the order of the text."""
        return [
            Mention(kind, key, start, end, text[start:end])
            for start, end, word in find_words(text.encode("utf-32-le"), *self._arrays).tolist()
            for kind, key in self._meanings[word]
        ]


class _Tree:
    """Words as paths from two roots.

    Attributes:
        nodes: node and code of a step → the node it leads to, in the order of the nodes.
        words: number of the word that ends at each node, or -1. meanings: what each word stands for.
    """

    def __init__(self) -> None:
        self.nodes: dict[int, int] = {}
        self.words = [-1] * ROOTS
        self.meanings: list[set[tuple[str, str]]] = []

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
            self.meanings.append(set())
        self.meanings[self.words[node]].add(meaning)

    def find(self, root: int, word: str) -> tuple[tuple[str, str], ...]:
        """What a word stands for; nothing where it is not known."""
        node: int | None = root
        for character in word:
            node = self.nodes.get(node << CODE_BITS | ord(character)) if node is not None else None
        return tuple(self.meanings[self.words[node]]) if node is not None and self.words[node] >= 0 else ()


def longest_only(mentions: Iterable[Mention]) -> list[Mention]:
    """Those that no longer one contains, each once, in the order of the text."""
    kept: list[Mention] = []
    # Where the word begins that reaches furthest so far: only that one can contain the next.
    first = furthest = 0
    for mention in sorted(set(mentions), key=_place_of):
        if mention.end > furthest:
            first, furthest = mention.start, mention.end
        elif (mention.start, mention.end) != (first, furthest):
            continue
        kept.append(mention)
    return kept


def _place_of(mention: Mention) -> tuple[int, int, str, str]:
    """Sorts into the order of the text, of those that begin together the longest first."""
    return mention.start, -mention.end, mention.kind, mention.id
