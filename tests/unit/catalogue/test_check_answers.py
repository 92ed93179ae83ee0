"""Answers of the FAQ that are too long, or say a number that the tables do not know."""

from typing import Any


def test_an_answer_may_have_two_hundred_characters(city: Any) -> None:
    city.ask("long", "长" * 200, ["长不长"])
    assert city.errors() == []
    city.faq[0]["answer"] += "了"
    assert city.errors() == ["faq.yaml 第1行（long）：答案有 201 个字，超过 200 个字，请写短一点"]


def test_a_number_that_contradicts_a_fact_is_an_error(city: Any) -> None:
    city.ask("batch", "第一批45家单位，从2020年9月2日起。", ["哪几家"])
    assert city.errors() == [
        "faq.yaml 第1行（batch）：答案写“第一批45家”，第一批单位数却是 44（local_facts.csv 第4行）",
        "faq.yaml 第1行（batch）：答案写“从2020年9月2日起”，施行日期却是 2020年9月1日（local_facts.csv 第5行）",
    ]


def test_a_number_that_agrees_is_no_finding(city: Any) -> None:
    city.ask("batch", "第一批44家，从2020年9月1日起，2021年5月做完，24小时内答复，打12345。", ["哪几家"])
    assert city.errors() == city.remarks() == []


def test_an_unknown_telephone_number_is_an_error(city: Any) -> None:
    city.ask("phone", "请打12346。", ["打哪个电话"])
    assert city.errors() == [
        "faq.yaml 第1行（phone）：答案里的号码“12346”在 local_facts.csv 和 units.csv 里都没有，请核对"
    ]
    city.change("units", "min", phone="12346")
    assert city.errors() == []


def test_another_unknown_number_is_a_remark(city: Any) -> None:
    city.ask("many", "一共78种，2021年3月4日算的。", ["一共多少"])
    assert city.errors() == []
    assert city.remarks() == [
        "faq.yaml 第1行（many）：答案里的“2021年3月4日”在 local_facts.csv 和这一条的出处里都没有，请核对",
        "faq.yaml 第1行（many）：答案里的“78”在 local_facts.csv 和这一条的出处里都没有，请核对",
    ]


def test_a_source_must_name_an_article_that_exists(city: Any) -> None:
    city.ask("source", "是的。", ["真的吗"], sources=["山城市免证规定 第九条"])
    assert city.errors() == ["faq.yaml 第1行（source）：“山城市免证规定”没有“第九条”，请核对条款"]


def test_asks_and_sources_are_lists(city: Any) -> None:
    city.ask("list", "是的。", ["真的吗"])
    city.faq[0]["asks"] = "真的吗"
    assert city.errors() == ["faq.yaml 第1条：asks 要写成列表，每行一条，前面加“- ”"]
