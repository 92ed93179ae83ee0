"""The chain of use records in the database: appended in the transaction of what it tells of, never changed."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.use_record import Use, UseRecord, chain_use
from bot.storage.database import translated_errors
from bot.storage.license_tables import USE_CHAIN, USE_RECORDS

_USES: Final = msgspec.json.Decoder(Use)
_END: Final = USE_CHAIN.c.id == 1


async def append_uses(connection: AsyncConnection, uses: Sequence[Use]) -> None:
    """Appends to the chain within a transaction; whoever comes at the same time waits for its end."""
    for use in uses:
        locked = update(USE_CHAIN).where(_END).values(seq=USE_CHAIN.c.seq + 1).returning(USE_CHAIN)
        end = (await connection.execute(locked)).one()
        record = chain_use(use, end.seq, end.hash)
        await connection.execute(insert(USE_RECORDS), _row_of(record))
        await connection.execute(update(USE_CHAIN).where(_END).values(hash=record.hash))


class SqlUseLedger:
    """Implements `UseLedger`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def append(self, *uses: Use) -> None:
        """See `UseLedger`."""
        with translated_errors():
            async with self._engine.begin() as connection:
                await append_uses(connection, uses)

    async def list_of_subject(self, subject_id: str, limit: int) -> Sequence[UseRecord]:
        """See `UseLedger`."""
        wanted = USE_RECORDS.c.subject_id == subject_id
        return await self._list(select(USE_RECORDS).where(wanted).order_by(USE_RECORDS.c.seq.desc()).limit(limit))

    async def list_about(self, about: str) -> Sequence[UseRecord]:
        """See `UseLedger`."""
        return await self._list(select(USE_RECORDS).where(USE_RECORDS.c.about == about).order_by(USE_RECORDS.c.seq))

    async def list_from(self, seq: int, limit: int) -> Sequence[UseRecord]:
        """See `UseLedger`."""
        wanted = USE_RECORDS.c.seq >= seq
        return await self._list(select(USE_RECORDS).where(wanted).order_by(USE_RECORDS.c.seq).limit(limit))

    async def find_end(self) -> tuple[int, str]:
        """See `UseLedger`."""
        with translated_errors():
            async with self._engine.connect() as connection:
                end = (await connection.execute(select(USE_CHAIN).where(_END))).one()
        return end.seq, end.hash

    async def _list(self, query: Any) -> Sequence[UseRecord]:
        with translated_errors():
            async with self._engine.connect() as connection:
                rows = (await connection.execute(query)).all()
        return tuple(_read(row) for row in rows)


def _row_of(record: UseRecord) -> dict[str, Any]:
    return {
        "seq": record.seq,
        "at": record.use.at,
        "subject_id": record.use.subject_id,
        "about": record.use.about,
        "content": msgspec.json.encode(record.use).decode(),
        "previous": record.previous,
        "hash": record.hash,
    }


def _read(row: Row[Any]) -> UseRecord:
    return UseRecord(seq=row.seq, use=_USES.decode(row.content), previous=row.previous, hash=row.hash)
