"""Complaints: the line, what to note, and which breach it looks like."""

from intents.understanding import Intent
from tests.city import make_city
from tests.unit.dialogue.talking import Talk, words_of


def test_it_names_the_hotline_and_what_to_note(talk: Talk) -> None:
    reply = talk.say("我要投诉", Intent.COMPLAINT_FILE)
    assert (reply.state, reply.understood.verdict) == ("complaint", None)
    for word in ("12345", "单位", "窗口", "什么事", "哪一张", "什么时候", "匿名"):
        assert word in words_of(reply)


def test_the_state_lasts_for_one_turn(talk: Talk) -> None:
    talk.say("我要投诉", Intent.COMPLAINT_FILE)
    assert talk.say("谢谢", Intent.SMALLTALK).state == "idle"


def test_a_measure_that_was_not_carried_out_is_item_five(talk: Talk) -> None:
    reply = talk.say("公租房非要无房证明", Intent.COMPLAINT_FILE, matter="rent", certificates=("nohouse",))
    assert "第二十条第五项" in words_of(reply)


def test_a_cancelled_certificate_is_item_two(talk: Talk) -> None:
    reply = talk.say("公租房非要亲属证明", Intent.COMPLAINT_FILE, matter="rent", certificates=("kin",))
    assert "第二十条第二项" in words_of(reply)


def test_a_certificate_outside_the_catalogue_is_item_two(talk: Talk) -> None:
    reply = talk.say("护照非要献血证", Intent.COMPLAINT_FILE, matter="passport", certificates=("blood",))
    assert "第二十条第二项" in words_of(reply)
    assert "目录里没有列献血证" in words_of(reply)


def test_a_lawful_demand_is_said_to_be_one(talk: Talk) -> None:
    reply = talk.say("护照非要身份证", Intent.COMPLAINT_FILE, matter="passport", certificates=("id",))
    assert "有依据" in words_of(reply)
    assert "第二十条" not in words_of(reply)


def test_a_certificate_from_outside_may_be_asked_for(talk: Talk) -> None:
    reply = talk.say("外地结婚证", Intent.COMPLAINT_FILE, matter="rent", certificates=("marry",), issued="outside")
    assert "查不到" in words_of(reply)


def test_it_is_about_the_last_answer_where_nothing_is_named(talk: Talk) -> None:
    talk.say("公租房无房证明要吗", matter="rent", certificates=("nohouse",))
    reply = talk.press("act:complaint")
    assert (reply.understood.matter, reply.understood.certificates) == ("rent", ("nohouse",))
    assert "第二十条第五项" in words_of(reply)


def test_a_city_without_the_articles_still_says_it_is_not_right() -> None:
    talk = Talk(make_city(articles={}))
    reply = talk.say("公租房非要无房证明", Intent.COMPLAINT_FILE, matter="rent", certificates=("nohouse",))
    assert "不该再要" in words_of(reply)
    reply = talk.say("护照非要献血证", Intent.COMPLAINT_FILE, matter="passport", certificates=("blood",))
    assert "不该要" in words_of(reply)


def test_tracking_goes_to_the_hotline(talk: Talk) -> None:
    reply = talk.say("我的投诉怎么样了", Intent.COMPLAINT_TRACK)
    assert (reply.state, reply.understood.intent) == ("idle", "complaint_track")
    assert "12345" in words_of(reply)
    assert "单号" in words_of(reply)
