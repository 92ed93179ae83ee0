"""Makes moves on work orders: by the rules, with due time, timeline and the letter to 12345 stored all together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from bot.domain.complaint_case import ComplaintCase
from bot.domain.errors import InvalidInputError
from bot.domain.filing import Change, Letter
from bot.domain.order_clock import OrderClock, is_answer_late
from bot.domain.terms import extend_term
from bot.domain.work_order import HOTLINE, SYSTEM, Actor, ActorRole, Event, Move, State, Step, WorkOrder
from bot.domain.work_order_moves import MoveNotAllowedError, advance
from bot.domain.work_order_moves import list_moves as list_open_moves
from bot.ports import Clock, Complaints
from bot.services.complaints.letters import write_update
from bot.services.complaints.merging import JOINABLE_STATES, find_root
from bot.services.complaints.notices import KeepNotices, keep_none
from bot.services.complaints.noting import write_event
from bot.services.knowledge import LiveKnowledge

# Moves that begin, stop or shift a clock; the others leave the due time as it is.
_SET_CLOCKS: Final = frozenset(Move) - {Move.START, Move.URGE, Move.ADD, Move.NOTE}
# What ends when a complaint that others follow is taken back.
_LEFT_ALONE: Final = "您跟进的那一件撤回了，您这一件单独办理"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A move that 12345 tells of; `event_id` lets it be noted once, however often it is told."""

    step: Step
    at: datetime
    event_id: str | None = None


class OrderMoving:
    """Moves work orders, whoever asks: citizens, insiders, 12345, the clock."""

    def __init__(
        self,
        *,
        complaints: Complaints,
        knowledge: LiveKnowledge,
        clock: Clock,
        keep_notices: KeepNotices = keep_none,
    ) -> None:
        self._keep_notices = keep_notices
        self._complaints = complaints
        self._knowledge = knowledge
        self._clock = clock

    @property
    def order_clock(self) -> OrderClock:
        """The terms in use."""
        catalogue = self._knowledge.current.catalogue
        return OrderClock(terms=catalogue.terms, calendar=catalogue.calendar)

    def list_moves(self, order: WorkOrder, actor: Actor) -> tuple[Move, ...]:
        """What this person may do now."""
        clock, now = self.order_clock, self._clock.now()
        return tuple(move for move in list_open_moves(order, actor) if not clock.is_too_late_for(move, order, now))

    async def move(self, case: ComplaintCase, step: Step, actor: Actor) -> ComplaintCase:
        """The complaint after the move.

        Raises:
            ForbiddenError, MoveNotAllowedError, ExtensionTooLongError: the rules are against it.
            InvalidInputError: the step lacks something, or names a unit or complaint that does not exist.
            ConflictError: somebody else was faster.
        """
        step, target = await self._resolve(case, step)
        moved = self._advance(case.order, step, actor, self._clock.now())
        event = write_event(moved, step, actor)
        letters = _write_letters(case, moved, step, actor, target)
        released = await self._release_followers(case, moved)
        await self._complaints.save(Change(order=moved, events=(event,), letters=letters), *released)
        moved_case = replace(case, order=moved)
        await self._keep_notices(moved_case, (event,))
        return moved_case

    async def apply_hotline(self, case: ComplaintCase, told: Sequence[Told], hotline_number: str) -> None:
        """Makes the moves that 12345 tells of, all or none. Raises as `move` does."""
        order, events = case.order, []
        for item in told:
            order = self._advance(order, item.step, HOTLINE, item.at)
            events.append(write_event(order, item.step, HOTLINE, id_=item.event_id, at=item.at))
        await self._keep(case, replace(order, hotline_number=hotline_number or order.hotline_number), *events)

    async def note(self, case: ComplaintCase, event: Event, **changed: Any) -> None:
        """Notes something on the timeline without a move; `changed` are facts of the order. Raises ConflictError."""
        await self._keep(case, replace(case.order, **changed), event)

    async def _keep(self, case: ComplaintCase, order: WorkOrder, *events: Event) -> None:
        """Stores what several moves or none have made of an order, as one change."""
        kept = replace(order, changed_at=max(order.changed_at, self._clock.now()), version=case.order.version + 1)
        await self._complaints.save(Change(order=kept, events=events))
        await self._keep_notices(replace(case, order=kept), events)

    async def _resolve(self, case: ComplaintCase, step: Step) -> tuple[Step, ComplaintCase | None]:
        """The step with ids that exist; a merge leads to the complaint that is really worked on."""
        if step.unit_id and step.unit_id not in self._knowledge.current.catalogue.units:
            raise InvalidInputError("没有这个单位", {"unit": "请从单位表里选"})
        if step.move is not Move.MERGE or not step.target_id:
            return step, None
        target = await find_root(self._complaints, await self._complaints.get(step.target_id))
        if target.complaint.id == case.complaint.id or target.order.state not in JOINABLE_STATES:
            raise InvalidInputError("不能并入这一件", {"target": "请选还在办理的另一件"})
        return replace(step, target_id=target.complaint.id), target

    def _advance(self, order: WorkOrder, step: Step, actor: Actor, at: datetime) -> WorkOrder:
        clock = self.order_clock
        # What 12345 decides is not ours to refuse for being late or long.
        if actor.role is not ActorRole.HOTLINE:
            _require_in_time(clock, order, step, at)
        moved = advance(order, step, actor, at)
        if step.move not in _SET_CLOCKS:
            return moved
        return replace(_reset_due(clock, order, moved, step), is_late=is_answer_late(order, at))

    async def _release_followers(self, case: ComplaintCase, moved: WorkOrder) -> tuple[Change, ...]:
        """Those who follow a complaint that its citizen takes back go on by themselves."""
        if moved.state is not State.WITHDRAWN:
            return ()
        followers = await self._complaints.list_followers(case.complaint.id)
        return tuple(self._release(follower, moved.changed_at) for follower in followers)

    async def release(self, follower: ComplaintCase) -> None:
        """Lets a complaint go on by itself whose leader was withdrawn while it was filed. Raises ConflictError."""
        await self._complaints.save(self._release(follower, self._clock.now()))

    def _release(self, follower: ComplaintCase, at: datetime) -> Change:
        step = Step(move=Move.REOPEN, text=_LEFT_ALONE)
        freed = self.order_clock.set_due(advance(follower.order, step, SYSTEM, at))
        letter = write_update(follower.complaint, freed, step)
        return Change(order=freed, events=(write_event(freed, step, SYSTEM),), letters=(letter,))


