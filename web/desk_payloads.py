"""What the desk asks and gets, as typed models."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from bot.domain.catalogue import Catalogue
from bot.domain.conversation import State, Understood
from bot.domain.message_text import LONGEST_TEXT
from bot.services.desk import Lookup
from intents.understanding import Candidate, Mention, Trace
from web.payloads import MaterialsPart, ReplyParts, render_reply


class SearchQuery(Struct, frozen=True, kw_only=True):
    """What a caller says, in the caller's words, and what the operator knows or chose beside."""

    q: Annotated[str, Meta(extra_json_schema={"maxLength": LONGEST_TEXT})]
    person: Literal["self", "agent"] | None = None
    issued: Literal["inside", "outside"] | None = None
    matter: Annotated[str, Meta(max_length=64)] | None = None
    certificate: Annotated[str, Meta(max_length=64)] | None = None


class NamedMention(Struct, frozen=True, kw_only=True):
    """What was named where in the normalised text; places count characters."""

    kind: str
    id: str
    start: int
    end: int
    text: str
    name: str | None


class NamedCandidate(Struct, frozen=True, kw_only=True):
    """An id with the probability that it is meant."""

    id: str
    score: float
    name: str | None


class NamedTrace(Struct, frozen=True, kw_only=True):
    """Why the engine concluded what it did."""

    normalised: str
    segments: tuple[str, ...]
    mentions: tuple[NamedMention, ...]
    scores: dict[str, tuple[NamedCandidate, ...]]
    decided_by: tuple[str, ...]
    thresholds: dict[str, float]


class Heard(Struct, frozen=True, kw_only=True):
    """The circumstances under which it was answered, told by the caller or set by the operator."""

    person: str | None
    issued: str | None


class SearchOutcome(Struct, frozen=True, kw_only=True):
    """What a citizen would be told, `say` as words to read out, and why.

    `matter_name` names `understood.matter`; `materials` lists its certificates where the reply itself does not.
    """

    understood: Understood
    matter_name: str | None
    state: State
    asks: str | None
    say: str
    heard: Heard
    reply: ReplyParts
    materials: MaterialsPart | None
    trace: NamedTrace
    version: str


def render_lookup(lookup: Lookup) -> SearchOutcome:
    """The outcome of a search as it goes out."""
    body = render_reply(lookup.reply)
    return SearchOutcome(
        understood=body.understood,
        matter_name=_find_name("matter", body.understood.matter or "", lookup.catalogue),
        state=body.state,
        asks=body.asks,
        say=lookup.say,
        heard=Heard(person=lookup.person, issued=lookup.issued),
        reply=body.parts,
        materials=msgspec.convert(lookup.materials, MaterialsPart | None, from_attributes=True),
        trace=_render_trace(lookup.understanding.trace, lookup.catalogue),
        version=lookup.version,
    )


def _render_trace(trace: Trace, catalogue: Catalogue) -> NamedTrace:
    return NamedTrace(
        normalised=trace.normalised,
        segments=trace.segments,
        mentions=tuple(_name_mention(mention, catalogue) for mention in trace.mentions),
        scores={
            head: tuple(_name_candidate(_kind_of(head), candidate, catalogue) for candidate in candidates)
            for head, candidates in trace.scores.items()
        },
        decided_by=trace.decided_by,
        thresholds=trace.thresholds,
    )


def _name_mention(mention: Mention, catalogue: Catalogue) -> NamedMention:
    return NamedMention(
        kind=mention.kind,
        id=mention.id,
        start=mention.start,
        end=mention.end,
        text=mention.text,
        name=_find_name(mention.kind, mention.id, catalogue),
    )


def _name_candidate(kind: str, candidate: Candidate, catalogue: Catalogue) -> NamedCandidate:
    return NamedCandidate(id=candidate.id, score=candidate.score, name=_find_name(kind, candidate.id, catalogue))


def _kind_of(head: str) -> str:
    """Of several certificates each has a head of its own, such as `certificate 2`."""
    return head.partition(" ")[0]


def _find_name(kind: str, id_: str, catalogue: Catalogue) -> str | None:
    """The Chinese name of what an id stands for, where the catalogue has one."""
    match kind:
        case "matter" if id_ in catalogue.matters:
            return catalogue.matters[id_].name
        case "certificate" if id_ in catalogue.certificates:
            return catalogue.certificates[id_].name
        case "unit" if id_ in catalogue.units:
            return catalogue.units[id_].name
        case "faq" if id_ in catalogue.faq:
            return catalogue.faq[id_].question
        case _:
            return None
