"""A small world in which dialogues file and follow complaints: real rules of moves, no database, no other system."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from bot.dialogue.errands import (
    ComplaintView,
    Duplicate,
    Errand,
    FileComplaint,
    Filed,
    FollowAct,
    FollowComplaint,
    Followed,
    NotHere,
    Result,
    TimelineLine,
)
from bot.domain.complaint import Contact, Draft, Subject
from bot.domain.errors import DomainError
from bot.domain.numbers import make_number
from bot.domain.work_order import Actor, ActorRole, Move, State, Step, WorkOrder
from bot.domain.work_order_moves import advance, list_moves
from tests.builders import NOON

_CITIZEN: Final = Actor(role=ActorRole.CITIZEN, id="citizen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A complaint that was filed. `is_own`: on this device."""

    number: str
    draft: Draft
    order: WorkOrder
    is_own: bool = True
    timeline: tuple[TimelineLine, ...] = ()


class FilingWorld:
    """Files what it is given, offers to join what is alike, and makes the moves that a citizen may make."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now
        self.cases: dict[str, Case] = {}

    def run(self, errand: Errand) -> Result:
        """The result of one errand."""
        if isinstance(errand, FileComplaint):
            return self._file(errand.draft)
        return self._follow(errand) if isinstance(errand, FollowComplaint) else NotHere()

    def put(self, draft: Draft, *, state: State = State.HANDLING, is_own: bool = True) -> str:
        """A complaint filed earlier; its number."""
        number = make_number(2026, 12_345_678_901 + 7 * len(self.cases))
        order = WorkOrder(complaint_id=number, changed_at=self.now, state=state)
        line = TimelineLine(at=self.now, label="登记", text="您的投诉已经登记")
        self.cases[number] = Case(number=number, draft=draft, order=order, is_own=is_own, timeline=(line,))
        return number

    def remember(self, told: dict[str, Any]) -> str:
        """A complaint filed earlier, as a labelled dialogue tells of it; its number."""
        day = told.get("happened_on")
        subject = Subject(
            unit_id=told["unit_id"],
            matter_id=told["matter_id"],
            certificate_ids=tuple(told["certificate_ids"]),
            happened_on=date.fromisoformat(day) if day else None,
        )
        draft = Draft(subject=subject, contact=Contact(phone=told["phone"]), story=told["text"])
        return self.put(draft, state=State(told.get("order", State.HANDLING)), is_own=told["is_own"])

    def describe_last(self) -> dict[str, Any]:
        """The complaint filed last, field by field, as a labelled dialogue tells of it; empty where none was."""
        if not self.cases:
            return {}
        draft = list(self.cases.values())[-1].draft
        subject = draft.subject
        return {
            "unit_id": subject.unit_id,
            "unit_told": subject.unit_told,
            "matter_id": subject.matter_id,
            "certificate_ids": list(subject.certificate_ids),
            "happened_on": subject.happened_on and subject.happened_on.isoformat(),
            "phone": draft.contact.phone,
            "name": draft.contact.name,
            "protection": draft.protection.value,
        }

    def _file(self, draft: Draft) -> Filed | Duplicate:
        alike = next((case for case in self.cases.values() if _is_alike(case.draft.subject, draft.subject)), None)
        if alike is not None and draft.joins is None and not draft.declines_join:
            return Duplicate(number=alike.number, filed_at=self.now, is_own=alike.is_own)
        return Filed(number=self.put(draft, state=State.RECORDED), joined=draft.joins)

    def _follow(self, errand: FollowComplaint) -> Followed:
        if errand.number is None:
            own = [case for case in reversed(self.cases.values()) if case.is_own]
            if len(own) != 1 or errand.act is FollowAct.LOOK:
                return Followed(found=tuple(map(_draw, own)), done=bool(own))
            return self._act(own[0], errand)
        case = self.cases.get(errand.number)
        if (case is None or not case.is_own) and not errand.phone:
            return Followed(needs_phone=True)
        if case is None or not (case.is_own or case.draft.contact.phone == errand.phone):
            return Followed(refusal="没有找到：编号和手机号对不上，请再核对一下")
        return self._act(case, errand)

    def _act(self, case: Case, errand: FollowComplaint) -> Followed:
        if errand.act is FollowAct.LOOK:
            return Followed(found=(_draw(case),), done=True)
        step = Step(move=Move(errand.act.value), text=errand.text, rating=errand.rating)
        try:
            order = advance(case.order, step, _CITIZEN, self.now)
        except DomainError as error:
            return Followed(found=(_draw(case),), refusal=error.detail)
        line = TimelineLine(at=self.now, label=step.move.label, text=step.text)
        case = replace(case, order=order, timeline=(*case.timeline, line))
        self.cases[case.number] = case
        return Followed(found=(_draw(case),), done=True)


def _is_alike(one: Subject, other: Subject) -> bool:
    keys = [(item.unit_id, item.matter_id, item.certificate_ids) for item in (one, other)]
    return keys[0] == keys[1] and all(keys[0])


def _draw(case: Case) -> ComplaintView:
    return ComplaintView(
        number=case.number,
        title="投诉",
        state=case.order.state,
        outcome=case.order.outcome.label if case.order.outcome else None,
        filed_at=case.order.changed_at,
        due_at=None,
        due_rule="",
        is_accepted=False,
        hotline_number="",
        moves=list_moves(case.order, _CITIZEN),
        timeline=case.timeline,
        rating=case.order.rating,
    )
