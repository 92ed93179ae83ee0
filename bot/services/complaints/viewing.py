"""A complaint as its citizen may see it."""

from dataclasses import replace
from typing import Final

from bot.dialogue.errands import ComplaintView, TimelineLine
from bot.domain.catalogue import Catalogue
from bot.domain.complaint_case import ComplaintCase
from bot.domain.order_clock import OrderClock
from bot.domain.work_order import Actor, ActorRole, Event, Move
from bot.domain.work_order_moves import list_moves
from bot.domain.working_time import china_moment
from bot.ports import Clock, Complaints
from bot.services.complaints.hiding import hide_person
from bot.services.complaints.merging import find_root
from bot.services.complaints.naming import make_title, name_unit_id
from bot.services.knowledge import LiveKnowledge

_FILED: Final = "登记"
# What a citizen reads where whoever made the move wrote nothing.
_TEXTS: Final = {
    None: "您的投诉已经登记，正在转给12345",
    Move.ACCEPT: "已受理",
    Move.DISPATCH: "已派给{unit}办理",
    Move.REASSIGN: "已改派给{unit}办理",
    Move.START: "{unit}开始办理",
    Move.RESUME: "恢复计时",
    Move.CLOSE: "已办结",
    Move.RATE: "您已评价",
    Move.WITHDRAW: "已撤回",
    Move.MERGE: "与反映同一件事的另一件一起办理，答复会同样告诉您",
    Move.URGE: "已催办",
    Move.ESCALATE: "已列入督办",
}
_CITIZEN: Final = Actor(role=ActorRole.CITIZEN, id="")
_CITIZEN_MOVES: Final = frozenset({Move.URGE, Move.ADD, Move.WITHDRAW, Move.REOPEN, Move.RATE})


class ComplaintViews:
    """Draws complaints for the citizens who filed them."""

    def __init__(self, *, complaints: Complaints, knowledge: LiveKnowledge, clock: Clock) -> None:
        self._complaints = complaints
        self._knowledge = knowledge
        self._clock = clock

    async def draw(self, case: ComplaintCase) -> ComplaintView:
        """The complaint with its timeline; one that was merged shows how the other one stands and what it heard."""
        catalogue = self._knowledge.current.catalogue
        events = [event for event in await self._complaints.list_events(case.complaint.id) if event.is_public]
        root = await find_root(self._complaints, case)
        if root is not case:
            events += await self._list_heard(root, events)
        order = root.order
        return ComplaintView(
            number=case.complaint.number,
            title=make_title(catalogue, case.complaint.subject),
            state=order.state,
            outcome=order.outcome.label if order.outcome else None,
            filed_at=case.complaint.filed_at,
            due_at=order.due_at and china_moment(order.due_at),
            due_rule=order.due_rule,
            is_accepted=bool(case.order.hotline_number) or _was_accepted(events),
            hotline_number=case.order.hotline_number,
            moves=self.list_moves(case),
            timeline=tuple(_draw_line(catalogue, event) for event in sorted(events, key=lambda item: item.at)),
            rating=case.order.rating,
        )

    def list_moves(self, case: ComplaintCase) -> tuple[Move, ...]:
        """What the citizen may do now."""
        catalogue = self._knowledge.current.catalogue
        clock, now = OrderClock(terms=catalogue.terms, calendar=catalogue.calendar), self._clock.now()
        if case.erased_at:
            return ()
        return tuple(
            move
            for move in list_moves(case.order, _CITIZEN)
            if move in _CITIZEN_MOVES and not clock.is_too_late_for(move, case.order, now)
        )

    async def _list_heard(self, root: ComplaintCase, own: list[Event]) -> list[Event]:
        """What offices said of the complaint that this one follows, since it does; never what its citizen said."""
        since = max((event.at for event in own if event.move is Move.MERGE), default=root.complaint.filed_at)
        events = await self._complaints.list_events(root.complaint.id)
        return [
            replace(event, text=hide_person(root.complaint, event.text))
            for event in events
            if event.is_public and event.at >= since and event.actor.role is not ActorRole.CITIZEN and event.move
        ]


def _was_accepted(events: list[Event]) -> bool:
    return any(event.move is Move.ACCEPT and event.actor.role is ActorRole.HOTLINE for event in events)


def write_text(catalogue: Catalogue, event: Event) -> str:
    """What a citizen reads of an event."""
    unit = name_unit_id(catalogue, event.unit_id) or "办理单位"
    return event.text or _TEXTS.get(event.move, "").format(unit=unit)


def _draw_line(catalogue: Catalogue, event: Event) -> TimelineLine:
    return TimelineLine(
        at=china_moment(event.at),
        label=event.move.label if event.move else _FILED,
        text=write_text(catalogue, event),
    )
