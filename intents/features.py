"""What the models look at: the n-grams of characters and of sounds that training has seen, and where they lie."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final

import ahocorasick
import numpy as np
import numpy.typing as npt

from intents.normalise import sound_of

Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

# Roles a character can have: other, matter, certificate.
ROLES: Final = 3
_START, _END = "\x02", "\x03"
_CHARACTER_SIZES: Final = (1, 2, 3)
_SOUND_SIZES: Final = (2, 3)
# A sound n-gram is kept apart from the character n-gram that looks the same by this mark.
_SOUND_MARK: Final = "\x01"
# An n-gram speaks about its own characters and one neighbour on each side.
REACH: Final = max(_CHARACTER_SIZES) + 2


@dataclass(frozen=True, slots=True)
class Grams:
    """The known n-grams of one text of `length` characters.

    Attributes:
        rows: their rows in the weight tables. Shape (n-grams,).
        places: 0-based character at which each begins; -1 is the mark before the text. Shape (n-grams,).
        starts, ends: the characters [start, end) that each covers, without the marks around the text.
        shares: 1 / number of characters covered. Shape (n-grams, 1).
    """

    length: int
    rows: Rows
    places: Rows
    starts: Rows
    ends: Rows
    shares: Floats

    def mean(self, values: Floats) -> Floats:
        """For each n-gram the mean of the values of its characters. `values` (length, columns) → (n-grams, columns)."""
        sums = np.zeros((self.length + 1, values.shape[1]), dtype=np.float32)
        np.cumsum(values, axis=0, out=sums[1:])
        means: Floats = (sums[self.ends] - sums[self.starts]) * self.shares
        return means


class GramIndex:
    """N-gram → row of the weight tables, found by two automata in one pass each."""

    def __init__(self, grams: Iterable[str]) -> None:
        self.grams = tuple(grams)
        self._characters = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        self._sounds = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for row, gram in enumerate(self.grams):
            if gram[0] == _SOUND_MARK:
                self._sounds.add_word(gram[1:], row)
            else:
                self._characters.add_word(gram, row)
        self._characters.make_automaton()
        self._sounds.make_automaton()
        self._sizes = np.array([len(gram.lstrip(_SOUND_MARK)) for gram in self.grams], dtype=np.int32)

    @classmethod
    def learn(cls, texts: Iterable[str], *, least: int = 2) -> "GramIndex":
        """The index of all n-grams that occur in at least `least` of the texts, in a fixed order."""
        counts: Counter[str] = Counter(_SINGLE)
        for text in texts:
            counts.update(set(_grams_of(text)))
        return cls(sorted(gram for gram, count in counts.items() if count >= least or gram in _SINGLE))

    @property
    def size(self) -> int:
        """Rows that a weight table needs."""
        return len(self.grams)

    def extract(self, text: str) -> Grams:
        """The known n-grams of a normalised text."""
        padded = f"{_START}{text}{_END}"
        length = len(text)
        characters = np.fromiter(chain.from_iterable(self._characters.iter(padded)), dtype=np.int32)
        sounds = np.fromiter(chain.from_iterable(self._sounds.iter(sound_of(padded))), dtype=np.int32)
        both = np.concatenate((characters, sounds))
        rows = both[1::2]
        places = both[::2] - self._sizes[rows]
        starts = np.maximum(places, 0)
        ends = np.minimum(both[::2], length)
        shares = (1.0 / np.maximum(ends - starts, 1)).astype(np.float32)[:, None]
        return Grams(length, rows, places, starts, ends, shares)


# The marks themselves are always known, so that no index is empty.
_SINGLE: Final = (_START, _END, _SOUND_MARK + _START + _END)


def _grams_of(text: str) -> list[str]:
    padded = f"{_START}{text}{_END}"
    sounds = sound_of(padded)
    grams = [padded[place : place + size] for size in _CHARACTER_SIZES for place in range(len(padded) - size + 1)]
    grams += [
        _SOUND_MARK + sounds[place : place + size] for size in _SOUND_SIZES for place in range(len(padded) - size + 1)
    ]
    return grams
