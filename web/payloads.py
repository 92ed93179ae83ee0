"""What comes in and goes out, as typed models; the OpenAPI document is made from these."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from bot.domain.conversation import Author, Choice, MaterialGroup, Message, Reply, State, Understood
from bot.domain.message_text import LONGEST_TEXT
from bot.domain.viewer import Role
from bot.services.answering import Answered
from bot.services.clock import CHINA_TIME

ClientMessageId = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=64,
        pattern=r"^[\x21-\x7e]+$",
        description="Chosen by the client. Sent again with the same id, a message is not answered anew.",
    ),
]
ConversationId = Annotated[str, Meta(description="Of an earlier answer; null opens a conversation.")]
MessageText = Annotated[
    str,
    Meta(
        description="What the citizen wrote.",
        extra_json_schema={"maxLength": LONGEST_TEXT},
        examples=["办公租房还要开无房证明吗"],
    ),
]
ChoiceValue = Annotated[str, Meta(description="The value of a choice that the last reply offered.")]


class SendMessage(Struct, frozen=True, kw_only=True):
    """One turn: a text, or the value of a choice (then `text`, if given, is what stood on the button)."""

    conversation_id: ConversationId | None = None
    text: MessageText | None = None
    choice: ChoiceValue | None = None
    client_message_id: ClientMessageId | None = None


class Happening(Struct, frozen=True):
    """One thing that happened to a complaint."""

    at: datetime
    label: str
    text: str = ""


class _Part(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type"):
    text: str
    title: str | None = None
    basis: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    version: str | None = None
    is_sample: bool | None = None


class TextPart(_Part, frozen=True, tag="text"):
    """Words."""


class VerdictPart(_Part, frozen=True, tag="verdict"):
    """The verdict about one certificate, with the articles and catalogue entries it rests on."""

    verdict: str | None = None
    measure: str | None = None
    action: str | None = None
    matter: str | None = None


class MaterialsPart(_Part, frozen=True, tag="materials"):
    """All certificates of a matter: first what need no longer be brought, then what is needed."""

    groups: tuple[MaterialGroup, ...] = ()


class ChoicesPart(_Part, frozen=True, tag="choices"):
    """What the citizen may answer with one tap; send back the `value` as `choice`."""

    choices: tuple[Choice, ...] = ()


class TicketPart(_Part, frozen=True, tag="ticket"):
    """The number under which something was taken in, how it stands, and what happened, the earliest first."""

    number: str | None = None
    state: str | None = None
    details: tuple[str, ...] = ()
    timeline: tuple[Happening, ...] = ()


class LinkPart(_Part, frozen=True, tag="link"):
    """A page or a telephone number to go on with."""

    label: str | None = None
    url: str | None = None


ReplyPart = TextPart | VerdictPart | MaterialsPart | ChoicesPart | TicketPart | LinkPart
ReplyParts = Annotated[
    tuple[ReplyPart, ...],
    Meta(description="In the order to show. Of an unknown type, show the `text`: every part carries one."),
]


class ReplyBody(Struct, frozen=True):
    """What a reply holds, whoever gets it."""

    understood: Understood
    state: State
    asks: str | None
    parts: ReplyParts


class Answer(Struct, frozen=True, kw_only=True):
    """The answer to one turn. `asks` is the slot that the bot now waits for."""

    conversation_id: str
    message_id: str
    understood: Understood
    state: State
    asks: str | None
    reply: ReplyParts


class SaidMessage(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One message of a conversation; the bot's have a `reply`. Personal numbers are masked in the text."""

    message_id: str
    author: Author
    at: datetime
    text: str
    reply: ReplyParts = ()


class Transcript(Struct, frozen=True):
    """What was said, the earliest first."""

    conversation_id: str
    messages: tuple[SaidMessage, ...]


class TranscriptQuery(Struct, frozen=True, kw_only=True):
    """Which messages: the `limit` latest, or the latest `before` a time."""

    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    before: Annotated[datetime, Meta(tz=True)] | None = None


class GuestToken(Struct, frozen=True):
    """A token that makes its bearer an anonymous citizen."""

    token: str
    expires_at: datetime


class Credentials(Struct, frozen=True):
    """Login and password of an operator or staff."""

    login: Annotated[str, Meta(min_length=1, max_length=64)]
    password: Annotated[str, Meta(min_length=1, max_length=256)]


class SessionToken(Struct, frozen=True):
    """A token for one shift, and whose it is."""

    token: str
    expires_at: datetime
    name: str
    role: Role


class Suggestions(Struct, frozen=True):
    """Questions for an empty page."""

    suggestions: tuple[str, ...]


class About(Struct, frozen=True, kw_only=True):
    """How this city's service is called, and the telephone line that helps where it cannot."""

    service_name: str
    city_name: str
    hotline: str
    version: str


class ReloadOutcome(Struct, frozen=True, kw_only=True):
    """The version of the data that answers from now on, and how much it holds."""

    version: str
    matters: int
    certificates: int
    entries: int


class HealthReport(Struct, frozen=True, kw_only=True):
    """`ready` where citizens are answered. `checks` tells which stores answer."""

    status: Literal["live", "ready", "unavailable"]
    version: str | None = None
    checks: dict[str, bool] = {}


def render_answer(answered: Answered) -> Answer:
    """The answer as it goes out."""
    body = render_reply(answered.reply)
    return Answer(
        conversation_id=answered.conversation_id,
        message_id=answered.message_id,
        understood=body.understood,
        state=body.state,
        asks=body.asks,
        reply=body.parts,
    )


def render_transcript(conversation_id: str, messages: Sequence[Message]) -> Transcript:
    """The messages as they go out."""
    return Transcript(conversation_id, tuple(_render_message(message) for message in messages))


def render_reply(reply: Reply) -> ReplyBody:
    """The reply as it goes out."""
    return msgspec.convert(reply, ReplyBody, from_attributes=True)


def _render_message(message: Message) -> SaidMessage:
    return SaidMessage(
        message_id=message.id,
        author=message.author,
        at=message.at.astimezone(CHINA_TIME),
        text=message.text,
        reply=_render_parts(message),
    )


def _render_parts(message: Message) -> tuple[ReplyPart, ...]:
    """What a message of the bot consists of, at least its text."""
    if message.reply is not None:
        return render_reply(message.reply).parts
    return (TextPart(text=message.text),) if message.author is Author.BOT else ()
