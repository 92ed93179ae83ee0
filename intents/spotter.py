"""Finds known names and cue words in a text, all in one pass of an Aho–Corasick automaton."""

from collections.abc import Callable, Iterable

import ahocorasick

from intents.understanding import Mention

# Start, end with a minus, kind and id of a word that stands in a text: as tuples they sort into the text's order, of
# those that begin together the longest first.
Sighting = tuple[int, int, str, str]


class Spotter:
    """Knows words by kind and id; one word may stand for several things.

    Args:
        words: (kind, id, word in the engine's form).
        form: what words and texts are put through before they are compared, keeping the number of characters.
    """

    def __init__(self, words: Iterable[tuple[str, str, str]], form: Callable[[str], str] = str) -> None:
        self._form = form
        meanings: dict[str, list[tuple[str, str]]] = {}
        for kind, key, word in words:
            if word:
                meanings.setdefault(form(word), []).append((kind, key))
        self._automaton = ahocorasick.Automaton()
        for word, group in meanings.items():
            self._automaton.add_word(word, (len(word), tuple(dict.fromkeys(group))))
        if meanings:
            self._automaton.make_automaton()
        self._is_empty = not meanings

    def spot(self, text: str) -> list[Sighting]:
        """Every occurrence of every word, in the order in which they end; overlaps are all given."""
        if self._is_empty:
            return []
        return [
            (last + 1 - length, -last - 1, kind, key)
            for last, (length, meanings) in self._automaton.iter(self._form(text))
            for kind, key in meanings
        ]


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
