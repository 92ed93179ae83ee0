"""Makes what insiders see of complaints, and reads what they ask for."""

from datetime import datetime
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.domain.complaint import Complaint, Protection
from bot.domain.complaint_case import CaseFilter, ComplaintCase
from bot.domain.errors import InvalidInputError
from bot.domain.terms import Term
from bot.domain.viewer import Role, Viewer
from bot.domain.work_order import Event, Move, State, Step
from bot.domain.work_order_moves import RULES
from bot.domain.working_time import china_moment
from bot.services.complaints.desk import CaseFile
from bot.services.complaints.hiding import hide_person, mask_name, mask_phone
from bot.services.complaints.naming import make_title, name_certificates, name_unit, name_unit_id
from web.desk_complaint_payloads import (
    CaseDetail,
    CaseQuery,
    CaseRow,
    DeskHappening,
    EvidenceRow,
    Judgement,
    MoveAsked,
    OpenMove,
    TermRow,
)

_FILED: Final = "登记"
_EARLIEST_YEAR, _LATEST_YEAR = 2000, 2200


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
        story=hide_person(complaint, complaint.story),
        matter=matter.name if matter else subject.matter_told,
        certificates=name_certificates(catalogue, subject) or tuple(filter(None, (subject.certificate_told,))),
        happened_on=subject.happened_on,
        time_told=subject.time_told,
        place=hide_person(complaint, subject.place),
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
        timeline=tuple(_render_event(event, complaint, catalogue) for event in file.events),
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


def _hides_contact(case: ComplaintCase, viewer: Viewer) -> bool:
    return viewer.role is Role.HANDLER and case.complaint.protection is not Protection.OPEN


def _render_event(event: Event, complaint: Complaint, catalogue: Catalogue) -> DeskHappening:
    return DeskHappening(
        at=china_moment(event.at),
        move=event.move,
        label=event.move.label if event.move else _FILED,
        actor=event.actor.role,
        unit=name_unit_id(catalogue, event.unit_id),
        state=event.state,
        text=hide_person(complaint, event.text),
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
