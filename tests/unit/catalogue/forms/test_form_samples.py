"""The sample workbooks come out as their description says."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.domain.catalogue import Measure
from bot.domain.forms import Form, FormReport
from tests.unit.catalogue.forms.filling import SAMPLES

Examine = Callable[..., FormReport]
ANNEX_2 = SAMPLES / "annex2_minzheng.xlsx"
PLANTED = {
    8: "missing_issuer",
    10: "two_measures",
    12: "other_way_missing",
    14: "unknown_unit",
    16: "duplicate_row",
    18: "proposed_for_cancel",
    20: "not_in_annex2",
    21: "no_measure",
    23: "two_measures",
    24: "missing_certificate",
}


def test_annex_2_of_a_unit_is_read_whole(examine: Examine) -> None:
    report = examine(ANNEX_2)
    assert (report.form, report.unit_id, report.reported_on) == (Form.ANNEX_2, "minzheng", date(2019, 8, 2))
    assert (report.row_count, len(report.accepted), report.errors, report.remarks) == (99, 99, (), ())
    assert [row.row for row in report.accepted] == list(range(7, 106))
    measures = [row.measure for row in report.accepted]
    assert (measures.count(Measure.CANCEL), measures.count(None)) == (9, 90)


@pytest.mark.parametrize(
    ("name", "unit_id", "counts"),
    [
        (
            "annex3_minzheng.xlsx",
            "minzheng",
            {
                Measure.OTHER: 1,
                Measure.SHARE: 20,
                Measure.VERIFY: 7,
                Measure.SUBSTITUTE: 2,
                Measure.COMMITMENT: 4,
                Measure.NOT_YET: 4,
            },
        ),
        (
            "annex3_gongan.xlsx",
            "gongan",
            {
                Measure.OTHER: 1,
                Measure.SHARE: 21,
                Measure.VERIFY: 2,
                Measure.SUBSTITUTE: 2,
                Measure.COMMITMENT: 6,
                Measure.NOT_YET: 1,
            },
        ),
    ],
)
def test_annex_3_of_a_unit_is_read_whole(examine: Examine, name: str, unit_id: str, counts: dict[Measure, int]) -> None:
    report = examine(SAMPLES / name)
    assert (report.form, report.unit_id, report.reported_on) == (Form.ANNEX_3, unit_id, date(2019, 10, 25))
    assert (report.row_count, report.errors) == (len(report.accepted), ())
    assert {measure: sum(row.measure is measure for row in report.accepted) for measure in counts} == counts


def test_matters_in_brackets_are_understood(examine: Examine) -> None:
    rows = {row.row: row for row in examine(SAMPLES / "annex3_minzheng.xlsx", ANNEX_2).accepted}
    assert (rows[11].certificate_id, rows[11].matter_ids) == ("marry", ())
    assert (rows[12].certificate_id, rows[12].certificate_name, rows[12].matter_ids) == (
        "marry",
        "结婚证",
        ("mz-remarry",),
    )
    assert rows[28].matter_ids == ("mz-grave",)
    assert rows[6].way == "现场刷脸核验身份"
    police = {row.row: row for row in examine(SAMPLES / "annex3_gongan.xlsx").accepted}
    assert (police[7].certificate_id, police[7].matter_ids) == ("id", ("cj-pass", "cj-hkm"))


def test_a_whole_annex_3_leaves_nothing_of_annex_2_open(examine: Examine) -> None:
    assert examine(SAMPLES / "annex3_minzheng.xlsx", ANNEX_2).remarks == ()


@pytest.mark.parametrize("against", [ANNEX_2, None], ids=["annex 2", "catalogue"])
def test_planted_errors_are_found_and_nothing_else(examine: Examine, against: object) -> None:
    report = examine(SAMPLES / "annex3_with_errors.xlsx", against)
    assert {note.row: note.code for note in report.errors} == PLANTED
    assert len(report.errors) == len(PLANTED)
    assert report.row_count == 20
    assert [row.row for row in report.accepted] == [6, 7, 9, 11, 13, 15, 17, 19, 22, 25]
    remarks = {note.row: note.code for note in report.remarks}
    assert remarks.pop(19) == "alias_name"
    assert set(remarks.values()) <= {"no_annex2", "measure_missing"}


def test_errors_name_the_cell_in_words(examine: Examine) -> None:
    notes = {note.row: note for note in examine(SAMPLES / "annex3_with_errors.xlsx", ANNEX_2).errors}
    assert (notes[8].sheet, notes[8].column) == ("附件3", "D")
    assert "证明开具单位" in notes[8].message
    assert "第7行" in notes[16].message
    assert "健在证明" in notes[18].message


def test_a_nil_return_is_held_against_the_catalogue(examine: Examine) -> None:
    report = examine(SAMPLES / "annex2_nil_return.xlsx")
    assert (report.nil_return, report.nil_unit_ids, report.unit_id) == (True, ("wenlian",), "wenlian")
    assert (report.row_count, report.accepted, report.errors) == (0, (), ())
    assert [(note.row, note.code) for note in report.remarks] == [(7, "nil_but_in_catalogue")]
