"""Who has just logged in, kept sealed for minutes under the hash of what the browser holds."""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.identity import Identity
from bot.storage.cipher import Cipher
from bot.storage.database import translated_errors
from bot.storage.license_tables import IDENTITY_SESSIONS

_IDENTITIES: Final = msgspec.json.Decoder(Identity)


class SqlIdentitySessions:
    """Implements `IdentitySessions`."""

    def __init__(self, engine: AsyncEngine, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher

    async def open(self, session: str, identity: Identity, *, now: datetime, until: datetime) -> None:
        """See `IdentitySessions`."""
        sealed = self._cipher.seal_bytes(msgspec.json.encode(identity), _place(session))
        row = {"id": session, "expires_at": until, "content": sealed}
        with translated_errors():
            async with self._engine.begin() as connection:
                await connection.execute(delete(IDENTITY_SESSIONS).where(IDENTITY_SESSIONS.c.expires_at <= now))
                await connection.execute(insert(IDENTITY_SESSIONS), row)

    async def find(self, session: str, now: datetime) -> Identity | None:
        """See `IdentitySessions`."""
        table = IDENTITY_SESSIONS.c
        query = select(table.content).where((table.id == session) & (table.expires_at > now))
        with translated_errors():
            async with self._engine.connect() as connection:
                row = (await connection.execute(query)).first()
        return None if row is None else _IDENTITIES.decode(self._cipher.open_bytes(row.content, _place(session)))


def _place(session: str) -> str:
    return f"identity_sessions:{session}"
