"""Reads pinyin typed in Latin letters: a tiny input method that knows only the words of this domain."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

_LONGEST_WORD: Final = 5
_LONGEST_SYLLABLE: Final = 6


class Spelling:
    """Pinyin → characters, learned from the texts the engine knows.

    Args:
        texts: normalised texts, and beside each its syllables, one a character.
    """

    def __init__(self, texts: Iterable[tuple[str, list[str]]]) -> None:
        counts: dict[tuple[str, ...], Counter[str]] = {}
        syllables: set[str] = set()
        for text, sounds in texts:
            syllables.update(sound for sound in sounds if sound.isascii() and sound.isalpha())
            for length in range(1, _LONGEST_WORD + 1):
                for start in range(len(sounds) - length + 1):
                    key = tuple(sounds[start : start + length])
                    counts.setdefault(key, Counter())[text[start : start + length]] += 1
        self._syllables = frozenset(syllables)
        self._words = {key: counter.most_common(1)[0][0] for key, counter in counts.items()}

    def read(self, words: list[str]) -> str:
        """Characters for the words that are pinyin from end to end; the others as they stand."""
        pieces: list[str] = []
        syllables: list[str] = []
        for word in words:
            split = self._split(word.replace("'", ""))
            if split is None:
                pieces += (self._compose(syllables), f" {word} ")
                syllables = []
            else:
                syllables += split
        pieces.append(self._compose(syllables))
        return "".join(pieces)

    def _split(self, word: str) -> list[str] | None:
        """The split into the fewest syllables, or None where letters are left over."""
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - _LONGEST_SYLLABLE), end):
                head = best[start]
                if head is not None and word[start:end] in self._syllables:
                    found = best[end]
                    if found is None or len(head) + 1 < len(found):
                        best[end] = [*head, word[start:end]]
        return best[len(word)]

    def _compose(self, syllables: list[str]) -> str:
        """Longest known word first, left to right."""
        pieces: list[str] = []
        position = 0
        while position < len(syllables):
            for length in range(min(_LONGEST_WORD, len(syllables) - position), 0, -1):
                word = self._words.get(tuple(syllables[position : position + length]))
                if word is not None:
                    pieces.append(word)
                    position += length
                    break
            else:
                pieces.append(syllables[position])
                position += 1
        return "".join(pieces)
