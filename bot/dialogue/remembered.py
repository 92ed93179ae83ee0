"""Keeps the answers to what many people ask, so that a common question costs almost nothing.

A dialogue is pure: the same utterance, memory, day and data version give the same reply, so a kept one is the answer.
"""

from datetime import date
from functools import lru_cache
from typing import Final

from bot.dialogue.dialogue import Dialogue, Utterance
from bot.domain.conversation import Memory, Reply

_KEPT: Final = 4096
# Long messages are somebody's own story: they do not come twice, and are nobody else's to keep.
_LONGEST_KEPT: Final = 40
_DIGITS_OF_A_NUMBER: Final = 5


class RememberedDialogue:
    """Implements `Dialogue` on top of another one."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue
        self._remembered = lru_cache(maxsize=_KEPT)(dialogue.respond)

    @property
    def version(self) -> str:
        """The data version of the dialogue beneath; a new version comes with a new, empty store of answers."""
        return self._dialogue.version

    def respond(self, utterance: Utterance, memory: Memory, today: date) -> tuple[Reply, Memory]:
        """The kept answer where there is one; the dialogue's own otherwise."""
        if _is_personal(utterance.text):
            return self._dialogue.respond(utterance, memory, today)
        return self._remembered(utterance, memory, today)


def _is_personal(text: str) -> bool:
    return len(text) > _LONGEST_KEPT or sum(character.isdigit() for character in text) >= _DIGITS_OF_A_NUMBER
