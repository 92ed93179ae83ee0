"""A complaint is taken: what is asked, what is filled in, and what becomes of it."""

from datetime import UTC, datetime

import pytest

from bot.dialogue.errands import Duplicate, FileComplaint, Filed
from bot.domain.complaint import Draft, Field, Protection
from bot.domain.conversation import Reply
from intents.understanding import Act, Intent
from tests.city import make_city
from tests.unit.dialogue.talking import Talk, parts_of, values_of, words_of

NUMBER = "TS26-4821-7730-5916"
STORY = "公租房窗口非要我去开无房证明，说没有就不收"
SLOTS = {"matter": "rent", "certificates": ("nohouse",)}


def tell_all(talk: Talk, **more: object) -> Reply:
    """One message after which only the summary is left."""
    understood = SLOTS | {"units": ("housing",)} | more
    return talk.say(f"我要投诉，昨天{STORY}，电话13900001234", Intent.COMPLAINT_FILE, **understood)


def draft_of(talk: Talk) -> Draft:
    assert talk.memory.draft is not None
    return talk.memory.draft


def test_it_says_where_it_goes_and_asks_for_the_story(talk: Talk) -> None:
    reply = talk.say("我要投诉", Intent.COMPLAINT_FILE)
    assert (reply.state, reply.asks, reply.understood.verdict) == ("complaint", "story", None)
    for word in ("12345", "算了", "单位", "什么事", "哪一张", "什么时候"):
        assert word in words_of(reply)


def test_one_long_message_leads_straight_to_the_summary(talk: Talk) -> None:
    reply = tell_all(talk)
    assert (reply.state, reply.asks) == ("complaint", "confirm")
    for word in ("桃源市住房局", "公租房申请", "登记查询证明", "11月21日", "13900001234"):
        assert word in words_of(reply)
    assert values_of(reply) == ["complaint:file", "complaint:abandon"]


def test_what_is_missing_is_asked_for_one_at_a_time(talk: Talk) -> None:
    assert talk.say("我要投诉", Intent.COMPLAINT_FILE).asks == "story"
    assert talk.say("窗口非要我交一张证明", Intent.COMPLAINT_FILE).asks == "unit"
    assert talk.say("住房局", Intent.OUT_OF_SCOPE, units=("housing",)).asks == "matter"
    assert talk.say("公租房", Intent.OUT_OF_SCOPE, matter="rent").asks == "certificate"
    assert talk.say("无房证明", Intent.OUT_OF_SCOPE, certificates=("nohouse",)).asks == "date"
    assert talk.say("昨天", Intent.OUT_OF_SCOPE).asks == "phone"
    assert talk.say("13900001234", Intent.OUT_OF_SCOPE).asks == "confirm"


def test_what_may_be_skipped_is_asked_for_once(talk: Talk) -> None:
    talk.say("我要投诉", Intent.COMPLAINT_FILE)
    talk.say("住房局窗口非要我交一张证明", Intent.COMPLAINT_FILE, units=("housing",))
    asked = [talk.press(f"complaint:skip:{field}").asks for field in ("matter", "certificate", "date")]
    assert asked == ["certificate", "date", "phone"]


@pytest.mark.parametrize("field", [Field.STORY, Field.UNIT])
def test_unit_and_story_cannot_be_skipped(talk: Talk, field: Field) -> None:
    talk.say("我要投诉", Intent.COMPLAINT_FILE)
    if field is Field.UNIT:
        talk.say("窗口非要我交一张证明", Intent.COMPLAINT_FILE)
    reply = talk.say("不知道", Intent.OUT_OF_SCOPE, act=Act.SKIP)
    assert reply.asks == field


def test_without_a_telephone_number_it_is_anonymous(talk: Talk) -> None:
    talk.say("我要投诉", Intent.COMPLAINT_FILE)
    talk.say(f"昨天{STORY}", Intent.COMPLAINT_FILE, units=("housing",), **SLOTS)
    reply = talk.press("complaint:anonymous")
    assert reply.asks == "confirm"
    assert "匿名" in words_of(reply)
    assert draft_of(talk).protection is Protection.ANONYMOUS


def test_what_was_told_before_is_filled_in(talk: Talk) -> None:
    talk.say("公租房无房证明要吗", matter="rent", certificates=("nohouse",))
    reply = talk.press("act:complaint")
    assert (reply.understood.matter, reply.understood.certificates) == ("rent", ("nohouse",))
    assert draft_of(talk).subject.unit_id == "housing"


def test_the_unit_of_another_matter_is_told_by_the_matter(talk: Talk) -> None:
    talk.say("我要投诉护照", Intent.COMPLAINT_FILE, matter="passport")
    assert draft_of(talk).subject.unit_id == "police"


def test_a_correction_replaces_what_stood_there(talk: Talk) -> None:
    tell_all(talk)
    reply = talk.say("电话错了，是13900005678", Intent.COMPLAINT_FILE)
    assert reply.asks == "confirm"
    assert "13900005678" in words_of(reply)
    reply = talk.say("不对，是公安局", Intent.COMPLAINT_FILE, units=("police",))
    assert "桃源市公安局" in words_of(reply)


