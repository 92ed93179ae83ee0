"""The dialogue as services see it: words and memory in; reply, memory, and perhaps an errand out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.dialogue.errands import Errand, Result
from bot.domain.conversation import Memory, Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What the citizen sent: words, or the value of a choice that the last reply offered."""

    text: str = ""
    choice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """What came of a turn.

    Attributes:
        reply, memory: what to say and to remember; where there is an errand, only until its result is there.
        errand: what the dialogue must know or have done first. resume: makes reply and memory of the result.
    """

    reply: Reply
    memory: Memory
    errand: Errand | None = None
    resume: Callable[[Result], tuple[Reply, Memory]] | None = None


class Dialogue(Protocol):
    """Answers one turn. Pure: the same utterance, memory, day and data version give the same reply."""

    @property
    def version(self) -> str:
        """The data version every reply of this dialogue carries."""
        ...

    def begin(self, utterance: Utterance, memory: Memory, today: date) -> Turned:
        """What came of the turn, for whoever can run errands."""
        ...

    def respond(self, utterance: Utterance, memory: Memory, today: date) -> tuple[Reply, Memory]:
        """The reply, and what to remember for the next turn, where nobody can run errands: such as a test run."""
        ...
