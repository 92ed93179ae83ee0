"""Requests for verification in the database, sealed as a whole, changed together with letters and use records."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.errors import ConflictError, NotFoundError
from bot.domain.filing import Letter
from bot.domain.use_record import Use
from bot.domain.verification import OPEN_STATES, Verification
from bot.storage.cipher import Cipher
from bot.storage.complaint_rows import row_of_letter
from bot.storage.database import translated_errors
from bot.storage.license_tables import VERIFICATIONS
from bot.storage.tables import OUTBOX
from bot.storage.use_records import append_uses

_VERIFICATIONS: Final = msgspec.json.Decoder(Verification)
_OPEN: Final = tuple(state.value for state in OPEN_STATES)


def row_of_verification(verification: Verification, cipher: Cipher) -> dict[str, Any]:
    """The whole of it sealed, and beside it what queue, clock and statistics need."""
    return {
        "id": verification.id,
        "number": verification.number,
        "owner_id": verification.owner_id,
        "license_id": verification.license_id,
        "matter_id": verification.matter_id,
        "certificate_id": verification.certificate_id,
        "requesting_unit_id": verification.requesting_unit_id,
        "issuing_unit_id": verification.issuing_unit_id,
        "requested_at": verification.requested_at,
        "due_at": verification.due_at,
        "ended_at": verification.ended_at,
        "state": verification.state.value,
        "warned": verification.warned,
        "is_escalated": verification.is_escalated,
        "content": cipher.seal_bytes(msgspec.json.encode(verification), f"verifications:{verification.id}"),
        "version": verification.version,
    }


class SqlVerifications:
    """Implements `VerificationStore`."""

    def __init__(self, engine: AsyncEngine, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher

    async def add(self, verification: Verification, *uses: Use, letters: Sequence[Letter] = ()) -> None:
        """See `VerificationStore`."""
        with translated_errors():
            async with self._engine.begin() as connection:
                await connection.execute(insert(VERIFICATIONS), row_of_verification(verification, self._cipher))
                await self._finish(connection, verification.requested_at, uses, letters)

    async def change(
        self, verification: Verification, *uses: Use, at: datetime, letters: Sequence[Letter] = ()
    ) -> None:
        """See `VerificationStore`."""
        is_same = (VERIFICATIONS.c.id == verification.id) & (VERIFICATIONS.c.version == verification.version - 1)
        row = row_of_verification(verification, self._cipher)
        with translated_errors():
            async with self._engine.begin() as connection:
                changed = await connection.execute(update(VERIFICATIONS).where(is_same).values(**row))
                if changed.rowcount != 1:
                    raise ConflictError("这条核实刚刚有了变化，请刷新看看")
                await self._finish(connection, at, uses, letters)

    async def get(self, verification_id: str) -> Verification:
        """See `VerificationStore`."""
        found = await self._list(VERIFICATIONS.c.id == verification_id, 1)
        if not found:
            raise NotFoundError("没有找到这条核实")
        return found[0]

    async def find_by_number(self, number: str) -> Verification | None:
        """See `VerificationStore`."""
        found = await self._list(VERIFICATIONS.c.number == number, 1)
        return found[0] if found else None

    async def list_of_owner(self, owner_id: str, limit: int) -> Sequence[Verification]:
        """See `VerificationStore`."""
        return await self._list(VERIFICATIONS.c.owner_id == owner_id, limit) if owner_id else ()

    async def list_of_unit(self, unit_id: str | None, limit: int, *, only_open: bool) -> Sequence[Verification]:
        """See `VerificationStore`."""
        table = VERIFICATIONS.c
        condition: Any = table.state.in_(_OPEN) if only_open else table.id.is_not(None)
        if unit_id is not None:
            condition &= or_(table.issuing_unit_id == unit_id, table.requesting_unit_id == unit_id)
        order = table.due_at if only_open else table.requested_at.desc()
        return await self._list(condition, limit, order)

    async def list_open(self, limit: int) -> Sequence[Verification]:
        """See `VerificationStore`."""
        return await self._list(VERIFICATIONS.c.state.in_(_OPEN), limit, VERIFICATIONS.c.due_at)

    async def list_between(self, since: datetime, until: datetime) -> Sequence[Verification]:
        """See `VerificationStore`."""
        asked = VERIFICATIONS.c.requested_at
        return await self._list((asked >= since) & (asked < until), None)

    async def _finish(
        self, connection: AsyncConnection, at: datetime, uses: Sequence[Use], letters: Sequence[Letter]
    ) -> None:
        for letter in letters:
            await connection.execute(insert(OUTBOX), row_of_letter(letter, at, self._cipher))
        await append_uses(connection, uses)

    async def _list(self, condition: Any, limit: int | None, order: Any = None) -> Sequence[Verification]:
        query = select(VERIFICATIONS.c.id, VERIFICATIONS.c.content).where(condition).limit(limit)
        query = query.order_by(VERIFICATIONS.c.id.desc() if order is None else order)
        with translated_errors():
            async with self._engine.connect() as connection:
                rows = (await connection.execute(query)).all()
        return tuple(
            _VERIFICATIONS.decode(self._cipher.open_bytes(row.content, f"verifications:{row.id}")) for row in rows
        )
