"""A citizen looks after a complaint: who may, what happens, and what 12345 hears of it."""

from typing import Any

import pytest

from bot.dialogue.errands import FollowAct
from bot.domain.work_order import Move, Outcome, State
from tests.builders import NOON, make_viewer
from tests.complaint_builders import NAME, PHONE, make_subject
from tests.unit.services.complaints.conftest import HANDLER, OPERATOR, SUPERVISOR, Office

STRANGER = make_viewer("stranger")


async def test_ones_latest_complaints_are_shown_without_a_number(office: Office) -> None:
    first, second = await office.file(), await office.file(subject=make_subject(matter_id="allowance"))
    followed = await office.follow(FollowAct.LOOK)
    assert [view.number for view in followed.found] == [second.complaint.number, first.complaint.number]
    assert followed.done


async def test_who_has_filed_nothing_is_shown_nothing(office: Office) -> None:
    await office.file()
    followed = await office.follow(FollowAct.LOOK, STRANGER)
    assert (followed.found, followed.done) == ((), False)


async def test_a_recorded_complaint_is_not_called_accepted(office: Office) -> None:
    case = await office.file()
    [view] = (await office.follow(FollowAct.LOOK, number=case.complaint.number)).found
    assert (view.state, view.is_accepted, view.hotline_number) == (State.RECORDED, False, "")
    assert view.title == "住房局：办公租房申请要无房证明"
    assert [(line.label, line.text) for line in view.timeline] == [("登记", "您的投诉已经登记，正在转给12345")]


async def test_a_number_written_loosely_is_understood(office: Office) -> None:
    case = await office.file()
    loose = case.complaint.number.replace("-", " ").lower()
    assert (await office.follow(FollowAct.LOOK, number=loose)).done


async def test_a_number_alone_opens_nothing_to_a_stranger_whether_or_not_it_exists(office: Office) -> None:
    case = await office.file()
    real = await office.follow(FollowAct.LOOK, STRANGER, number=case.complaint.number)
    unreal = await office.follow(FollowAct.LOOK, STRANGER, number="TS26-4821-7730-5916")
    assert real == unreal
    assert real.needs_phone
    assert not real.found


async def test_number_and_phone_together_open_it(office: Office) -> None:
    case = await office.file()
    followed = await office.follow(FollowAct.URGE, STRANGER, number=case.complaint.number, phone="139 0000 1234")
    assert followed.done
    assert (await office.find(case.complaint.number)).order.urged == 1


async def test_guessing_the_phone_is_stopped(office: Office) -> None:
    case = await office.file()
    refusals = [
        (await office.follow(FollowAct.LOOK, STRANGER, number=case.complaint.number, phone=f"1390000{n:04d}")).refusal
        for n in range(11)
    ]
    assert "对不上" in refusals[0]
    assert "稍等" in refusals[-1]
    followed = await office.follow(FollowAct.LOOK, STRANGER, number=case.complaint.number, phone=PHONE)
    assert not followed.found


@pytest.mark.parametrize(
    ("act", "text", "move"),
    [(FollowAct.URGE, "", "urge"), (FollowAct.ADD, "他们又要了一次", "add"), (FollowAct.WITHDRAW, "", "withdraw")],
)
async def test_each_change_by_the_citizen_reaches_12345(office: Office, act: FollowAct, text: str, move: str) -> None:
    case = await office.file()
    followed = await office.follow(act, text=text)
    assert followed.done
    assert followed.refusal == ""
    topic, key, body = (await office.list_letters(case))[-1]
    assert (topic, key) == ("hotline.update", f"{case.complaint.id}:2")
    assert (body["move"], body["text"]) == (move, text)


async def test_the_same_words_sent_twice_are_said_once(office: Office) -> None:
    case = await office.file()
    for _ in range(2):
        assert (await office.follow(FollowAct.ADD, text="补充一句")).done
        assert (await office.follow(FollowAct.URGE)).done if _ else True
    assert (await office.find(case.complaint.number)).order.version == 3


async def test_urging_again_the_next_day_counts(office: Office) -> None:
    case = await office.file()
    await office.follow(FollowAct.URGE)
    office.clock.move(days=1)
    await office.follow(FollowAct.URGE)
    assert (await office.find(case.complaint.number)).order.urged == 2


async def test_what_cannot_be_done_now_is_said_kindly(office: Office) -> None:
    await office.file()
    followed = await office.follow(FollowAct.REOPEN, text="没解决")
    assert followed.refusal == "工单现在是“已登记”，不能重开"
    assert not followed.done
    assert len(followed.found) == 1


@pytest.mark.parametrize("given", [{"rating": None}, {"rating": 0}, {"rating": 6}])
async def test_a_rating_has_five_levels(office: Office, given: dict[str, Any]) -> None:
    await office.answer(await office.file())
    assert (await office.follow(FollowAct.RATE, **given)).refusal


