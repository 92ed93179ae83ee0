"""Complaints as the public may see them, read without opening a seal."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Row, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.civic_request import CivicFilter, CivicRequest, CivicStatus
from bot.domain.work_order import Outcome, State
from bot.domain.work_order_moves import OPEN_STATES
from bot.storage.database import translated_errors
from bot.storage.tables import COMPLAINTS, FILING_KEYS, WORK_ORDERS

_CERTIFICATES: Final = msgspec.json.Decoder(tuple[str, ...])
_OPEN: Final = tuple(sorted(state.value for state in OPEN_STATES))
_REQUESTS: Final = (
    select(
        COMPLAINTS.c.id,
        COMPLAINTS.c.filed_at,
        COMPLAINTS.c.unit_id.label("about_unit_id"),
        COMPLAINTS.c.matter_id,
        COMPLAINTS.c.certificate_ids,
        WORK_ORDERS.c.unit_id,
        WORK_ORDERS.c.state,
        WORK_ORDERS.c.outcome,
        WORK_ORDERS.c.reopened,
        WORK_ORDERS.c.due_at,
        WORK_ORDERS.c.changed_at,
    )
    .join_from(COMPLAINTS, WORK_ORDERS, COMPLAINTS.c.id == WORK_ORDERS.c.complaint_id)
    .where(COMPLAINTS.c.erased_at.is_(None), WORK_ORDERS.c.state != State.WITHDRAWN.value)
)


class SqlCivicRequests:
    """Implements `CivicRequests`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def list_requests(self, chosen: CivicFilter, *, limit: int) -> Sequence[CivicRequest]:
        """See `CivicRequests`."""
        newest = _REQUESTS.where(*_conditions_of(chosen)).order_by(COMPLAINTS.c.filed_at.desc(), COMPLAINTS.c.id.desc())
        return tuple(map(_read_request, await self._fetch(newest.limit(limit))))

    async def find_by_number(self, number: str) -> CivicRequest | None:
        """See `CivicRequests`."""
        rows = await self._fetch(_REQUESTS.where(COMPLAINTS.c.number == number))
        return _read_request(rows[0]) if rows else None

    async def find_filed(self, repeat_key: str, *, since: datetime) -> str | None:
        """See `CivicRequests`."""
        filed = (
            select(COMPLAINTS.c.id)
            .join_from(COMPLAINTS, FILING_KEYS, COMPLAINTS.c.id == FILING_KEYS.c.complaint_id)
            .where(FILING_KEYS.c.key == repeat_key, COMPLAINTS.c.filed_at > since)
        )
        rows = await self._fetch(filed.order_by(COMPLAINTS.c.filed_at).limit(1))
        return rows[0].id if rows else None

    async def _fetch(self, query: Select[Any]) -> Sequence[Row[Any]]:
        with translated_errors():
            async with self._engine.connect() as connection:
                rows: Sequence[Row[Any]] = (await connection.execute(query)).all()
        return rows


def _conditions_of(chosen: CivicFilter) -> Iterator[ColumnElement[bool]]:
    if chosen.ids:
        yield COMPLAINTS.c.id.in_(chosen.ids)
    if chosen.since is not None:
        yield COMPLAINTS.c.filed_at >= chosen.since
    if chosen.until is not None:
        yield COMPLAINTS.c.filed_at <= chosen.until
    if chosen.statuses:
        is_open = WORK_ORDERS.c.state.in_(_OPEN)
        yield or_(*(is_open if status is CivicStatus.OPEN else ~is_open for status in chosen.statuses))


def _read_request(row: Row[Any]) -> CivicRequest:
    return CivicRequest(
        id=row.id,
        filed_at=row.filed_at,
        changed_at=row.changed_at,
        due_at=row.due_at,
        about_unit_id=row.about_unit_id,
        unit_id=row.unit_id,
        matter_id=row.matter_id,
        certificate_ids=_CERTIFICATES.decode(row.certificate_ids),
        state=State(row.state),
        outcome=Outcome(row.outcome) if row.outcome else None,
        reopened=row.reopened,
    )
