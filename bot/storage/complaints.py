"""Complaints and their work orders in the database."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Row, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.complaint_case import CaseFilter, CasePage, ComplaintCase
from bot.domain.errors import ConflictError, NotFoundError
from bot.domain.filing import Change, Filing
from bot.domain.viewer import Viewer
from bot.domain.work_order import Event, State
from bot.domain.work_order_moves import OPEN_STATES
from bot.storage.case_queries import conditions_of, is_before, make_mark, sees
from bot.storage.cipher import Cipher
from bot.storage.complaint_rows import (
    index_phone,
    read_complaint,
    read_event,
    read_order,
    row_of_order,
    rows_of,
    rows_of_change,
)
from bot.storage.database import translated_errors
from bot.storage.tables import COMPLAINT_PICTURES, COMPLAINTS, WORK_ORDER_EVENTS, WORK_ORDERS

_CERTIFICATES: Final = msgspec.json.Decoder(tuple[str, ...])
_CASES: Final = select(COMPLAINTS, *(column.label(f"order_{column.name}") for column in WORK_ORDERS.c)).join_from(
    COMPLAINTS, WORK_ORDERS, COMPLAINTS.c.id == WORK_ORDERS.c.complaint_id
)
_OPEN: Final = tuple(state.value for state in OPEN_STATES)
# A complaint that others may join, or whose answer they may wait for.
_JOINABLE: Final = (*_OPEN, State.ANSWERED.value)


class SqlComplaints:
    """Implements `Complaints`."""

    def __init__(self, engine: AsyncEngine, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher

    async def file(self, filing: Filing) -> None:
        """See `Complaints`."""
        with translated_errors():
            async with self._engine.begin() as connection:
                for table, rows in rows_of(filing, self._cipher):
                    await connection.execute(insert(table), list(rows))

    async def get(self, complaint_id: str) -> ComplaintCase:
        """See `Complaints`."""
        case = await self._find(COMPLAINTS.c.id == complaint_id)
        if case is None:
            raise NotFoundError("没有找到这件投诉")
        return case

    async def find(self, number: str) -> ComplaintCase | None:
        """See `Complaints`."""
        return await self._find(COMPLAINTS.c.number == number)

    async def find_with_phone(self, number: str, phone: str) -> ComplaintCase | None:
        """See `Complaints`."""
        index = index_phone(phone, self._cipher)
        if index is None:
            return None
        return await self._find((COMPLAINTS.c.number == number) & (COMPLAINTS.c.phone_index == index))

    async def find_with_picture(self, picture_id: str) -> ComplaintCase | None:
        """See `Complaints`."""
        of_picture = select(COMPLAINT_PICTURES.c.complaint_id).where(COMPLAINT_PICTURES.c.picture_id == picture_id)
        return await self._find(COMPLAINTS.c.id.in_(of_picture))

    async def list_own(self, owner_id: str, *, limit: int) -> Sequence[ComplaintCase]:
        """See `Complaints`."""
        newest = _CASES.where(COMPLAINTS.c.owner_id == owner_id).order_by(COMPLAINTS.c.id.desc())
        return await self._list(newest.limit(limit))

    async def list_followers(self, complaint_id: str) -> Sequence[ComplaintCase]:
        """See `Complaints`."""
        return await self._list(_CASES.where(WORK_ORDERS.c.merged_into == complaint_id).order_by(COMPLAINTS.c.id))

    async def list_at_hotline(self) -> Sequence[tuple[str, str]]:
        """See `Complaints`."""
        waits = WORK_ORDERS.c.state.in_([state.value for state in OPEN_STATES])
        numbers = select(COMPLAINTS.c.number, WORK_ORDERS.c.hotline_number).join_from(COMPLAINTS, WORK_ORDERS)
        rows = await self._fetch(numbers.where(waits, WORK_ORDERS.c.hotline_number != ""))
        return tuple((row.number, row.hotline_number) for row in rows)

    async def list_stranded(self, *, limit: int) -> Sequence[ComplaintCase]:
        """See `Complaints`."""
        leaders = WORK_ORDERS.alias("leaders")
        withdrawn = select(leaders.c.complaint_id).where(leaders.c.state == State.WITHDRAWN.value)
        stranded = _CASES.where(WORK_ORDERS.c.merged_into.in_(withdrawn))
        return await self._list(stranded.order_by(COMPLAINTS.c.id).limit(limit))

    async def list_events(self, complaint_id: str) -> Sequence[Event]:
        """See `Complaints`."""
        of_complaint = select(WORK_ORDER_EVENTS).where(WORK_ORDER_EVENTS.c.complaint_id == complaint_id)
        rows = await self._fetch(of_complaint.order_by(WORK_ORDER_EVENTS.c.at, WORK_ORDER_EVENTS.c.id))
        return tuple(read_event(row, self._cipher) for row in rows)

    async def list_changed(self, owner_ids: Collection[str], *, since: datetime) -> Sequence[ComplaintCase]:
        """See `Complaints`."""
        # Few orders change in the short time that is asked for, but many people may be connected.
        owners = set(owner_ids)
        changed = await self._list(_CASES.where(WORK_ORDERS.c.changed_at >= since))
        return tuple(case for case in changed if case.complaint.owner_id in owners)

    async def find_event(self, event_id: str) -> Event | None:
        """See `Complaints`."""
        rows = await self._fetch(select(WORK_ORDER_EVENTS).where(WORK_ORDER_EVENTS.c.id == event_id))
        return read_event(rows[0], self._cipher) if rows else None

    async def save(self, *changes: Change) -> None:
        """See `Complaints`."""
        with translated_errors():
            async with self._engine.begin() as connection:
                for change in changes:
                    await self._save_one(connection, change)

    async def search(self, viewer: Viewer, chosen: CaseFilter, *, limit: int, before: str | None = None) -> CasePage:
        """See `Complaints`."""
        query = _CASES.where(sees(viewer), *conditions_of(chosen))
        if before is not None:
            query = query.where(is_before(before))
        newest = query.order_by(COMPLAINTS.c.filed_at.desc(), COMPLAINTS.c.id.desc())
        cases = await self._list(newest.limit(limit + 1))
        shown = cases[:limit]
        return CasePage(cases=tuple(shown), next_before=make_mark(shown[-1].complaint) if len(cases) > limit else None)

    async def find_duplicates(
        self, unit_id: str, matter_id: str, certificate_ids: Sequence[str], *, since: datetime
    ) -> Sequence[ComplaintCase]:
        """See `Complaints`."""
        alike = _CASES.where(
            COMPLAINTS.c.unit_id == unit_id,
            COMPLAINTS.c.matter_id == matter_id,
            COMPLAINTS.c.filed_at >= since,
            COMPLAINTS.c.erased_at.is_(None),
            WORK_ORDERS.c.state.in_(_JOINABLE),
        )
        rows = await self._fetch(alike.order_by(COMPLAINTS.c.filed_at, COMPLAINTS.c.id))
        wanted = set(certificate_ids)
        return tuple(self._case_of(row) for row in rows if wanted & set(_CERTIFICATES.decode(row.certificate_ids)))

    async def list_ticking(self, *, until: datetime, limit: int) -> Sequence[ComplaintCase]:
        """See `Complaints`."""
        ticking = _CASES.where(WORK_ORDERS.c.wake_at <= until)
        return await self._list(ticking.order_by(WORK_ORDERS.c.wake_at).limit(limit))

    async def _save_one(self, connection: AsyncConnection, change: Change) -> None:
        order = change.order
        stands_as_before = (WORK_ORDERS.c.complaint_id == order.complaint_id) & (
            WORK_ORDERS.c.version == order.version - 1
        )
        changed = await connection.execute(update(WORK_ORDERS).where(stands_as_before).values(**row_of_order(order)))
        if changed.rowcount != 1:
            raise ConflictError("这件工单刚刚有变化，请刷新后再试")
        for table, rows in rows_of_change(change, self._cipher):
            await connection.execute(insert(table), list(rows))

    async def _find(self, condition: ColumnElement[bool]) -> ComplaintCase | None:
        cases = await self._list(_CASES.where(condition))
        return cases[0] if cases else None

    async def _list(self, query: Select[Any]) -> Sequence[ComplaintCase]:
        return tuple(self._case_of(row) for row in await self._fetch(query))

    async def _fetch(self, query: Select[Any]) -> Sequence[Row[Any]]:
        with translated_errors():
            async with self._engine.connect() as connection:
                rows: Sequence[Row[Any]] = (await connection.execute(query)).all()
        return rows

    def _case_of(self, row: Row[Any]) -> ComplaintCase:
        return ComplaintCase(
            complaint=read_complaint(row, self._cipher),
            order=read_order(row, "order_"),
            erased_at=row.erased_at,
        )
