"""Letters to other systems in the database: claimed by one worker at a time, in order for each subject."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, Update, func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.filing import Letter
from bot.domain.outbox import Attempt, LetterState, StuckLetter
from bot.ports import Clock
from bot.storage.cipher import Cipher
from bot.storage.database import translated_errors
from bot.storage.tables import OUTBOX

# A worker that died with letters in its hands gives them back after this; longer than a delivery ever takes.
_LEASE: Final = timedelta(seconds=30)
_LONGEST_ERROR: Final = 500


class SqlOutbox:
    """Implements `Outbox`."""

    def __init__(self, engine: AsyncEngine, clock: Clock, cipher: Cipher) -> None:
        self._engine = engine
        self._clock = clock
        self._cipher = cipher

    async def claim(self, limit: int) -> Sequence[Attempt]:
        """See `Outbox`."""
        now = self._clock.now()
        claimed = (
            update(OUTBOX)
            .where(OUTBOX.c.id.in_(self._select_due(now, limit)), _is_free(now))
            .values(leased_until=now + _LEASE, attempts=OUTBOX.c.attempts + 1)
            .returning(OUTBOX)
        )
        with translated_errors():
            async with self._engine.begin() as connection:
                rows = (await connection.execute(claimed)).all()
        return tuple(self._attempt_of(row) for row in sorted(rows, key=lambda row: str(row.id)))

    async def settle(self, letter_id: str) -> None:
        """See `Outbox`."""
        values = {"state": LetterState.DELIVERED.value, "delivered_at": self._clock.now(), "last_error": ""}
        await self._change(update(OUTBOX).where(OUTBOX.c.id == letter_id).values(**values, leased_until=None))

    async def postpone(self, letter_id: str, *, until: datetime, error: str) -> None:
        """See `Outbox`."""
        values = {"next_at": until, "leased_until": None, "last_error": error[:_LONGEST_ERROR]}
        await self._change(update(OUTBOX).where(OUTBOX.c.id == letter_id).values(**values))

    async def bury(self, letter_id: str, *, error: str) -> None:
        """See `Outbox`."""
        values = {"state": LetterState.DEAD.value, "leased_until": None, "last_error": error[:_LONGEST_ERROR]}
        await self._change(update(OUTBOX).where(OUTBOX.c.id == letter_id).values(**values))

    async def revive(self, letter_id: str) -> bool:
        """See `Outbox`."""
        values = {"state": LetterState.WAITING.value, "next_at": self._clock.now(), "attempts": 0}
        is_dead = (OUTBOX.c.id == letter_id) & (OUTBOX.c.state == LetterState.DEAD.value)
        return await self._change(update(OUTBOX).where(is_dead).values(**values)) == 1

    async def list_dead(self) -> Sequence[StuckLetter]:
        """See `Outbox`."""
        query = select(OUTBOX).where(OUTBOX.c.state == LetterState.DEAD.value).order_by(OUTBOX.c.id)
        with translated_errors():
            async with self._engine.connect() as connection:
                rows = (await connection.execute(query)).all()
        return tuple(_stuck_of(row) for row in rows)

    async def count(self, state: LetterState) -> int:
        """See `Outbox`."""
        query = select(func.count()).select_from(OUTBOX).where(OUTBOX.c.state == state.value)
        with translated_errors():
            async with self._engine.connect() as connection:
                return int((await connection.execute(query)).scalar_one())

    def _select_due(self, now: datetime, limit: int) -> Any:
        """The first letter of each subject that is due; a subject whose earlier letter is stuck waits with it."""
        earlier = OUTBOX.alias("earlier")
        is_behind = (
            select(earlier.c.id)
            .where(
                earlier.c.subject_id == OUTBOX.c.subject_id,
                earlier.c.id < OUTBOX.c.id,
                earlier.c.state != LetterState.DELIVERED.value,
            )
            .exists()
        )
        due = select(OUTBOX.c.id).where(_is_free(now), ~is_behind).order_by(OUTBOX.c.next_at).limit(limit)
        return due.with_for_update(skip_locked=True) if self._engine.dialect.name == "postgresql" else due

    async def _change(self, statement: Update) -> int:
        with translated_errors():
            async with self._engine.begin() as connection:
                return (await connection.execute(statement)).rowcount

    def _attempt_of(self, row: Row[Any]) -> Attempt:
        letter = Letter(
            id=row.id,
            topic=row.topic,
            subject_id=row.subject_id,
            key=row.key,
            body=self._cipher.open(row.body, f"outbox:{row.id}"),
        )
        return Attempt(letter=letter, number=row.attempts)


def _is_free(now: datetime) -> Any:
    is_leased = OUTBOX.c.leased_until.is_not(None) & (OUTBOX.c.leased_until > now)
    return (OUTBOX.c.state == LetterState.WAITING.value) & (OUTBOX.c.next_at <= now) & ~is_leased


def _stuck_of(row: Row[Any]) -> StuckLetter:
    return StuckLetter(
        id=row.id,
        topic=row.topic,
        subject_id=row.subject_id,
        created_at=row.created_at,
        attempts=row.attempts,
        last_error=row.last_error,
    )
