"""What is wrong with a row, and what is only worth a remark."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.domain.catalogue import Measure
from bot.domain.forms import FormReport
from tests.unit.catalogue.forms.filling import UNIT, row_2, row_3

Save = Callable[..., Path]
Examine = Callable[..., FormReport]


def codes(report: FormReport) -> list[tuple[int | None, str]]:
    return [(note.row, note.code) for note in report.errors]


def remarks(report: FormReport) -> list[tuple[int | None, str]]:
    return [(note.row, note.code) for note in report.remarks if note.code not in {"no_annex2", "measure_missing"}]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (row_2(issuer=None), "missing_issuer", "D"),
        (row_2(issuer="—"), "missing_issuer", "D"),
        (row_2(issuer="无"), "missing_issuer", "D"),
        (row_2(certificate=None), "missing_certificate", "C"),
        (row_2(matter=None), "missing_matter", "E"),
        (row_2(matter="登月手续"), "unknown_matter", "E"),
        (row_2(unit="海曙区智慧民生服务局"), "unknown_unit", "B"),
        (row_2(cancel="√", keep="√"), "both_cancel_and_keep", "G"),
        (row_2(keep=None), "no_measure", "G"),
    ],
)
def test_a_wrong_row_of_annex_2(annex_2: Save, examine: Examine, row: list[Any], code: str, column: str) -> None:
    report = examine(annex_2([row, row_2("居民户口簿")]))
    assert [(note.row, note.column, note.code) for note in report.errors] == [(7, column, code)]
    assert [accepted.row for accepted in report.accepted] == [8]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (row_3("居民户口簿", "√", "√"), "two_measures", "E"),
        (row_3("居民户口簿", None, None, None, "√", None, "√"), "two_measures", "H"),
        (row_3("居民户口簿", None), "no_measure", None),
        (row_3("居民户口簿", None, None, None, None, "√"), "other_way_missing", "I"),
        (row_3("结婚证（办理登月手续时）"), "unknown_matter", "C"),
        (row_3("健在证明"), "proposed_for_cancel", "C"),
        (row_3("职业技能等级证书"), "not_in_annex2", "C"),
    ],
)
def test_a_wrong_row_of_annex_3(annex_3: Save, examine: Examine, row: list[Any], code: str, column: str | None) -> None:
    report = examine(annex_3([row, row_3("离婚证")]))
    assert [(note.row, note.column, note.code) for note in report.errors] == [(7, column, code)]
    assert [accepted.row for accepted in report.accepted] == [8]


def test_all_that_is_wrong_with_a_row_is_said_at_once(annex_2: Save, examine: Examine) -> None:
    report = examine(annex_2([row_2(matter=None, issuer=None, keep=None)]))
    assert [code for _, code in codes(report)] == ["missing_issuer", "missing_matter", "no_measure"]


def test_a_name_that_is_nearly_right_is_offered(annex_2: Save, examine: Examine) -> None:
    report = examine(annex_2([row_2(matter="最低生活保障认订")]))
    assert "“最低生活保障认定”" in report.errors[0].message


def test_the_same_certificate_twice_is_a_duplicate_under_any_of_its_names(annex_3: Save, examine: Examine) -> None:
    report = examine(annex_3([row_3("机动车行驶证"), row_3("行驶证"), row_3("机动车行驶证（复印件）")]))
    assert codes(report) == [(8, "duplicate_row"), (9, "duplicate_row")]


def test_a_certificate_may_stand_once_for_each_matter_and_once_for_the_others(annex_3: Save, examine: Examine) -> None:
    report = examine(
        annex_3(
            [
                row_3("结婚证"),
                row_3("结婚证（办理离婚登记时）", None, "√"),
                row_3("结婚证（办理补领婚姻登记证、离婚登记时）", None, "√"),
            ]
        )
    )
    assert codes(report) == [(9, "duplicate_row")]
    assert report.accepted[1].matter_ids == ("mz-divorce",)


def test_a_row_that_was_wrong_does_not_make_the_right_one_a_duplicate(annex_3: Save, examine: Examine) -> None:
    report = examine(annex_3([row_3(issuer=None), row_3()]))
    assert codes(report) == [(7, "missing_issuer")]
    assert [row.row for row in report.accepted] == [8]


def test_annex_2_decides_matter_by_matter(annex_2: Save, annex_3: Save, examine: Examine) -> None:
    registered = annex_2([row_2("结婚证", "离婚登记"), row_2("结婚证", "收养登记", cancel="√")])
    rows = [
        row_3("结婚证"),
        row_3("结婚证（离婚登记时）"),
        row_3("结婚证（收养登记时）"),
        row_3("结婚证（临时救助时）"),
        row_3("结婚证（收养登记、离婚登记时）"),
    ]
    report = examine(annex_3(rows), registered)
    assert codes(report) == [
        (9, "proposed_for_cancel"),
        (10, "not_in_annex2"),
        (11, "duplicate_row"),
        (11, "proposed_for_cancel"),
    ]


def test_what_annex_3_leaves_open_is_named(annex_2: Save, annex_3: Save, examine: Examine) -> None:
    registered = annex_2(
        [row_2("结婚证", "离婚登记"), row_2("居民户口簿"), row_2("健在证明", "高龄津贴发放", cancel="√")]
    )
    (note,) = examine(annex_3([row_3("居民户口簿")]), registered).remarks
    assert note.code == "measure_missing"
    assert note.message.endswith("结婚证")


def test_a_certificate_that_is_new_in_annex_2_is_known_in_annex_3(
    annex_2: Save, annex_3: Save, examine: Examine
) -> None:
    registered = annex_2([row_2("宠物婚配证明")])
    report = examine(annex_3([row_3("宠物 婚配证明")]), registered)
    assert codes(report) == []
    assert report.accepted[0].certificate_id is None
    assert remarks(report) == [(7, "new_certificate")]


def test_without_annex_2_and_catalogue_nothing_is_objected(annex_3: Save, examine: Examine) -> None:
    head = [["填报单位：南门街道"]]
    report = examine(annex_3([row_3("职业技能等级证书", unit=None)], head=head))
    assert (report.unit_id, codes(report), len(report.accepted)) == ("t-nanmen", [], 1)


def test_other_names_are_taken_with_a_remark(annex_2: Save, examine: Examine) -> None:
    report = examine(annex_2([row_2("户口本", "办低保")]))
    assert [(row.certificate_id, row.certificate_name, row.matter_ids) for row in report.accepted] == [
        ("hukou", "户口本", ("mz-dibao",))
    ]
    assert remarks(report) == [(7, "alias_name"), (7, "alias_name")]


@pytest.mark.parametrize(
    "unit",
    [
        "海曙区民政局",
        "区民政局",
        "民政局",
        " 宁波市 海曙区民政局 ",
        "宁波市海曙区民政局（盖章）",
        "宁波市海曙区民政局婚姻登记处",
        UNIT,
    ],
)
def test_a_unit_is_known_by_many_names(annex_2: Save, examine: Examine, unit: str) -> None:
    report = examine(annex_2([row_2(unit=unit)]))
    assert [row.unit_id for row in report.accepted] == ["minzheng"]


@pytest.mark.parametrize("unit", ["鄞州区民政局", "局", "宁波市民政局"])
def test_a_unit_of_another_place_is_not_taken_for_ours(annex_2: Save, examine: Examine, unit: str) -> None:
    assert codes(examine(annex_2([row_2(unit=unit)]))) == [(7, "unknown_unit")]


def test_a_row_of_another_unit_is_remarked_and_kept_with_the_reporter(annex_2: Save, examine: Examine) -> None:
    report = examine(annex_2([row_2(), row_2("残疾人证", "养老服务补贴申请", unit="区残联")]))
    assert remarks(report) == [(8, "other_unit")]
    assert [(row.unit_id, row.reporter_id) for row in report.accepted] == [
        ("minzheng", "minzheng"),
        ("canlian", "minzheng"),
    ]


def test_keeping_without_a_legal_basis_is_remarked(annex_2: Save, examine: Examine) -> None:
    rows = [row_2(basis=None), row_2("居民户口簿", basis="无法律法规依据"), row_2("离婚证", basis=None, cancel="√")]
    assert remarks(examine(annex_2(rows))) == [(7, "kept_without_basis"), (8, "kept_without_basis")]


def test_several_matters_in_one_cell_are_all_taken(annex_2: Save, examine: Examine) -> None:
    (row,) = examine(annex_2([row_2(matter="结婚登记、离婚登记\n孤儿和困境儿童基本生活保障")])).accepted
    assert len(row.matter_ids) == 3
    assert row.matter_ids[2] == "mz-orphan"


def test_crosses_beside_a_tick_mean_no(annex_3: Save, examine: Examine) -> None:
    report = examine(annex_3([row_3("居民户口簿", "√", "×", "×", "×", "×", "×"), row_3("离婚证", None, "x")]))
    assert [row.measure for row in report.accepted] == [Measure.SHARE, Measure.VERIFY]


@pytest.mark.parametrize("unknown", ["结婚证（国内）", "结婚证（新版）"])
def test_brackets_that_name_no_matter_are_part_of_the_name(annex_3: Save, examine: Examine, unknown: str) -> None:
    report = examine(annex_3([row_3("结婚证"), row_3(unknown, None, "√")]))
    assert codes(report) == []
    assert remarks(report) == [(8, "alias_name")]
    assert [row.certificate_id for row in report.accepted] == ["marry", "marry"]
