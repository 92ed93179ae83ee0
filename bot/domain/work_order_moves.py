"""How a work order moves: from which states, by whom, with what effect. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.domain.complaint_case import WORST_RATINGS
from bot.domain.errors import ConflictError, ForbiddenError, InvalidInputError
from bot.domain.work_order import Actor, ActorRole, Move, State, Step, WorkOrder


class MoveNotAllowedError(ConflictError):
    """The work order's state does not allow this move, whoever makes it."""

    code = "move-not-allowed"
    title = "这件工单现在不能这样处理"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """From which states a move leads where, and who may make it. `target` None leaves the state as it is."""

    sources: frozenset[State]
    target: State | None
    roles: frozenset[ActorRole]
    needs_reason: bool = False
    needs_unit: bool = False


_C, _O, _H, _S = ActorRole.CITIZEN, ActorRole.OPERATOR, ActorRole.HANDLER, ActorRole.SUPERVISOR
_L, _A = ActorRole.HOTLINE, ActorRole.SYSTEM
_WAITING: Final = frozenset({State.RECORDED, State.ACCEPTED})
_WITH_UNIT: Final = frozenset({State.DISPATCHED, State.HANDLING})
OPEN_STATES: Final = _WAITING | _WITH_UNIT | {State.RETURNED}
DONE_STATES: Final = frozenset({State.CLOSED, State.FOLLOWED_UP, State.RATED})
_ANSWERED_STATES: Final = DONE_STATES | {State.ANSWERED}


def _rule(
    sources: frozenset[State],
    target: State | None,
    *roles: ActorRole,
    needs_reason: bool = False,
    needs_unit: bool = False,
) -> Rule:
    return Rule(
        sources=sources, target=target, roles=frozenset(roles), needs_reason=needs_reason, needs_unit=needs_unit
    )


RULES: Final[dict[Move, Rule]] = {
    Move.ACCEPT: _rule(frozenset({State.RECORDED}), State.ACCEPTED, _O, _S, _L),
    Move.REFUSE: _rule(_WAITING, State.REFUSED, _O, _S, _L, needs_reason=True),
    Move.DISPATCH: _rule(frozenset({State.ACCEPTED, State.RETURNED}), State.DISPATCHED, _O, _S, _L, needs_unit=True),
    Move.RETURN: _rule(_WITH_UNIT, State.RETURNED, _H, _L, needs_reason=True),
    Move.REASSIGN: _rule(_WITH_UNIT | {State.RETURNED}, State.DISPATCHED, _S, _L, needs_reason=True, needs_unit=True),
    Move.START: _rule(frozenset({State.DISPATCHED}), State.HANDLING, _H, _L),
    Move.EXTEND: _rule(_WITH_UNIT, None, _S, _L, needs_reason=True),
    Move.PAUSE: _rule(_WITH_UNIT, None, _S, _L, needs_reason=True),
    Move.RESUME: _rule(_WITH_UNIT, None, _H, _S, _L, _A),
    Move.ANSWER: _rule(_WITH_UNIT, State.ANSWERED, _H, _L, needs_reason=True),
    Move.CLOSE: _rule(frozenset({State.ANSWERED}), State.CLOSED, _O, _S, _L, _A),
    # From RATED it ends the review that a poor rating opened.
    Move.FOLLOW_UP: _rule(frozenset({State.CLOSED, State.RATED}), State.FOLLOWED_UP, _O, _S, _L, needs_reason=True),
    Move.RATE: _rule(_ANSWERED_STATES - {State.RATED}, State.RATED, _C),
    # A reopened order reaches its handler at once, not the queue in front of him; one that was merged goes its own way
    # again.
    Move.REOPEN: _rule(_ANSWERED_STATES | {State.MERGED}, State.HANDLING, _C, _O, _S, _L, _A, needs_reason=True),
    Move.WITHDRAW: _rule(OPEN_STATES, State.WITHDRAWN, _C, _O, _L),
    Move.MERGE: _rule(OPEN_STATES, State.MERGED, _C, _O, _S, _L),
    Move.URGE: _rule(OPEN_STATES, None, _C, _O, _S),
    Move.ESCALATE: _rule(OPEN_STATES, None, _S, _L, _A),
    Move.ADD: _rule(OPEN_STATES, None, _C, _O, _L, needs_reason=True),
    Move.NOTE: _rule(frozenset(State), None, _O, _H, _S, needs_reason=True),
}

