"""The state machine of work orders, over all roles, states and moves, and along long random lives."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import ForbiddenError, InvalidInputError
from bot.domain.order_clock import OrderClock, is_under_review
from bot.domain.work_order import Actor, ActorRole, Move, Outcome, State, Step, WorkOrder
from bot.domain.work_order_moves import (
    DONE_STATES,
    MOST_RETURNS,
    OPEN_STATES,
    RULES,
    MoveNotAllowedError,
    advance,
    list_moves,
)
from tests.builders import NOON
from tests.complaint_builders import CALENDAR, list_terms, make_order

CLOCK: Final = OrderClock(terms=list_terms(), calendar=CALENDAR)
UNITS: Final = ("housing", "police")
ACTORS: Final = tuple(
    Actor(role=role, id=role.value, unit_id=unit)
    for role in ActorRole
    for unit in (UNITS if role is ActorRole.HANDLER else (None,))
)
HANDLER: Final = Actor(role=ActorRole.HANDLER, id="h", unit_id="housing")
OPERATOR: Final = Actor(role=ActorRole.OPERATOR, id="o")
SUPERVISOR: Final = Actor(role=ActorRole.SUPERVISOR, id="s")
CITIZEN: Final = Actor(role=ActorRole.CITIZEN, id="c")
_FINAL: Final = frozenset({State.REFUSED, State.WITHDRAWN})
_WITHOUT_DUE: Final = _FINAL | {State.MERGED, State.FOLLOWED_UP}


def _step(move: Move, **given: Any) -> Step:
    """A move with everything that any move needs."""
    default: dict[str, Any] = {
        "text": "因为",
        "unit_id": "housing",
        "outcome": Outcome.SOLVED,
        "days": 1,
        "target_id": "other",
        "rating": 5,
    }
    return Step(move=move, **default | given)


def _try(order: WorkOrder, step: Step, actor: Actor) -> WorkOrder | None:
    try:
        return advance(order, step, actor, order.changed_at + timedelta(hours=3))
    except (ForbiddenError, MoveNotAllowedError):
        return None


@pytest.mark.parametrize("state", list(State))
def test_exactly_the_listed_moves_are_possible_for_every_role(state: State) -> None:
    unit = None if state is State.RETURNED else "housing"
    order = make_order(state=state, unit_id=unit, merged_into="x" if state is State.MERGED else None)
    for actor, move in product(ACTORS, Move):
        assert (_try(order, _step(move), actor) is not None) == (move in list_moves(order, actor)), (actor, move)


@pytest.mark.parametrize(("move", "actor"), list(product(Move, ACTORS)))
def test_nobody_makes_a_move_that_is_not_of_the_own_role(move: Move, actor: Actor) -> None:
    if actor.role in RULES[move].roles:
        return
    for state in State:
        with pytest.raises(ForbiddenError):
            advance(make_order(state=state, unit_id="housing"), _step(move), actor, NOON)


@pytest.mark.parametrize("move", [Move.START, Move.RETURN, Move.ANSWER, Move.RESUME, Move.NOTE])
def test_a_handler_never_touches_another_units_order(move: Move) -> None:
    order = make_order(state=State.DISPATCHED, unit_id="police", paused_at=NOON)
    with pytest.raises(ForbiddenError):
        advance(order, _step(move), HANDLER, NOON)


@pytest.mark.parametrize(
    ("move", "without", "field"),
    [
        (Move.ANSWER, {"text": "  "}, "text"),
        (Move.ANSWER, {"outcome": None}, "outcome"),
        (Move.DISPATCH, {"unit_id": None}, "unit"),
        (Move.EXTEND, {"days": 0}, "days"),
        (Move.MERGE, {"target_id": None}, "target"),
        (Move.MERGE, {"target_id": "c-1"}, "target"),
        (Move.RATE, {"rating": 6}, "rating"),
        (Move.RATE, {"rating": None}, "rating"),
        (Move.REFUSE, {"text": ""}, "text"),
    ],
)
def test_a_move_without_what_it_needs_names_the_gap(move: Move, without: dict[str, Any], field: str) -> None:
    state = min(RULES[move].sources, key=list(State).index)
    order = make_order(state=state, unit_id="housing")
    actor = next(item for item in (SUPERVISOR, HANDLER, CITIZEN) if move in list_moves(order, item))
    with pytest.raises(InvalidInputError) as raised:
        advance(order, _step(move, **without), actor, NOON)
    assert list(raised.value.fields) == [field]


def test_after_two_returns_a_decision_is_needed_and_then_the_unit_may_not_return_it() -> None:
    order = make_order(state=State.ACCEPTED)
    for _ in range(MOST_RETURNS):
        order = advance(order, _step(Move.DISPATCH), OPERATOR, NOON)
        order = advance(order, _step(Move.RETURN), HANDLER, NOON)
    assert Move.DISPATCH not in list_moves(order, OPERATOR)
    fixed = advance(order, _step(Move.REASSIGN), SUPERVISOR, NOON)
    assert fixed.is_fixed
    assert Move.RETURN not in list_moves(fixed, HANDLER)


def test_the_term_of_the_answer_does_not_begin_anew_with_another_unit() -> None:
    order = CLOCK.set_due(make_order(state=State.DISPATCHED, unit_id="housing"))
    moved = replace(order, state=State.RETURNED, unit_id=None)
    again = CLOCK.set_due(advance(moved, _step(Move.REASSIGN), SUPERVISOR, NOON + timedelta(days=2)))
    assert again.due_at == order.due_at


def test_a_pause_moves_the_due_time_and_ends_with_the_answer() -> None:
    order = CLOCK.set_due(make_order(state=State.HANDLING, unit_id="housing"))
    paused = CLOCK.set_due(advance(order, _step(Move.PAUSE), SUPERVISOR, NOON + timedelta(days=1)))
    assert (paused.due_at, paused.wake_at) == (None, None)
    resumed = CLOCK.set_due(advance(paused, _step(Move.RESUME), HANDLER, NOON + timedelta(days=3)))
    assert order.due_at is not None
    assert resumed.due_at == order.due_at + timedelta(days=4)
    answered = advance(paused, _step(Move.ANSWER), HANDLER, NOON + timedelta(days=2))
    assert answered.paused_at is None


def test_closed_is_not_solved() -> None:
    order = make_order(state=State.HANDLING, unit_id="housing")
    answered = advance(order, _step(Move.ANSWER, outcome=Outcome.CANNOT_ACT), HANDLER, NOON)
    closed = advance(answered, Step(move=Move.CLOSE), OPERATOR, NOON)
    assert (closed.state, closed.outcome) == (State.CLOSED, Outcome.CANNOT_ACT)


# So that most lives are long, what ends one is chosen seldom.
_ENDINGS: Final = frozenset({Move.WITHDRAW, Move.REFUSE, Move.MERGE})


def _list_possible(order: WorkOrder, *, ends: bool) -> list[tuple[Actor, Move]]:
    possible = [(actor, move) for actor in ACTORS for move in list_moves(order, actor)]
    return [(actor, move) for actor, move in possible if ends or move not in _ENDINGS] or possible


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_whatever_happens_an_order_stays_sound(data: st.DataObject) -> None:
    order = CLOCK.set_due(make_order())
    for _ in range(data.draw(st.integers(1, 40))):
        possible = _list_possible(order, ends=data.draw(st.integers(0, 19)) == 0)
        if not possible:
            break
        actor, move = data.draw(st.sampled_from(possible))
        step = _step(move, unit_id=data.draw(st.sampled_from(UNITS)), rating=data.draw(st.integers(1, 5)))
        moved = CLOCK.set_due(advance(order, step, actor, order.changed_at + timedelta(hours=3)))
        _check_change(order, moved, step, actor)
        _check_state(moved)
        order = moved


def _check_change(before: WorkOrder, after: WorkOrder, step: Step, actor: Actor) -> None:
    assert after.version == before.version + 1
    assert after.changed_at >= before.changed_at
    assert before.state not in _FINAL or step.move is Move.NOTE
    if before.rating is not None:
        assert after.rating == before.rating
    if actor.role is ActorRole.HANDLER:
        assert before.unit_id == actor.unit_id
    if step.move is Move.REOPEN:
        assert after.outcome is None
        assert after.state in OPEN_STATES
        assert not after.is_escalated
    if after.state in DONE_STATES and before.state in OPEN_STATES:
        pytest.fail("done without an answer")


def _check_state(order: WorkOrder) -> None:
    assert (order.merged_into is not None) == (order.state is State.MERGED)
    assert order.state is not State.RETURNED or order.unit_id is None
    assert order.state not in {State.DISPATCHED, State.HANDLING} or order.unit_id
    assert order.paused_at is None or order.state in {State.DISPATCHED, State.HANDLING} | _FINAL
    assert all(since <= until for since, until in order.paused_spans)
    if order.state in _WITHOUT_DUE:
        assert order.due_at is None
    elif order.state is State.RATED:
        assert (order.due_at is not None) == is_under_review(order)
    elif order.paused_at is None:
        assert order.due_at is not None
        assert order.due_rule
    assert order.wake_at is None or (order.due_at is not None and order.wake_at <= order.due_at)
