"""Checks the rows of a form against each other, against annex 2, and against the catalogue."""

from collections.abc import Mapping
from typing import Final

from bot.catalogue.forms.headings import Column
from bot.catalogue.forms.names import Names
from bot.catalogue.forms.reading import Reading
from bot.catalogue.forms.registered import Objection, Registered
from bot.catalogue.forms.rows import Candidate, LineCheck, read_line
from bot.catalogue.forms.sections import Section
from bot.domain.catalogue import Catalogue, Origin
from bot.domain.forms import Form, FormNote, FormReport, FormRow

_MOST_NAMES: Final = 8
_NO_ANNEX_2: Final = "还没有这家单位的附件2，先对照现行目录。要按附件2核对，请先导入附件2，或者用 --annex2 指定文件"


def check_form(
    reading: Reading, catalogue: Catalogue, names: Names, annex_2: Mapping[str, Registered] | None = None
) -> FormReport:
    """Which rows of a form are right, and what is wrong with the others.

    Args:
        annex_2: for an annex 3, what the units registered before; where it is unknown, the catalogue stands in.
    """
    return _FormCheck(reading, catalogue, names, annex_2 or {}).report()


class _FormCheck:
    """The checks of one workbook. Rows are looked at in the order in which a person reads them."""

    def __init__(self, reading: Reading, catalogue: Catalogue, names: Names, annex_2: Mapping[str, Registered]) -> None:
        self._reading = reading
        self._catalogue = catalogue
        self._names = names
        self._registered = self._choose_registered(annex_2)
        self._accepted: list[FormRow] = []
        self._errors: list[FormNote] = []
        self._remarks: list[FormNote] = list(reading.remarks)
        self._taken: dict[tuple[str, str, str], FormRow] = {}

    def report(self) -> FormReport:
        """What came of it."""
        reading = self._reading
        for section, reporter_id in zip(reading.sections, reading.units, strict=True):
            self._check_section(section, reporter_id)
        self._remark_registered()
        nil_sections = zip(reading.sections, reading.units, strict=True)
        return FormReport(
            form=reading.form,
            unit_id=reading.unit_id,
            reported_on=reading.reported_on,
            nil_unit_ids=tuple(unit_id for section, unit_id in nil_sections if unit_id and not section.lines),
            row_count=sum(len(section.lines) for section in reading.sections),
            accepted=tuple(self._accepted),
            errors=tuple(self._errors),
            remarks=tuple(self._remarks),
        )

    def _choose_registered(self, annex_2: Mapping[str, Registered]) -> dict[str, Registered]:
        """What each reporter's annex 3 is held against."""
        if self._reading.form is Form.ANNEX_2:
            return {}
        chosen = {
            unit_id: annex_2.get(unit_id) or Registered.from_catalogue(self._catalogue, unit_id)
            for unit_id in self._reading.reporter_ids
        }
        return {unit_id: registered for unit_id, registered in chosen.items() if registered is not None}

    def _check_section(self, section: Section, reporter_id: str | None) -> None:
        unit_id = reporter_id
        for line in section.lines:
            check = LineCheck(section=section, line=line)
            candidate = read_line(check, self._names, unit_id=unit_id, reporter_id=reporter_id)
            if candidate is not None:
                # A unit's name is written once and holds for the lines below it.
                unit_id = candidate.row.unit_id
                self._check_candidate(check, candidate)
                if not check.errors:
                    self._accept(candidate)
            self._errors += check.errors
            self._remarks += check.remarks
        if section.lines and section.nil_row is not None:
            self._remark(section.sheet, section.nil_row, "nil_with_rows", "表里填了“无”，但又有别的行，按有事项处理")
        elif reporter_id is not None and not section.lines:
            self._remark_nil(section, reporter_id)

    def _check_candidate(self, check: LineCheck, candidate: Candidate) -> None:
        row = candidate.row
        taken = (self._taken[key] for key in _list_keys(candidate) if key in self._taken)
        if (first := next(taken, None)) is not None:
            place = f"第{first.row}行" if first.sheet == row.sheet else f"“{first.sheet}”第{first.row}行"
            check.fail(Column.CERTIFICATE, "duplicate_row", f"“{row.certificate_name}”和{place}重复，请只留一行")
        registered = self._registered.get(row.reporter_id)
        objection = registered and registered.find_objection(row)
        if registered and objection:
            check.fail(Column.CERTIFICATE, objection.value, _explain(registered, objection, row.certificate_name))

    def _accept(self, candidate: Candidate) -> None:
        self._accepted.append(candidate.row)
        for key in _list_keys(candidate):
            self._taken[key] = candidate.row

    def _remark_registered(self) -> None:
        """What annex 3 leaves open of annex 2, or that there was none to compare with."""
        sheet = self._reading.sections[0].sheet
        for unit_id, registered in self._registered.items():
            rows = [row for row in self._accepted if row.reporter_id == unit_id]
            if not registered.is_annex_2:
                self._remark(sheet, None, "no_annex2", _NO_ANNEX_2)
            elif left := registered.list_unanswered(rows):
                shown = "、".join(left[:_MOST_NAMES]) + ("等" if len(left) > _MOST_NAMES else "")
                message = f"附件2保留的证明里，还有{len(left)}种没有写对措施：{shown}"
                self._remark(sheet, None, "measure_missing", message)

    def _remark_nil(self, section: Section, unit_id: str) -> None:
        """A unit without certificates says so (annex 2, note 5). Where the catalogue knows some, both stand."""
        matters = self._catalogue.matters
        entries = [entry for entry in self._catalogue.entries.values() if matters[entry.matter_id].unit_id == unit_id]
        if not entries:
            return
        samples = sum(entry.origin is Origin.ILLUSTRATIVE for entry in entries)
        hint = f"（其中{samples}条是待单位核对的示例）" if samples else ""
        message = f"单位报“无”，目录里却有这家单位的{len(entries)}条{hint}，请核对。目录没有改动，什么都没有删"
        self._remark(section.sheet, section.nil_row, "nil_but_in_catalogue", message)

    def _remark(self, sheet: str, row: int | None, code: str, message: str) -> None:
        self._remarks.append(FormNote(sheet=sheet, row=row, column=None, code=code, message=message))


def _list_keys(candidate: Candidate) -> list[tuple[str, str, str]]:
    """What a row claims: one certificate of one unit in one matter, or in all that have no row of their own."""
    row = candidate.row
    return [(row.unit_id, candidate.identity, matter_id) for matter_id in row.matter_ids or ("",)]


def _explain(registered: Registered, objection: Objection, name: str) -> str:
    if objection is Objection.NOT_REGISTERED:
        known = "这家单位的附件2" if registered.is_annex_2 else "现行目录里，这家单位"
        return f"{known}没有“{name}”（或没有所写的事项），附件3只填附件2里保留的证明"
    if registered.is_annex_2:
        return f"附件2已经建议取消“{name}”，附件3只填保留的证明"
    return f"现行目录里“{name}”已经取消，附件3只填保留的证明"
