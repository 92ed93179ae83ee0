"""Danger comes before everything else."""

import pytest

from intents.understanding import Intent
from tests.city import make_city
from tests.unit.dialogue.talking import Talk, parts_of, words_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("我家厨房着火了", "119"),
        ("老头煤气中毒了", "119"),
        ("我妈突然没反应了", "120"),
        ("有人拿刀砍人", "110"),
        ("我不想活了", "12356"),
        ("救命啊", "110"),
    ],
)
def test_the_first_number_is_the_one_to_call(talk: Talk, text: str, number: str) -> None:
    reply = talk.say(text, Intent.EMERGENCY)
    (call,) = parts_of(reply, "link")
    assert reply.status == "answered_emergency"
    assert number in words_of(reply).split("！")[0] + (call.text)
    assert call.url == f"tel:{number}"


def test_it_is_short_and_has_no_verdict(talk: Talk) -> None:
    reply = talk.say("着火了", Intent.EMERGENCY, matter="rent", certificates=("id",))
    assert reply.understood.verdict is None
    assert len(words_of(reply)) < 120


def test_it_comes_before_a_question_that_waits(talk: Talk) -> None:
    talk.say("身份证要带吗", certificates=("id",))
    assert talk.say("哎呀着火了", Intent.EMERGENCY).asks is None


def test_the_conversation_can_go_on_afterwards(talk: Talk) -> None:
    talk.say("公租房身份证要吗", matter="rent", certificates=("id",))
    talk.say("着火了", Intent.EMERGENCY)
    assert talk.memory.matter == "rent"


def test_the_crisis_line_is_the_citys() -> None:
    talk = Talk(make_city(facts={"crisis_line": "0000-9999"}))
    assert "0000-9999" in words_of(talk.say("我不想活了", Intent.EMERGENCY))


@pytest.mark.parametrize(
    ("text", "intent", "number"),
    [
        ("着火了 我家厨房着火了", Intent.COMPLAINT_FILE, "119"),
        ("窗口要我交证明，把我气得不想活了", Intent.COMPLAINT_FILE, "12356"),
        ("办低保要收入证明吗，我活不下去了", Intent.CERTIFICATE_NEEDED, "12356"),
        ("我爸晕倒了", Intent.OUT_OF_SCOPE, "120"),
    ],
)
def test_signs_of_danger_are_heard_whatever_else_the_message_is_taken_for(
    talk: Talk, text: str, intent: Intent, number: str
) -> None:
    reply = talk.say(text, intent)
    assert (reply.status, reply.understood.intent) == ("answered_emergency", "emergency")
    assert parts_of(reply, "link")[0].url == f"tel:{number}"


@pytest.mark.parametrize("text", ["去年着火了，房产证烧掉了，补办要带什么", "钱包被偷了，补身份证要登报吗"])
def test_a_danger_that_is_over_is_no_emergency(talk: Talk, text: str) -> None:
    assert talk.say(text, Intent.MATTER_MATERIALS, matter="rent").understood.intent == "matter_materials"