# A unit named by a decision after two returns may not return the order again (潍坊市12345条例, on returns).
MOST_RETURNS: Final = 2


def depends_on_state(move: Move) -> bool:
    """Whether what others did meanwhile matters to a move; a note fits every state and leaves it as it is."""
    rule = RULES[move]
    return rule.target is not None or rule.sources != frozenset(State)


def list_moves(order: WorkOrder, actor: Actor) -> tuple[Move, ...]:
    """The moves that this person may make now."""
    return tuple(move for move in Move if _refuse(order, move, actor) is None)


def advance(order: WorkOrder, step: Step, actor: Actor, at: datetime) -> WorkOrder:
    """The work order after a move; due times are the caller's, from the policy table.

    Raises:
        ForbiddenError: this person may not make it. MoveNotAllowedError: nobody may now.
        InvalidInputError: the move lacks its reason, unit, outcome, rating or target.
    """
    refusal = _refuse(order, step.move, actor)
    if refusal is not None:
        raise refusal
    _require_details(order, step, actor)
    rule = RULES[step.move]
    moved = replace(
        order, state=rule.target or order.state, changed_at=max(at, order.changed_at), version=order.version + 1
    )
    return _EFFECTS.get(step.move, _leave)(moved, step, at)


def _refuse(order: WorkOrder, move: Move, actor: Actor) -> ForbiddenError | MoveNotAllowedError | None:
    rule = RULES[move]
    if actor.role not in rule.roles:
        return ForbiddenError()
    if actor.role is ActorRole.HANDLER and order.unit_id != actor.unit_id:
        return ForbiddenError("这件工单不是您单位办理的")
    if order.state not in rule.sources:
        return MoveNotAllowedError(f"工单现在是“{order.state.label}”，不能{move.label}")
    blocked = {
        Move.RETURN: order.is_fixed and "这件工单的办理单位是裁定指定的，不能再退",
        Move.PAUSE: order.paused_at is not None and "计时已经暂停了",
        Move.RESUME: order.paused_at is None and "计时没有暂停",
        Move.ESCALATE: order.is_escalated and "已经在督办了",
        Move.FOLLOW_UP: (order.state is State.RATED and not order.is_escalated) and "已经评价过了，没有要复查的差评",
        Move.RATE: order.rating is not None and "每件只评一次，这件已经评过了",
        # After two returns an operator's routing has failed; a decision is needed.
        Move.DISPATCH: (order.returns >= MOST_RETURNS and actor.role is ActorRole.OPERATOR)
        and "这件已被退回两次，要由督办人员裁定办理单位",
    }.get(move)
    return MoveNotAllowedError(blocked) if blocked else None


def _require_details(order: WorkOrder, step: Step, actor: Actor) -> None:
    """12345 may leave out which unit it chose and what came of it: what it says must not be lost for that."""
    is_hotline = actor.role is ActorRole.HOTLINE
    rule = RULES[step.move]
    missing: dict[str, str] = {}
    if rule.needs_reason and not step.text.strip():
        missing["text"] = "请写明内容或者原因"
    if rule.needs_unit and not step.unit_id and not is_hotline:
        missing["unit"] = "请选办理单位"
    if step.move is Move.ANSWER and step.outcome is None and not is_hotline:
        missing["outcome"] = "请选办理结果"
    if step.move is Move.EXTEND and step.days < 1:
        missing["days"] = "请写延长几个工作日"
    if step.move is Move.MERGE and step.target_id in {None, order.complaint_id}:
        missing["target"] = "请选要并入的那一件"
    if step.move is Move.RATE and step.rating not in range(1, 6):
        missing["rating"] = "请在五个等级里选一个"
    if missing:
        raise InvalidInputError("还缺内容", missing)


