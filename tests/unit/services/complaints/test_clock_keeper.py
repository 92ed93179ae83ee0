"""Warnings while time runs out, escalation after it, and neither twice."""

import asyncio
from datetime import datetime, timedelta

from bot.dialogue.errands import FileComplaint, FollowAct
from bot.domain.complaint_case import ComplaintCase
from bot.domain.filing import Filing
from bot.domain.work_order import Move, State
from bot.services.errands import Occasion
from tests.builders import NOON, make_viewer
from tests.complaint_builders import make_draft
from tests.unit.services.complaints.conftest import SUPERVISOR, Office


async def _look(office: Office, at: datetime) -> int:
    office.clock.at = at
    return await office.services.clock_keeper.look_round()


async def _dispatched(office: Office) -> ComplaintCase:
    """Filed on Sunday noon, so that the answer is due on Friday at 17:00."""
    return await office.dispatch(await office.file())


async def test_nobody_is_warned_before_half_of_the_term(office: Office) -> None:
    await _dispatched(office)
    assert await _look(office, NOON.replace(day=25, hour=9)) == 0


async def test_each_part_of_the_term_is_warned_of_once_and_inside(office: Office) -> None:
    case = await _dispatched(office)
    for at in (NOON.replace(day=25, hour=16), NOON.replace(day=25, hour=17), NOON.replace(day=26, hour=17)):
        await _look(office, at)
    assert [text.partition("：")[0] for text in await office.list_texts(case, is_public=False)] == [
        "时限已过50%",
        "时限已过80%",
    ]
    assert "依据：桃源市规定5天" in (await office.list_texts(case, is_public=False))[0]
    assert (await office.find(case.complaint.number)).order.warned == 80


async def test_what_is_overdue_is_escalated_with_the_rule_and_a_new_term(office: Office) -> None:
    case = await _dispatched(office)
    await _look(office, NOON.replace(day=27, hour=17, minute=1))
    order = (await office.find(case.complaint.number)).order
    assert (order.is_escalated, order.is_late) == (True, True)
    assert order.due_at == datetime(2026, 12, 2, 17, tzinfo=NOON.tzinfo)
    assert "列入督办" in (await office.list_texts(case, is_public=True))[-1]
    assert (await office.list_letters(case))[-1][2]["move"] == "escalate"


async def test_the_moment_of_the_due_time_itself_is_not_slept_through(office: Office) -> None:
    case = await _dispatched(office)
    await _look(office, NOON.replace(day=27, hour=17))
    assert (await office.find(case.complaint.number)).order.is_escalated


async def test_an_escalated_order_that_is_overdue_again_is_noted_once(office: Office) -> None:
    case = await _dispatched(office)
    await _look(office, NOON.replace(day=28))
    for day in (8, 9, 10):
        await _look(office, datetime(2026, 12, day, 12, tzinfo=NOON.tzinfo))
    moves = [event.move for event in await office.complaints.list_events(case.complaint.id)]
    assert moves.count(Move.ESCALATE) == 1
    assert moves.count(Move.NOTE) == 1


async def test_what_nobody_accepts_is_escalated_once_and_stays_overdue(office: Office) -> None:
    case = await office.file()
    due = case.order.due_at
    assert due is not None
    for hours in (1, 2, 30):
        await _look(office, due + timedelta(hours=hours))
    order = (await office.find(case.complaint.number)).order
    assert (order.state, order.is_escalated, order.due_at) == (State.RECORDED, True, due)
    assert len(await office.complaints.list_events(case.complaint.id)) == 2


async def test_an_order_escalated_before_its_unit_was_known_leaves_that_unit_time(office: Office) -> None:
    case = await office.file()
    await _look(office, NOON.replace(day=25))
    await office.dispatch(case)
    order = (await office.find(case.complaint.number)).order
    assert order.due_at == NOON.replace(day=30, hour=17)


async def test_a_paused_order_is_left_alone(office: Office) -> None:
    case = await _dispatched(office)
    await office.move(case, Move.PAUSE, SUPERVISOR, text="等市民补材料")
    assert await _look(office, NOON.replace(month=12, day=20)) == 0
    order = (await office.find(case.complaint.number)).order
    assert order.due_at is None
    assert "暂停" in order.due_rule


async def test_an_answer_that_nobody_closes_is_closed_when_its_time_is_up(office: Office) -> None:
    case = await office.answer(await office.file())
    await _look(office, NOON.replace(month=12, day=30))
    assert (await office.find(case.complaint.number)).order.state is State.CLOSED


async def test_a_supervisor_who_escalates_early_gives_no_more_time(office: Office) -> None:
    case = await _dispatched(office)
    office.clock.at = NOON.replace(day=26)
    moved = await office.move(case, Move.ESCALATE, SUPERVISOR)
    assert moved.order.due_at == NOON.replace(day=27, hour=17)
    office.clock.at = NOON.replace(day=24)


async def test_who_joined_in_the_very_moment_of_a_withdrawal_is_not_left_behind(office: Office) -> None:
    first = await office.file()
    occasion = Occasion(viewer=make_viewer("neighbour"), conversation_id="talk", at=office.clock.now())
    errand = FileComplaint(draft=make_draft(joins=first.complaint.number))
    _result, (filing,) = await office.services.filing.run_errand(occasion, errand)
    await office.follow(FollowAct.WITHDRAW)
    assert isinstance(filing, Filing)
    await office.complaints.file(filing)

    await office.services.clock_keeper.look_round()

    follower = await office.complaints.get(filing.complaint.id)
    assert (follower.order.state, follower.order.merged_into) == (State.RECORDED, None)
    assert follower.order.due_at is not None


async def test_several_keepers_at_once_do_everything_once(office: Office) -> None:
    cases = [await _dispatched(office) for _ in range(3)]
    office.clock.at = NOON.replace(day=28)
    await asyncio.gather(*(office.services.clock_keeper.look_round() for _ in range(4)))
    for case in cases:
        moves = [event.move for event in await office.complaints.list_events(case.complaint.id)]
        assert moves.count(Move.ESCALATE) == 1
