"""Conversations and messages in the database."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.complaint import Draft
from bot.domain.conversation import Author, Message, Reply
from bot.domain.errors import NotFoundError
from bot.domain.filing import Record
from bot.storage.cipher import Cipher
from bot.storage.complaint_rows import read_draft, rows_of
from bot.storage.database import translated_errors
from bot.storage.row_commits import open_commits
from bot.storage.tables import CONVERSATIONS, DRAFTS, MESSAGES
from bot.storage.turn_writer import TurnWriter

_ENCODER: Final = msgspec.json.Encoder()
_REPLIES: Final = msgspec.json.Decoder(Reply)
# Who owns a conversation never changes, so the last ones are remembered, about 20 MB of them.
_REMEMBERED_OWNERS: Final = 100_000
# Seals a text for its place.
Seal = Callable[[str, str], str]


class SqlConversations:
    """Implements `ConversationStore`. Open it with `open_conversations`, which also runs the writer."""

    def __init__(self, engine: AsyncEngine, writer: TurnWriter, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher
        self._writer = writer
        self._owners: OrderedDict[str, str] = OrderedDict()

    async def get_owner(self, conversation_id: str) -> str:
        """See `ConversationStore`."""
        known = self._owners.get(conversation_id)
        if known is not None:
            return known
        row = await self._find_row(select(CONVERSATIONS.c.owner_id).where(CONVERSATIONS.c.id == conversation_id))
        if row is None:
            raise NotFoundError("没有找到这段对话")
        owner_id: str = row.owner_id
        self._remember(conversation_id, owner_id)
        return owner_id

    async def append_turn(
        self, owner_id: str, question: Message, answer: Message, *, opens: bool, records: Sequence[Record] = ()
    ) -> None:
        """See `ConversationStore`."""
        conversation = {"id": question.conversation_id, "owner_id": owner_id, "opened_at": question.at}
        seal = self._cipher.seal
        messages = (_row_of(question, seal, sender_id=owner_id), _row_of(answer, seal, answers=question.id))
        opened = ((CONVERSATIONS, (conversation,)),) if opens else ()
        along = [rows for record in records for rows in rows_of(record, self._cipher)]
        await self._writer.write((*opened, (MESSAGES, messages), *along))
        self._remember(question.conversation_id, owner_id)

    async def append_notice(self, notice: Message) -> None:
        """See `ConversationStore`."""
        await self._writer.write(((MESSAGES, (_row_of(notice, self._cipher.seal),)),))

    async def find_latest(self, owner_id: str) -> str | None:
        """See `ConversationStore`."""
        of_owner = select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.owner_id == owner_id)
        row = await self._find_row(of_owner.order_by(CONVERSATIONS.c.opened_at.desc()).limit(1))
        return None if row is None else str(row.id)

    async def find_answer(self, owner_id: str, client_message_id: str) -> Message | None:
        """See `ConversationStore`."""
        question = await self._find_row(
            select(MESSAGES.c.id, MESSAGES.c.conversation_id).where(
                MESSAGES.c.sender_id == owner_id, MESSAGES.c.client_message_id == client_message_id
            )
        )
        if question is None:
            return None
        of_question = select(MESSAGES).where(
            MESSAGES.c.conversation_id == question.conversation_id, MESSAGES.c.answers == question.id
        )
        answer = await self._find_row(of_question)
        return None if answer is None else self._message_of(answer)

    async def find_draft(self, conversation_id: str) -> Draft | None:
        """See `ConversationStore`."""
        latest = select(DRAFTS).where(DRAFTS.c.conversation_id == conversation_id).order_by(DRAFTS.c.id.desc()).limit(1)
        row = await self._find_row(latest)
        return None if row is None else read_draft(row, self._cipher)

    async def list_messages(
        self, conversation_id: str, *, limit: int, before: datetime | None = None
    ) -> Sequence[Message]:
        """See `ConversationStore`."""
        latest = (
            select(MESSAGES)
            .where(MESSAGES.c.conversation_id == conversation_id)
            .order_by(MESSAGES.c.at.desc(), MESSAGES.c.id.desc())
            .limit(limit)
        )
        if before is not None:
            latest = latest.where(MESSAGES.c.at < before)
        with translated_errors():
            async with self._engine.connect() as connection:
                rows = (await connection.execute(latest)).all()
        return tuple(self._message_of(row) for row in reversed(rows))

    async def _find_row(self, query: Select[Any]) -> Row[Any] | None:
        with translated_errors():
            async with self._engine.connect() as connection:
                row: Row[Any] | None = (await connection.execute(query)).one_or_none()
        return row

    def _message_of(self, row: Row[Any]) -> Message:
        return Message(
            id=row.id,
            conversation_id=row.conversation_id,
            author=Author(row.author),
            text=self._open(row.text, _place_of("text", row.id)),
            at=row.at,
            reply=None if row.reply is None else _read_reply(self._open(row.reply, _place_of("reply", row.id))),
            client_message_id=row.client_message_id,
        )

    def _open(self, stored: str, place: str) -> str:
        """What an older version of the program stored in the open stays readable."""
        return self._cipher.open(stored, place) if self._cipher.is_sealed(stored) else stored

    def _remember(self, conversation_id: str, owner_id: str) -> None:
        self._owners[conversation_id] = owner_id
        if len(self._owners) > _REMEMBERED_OWNERS:
            self._owners.popitem(last=False)


@asynccontextmanager
async def open_conversations(engine: AsyncEngine, cipher: Cipher) -> AsyncIterator[SqlConversations]:
    """The store with its writer at work; on the way out, what was handed in is still committed."""
    async with open_commits(engine) as commit_rows:
        writer = TurnWriter(commit_rows)
        task = asyncio.create_task(writer.run())
        try:
            yield SqlConversations(engine, writer, cipher)
        finally:
            writer.close()
            await task


def _row_of(
    message: Message, seal: Seal, *, sender_id: str | None = None, answers: str | None = None
) -> dict[str, Any]:
    reply = message.reply
    return {
        "id": message.id,
        "conversation_id": message.conversation_id,
        "author": message.author,
        "sender_id": sender_id,
        "client_message_id": message.client_message_id,
        "answers": answers,
        "text": seal(message.text, _place_of("text", message.id)),
        "at": message.at,
        "status": None if reply is None else reply.status,
        "reply": None if reply is None else seal(_ENCODER.encode(reply).decode(), _place_of("reply", message.id)),
    }


def _read_reply(content: str) -> Reply | None:
    """The reply; None where another version of the program wrote what this one cannot read: the text still stands."""
    try:
        return _REPLIES.decode(content)
    except msgspec.DecodeError:
        return None


def _place_of(column: str, message_id: str) -> str:
    return f"messages.{column}:{message_id}"
