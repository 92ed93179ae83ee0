"""What openpyxl's fast reader does not tell about a sheet: merged areas, formulas without a result, the last row."""

import re
import zipfile
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree

from openpyxl.utils import column_index_from_string

from bot.domain.forms import FormRejectedError

MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 60
# Many offices format whole columns, which leaves thousands of empty cells; a form never has more than this.
_MAX_CELLS: Final = 400_000
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")

Area = tuple[int, int, int, int]


@dataclass(slots=True)
class SheetFacts:
    """Facts of one sheet, gathered while its part is parsed.

    Attributes:
        merged: first row, first column, last row, last column of each merged area.
        unreadable: row and column of formulas without a stored result, and of errors such as `#REF!`.
        last_row: the last row that holds anything, or 0.
    """

    merged: list[Area] = field(default_factory=list)
    unreadable: set[tuple[int, int]] = field(default_factory=set)
    last_row: int = 0
    _cells: int = 0
    _row: int = 0
    _column: int = 0

    def open_row(self, element: ElementTree.Element) -> None:
        """A row begins; without a number it stands below the one before."""
        self._row, self._column = int(element.get("r") or self._row + 1), 0

    def add_cell(self, element: ElementTree.Element) -> None:
        """A whole cell; without a reference it stands right of the one before."""
        self._cells += 1
        if self._cells > _MAX_CELLS:
            raise FormRejectedError("表里空白的格子太多。请把填好的部分复制到一张新的工作表，再导入")
        reference = element.get("r")
        self._row, self._column = _position(reference) if reference else (self._row, self._column + 1)
        if not len(element):
            return
        formula, value, inline = (element.find(f"{{*}}{tag}") for tag in ("f", "v", "is"))
        if formula is None and inline is None and (value is None or not value.text):
            return
        if self._row > MAX_ROWS:
            raise FormRejectedError(f"表格超过{MAX_ROWS}行，不像一张登记表。请只保留填好的表再导入")
        self.last_row = max(self.last_row, self._row)
        if element.get("t") == "e" or (formula is not None and not _has_result(element, value)):
            self.unreadable.add((self._row, self._column))


def read_sheet_facts(archive: zipfile.ZipFile, part: str) -> SheetFacts:
    """The facts of the sheet in this part of the archive. Raises FormRejectedError where it has far too many rows."""
    facts = SheetFacts()
    with archive.open(part) as file:
        for event, element in ElementTree.iterparse(file, events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if event == "start" and tag == "row":
                facts.open_row(element)
            elif event == "end" and tag == "c":
                facts.add_cell(element)
            elif event == "end" and tag == "row":
                element.clear()
            elif event == "end" and tag == "mergeCell":
                facts.merged.append(_area(element.get("ref") or ""))
    return facts


def _has_result(cell: ElementTree.Element, value: ElementTree.Element | None) -> bool:
    """A formula may well result in an empty text; an absent result is something else."""
    return value is not None and (bool(value.text) or cell.get("t") == "str")


def _position(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(f"not a cell reference: {reference!r}")
    return int(match.group(2)), column_index_from_string(match.group(1))


def _area(reference: str) -> Area:
    first, _, last = reference.partition(":")
    return (*_position(first), *_position(last or first))
