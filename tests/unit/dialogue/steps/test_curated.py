"""Curated answers."""

from intents.understanding import Intent, Level
from tests.unit.dialogue.talking import Talk, guess, parts_of, values_of, words_of

FAQ, HOW = Intent.POLICY_FAQ, Intent.MEASURE_HOW
NEAR = guess(reform=0.08, face=0.07)


def test_a_fitting_answer_comes_with_its_source(talk: Talk) -> None:
    reply = talk.say("这改革是啥", FAQ, faq=guess(reform=0.9, face=0.05))
    assert words_of(reply) == "少交证明。依据：规定 第三条。"
    assert reply.understood.verdict is None


def test_a_fair_fit_offers_the_others_too(talk: Talk) -> None:
    reply = talk.say("改革啥的", FAQ, faq=guess(reform=0.3, face=0.2), faq_level=Level.CONFIRM)
    assert words_of(reply).startswith("少交证明")
    assert values_of(reply) == ["ask:刷脸怎么刷？"]


def test_no_fit_offers_the_closest_questions(talk: Talk) -> None:
    reply = talk.say("啥", FAQ, faq=NEAR, faq_level=Level.OPEN)
    assert (reply.status, reply.asks) == ("clarify_question", None)
    assert values_of(reply) == ["ask:这项改革是什么？", "ask:刷脸怎么刷？"]


def test_after_two_such_offers_it_says_that_it_does_not_know(talk: Talk) -> None:
    for _ in range(2):
        talk.say("啥", FAQ, faq=NEAR, faq_level=Level.OPEN)
    reply = talk.say("啥", FAQ, faq=NEAR, faq_level=Level.OPEN)
    assert reply.status == "unanswered_question"
    assert "12345" in words_of(reply)


def test_without_any_curated_answer_it_says_so(talk: Talk) -> None:
    assert talk.say("啥", FAQ).status == "unanswered_question"


def test_answers_that_the_catalogue_lacks_are_passed_over(talk: Talk) -> None:
    assert talk.say("啥", FAQ, faq=guess(gone=0.9)).status == "unanswered_question"


def test_how_is_about_the_last_verdict(talk: Talk) -> None:
    talk.say("公租房收入证明要吗", matter="rent", certificates=("income",))
    reply = talk.say("不交那怎么弄", HOW, faq=guess(face=0.2), faq_level=Level.CONFIRM)
    text = words_of(reply)
    assert (reply.understood.intent, reply.measure) == ("measure_how", "承诺")
    for word in ("承诺", "可以签承诺书说明", "看清再签字", "担责", "示例数据"):
        assert word in text


def test_how_names_the_channel_too(talk: Talk) -> None:
    text = words_of(talk.say("公租房无房证明怎么查", HOW, matter="rent", certificates=("nohouse",)))
    assert "由窗口取" in text
    assert "从平台调取" in text


def test_how_without_a_matter_speaks_of_the_certificate(talk: Talk) -> None:
    talk.say("结婚证要吗", certificates=("marry",))
    assert words_of(talk.say("怎么查", HOW)).startswith("结婚证这样办")


def test_a_sure_fit_is_no_follow_up(talk: Talk) -> None:
    talk.say("公租房收入证明要吗", matter="rent", certificates=("income",))
    assert "镜头" in words_of(talk.say("刷脸怎么刷", HOW, faq=guess(face=0.9)))


def test_how_about_something_needed_looks_for_an_answer(talk: Talk) -> None:
    talk.say("护照身份证要吗", matter="passport", certificates=("id",))
    assert "镜头" in words_of(talk.say("怎么弄", HOW, faq=guess(face=0.3), faq_level=Level.CONFIRM))


def test_the_conversation_stays_on_its_topic(talk: Talk) -> None:
    talk.say("公租房收入证明要吗", matter="rent", certificates=("income",))
    talk.say("这改革是啥", FAQ, faq=guess(reform=0.9))
    assert (talk.memory.matter, talk.memory.intent) == ("rent", "certificate_needed")
    assert parts_of(talk.press("act:list"), "materials")
