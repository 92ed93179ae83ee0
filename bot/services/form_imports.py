"""Takes in a unit's annex 2 or annex 3: reads the workbook, checks each row, keeps the right ones as a draft."""

import hashlib
import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.catalogue.forms.checking import check_form
from bot.catalogue.forms.names import Names
from bot.catalogue.forms.reading import Reading, read_form
from bot.catalogue.forms.registered import Registered
from bot.domain.catalogue import Catalogue
from bot.domain.forms import Form, FormBatch, FormRejectedError, FormReport, FormRow, Saved
from bot.domain.identifiers import new_id
from bot.ports import Clock, FormImports

OpenStore = Callable[[], AbstractAsyncContextManager[FormImports]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What came of a workbook.

    Attributes:
        saved: unit and what became of its batch; empty after a dry run and for a rejected file.
    """

    report: FormReport
    saved: tuple[tuple[str, Saved], ...] = ()


class FormImporter:
    """The use case of `import-form`.

    Args:
        open_store: opens the store; called only where the store is needed, so that a rejected file touches nothing.
    """

    def __init__(self, *, catalogue: Catalogue, open_store: OpenStore, clock: Clock) -> None:
        self._catalogue = catalogue
        self._names = Names(catalogue)
        self._open_store = open_store
        self._clock = clock

    async def import_file(self, path: Path, *, annex_2: Path | None = None, dry_run: bool = False) -> ImportResult:
        """Reads, checks and stores a workbook; one bad row never keeps the others out, a rejected file changes nothing.

        Args:
            annex_2: a workbook to hold an annex 3 against, instead of what the unit reported before.
            dry_run: only says what would come of it.
        """
        try:
            reading = read_form(path, self._names)
            is_annex_3 = reading.form is Form.ANNEX_3
            given = self._read_registered(annex_2, reading) if annex_2 and is_annex_3 else None
        except FormRejectedError as error:
            return ImportResult(report=FormReport(form=error.form, reason=error.detail))
        if dry_run and (given is not None or not is_annex_3):
            return ImportResult(report=check_form(reading, self._catalogue, self._names, given))
        async with self._open_store() as store:
            registered = await _find_registered(store, reading) if given is None else given
            report = check_form(reading, self._catalogue, self._names, registered)
            batches = () if dry_run else self._make_batches(report, reading.form, path.name)
            states = await store.save_all(batches)
        saved = tuple((batch.unit_id, state) for batch, state in zip(batches, states, strict=True))
        return ImportResult(report=report, saved=saved)

    def _read_registered(self, path: Path, reading: Reading) -> dict[str, Registered]:
        """What an annex 2 workbook registers, which must be the same unit's."""
        try:
            other = read_form(path, self._names)
        except FormRejectedError as error:
            raise FormRejectedError(f"用来核对的附件2“{path.name}”读不了：{error.detail}", reading.form) from error
        if other.form is not Form.ANNEX_2:
            raise FormRejectedError(f"“{path.name}”不是附件2，没法用来核对", reading.form)
        if other.unit_id != reading.unit_id:
            raise FormRejectedError(f"附件2“{path.name}”是另一家单位的，没法用来核对", reading.form)
        report = check_form(other, self._catalogue, self._names)
        units = dict.fromkeys(row.reporter_id for row in report.accepted) | dict.fromkeys(report.nil_unit_ids)
        return {unit: Registered.from_rows(row for row in report.accepted if row.reporter_id == unit) for unit in units}

    def _make_batches(self, report: FormReport, form: Form, source: str) -> tuple[FormBatch, ...]:
        """One batch a reporting unit. A form with not one right row is no report, and must not supersede one."""
        rows: dict[str, list[FormRow]] = {unit_id: [] for unit_id in report.nil_unit_ids}
        for row in report.accepted:
            rows.setdefault(row.reporter_id, []).append(row)
        return tuple(
            FormBatch(
                id=new_id(),
                form=form,
                unit_id=unit_id,
                reported_on=report.reported_on,
                nil_return=not right,
                rows=tuple(right),
                source=source,
                content_hash=_hash_content(form, unit_id, report, right),
                imported_at=self._clock.now(),
            )
            for unit_id, right in rows.items()
        )


async def _find_registered(store: FormImports, reading: Reading) -> dict[str, Registered]:
    """What the units of an annex 3 reported in annex 2 before."""
    if reading.form is Form.ANNEX_2:
        return {}
    batches = [await store.find_current(unit_id, Form.ANNEX_2) for unit_id in reading.reporter_ids]
    return {batch.unit_id: Registered.from_rows(batch.rows) for batch in batches if batch is not None}


def _hash_content(form: Form, unit_id: str, report: FormReport, rows: list[FormRow]) -> str:
    """The same for the same words, however the workbook was saved and wherever in it they stand."""
    content = {
        "form": form,
        "unit": unit_id,
        "reported_on": report.reported_on and report.reported_on.isoformat(),
        "rows": [_content_of(row) for row in rows],
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _content_of(row: FormRow) -> dict[str, Any]:
    return {name: value for name, value in asdict(row).items() if name not in {"sheet", "row"}}
