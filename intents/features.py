"""What the models look at: n-grams of characters and of sounds, in a fixed layout.

A text of L characters always yields the same number of n-grams at the same places, unknown ones as row 0. So places are
computed once per length, and a whole text costs a handful of array operations.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from intents.normalise import sound_of

Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

UNKNOWN: Final = 0
_START, _END = "\x02", "\x03"
_CHARACTER_SIZES: Final = (1, 2, 3)
_SOUND_SIZES: Final = (2, 3)
# A sound n-gram is kept apart from the character n-gram that looks the same by this mark.
_SOUND_MARK: Final = "\x01"
# An n-gram speaks about its own characters and one neighbour on each side.
REACH: Final = max(_CHARACTER_SIZES) + 2
# Roles a character can have: other, matter, certificate.
ROLES: Final = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the n-grams of a text of one length lie; all places are 0-based characters of the unpadded text.

    Attributes:
        starts, ends: for each n-gram the characters it covers, clipped to the text. Shape (n-grams,).
        character_count: how many of the n-grams, from the first on, are of characters (the rest are of sounds).
        reached: for each character n-gram the places it speaks about, beyond the text as `length`. Shape
            (character n-grams, REACH).
        shares: 1 / number of characters that each n-gram covers. Shape (n-grams, 1).
        voices: the same for each of `ROLES` roles, flat: place * ROLES + role.
    """

    length: int
    starts: Rows
    ends: Rows
    character_count: int
    reached: Rows
    voices: Rows
    shares: Floats


@lru_cache(maxsize=512)
def layout_of(length: int) -> Layout:
    """The layout for texts of this many characters."""
    padded = length + 2
    sizes = [(size, padded - size + 1) for size in _CHARACTER_SIZES + _SOUND_SIZES]
    starts = np.concatenate([np.arange(max(count, 0)) for _, count in sizes]) - 1
    widths = np.concatenate([np.full(max(count, 0), size) for size, count in sizes])
    ends = starts + widths
    character_count = sum(max(padded - size + 1, 0) for size in _CHARACTER_SIZES)
    offsets = np.arange(REACH) - 1
    reached = starts[:character_count, None] + offsets[None, :]
    outside = (reached < 0) | (reached >= length) | (offsets[None, :] > widths[:character_count, None])
    reached = np.where(outside, length, reached)
    starts, ends = np.clip(starts, 0, length), np.clip(ends, 0, length)
    return Layout(
        length=length,
        starts=starts.astype(np.int32),
        ends=ends.astype(np.int32),
        character_count=character_count,
        reached=reached.astype(np.int32),
        voices=(reached[:, :, None] * ROLES + np.arange(ROLES)).ravel(),
        shares=(1 / np.maximum(ends - starts, 1)).astype(np.float32)[:, None],
    )


class GramIndex:
    """N-gram → row of the weight tables; row 0 is for what training has never seen."""

    def __init__(self, grams: Iterable[str]) -> None:
        self.grams = tuple(grams)
        self._rows = {gram: row for row, gram in enumerate(self.grams, 1)}

    @classmethod
    def learn(cls, texts: Iterable[str], *, least: int = 2) -> "GramIndex":
        """The index of all n-grams that occur in at least `least` of the texts, in a fixed order."""
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(set(_grams_of(text)))
        return cls(sorted(gram for gram, count in counts.items() if count >= least))

    @property
    def size(self) -> int:
        """Rows that a weight table needs, the unknown one included."""
        return len(self.grams) + 1

    def extract(self, text: str) -> Rows:
        """The rows of a normalised text's n-grams in layout order. Shape (n-grams,)."""
        get = self._rows.get
        return np.array([get(gram, UNKNOWN) for gram in _grams_of(text)], dtype=np.int32)


def _grams_of(text: str) -> list[str]:
    padded = f"{_START}{text}{_END}"
    length = len(padded)
    grams = list(padded)
    grams += [padded[place : place + 2] for place in range(length - 1)]
    grams += [padded[place : place + 3] for place in range(length - 2)]
    sounds = sound_of(padded)
    grams += [_SOUND_MARK + sounds[place : place + 2] for place in range(length - 1)]
    grams += [_SOUND_MARK + sounds[place : place + 3] for place in range(length - 2)]
    return grams


def mean_over_spans(values: Floats, layout: Layout) -> Floats:
    """For each n-gram the mean of the values of the characters it covers; 0 for padding alone.

    Args:
        values: shape (characters, columns).

    Returns:
        Shape (n-grams, columns).
    """
    sums = np.zeros((len(values) + 1, values.shape[1]), dtype=np.float32)
    np.cumsum(values, axis=0, out=sums[1:])
    means: Floats = (sums[layout.ends] - sums[layout.starts]) * layout.shares
    return means
