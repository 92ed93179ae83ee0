"""Facts for statistics, read without opening a seal."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import msgspec
from sqlalchemy import Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.case_facts import CaseFact, EventFact, Period
from bot.domain.work_order import ActorRole, Move, Outcome, State
from bot.domain.working_time import china_day
from bot.storage.database import translated_errors
from bot.storage.tables import COMPLAINTS, WORK_ORDER_EVENTS, WORK_ORDERS

_CERTIFICATES: Final = msgspec.json.Decoder(tuple[str, ...])
_CASES: Final = select(
    COMPLAINTS.c.id,
    COMPLAINTS.c.unit_id.label("about_unit_id"),
    COMPLAINTS.c.certificate_ids,
    COMPLAINTS.c.lawful,
    WORK_ORDERS.c.unit_id,
    WORK_ORDERS.c.state,
    WORK_ORDERS.c.outcome,
    WORK_ORDERS.c.rating,
    WORK_ORDERS.c.reopened,
    WORK_ORDERS.c.returns,
    WORK_ORDERS.c.due_at,
).join_from(COMPLAINTS, WORK_ORDERS, COMPLAINTS.c.id == WORK_ORDERS.c.complaint_id)
_EVENTS: Final = select(
    WORK_ORDER_EVENTS.c.complaint_id,
    WORK_ORDER_EVENTS.c.at,
    WORK_ORDER_EVENTS.c.move,
    WORK_ORDER_EVENTS.c.state,
    WORK_ORDER_EVENTS.c.actor_role,
    WORK_ORDER_EVENTS.c.unit_id,
    WORK_ORDERS.c.rating,
).join_from(WORK_ORDER_EVENTS, WORK_ORDERS, WORK_ORDER_EVENTS.c.complaint_id == WORK_ORDERS.c.complaint_id)


class SqlCaseFacts:
    """Implements `CaseFacts`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def list_cases(self, period: Period) -> Sequence[CaseFact]:
        """See `CaseFacts`."""
        filed = (COMPLAINTS.c.filed_at >= period.since) & (COMPLAINTS.c.filed_at < period.until)
        return tuple(map(_read_case, await self._fetch(_CASES.where(filed).order_by(COMPLAINTS.c.id))))

    async def list_events(self, period: Period) -> Sequence[EventFact]:
        """See `CaseFacts`."""
        at = WORK_ORDER_EVENTS.c.at
        touched = select(WORK_ORDER_EVENTS.c.complaint_id).where(at >= period.since, at < period.until).distinct()
        theirs = _EVENTS.where(WORK_ORDER_EVENTS.c.complaint_id.in_(touched))
        return tuple(map(_read_event, await self._fetch(theirs.order_by(at, WORK_ORDER_EVENTS.c.id))))

    async def find_first_day(self) -> date | None:
        """See `CaseFacts`."""
        rows = await self._fetch(select(func.min(COMPLAINTS.c.filed_at).label("at")))
        return china_day(rows[0].at) if rows[0].at else None

    async def _fetch(self, query: Select[Any]) -> Sequence[Row[Any]]:
        with translated_errors():
            async with self._engine.connect() as connection:
                rows: Sequence[Row[Any]] = (await connection.execute(query)).all()
        return rows


def _read_case(row: Row[Any]) -> CaseFact:
    return CaseFact(
        id=row.id,
        about_unit_id=row.about_unit_id,
        unit_id=row.unit_id,
        certificate_ids=_CERTIFICATES.decode(row.certificate_ids),
        lawful=row.lawful,
        state=State(row.state),
        outcome=Outcome(row.outcome) if row.outcome else None,
        rating=row.rating,
        reopened=row.reopened,
        returns=row.returns,
        due_at=row.due_at,
    )


def _read_event(row: Row[Any]) -> EventFact:
    return EventFact(
        complaint_id=row.complaint_id,
        at=row.at,
        move=Move(row.move) if row.move else None,
        state=State(row.state),
        actor=ActorRole(row.actor_role),
        unit_id=row.unit_id,
        rating=row.rating,
    )
