"""Files that are no plain workbook are refused kindly; formulas are read by their stored results."""

import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart

from bot.catalogue.forms.workbook import read_workbook
from bot.domain.catalogue import Catalogue
from bot.domain.forms import FormRejectedError, FormReport
from tests.unit.catalogue.forms.filling import ANNEX_2_HEADING, LAW, SAMPLES, UNIT, fill_sheet, row_2, row_3

Save = Callable[..., Path]
Examine = Callable[..., FormReport]
SAMPLE = SAMPLES / "annex3_with_errors.xlsx"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def change_sheet(target: Path, old: str, new: str, source: Path = SAMPLE) -> Path:
    """A copy with one place of the sheet's own XML replaced."""
    parts = read_parts(source)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    assert old in sheet
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(old, new, 1).encode()
    return write_parts(target, parts)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "空的"),
        (b"  \n", "空的"),
        (OLE + b"\x00" * 600, "旧版"),
        (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "图片"),
        ("序号,证明材料名称\n1,居民身份证".encode(), "CSV"),
        ("序号,证明材料名称\n1,居民身份证".encode("gb18030"), "CSV"),
        (b"<html><table></table></html>", "网页"),
        (b"\x00\x01\x02\x03" * 100, r"不是 \.xlsx"),
        (b"PK\x03\x04 no archive", "损坏"),
        (SAMPLE.read_bytes()[:3000], "损坏"),
    ],
    ids=["empty", "blank", "xls", "encrypted", "pdf", "picture", "csv", "csv-gbk", "html", "binary", "no-zip", "cut"],
)
def test_a_file_that_is_no_workbook_is_told_by_what_it_is(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "附件2.xlsx"
    path.write_bytes(content)
    with pytest.raises(FormRejectedError, match=reason):
        read_workbook(path)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<t/>"}, r"不是 \.xlsx"),
        ({**read_parts(SAMPLE), "xl/vbaProject.bin": b"macro"}, "宏"),
        ({**read_parts(SAMPLE), "xl/media/a.bin": b"\0" * 70_000_000}, "太?大"),
        ({**read_parts(SAMPLE), "xl/worksheets/sheet2.xml": b" " * 30_000_000}, "大得不像"),
        ({**read_parts(SAMPLE), **{f"xl/{number}": b"" for number in range(2_001)}}, "大得不像"),
        ({**read_parts(SAMPLE), "xl/workbook.xml": b"<broken"}, "损坏"),
    ],
    ids=["docx", "macros", "bomb", "xml-bomb", "many-parts", "broken-xml"],
)
def test_an_archive_that_is_no_plain_workbook_is_refused(tmp_path: Path, parts: dict[str, bytes], reason: str) -> None:
    with pytest.raises(FormRejectedError, match=reason):
        read_workbook(write_parts(tmp_path / "x.xlsx", parts))


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "没有.xlsx", "找不到"), (tmp_path, "找不到")):
        with pytest.raises(FormRejectedError, match=reason):
            read_workbook(path)
    huge = tmp_path / "huge.xlsx"
    huge.write_bytes(b"PK" + b"\0" * 11_000_000)
    with pytest.raises(FormRejectedError, match="太大"):
        read_workbook(huge)


def test_the_content_counts_and_not_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "附件3.dat"
    path.write_bytes(SAMPLE.read_bytes())
    assert read_workbook(path)[0].name == "附件3"


@pytest.mark.parametrize(
    "addition",
    [
        '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>',
        '<row r="900"><c r="XFD900" s="1"/></row></sheetData>',
    ],
)
def test_a_formatted_cell_far_away_costs_nothing(tmp_path: Path, addition: str, examine: Examine) -> None:
    path = change_sheet(tmp_path / "x.xlsx", "</sheetData>", addition)
    started = time.monotonic()
    assert examine(path).row_count == 20
    assert time.monotonic() - started < 15


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("</sheetData>", '<row r="30000"><c r="A30000"><v>1</v></c></row></sheetData>', "超过20000行"),
        ("</sheetData>", '<row r="40">' + '<c r="B40" s="1"/>' * 400_001 + "</row></sheetData>", "空白的格子太多"),
        ("<mergeCell ", '<mergeCell ref="A1:XFD1048576"/>' * 2_000 + "<mergeCell ", "合并的单元格太多"),
    ],
    ids=["rows", "cells", "merged"],
)
def test_a_sheet_beyond_any_form_is_refused_quickly(tmp_path: Path, old: str, new: str, reason: str) -> None:
    started = time.monotonic()
    with pytest.raises(FormRejectedError, match=reason):
        read_workbook(change_sheet(tmp_path / "x.xlsx", old, new))
    assert time.monotonic() - started < 30


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    parts = read_parts(SAMPLE)
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    cell = '<row r="50"><c r="A50" t="inlineStr"><is><t>&e11;</t></is></c></row></sheetData>'
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{entities}]>'
    parts["xl/worksheets/sheet1.xml"] = (bomb + sheet.replace("</sheetData>", cell)).encode()
    with pytest.raises(FormRejectedError, match="损坏"):
        read_workbook(write_parts(tmp_path / "x.xlsx", parts))


