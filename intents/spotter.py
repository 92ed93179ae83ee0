"""Finds known names and cue words in a text, all in one pass of an Aho–Corasick automaton."""

from collections.abc import Callable, Iterable

import ahocorasick

from intents.understanding import Mention


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

    def spot(self, text: str) -> list[Mention]:
        """Every occurrence of every word, in the order in which they end; overlaps are all given."""
        if self._is_empty:
            return []
        return [
            Mention(kind=kind, id=key, start=last + 1 - length, end=last + 1, text=text[last + 1 - length : last + 1])
            for last, (length, meanings) in self._automaton.iter(self._form(text))
            for kind, key in meanings
        ]


def longest_only(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that no longer one contains, in the order of the text."""
    kept: list[Mention] = []
    for mention in sorted(set(mentions), key=lambda item: (item.start, -item.end, item.kind, item.id)):
        if not any(
            other.start <= mention.start and mention.end <= other.end and _size(other) > _size(mention)
            for other in kept
        ):
            kept.append(mention)
    return kept


def _size(mention: Mention) -> int:
    return mention.end - mention.start