async def test_of_several_complaints_the_citizen_says_which(office: Office) -> None:
    await office.file()
    await office.file()
    followed = await office.follow(FollowAct.URGE)
    assert (len(followed.found), followed.done) == (2, False)


async def test_the_only_one_that_fits_is_meant(office: Office) -> None:
    await office.file()
    answered = await office.answer(await office.file())
    followed = await office.follow(FollowAct.RATE, rating=5)
    assert followed.done
    assert [view.number for view in followed.found] == [answered.complaint.number]
    assert followed.found[0].rating == 5


async def test_a_complaint_is_rated_once_and_not_before_the_answer(office: Office) -> None:
    case = await office.file()
    assert (await office.follow(FollowAct.RATE, rating=5)).refusal
    await office.close(case)
    assert (await office.follow(FollowAct.RATE, rating=5)).done
    office.clock.move(days=1)
    assert (await office.follow(FollowAct.RATE, rating=1)).refusal


async def test_a_poor_rating_opens_a_review_with_its_own_term(office: Office) -> None:
    case = await office.close(await office.file())
    office.clock.move(days=1)
    await office.follow(FollowAct.RATE, rating=2)
    order = (await office.find(case.complaint.number)).order
    assert (order.state, order.rating, order.is_escalated) == (State.RATED, 2, True)
    # Monday the 23rd; five working days.
    assert order.due_at == NOON.replace(day=30, hour=17)
    followed_up = await office.move(case, Move.FOLLOW_UP, SUPERVISOR, text="已核实，向您致歉")
    assert (followed_up.order.state, followed_up.order.due_at, followed_up.order.rating) == (State.FOLLOWED_UP, None, 2)


async def test_a_good_rating_opens_none(office: Office) -> None:
    case = await office.close(await office.file())
    await office.follow(FollowAct.RATE, rating=3)
    order = (await office.find(case.complaint.number)).order
    assert (order.is_escalated, order.due_at) == (False, None)


async def test_reopening_reaches_the_handler_and_begins_the_clock_anew(office: Office) -> None:
    case = await office.close(await office.file())
    office.clock.move(days=10)
    await office.follow(FollowAct.REOPEN, text="窗口今天又要了")
    order = (await office.find(case.complaint.number)).order
    assert (order.state, order.unit_id, order.outcome) == (State.HANDLING, "housing", None)
    # Wednesday the 2nd of December; three working days.
    assert order.due_at == NOON.replace(month=12, day=7, hour=17)
    assert (await office.list_letters(case))[-1][2]["move"] == "reopen"
    answered = await office.move(case, Move.ANSWER, HANDLER, text="这次真的改了", outcome=Outcome.SOLVED)
    assert answered.order.state is State.ANSWERED


async def test_after_thirty_days_a_closed_complaint_stays_closed(office: Office) -> None:
    await office.close(await office.file())
    office.clock.move(days=31)
    for act, given in ((FollowAct.REOPEN, {"text": "还是要"}), (FollowAct.RATE, {"rating": 1})):
        followed = await office.follow(act, **given)
        assert followed.refusal.endswith("的期限已经过了")
    assert followed.found[0].moves == ()


async def test_followers_hear_the_answer_but_not_what_the_other_citizen_said(office: Office) -> None:
    first = await office.file()
    await office.tell(STRANGER, joins=first.complaint.number)
    await office.follow(FollowAct.ADD, number=first.complaint.number, text="我妈妈也遇到了")
    await office.answer(first, "已经纠正，窗口不再要")
    await office.move(first, Move.CLOSE, OPERATOR, text=f"已回复{NAME}")

    [view] = (await office.follow(FollowAct.LOOK, STRANGER)).found

    texts = [line.text for line in view.timeline]
    assert "已经纠正，窗口不再要" in texts
    assert "我妈妈也遇到了" not in texts
    assert NAME not in "".join(texts)
    assert (view.state, view.outcome) == (State.CLOSED, "已解决")
    assert view.number != first.complaint.number


async def test_followers_go_on_alone_when_the_first_is_taken_back(office: Office) -> None:
    first = await office.file()
    await office.tell(STRANGER, joins=first.complaint.number)
    await office.follow(FollowAct.WITHDRAW, number=first.complaint.number)

    [view] = (await office.follow(FollowAct.LOOK, STRANGER)).found

    assert view.state is State.RECORDED
    assert view.due_at is not None
    case = await office.find(view.number)
    assert [body["move"] for _, key, body in await office.list_letters(case) if ":" in key] == ["merge", "reopen"]


async def test_internal_notes_stay_inside(office: Office) -> None:
    case = await office.file()
    await office.move(case, Move.NOTE, OPERATOR, text="老投诉户")
    [view] = (await office.follow(FollowAct.LOOK)).found
    assert "老投诉户" not in str(view)
    assert len(await office.list_letters(case)) == 1
