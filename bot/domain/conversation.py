"""A conversation: what was said, what is settled so far, and what the bot waits for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.complaint import Draft


class State(StrEnum):
    """What the conversation is in the middle of (contract: `state`)."""

    IDLE = "idle"
    COMPLAINT = "complaint"
    CONSENT = "consent"
    HANDOFF = "handoff"


class Author(StrEnum):
    """Who said a message."""

    CITIZEN = "citizen"
    BOT = "bot"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What the dialogue remembers between turns; kept in the state store with a time to live.

    Attributes:
        asks: the slot that the last reply asked for, or None.
        offered: values of the choices in the last reply, in order.
        clarified: how many times in a row the bot has asked back; after two it offers a person.
        draft: the complaint that is being taken, if any. Kept in the database as well, so that it outlives this memory.
        proven_phone: the telephone number by which the citizen has shown that a complaint filed elsewhere is theirs.
        pending: the certificates or matter that wait for the missing slot, as `matter:ID` / `certificate:ID`.
    """

    state: State = State.IDLE
    matter: str | None = None
    certificates: tuple[str, ...] = ()
    person: str | None = None
    issued: str | None = None
    asks: str | None = None
    offered: tuple[str, ...] = ()
    clarified: int = 0
    intent: str | None = None
    verdict: str | None = None
    pending: tuple[str, ...] = ()
    draft: Draft | None = None
    proven_phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A button: what it says, and the value that a client sends back."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened to a complaint, as its card tells it."""

    at: datetime
    label: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a reply. Every part carries `text`, so that a client which does not know the type can show it.

    `type` is text, verdict, materials, choices, ticket or link; the other fields are filled as the type needs.
    """

    type: str
    text: str = ""
    title: str | None = None
    verdict: str | None = None
    measure: str | None = None
    action: str | None = None
    matter: str | None = None
    basis: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    version: str | None = None
    is_sample: bool | None = None
    choices: tuple[Choice, ...] = ()
    groups: tuple["MaterialGroup", ...] = ()
    number: str | None = None
    state: str | None = None
    details: tuple[str, ...] = ()
    timeline: tuple[Happening, ...] = ()
    label: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One certificate in a matter's list."""

    certificate: str
    name: str
    verdict: str
    measure: str
    action: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialGroup:
    """Certificates of a matter that are treated alike: first what need no longer be brought, then what is needed."""

    title: str
    verdict: str
    items: tuple[Material, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What was understood, as every client may see it (contract: `understood`)."""

    intent: str
    matter: str | None
    certificate: str | None
    certificates: tuple[str, ...]
    verdict: str | None
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The bot's answer to one turn.

    Attributes:
        status: what became of the turn; its first word is its family (answered, clarify, unanswered, handoff, error).
    """

    status: str
    understood: Understood
    state: State
    asks: str | None
    parts: tuple[Part, ...]
    measure: str | None = None
    entries: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All parts as plain words, one a paragraph: what a terminal shows and an operator reads out."""
        return "\n".join(part.text for part in self.parts if part.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a conversation as stored. `reply` is set for the bot's messages."""

    id: str
    conversation_id: str
    author: Author
    text: str
    at: datetime
    reply: Reply | None = None
    client_message_id: str | None = None
