"""The audit trail in the database."""

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.identifiers import new_id
from bot.ports import Clock
from bot.storage.database import translated_errors
from bot.storage.tables import AUDIT


class SqlAuditTrail:
    """Implements `AuditTrail`."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def record(self, *, actor_id: str, action: str, target: str = "", detail: str = "") -> None:
        """See `AuditTrail`."""
        row = {
            "id": new_id(),
            "at": self._clock.now(),
            "actor_id": actor_id,
            "action": action,
            "target": target,
            "detail": detail,
        }
        with translated_errors():
            async with self._engine.begin() as connection:
                await connection.execute(insert(AUDIT), row)
