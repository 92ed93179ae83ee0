"""One verdict for each certificate, or a question back."""

from datetime import date

import pytest

from intents.understanding import Intent, Level
from tests.unit.dialogue.talking import Talk, guess, parts_of, values_of, words_of


def test_it_answers_first_and_says_what_to_do(talk: Talk) -> None:
    reply = talk.say("公租房要无房证明吗", matter="rent", certificates=("nohouse",))
    assert (reply.status, reply.asks, reply.measure) == ("answered", None, "共享")
    assert (reply.understood.verdict, reply.entries) == ("not_needed", ("rent-nohouse",))
    assert words_of(reply).startswith("无房证明（登记查询证明）：不用带。办“公租房申请”时，不用带，窗口在线调取。")


def test_needed_says_so_first_and_why(talk: Talk) -> None:
    reply = talk.say("护照要身份证吗", matter="passport", certificates=("id",))
    assert words_of(reply).startswith("居民身份证：要带。")
    assert "法律要求核验原件" in words_of(reply)
    assert "公安机关出具" in words_of(reply)
    assert "不用" not in words_of(reply)


def test_several_certificates_get_one_verdict_each(talk: Talk) -> None:
    reply = talk.say("公租房无房证明法律文书都要吗", matter="rent", certificates=("nohouse", "court"))
    assert [part.verdict for part in parts_of(reply, "verdict")] == ["not_needed", "needed"]
    assert (reply.understood.verdict, reply.understood.certificates) == ("needed", ("nohouse", "court"))
    assert words_of(reply).startswith("这2样不一样。要带的：生效法律文书。不用带的：登记查询证明。")
    assert (reply.measure, reply.entries) == (None, ("rent-nohouse", "rent-court"))


def test_several_alike_are_summed_up(talk: Talk) -> None:
    assert words_of(talk.say("都要吗", matter="rent", certificates=("nohouse", "marry"))).startswith("这2样都不用带。")


def test_without_a_matter_it_answers_where_all_agree(talk: Talk) -> None:
    reply = talk.say("结婚证要吗", certificates=("marry",))
    assert (reply.understood.verdict, reply.understood.matter) == ("not_needed", None)
    assert "3件事都一样" in words_of(reply)
    assert "act:list" not in values_of(reply)


def test_without_a_matter_the_only_one_of_the_catalogue_is_named_as_such(talk: Talk) -> None:
    reply = talk.say("亲属证明要吗", certificates=("kin",))
    assert (reply.understood.verdict, reply.understood.matter) == ("not_needed", None)
    assert "用到它的只有“公租房申请”" in words_of(reply)


def test_without_a_matter_it_asks_where_they_differ(talk: Talk) -> None:
    reply = talk.say("身份证要吗", certificates=("id",))
    assert (reply.status, reply.asks, reply.understood.verdict) == ("clarify_matter", "matter", "clarify")
    assert values_of(reply) == ["matter:rent", "matter:passport"]
    assert "不用" not in words_of(reply)


def test_one_open_certificate_of_several_asks_for_the_matter_of_all(talk: Talk) -> None:
    reply = talk.say("身份证结婚证都要吗", certificates=("id", "marry"))
    assert (reply.asks, reply.understood.certificates) == ("matter", ("id", "marry"))
    assert len(parts_of(talk.press("matter:rent"), "verdict")) == 2


# Slots that are not clear


def test_being_spared_is_never_told_of_an_unconfirmed_matter(talk: Talk) -> None:
    reply = talk.say(
        "要无房证明吗",
        matter="rent",
        matter_level=Level.CONFIRM,
        matters=guess(rent=0.6, passport=0.3),
        certificates=("nohouse",),
    )
    assert (reply.asks, reply.understood.verdict, reply.understood.matter) == ("confirm", "clarify", "rent")
    assert values_of(reply) == ["confirm:yes", "matter:passport", "confirm:no"]


def test_not_listed_is_never_told_of_an_unconfirmed_matter(talk: Talk) -> None:
    reply = talk.say(
        "要献血证吗", matter="rent", matter_level=Level.CONFIRM, matters=guess(rent=0.6), certificates=("blood",)
    )
    assert reply.asks == "confirm"


