"""Slots, intent and the conversation together: what a message means where it stands."""

from typing import Final

import pytest

from intents.engine import Engine, build_engine
from intents.understanding import Act, Context, Intent, Level
from tests.unit.intents.conftest import ENOUGH
from tests.unit.intents.tiny import VOCABULARY, make_language

RENT: Final = Context(matter="rent", certificates=("nohouse",), intent=Intent.CERTIFICATE_NEEDED)
LISTED: Final = Context(matter="rent", intent=Intent.MATTER_MATERIALS)
WHICH_MATTER: Final = Context(certificates=("id",), asked="matter", intent=Intent.CERTIFICATE_NEEDED)
WHICH_CERTIFICATE: Final = Context(matter="rent", asked="certificate", intent=Intent.CERTIFICATE_NEEDED)


# A fragment leans on the question before


@pytest.mark.parametrize("context", [RENT, LISTED], ids=["after a verdict", "after a list"])
@pytest.mark.parametrize(
    ("text", "certificate"),
    [("那结婚证呢", "marry"), ("结婚证呢", "marry"), ("收入证明要带吗", "income"), ("户口本", "hukou")],
)
def test_another_certificate_is_asked_about_the_same_matter(
    engine: Engine, context: Context, text: str, certificate: str
) -> None:
    heard = engine.understand(text, context)
    assert (heard.intent, heard.matter, heard.certificates) == (Intent.CERTIFICATE_NEEDED, "rent", (certificate,))
    assert heard.matter_level is Level.CLEAR


@pytest.mark.parametrize("text", ["那护照申领呢", "不对，是护照申领", "错了，我要办护照"])
def test_another_matter_is_asked_about_the_same_certificate(engine: Engine, text: str) -> None:
    heard = engine.understand(text, RENT)
    assert (heard.intent, heard.matter, heard.certificates) == (Intent.CERTIFICATE_NEEDED, "passport", ("nohouse",))


def test_after_a_list_another_matter_brings_another_list(engine: Engine) -> None:
    heard = engine.understand("护照申领要带什么", LISTED)
    assert (heard.intent, heard.matter, heard.certificates) == (Intent.MATTER_MATERIALS, "passport", ())


@pytest.mark.parametrize(
    ("text", "person", "issued"),
    [("我替我妈办", "agent", None), ("老家开的", None, "outside"), ("本市开的", None, "inside")],
)
def test_a_circumstance_told_later_is_about_the_same_question(
    engine: Engine, text: str, person: str | None, issued: str | None
) -> None:
    heard = engine.understand(text, RENT)
    assert (heard.intent, heard.matter, heard.certificates) == (Intent.CERTIFICATE_NEEDED, "rent", ("nohouse",))
    assert (heard.person, heard.issued) == (person, issued)


@pytest.mark.parametrize("context", [RENT, Context(), WHICH_CERTIFICATE])
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("着火了", Intent.EMERGENCY),
        ("我要投诉", Intent.COMPLAINT_FILE),
        ("转人工", Intent.HUMAN),
        ("明天天气怎么样", Intent.OUT_OF_SCOPE),
        ("护照申领要带什么", Intent.MATTER_MATERIALS),
    ],
)
def test_what_stands_alone_is_heard_alike_in_any_conversation(
    engine: Engine, context: Context, text: str, intent: Intent
) -> None:
    assert engine.understand(text, context).intent is intent


def test_without_a_conversation_a_fragment_has_no_matter(engine: Engine) -> None:
    heard = engine.understand("那结婚证呢")
    assert (heard.matter, heard.matter_level, heard.certificates) == (None, Level.ABSENT, ("marry",))


def test_small_talk_between_takes_nothing_over(engine: Engine) -> None:
    heard = engine.understand("你好", RENT)
    assert (heard.intent, heard.matter, heard.certificates) == (Intent.SMALLTALK, None, ())


# Answers to what was asked


@pytest.mark.parametrize(
    ("text", "matter"), [("公租房申请", "rent"), ("廉租房", "rent"), ("办护照", "passport"), ("护照申领", "passport")]
)
def test_the_matter_that_was_asked_for_completes_the_question(engine: Engine, text: str, matter: str) -> None:
    heard = engine.understand(text, WHICH_MATTER)
    assert (heard.intent, heard.matter, heard.certificates) == (Intent.CERTIFICATE_NEEDED, matter, ("id",))


@pytest.mark.parametrize(
    ("text", "certificate"), [("身份证", "id"), ("工资单", "income"), ("无房证明吧", "nohouse"), ("结婚证", "marry")]
)
def test_the_certificate_that_was_asked_for_completes_the_question(engine: Engine, text: str, certificate: str) -> None:
    heard = engine.understand(text, WHICH_CERTIFICATE)
    assert (heard.intent, heard.matter, heard.certificates) == (Intent.CERTIFICATE_NEEDED, "rent", (certificate,))