def _require_in_time(clock: OrderClock, order: WorkOrder, step: Step, at: datetime) -> None:
    if clock.is_too_late_for(step.move, order, at):
        raise MoveNotAllowedError(f"{step.move.label}的期限已经过了")
    term = clock.find_answer_term(order)
    if step.move is Move.EXTEND and term is not None and step.days >= 1:
        extend_term(term, (order.extension,), step.days)


def _reset_due(clock: OrderClock, before: WorkOrder, moved: WorkOrder, step: Step) -> WorkOrder:
    """The new due time; an escalation may shorten what is left but never lengthens it."""
    if step.move is not Move.ESCALATE or before.due_at is None:
        return clock.set_due(moved)
    due = clock.find_due(moved)
    had_time = before.due_at > moved.changed_at
    if due is None or due.at is None or (had_time and due.at > before.due_at):
        return replace(moved, due_at=before.due_at, due_rule=before.due_rule, warned=before.warned)
    # Where nobody has the order yet the old due time stands; what has been warned of is not warned of again.
    return clock.set_due(replace(moved, warned=due.level_at(moved.changed_at)))


def _write_letters(
    case: ComplaintCase, moved: WorkOrder, step: Step, actor: Actor, target: ComplaintCase | None
) -> tuple[Letter, ...]:
    """12345 learns of every move but its own and internal notes."""
    if actor.role is ActorRole.HOTLINE or step.move is Move.NOTE:
        return ()
    return (write_update(case.complaint, moved, step, merged_into=target.complaint.number if target else ""),)
