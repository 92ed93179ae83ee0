"""Questions about the last answer."""

import pytest

from intents.understanding import Act, Intent
from tests.city import make_city
from tests.unit.dialogue.talking import Talk, parts_of, values_of, words_of

BASIS, WHY, STILL = Act.ASK_BASIS, Act.ASK_WHY, Act.STILL_DEMANDED


def follow(talk: Talk, act: Act, matter: str | None, certificate: str, **told: str) -> str:
    talk.say("要吗", matter=matter, certificates=(certificate,), **told)
    return words_of(talk.say("……", Intent.POLICY_FAQ, act=act))


def test_the_basis_names_articles_and_entry(talk: Talk) -> None:
    text = follow(talk, BASIS, "rent", "nohouse")
    assert "规定 第九条" in text
    assert "rent-nohouse" in text


def test_the_basis_of_many_entries_counts_them(talk: Talk) -> None:
    assert "3条" in follow(talk, BASIS, None, "marry")


def test_an_entry_without_a_basis_says_so() -> None:
    talk = Talk(make_city(articles={}))
    assert "没有写明" in follow(talk, BASIS, "passport", "blood")


def test_it_is_a_question_about_the_rules_and_keeps_the_topic(talk: Talk) -> None:
    talk.say("公租房无房证明要吗", matter="rent", certificates=("nohouse",))
    reply = talk.say("为什么", Intent.SMALLTALK, act=WHY)
    assert (reply.understood.intent, reply.understood.verdict) == ("policy_faq", None)
    assert (reply.understood.matter, reply.understood.certificate) == ("rent", "nohouse")
    assert talk.memory.intent == "certificate_needed"


@pytest.mark.parametrize(
    ("matter", "certificate", "told", "word"),
    [
        ("rent", "kin", {}, "户口簿已能说明"),
        ("rent", "nohouse", {}, "别的单位有这个信息"),
        ("passport", "id", {}, "法律要求核验原件"),
        ("rent", "id", {"person": "agent"}, "本人"),
        ("rent", "marry", {"issued": "outside"}, "外地"),
        ("passport", "blood", {}, "目录里没有列"),
        ("rent", "court", {}, "不算这里说的“证明”"),
        (None, "marry", {}, "窗口有办法自己核实"),
        (None, "id", {}, "要先知道您办什么事"),
    ],
)
def test_the_reason_fits_the_verdict(
    talk: Talk, matter: str | None, certificate: str, told: dict[str, str], word: str
) -> None:
    assert word in follow(talk, WHY, matter, certificate, **told)


def test_a_demand_that_is_not_right_is_answered_with_words_and_a_way(talk: Talk) -> None:
    talk.say("公租房无房证明要吗", matter="rent", certificates=("nohouse",))
    reply = talk.say("他们还是要怎么办", Intent.POLICY_FAQ, act=STILL)
    for word in ("不合规定", "可以这样说", "第二十条第五项", "12345"):
        assert word in words_of(reply)
    assert values_of(reply) == ["act:complaint", "act:human"]


def test_a_cancelled_one_and_one_outside_the_catalogue_are_item_two(talk: Talk) -> None:
    assert "第二十条第二项" in follow(talk, STILL, "rent", "kin")
    assert "第二十条第二项" in follow(talk, STILL, "passport", "blood")


def test_without_a_matter_the_words_name_none(talk: Talk) -> None:
    assert "“结婚证按规定不用我交" in follow(talk, STILL, None, "marry")


def test_a_demand_for_another_certificate_is_answered_about_that_one(talk: Talk) -> None:
    talk.say("公租房无房证明要吗", matter="rent", certificates=("nohouse",))
    reply = talk.say("他们还要结婚证", Intent.POLICY_FAQ, act=STILL, certificates=("marry",))
    assert (reply.understood.intent, reply.understood.verdict) == ("certificate_needed", "not_needed")
    assert (reply.understood.matter, reply.understood.certificates) == ("rent", ("marry",))
    assert "结婚证按目录不用您交" in words_of(reply)
    assert (talk.memory.matter, talk.memory.certificates) == ("rent", ("marry",))


def test_of_several_others_the_strictest_verdict_counts(talk: Talk) -> None:
    talk.say("公租房无房证明要吗", matter="rent", certificates=("nohouse",))
    reply = talk.say("他们还要结婚证和判决书", Intent.POLICY_FAQ, act=STILL, certificates=("marry", "court"))
    assert [part.verdict for part in parts_of(reply, "verdict")] == ["not_needed", "needed"]
    assert reply.understood.verdict == "needed"


def test_a_lawful_demand_is_explained(talk: Talk) -> None:
    assert "有依据" in follow(talk, STILL, "passport", "id")
    assert "查不到" in follow(talk, STILL, "rent", "marry", issued="outside")
    assert "告诉我您办什么事" in follow(talk, STILL, None, "id")


def test_a_list_is_explained_too(talk: Talk) -> None:
    talk.say("公租房要带什么", Intent.MATTER_MATERIALS, matter="rent")
    assert "规定 第八条" in words_of(talk.say("依据呢", Intent.POLICY_FAQ, act=BASIS))
    assert "12345" in words_of(talk.say("还是要呢", Intent.POLICY_FAQ, act=STILL))


def test_sample_data_is_said_to_be_such(talk: Talk) -> None:
    assert "示例数据" in follow(talk, BASIS, "rent", "income")


def test_without_an_answer_before_it_is_no_follow_up(talk: Talk) -> None:
    reply = talk.say("为什么", Intent.SMALLTALK, act=WHY)
    assert reply.understood.intent == "smalltalk"


def test_who_wants_to_complain_may(talk: Talk) -> None:
    talk.say("公租房无房证明要吗", matter="rent", certificates=("nohouse",))
    assert talk.say("窗口就是要，我要投诉", Intent.COMPLAINT_FILE, act=STILL).state == "complaint"
