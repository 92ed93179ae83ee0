"""Finds known names that were typed with one slip: a character dropped, doubled, swapped or replaced.

Names and windows of the text are compared by what is left when one character is taken away (Garbe's SymSpell idea), and
the few that meet are measured exactly.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from rapidfuzz.distance import OSA

from intents.features import Keys, make_table
from intents.kernels.slips import find_windows, number_of
from intents.understanding import Mention

_SHORTEST, _LONGEST = 3, 9
_TEXT_LIMIT: Final = 40


class SlipFinder:
    """Knows names by kind and id.

    Args:
        words: (kind, id, word in the engine's form); words of fewer than three characters are left out.
    """

    def __init__(self, words: Iterable[tuple[str, str, str]]) -> None:
        self._names: dict[str, list[tuple[str, str, str]]] = {}
        for kind, key, word in words:
            if _SHORTEST <= len(word) <= _LONGEST:
                for rest in _shorten(word):
                    self._names.setdefault(rest, []).append((kind, key, word))
        self._numbers = _number(self._names)

    def spot(self, text: str) -> list[Mention]:
        """Names at one slip's distance in a short text, the longest first; nothing in a scrap or in a long one.

        Where two names are as near to the same characters, both are given.
        """
        if not _SHORTEST <= len(text) <= _TEXT_LIMIT:
            return []
        found = {mention for window in self._find_windows(text) for mention in self._match(text, *window)}
        kept: list[Mention] = []
        for mention in sorted(found, key=lambda item: (item.start - item.end, item.start, item.kind, item.id)):
            if not any(_is_beaten(mention, other) for other in kept):
                kept.append(mention)
        return kept

    def _find_windows(self, text: str) -> list[list[int]]:
        """Where the text may hold a name with a slip; most texts hold none, and are done with here."""
        windows = find_windows(text.encode("utf-32-le"), self._numbers, _SHORTEST - 1, _LONGEST + 1)
        found: list[list[int]] = windows.tolist()
        return found

    def _match(self, text: str, start: int, end: int) -> Iterator[Mention]:
        window = text[start:end]
        for rest in _shorten(window):
            for kind, key, word in self._names.get(rest, ()):
                if OSA.distance(window, word, score_cutoff=1) == 1 and not _is_chance(window, word):
                    yield Mention(kind=kind, id=key, start=start, end=end, text=window)


def _is_beaten(mention: Mention, other: Mention) -> bool:
    """Whether another mention overlaps, and does not stand for just the same characters."""
    is_same = (mention.start, mention.end) == (other.start, other.end)
    return not is_same and mention.start < other.end and other.start < mention.end


def _shorten(word: str) -> set[str]:
    """The word, and the word without each of its characters."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _is_chance(window: str, word: str) -> bool:
    """A pause is no slip; and of three characters one may differ by chance ("些材料" is no 堆材料)."""
    return "，" in window or (len(word) == len(window) == _SHORTEST and sorted(word) != sorted(window))


def _number(words: Iterable[str]) -> Keys:
    """The numbers of words as a hash table."""
    codes = (np.frombuffer(word.encode("utf-32-le"), dtype=np.int32).copy() for word in words)
    return make_table(np.array([number_of(word, 0, len(word), -1) for word in codes], dtype=np.int64))[0]
