"""Finds known names that were typed with one slip: a character dropped, doubled, swapped or replaced.

Names and windows of the text are compared by what is left when one character is taken away (Garbe's SymSpell idea), and
the few that meet are measured exactly. What is usual in the language is no slip: of "这些材料" nobody wanted 堆材料.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import rjieba
from rapidfuzz.distance import OSA

from intents.features import GramIndex, Keys, Rows, make_table
from intents.kernels.slips import find_windows, number_of, pair_of
from intents.understanding import Mention

_SHORTEST, _LONGEST = 3, 20
_TEXT_LIMIT: Final = 40
# So long is a message in which a slip is looked for though nothing is missed.
_SURE_LIMIT: Final = 20
# In a message longer than this, a name that is not missed must have slipped beyond doubt.
_DOUBT_LIMIT: Final = 16
# A message this short is a name and little else, which any slip may have spoilt.
_TERSE: Final = 10
_NAMED_KINDS: Final = frozenset({"matter", "certificate"})
_PAUSE: Final = "，"


class _Slip(NamedTuple):
    """A name that fits a window but for one slip: how many of its characters do; whether that may be by chance."""

    mention: Mention
    fitting: int
    is_doubtful: bool


class SlipFinder:
    """Knows names by kind and id.

    Args:
        words: (kind, id, word in the engine's form); those of fewer than three or more than twenty characters are left
            out. index: which pairs of characters are usual.
    """

    def __init__(self, words: Iterable[tuple[str, str, str]], index: GramIndex) -> None:
        self._names: dict[str, list[tuple[str, str, str]]] = {}
        self._index = index
        self._usual = index.arrays[1]
        self._longest = _SHORTEST
        for kind, key, word in words:
            if _SHORTEST <= len(word) <= _LONGEST:
                self._longest = max(self._longest, len(word))
                for rest in _shorten(word):
                    self._names.setdefault(rest, []).append((kind, key, word))
        self._numbers = _number(self._names)
        self._edges = _list_edges({word for names in self._names.values() for _, _, word in names})

    def spot(
        self, text: str, mentions: Sequence[Mention] = (), *, is_missed: bool = True, is_strange: bool = True
    ) -> list[Mention]:
        """Names at one slip's distance in a short text, those that fit best first; nothing in a scrap or a long text.

        Where two names are as near to the same characters, both are given.

        Args:
            mentions: what stands in the text as it is.
            is_missed: whether a matter or a certificate is missed; else only slips are given that make the message look
                strange, unless it is terse, and in one of some length only those beyond doubt.
            is_strange: whether two characters stand side by side that never do.
        """
        is_searched = is_missed or len(text) <= _TERSE
        if not _SHORTEST <= len(text) <= (_TEXT_LIMIT if is_missed else _SURE_LIMIT) or not (is_searched or is_strange):
            return []
        allows_doubt = is_missed or len(text) <= _DOUBT_LIMIT
        windows = find_windows(
            text.encode("utf-32-le"),
            self._numbers,
            self._edges,
            _SHORTEST - 1 if is_missed else _SHORTEST,
            self._longest + 1,
            self._usual,
            -1 if is_searched else int(allows_doubt),
        )
        if not len(windows):
            return []
        spans = {(mention.start, mention.end) for mention in mentions if mention.kind in _NAMED_KINDS}
        found = [
            slip
            for start, end, left_out in windows.tolist()
            if not any(first <= start and end <= last for first, last in spans)
            for slip in self._match(text, start, end, left_out)
            if (allows_doubt or not slip.is_doubtful) and all(_stands_against(slip, *span) for span in spans)
        ]
        kept: list[Mention] = []
        for _, _, mention in sorted({(-slip.fitting, -len(slip.mention.text), slip.mention) for slip in found}):
            if not any(_is_beaten(mention, other) for other in kept):
                kept.append(mention)
        return kept

    def _match(self, text: str, start: int, end: int, left_out: int) -> Iterator[_Slip]:
        window = text[start:end]
        for kind, key, word in self._names.get(text[start:left_out] + text[left_out + 1 : end], ()):
            # A pause is no slip. Nor is a name that stands there as it is.
            if word not in window and window.count(_PAUSE) == word.count(_PAUSE):
                fit = self._measure(text, start, end, word)
                if fit is not None:
                    yield _Slip(Mention(kind, key, start, end, window), *fit)

    def _measure(self, text: str, start: int, end: int, word: str) -> tuple[int, bool] | None:
        """How many characters of the name fit, and whether that may be by chance; None where it is, or more slipped."""
        window = text[start:end]
        if OSA.distance(window, word, score_cutoff=1) != 1:
            return None
        if sorted(window) == sorted(word):
            return len(word), False
        place = next((place for place, pair in enumerate(zip(window, word, strict=False)) if pair[0] != pair[1]), None)
        if len(window) < len(word):
            # What begins a name of three characters may stand for it ("残疾" for 残疾证, but not 户口 for 销户口).
            is_beginning = len(word) == _SHORTEST and word.startswith(window)
            if rjieba.has_word(window) and not is_beginning:
                return None
            # What was dropped at an end leaves no trace.
            return len(window), not place or self._is_usual(window[place - 1 : place + 1])
        place = len(word) if place is None else place
        if len(window) > len(word) and window[place] == window[place - 1]:
            return len(word), False
        is_outermost = place in {0, len(window) - 1}
        if is_outermost and len(word) > _SHORTEST:
            # As likely the neighbour of a name whose end was dropped: found without it.
            return None
        pairs = (text[max(at - 1, 0) : at + 1] for at in (start + place, start + place + 1))
        around = [self._is_usual(pair) for pair in pairs if len(pair) > 1 and _PAUSE not in pair]
        if any(around) if len(word) == _SHORTEST else around and all(around):
            return None
        return len(word) - 1, len(window) > len(word) or any(around) or is_outermost

    def _is_usual(self, pair: str) -> bool:
        """Whether these two characters often stand together."""
        return self._index.knows(pair) or rjieba.has_word(pair)


def _stands_against(slip: _Slip, start: int, end: int) -> bool:
    """Whether a slip may be meant although a known name stands at [start, end): where they overlap it is longer."""
    mention = slip.mention
    if mention.end <= start or end <= mention.start:
        return True
    contains = mention.start <= start and end <= mention.end
    return mention.end - mention.start > end - start and (contains or not slip.is_doubtful)


def _is_beaten(mention: Mention, other: Mention) -> bool:
    """Whether another mention overlaps, and does not stand for just the same characters."""
    is_same = (mention.start, mention.end) == (other.start, other.end)
    return not is_same and mention.start < other.end and other.start < mention.end


def _shorten(word: str) -> set[str]:
    """The word, and the word without each of its characters."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _number(words: Iterable[str]) -> Keys:
    """The numbers of words as a hash table."""
    return make_table(np.array([number_of(_codes_of(word)) for word in words], dtype=np.int64))[0]


def _list_edges(words: Iterable[str]) -> Keys:
    """The first pairs of words and the complements of their last ones, as a hash table."""
    codes = [_codes_of(word) for word in words]
    edges = {pair_of(word, 0) for word in codes} | {~pair_of(word, len(word) - 2) for word in codes}
    return make_table(np.array(sorted(edges), dtype=np.int64))[0]


def _codes_of(word: str) -> Rows:
    return np.frombuffer(word.encode("utf-32-le"), dtype=np.int32).copy()
