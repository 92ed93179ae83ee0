"""A turn is a list of steps: each looks at the turn and either answers it or passes it on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Self

from bot.dialogue.dialogue import Utterance
from bot.dialogue.errands import Errand, Result
from bot.domain.complaint import Draft
from bot.domain.conversation import Memory, Part, State
from bot.domain.verdict import Circumstances, IssuedWhere, Person
from intents.understanding import Act, Candidate, Intent, Level, Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a message means; the fields are those of `Understanding` that an answer may depend on."""

    intent: Intent = Intent.OUT_OF_SCOPE
    confidence: float = 0.0
    matter: str | None = None
    matter_level: Level = Level.ABSENT
    matters: tuple[Candidate, ...] = ()
    certificates: tuple[str, ...] = ()
    certificate_level: Level = Level.ABSENT
    certificate_candidates: tuple[Candidate, ...] = ()
    units: tuple[str, ...] = ()
    person: str | None = None
    issued: str | None = None
    act: Act | None = None
    faq: tuple[Candidate, ...] = ()
    faq_level: Level = Level.ABSENT

    @classmethod
    def from_engine(cls, understanding: Understanding) -> Self:
        """What the engine understood, before the dialogue looks at it."""
        return cls(**{item.name: getattr(understanding, item.name) for item in fields(cls)})

    @property
    def clear_matter(self) -> str | None:
        """The matter, where it needs no confirmation."""
        return self.matter if self.matter_level is Level.CLEAR else None

    @property
    def clear_certificates(self) -> tuple[str, ...]:
        """The certificates, where they need no confirmation."""
        return self.certificates if self.certificate_level is Level.CLEAR else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Everything that steps share.

    Attributes:
        words: what was said, for telling kinds of small talk apart; empty for a button.
        heard: what the message means, the conversation so far taken into account as the steps go on.
        rejected: choice values that the citizen has just turned down.
    """

    utterance: Utterance
    memory: Memory
    today: date
    words: str = ""
    heard: Heard = Heard()
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
        draft: the complaint being taken, as it stands after this turn; None leaves it as it was.
        ends_draft: it was filed or abandoned.
        proven_phone: the telephone number that has just opened a complaint filed elsewhere.
        errand: what must be known or done first; `report` then makes the answer of its result. Until then, or where
            nobody runs errands, this answer stands.
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
    draft: Draft | None = None
    ends_draft: bool = False
    proven_phone: str | None = None
    errand: Errand | None = None
    report: "Callable[[Turn, Result], Answer] | None" = None


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
