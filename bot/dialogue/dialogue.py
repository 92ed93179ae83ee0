"""The dialogue as services see it: words and memory in, reply and memory out."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.domain.conversation import Memory, Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What the citizen sent: words, or the value of a choice that the last reply offered."""

    text: str = ""
    choice: str | None = None


class Dialogue(Protocol):
    """Answers one turn. Pure: the same utterance, memory, day and data version give the same reply."""

    @property
    def version(self) -> str:
        """The data version every reply of this dialogue carries."""
        ...

    def respond(self, utterance: Utterance, memory: Memory, today: date) -> tuple[Reply, Memory]:
        """The reply, and what to remember for the next turn."""
        ...