def test_a_no_to_the_summary_asks_what_is_wrong(talk: Talk) -> None:
    tell_all(talk)
    reply = talk.say("不对", Intent.SMALLTALK, act=Act.DENY)
    assert (reply.asks, "哪里不对" in words_of(reply)) == ("confirm", True)


def test_a_yes_files_it_and_shows_the_number(talk: Talk) -> None:
    tell_all(talk)
    talk.result = Filed(number=NUMBER, due_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    reply = talk.say("对", Intent.SMALLTALK, act=Act.AFFIRM)
    (ticket,) = parts_of(reply, "ticket")
    assert (ticket.number, reply.state, talk.memory.draft) == (NUMBER, "idle", None)
    assert "11月23日17:00" in words_of(reply)
    (errand,) = talk.errands
    assert isinstance(errand, FileComplaint)
    assert errand.draft.contact.phone == "13900001234"


def test_where_nobody_files_the_draft_stays(talk: Talk) -> None:
    tell_all(talk)
    reply = talk.press("complaint:file")
    assert (parts_of(reply, "ticket"), reply.asks) == ([], "confirm")
    assert talk.memory.draft is not None


@pytest.mark.parametrize(("choice", "joins", "declines"), [("join", NUMBER, False), ("separate", None, True)])
def test_the_same_complaint_may_be_joined_or_not(talk: Talk, choice: str, joins: str | None, declines: bool) -> None:
    tell_all(talk)
    talk.result = Duplicate(number=NUMBER, filed_at=datetime(2026, 11, 20, tzinfo=UTC), is_own=False)
    reply = talk.press("complaint:file")
    assert values_of(reply) == [f"complaint:join:{NUMBER}", "complaint:separate"]
    talk.result = Filed(number=NUMBER)
    talk.press(values_of(reply)[0 if choice == "join" else 1])
    errand = talk.errands[-1]
    assert isinstance(errand, FileComplaint)
    assert (errand.draft.joins, errand.draft.declines_join) == (joins, declines)


def test_a_question_in_between_is_answered_and_the_complaint_waits(talk: Talk) -> None:
    talk.say("我要投诉", Intent.COMPLAINT_FILE)
    reply = talk.say("先问一下，公租房无房证明到底要不要", **SLOTS)
    assert (reply.understood.verdict, reply.state) == ("not_needed", "idle")
    assert "complaint:resume" in values_of(reply)
    assert talk.press("complaint:resume").state == "complaint"


def test_it_can_be_left_at_any_time(talk: Talk) -> None:
    tell_all(talk)
    reply = talk.say("算了", Intent.SMALLTALK, act=Act.ABANDON)
    assert (reply.state, talk.memory.draft) == ("idle", None)


def test_an_emergency_comes_first(talk: Talk) -> None:
    talk.say("我要投诉", Intent.COMPLAINT_FILE)
    assert "119" in words_of(talk.say("着火了", Intent.EMERGENCY))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("我要去法院起诉他们", "12348"),
        ("我对行政处罚不服，要行政复议", "60天"),
        ("老板拖欠我工资", "12333"),
        ("我要信访", "信访局"),
        ("他收了我的红包才给办", "12388"),
    ],
)
def test_matters_with_a_channel_of_their_own_get_it(talk: Talk, text: str, word: str) -> None:
    reply = talk.say(text, Intent.COMPLAINT_FILE)
    assert word in words_of(reply)
    assert (reply.state, talk.memory.draft) == ("idle", None)


def test_a_measure_that_was_not_carried_out_is_item_five(talk: Talk) -> None:
    assert "第二十条第五项" in words_of(tell_all(talk))


def test_a_cancelled_certificate_is_item_two(talk: Talk) -> None:
    assert "第二十条第二项" in words_of(tell_all(talk, certificates=("kin",)))


def test_a_certificate_outside_the_catalogue_is_item_two(talk: Talk) -> None:
    reply = tell_all(talk, matter="passport", certificates=("blood",))
    assert "第二十条第二项" in words_of(reply)
    assert "目录里没有列献血证" in words_of(reply)


def test_a_lawful_demand_is_said_to_be_one_and_may_be_filed_all_the_same(talk: Talk) -> None:
    reply = tell_all(talk, matter="passport", certificates=("id",))
    assert "有依据" in words_of(reply)
    assert "第二十条" not in words_of(reply)
    assert "complaint:file" in values_of(reply)


def test_a_city_without_the_articles_still_says_it_is_not_right() -> None:
    assert "不合规定" in words_of(tell_all(Talk(make_city(articles={}))))


def test_personal_numbers_in_the_story_are_masked(talk: Talk) -> None:
    talk.say("我要投诉", Intent.COMPLAINT_FILE)
    talk.say(f"{STORY}，我身份证号330203198001011234", Intent.COMPLAINT_FILE)
    assert "330203198001011234" not in draft_of(talk).story
