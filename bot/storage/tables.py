"""The tables. Private to `bot.storage`; `migrations/` brings a database to this shape."""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

METADATA: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware time. SQLite keeps no offsets, so everything is stored in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


_ID: Final = String(64)

CONVERSATIONS: Final = Table(
    "conversations",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("owner_id", _ID, nullable=False, index=True),
    Column("opened_at", Moment, nullable=False),
)

# The bot's messages have no `sender_id`; they have the question's id in `answers`, the reply as JSON in `reply`, and in
# `status` what became of the turn.
MESSAGES: Final = Table(
    "messages",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("conversation_id", ForeignKey(CONVERSATIONS.c.id), nullable=False),
    Column("author", String(16), nullable=False),
    Column("sender_id", _ID),
    Column("client_message_id", String(128)),
    Column("answers", _ID),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("status", String(64)),
    Column("reply", Text),
    Index(None, "conversation_id", "at"),
)
# A message that a client sends twice is one message, whichever conversation it names.
Index(
    "uq_messages_sender_id_client_message_id",
    MESSAGES.c.sender_id,
    MESSAGES.c.client_message_id,
    unique=True,
    sqlite_where=MESSAGES.c.client_message_id.is_not(None),
    postgresql_where=MESSAGES.c.client_message_id.is_not(None),
)

ACCOUNTS: Final = Table(
    "accounts",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("login", String(64), nullable=False, unique=True),
    Column("name", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("unit_id", _ID),
    Column("password_hash", String(256), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("is_active", Boolean, nullable=False),
)

AUDIT: Final = Table(
    "audit",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("actor_id", _ID, nullable=False, index=True),
    Column("action", String(64), nullable=False),
    Column("target", String(128), nullable=False),
    Column("detail", Text, nullable=False),
)

# What a unit reported in annex 2 or 3: drafts until somebody reviews and publishes them.
FORM_BATCHES: Final = Table(
    "form_batches",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("form", String(16), nullable=False),
    Column("unit_id", _ID, nullable=False),
    Column("reported_on", Date),
    Column("nil_return", Boolean, nullable=False),
    Column("source", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("imported_at", Moment, nullable=False),
    Column("superseded_at", Moment),
)
Index(
    "uq_form_batches_unit_id_form_content_hash",
    FORM_BATCHES.c.unit_id,
    FORM_BATCHES.c.form,
    FORM_BATCHES.c.content_hash,
    unique=True,
)
# One report of a unit and form is current; the others were superseded.
Index(
    "uq_form_batches_unit_id_form",
    FORM_BATCHES.c.unit_id,
    FORM_BATCHES.c.form,
    unique=True,
    sqlite_where=FORM_BATCHES.c.superseded_at.is_(None),
    postgresql_where=FORM_BATCHES.c.superseded_at.is_(None),
)

# `matter_ids` is a JSON list; `measure` is null where annex 2 keeps a certificate.
FORM_ROWS: Final = Table(
    "form_rows",
    METADATA,
    Column("batch_id", ForeignKey(FORM_BATCHES.c.id), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("sheet", String(64), nullable=False),
    Column("row", Integer, nullable=False),
    Column("unit_id", _ID, nullable=False),
    Column("certificate_id", _ID),
    Column("certificate_name", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("matter_ids", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("measure", String(16)),
    Column("way", Text, nullable=False),
)
