"""Rows of the catalogue that contradict themselves, each found by file, row and words."""

from typing import Any

import pytest

from bot.catalogue.check import check_data

RULES, PLAN = "山城市免证规定", "山减〔2019〕1号"

ERRORS = {
    "a row without basis": ("c1", {"legal_basis": ""}, "catalogue.csv 第2行（c1）", "“legal_basis”一列是空的"),
    "a cancelled row without a clause to cancel": (
        "c1",
        {"measure_2019": "取消", "channel_2020": "不适用（已取消）", "legal_basis": f"{RULES} 第一条"},
        "catalogue.csv 第2行（c1）",
        f"措施是“取消”，依据里却没有它的条款，应当有“{PLAN} 一（1）”或者“{RULES} 第二条第一款”",
    ),
    "a cancelled row with a time limit": (
        "c2",
        {"measure_2019": "取消", "channel_2020": "不适用（已取消）", "legal_basis": f"{PLAN} 一（1）"},
        "catalogue.csv 第3行（c2）",
        "只有“核实”才写核实时限，这一行是“取消”，请清空“verify_time_limit”",
    ),
    "a clause of another measure": (
        "c3",
        {"legal_basis": f"{PLAN} 一（5）；{PLAN} 一（2）“共享一批”"},
        "catalogue.csv 第4行（c3）",
        f"措施是“承诺”，依据里却引了“共享”的条款“{PLAN} 一（2）”",
    ),
    "a channel that does not carry out the measure": (
        "c3",
        {"channel_2020": "省市公共数据共享平台电子证照"},
        "catalogue.csv 第4行（c3）",
        "措施“承诺”和渠道“公共数据共享平台”对不上，渠道应当是：告知承诺制等其他",
    ),
    "a cancelled row with a channel": (
        "c3",
        {"measure_2019": "取消", "legal_basis": f"{PLAN} 一（1）"},
        "catalogue.csv 第4行（c3）",
        "措施“取消”和渠道“告知承诺制等其他”对不上，渠道应当是：不适用",
    ),
    "the clock of the other kind of matter": (
        "c2",
        {"verify_time_limit": "24小时内，且不晚于承诺时限前一个工作日"},
        "catalogue.csv 第3行（c2）",
        "这个事项是即办，核实时限应当是“半小时内”",
    ),
    "a verification without a clock": (
        "c2",
        {"verify_time_limit": ""},
        "catalogue.csv 第3行（c2）",
        "措施是“核实”，却没有写核实时限",
    ),
    "not yet possible without reason": (
        "c3",
        {"measure_2019": "暂时无法实现", "channel_2020": "不适用", "legal_basis": f"{PLAN} 附件3", "reason": ""},
        "catalogue.csv 第4行（c3）",
        "“暂时无法实现”要在“reason”一列写明原因",
    ),
    "nothing to do for the citizen": (
        "c3",
        {"citizen_action": ""},
        "catalogue.csv 第4行（c3）",
        "“citizen_action”一列是空的",
    ),
    "out of scope without a note": (
        "c3",
        {"scope": "不适用"},
        "catalogue.csv 第4行（c3）",
        "范围是“不适用”，请在“scope_note”一列写明为什么",
    ),
    "out of scope and yet spared": (
        "c3",
        {"scope": "不适用", "scope_note": "市外出具"},
        "catalogue.csv 第4行（c3）",
        "范围是“不适用”（要自己带），措施却写了“承诺”（不用带）",
    ),
    "by reference for an ordinary unit": (
        "c1",
        {"scope": "参照适用"},
        "catalogue.csv 第2行（c1）",
        "范围写了“参照适用”，可办理单位在 units.csv 里不是参照适用的单位",
    ),
    "not by reference for a bank": (
        "c4",
        {"scope": "适用"},
        "catalogue.csv 第5行（c4）",
        "办理单位是参照适用的单位，范围应当写“参照适用”，这里写了“适用”",
    ),
    "the plan alone for a certificate of the city": (
        "c2",
        {"scope": "仅2019年方案"},
        "catalogue.csv 第3行（c2）",
        "范围写了“仅2019年方案”，可这张证明由本市政务服务单位出具",
    ),
    "the rules for a certificate of an employer": (
        "c3",
        {"scope": "适用"},
        "catalogue.csv 第4行（c3）",
        "这张证明由社会机构或企业出具，不是2020年规定所称的证件（证明）",
    ),
    "a face check that forgets agents": (
        "c1",
        {"citizen_action": "本人刷脸或者出示电子证照"},
        "catalogue.csv 第2行（c1）",
        "刷脸只能本人来",
    ),
    "in force before its documents": (
        "c3",
        {"effective_from": "2019-07-25"},
        "catalogue.csv 第4行（c3）",
        "生效日期“2019-07-25”早于依据的文件（2019-07-26）",
    ),
    "official without a source": ("c3", {"origin": "official"}, "catalogue.csv 第4行（c3）", "“origin”写了 official"),
    "an article that the rules do not have": (
        "c1",
        {"legal_basis": f"{RULES} 第三条第一项、第二十四条"},
        "catalogue.csv 第2行（c1）",
        f"“{RULES}”没有“第二十四条”，请核对条款",
    ),
    "an item that the article does not have": (
        "c1",
        {"legal_basis": f"{RULES} 第三条第一项；{RULES} 第三条第六项"},
        "catalogue.csv 第2行（c1）",
        f"“{RULES}”没有“第三条第六项”",
    ),
    "a paragraph that the article does not have": (
        "c1",
        {"legal_basis": f"{RULES} 第三条第一项、第二条第三款"},
        "catalogue.csv 第2行（c1）",
        f"“{RULES}”没有“第二条第三款”",
    ),
    "a document that nobody knows": (
        "c1",
        {"legal_basis": f"{RULES} 第三条第一项；水城市通知 第一条"},
        "catalogue.csv 第2行（c1）",
        "没有见过“水城市通知 第一条”这份文件",
    ),
}