def _leave(order: WorkOrder, _step: Step, _at: datetime) -> WorkOrder:
    return order


def _start_step(order: WorkOrder, step: Step, at: datetime) -> WorkOrder:
    """The clock of the next step begins; a pause ends with the step that it was granted for."""
    return replace(_stop_pause(order, at), clock_from=at, warned=0)


def _dispatch(order: WorkOrder, step: Step, at: datetime) -> WorkOrder:
    is_fixed = order.returns >= MOST_RETURNS
    return replace(_start_step(order, step, at), unit_id=step.unit_id, is_fixed=is_fixed, outcome=None)


def _return(order: WorkOrder, step: Step, at: datetime) -> WorkOrder:
    return replace(_start_step(order, step, at), unit_id=None, returns=order.returns + 1)


def _reopen(order: WorkOrder, _step: Step, at: datetime) -> WorkOrder:
    """All clocks begin anew, and what was said to be solved is open again; a rating stays given once."""
    anew = replace(
        order,
        state=_state_anew(order),
        outcome=None,
        merged_into=None,
        clock_from=at,
        answer_from=at,
        paused_at=None,
        paused_spans=(),
        extension=0,
        warned=0,
        is_escalated=False,
    )
    return anew if order.merged_into else replace(anew, reopened=order.reopened + 1)


def _state_anew(order: WorkOrder) -> State:
    if order.unit_id:
        return State.HANDLING
    return State.RECORDED if order.merged_into and not order.hotline_number else State.ACCEPTED


def _extend(order: WorkOrder, step: Step, _at: datetime) -> WorkOrder:
    return replace(order, extension=order.extension + step.days, warned=0)


def _pause(order: WorkOrder, _step: Step, at: datetime) -> WorkOrder:
    return replace(order, paused_at=at)


def _resume(order: WorkOrder, _step: Step, at: datetime) -> WorkOrder:
    return _stop_pause(order, at)


def _stop_pause(order: WorkOrder, at: datetime) -> WorkOrder:
    if order.paused_at is None:
        return order
    span = (order.paused_at, max(order.paused_at, at))
    return replace(order, paused_at=None, paused_spans=(*order.paused_spans, span))


def _answer(order: WorkOrder, step: Step, at: datetime) -> WorkOrder:
    return replace(_start_step(order, step, at), outcome=step.outcome or order.outcome)


def _rate(order: WorkOrder, step: Step, at: datetime) -> WorkOrder:
    """A poor rating opens a review with a term of its own."""
    rated = replace(order, rating=step.rating)
    return replace(rated, is_escalated=True, answer_from=at, warned=0) if step.rating in WORST_RATINGS else rated


def _follow_up(order: WorkOrder, step: Step, _at: datetime) -> WorkOrder:
    return replace(order, outcome=step.outcome or order.outcome, is_escalated=False)


def _merge(order: WorkOrder, step: Step, at: datetime) -> WorkOrder:
    return replace(_stop_pause(order, at), merged_into=step.target_id)


def _urge(order: WorkOrder, _step: Step, _at: datetime) -> WorkOrder:
    return replace(order, urged=order.urged + 1)


def _escalate(order: WorkOrder, _step: Step, at: datetime) -> WorkOrder:
    return replace(_stop_pause(order, at), is_escalated=True, answer_from=at, warned=0)


_EFFECTS: Final = {
    Move.ACCEPT: _start_step,
    Move.DISPATCH: _dispatch,
    Move.REASSIGN: _dispatch,
    Move.RETURN: _return,
    Move.REOPEN: _reopen,
    Move.EXTEND: _extend,
    Move.PAUSE: _pause,
    Move.RESUME: _resume,
    Move.ANSWER: _answer,
    Move.CLOSE: _answer,
    Move.FOLLOW_UP: _follow_up,
    Move.RATE: _rate,
    Move.MERGE: _merge,
    Move.URGE: _urge,
    Move.ESCALATE: _escalate,
}
