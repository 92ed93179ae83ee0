"""Opens an .xlsx file that anybody may have made, within bounds, and gives its sheets as plain text cells."""

import warnings
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from bot.catalogue.forms.archive import check_archive
from bot.catalogue.forms.sheet_facts import MAX_COLUMNS, SheetFacts, read_sheet_facts
from bot.domain.forms import FormRejectedError

# A merged area is written out cell by cell; more than this is no form.
_MAX_MERGED_CELLS: Final = 1_000_000
_BROKEN: Final = "文件打不开，可能已经损坏：请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再导入"
# What zipfile, the XML parser and openpyxl raise on files that are not what they say.
_READ_ERRORS: Final = (
    zipfile.BadZipFile,
    InvalidFileException,
    ElementTree.ParseError,
    zlib.error,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    AssertionError,
    ArithmeticError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as a person sees it.

    Attributes:
        rows: text by row number and column number; a merged area has its text in every cell, empty cells are absent.
        unreadable: row and column of cells whose formula has no stored result, or an error as its result.
    """

    name: str
    rows: dict[int, dict[int, str]]
    unreadable: frozenset[tuple[int, int]] = frozenset()
    is_hidden: bool = False


def read_workbook(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a workbook in their order.

    Raises:
        FormRejectedError: no .xlsx workbook, or one that is encrypted, broken or far too large for a form.
    """
    check_archive(path)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of features it drops, such as data validation; none of them is data.
            warnings.simplefilter("ignore")
            return _read_sheets(path)
    except _READ_ERRORS as error:
        raise FormRejectedError(_BROKEN) from error


def _read_sheets(path: Path) -> tuple[Sheet, ...]:
    # Given a file and not a path, openpyxl does not mind what the file is called.
    with path.open("rb") as file, zipfile.ZipFile(path) as archive:
        workbook = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        if not workbook.worksheets:
            raise FormRejectedError(_BROKEN)
        return tuple(
            _read_sheet(sheet, read_sheet_facts(archive, sheet._worksheet_path)) for sheet in workbook.worksheets
        )


def _read_sheet(sheet: Any, facts: SheetFacts) -> Sheet:
    # Some programs write a wrong size into the file; the rows themselves know better.
    sheet.reset_dimensions()
    rows: dict[int, dict[int, str]] = {}
    if facts.last_row:
        read = sheet.iter_rows(max_row=facts.last_row, max_col=MAX_COLUMNS, values_only=True)
        for number, values in enumerate(read, 1):
            cells = {column: _to_text(value) for column, value in enumerate(values, 1) if value is not None}
            rows[number] = {column: text for column, text in cells.items() if text.strip()}
    _fill_merged(rows, facts)
    return Sheet(
        name=sheet.title,
        rows={number: cells for number, cells in sorted(rows.items()) if cells},
        unreadable=frozenset(facts.unreadable),
        is_hidden=sheet.sheet_state != "visible",
    )


def _to_text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _fill_merged(rows: dict[int, dict[int, str]], facts: SheetFacts) -> None:
    """Writes the text of each merged area into all its cells, down to the last row that holds anything."""
    left = _MAX_MERGED_CELLS
    for first_row, first_column, last_row, last_column in facts.merged:
        text = rows.get(first_row, {}).get(first_column)
        if text is None:
            continue
        last_row, last_column = min(last_row, facts.last_row), min(last_column, MAX_COLUMNS)
        left -= (last_row - first_row + 1) * (last_column - first_column + 1)
        if left < 0:
            raise FormRejectedError("表里合并的单元格太多，请取消不需要的合并后再导入")
        for number in range(first_row, last_row + 1):
            cells = rows.setdefault(number, {})
            for column in range(first_column, last_column + 1):
                cells[column] = text