REMARKS = {
    "a unit that checks its own records": (
        ("matters", "luohu", {"unit": "min"}),
        ("c2", {"verify_time_limit": ""}),
        "catalogue.csv 第3行（c2）",
        "证明由办理单位自己出具，不用请别的单位核实",
    ),
    "a face check without another way": (
        None,
        ("c1", {"citizen_action": "本人刷脸；代办的要带身份证"}),
        "catalogue.csv 第2行（c1）",
        "办法里只写了刷脸",
    ),
    "a commitment where harm is great": (
        ("matters", "dibao", {"name": "烟花经营许可"}),
        ("c3", {}),
        "catalogue.csv 第4行（c3）",
        "事项涉及“烟花”，属于风险较大的领域",
    ),
    "the plan alone for a unit that it does not bind": (
        ("units", "min", {"batch": "other"}),
        ("c3", {}),
        "catalogue.csv 第4行（c3）",
        "可办理单位不在方案的名单里",
    ),
}


def test_a_city_without_mistakes_has_no_findings(city: Any) -> None:
    assert city.errors() == []
    assert city.remarks() == []


@pytest.mark.parametrize(("key", "cells", "place", "words"), ERRORS.values(), ids=ERRORS)
def test_a_contradiction_is_an_error(city: Any, key: str, cells: dict[str, str], place: str, words: str) -> None:
    city.change("catalogue", key, **cells)
    assert any(error.startswith(f"{place}：") and words in error for error in city.errors())


@pytest.mark.parametrize(("setting", "row", "place", "words"), REMARKS.values(), ids=REMARKS)
def test_what_may_be_right_is_a_remark(city: Any, setting: Any, row: Any, place: str, words: str) -> None:
    if setting:
        table, key, cells = setting
        city.change(table, key, **cells)
    city.change("catalogue", row[0], **row[1])
    assert city.errors() == []
    assert [remark for remark in city.remarks() if remark.startswith(f"{place}：") and words in remark]


def test_an_official_row_may_be_older_than_the_documents(city: Any) -> None:
    city.change("catalogue", "c3", origin="official", source="某法第一条", effective_from="2003-10-01")
    assert city.errors() == []


def test_a_village_or_employer_certificate_may_be_cancelled_for_all(city: Any) -> None:
    cells = {"measure_2019": "取消", "channel_2020": "不适用", "legal_basis": f"{PLAN} 一（1）", "scope": "适用"}
    city.change("catalogue", "c3", **cells)
    assert city.errors() == []


def test_a_government_certificate_names_its_unit(city: Any) -> None:
    city.change("certificates", "marry", issuer_unit_id="")
    expected = "certificates.csv 第3行：“结婚证”由本市政务服务单位出具，请在“issuer_unit_id”一列写明是哪个单位"
    assert expected in city.errors()


def test_a_city_without_lists_of_documents_is_not_asked_for_clauses(city: Any) -> None:
    for table in ("documents", "measures", "articles", "local_facts"):
        del city.tables[table]
    city.change("catalogue", "c1", legal_basis="本市通知")
    assert city.errors() == []


def test_what_the_loader_refuses_is_named_and_the_rest_is_still_checked(city: Any) -> None:
    city.change("matters", "luohu", unit="nobody")
    city.change("catalogue", "c4", matter_id="nothing")
    city.language["fillers"] = {"planet": ["火星"]}
    errors = city.errors()
    assert "matters.csv 第3行：办理单位“nobody”不在 units.csv 里" in errors
    assert "catalogue.csv 第5行（c4）：事项“nothing”不在 matters.csv 里" in errors
    assert any(error.startswith("fillers.yaml 第2行：没有叫 planet 的槽位") for error in errors)


def test_a_table_that_cannot_be_read_is_not_blamed_on_the_others(city: Any) -> None:
    city.report()
    path = city.directory / "tables" / "matters.csv"
    path.write_bytes(path.read_text("utf-8").encode("gbk"))
    errors = [str(error) for error in check_data(city.directory / "tables", city.directory / "language").errors]
    assert errors == ["matters.csv：不是UTF-8编码，请另存为“CSV UTF-8”"]
