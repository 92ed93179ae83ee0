"""Complaints as they come in and as their citizens see them."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from bot.dialogue.errands import ComplaintView
from bot.domain.complaint import Contact, Draft, Protection, Subject
from bot.domain.work_order import Move, State

Words = Annotated[str, Meta(max_length=2_000)]
Line = Annotated[str, Meta(max_length=200)]
Id = Annotated[str, Meta(max_length=64)]
Phone = Annotated[str, Meta(max_length=24, pattern=r"^[0-9０-９+()（） -]*$", examples=["13900001234"])]
Number = Annotated[str, Meta(max_length=40, examples=["TS26-4821-7730-5916"])]
Rating = Annotated[int, Meta(ge=1, le=5, description="5 very satisfied, 4 satisfied, 3 mostly, 2 not, 1 not at all.")]


class NewComplaint(Struct, frozen=True, kw_only=True):
    """A complaint told all at once. It needs a story, a unit (id or words), and a phone unless it is anonymous.

    `declines_join` files it on its own although one like it is being worked on; `joins` is the number of that one.
    """

    story: Words
    unit_id: Id | None = None
    unit_told: Line = ""
    matter_id: Id | None = None
    matter_told: Line = ""
    certificate_ids: Annotated[tuple[Id, ...], Meta(max_length=20)] = ()
    certificate_told: Line = ""
    happened_on: date | None = None
    time_told: Line = ""
    place: Line = ""
    person: Literal["self", "agent"] | None = None
    issued: Literal["inside", "outside"] | None = None
    protection: Protection = Protection.HIDDEN
    name: Annotated[str, Meta(max_length=64)] = ""
    phone: Phone = ""
    wants_callback: bool | None = None
    pictures: Annotated[tuple[Id, ...], Meta(max_length=3)] = ()
    joins: Number | None = None
    declines_join: bool = False


class LikeComplaint(Struct, frozen=True):
    """One about the same unit, matter and certificate in the last 30 days."""

    number: str
    filed_at: datetime
    is_own: bool


class FilingOutcome(Struct, frozen=True, kw_only=True):
    """The complaint is stored under `number`; or it is not, and `duplicate` is one that it could join."""

    number: str | None = None
    due_at: datetime | None = None
    due_rule: str = ""
    joined: str | None = None
    duplicate: LikeComplaint | None = None


class Lookup(Struct, frozen=True):
    """Number and telephone number, which together prove whose complaint it is."""

    number: Number
    phone: Phone


class Wishes(Struct, frozen=True, kw_only=True):
    """What is said along with a wish; `phone` where another token filed the complaint."""

    text: Words = ""
    phone: Phone = ""


class RatingGiven(Struct, frozen=True, kw_only=True):
    """好差评: given once, after the answer."""

    rating: Rating
    text: Words = ""
    phone: Phone = ""


class Happening(Struct, frozen=True):
    """One thing that happened, in words for the citizen."""

    at: datetime
    label: str
    text: str


class Complaint(Struct, frozen=True, kw_only=True):
    """A complaint as its citizen sees it. `is_accepted`: 12345 has it, under `hotline_number`; before that it is only
    recorded. `moves`: what the citizen may do now."""

    number: str
    title: str
    state: State
    state_label: str
    outcome: str | None
    filed_at: datetime
    due_at: datetime | None
    due_rule: str
    is_accepted: bool
    hotline_number: str
    moves: tuple[Move, ...]
    timeline: tuple[Happening, ...]
    rating: int | None


class Complaints(Struct, frozen=True):
    """One's own complaints, the newest first."""

    complaints: tuple[Complaint, ...]


def read_draft(body: NewComplaint) -> Draft:
    """The draft of a complaint told all at once."""
    subject = Subject(
        unit_id=body.unit_id or None,
        unit_told=body.unit_told.strip(),
        matter_id=body.matter_id or None,
        matter_told=body.matter_told.strip(),
        certificate_ids=tuple(dict.fromkeys(body.certificate_ids)),
        certificate_told=body.certificate_told.strip(),
        happened_on=body.happened_on,
        time_told=body.time_told.strip(),
        place=body.place.strip(),
    )
    return Draft(
        subject=subject,
        contact=Contact(name=body.name.strip(), phone=body.phone.strip(), wants_callback=body.wants_callback),
        protection=body.protection,
        story=body.story,
        person=body.person,
        issued=body.issued,
        joins=body.joins,
        declines_join=body.declines_join,
        pictures=body.pictures,
    )


def render_complaint(view: ComplaintView) -> Complaint:
    """The complaint for its citizen."""
    return Complaint(
        number=view.number,
        title=view.title,
        state=view.state,
        state_label=view.state.label,
        outcome=view.outcome,
        filed_at=view.filed_at,
        due_at=view.due_at,
        due_rule=view.due_rule,
        is_accepted=view.is_accepted,
        hotline_number=view.hotline_number,
        moves=view.moves,
        timeline=tuple(Happening(line.at, line.label, line.text) for line in view.timeline),
        rating=view.rating,
    )
