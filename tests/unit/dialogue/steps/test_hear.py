"""Buttons, and words that stand for buttons."""

import pytest

from bot.domain.conversation import Memory
from intents.understanding import Act, Intent, Level
from tests.unit.dialogue.talking import Talk, guess, make_understanding, values_of, words_of


def test_words_go_to_the_engine_with_what_was_settled(talk: Talk) -> None:
    talk.say("公租房要身份证吗", matter="rent", certificates=("id",), person="agent")
    talk.say("那结婚证呢", matter="rent", certificates=("marry",))
    context = talk.engine.context
    assert (context.matter, context.certificates, context.person) == ("rent", ("id",), "agent")
    assert context.intent is Intent.CERTIFICATE_NEEDED


def test_a_matter_button_answers_the_question_that_waits(talk: Talk) -> None:
    talk.say("身份证要带吗", certificates=("id",))
    reply = talk.press("matter:passport")
    assert (reply.understood.matter, reply.understood.certificate) == ("passport", "id")
    assert reply.understood.verdict == "needed"


def test_a_certificate_button_answers_for_the_matter_named_before(talk: Talk) -> None:
    talk.say("公租房还要证明吗", matter="rent")
    reply = talk.press("certificate:nohouse")
    assert (reply.understood.matter, reply.understood.verdict) == ("rent", "not_needed")


def test_a_matter_button_out_of_the_blue_lists_its_materials(talk: Talk) -> None:
    assert talk.press("matter:rent").understood.intent == "matter_materials"


def test_the_second_is_the_second_button(talk: Talk) -> None:
    offered = values_of(talk.say("身份证要带吗", certificates=("id",)))
    reply = talk.say("第二个", Intent.SMALLTALK, act=Act.CHOOSE, choice=1)
    assert f"matter:{reply.understood.matter}" == offered[1]


def test_the_last_is_the_last_button(talk: Talk) -> None:
    offered = values_of(talk.say("身份证要带吗", certificates=("id",)))
    reply = talk.say("最后一个", Intent.SMALLTALK, act=Act.CHOOSE, choice=-1)
    assert f"matter:{reply.understood.matter}" == offered[-1]


def test_a_choice_that_was_not_offered_is_read_as_words(talk: Talk) -> None:
    assert talk.say("第六个", Intent.SMALLTALK, act=Act.CHOOSE, choice=5).status == "answered"


@pytest.mark.parametrize("yes", ["press", "say"])
def test_yes_settles_what_was_to_be_confirmed(talk: Talk, yes: str) -> None:
    _ask_to_confirm(talk)
    reply = talk.press("confirm:yes") if yes == "press" else talk.say("对", Intent.SMALLTALK, act=Act.AFFIRM)
    assert (reply.understood.matter, reply.understood.verdict) == ("rent", "not_needed")


@pytest.mark.parametrize("no", ["press", "say"])
def test_no_asks_again_without_what_was_turned_down(talk: Talk, no: str) -> None:
    _ask_to_confirm(talk)
    reply = talk.press("confirm:no") if no == "press" else talk.say("不是", Intent.SMALLTALK, act=Act.DENY)
    assert (reply.asks, reply.understood.certificates) == ("matter", ("nohouse",))
    assert "matter:rent" not in values_of(reply)


def test_no_to_a_certificate_asks_for_another_one_of_the_matter(talk: Talk) -> None:
    talk.say("公租房要那个证吗", matter="rent", certificates=("nohouse",), certificate_level=Level.CONFIRM)
    reply = talk.press("confirm:no")
    assert (reply.asks, reply.understood.matter) == ("certificate", "rent")
    assert "certificate:nohouse" not in values_of(reply)


def test_yes_takes_the_only_button(talk: Talk) -> None:
    talk.memory = Memory(
        intent="certificate_needed", certificates=("nohouse",), asks="matter", offered=("matter:passport",)
    )
    assert talk.say("是的", Intent.SMALLTALK, act=Act.AFFIRM).understood.matter == "passport"


@pytest.mark.parametrize(
    ("value", "intent"),
    [
        ("act:complaint", "complaint_file"),
        ("act:human", "human"),
        ("act:still", "policy_faq"),
        ("act:basis", "policy_faq"),
        ("act:why", "policy_faq"),
        ("act:list", "matter_materials"),
        ("act:obtain", "certificate_obtain"),
    ],
)
def test_deeds_are_about_the_last_answer(talk: Talk, value: str, intent: str) -> None:
    talk.say("护照要身份证吗", matter="passport", certificates=("id",))
    assert talk.press(value).understood.intent == intent


def test_an_ask_button_is_read_as_its_words(talk: Talk) -> None:
    talk.press("ask:刷脸怎么刷？")
    assert talk.engine.text == "刷脸怎么刷？"


def test_an_ask_button_that_names_a_button_does_not_go_in_circles(talk: Talk) -> None:
    talk.say("身份证要带吗", certificates=("id",))
    talk.engine.understanding = make_understanding(Intent.SMALLTALK, act=Act.CHOOSE, choice=0)
    assert talk.press("ask:第一个").status


@pytest.mark.parametrize("value", ["matter:nothing", "certificate:", "act:dance", "confirm:yes", "nonsense", ""])
def test_a_button_that_does_not_exist_says_so(talk: Talk, value: str) -> None:
    reply = talk.press(value)
    assert reply.status == "error_choice"
    assert "选项" in words_of(reply)


def test_a_wrong_button_forgets_nothing(talk: Talk) -> None:
    talk.say("公租房要身份证吗", matter="rent", certificates=("id",))
    talk.press("matter:nothing")
    assert (talk.memory.matter, talk.memory.certificates) == ("rent", ("id",))


def _ask_to_confirm(talk: Talk) -> None:
    reply = talk.say(
        "房子要无房证明吗",
        matter="rent",
        matter_level=Level.CONFIRM,
        matters=guess(rent=0.5, passport=0.3),
        certificates=("nohouse",),
    )
    assert reply.asks == "confirm"
