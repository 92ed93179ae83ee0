"""Makes valid complaints, work orders and drafts, so that each test names only what it is about."""

from datetime import date, datetime
from typing import Any

from bot.domain.complaint import Channel, Complaint, Contact, Draft, Evidence, Protection, Subject
from bot.domain.filing import Filing
from bot.domain.identifiers import new_id
from bot.domain.numbers import make_number
from bot.domain.terms import ClockKind, Step, Term, TermSubject, TimeUnit
from bot.domain.work_order import Actor, ActorRole, Event, State, WorkOrder
from bot.domain.working_time import WorkCalendar
from tests.builders import NOON

PHONE = "13900001234"
NAME = "王小明"
STORY = "上周三去窗口办公租房，非要我去开无房证明，说没有就不收"
CITIZEN = Actor(role=ActorRole.CITIZEN, id="xiaowang")
CALENDAR = WorkCalendar(years=frozenset({2025, 2026, 2027}))


def make_term(step: Step, amount: int, subject: TermSubject = TermSubject.ANY, **given: Any) -> Term:
    default: dict[str, Any] = {
        "key": f"{step}-{subject}",
        "applies_to": subject,
        "step": step,
        "amount": amount,
        "unit": TimeUnit.WORKING_DAYS,
        "clock": ClockKind.WORKING,
        "rule": f"桃源市规定{amount}天",
    }
    return Term(**default | given)


def list_terms() -> dict[str, Term]:
    """A policy table with every step."""
    terms = (
        make_term(Step.ACCEPT, 1),
        make_term(Step.DISPATCH, 1),
        make_term(Step.RETURN, 2),
        make_term(Step.REASSIGN, 1),
        make_term(Step.ANSWER, 5, pausable=True, extension_max=10),
        make_term(Step.ANSWER, 3, TermSubject.SUPERVISED),
        make_term(Step.ANSWER, 3, TermSubject.REOPENED, pausable=True, extension_max=5),
        make_term(Step.ANSWER, 5, TermSubject.POOR_RATING),
        make_term(Step.CLOSE, 15, pausable=True),
        make_term(Step.FOLLOW_UP, 3),
        make_term(Step.RATE, 30, unit=TimeUnit.DAYS, clock=ClockKind.CALENDAR),
        make_term(Step.REOPEN, 30, unit=TimeUnit.DAYS, clock=ClockKind.CALENDAR),
    )
    return {term.key: term for term in terms}


def make_subject(**given: Any) -> Subject:
    default: dict[str, Any] = {
        "unit_id": "housing",
        "matter_id": "rent",
        "certificate_ids": ("nohouse",),
        "happened_on": date(2026, 11, 18),
        "place": "三号窗口",
    }
    return Subject(**default | given)


def make_draft(**given: Any) -> Draft:
    default: dict[str, Any] = {
        "subject": make_subject(),
        "contact": Contact(name=NAME, phone=PHONE, wants_callback=True),
        "protection": Protection.HIDDEN,
        "story": STORY,
    }
    return Draft(**default | given)


def make_complaint(**given: Any) -> Complaint:
    default: dict[str, Any] = {
        "id": new_id(),
        "number": make_number(2026, int(new_id()[-8:], 16)),
        "filed_at": NOON,
        "channel": Channel.CHAT,
        "owner_id": "xiaowang",
        "conversation_id": "talk",
        "subject": make_subject(),
        "contact": Contact(name=NAME, phone=PHONE),
        "protection": Protection.HIDDEN,
        "story": STORY,
        "evidence": Evidence(items=(5,), lawful=False, entries=(("c1", "公租房申请 无房证明 共享"),), version="v1"),
    }
    return Complaint(**default | given)


def make_order(complaint_id: str = "c-1", **given: Any) -> WorkOrder:
    default: dict[str, Any] = {
        "complaint_id": complaint_id,
        "clock_from": NOON,
        "answer_from": NOON,
        "changed_at": NOON,
    }
    return WorkOrder(**default | given)


def make_filing(complaint: Complaint | None = None, **order: Any) -> Filing:
    complaint = complaint or make_complaint()
    made = make_order(complaint.id, changed_at=complaint.filed_at, **order)
    return Filing(complaint=complaint, order=made, events=(make_event(made),))


def make_event(order: WorkOrder, at: datetime | None = None, **given: Any) -> Event:
    default: dict[str, Any] = {
        "id": new_id(),
        "complaint_id": order.complaint_id,
        "at": at or order.changed_at,
        "move": None,
        "state": State.RECORDED,
        "actor": CITIZEN,
    }
    return Event(**default | given)
