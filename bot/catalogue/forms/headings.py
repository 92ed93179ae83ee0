"""Finds the heading of a form in a sheet and tells which column means what, wherever and however it is written."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.catalogue.forms.text import name_key
from bot.catalogue.forms.workbook import Sheet
from bot.domain.catalogue import Measure
from bot.domain.forms import Form

# A heading has one or two rows; a third is possible where the group titles stand above.
_MOST_ROWS: Final = 3
# Headings besides number and remarks that make a row a heading.
_FEWEST_MATCHES: Final = 3


class Column(StrEnum):
    """What a column means; the value is its name in messages."""

    NUMBER = "序号"
    UNIT = "管理或服务单位名称"
    CERTIFICATE = "证明材料名称"
    ISSUER = "证明开具单位"
    MATTER = "证明对应的办理事项"
    BASIS = "索取证明依据"
    CANCEL = "取消"
    KEEP = "保留"
    SHARE = "共享"
    VERIFY = "核实"
    SUBSTITUTE = "替代"
    COMMITMENT = "承诺"
    OTHER = "其他"
    NOT_YET = "暂时无法实现"
    PROPOSAL = "建议或措施"
    NOTE = "说明"


MEASURE_COLUMNS: Final = {
    Column.SHARE: Measure.SHARE,
    Column.VERIFY: Measure.VERIFY,
    Column.SUBSTITUTE: Measure.SUBSTITUTE,
    Column.COMMITMENT: Measure.COMMITMENT,
    Column.OTHER: Measure.OTHER,
    Column.NOT_YET: Measure.NOT_YET,
}
TICK_COLUMNS: Final = frozenset({Column.CANCEL, Column.KEEP, *MEASURE_COLUMNS})
FORM_TICKS: Final = {
    Form.ANNEX_2: (Column.CANCEL, Column.KEEP),
    Form.ANNEX_3: tuple(MEASURE_COLUMNS),
}
_REQUIRED: Final = {
    Form.ANNEX_2: (Column.CERTIFICATE, Column.ISSUER, Column.MATTER),
    Form.ANNEX_3: (Column.CERTIFICATE, Column.ISSUER),
}
# In order: the first pattern that fits a heading's letters decides.
_PATTERNS: Final = tuple(
    (column, re.compile(pattern))
    for column, pattern in (
        (Column.NOT_YET, r"(暂时?|尚)(无法|不能|未能?)实现"),
        (Column.ISSUER, r"(开具|出具|出证|核发|开证)(的)?(单位|部门|机关|机构)"),
        (Column.MATTER, r"(办理|对应|涉及)的?事项|^事项名称|^(审批)?事项$"),
        (Column.BASIS, r"依据"),
        (
            Column.CERTIFICATE,
            r"证明(材料|事项)?(的)?名称|证件(证明)?(的)?名称|^(保留的)?(证件)?(证明|证件)(材料)?$|^证明事项$",
        ),
        (Column.UNIT, r"(管理|服务|索要|索取|受理|办理|填报)\w*(单位|部门)|^单位(名称)?$"),
        (Column.NUMBER, r"^(序号?|编号|行号|no)$"),
        (Column.CANCEL, r"(^|建议|结果)取消"),
        (Column.KEEP, r"(^|建议|结果)保留"),
        (Column.SHARE, r"(^|措施)(信息|数据)?共享"),
        (Column.VERIFY, r"(^|措施)(部门)?核实"),
        (Column.SUBSTITUTE, r"(^|措施)替代"),
        (Column.COMMITMENT, r"(^|措施)(告知)?承诺"),
        (Column.OTHER, r"(^|措施)其[他它]"),
        # Above 取消 and 保留 or the measures; alone where an office writes the word instead of ticking a column.
        (Column.PROPOSAL, r"梳理结果|处理建议|^建议$|措施$"),
        (Column.NOTE, r"具体(方式|做法|措施)|^(备注|说明)$"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading that was found.

    Attributes:
        columns: column number by meaning.
        last_row: where it ends; the data begin below.
    """

    form: Form
    columns: dict[Column, int]
    last_row: int

    @property
    def missing(self) -> tuple[Column, ...]:
        """What the form cannot do without and the heading lacks."""
        missing = tuple(column for column in _REQUIRED[self.form] if column not in self.columns)
        ticks = self._missing_ticks
        is_usable = len(ticks) < len(MEASURE_COLUMNS) if self.form is Form.ANNEX_3 else not ticks
        return missing if is_usable or Column.PROPOSAL in self.columns else missing + ticks

    @property
    def absent_measures(self) -> tuple[Column, ...]:
        """Measures that an annex 3 has no column for, though it has columns for others."""
        is_ticked = self.form is Form.ANNEX_3 and Column.PROPOSAL not in self.columns
        return self._missing_ticks if is_ticked else ()

    @property
    def _missing_ticks(self) -> tuple[Column, ...]:
        return tuple(column for column in FORM_TICKS[self.form] if column not in self.columns)


def find_heading(sheet: Sheet, first_row: int) -> Heading | None:
    """The heading that begins in this row, or None."""
    columns = _match_row(sheet.rows.get(first_row, {}))
    if not _begins_heading(sheet.rows.get(first_row, {}), columns):
        return None
    last_row = first_row
    for number in range(first_row + 1, first_row + _MOST_ROWS):
        cells = sheet.rows.get(number, {})
        if not _continues_heading(cells):
            break
        # The row below is the finer one: it splits what the row above only groups.
        columns |= _match_row(cells)
        last_row = number
    if len(columns.keys() & TICK_COLUMNS) > 1:
        columns.pop(Column.PROPOSAL, None)
    return Heading(form=_tell_form(columns), columns=columns, last_row=last_row)


def match_heading(text: str) -> Column | None:
    """What a heading means, or None for a column that the form does not know."""
    key = name_key(text)
    return next((column for column, pattern in _PATTERNS if pattern.search(key)), None)


def _match_row(cells: dict[int, str]) -> dict[Column, int]:
    """The first column of each meaning."""
    found: dict[Column, int] = {}
    for place, text in sorted(cells.items()):
        column = match_heading(text)
        if column is not None:
            found.setdefault(column, place)
    return found


def _begins_heading(cells: dict[int, str], columns: dict[Column, int]) -> bool:
    """Whether most of a row is headings; a row of data may hold a few of their words (`无法律法规依据`, `取消`)."""
    if Column.CERTIFICATE not in columns or len(columns.keys() - {Column.NUMBER, Column.NOTE}) < _FEWEST_MATCHES:
        return False
    matches = [match_heading(text) for text in cells.values()]
    return matches.count(None) * 2 < len(matches)


def _continues_heading(cells: dict[int, str]) -> bool:
    """Whether a row below holds nothing but headings, among them one that is ticked."""
    matches = {match_heading(text) for text in cells.values()}
    return None not in matches and bool(matches & TICK_COLUMNS)


def _tell_form(columns: dict[Column, int]) -> Form:
    measures = len(columns.keys() & MEASURE_COLUMNS.keys())
    proposals = len(columns.keys() & {Column.CANCEL, Column.KEEP, Column.MATTER, Column.BASIS})
    return Form.ANNEX_3 if measures >= proposals else Form.ANNEX_2
