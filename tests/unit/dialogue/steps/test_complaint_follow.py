"""A complaint already filed is followed, with buttons and with words."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.dialogue.errands import ComplaintView, FollowAct, FollowComplaint, Followed
from bot.domain.work_order import Move, State
from intents.understanding import Act, Intent
from tests.unit.dialogue.talking import Talk, parts_of, values_of, words_of

NUMBER = "TS26-4821-7730-5916"
PHONE = "13900001234"
MOVES = (Move.URGE, Move.ADD, Move.WITHDRAW)


def make_view(**given: Any) -> ComplaintView:
    default: dict[str, Any] = {
        "number": NUMBER,
        "title": "住房局：无房证明",
        "state": State.HANDLING,
        "outcome": None,
        "filed_at": datetime(2026, 11, 20, tzinfo=UTC),
        "due_at": None,
        "due_rule": "",
        "is_accepted": True,
        "hotline_number": "H-1",
        "moves": MOVES,
        "timeline": (),
        "rating": None,
    }
    return ComplaintView(**default | given)


def track(talk: Talk, text: str, *found: ComplaintView, **result: Any) -> Any:
    """Says something about a complaint; the world finds these."""
    talk.result = Followed(found=found, **result)
    return talk.say(text, Intent.COMPLAINT_TRACK)


def last_errand(talk: Talk) -> FollowComplaint:
    errand = talk.errands[-1]
    assert isinstance(errand, FollowComplaint)
    return errand


@pytest.mark.parametrize(
    ("text", "act"),
    [("我的投诉怎么样了", FollowAct.LOOK), ("帮我催一催", FollowAct.URGE), ("非常满意，好评", FollowAct.RATE)],
)
def test_words_tell_what_is_wanted(talk: Talk, text: str, act: FollowAct) -> None:
    track(talk, text, make_view(), done=True)
    assert last_errand(talk).act is act


def test_the_card_shows_state_and_what_may_be_done(talk: Talk) -> None:
    reply = track(talk, "我的投诉怎么样了", make_view(), done=True)
    (card,) = parts_of(reply, "ticket")
    assert (card.number, card.state) == (NUMBER, "办理中")
    assert values_of(reply) == [f"follow:{act}:{NUMBER}" for act in ("urge", "add", "withdraw")]


def test_adding_asks_for_the_words_first(talk: Talk) -> None:
    assert track(talk, "我要补充", make_view()).asks == "story"
    track(talk, "他们今天又要了一次", make_view(), done=True)
    assert (last_errand(talk).act, last_errand(talk).text) == (FollowAct.ADD, "他们今天又要了一次")


def test_what_is_added_is_no_new_complaint(talk: Talk) -> None:
    talk.press(f"follow:add:{NUMBER}")
    talk.result = Followed(found=(make_view(),), done=True)
    talk.say("他们又要我交证明", Intent.COMPLAINT_FILE)
    assert last_errand(talk).act is FollowAct.ADD


def test_withdrawing_wants_a_yes(talk: Talk) -> None:
    reply = track(talk, "撤回投诉", make_view())
    assert (reply.asks, len(talk.errands)) == ("confirm", 1)
    talk.say("是的", Intent.SMALLTALK, act=Act.AFFIRM)
    assert last_errand(talk).act is FollowAct.WITHDRAW


@pytest.mark.parametrize(("text", "act"), [("不", Act.DENY), ("先不撤", None), ("算了", Act.ABANDON)])
def test_without_a_yes_nothing_is_withdrawn(talk: Talk, text: str, act: Act | None) -> None:
    track(talk, "撤回投诉", make_view())
    reply = talk.say(text, Intent.SMALLTALK, act=act)
    assert len(talk.errands) == 1
    assert "没有撤回" in words_of(reply)


def test_five_levels_are_offered_the_best_first(talk: Talk) -> None:
    reply = track(talk, "我要评价", make_view(state=State.CLOSED, moves=(Move.RATE,)))
    assert values_of(reply) == [f"follow:rate:{NUMBER}:{level}" for level in (5, 4, 3, 2, 1)]
    talk.result = Followed(found=(make_view(),), done=True)
    assert "谢谢" in words_of(talk.press(f"follow:rate:{NUMBER}:1"))
    assert last_errand(talk).rating == 1


def test_of_several_one_is_chosen(talk: Talk) -> None:
    reply = track(talk, "我的投诉怎么样了", make_view(), make_view(number="TS26-1234-5678-9019"))
    assert values_of(reply) == [f"follow:look:{NUMBER}", "follow:look:TS26-1234-5678-9019"]


def test_a_refusal_is_told_with_the_card(talk: Talk) -> None:
    reply = track(talk, "催一下", make_view(state=State.CLOSED), refusal="工单现在是“已办结”，不能催办")
    assert "不能催办" in words_of(reply)
    assert parts_of(reply, "ticket")


def test_too_many_tries_are_told_as_such(talk: Talk) -> None:
    assert "太频繁" in words_of(track(talk, f"查{NUMBER}，{PHONE}", refusal="操作太频繁，请稍后再试"))


def test_elsewhere_the_phone_proves_it_and_is_remembered(talk: Talk) -> None:
    assert track(talk, f"查投诉{NUMBER}", needs_phone=True).asks == "phone"
    track(talk, PHONE, make_view(), done=True)
    assert last_errand(talk).phone == PHONE
    talk.press(f"follow:urge:{NUMBER}")
    assert last_errand(talk).phone == PHONE


def test_a_wrong_phone_may_be_said_again(talk: Talk) -> None:
    track(talk, f"查投诉{NUMBER}", needs_phone=True)
    assert track(talk, "13911112222", refusal="对不上").asks == "phone"
    assert talk.memory.proven_phone is None


def test_a_slip_in_the_number_is_noticed_before_anything_is_looked_up(talk: Talk) -> None:
    reply = talk.say("TS26-4821-7730-5915", Intent.COMPLAINT_TRACK)
    assert "有一位不对" in words_of(reply)
    assert talk.errands == []


def test_who_filed_nothing_is_told_how_to_look_it_up(talk: Talk) -> None:
    assert "编号" in words_of(track(talk, "我的投诉怎么样了"))


def test_something_else_may_be_asked_while_it_waits(talk: Talk) -> None:
    talk.press(f"follow:rate:{NUMBER}")
    reply = talk.say("公租房无房证明要吗", matter="rent", certificates=("nohouse",))
    assert reply.understood.verdict == "not_needed"
