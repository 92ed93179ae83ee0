"""Reads one line of a form into a row, and says what is wrong with it in words that the office can act on."""

from dataclasses import dataclass, field
from typing import Final

from openpyxl.utils import get_column_letter

from bot.catalogue.forms.headings import FORM_TICKS, MEASURE_COLUMNS, Column
from bot.catalogue.forms.names import CertificateName, Names
from bot.catalogue.forms.sections import Line, Section
from bot.catalogue.forms.text import Tick, is_nil, name_key, read_tick, tidy
from bot.domain.catalogue import Measure
from bot.domain.forms import Form, FormNote, FormRow

_NO_BASIS: Final = frozenset(("", "无", "没有", "无依据", "无法律依据", "无法律法规依据", "无法定依据"))


@dataclass(slots=True, kw_only=True)
class LineCheck:
    """One line under examination. Whatever has an error is no right row; remarks harm nothing."""

    section: Section
    line: Line
    errors: list[FormNote] = field(default_factory=list)
    remarks: list[FormNote] = field(default_factory=list)

    def text(self, column: Column) -> str:
        """The cell as written, blanks aside; empty where the column or the text is missing."""
        return tidy(self.line.cells.get(column, ""))

    def required(self, column: Column, code: str, message: str) -> str:
        """The cell, which must be filled in; a dash or `无` is as good as nothing."""
        text = self.text(column)
        if name_key(text) and not is_nil(text):
            return text
        if column not in self.line.unreadable:
            self.fail(column, code, message)
        return ""

    def fail(self, column: Column | None, code: str, message: str) -> None:
        """Adds an error."""
        self.errors.append(self._note(column, code, message))

    def remark(self, column: Column | None, code: str, message: str) -> None:
        """Adds a remark."""
        self.remarks.append(self._note(column, code, message))

    def _note(self, column: Column | None, code: str, message: str) -> FormNote:
        place = None if column is None else self.section.heading.columns.get(column)
        letter = None if place is None else get_column_letter(place)
        return FormNote(sheet=self.section.sheet, row=self.line.row, column=letter, code=code, message=message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A row without errors of its own.

    Attributes:
        identity: the certificate under whatever name; two rows of one identity and one matter say the same thing twice.
    """

    row: FormRow
    identity: str


def read_line(check: LineCheck, names: Names, *, unit_id: str | None, reporter_id: str | None) -> Candidate | None:
    """The row of a line, or None where it has errors.

    Args:
        unit_id: the unit that holds for a line which names none.
        reporter_id: the unit named above the table; None where each line speaks for its own.
    """
    for column in sorted(check.line.unreadable):
        check.fail(column, "unreadable_formula", f"“{column}”是公式，但没有算出的结果：请改成直接填写的文字")
    own_unit_id = _read_unit(check, names, unit_id)
    certificate = _read_certificate(check, names, own_unit_id)
    issuer = check.required(Column.ISSUER, "missing_issuer", "没有填“证明开具单位”，请写明这张证明由谁开具")
    is_annex_2 = check.section.heading.form is Form.ANNEX_2
    matter_ids = _read_matters(check, names, own_unit_id, certificate)
    measure, way = _read_proposal(check) if is_annex_2 else _read_measure(check)
    if check.errors or own_unit_id is None:
        return None
    if reporter_id is not None and own_unit_id != reporter_id:
        check.remark(Column.UNIT, "other_unit", f"这一行的单位是“{check.text(Column.UNIT)}”，和填报单位不同，请核对")
    row = FormRow(
        sheet=check.section.sheet,
        row=check.line.row,
        unit_id=own_unit_id,
        reporter_id=reporter_id or own_unit_id,
        certificate_id=certificate.id,
        certificate_name=certificate.text,
        issuer=issuer,
        matter_ids=matter_ids,
        basis=check.text(Column.BASIS),
        measure=measure,
        way=way,
    )
    return Candidate(row=row, identity=name_key(certificate.text) if certificate.qualifier else certificate_key(row))


def certificate_key(row: FormRow) -> str:
    """What a row's certificate is compared by: its id, or its name where the catalogue does not know it."""
    return row.certificate_id or name_key(row.certificate_name)


def _read_unit(check: LineCheck, names: Names, unit_id: str | None) -> str | None:
    text = check.text(Column.UNIT)
    if not name_key(text):
        if unit_id is None and Column.UNIT not in check.line.unreadable:
            check.fail(Column.UNIT, "missing_unit", "没有填“管理或服务单位名称”，表头也没有写填报单位")
        return unit_id
    found = names.find_unit(text)
    if found is None:
        meant = _did_you_mean(names.suggest_units(text))
        check.fail(Column.UNIT, "unknown_unit", f"单位名单里没有“{text}”{meant}")
    return found


def _read_certificate(check: LineCheck, names: Names, unit_id: str | None) -> CertificateName:
    text = check.required(Column.CERTIFICATE, "missing_certificate", "没有填证明材料名称，请写明是哪张证明")
    certificate = names.find_certificate(text, unit_id)
    if not text:
        return certificate
    if certificate.is_other_name:
        official = names.certificate_name(certificate.id or "")
        check.remark(Column.CERTIFICATE, "alias_name", f"“{certificate.text}”按目录里的“{official}”登记")
    elif certificate.id is None:
        meant = _did_you_mean(names.suggest_certificates(certificate.text))
        check.remark(Column.CERTIFICATE, "new_certificate", f"目录里还没有“{certificate.text}”，按新的证明登记{meant}")
    return certificate


def _read_matters(check: LineCheck, names: Names, unit_id: str | None, certificate: CertificateName) -> tuple[str, ...]:
    """The matters of annex 2's own column, or those that annex 3 puts in brackets behind the certificate."""
    if check.section.heading.form is Form.ANNEX_3:
        if certificate.occasion and not certificate.matter_ids:
            _fail_matter(check, names, Column.CERTIFICATE, certificate.occasion, unit_id)
        return certificate.matter_ids or _read_extra_matters(check, names, unit_id)
    text = check.required(Column.MATTER, "missing_matter", "没有填“证明对应的办理事项”，请写明办什么事时要这张证明")
    matter_ids = names.find_matters(text, unit_id)
    if text and not matter_ids:
        _fail_matter(check, names, Column.MATTER, text, unit_id)
    elif (
        len(matter_ids) == 1 and (official := names.matter_name(matter_ids[0])) and name_key(official) != name_key(text)
    ):
        check.remark(Column.MATTER, "alias_name", f"“{text}”按目录里的事项“{official}”登记")
    return matter_ids


def _read_extra_matters(check: LineCheck, names: Names, unit_id: str | None) -> tuple[str, ...]:
    """Annex 3 has no column for matters; where an office added one, it is understood if it can be."""
    text = check.text(Column.MATTER)
    matter_ids = names.find_matters(text, unit_id)
    if text and not matter_ids:
        check.remark(Column.MATTER, "unknown_matter", f"目录里没有事项“{text}”，这一行按适用于所有事项登记")
    return matter_ids


def _fail_matter(check: LineCheck, names: Names, column: Column, text: str, unit_id: str | None) -> None:
    meant = _did_you_mean(names.suggest_matters(text, unit_id))
    check.fail(column, "unknown_matter", f"目录里没有事项“{text}”{meant}")


def _read_proposal(check: LineCheck) -> tuple[Measure | None, str]:
    """Annex 2: cancel or keep, exactly one of them (note 4)."""
    ticked = _list_ticked(check)
    if len(ticked) > 1:
        check.fail(Column.CANCEL, "both_cancel_and_keep", "“取消”和“保留”都打了√，请只留一个")
    elif not ticked and not check.line.unreadable & set(FORM_TICKS[Form.ANNEX_2]):
        check.fail(Column.CANCEL, "no_measure", "“取消”和“保留”都没有打√，请选一个")
    if (
        Column.KEEP in ticked
        and name_key(check.text(Column.BASIS)) in _NO_BASIS
        and Column.BASIS not in check.line.unreadable
    ):
        check.remark(
            Column.BASIS, "kept_without_basis", "建议保留却没有写依据：没有法律、法规依据的证明应当取消，请核对"
        )
    return (Measure.CANCEL if Column.CANCEL in ticked else None), " ".join(filter(None, ticked.values()))


def _read_measure(check: LineCheck) -> tuple[Measure | None, str]:
    """Annex 3: exactly one measure, and the way in words where it is 其他 (note 1)."""
    ticked = _list_ticked(check)
    if len(ticked) != 1:
        if ticked:
            chosen = "”“".join(ticked)
            check.fail(next(iter(ticked)), "two_measures", f"“{chosen}”都打了√，一张证明只能选一种办法")
        elif not check.line.unreadable & MEASURE_COLUMNS.keys():
            check.fail(None, "no_measure", "没有打√，请在共享、核实、替代、承诺、其他、暂时无法实现里选一种")
        return None, ""
    ((column, way),) = ticked.items()
    if column is Column.OTHER:
        way = way or check.text(Column.NOTE)
        if not name_key(way):
            check.fail(
                Column.OTHER, "other_way_missing", "选了“其他”，但没有写具体方式，请在√旁边写明（如“现场刷脸核验身份”）"
            )
    return MEASURE_COLUMNS[column], way


def _list_ticked(check: LineCheck) -> dict[Column, str]:
    """The ticked columns with the words beside the tick; crosses count only where nothing else is ticked."""
    marks = {
        column: read_tick(check.line.cells[column])
        for column in FORM_TICKS[check.section.heading.form]
        if column in check.line.cells
    }
    strongest = max((tick for tick, _ in marks.values()), default=Tick.NONE)
    return {column: words for column, (tick, words) in marks.items() if tick is strongest is not Tick.NONE}


def _did_you_mean(names: list[str]) -> str:
    return f"。您要写的是不是“{'”或“'.join(names)}”？" if names else "，请核对名称"
