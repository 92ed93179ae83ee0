"""Keeps the answers to what many people ask, so that a common question costs almost nothing.

A dialogue is pure: the same utterance, memory, day and data version give the same reply, so a kept one is the answer.
"""

from datetime import date
from functools import lru_cache
from typing import Final

from bot.dialogue.dialogue import Dialogue, Turned, Utterance
from bot.domain.conversation import Memory, Reply

_KEPT: Final = 4096
# Long messages are somebody's own story: they do not come twice, and are nobody else's to keep.
_LONGEST_KEPT: Final = 40
_DIGITS_OF_A_NUMBER: Final = 5


class RememberedDialogue:
    """Implements `Dialogue` on top of another one."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue
        self._remembered = lru_cache(maxsize=_KEPT)(dialogue.begin)

    @property
    def version(self) -> str:
        """The data version of the dialogue beneath; a new version comes with a new, empty store of answers."""
        return self._dialogue.version

    def begin(self, utterance: Utterance, memory: Memory, today: date) -> Turned:
        """The kept answer where there is one; the dialogue's own otherwise."""
        if _is_personal(utterance.text, memory):
            return self._dialogue.begin(utterance, memory, today)
        return self._remembered(utterance, memory, today)

    def respond(self, utterance: Utterance, memory: Memory, today: date) -> tuple[Reply, Memory]:
        """The dialogue's own: nobody who cannot run errands is in a hurry."""
        return self._dialogue.respond(utterance, memory, today)


def _is_personal(text: str, memory: Memory) -> bool:
    if memory.draft is not None or len(text) > _LONGEST_KEPT:
        return True
    return sum(character.isdigit() for character in text) >= _DIGITS_OF_A_NUMBER
