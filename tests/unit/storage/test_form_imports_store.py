"""What units reported is kept: the same content once, the newest current, the older ones readable."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.catalogue import Measure
from bot.domain.forms import Form, FormBatch, FormRow, Saved
from bot.storage.form_imports import SqlFormImports, open_form_imports

NOON = datetime(2019, 8, 5, 12, tzinfo=UTC)
ROW = FormRow(
    sheet="附件2",
    row=7,
    unit_id="minzheng",
    reporter_id="minzheng",
    certificate_id="id",
    certificate_name="居民身份证",
    issuer="公安机关",
    matter_ids=("mz-marry", "mz-divorce"),
    basis="《婚姻登记条例》第五条",
)
BATCH = FormBatch(
    id="first",
    form=Form.ANNEX_2,
    unit_id="minzheng",
    reported_on=date(2019, 8, 2),
    nil_return=False,
    rows=(ROW, replace(ROW, row=8, certificate_id=None, certificate_name="健在证明", measure=Measure.CANCEL, way="√")),
    source="附件2.xlsx",
    content_hash="a",
    imported_at=NOON,
)


def later(batch: FormBatch, name: str, hours: int = 1) -> FormBatch:
    return replace(batch, id=name, content_hash=name, imported_at=NOON + timedelta(hours=hours))


async def save(store: SqlFormImports, batch: FormBatch) -> Saved:
    (state,) = await store.save_all((batch,))
    return state


async def test_a_batch_comes_back_as_it_was_saved(database_url: str) -> None:
    async with open_form_imports(database_url) as store:
        assert await save(store, BATCH) is Saved.NEW
        assert await store.find_current("minzheng", Form.ANNEX_2) == BATCH
        assert await store.find_current("minzheng", Form.ANNEX_3) is None
        assert await store.find_current("gongan", Form.ANNEX_2) is None


async def test_the_same_content_is_saved_once(database_url: str) -> None:
    async with open_form_imports(database_url) as store:
        await save(store, BATCH)
        assert await save(store, replace(BATCH, id="again", imported_at=NOON + timedelta(days=1))) is Saved.UNCHANGED
        assert await store.list_batches("minzheng", Form.ANNEX_2) == (BATCH,)


async def test_a_newer_report_supersedes_the_older_one_which_stays_readable(database_url: str) -> None:
    second = later(BATCH, "second")
    async with open_form_imports(database_url) as store:
        await save(store, BATCH)
        assert await save(store, second) is Saved.NEW
        assert await store.find_current("minzheng", Form.ANNEX_2) == second
        old = replace(BATCH, superseded_at=second.imported_at)
        assert await store.list_batches("minzheng", Form.ANNEX_2) == (second, old)


async def test_a_report_that_comes_back_is_current_again(database_url: str) -> None:
    second, third = later(BATCH, "second"), replace(BATCH, id="third", imported_at=NOON + timedelta(hours=2))
    async with open_form_imports(database_url) as store:
        for batch in (BATCH, second):
            await save(store, batch)
        assert await save(store, third) is Saved.CURRENT_AGAIN
        assert await store.find_current("minzheng", Form.ANNEX_2) == BATCH
        batches = await store.list_batches("minzheng", Form.ANNEX_2)
        assert [batch.superseded_at for batch in batches] == [third.imported_at, None]


async def test_units_and_forms_do_not_supersede_each_other(database_url: str) -> None:
    others = (
        replace(later(BATCH, "annex3"), form=Form.ANNEX_3),
        replace(later(BATCH, "nil"), unit_id="wenlian", rows=(), nil_return=True, reported_on=None),
    )
    async with open_form_imports(database_url) as store:
        await save(store, BATCH)
        assert await store.save_all(others) == (Saved.NEW, Saved.NEW)
        assert await store.find_current("minzheng", Form.ANNEX_2) == BATCH
        assert await store.find_current("wenlian", Form.ANNEX_2) == others[1]


async def test_a_report_of_thousands_of_rows_is_saved(database_url: str) -> None:
    large = replace(BATCH, rows=tuple(replace(ROW, row=number) for number in range(7, 4_493)))
    async with open_form_imports(database_url) as store:
        await save(store, large)
        found = await store.find_current("minzheng", Form.ANNEX_2)
    assert found == large


async def test_imports_at_the_same_moment_leave_one_current(database_url: str) -> None:
    batches = [later(BATCH, f"batch{number}", number) for number in range(4)]
    async with open_form_imports(database_url) as store, open_form_imports(database_url) as other:
        await asyncio.gather(*(save(place, batch) for batch in batches for place in (store, other)))
        stored = await store.list_batches("minzheng", Form.ANNEX_2)
    assert sorted(batch.content_hash for batch in stored) == ["batch0", "batch1", "batch2", "batch3"]
    assert [batch.superseded_at for batch in stored].count(None) == 1
