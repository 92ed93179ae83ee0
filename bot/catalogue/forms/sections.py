"""Cuts sheets into filled-in forms: who reports, when, and the lines below each heading."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.catalogue.forms.headings import FORM_TICKS, TICK_COLUMNS, Column, Heading, find_heading
from bot.catalogue.forms.text import clean, find_date, is_ditto, is_nil
from bot.catalogue.forms.workbook import Sheet

_UNIT: Final = re.compile(
    r"(?:(?:填报|填表|报送|上报|申报)单位(?:全称|名称)?\s*(?:\([^)]*\)\s*)*:?|(?<![本各])单位(?:全称|名称)?\s*(?:\([^)]*\)\s*)*:)"
    r"\s*(.*?)\s*(?=(?:填报|填表|报送|上报)?(?:日期|时间)|\d{4}\s*[年./-]|联系|$)"
)
_STAMP: Final = re.compile(r"\([^)]*章[^)]*\)|[_\s]+")
_REPORTED_ON: Final = re.compile(r"(?:日期|时间)\s*:?\s*(.*)")
# How the lines below a table begin: signatures, explanations, appendices.
_FOOTER: Final = re.compile(
    r"[^:]{0,8}(领导|负责人|填表人|填报人|审核人|审批人|联系人|经办人|制表人)\s*(\([^)]*\))?\s*:|联系(电话|方式)\s*:"
    r"|填(表|报)说明|填报(单位|日期|时间)|(说明|注|备注)\s*:|注\s*\d|附(件|页|注)\s*[:\d一二三]"
)
# Sums and examples.
_NO_DATA: Final = re.compile(r"(合计|小计|共计|总计|示例|填写示例|例(如|:|$))")
# Columns of which at least one is filled in a row of data.
_CONTENT: Final = frozenset(
    {Column.CERTIFICATE, Column.ISSUER, Column.MATTER, Column.BASIS, Column.PROPOSAL, *TICK_COLUMNS}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of data: the text by meaning, and where a formula cannot be read."""

    row: int
    cells: dict[Column, str]
    unreadable: frozenset[Column]


@dataclass(slots=True, kw_only=True)
class Section:
    """One heading with what stands around it.

    Attributes:
        unit_text: who reports, as written; empty where nobody is named.
        nil_row: the row in which `无` stands, or None.
    """

    sheet: str
    heading: Heading
    unit_text: str = ""
    reported_on: date | None = None
    lines: list[Line] = field(default_factory=list)
    nil_row: int | None = None

    @property
    def is_filled(self) -> bool:
        """Whether anything is reported, be it that there is nothing."""
        return bool(self.lines) or self.nil_row is not None

    def read_surroundings(self, text: str) -> None:
        """Takes unit and date from a line above or below the table, unless they are known already."""
        if not self.unit_text and (match := _UNIT.search(text)):
            self.unit_text = _STAMP.sub("", match.group(1)).strip(" :,。、")
        if self.reported_on is None and (match := _REPORTED_ON.search(text)):
            self.reported_on = find_date(match.group(1))


def list_sections(sheet: Sheet) -> list[Section]:
    """The forms of a sheet from top to bottom; one below another form speaks for the same unit unless it says other."""
    scan = _Scan(sheet)
    for number in sheet.rows:
        scan.read(number)
    for text in scan.loose_lines:
        if scan.sections:
            scan.sections[-1].read_surroundings(text)
    return scan.sections


class _Scan:
    """Reads a sheet downwards; `loose_lines` are the texts since the last row of data."""

    def __init__(self, sheet: Sheet) -> None:
        self.sections: list[Section] = []
        self.loose_lines: list[str] = []
        self._sheet = sheet
        self._heading_end = 0
        self._below_table = True

    def read(self, number: int) -> None:
        """Takes the next row that holds anything."""
        if number <= self._heading_end:
            return
        heading = find_heading(self._sheet, number)
        if heading is not None:
            self._begin_section(heading)
        elif self.sections and not self._is_loose(number):
            self._read_line(number)
        else:
            self.loose_lines.append(self._join(number))

    def _begin_section(self, heading: Heading) -> None:
        section = Section(sheet=self._sheet.name, heading=heading)
        for text in self.loose_lines:
            section.read_surroundings(text)
        if section.reported_on is None:
            # Above the table a day stands for itself, even where nobody wrote what day it is.
            section.reported_on = next(filter(None, map(find_date, self.loose_lines)), None)
        if self.sections:
            section.unit_text = section.unit_text or self.sections[-1].unit_text
            section.reported_on = section.reported_on or self.sections[-1].reported_on
        self.sections.append(section)
        self.loose_lines, self._heading_end, self._below_table = [], heading.last_row, False

    def _is_loose(self, number: int) -> bool:
        """Whether a row is a line across the table, or stands below the signatures and is not plainly data."""
        texts = list(self._sheet.rows[number].values())
        if len(texts) > 1 and len(set(texts)) == 1 and not is_nil(texts[0]):
            return True
        if _FOOTER.match(clean(texts[0])):
            self._below_table = True
        elif self._below_table:
            self._below_table = not self._is_plainly_data(number)
        return self._below_table

    def _is_plainly_data(self, number: int) -> bool:
        cells = self._cells(number)
        certificate, issuer = cells.get(Column.CERTIFICATE), cells.get(Column.ISSUER)
        return bool(certificate and issuer and certificate != issuer)

    def _cells(self, number: int) -> dict[Column, str]:
        columns = self.sections[-1].heading.columns
        texts = self._sheet.rows[number]
        return {column: texts[place] for column, place in columns.items() if place in texts}

    def _read_line(self, number: int) -> None:
        section = self.sections[-1]
        columns = section.heading.columns
        cells = self._cells(number)
        first = clean(next(iter(self._sheet.rows[number].values())))
        unreadable = frozenset(column for column, place in columns.items() if (number, place) in self._sheet.unreadable)
        if _is_nil_row(cells):
            section.nil_row = section.nil_row or number
        elif (cells.keys() | unreadable) & _CONTENT and not _NO_DATA.match(first):
            above = section.lines[-1].cells if section.lines else {}
            cells = {column: above.get(column, "") if is_ditto(text) else text for column, text in cells.items()}
            _split_proposal(section.heading, cells)
            section.lines.append(Line(row=number, cells=cells, unreadable=unreadable - {Column.NUMBER, Column.NOTE}))

    def _join(self, number: int) -> str:
        return clean(" ".join(dict.fromkeys(self._sheet.rows[number].values())))


def _is_nil_row(cells: dict[Column, str]) -> bool:
    """Whether a row says that there is nothing to report, whichever of its columns says so."""
    if not any(is_nil(text) for text in cells.values()):
        return False
    return all(
        is_nil(text) or column is Column.UNIT or (column is Column.NUMBER and text.strip().isdigit())
        for column, text in cells.items()
    )


def _split_proposal(heading: Heading, cells: dict[Column, str]) -> None:
    """Where one column holds the word instead of a tick, ticks the column that the word names."""
    text = clean(cells.pop(Column.PROPOSAL, ""))
    for column in FORM_TICKS[heading.form]:
        if column.value in text:
            words = text.replace(column.value, "", 1)
            cells[column] = f"√ {words}"
