"""Reads pinyin typed in Latin letters: a tiny input method that knows only the words of this domain."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

_LONGEST_WORD: Final = 4
_LONGEST_SYLLABLE: Final = 6


class Spelling:
    """Pinyin → characters.

    Args:
        words: syllables joined by spaces → the word they spell.
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = dict(words)
        self._syllables = frozenset(key for key in self.words if " " not in key)

    @classmethod
    def learn(cls, texts: Sequence[str], syllables_of: Callable[[str], list[str]]) -> "Spelling":
        """The spelling of the words in normalised texts.

        A run of characters counts as a word when it stands twice; what most often sounds so is what is meant.

        Args:
            syllables_of: one syllable for each character of a text; what has none stands for itself.
        """
        every = "".join(sorted(set().union(*texts)))
        sounds = dict(zip(every, syllables_of(every), strict=True))
        silent = {ord(character): " " for character, sound in sounds.items() if sound == character}
        counts: Counter[str] = Counter()
        for text in texts:
            for run in text.translate(silent).split():
                for size in range(1, _LONGEST_WORD + 1):
                    counts.update([run[start : start + size] for start in range(len(run) - size + 1)])
        best: dict[str, str] = {}
        for word, count in counts.items():
            if count > 1 or len(word) == 1:
                key = " ".join([sounds[character] for character in word])
                if count > counts[best.get(key, "")]:
                    best[key] = word
        return cls(best)

    def read(self, words: list[str]) -> str:
        """Characters for the words that are pinyin from end to end; the others as they stand."""
        pieces: list[str] = []
        syllables: list[str] = []
        for word in words:
            splits = [self._split(part) for part in word.split("'")]
            if None in splits:
                pieces += (self._compose(syllables), f" {word} ")
                syllables = []
            else:
                syllables += [syllable for split in splits for syllable in split or ()]
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
                word = self.words.get(" ".join(syllables[position : position + length]))
                if word is not None:
                    pieces.append(word)
                    position += length
                    break
            else:
                pieces.append(syllables[position])
                position += 1
        return "".join(pieces)
