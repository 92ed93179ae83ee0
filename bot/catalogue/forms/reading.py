"""Reads a workbook: which form, which unit, which day, and the lines of every sheet that is filled in."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.catalogue.forms.headings import Column
from bot.catalogue.forms.names import Names
from bot.catalogue.forms.sections import Section, list_sections
from bot.catalogue.forms.workbook import Sheet, read_workbook
from bot.domain.forms import Form, FormNote, FormRejectedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A workbook that holds a form, before its rows are checked.

    Attributes:
        unit_id: who reports; None where neither the head nor any row names a known unit.
        units: the unit of each section's head, or None where its rows alone say it.
        row_units: the known units that rows name.
    """

    form: Form
    unit_id: str | None
    reported_on: date | None
    sections: tuple[Section, ...]
    units: tuple[str | None, ...]
    row_units: tuple[str, ...]
    remarks: tuple[FormNote, ...]

    @property
    def reporter_ids(self) -> tuple[str, ...]:
        """The units that may have reported before, so that an annex 3 can be held against their annex 2."""
        return tuple(dict.fromkeys(filter(None, (*self.units, *self.row_units))))


def read_form(path: Path, names: Names) -> Reading:
    """The form in a workbook.

    Raises:
        FormRejectedError: no workbook, no form in it, or nobody known to whom it belongs.
    """
    sheets = read_workbook(path)
    visible = [sheet for sheet in sheets if not sheet.is_hidden] or list(sheets)
    sections = _choose_sections([section for sheet in visible for section in list_sections(sheet)])
    form = sections[0].heading.form
    units = _find_head_units(sections, names)
    row_units = _list_row_units(sections, names)
    unit_id = next(filter(None, (*units, *row_units)), None)
    if any(unit is None and not section.lines for section, unit in zip(sections, units, strict=True)):
        raise FormRejectedError("表头没有写填报单位，不知道是哪家单位报的。请在“填报单位名称”后写上单位名称", form)
    return Reading(
        form=form,
        unit_id=unit_id,
        reported_on=next((section.reported_on for section in sections if section.reported_on), None),
        sections=tuple(sections),
        units=units,
        row_units=row_units,
        remarks=(*_remark_hidden(sheets, visible), *_remark_missing_columns(sections)),
    )


def _choose_sections(found: list[Section]) -> list[Section]:
    """The filled-in forms, all of one kind; empty templates and other tables are passed over."""
    whole = [section for section in found if not section.heading.missing]
    filled = [section for section in whole if section.is_filled]
    if not found:
        raise FormRejectedError(
            "没有找到附件2或附件3的表头（要有“证明材料名称”“证明开具单位”等栏）。请确认选对了文件，并保留原表的表头"
        )
    if not whole:
        missing = "”“".join(found[0].heading.missing)
        raise FormRejectedError(f"表头少了“{missing}”，不是附件2或附件3的登记表。请用原表填写")
    form = whole[0].heading.form
    if not filled:
        raise FormRejectedError("表里一行也没有填。没有相关事项的，请在第一栏填“无”再报", form)
    if len({section.heading.form for section in filled}) > 1:
        raise FormRejectedError("同一个文件里既有附件2又有附件3，请各存成一个文件，先导入附件2，再导入附件3")
    return filled


def _find_head_units(sections: list[Section], names: Names) -> tuple[str | None, ...]:
    """The unit of each form; one that names nobody goes on with the form before it, the first ones with the next."""
    named = [_find_head_unit(section, names) for section in sections]
    current = next(filter(None, named), None)
    units: list[str | None] = []
    for unit_id in named:
        current = unit_id or current
        units.append(current)
    return tuple(units)


def _find_head_unit(section: Section, names: Names) -> str | None:
    if not section.unit_text:
        return None
    unit_id = names.find_unit(section.unit_text)
    if unit_id is None:
        meant = "”或“".join(names.suggest_units(section.unit_text))
        hint = f"您要写的是不是“{meant}”？" if meant else "请核对单位全称"
        raise FormRejectedError(f"单位名单里没有填报单位“{section.unit_text}”。{hint}", section.heading.form)
    return unit_id


def _list_row_units(sections: list[Section], names: Names) -> tuple[str, ...]:
    texts = dict.fromkeys(line.cells.get(Column.UNIT, "") for section in sections for line in section.lines)
    found = (names.find_unit(text) for text in texts if text)
    return tuple(dict.fromkeys(unit_id for unit_id in found if unit_id))


def _remark_hidden(sheets: tuple[Sheet, ...], visible: list[Sheet]) -> list[FormNote]:
    return [
        FormNote(
            sheet=sheet.name,
            row=None,
            column=None,
            code="hidden_sheet",
            message=f"工作表“{sheet.name}”是隐藏的，没有读取",
        )
        for sheet in sheets
        if sheet not in visible and list_sections(sheet)
    ]


def _remark_missing_columns(sections: list[Section]) -> list[FormNote]:
    return [
        FormNote(
            sheet=section.sheet,
            row=section.heading.last_row,
            column=None,
            code="missing_column",
            message=f"表头没有“{'”“'.join(missing)}”栏，按这些栏都没有打√处理",
        )
        for section in sections
        if (missing := section.heading.absent_measures)
    ]
