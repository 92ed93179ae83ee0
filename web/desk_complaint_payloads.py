"""Complaints as insiders see them: masked until somebody says why the rest is needed."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from bot.domain.complaint import Channel, Protection
from bot.domain.work_order import ActorRole, Move, Outcome, State
from bot.services.complaints.desk import Secret
from web.complaint_payloads import Id, Line, Number, Words


class CaseQuery(Struct, frozen=True, kw_only=True):
    """Filters of the list. `due`: overdue, or due within 24 hours. `state`: several with commas between."""

    state: Annotated[str, Meta(max_length=200, examples=["dispatched,handling"])] = ""
    unit: Id | None = None
    due: Literal["overdue", "soon"] | None = None
    escalated: bool = False
    poor_rating: bool = False
    protection: Protection | None = None
    filed_from: date | None = None
    filed_to: date | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 50
    before: Annotated[str, Meta(max_length=200)] | None = None


class CaseRow(Struct, frozen=True, kw_only=True):
    """One complaint in the list. `version` goes along with a move."""

    number: str
    title: str
    state: State
    state_label: str
    outcome: Outcome | None
    outcome_label: str | None
    unit_id: str | None
    unit: str
    about_unit: str
    channel: Channel
    protection: Protection
    filed_at: datetime
    due_at: datetime | None
    is_overdue: bool
    is_paused: bool
    is_escalated: bool
    is_late: bool
    urged: int
    reopened: int
    rating: int | None
    article20: tuple[int, ...]
    lawful: bool | None
    hotline_number: str
    phone: str
    version: int


class CaseRows(Struct, frozen=True):
    """A page of the list; `next_before` is the `before` of the page after it."""

    complaints: tuple[CaseRow, ...]
    next_before: str | None


class EvidenceRow(Struct, frozen=True):
    """A catalogue entry as it stood on the day it happened."""

    entry: str
    text: str


class Judgement(Struct, frozen=True, kw_only=True):
    """What the catalogue said on that day, as judged when the complaint was filed."""

    article20: tuple[int, ...]
    lawful: bool | None
    explanation: str
    entries: tuple[EvidenceRow, ...]
    basis: tuple[str, ...]
    version: str


class DeskHappening(Struct, frozen=True, kw_only=True):
    """One thing that happened; the citizen reads it where `is_public`."""

    at: datetime
    move: Move | None
    label: str
    actor: ActorRole
    unit: str
    state: State
    text: str
    is_public: bool


class OpenMove(Struct, frozen=True, kw_only=True):
    """A move that this person may make now, and what it needs."""

    move: Move
    label: str
    needs_text: bool
    needs_unit: bool
    needs_outcome: bool
    needs_days: bool
    needs_target: bool


class CaseDetail(Struct, frozen=True, kw_only=True):
    """One complaint in full; numbers inside the story are masked. `secrets`: what may be revealed to this person."""

    summary: CaseRow
    story: str
    matter: str
    certificates: tuple[str, ...]
    happened_on: date | None
    time_told: str
    place: str
    wants_callback: bool | None
    name: str
    secrets: tuple[Secret, ...]
    evidence: Judgement
    due_rule: str
    extension: int
    returns: int
    timeline: tuple[DeskHappening, ...]
    moves: tuple[OpenMove, ...]
    pictures: tuple[str, ...]
    followers: tuple[str, ...]
    merged_into: str | None
    is_erased: bool


class MoveAsked(Struct, frozen=True, kw_only=True):
    """A move. `version` as it was shown; `text` is read by the citizen unless the move is a note."""

    move: Move
    version: int
    text: Words = ""
    unit_id: Id | None = None
    outcome: Outcome | None = None
    days: Annotated[int, Meta(ge=0, le=365)] = 0
    target: Number | None = None


class RevealAsked(Struct, frozen=True):
    """What is to be shown, and why; both go on record."""

    field: Secret
    reason: Line


class Revealed(Struct, frozen=True):
    """The name or telephone number."""

    field: Secret
    value: str


class TermRow(Struct, frozen=True, kw_only=True):
    """One row of the policy table. `is_default`: no authority of this city has confirmed the figure."""

    step: str
    step_label: str
    applies_to: str
    amount: int
    unit: str
    starts_with: str
    pausable: bool
    extension_max: int
    rule: str
    is_default: bool


class Terms(Struct, frozen=True):
    """The terms in use."""

    terms: tuple[TermRow, ...]
