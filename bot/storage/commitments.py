"""Signed letters of commitment in the database, sealed."""

from typing import Final

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.commitment import SignedCommitment
from bot.domain.use_record import Use
from bot.storage.cipher import Cipher
from bot.storage.database import translated_errors
from bot.storage.license_tables import COMMITMENTS
from bot.storage.use_records import append_uses

_SIGNED: Final = msgspec.json.Decoder(SignedCommitment)


class SqlCommitments:
    """Implements `CommitmentStore`."""

    def __init__(self, engine: AsyncEngine, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher

    async def add(self, signed: SignedCommitment, *uses: Use) -> None:
        """See `CommitmentStore`."""
        row = {
            "id": signed.id,
            "number": signed.number,
            "owner_id": signed.owner_id,
            "entry_id": signed.letter.entry_id,
            "signed_at": signed.signed_at,
            "signature": signed.signature,
            "content": self._cipher.seal_bytes(msgspec.json.encode(signed), f"commitments:{signed.id}"),
        }
        with translated_errors():
            async with self._engine.begin() as connection:
                await connection.execute(insert(COMMITMENTS), row)
                await append_uses(connection, uses)

    async def find(self, commitment_id: str) -> SignedCommitment | None:
        """See `CommitmentStore`."""
        query = select(COMMITMENTS).where(COMMITMENTS.c.id == commitment_id)
        with translated_errors():
            async with self._engine.connect() as connection:
                row = (await connection.execute(query)).first()
        if row is None:
            return None
        return _SIGNED.decode(self._cipher.open_bytes(row.content, f"commitments:{row.id}"))
