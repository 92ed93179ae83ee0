"""Complaints as insiders see them: masked until somebody says why the rest is needed."""

from datetime import date, datetime
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from bot.domain.catalogue import Catalogue
from bot.domain.complaint import Channel, Protection
from bot.domain.complaint_case import CaseFilter, ComplaintCase
from bot.domain.errors import InvalidInputError
from bot.domain.personal_data import mask_personal_data
from bot.domain.terms import Term
from bot.domain.viewer import Role, Viewer
from bot.domain.work_order import ActorRole, Event, Move, Outcome, State, Step
from bot.domain.work_order_moves import RULES
from bot.domain.working_time import china_moment
from bot.services.complaints.desk import CaseFile, Secret
from bot.services.complaints.naming import make_title, name_certificates, name_unit, name_unit_id
from web.complaint_payloads import Id, Line, Number, Words

_FILED: Final = "登记"
_EARLIEST_YEAR, _LATEST_YEAR = 2000, 2200


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


def read_filter(query: CaseQuery, now: datetime, soon: datetime) -> CaseFilter:
    """The filter of a query. Raises InvalidInputError."""
    for name, day in (("filed_from", query.filed_from), ("filed_to", query.filed_to)):
        if day is not None and not _EARLIEST_YEAR <= day.year <= _LATEST_YEAR:
            raise InvalidInputError("日期不对", {name: "请写近些年的日期"})
    try:
        states = tuple(State(word.strip()) for word in query.state.split(",") if word.strip())
    except ValueError as error:
        raise InvalidInputError("没有这种状态", {"state": "请用列出的状态，逗号隔开"}) from error
    return CaseFilter(
        states=states,
        unit_id=query.unit or None,
        due_before={"overdue": now, "soon": soon}.get(query.due or ""),
        is_escalated=query.escalated,
        is_poorly_rated=query.poor_rating,
        protection=query.protection,
        filed_from=query.filed_from,
        filed_to=query.filed_to,
    )


def read_step(body: MoveAsked) -> Step:
    """The step of a move."""
    return Step(move=body.move, text=body.text, unit_id=body.unit_id, outcome=body.outcome, days=body.days)


def render_row(case: ComplaintCase, catalogue: Catalogue, viewer: Viewer, now: datetime) -> CaseRow:
    """A complaint in the list."""
    complaint, order = case.complaint, case.order
    return CaseRow(
        number=complaint.number,
        title=make_title(catalogue, complaint.subject),
        state=order.state,
        state_label=order.state.label,
        outcome=order.outcome,
        outcome_label=order.outcome.label if order.outcome else None,
        unit_id=order.unit_id,
        unit=name_unit_id(catalogue, order.unit_id),
        about_unit=name_unit(catalogue, complaint.subject),
        channel=complaint.channel,
        protection=complaint.protection,
        filed_at=china_moment(complaint.filed_at),
        due_at=order.due_at and china_moment(order.due_at),
        is_overdue=order.due_at is not None and order.due_at < now,
        is_paused=order.paused_at is not None,
        is_escalated=order.is_escalated,
        is_late=order.is_late,
        urged=order.urged,
        reopened=order.reopened,
        rating=order.rating,
        article20=complaint.evidence.items,
        lawful=complaint.evidence.lawful,
        hotline_number=order.hotline_number,
        phone="" if _hides_contact(case, viewer) else mask_phone(complaint.contact.phone),
        version=order.version,
    )


def render_file(file: CaseFile, catalogue: Catalogue, viewer: Viewer, now: datetime) -> CaseDetail:
    """A complaint in full."""
    complaint, order = file.case.complaint, file.case.order
    subject, evidence = complaint.subject, complaint.evidence
    matter = catalogue.matters.get(subject.matter_id or "")
    return CaseDetail(
        summary=render_row(file.case, catalogue, viewer, now),
        story=mask_personal_data(complaint.story),
        matter=matter.name if matter else subject.matter_told,
        certificates=name_certificates(catalogue, subject) or tuple(filter(None, (subject.certificate_told,))),
        happened_on=subject.happened_on,
        time_told=subject.time_told,
        place=mask_personal_data(subject.place),
        wants_callback=complaint.contact.wants_callback,
        name="" if _hides_contact(file.case, viewer) else mask_name(complaint.contact.name),
        secrets=file.secrets,
        evidence=Judgement(
            article20=evidence.items,
            lawful=evidence.lawful,
            explanation=evidence.explanation,
            entries=tuple(EvidenceRow(id_, text) for id_, text in evidence.entries),
            basis=evidence.basis,
            version=evidence.version,
        ),
        due_rule=order.due_rule,
        extension=order.extension,
        returns=order.returns,
        timeline=tuple(_render_event(event, catalogue) for event in file.events),
        moves=tuple(map(_render_move, file.moves)),
        pictures=complaint.pictures,
        followers=tuple(follower.complaint.number for follower in file.followers),
        merged_into=file.leader.complaint.number if file.leader else None,
        is_erased=file.case.erased_at is not None,
    )


def render_term(term: Term) -> TermRow:
    """A row of the policy table."""
    return TermRow(
        step=term.step.value,
        step_label=term.step.label,
        applies_to=term.applies_to.value,
        amount=term.amount,
        unit=term.unit_label,
        starts_with=term.step.starts_with,
        pausable=term.pausable,
        extension_max=term.extension_max,
        rule=term.rule,
        is_default=term.is_default,
    )


def mask_phone(phone: str) -> str:
    """Enough of a telephone number for its owner to know it."""
    return f"{phone[:3]}****{phone[-2:]}" if len(phone) > 6 else "*" * len(phone)


def mask_name(name: str) -> str:
    """The first character of a name."""
    return name[:1] + "*" * (len(name) - 1)


def _hides_contact(case: ComplaintCase, viewer: Viewer) -> bool:
    return viewer.role is Role.HANDLER and case.complaint.protection is not Protection.OPEN


def _render_event(event: Event, catalogue: Catalogue) -> DeskHappening:
    return DeskHappening(
        at=china_moment(event.at),
        move=event.move,
        label=event.move.label if event.move else _FILED,
        actor=event.actor.role,
        unit=name_unit_id(catalogue, event.unit_id),
        state=event.state,
        text=mask_personal_data(event.text),
        is_public=event.is_public,
    )


def _render_move(move: Move) -> OpenMove:
    rule = RULES[move]
    return OpenMove(
        move=move,
        label=move.label,
        needs_text=rule.needs_reason,
        needs_unit=rule.needs_unit,
        needs_outcome=move is Move.ANSWER,
        needs_days=move is Move.EXTEND,
        needs_target=move is Move.MERGE,
    )