def test_damaged_files_are_refused_or_read_and_never_crash(tmp_path: Path) -> None:
    chance = random.Random(20190802)
    parts = read_parts(SAMPLE)
    for _ in range(150):
        damaged = dict(parts)
        name = chance.choice(sorted(damaged))
        content = bytearray(damaged[name])
        for _ in range(3):
            content[chance.randrange(len(content))] = chance.choice(b'0123456789<>/"abcAZ =')
        damaged[name] = bytes(content[: chance.randrange(len(content))] if chance.random() < 0.3 else content)
        try:
            read_workbook(write_parts(tmp_path / "x.xlsx", damaged))
        except FormRejectedError as error:
            assert error.detail


def test_a_formula_is_read_by_its_stored_result(tmp_path: Path, examine: Examine) -> None:
    old = '<c r="D9"'
    sheet = read_parts(SAMPLE)["xl/worksheets/sheet1.xml"].decode()
    start = sheet.index(old)
    whole = sheet[start : sheet.index("</c>", start) + 4]
    path = change_sheet(
        tmp_path / "x.xlsx", whole, '<c r="D9" t="str"><f>"婚姻"&amp;"登记机关"</f><v>婚姻登记机关</v></c>'
    )
    assert {row.row: row for row in examine(path).accepted}[9].issuer == "婚姻登记机关"


def test_a_formula_that_results_in_nothing_is_an_empty_cell(tmp_path: Path, examine: Examine) -> None:
    path = change_sheet(tmp_path / "x.xlsx", '<c r="F9"', '<c r="F9" t="str"><f>IF(1=2,"√","")</f><v></v></c><c r="Z9"')
    assert 9 in [row.row for row in examine(path).accepted]


@pytest.mark.parametrize("column", [2, 3, 4, 5, 6, 7, 8])
def test_a_formula_without_a_result_is_an_error_of_its_row_alone(annex_2: Save, examine: Examine, column: int) -> None:
    row = row_2()
    row[column - 1] = "=A1"
    report = examine(annex_2([row, row_2("居民户口簿")]))
    assert [(note.row, note.column, note.code) for note in report.errors] == [
        (7, "ABCDEFGH"[column - 1], "unreadable_formula")
    ]
    assert [accepted.row for accepted in report.accepted] == [8]


def test_a_formula_in_a_column_of_no_concern_does_no_harm(annex_2: Save, examine: Examine) -> None:
    report = examine(annex_2([["=ROW()-6", *row_2()[1:], "=NOW()"]]))
    assert (len(report.accepted), report.errors) == (1, ())


def test_an_error_value_is_unreadable(tmp_path: Path, examine: Examine) -> None:
    path = change_sheet(
        tmp_path / "x.xlsx", '<c r="E9"', '<c r="E9" t="e"><f>VLOOKUP(1,2,3)</f><v>#REF!</v></c><c r="Z9"'
    )
    assert (9, "unreadable_formula") in [(note.row, note.code) for note in examine(path).errors]


def test_a_wrong_size_in_the_file_hides_no_rows(tmp_path: Path, examine: Examine) -> None:
    assert examine(change_sheet(tmp_path / "x.xlsx", '<dimension ref="A1:J29"', '<dimension ref="A1"')).row_count == 20


def test_a_form_as_large_as_the_whole_city_is_read_in_seconds(
    tmp_path: Path, catalogue: Catalogue, examine: Examine
) -> None:
    pairs = [
        (matter, certificate)
        for matter in catalogue.matters.values()
        for certificate in catalogue.certificates.values()
    ]
    rows = [
        [number, UNIT, certificate.name, certificate.issuer, matter.name, LAW, "√", None]
        for number, (matter, certificate) in enumerate(pairs[:4_486], 1)
    ]
    book = openpyxl.Workbook()
    fill_sheet(book.worksheets[0], rows, ANNEX_2_HEADING)
    book.save(tmp_path / "x.xlsx")
    started = time.monotonic()
    report = examine(tmp_path / "x.xlsx")
    assert time.monotonic() - started < 10
    assert (report.row_count, len(report.accepted)) == (4_486, 4_486)


def test_a_workbook_with_comments_links_and_validation_is_read_without_warnings(
    tmp_path: Path, examine: Examine
) -> None:
    book = openpyxl.Workbook()
    fill_sheet(book.worksheets[0], [row_2()], ANNEX_2_HEADING)
    book.worksheets[0]["C7"].hyperlink = "http://localhost/"
    book.worksheets[0].auto_filter.ref = "A6:H7"
    book.create_chartsheet("图").add_chart(BarChart())
    book.save(tmp_path / "x.xlsx")
    extension = '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    path = change_sheet(tmp_path / "y.xlsx", "</worksheet>", extension, tmp_path / "x.xlsx")
    assert len(examine(path).accepted) == 1


def test_annex_3_cells_may_be_checkboxes(annex_3: Save, examine: Examine) -> None:
    report = examine(
        annex_3([row_3("居民户口簿", True, False, False, False, False, False), row_3("离婚证", 0, 1, 0, 0, 0, 0)])
    )
    assert [row.measure and row.measure.value for row in report.accepted] == ["共享", "核实"]
