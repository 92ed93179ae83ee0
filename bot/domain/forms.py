"""The forms by which units register certificates: annex 2 (what is asked for now) and annex 3 (how each is spared).

A unit keeps or cancels each certificate in annex 2, and names one measure for each kept certificate in annex 3
(2019 plan, part 3 (1) and (3), annexes 2 and 3 with their notes).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.catalogue import Measure
from bot.domain.errors import InvalidInputError


class Form(StrEnum):
    """Which of the two forms a workbook holds."""

    ANNEX_2 = "annex2"
    ANNEX_3 = "annex3"


class FormRejectedError(InvalidInputError):
    """A workbook that cannot be used at all; the detail tells the unit what to send instead.

    Attributes:
        form: which form it is, where that much could be told.
    """

    code = "form-rejected"
    title = "这个文件没法导入"

    def __init__(self, detail: str = "", form: Form | None = None) -> None:
        super().__init__(detail)
        self.form = form


@dataclass(frozen=True, slots=True, kw_only=True)
class FormNote:
    """An error or a remark about a place in a workbook.

    Attributes:
        row: the row number a person sees, or None where the note is about the whole sheet or file.
        column: the column letter a person sees, or None.
        code: stable, for programs.
        message: Chinese, for the person who filled in the form.
    """

    sheet: str
    row: int | None
    column: str | None
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One right row of a form.

    Attributes:
        unit_id: the unit that asks for the certificate.
        reporter_id: the unit that sent the form, which may speak for others of its system.
        certificate_id: None for a certificate that the catalogue does not know yet.
        certificate_name: as written, without the matters in brackets.
        matter_ids: the matters it is about; empty in annex 3 where the row holds for all.
        measure: `CANCEL` or None (kept, still without a measure) in annex 2; any but `CANCEL` in annex 3.
        way: what was written beside the tick, such as the other way that annex 3 asks for.
    """

    sheet: str
    row: int
    unit_id: str
    reporter_id: str
    certificate_id: str | None
    certificate_name: str
    issuer: str
    matter_ids: tuple[str, ...] = ()
    basis: str = ""
    measure: Measure | None = None
    way: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBatch:
    """The right rows of one unit and one form, as they are stored: a draft until they are reviewed and published.

    Attributes:
        source: the name of the file they came from.
        content_hash: the same for the same content, however the file was saved.
        superseded_at: when a newer import of the same unit and form took its place; None for the current one.
    """

    id: str
    form: Form
    unit_id: str
    reported_on: date | None
    nil_return: bool
    rows: tuple[FormRow, ...]
    source: str
    content_hash: str
    imported_at: datetime
    superseded_at: datetime | None = None


class Saved(StrEnum):
    """What became of a batch that was handed in to be stored."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CURRENT_AGAIN = "current_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReport:
    """What came of reading a workbook.

    Attributes:
        unit_id: the unit that reports; None where no known unit is named.
        nil_unit_ids: the units that report that there is nothing.
        row_count: rows that were meant as data, right and wrong ones.
        reason: why the whole file was rejected, or None.
    """

    form: Form | None = None
    unit_id: str | None = None
    reported_on: date | None = None
    nil_unit_ids: tuple[str, ...] = ()
    row_count: int = 0
    accepted: tuple[FormRow, ...] = ()
    errors: tuple[FormNote, ...] = ()
    remarks: tuple[FormNote, ...] = ()
    reason: str | None = None

    @property
    def nil_return(self) -> bool:
        """Whether the form says nothing but that there is nothing."""
        return not self.row_count and bool(self.nil_unit_ids)

    @property
    def rejected(self) -> bool:
        """Whether nothing of the file may be used."""
        return self.reason is not None