@pytest.mark.parametrize(("text", "act", "choice"), [("第二个", Act.CHOOSE, 1), ("是的", Act.AFFIRM, None)])
def test_a_short_word_names_nothing_and_does_something(engine: Engine, text: str, act: Act, choice: int | None) -> None:
    heard = engine.understand(text, WHICH_MATTER)
    assert (heard.act, heard.choice, heard.matter, heard.certificates) == (act, choice, None, ())


# Other capabilities stay with what they were about


def test_after_one_licence_another_is_meant_to_be_shown(engine: Engine) -> None:
    assert engine.understand("身份证呢", Context(intent=Intent.E_LICENSE)).intent is Intent.E_LICENSE


def test_after_a_verification_progress_is_that_of_the_verification(engine: Engine) -> None:
    context = Context(intent=Intent.VERIFICATION_TRACK)
    assert engine.understand("我的投诉怎么样了", context).intent is Intent.VERIFICATION_TRACK
    assert engine.understand("我的投诉怎么样了").intent is Intent.COMPLAINT_TRACK


# What a matter is about, beside what it asks for


@pytest.mark.parametrize(
    ("text", "certificate"), [("补身份证要不要登报", "notice"), ("身份证补领，户口本要带吗", "hukou")]
)
def test_beside_another_certificate_the_one_the_matter_is_about_belongs_to_the_matter(
    engine: Engine, text: str, certificate: str
) -> None:
    heard = engine.understand(text)
    assert (heard.matter, heard.certificates) == ("lost-id", (certificate,))


def test_alone_it_is_asked_about(engine: Engine) -> None:
    heard = engine.understand("结婚登记要带身份证吗")
    assert (heard.matter, heard.certificates) == ("wedding", ("id",))


@pytest.mark.parametrize("text", ["身份证补领要带什么", "补身份证需要哪些材料"])
def test_a_question_for_all_materials_is_about_no_certificate(engine: Engine, text: str) -> None:
    heard = engine.understand(text)
    assert (heard.intent, heard.matter, heard.certificates) == (Intent.MATTER_MATERIALS, "lost-id", ())
    assert heard.certificate_level is Level.ABSENT


def test_who_asks_where_to_get_a_certificate_is_led_to_the_matter_that_issues_it(engine: Engine) -> None:
    heard = engine.understand("身份证去哪里开")
    assert heard.intent is Intent.CERTIFICATE_OBTAIN
    assert heard.matter in {None, "lost-id"}


# How sure


@pytest.mark.parametrize(
    "text", ["登记要带什么", "登记要带身份证吗", "无房证明去哪里开", "你好", "公租房要身份证吗", ""]
)
@pytest.mark.parametrize("context", [Context(), RENT])
def test_a_matter_is_named_where_it_is_clear_or_to_be_confirmed_and_nowhere_else(
    engine: Engine, text: str, context: Context
) -> None:
    heard = engine.understand(text, context)
    assert (heard.matter is not None) == (heard.matter_level in {Level.CLEAR, Level.CONFIRM})
    assert bool(heard.certificates) == (heard.certificate_level in {Level.CLEAR, Level.CONFIRM})


def test_a_word_for_several_matters_leaves_open_which(engine: Engine) -> None:
    heard = engine.understand("登记要带什么")
    assert (heard.matter, heard.matter_level) == (None, Level.OPEN)
    assert [item.id for item in heard.matters] == ["wedding", "lost-id"]


def test_a_word_for_several_matters_beside_the_name_of_one_leaves_nothing_open(engine: Engine) -> None:
    assert engine.understand("结婚登记要带什么").matter == "wedding"


def test_two_characters_out_of_the_blue_are_never_clear(engine: Engine) -> None:
    assert engine.understand("登报").certificate_level is not Level.CLEAR
    heard = engine.understand("登报", WHICH_CERTIFICATE)
    assert (heard.certificates, heard.certificate_level) == (("notice",), Level.CLEAR)


@pytest.mark.parametrize(
    ("answer_at", "confirm_at", "level"),
    [(0.0, 0.0, Level.CLEAR), (1.1, 0.0, Level.CONFIRM), (1.1, 1.1, Level.OPEN)],
)
def test_the_thresholds_decide_what_may_be_done(answer_at: float, confirm_at: float, level: Level) -> None:
    language = make_language(tuning={"answer_at": (answer_at,), "confirm_at": (confirm_at,)})
    heard = build_engine(language, VOCABULARY, amounts=ENOUGH).understand("公租房申请要身份证吗")
    assert (heard.matter_level, heard.certificate_level) == (level, level)
    assert (heard.matter, heard.certificates) == (("rent", ("id",)) if level is not Level.OPEN else (None, ()))
    assert heard.matters[0].id == "rent"
    assert heard.certificate_candidates[0].id == "id"
