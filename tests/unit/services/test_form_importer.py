"""A workbook goes in: what is right is kept as the unit's draft, the rest is explained."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import openpyxl
import pytest

from bot.catalogue.load import load_catalogue
from bot.domain.catalogue import Catalogue, Measure
from bot.domain.forms import Form, Saved
from bot.ports import FormImports
from bot.services.clock import SystemClock
from bot.services.form_imports import FormImporter, ImportResult
from bot.storage.form_imports import SqlFormImports, open_form_imports

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "tests" / "data" / "forms"
ANNEX_2 = SAMPLES / "annex2_minzheng.xlsx"
ANNEX_3 = SAMPLES / "annex3_minzheng.xlsx"
WITH_ERRORS = SAMPLES / "annex3_with_errors.xlsx"

Open = Callable[[], AbstractAsyncContextManager[FormImports]]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "catalogue_data")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlFormImports]:
    async with open_form_imports(f"sqlite:///{tmp_path / 'test.db'}") as opened:
        yield opened


@pytest.fixture
def importer(store: SqlFormImports, catalogue: Catalogue) -> FormImporter:
    @asynccontextmanager
    async def open_store() -> AsyncIterator[FormImports]:
        yield store

    return FormImporter(catalogue=catalogue, open_store=open_store, clock=SystemClock())


def codes_of(result: ImportResult) -> set[str]:
    return {note.code for note in result.report.errors + result.report.remarks}


async def test_right_rows_become_the_units_draft(importer: FormImporter, store: SqlFormImports) -> None:
    result = await importer.import_file(ANNEX_2)
    assert result.saved == (("minzheng", Saved.NEW),)
    batch = await store.find_current("minzheng", Form.ANNEX_2)
    assert batch is not None
    assert (len(batch.rows), batch.source, str(batch.reported_on)) == (99, "annex2_minzheng.xlsx", "2019-08-02")
    assert (await importer.import_file(ANNEX_2)).saved == (("minzheng", Saved.UNCHANGED),)


async def test_the_same_content_in_another_file_is_the_same(importer: FormImporter, tmp_path: Path) -> None:
    await importer.import_file(ANNEX_2)
    book = openpyxl.load_workbook(ANNEX_2)
    book.worksheets[0].title = "改了名字"
    book.save(tmp_path / "另存.xlsx")
    result = await importer.import_file(tmp_path / "另存.xlsx")
    assert result.saved == (("minzheng", Saved.UNCHANGED),)
    assert {row.sheet for row in result.report.accepted} == {"改了名字"}


async def test_annex_3_is_held_against_the_annex_2_that_came_before(importer: FormImporter) -> None:
    assert "no_annex2" in codes_of(await importer.import_file(WITH_ERRORS, dry_run=True))
    await importer.import_file(ANNEX_2)
    result = await importer.import_file(WITH_ERRORS)
    assert "measure_missing" in codes_of(result)
    assert (result.report.row_count, len(result.report.accepted)) == (20, 10)
    assert result.saved == (("minzheng", Saved.NEW),)


async def test_annex_3_is_held_against_the_annex_2_that_is_given(importer: FormImporter, store: SqlFormImports) -> None:
    result = await importer.import_file(WITH_ERRORS, annex_2=ANNEX_2, dry_run=True)
    assert len(result.report.accepted) == 10
    assert "measure_missing" in codes_of(result)
    assert await store.find_current("minzheng", Form.ANNEX_2) is None


async def test_a_nil_return_in_annex_2_leaves_nothing_for_annex_3(importer: FormImporter, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(SAMPLES / "annex2_nil_return.xlsx")
    book.worksheets[0]["A3"] = "填报单位：区民政局"
    book.save(tmp_path / "nil.xlsx")
    await importer.import_file(tmp_path / "nil.xlsx")
    result = await importer.import_file(ANNEX_3)
    assert {note.code for note in result.report.errors} == {"not_in_annex2"}
    assert (result.report.accepted, result.saved) == ((), ())


async def test_a_corrected_form_supersedes_the_one_before(importer: FormImporter, store: SqlFormImports) -> None:
    await importer.import_file(WITH_ERRORS)
    await importer.import_file(ANNEX_3)
    batches = await store.list_batches("minzheng", Form.ANNEX_3)
    assert [(len(batch.rows), batch.superseded_at is None) for batch in batches] == [(38, True), (10, False)]
    assert batches[0].rows[0].measure is Measure.OTHER


async def test_a_nil_return_is_kept_and_the_catalogue_untouched(
    importer: FormImporter, store: SqlFormImports, catalogue: Catalogue
) -> None:
    before = catalogue.version
    result = await importer.import_file(SAMPLES / "annex2_nil_return.xlsx")
    assert result.saved == (("wenlian", Saved.NEW),)
    batch = await store.find_current("wenlian", Form.ANNEX_2)
    assert batch is not None
    assert (batch.nil_return, batch.rows) == (True, ())
    assert load_catalogue(ROOT / "catalogue_data").version == before


@pytest.mark.parametrize(
    ("path", "annex_2"), [(ANNEX_2, None), (WITH_ERRORS, ANNEX_2), (ROOT / "pyproject.toml", None)]
)
async def test_dry_runs_and_rejected_files_do_not_even_open_the_store(
    catalogue: Catalogue, path: Path, annex_2: Path | None
) -> None:
    def refuse() -> AbstractAsyncContextManager[FormImports]:
        pytest.fail("the store was opened")

    importer = FormImporter(catalogue=catalogue, open_store=refuse, clock=SystemClock())
    result = await importer.import_file(path, annex_2=annex_2, dry_run=path.suffix == ".xlsx")
    assert result.saved == ()


async def test_a_dry_run_changes_nothing(importer: FormImporter, store: SqlFormImports) -> None:
    result = await importer.import_file(ANNEX_3, dry_run=True)
    assert (len(result.report.accepted), result.saved) == (38, ())
    assert await store.list_batches("minzheng", Form.ANNEX_3) == ()


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (SAMPLES / "annex2_nil_return.xlsx", "另一家单位"),
        (ANNEX_3, "不是附件2"),
        (ROOT / "没有.xlsx", "读不了"),
    ],
)
async def test_an_annex_2_that_cannot_serve_is_refused(importer: FormImporter, other: Path, reason: str) -> None:
    result = await importer.import_file(WITH_ERRORS, annex_2=other)
    assert result.report.rejected
    assert result.report.form is Form.ANNEX_3
    assert result.report.reason is not None
    assert reason in result.report.reason
    assert os.fspath(other.name) in result.report.reason
