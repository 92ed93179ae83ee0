"""What units reported in annex 2 and 3, in the database."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Row, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.catalogue import Measure
from bot.domain.forms import Form, FormBatch, FormRow, Saved
from bot.storage.database import open_database, translated_errors
from bot.storage.migrate import upgrade_database
from bot.storage.tables import FORM_BATCHES, FORM_ROWS

_LONGEST_SHEET_NAME: Final = 64
# PostgreSQL takes at most 32,767 values a statement.
_ROWS_AT_ONCE: Final = 1_000


class SqlFormImports:
    """Implements `FormImports`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def save_all(self, batches: Sequence[FormBatch]) -> tuple[Saved, ...]:
        """See `FormImports`."""
        with translated_errors():
            async with self._engine.begin() as connection:
                await _take_turn(connection)
                return tuple([await _save(connection, batch) for batch in batches])

    async def find_current(self, unit_id: str, form: Form) -> FormBatch | None:
        """See `FormImports`."""
        found = await self._load(_is_series(unit_id, form) & FORM_BATCHES.c.superseded_at.is_(None))
        return found[0] if found else None

    async def list_batches(self, unit_id: str, form: Form) -> Sequence[FormBatch]:
        """See `FormImports`."""
        return await self._load(_is_series(unit_id, form))

    async def _load(self, condition: ColumnElement[bool]) -> tuple[FormBatch, ...]:
        newest_first = (FORM_BATCHES.c.imported_at.desc(), FORM_BATCHES.c.id.desc())
        query = select(FORM_BATCHES).where(condition).order_by(*newest_first)
        with translated_errors():
            async with self._engine.connect() as connection:
                return tuple([await _load_batch(connection, row) for row in (await connection.execute(query)).all()])


@asynccontextmanager
async def open_form_imports(address: str) -> AsyncIterator[SqlFormImports]:
    """The store in the database of this address, brought to its newest shape. Raises UnavailableError."""
    engine = open_database(address)
    try:
        await upgrade_database(engine)
        yield SqlFormImports(engine)
    finally:
        await engine.dispose()


def _is_series(unit_id: str, form: Form) -> ColumnElement[bool]:
    return (FORM_BATCHES.c.unit_id == unit_id) & (FORM_BATCHES.c.form == form.value)


async def _take_turn(connection: AsyncConnection) -> None:
    """One import at a time, so that two of the same unit do not both become current. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"LOCK TABLE {FORM_BATCHES.name} IN SHARE ROW EXCLUSIVE MODE"))


async def _save(connection: AsyncConnection, batch: FormBatch) -> Saved:
    is_series = _is_series(batch.unit_id, batch.form)
    is_same = is_series & (FORM_BATCHES.c.content_hash == batch.content_hash)
    # Writing first takes the lock, so that what is read afterwards stays true.
    await connection.execute(
        update(FORM_BATCHES)
        .where(is_series, FORM_BATCHES.c.superseded_at.is_(None), ~is_same)
        .values(superseded_at=batch.imported_at)
    )
    known = (await connection.execute(select(FORM_BATCHES).where(is_same))).one_or_none()
    if known is None:
        await _insert(connection, batch)
        return Saved.NEW
    if known.superseded_at is None:
        return Saved.UNCHANGED
    await connection.execute(update(FORM_BATCHES).where(is_same).values(superseded_at=None))
    return Saved.CURRENT_AGAIN


async def _insert(connection: AsyncConnection, batch: FormBatch) -> None:
    await connection.execute(
        insert(FORM_BATCHES),
        {
            "id": batch.id,
            "form": batch.form.value,
            "unit_id": batch.unit_id,
            "reported_on": batch.reported_on,
            "nil_return": batch.nil_return,
            "source": batch.source,
            "content_hash": batch.content_hash,
            "imported_at": batch.imported_at,
            "superseded_at": batch.superseded_at,
        },
    )
    rows = [_values_of(row, batch.id, position) for position, row in enumerate(batch.rows)]
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        await connection.execute(insert(FORM_ROWS), rows[start : start + _ROWS_AT_ONCE])


def _values_of(row: FormRow, batch_id: str, position: int) -> dict[str, Any]:
    return {
        "batch_id": batch_id,
        "position": position,
        "sheet": row.sheet[:_LONGEST_SHEET_NAME],
        "row": row.row,
        "unit_id": row.unit_id,
        "certificate_id": row.certificate_id,
        "certificate_name": row.certificate_name,
        "issuer": row.issuer,
        "matter_ids": msgspec.json.encode(row.matter_ids).decode(),
        "basis": row.basis,
        "measure": None if row.measure is None else row.measure.value,
        "way": row.way,
    }


async def _load_batch(connection: AsyncConnection, stored: Row[Any]) -> FormBatch:
    query = select(FORM_ROWS).where(FORM_ROWS.c.batch_id == stored.id).order_by(FORM_ROWS.c.position)
    rows = (await connection.execute(query)).all()
    return FormBatch(
        id=stored.id,
        form=Form(stored.form),
        unit_id=stored.unit_id,
        reported_on=stored.reported_on,
        nil_return=stored.nil_return,
        rows=tuple(_row_of(row, stored.unit_id) for row in rows),
        source=stored.source,
        content_hash=stored.content_hash,
        imported_at=stored.imported_at,
        superseded_at=stored.superseded_at,
    )


def _row_of(row: Row[Any], reporter_id: str) -> FormRow:
    return FormRow(
        sheet=row.sheet,
        row=row.row,
        unit_id=row.unit_id,
        reporter_id=reporter_id,
        certificate_id=row.certificate_id,
        certificate_name=row.certificate_name,
        issuer=row.issuer,
        matter_ids=msgspec.json.decode(row.matter_ids, type=tuple[str, ...]),
        basis=row.basis,
        measure=None if row.measure is None else Measure(row.measure),
        way=row.way,
    )
