"""Verdict cards."""

from datetime import date

import pytest

from bot.dialogue.cards import Cards
from bot.dialogue.replies import Replies
from bot.domain.catalogue import Catalogue, Measure, Origin
from bot.domain.conversation import Part
from bot.domain.verdict import Circumstances, IssuedWhere, Person
from bot.verdict import decide
from tests.city import FACTS, TODAY, make_city, make_entry


def make_card(
    matter: str | None,
    certificate: str,
    city: Catalogue | None = None,
    on: date = TODAY,
    words: str = "",
    **told: Person | IssuedWhere,
) -> Part:
    city = city or make_city()
    verdict = decide(
        city,
        matter_id=matter,
        certificate_id=certificate,
        circumstances=Circumstances(**told),
        on=on,  # type: ignore[arg-type]
    )
    return Cards(city, Replies.load(city.facts), "v1").make(verdict, words)


def test_the_card_carries_the_whole_answer() -> None:
    card = make_card("rent", "nohouse")
    assert card.type == "verdict"
    assert (card.title, card.verdict, card.measure) == ("登记查询证明：不用带", "not_needed", "共享")
    assert (card.basis, card.entries, card.version) == (("规定 第九条",), ("rent-nohouse",), "v1")
    assert card.is_sample is False
    assert card.text == "登记查询证明：不用带。办“公租房申请”时，不用带，窗口在线调取。依据：规定 第九条。"


def test_the_word_of_the_citizen_comes_first() -> None:
    assert make_card("rent", "nohouse", words="公租房要房产证明吗").title == "房产证明（登记查询证明）：不用带"
    assert make_card("rent", "id", words="身份证要吗").title == "居民身份证：不用带"


def test_face_recognition_is_never_the_only_way() -> None:
    card = make_card("rent", "id")
    assert "刷脸" in card.text
    assert "电子证照" in card.text
    assert "户口簿、社保卡也可以证明身份（省规定 第九条）" in card.text


def test_every_face_check_has_a_way_without_a_face_even_without_the_article() -> None:
    assert "不方便刷脸的" in make_card("rent", "id", make_city(articles={})).text


def test_a_verification_says_who_asks_whom_and_by_when() -> None:
    text = make_card("passport", "nohouse", make_city(facts=FACTS | {"limit_instant": "半小时内"})).text
    assert "由公安局去向登记中心核实，半小时内有回音，您等结果就行，不用自己跑" in text


def test_a_look_into_ones_own_records_has_no_clock() -> None:
    city = make_city(make_entry("rent", "id", Measure.VERIFY, action="本单位系统里能查到"))
    assert "核实，" not in make_card("rent", "id", city).text


def test_a_substitute_is_to_be_brought() -> None:
    assert "记得带上用来代替的" in make_card("rent", "diag").text


def test_a_commitment_is_read_signed_and_true() -> None:
    text = make_card("rent", "income").text
    for word in ("看清", "签", "真", "担责"):
        assert word in text


def test_an_entry_without_words_of_its_own_is_told_by_its_measure() -> None:
    assert "由窗口在线调取" in make_card("rent", "marry").text


def test_sample_data_is_said_to_be_such() -> None:
    card = make_card("rent", "income")
    assert card.is_sample is True
    assert card.text.endswith("（示例数据，尚未经单位确认）")


def test_by_reference_and_plan_alone_are_noted() -> None:
    assert "参照" in make_card("loan", "marry").text
    assert "2019年方案" in make_card("rent", "income").text


def test_not_listed_says_what_to_answer_at_the_counter() -> None:
    text = make_card("passport", "blood").text
    for word in ("目录里没有", "可以这样说", "规定 第八条", "国家条例 第四十四条", "企业和个体户"):
        assert word in text


@pytest.mark.parametrize(("certificate", "word"), [("abroad", "境外出具，平台查不到"), ("court", "法院")])
def test_what_is_excluded_says_why(certificate: str, word: str) -> None:
    text = make_card("rent", certificate).text
    assert "要带。" in text
    assert word in text


def test_an_exclusion_and_a_gap_without_a_reason_are_told_plainly() -> None:
    bare = make_city(
        make_entry("rent", "marry", Measure.NOT_YET),
        make_entry("rent", "court", Measure.NOT_YET, scope=make_city().entries["rent-court"].scope),
        make_entry("rent", "abroad", Measure.NOT_YET, scope=make_city().entries["rent-court"].scope),
    )
    assert "目前还免不了，要自己准备。" in make_card("rent", "marry", bare).text
    assert "不在免交的范围。" in make_card("rent", "abroad", bare).text


def test_an_agent_is_told_what_to_bring_and_nothing_that_spares() -> None:
    text = make_card("rent", "id", person=Person.AGENT).text
    assert text.startswith("居民身份证：要带。")
    assert "不用带" not in text
    assert "规定 第十二条" in text


def test_from_outside_it_is_looked_up_first() -> None:
    card = make_card("rent", "marry", issued=IssuedWhere.OUTSIDE)
    assert card.title == "结婚证：看情况"
    assert "先请窗口在线查一查" in card.text


def test_before_its_day_it_names_the_day() -> None:
    assert "2020-12-31" in make_card("birth", "marry", on=date(2020, 9, 1)).text


@pytest.mark.parametrize(
    ("measure", "told", "word"),
    [
        (Measure.NOT_YET, {}, "目前都要自己准备"),
        (Measure.SHARE, {"issued": IssuedWhere.OUTSIDE}, "先请窗口在线查"),
        (Measure.SHARE, {"person": Person.AGENT}, "替别人办的，这一样还要带上"),
    ],
)
def test_one_verdict_for_many_matters(measure: Measure, told: dict[str, Person | IssuedWhere], word: str) -> None:
    city = make_city(*(make_entry(matter, "id", measure, action="不用带") for matter in ("rent", "loan")))
    text = make_card(None, "id", city, **told).text
    assert word in text
    assert "不用带" not in text


def test_different_ways_for_many_matters_are_summed_up() -> None:
    text = make_card(None, "nohouse").text
    assert "目录里用到它的2件事都一样：都不用您自己交" in text


def test_many_articles_are_cut_in_the_text_but_kept_in_the_card() -> None:
    entry = make_entry("rent", "id", Measure.CANCEL, legal_basis=("甲", "乙", "丙", "丁"), origin=Origin.OFFICIAL)
    card = make_card("rent", "id", make_city(entry))
    assert "依据：甲；乙；丙等。" in card.text
    assert card.basis == ("甲", "乙", "丙", "丁")
