"""A turn is a list of steps: each looks at the turn and either answers it or passes it on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.dialogue.dialogue import Utterance
from bot.domain.conversation import Memory, Part, State
from bot.domain.verdict import Circumstances, IssuedWhere, Person
from intents.understanding import Intent, Trace, Understanding

NOTHING_HEARD: Final = Understanding(intent=Intent.OUT_OF_SCOPE, confidence=0.0, trace=Trace(normalised=""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Everything that steps share.

    Attributes:
        heard: what the message means, the conversation so far taken into account as the steps go on.
        rejected: choice values to which the citizen has just said no.
    """

    utterance: Utterance
    memory: Memory
    today: date
    heard: Understanding = NOTHING_HEARD
    rejected: tuple[str, ...] = ()

    @property
    def circumstances(self) -> Circumstances:
        """What the citizen told beyond matter and certificate."""
        return Circumstances(
            person=Person(self.heard.person) if self.heard.person else None,
            issued=IssuedWhere(self.heard.issued) if self.heard.issued else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a step replies; `finish` in `remembering.py` makes reply and memory of it.

    Attributes:
        status: what became of the turn; its first word is its family.
        intent: where the answer serves another intent than the one heard.
        pending: choice values that a yes to this answer would settle.
        keeps_topic: the answer is an aside, and the conversation is still about what it was about.
    """

    status: str
    parts: tuple[Part, ...]
    state: State = State.IDLE
    asks: str | None = None
    intent: Intent | None = None
    matter: str | None = None
    certificates: tuple[str, ...] = ()
    verdict: str | None = None
    measure: str | None = None
    entries: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    keeps_topic: bool = False


Step = Callable[[Turn], Turn | Answer]


def run(steps: Sequence[Step], turn: Turn) -> tuple[Turn, Answer]:
    """The first answer, with the turn as it stood then.

    Raises:
        LookupError: no step answered; the last one must.
    """
    for step in steps:
        outcome = step(turn)
        if isinstance(outcome, Answer):
            return turn, outcome
        turn = outcome
    raise LookupError("no step answered the turn")
