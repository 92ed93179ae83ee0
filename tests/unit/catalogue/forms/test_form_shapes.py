"""A form is found and read however an office has laid it out."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.domain.catalogue import Measure
from bot.domain.forms import Form, FormRejectedError, FormReport
from tests.unit.catalogue.forms.filling import (
    ANNEX_2_HEADING,
    ANNEX_3_HEADING,
    LAW,
    SAMPLES,
    UNIT,
    fill_sheet,
    row_2,
    row_3,
)

Save = Callable[..., Path]
Examine = Callable[..., FormReport]


def edit(source: Path, target: Path, change: Callable[[Worksheet], None]) -> Path:
    """A copy of a workbook with a change made in its first sheet."""
    book = openpyxl.load_workbook(source)
    change(book.worksheets[0])
    book.save(target)
    return target


def unmerge(sheet: Worksheet) -> None:
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))


def test_columns_may_stand_in_any_order_with_others_between(annex_2: Save, examine: Examine) -> None:
    heading = [
        ["填表人意见", "保留", "办理事项", "取消", "办件量", "出具单位", "证明名称", "设定依据", "单位名称", "No."]
    ]
    rows = [["同意", "✓", "结婚登记", None, 120, "公安机关", "居民身份证", LAW, UNIT, "A-1"]]
    report = examine(annex_2(rows, heading=heading))
    assert report.errors == ()
    (row,) = report.accepted
    assert (row.certificate_id, row.issuer, row.matter_ids, row.basis, row.measure) == (
        "id",
        "公安机关",
        ("mz-marry",),
        LAW,
        None,
    )


def test_headings_may_hold_line_breaks_full_width_and_blanks(annex_2: Save, examine: Examine) -> None:
    heading = [
        [
            "序　号",
            "管理或服务\r\n单位名称",
            "证明\n材料\n名称",
            "证 明 开 具 单 位",
            "证明对应的\n办理事项（全称）",
            "索取证明依据",
            "梳理结果建议（打√）",
        ],
        [None, None, None, None, None, None, "取 消", "保\n留"],
    ]
    assert len(examine(annex_2([row_2()], heading=heading)).accepted) == 1


def test_the_form_is_told_by_its_headings_whatever_the_title_says(annex_3: Save, examine: Examine) -> None:
    head = [
        ["附件2"],
        ["某某局证明清单（报司法局）"],
        ["填报单位：", None, "区民政局"],
        ["填报日期：", None, date(2019, 8, 2)],
    ]
    report = examine(annex_3([row_3(unit=None)], head=head))
    assert (report.form, report.unit_id, report.reported_on) == (Form.ANNEX_3, "minzheng", date(2019, 8, 2))


@pytest.mark.parametrize(
    "line",
    [
        "填报单位名称（加盖公章）：宁波市海曙区民政局（盖章）填报日期：2019.8.2",
        "填报单位(公章)：海曙区民政局      填报时间：２０１９年８月２日",
        "单位名称：区民政局  日期：二〇一九年八月二日",
        "填报单位：区民政局\n填报日期 19.8.2",
        "填报单位（盖章）：区民政局    2019年8月2日",
        "报送单位 ： __区民政局__ 报送日期：20190802 联系人：李某",
    ],
)
def test_unit_and_day_in_one_line(annex_2: Save, examine: Examine, line: str) -> None:
    report = examine(annex_2([row_2(unit=None)], head=[["某表"], [line]]))
    assert (report.unit_id, report.reported_on) == ("minzheng", date(2019, 8, 2))
    assert len(report.accepted) == 1


def test_unit_and_day_may_stand_below_the_table(tmp_path: Path, examine: Examine) -> None:
    book = openpyxl.Workbook()
    fill_sheet(book.worksheets[0], [row_2(unit=None)], ANNEX_2_HEADING, [["登记表"]])
    book.worksheets[0].append(["填报单位：区民政局", None, None, None, None, "填报日期：2019年8月2日"])
    book.save(tmp_path / "x.xlsx")
    report = examine(tmp_path / "x.xlsx")
    assert (report.unit_id, report.reported_on, len(report.accepted)) == ("minzheng", date(2019, 8, 2), 1)


def test_a_form_without_unit_line_belongs_to_the_unit_of_its_rows(annex_2: Save, examine: Examine) -> None:
    report = examine(annex_2([row_2(), row_2("居民户口簿", unit=None)], head=[["登记表"]]))
    assert (report.unit_id, report.reported_on) == ("minzheng", None)
    assert [row.reporter_id for row in report.accepted] == ["minzheng", "minzheng"]


def test_rows_without_any_unit_are_wrong_one_by_one(annex_2: Save, examine: Examine) -> None:
    report = examine(annex_2([row_2(unit=None), row_2("居民户口簿")], head=[["登记表"]]))
    assert [(note.row, note.code) for note in report.errors] == [(4, "missing_unit")]
    assert len(report.accepted) == 1


def test_a_sample_without_merged_cells_is_the_same(tmp_path: Path, examine: Examine) -> None:
    report = examine(edit(SAMPLES / "annex2_minzheng.xlsx", tmp_path / "x.xlsx", unmerge))
    assert (report.errors, len(report.accepted)) == ((), 99)


def test_a_name_merged_over_rows_or_a_tick_over_columns_holds_for_all_of_them(tmp_path: Path, examine: Examine) -> None:
    def merge(sheet: Worksheet) -> None:
        for row in (8, 9):
            sheet.cell(row, 3).value = sheet.cell(row, 4).value = None
        sheet.merge_cells("C7:C9")
        sheet.merge_cells("D7:D9")
        sheet.cell(8, 5).value, sheet.cell(9, 5).value = "离婚登记", "收养登记"
        for row in range(10, 106):
            for column in range(1, 9):
                if not isinstance(cell := sheet.cell(row, column), openpyxl.cell.cell.MergedCell):
                    cell.value = None
        sheet.merge_cells("H7:H9")
        sheet["G9"].value = None

    report = examine(edit(SAMPLES / "annex2_minzheng.xlsx", tmp_path / "x.xlsx", merge))
    assert report.errors == ()
    assert [(row.certificate_id, row.matter_ids[0]) for row in report.accepted] == [
        ("id", "mz-marry"),
        ("id", "mz-divorce"),
        ("id", "mz-adopt"),
    ]


def test_blank_rows_sums_examples_and_titles_between_are_no_rows(annex_2: Save, examine: Examine) -> None:
    rows: list[list[Any]] = [
        ["例", UNIT, "某某证明", "某单位", "某事项", "某法", None, "√"],
        row_2(),
        [],
        [2, UNIT],
        row_2("居民户口簿"),
        ["合计", None, 2, None, None, None, 0, 2],
    ]
    report = examine(annex_2(rows))
    assert (report.row_count, [row.row for row in report.accepted], report.errors) == (2, [8, 11], ())


def test_row_numbers_may_be_anything(annex_2: Save, examine: Examine) -> None:
    rows = [
        [number, *row_2(name)[1:]]
        for number, name in ((7, "居民身份证"), (None, "居民户口簿"), ("三", "离婚证"), ("=A7+1", "结婚证"))
    ]
    report = examine(annex_2(rows))
    assert (len(report.accepted), report.errors) == (4, ())


def test_ditto_marks_stand_for_the_cell_above(annex_2: Save, examine: Examine) -> None:
    report = examine(annex_2([row_2(), row_2("居民户口簿", "同上", issuer="〃", basis="同上", unit="同上")]))
    assert report.errors == ()
    assert (report.accepted[1].issuer, report.accepted[1].matter_ids) == ("公安机关", ("mz-marry",))


def test_a_heading_repeated_at_a_page_break_is_no_row(annex_2: Save, examine: Examine) -> None:
    report = examine(annex_2([row_2(), *ANNEX_2_HEADING, row_2("居民户口簿")]))
    assert (report.row_count, [row.row for row in report.accepted], report.unit_id) == (2, [7, 10], "minzheng")


def test_a_duplicate_is_found_across_a_page_break(annex_2: Save, examine: Examine) -> None:
    report = examine(annex_2([row_2(), *ANNEX_2_HEADING, row_2()]))
    assert [(note.row, note.code) for note in report.errors] == [(10, "duplicate_row")]


def test_rows_below_the_signatures_still_count_when_they_are_plainly_data(annex_2: Save, examine: Examine) -> None:
    rows = [
        row_2(),
        ["分管领导（签名）：张某某"],
        row_2("居民户口簿"),
        ["填表说明：1.略"],
        [None, None, "4.取消、保留的，打√"],
    ]
    report = examine(annex_2(rows))
    assert ([row.row for row in report.accepted], report.errors) == ([7, 9], ())


def test_every_sheet_with_a_form_is_read_and_other_sheets_are_not(tmp_path: Path, examine: Examine) -> None:
    book = openpyxl.Workbook()
    fill_sheet(book.worksheets[0], [row_2()], ANNEX_2_HEADING)
    fill_sheet(book.create_sheet("续表"), [row_2("居民户口簿", unit=None), row_2()], ANNEX_2_HEADING, [["续表"]])
    book.create_sheet("空表")
    book.create_sheet("通讯录").append(["姓名", "单位", "电话"])
    fill_sheet(book.create_sheet("附件3空表"), [], ANNEX_3_HEADING)
    hidden = book.create_sheet("旧稿")
    fill_sheet(hidden, [row_2("结婚证")], ANNEX_2_HEADING)
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "x.xlsx")
    report = examine(tmp_path / "x.xlsx")
    assert [(row.sheet, row.row, row.unit_id) for row in report.accepted] == [
        ("Sheet", 7, "minzheng"),
        ("续表", 4, "minzheng"),
    ]
    assert [(note.sheet, note.row, note.code) for note in report.errors] == [("续表", 5, "duplicate_row")]
    assert "“Sheet”第7行" in report.errors[0].message
    assert [(note.sheet, note.code) for note in report.remarks] == [("旧稿", "hidden_sheet")]


def test_sheets_of_several_units_are_reported_by_each(tmp_path: Path, examine: Examine) -> None:
    book = openpyxl.Workbook()
    fill_sheet(book.worksheets[0], [row_2()], ANNEX_2_HEADING)
    other = book.create_sheet("残联")
    fill_sheet(other, [row_2("残疾人证", "养老服务补贴申请", unit=None)], ANNEX_2_HEADING, [["填报单位：区残联"]])
    fill_sheet(book.create_sheet("文联"), [["无"]], ANNEX_2_HEADING, [["填报单位：区文联"]])
    book.save(tmp_path / "x.xlsx")
    report = examine(tmp_path / "x.xlsx")
    assert [row.reporter_id for row in report.accepted] == ["minzheng", "canlian"]
    assert (report.nil_unit_ids, report.nil_return) == (("wenlian",), False)


@pytest.mark.parametrize(
    "row",
    [["无"], [" 无 "], ["无", "无", "无", "无", "无", "无"], [1, UNIT, "无"], [None, None, "无相关事项"], ["（无）"]],
)
def test_nothing_to_report_is_written_in_many_places(annex_2: Save, examine: Examine, row: list[Any]) -> None:
    report = examine(annex_2([row]))
    assert (report.nil_return, report.row_count, report.unit_id) == (True, 0, "minzheng")


def test_nothing_merged_across_the_table_is_a_nil_return(tmp_path: Path, examine: Examine) -> None:
    path = edit(SAMPLES / "annex2_nil_return.xlsx", tmp_path / "x.xlsx", lambda sheet: sheet.merge_cells("A7:H7"))
    assert examine(path).nil_return


def test_nothing_beside_rows_is_remarked(annex_2: Save, examine: Examine) -> None:
    report = examine(annex_2([["无"], row_2()]))
    assert (report.nil_return, len(report.accepted)) == (False, 1)
    assert [(note.row, note.code) for note in report.remarks] == [(7, "nil_with_rows")]


def test_a_word_in_one_column_may_stand_for_the_tick(annex_2: Save, annex_3: Save, examine: Examine) -> None:
    heading = [["序号", "单位名称", "证明材料名称", "证明开具单位", "办理事项", "索取证明依据", "梳理结果建议"]]
    rows = [
        [1, UNIT, "居民身份证", "公安机关", "结婚登记", LAW, "建议保留"],
        [2, UNIT, "离婚证", "民政局", "结婚登记", None, "取消"],
    ]
    report = examine(annex_2(rows, heading=heading))
    assert ([row.measure for row in report.accepted], report.errors) == ([None, Measure.CANCEL], ())
    heading = [["序号", "单位名称", "保留的证明材料名称", "证明开具单位", "可采取的措施"]]
    rows = [
        [1, UNIT, "居民身份证", "公安机关", "其他：现场刷脸"],
        [2, UNIT, "居民户口簿", "公安机关", "共享"],
        [3, UNIT, "离婚证", "民政局", None],
    ]
    report = examine(annex_3(rows, heading=heading))
    assert [(row.measure, row.way) for row in report.accepted] == [(Measure.OTHER, "现场刷脸"), (Measure.SHARE, "")]
    assert [note.code for note in report.errors] == ["no_measure"]


def test_the_other_way_may_stand_in_a_column_for_remarks(annex_3: Save, examine: Examine) -> None:
    heading = [[*ANNEX_3_HEADING[0], "备注"], ANNEX_3_HEADING[1]]
    report = examine(annex_3([row_3("居民身份证", None, None, None, None, "√", None, "现场刷脸")], heading=heading))
    assert [row.way for row in report.accepted] == ["现场刷脸"]


def test_a_missing_measure_column_is_remarked(annex_3: Save, examine: Examine) -> None:
    heading = [["序号", "单位名称", "证明材料名称", "证明开具单位", "共享", "核实", "替代", "承诺"]]
    report = examine(annex_3([[1, UNIT, "居民户口簿", "公安机关", "√"]], heading=heading))
    assert len(report.accepted) == 1
    (note,) = (note for note in report.remarks if note.code == "missing_column")
    assert "“其他”“暂时无法实现”" in note.message


def test_an_empty_form_is_rejected(annex_2: Save, examine: Examine) -> None:
    with pytest.raises(FormRejectedError, match="一行也没有填") as caught:
        examine(annex_2([[1, UNIT], [2, None], []]))
    assert caught.value.form is Form.ANNEX_2


def test_an_unknown_reporter_is_rejected_with_a_suggestion(annex_2: Save, examine: Examine) -> None:
    with pytest.raises(FormRejectedError, match="是不是“宁波市海曙区民政局"):
        examine(annex_2([row_2()], head=[["填报单位：宁波市海曙区民正局"]]))


def test_a_nil_return_of_nobody_is_rejected(annex_2: Save, examine: Examine) -> None:
    with pytest.raises(FormRejectedError, match="没有写填报单位"):
        examine(annex_2([["无"]], head=[["填报单位：____________"]]))


def test_another_table_is_rejected(annex_2: Save, examine: Examine) -> None:
    with pytest.raises(FormRejectedError, match="没有找到"):
        examine(annex_2([["张某", "区民政局", "123"]], heading=[["姓名", "单位", "电话"]]))


def test_a_form_without_a_needed_column_is_rejected_and_the_column_named(annex_2: Save, examine: Examine) -> None:
    with pytest.raises(FormRejectedError, match="“证明开具单位”"):
        examine(
            annex_2(
                [[1, "居民身份证", "结婚登记", None, "√"]], heading=[["序号", "证明名称", "办理事项", "取消", "保留"]]
            )
        )


def test_both_forms_in_one_workbook_are_rejected(tmp_path: Path, examine: Examine) -> None:
    book = openpyxl.Workbook()
    fill_sheet(book.worksheets[0], [row_2()], ANNEX_2_HEADING)
    fill_sheet(book.create_sheet("附件3"), [row_3()], ANNEX_3_HEADING)
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(FormRejectedError, match="各存成一个文件"):
        examine(tmp_path / "x.xlsx")


def test_a_row_with_words_of_the_heading_is_no_heading(annex_2: Save, examine: Examine) -> None:
    report = examine(annex_2([row_2("证明", basis="无法律法规依据", cancel="取消"), row_2("居民户口簿")]))
    assert ([row.row for row in report.accepted], report.errors) == ([7, 8], ())
