"""Hears what 12345 says of work orders: late, early and repeated news too, and loses none of it.

Callbacks come out of order. News that is ahead brings along what must have happened before it (an order that is being
handled was dispatched); a closing that overtakes the answer waits for it as a note; what comes too late to move
anything is noted, and an answer is always shown.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from bot.domain.complaint_case import ComplaintCase
from bot.domain.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, UnavailableError
from bot.domain.hotline import HotlineNews
from bot.domain.work_order import HOTLINE, Event, Move, State, Step
from bot.domain.work_order_moves import DONE_STATES, MoveNotAllowedError
from bot.ports import Clock, Complaints
from bot.services.complaints.moving import OrderMoving, Told
from bot.services.complaints.noting import write_note
from bot.services.knowledge import LiveKnowledge

# Others may be changing the same order; each try reads it anew.
_TRIES: Final = 5
_UNSAID: Final = "12345没有写明"
_ANSWERED: Final = DONE_STATES | {State.ANSWERED}
# What must have happened before news of these moves can come, by where the order stands with us.
_BEFORE: Final = {
    State.RECORDED: (Move.ACCEPT, Move.DISPATCH),
    State.ACCEPTED: (Move.DISPATCH,),
    State.RETURNED: (Move.DISPATCH,),
}
_NEED_UNIT: Final = frozenset({Move.RETURN, Move.START, Move.EXTEND, Move.ANSWER})
_NEED_REASON: Final = frozenset({Move.REFUSE, Move.RETURN, Move.REASSIGN, Move.EXTEND, Move.ANSWER, Move.REOPEN})


class HotlineHearing:
    """Implements `HotlineDesk`."""

    def __init__(self, *, complaints: Complaints, moving: OrderMoving, knowledge: LiveKnowledge, clock: Clock) -> None:
        self._complaints = complaints
        self._moving = moving
        self._knowledge = knowledge
        self._clock = clock

    async def hear(self, news: HotlineNews) -> None:
        """See `HotlineDesk`. Raises UnavailableError where others keep changing the order; 12345 calls again then."""
        for _ in range(_TRIES):
            try:
                await self._hear_once(news)
            except ConflictError:
                continue
            return
        raise UnavailableError

    async def _hear_once(self, news: HotlineNews) -> None:
        case = await self._complaints.find(news.number)
        if case is None:
            raise NotFoundError("没有这个编号的投诉")
        event_id = name_event(news.id)
        if await self._complaints.find_event(event_id) is not None:
            return
        at = min(max(news.at, case.complaint.filed_at), self._clock.now())
        if _is_stale(case, news):
            await self._note(case, news, event_id, at)
            return
        try:
            told = self._list_told(case, news, event_id, at)
            if news.status.move is Move.ANSWER:
                told += await self._find_held_closing(case, at)
            await self._moving.apply_hotline(case, told, news.hotline_number)
        except (MoveNotAllowedError, InvalidInputError, ForbiddenError):
            await self._note(case, news, event_id, at)

    def _list_told(self, case: ComplaintCase, news: HotlineNews, event_id: str, at: datetime) -> tuple[Told, ...]:
        move = news.status.move
        before = _BEFORE.get(case.order.state, ())
        implied = tuple(item for item in before if move in _NEED_UNIT or (move, item) == (Move.DISPATCH, Move.ACCEPT))
        steps = (*(self._make_step(case, news, item) for item in implied), self._make_step(case, news, move))
        # A timeline sorts by time, so what came before is a little earlier.
        return tuple(
            Told(
                step=step,
                at=at - timedelta(microseconds=len(steps) - place),
                event_id=event_id if place == len(steps) else None,
            )
            for place, step in enumerate(steps, 1)
        )

    def _make_step(self, case: ComplaintCase, news: HotlineNews, move: Move) -> Step:
        is_news = move is news.status.move
        text = news.text.strip() if is_news else ""
        named = news.unit_id or case.order.unit_id or case.complaint.subject.unit_id
        return Step(
            move=move,
            text=text or (_UNSAID if move in _NEED_REASON else ""),
            unit_id=named if named in self._knowledge.current.catalogue.units else None,
            outcome=news.outcome if is_news else None,
            days=news.days if is_news else 0,
        )

    async def _find_held_closing(self, case: ComplaintCase, answered_at: datetime) -> tuple[Told, ...]:
        """The closing that came before its answer, if one did."""
        events = await self._complaints.list_events(case.complaint.id)
        held = [event for event in events if _is_held_closing(event) and event.at >= answered_at]
        step = Step(move=Move.CLOSE, text=held[-1].text) if held else None
        return (Told(step=step, at=held[-1].at),) if step else ()

    async def _note(self, case: ComplaintCase, news: HotlineNews, event_id: str, at: datetime) -> None:
        """Keeps what moves nothing; an answer that comes late is still what the citizen waits for."""
        order, move = case.order, news.status.move
        is_answer = move is Move.ANSWER and bool(news.text.strip())
        event = write_note(order, news.text.strip(), HOTLINE, at, move=move, id_=event_id, is_public=is_answer)
        outcome = order.outcome or (news.outcome if order.state in _ANSWERED else None)
        number = order.hotline_number or news.hotline_number
        await self._moving.note(case, event, outcome=outcome, hotline_number=number)


def name_event(news_id: str) -> str:
    """The id under which a piece of news is noted: always the same, so that it is noted once."""
    return f"12345-{hashlib.sha256(news_id.encode()).hexdigest()[:48]}"


def _is_stale(case: ComplaintCase, news: HotlineNews) -> bool:
    """Whether it tells of a time before the present step began, as when an order was reopened meanwhile."""
    order = case.order
    return order.state is not State.RECORDED and order.clock_from is not None and news.at < order.clock_from


def _is_held_closing(event: Event) -> bool:
    return event.move is Move.CLOSE and event.actor.role is HOTLINE.role and event.state not in _ANSWERED
