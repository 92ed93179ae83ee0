"""What the models look at: the n-grams of characters and of sounds that training has seen, and where they lie."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from intents.kernels.grams import CODE_BITS, LONGEST_GRAM, SOUND_GRAM, fill_table, find_grams, find_slot
from intents.normalise import sound_of

Rows = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

# Roles a character can have: other, matter, certificate.
ROLES: Final = 3
# The network of roles has a voice for each, and one more for the first character of a certificate's name.
VOICES: Final = ROLES + 1
_START, _END = "\x02", "\x03"
# A sound n-gram is kept apart from the character n-gram that looks the same by this mark.
_SOUND_MARK: Final = "\x01"
# Characters from here on sound like themselves.
_SOUNDING: Final = 0xA000
_CODE_MASK: Final = (1 << CODE_BITS) - 1


@dataclass(frozen=True, slots=True)
class Grams:
    """The known n-grams of one text of `length` characters.

    Attributes:
        rows: their rows in the weight tables. Shape (n-grams,).
        places: 0-based character at which each begins; -1 is the mark before the text. Shape (n-grams,).
        ends: the character before which each ends, without the mark after the text. Shape (n-grams,).
    """

    length: int
    rows: Rows
    places: Rows
    ends: Rows


class GramIndex:
    """N-gram → row of the weight tables.

    Args:
        keys: one number for each n-gram, as `_key_of` makes it, in the order of the rows.
    """

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        # As compiled loops take them: codes of sounds, and the keys with their rows as a hash table.
        self.arrays = (list_sounds(), *make_table(keys))

    @classmethod
    def learn(cls, texts: Iterable[str], *, least: int = 2) -> Self:
        """The index of all n-grams that occur in at least `least` of the texts, in a fixed order."""
        padded = [f"{_START}{text}{_END}" for text in texts]
        owners = np.repeat(np.arange(len(padded)), [len(text) for text in padded])
        whole = "".join(padded)
        known = [_find_common(_codes_of(whole), owners, size, least) for size in range(1, LONGEST_GRAM + 1)]
        heard = ~_find_common(_codes_of(sound_of(whole)), owners, SOUND_GRAM, least)
        return cls(np.unique(np.concatenate([_SINGLE, *known, heard])))

    @property
    def grams(self) -> tuple[str, ...]:
        """The n-grams in the order of their rows; those of sounds after a mark."""
        return tuple(map(_gram_of, self.keys.tolist()))

    @property
    def size(self) -> int:
        """Rows that a weight table needs."""
        return len(self.keys)

    def extract(self, text: str) -> Grams:
        """The known n-grams of a normalised text."""
        return Grams(len(text), *find_grams(self.pad(text), *self.arrays))

    def knows(self, gram: str) -> bool:
        """Whether training has seen an n-gram of characters."""
        _, table, _ = self.arrays
        return bool(table[find_slot(_key_of(gram), table)])

    @staticmethod
    def pad(text: str) -> bytes:
        """The text between its marks, as compiled loops take it."""
        return f"{_START}{text}{_END}".encode("utf-32-le")


def make_table(keys: Keys) -> tuple[Keys, Rows]:
    """A hash table of keys other than 0, and the place of each key in the order given."""
    size = 1 << (2 * len(keys)).bit_length()
    table, rows = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int32)
    fill_table(keys, table, rows)
    return table, rows


@cache
def list_sounds() -> Rows:
    """Code of each character → code of its sound."""
    every = sound_of("".join(map(chr, range(_SOUNDING))))
    return np.frombuffer(every.encode("utf-32-le"), dtype=np.int32).copy()


def _key_of(gram: str) -> int:
    key = 0
    for character in gram.removeprefix(_SOUND_MARK):
        key = key << CODE_BITS | ord(character)
    return ~key if gram.startswith(_SOUND_MARK) else key


def _gram_of(key: int) -> str:
    rest, gram = max(key, ~key), ""
    while rest:
        gram = chr(rest & _CODE_MASK) + gram
        rest >>= CODE_BITS
    return gram if key > 0 else _SOUND_MARK + gram


# The marks themselves are always known, so that no index is empty.
_SINGLE: Final = np.array([_key_of(gram) for gram in (_START, _END, _SOUND_MARK + _START + _END)], dtype=np.int64)


def _codes_of(text: str) -> Keys:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)


def _find_common(codes: Keys, owners: Keys, size: int, least: int) -> Keys:
    """Keys of the n-grams of one size that occur in at least `least` texts.

    Args:
        codes: of the characters of all texts, one text after the other. owners: to which text each belongs.
    """
    count = max(len(codes) - size + 1, 0)
    keys = np.zeros(count, dtype=np.int64)
    for place in range(size):
        keys = keys << CODE_BITS | codes[place : place + count]
    is_inside = owners[:count] == owners[size - 1 :]
    keys, holders = keys[is_inside], owners[:count][is_inside]
    order = np.argsort(keys, kind="stable")
    keys, holders = keys[order], holders[order]
    # Of several in one text, which now stand together, one counts.
    is_new = np.ones(len(keys), dtype=np.bool_)
    is_new[1:] = (keys[1:] != keys[:-1]) | (holders[1:] != holders[:-1])
    found, texts = np.unique(keys[is_new], return_counts=True)
    return found[texts >= least]