def test_where_every_reading_is_needed_it_is_told_and_the_matter_named(talk: Talk) -> None:
    reply = talk.say(
        "替我妈办，身份证要吗",
        matter="rent",
        matter_level=Level.CONFIRM,
        matters=guess(rent=0.6, passport=0.3, birth=0.05),
        certificates=("id",),
        person="agent",
    )
    assert (reply.understood.verdict, reply.understood.matter) == ("needed", "rent")
    assert "按“公租房申请”回答" in words_of(reply)
    assert values_of(reply) == ["matter:passport"]


def test_an_open_matter_is_asked_for_with_the_likely_ones_first(talk: Talk) -> None:
    reply = talk.say("房子身份证要吗", matter_level=Level.OPEN, matters=guess(loan=0.3, rent=0.2), certificates=("id",))
    assert (reply.asks, reply.understood.matter) == ("matter", None)
    assert values_of(reply)[:2] == ["matter:loan", "matter:rent"]


def test_an_unsure_certificate_is_confirmed(talk: Talk) -> None:
    reply = talk.say(
        "公租房要那个证吗",
        matter="rent",
        certificates=("nohouse",),
        certificate_level=Level.CONFIRM,
        certificate_candidates=guess(nohouse=0.5, income=0.4),
    )
    assert (reply.asks, reply.understood.certificate) == ("confirm", None)
    assert values_of(reply) == ["confirm:yes", "certificate:income", "confirm:no"]
    assert talk.press("confirm:yes").understood.certificate == "nohouse"


def test_both_unsure_are_confirmed_together(talk: Talk) -> None:
    reply = talk.say(
        "那个要那个吗",
        matter="rent",
        matter_level=Level.CONFIRM,
        certificates=("nohouse",),
        certificate_level=Level.CONFIRM,
    )
    assert "办“公租房申请”的登记查询证明" in words_of(reply)
    assert talk.press("confirm:yes").understood.verdict == "not_needed"


def test_an_open_certificate_is_asked_for(talk: Talk) -> None:
    reply = talk.say(
        "公租房要那张纸吗",
        matter="rent",
        certificate_level=Level.OPEN,
        certificate_candidates=guess(income=0.3, marry=0.2),
    )
    assert (reply.asks, reply.understood.matter) == ("certificate", "rent")
    assert values_of(reply)[:2] == ["certificate:income", "certificate:marry"]
    assert talk.press("certificate:marry").understood.matter == "rent"


def test_an_open_certificate_without_candidates_asks_for_both(talk: Talk) -> None:
    assert talk.say("那张纸要吗", certificate_level=Level.OPEN).asks == "matter"


def test_a_matter_alone_asks_which_certificate(talk: Talk) -> None:
    reply = talk.say("公租房还要证明吗", matter="rent")
    assert (reply.asks, reply.understood.matter, reply.understood.verdict) == ("certificate", "rent", "clarify")


@pytest.mark.parametrize(
    ("level", "asks"), [(Level.ABSENT, "matter"), (Level.OPEN, "matter"), (Level.CONFIRM, "confirm")]
)
def test_without_any_certificate_it_asks_first_for_the_matter(talk: Talk, level: Level, asks: str) -> None:
    matter = "rent" if level is Level.CONFIRM else None
    reply = talk.say("证明还要吗", matter=matter, matter_level=level, matters=guess(rent=0.5))
    assert reply.asks == asks


# What is offered next


def test_what_spares_offers_the_list_and_what_to_do_if_they_insist(talk: Talk) -> None:
    reply = talk.say("公租房要无房证明吗", matter="rent", certificates=("nohouse",))
    assert values_of(reply) == ["act:list", "act:still"]


def test_a_paper_to_be_fetched_offers_the_way_to_it(talk: Talk) -> None:
    assert values_of(talk.say("?", matter="passport", certificates=("id",))) == ["act:list", "act:obtain"]
    assert values_of(talk.say("?", matter="rent", certificates=("id",), person="agent")) == ["act:list"]


def test_the_day_counts() -> None:
    reply = Talk(today=date(2020, 10, 1)).say("出生登记结婚证", matter="birth", certificates=("marry",))
    assert reply.understood.verdict == "needed"
    assert "2020-12-31" in words_of(reply)


def test_other_intents_are_left_alone(talk: Talk) -> None:
    assert talk.say("公租房身份证", Intent.SMALLTALK, matter="rent", certificates=("id",)).understood.verdict is None
