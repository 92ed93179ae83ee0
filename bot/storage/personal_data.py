"""Erases personal data: of one complaint, and of all that has been kept long enough."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Delete, Select, Update, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.complaint import Complaint, Contact
from bot.domain.outbox import LetterState
from bot.domain.work_order import State
from bot.domain.work_order_moves import DONE_STATES
from bot.storage.cipher import Cipher
from bot.storage.complaint_rows import row_of_complaint
from bot.storage.database import translated_errors
from bot.storage.license_tables import COMMITMENTS, VERIFICATIONS
from bot.storage.tables import (
    COMPLAINT_PICTURES,
    COMPLAINTS,
    CONVERSATIONS,
    DRAFTS,
    MESSAGES,
    OUTBOX,
    PICTURES,
    WORK_ORDER_EVENTS,
    WORK_ORDERS,
)

# What stands in place of words that are no longer kept.
_GONE: Final = "（已按保存期限删除）"
_ENDED: Final = tuple(state.value for state in (*DONE_STATES, State.REFUSED, State.WITHDRAWN, State.MERGED))
# Few enough that nobody else waits long for the database.
_AT_ONCE: Final = 500


class SqlPersonalData:
    """Implements `PersonalData`."""

    def __init__(self, engine: AsyncEngine, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher

    async def erase_complaint(self, complaint: Complaint, at: datetime) -> None:
        """See `PersonalData`."""
        kept = row_of_complaint(_without_person(complaint), self._cipher)
        of_complaint = COMPLAINTS.c.id == complaint.id
        pictures = select(COMPLAINT_PICTURES.c.picture_id).where(COMPLAINT_PICTURES.c.complaint_id == complaint.id)
        letters = OUTBOX.c.subject_id == complaint.id
        talk = complaint.conversation_id
        await self._execute(
            delete(PICTURES).where(PICTURES.c.id.in_(pictures)),
            delete(COMPLAINT_PICTURES).where(COMPLAINT_PICTURES.c.complaint_id == complaint.id),
            update(WORK_ORDER_EVENTS).where(WORK_ORDER_EVENTS.c.complaint_id == complaint.id).values(text=""),
            delete(OUTBOX).where(letters, OUTBOX.c.state == LetterState.DEAD.value),
            update(OUTBOX).where(letters, OUTBOX.c.state == LetterState.DELIVERED.value).values(body=""),
            delete(DRAFTS).where(DRAFTS.c.conversation_id == talk),
            _empty_messages(MESSAGES.c.conversation_id == talk),
            update(COMPLAINTS).where(of_complaint).values(content=kept["content"], phone_index=None, erased_at=at),
        )

    async def has_waiting_letters(self, complaint_id: str) -> bool:
        """See `PersonalData`."""
        waiting = (OUTBOX.c.subject_id == complaint_id) & (OUTBOX.c.state == LetterState.WAITING.value)
        return bool(await self._count(select(func.count()).select_from(OUTBOX).where(waiting)))

    async def list_ended(self, before: datetime) -> Sequence[str]:
        """See `PersonalData`."""
        ended = (
            select(COMPLAINTS.c.id)
            .join_from(COMPLAINTS, WORK_ORDERS, COMPLAINTS.c.id == WORK_ORDERS.c.complaint_id)
            .where(COMPLAINTS.c.erased_at.is_(None), WORK_ORDERS.c.state.in_(_ENDED), WORK_ORDERS.c.changed_at < before)
            .order_by(WORK_ORDERS.c.changed_at)
            .limit(_AT_ONCE)
        )
        return await self._list_ids(ended)

    async def list_conversations(self, owner_id: str, *, limit: int) -> Sequence[str]:
        """See `PersonalData`."""
        own = select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.owner_id == owner_id)
        return await self._list_ids(own.order_by(CONVERSATIONS.c.opened_at.desc()).limit(limit))

    async def purge_drafts(self, before: datetime) -> int:
        """See `PersonalData`."""
        return await self._purge(
            lambda ids: delete(DRAFTS).where(DRAFTS.c.id.in_(ids)), DRAFTS.c.id, DRAFTS.c.at < before
        )

    async def purge_messages(self, before: datetime) -> int:
        """See `PersonalData`."""
        old = (MESSAGES.c.at < before) & (MESSAGES.c.text != _GONE)
        return await self._purge(lambda ids: _empty_messages(MESSAGES.c.id.in_(ids)), MESSAGES.c.id, old)

    async def purge_pictures(self, before: datetime) -> int:
        """See `PersonalData`."""
        is_taken = exists().where(COMPLAINT_PICTURES.c.picture_id == PICTURES.c.id)
        unused = (PICTURES.c.at < before) & ~is_taken
        return await self._purge(lambda ids: delete(PICTURES).where(PICTURES.c.id.in_(ids)), PICTURES.c.id, unused)

    async def purge_letters(self, before: datetime) -> int:
        """See `PersonalData`."""
        old = (OUTBOX.c.delivered_at < before) & (OUTBOX.c.body != "")
        return await self._purge(
            lambda ids: update(OUTBOX).where(OUTBOX.c.id.in_(ids)).values(body=""), OUTBOX.c.id, old
        )

    async def purge_verifications(self, before: datetime) -> int:
        """See `PersonalData`."""
        id_ = VERIFICATIONS.c.id
        return await self._purge(
            lambda ids: delete(VERIFICATIONS).where(id_.in_(ids)), id_, VERIFICATIONS.c.ended_at < before
        )

    async def purge_commitments(self, before: datetime) -> int:
        """See `PersonalData`."""
        id_ = COMMITMENTS.c.id
        return await self._purge(
            lambda ids: delete(COMMITMENTS).where(id_.in_(ids)), id_, COMMITMENTS.c.signed_at < before
        )

    async def _purge(self, change: Any, id_: ColumnElement[str], condition: ColumnElement[bool]) -> int:
        """Changes what fits, a few at a time, and says how many."""
        total = 0
        while ids := await self._list_ids(select(id_).where(condition).limit(_AT_ONCE)):
            await self._execute(change(ids))
            total += len(ids)
        return total

    async def _execute(self, *statements: Update | Delete) -> None:
        with translated_errors():
            async with self._engine.begin() as connection:
                await _execute_all(connection, statements)

    async def _list_ids(self, query: Select[Any]) -> Sequence[str]:
        with translated_errors():
            async with self._engine.connect() as connection:
                return tuple((await connection.execute(query)).scalars().all())

    async def _count(self, query: Select[Any]) -> int:
        with translated_errors():
            async with self._engine.connect() as connection:
                return int((await connection.execute(query)).scalar_one())


async def _execute_all(connection: AsyncConnection, statements: Sequence[Update | Delete]) -> None:
    for statement in statements:
        await connection.execute(statement)


def _empty_messages(condition: ColumnElement[bool]) -> Update:
    return update(MESSAGES).where(condition).values(text=_GONE, reply=None)


def _without_person(complaint: Complaint) -> Complaint:
    """What statistics and the law need, and nothing that tells of a person."""
    subject = replace(complaint.subject, unit_told="", matter_told="", certificate_told="", time_told="", place="")
    return replace(complaint, subject=subject, contact=Contact(), story="", pictures=(), conversation_id="")
