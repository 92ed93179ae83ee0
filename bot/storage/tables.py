"""The tables. Private to `bot.storage`; `migrations/` brings a database to this shape."""

from typing import Final

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from bot.storage.license_tables import COMMITMENTS as COMMITMENTS
from bot.storage.license_tables import IDENTITY_SESSIONS as IDENTITY_SESSIONS
from bot.storage.license_tables import LICENSE_REQUESTS as LICENSE_REQUESTS
from bot.storage.license_tables import USE_CHAIN as USE_CHAIN
from bot.storage.license_tables import USE_RECORDS as USE_RECORDS
from bot.storage.license_tables import VERIFICATIONS as VERIFICATIONS
from bot.storage.schema import ID as _ID
from bot.storage.schema import METADATA, Moment

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

# A complaint while it is taken, one row a change so that a turn only ever adds; the latest row of a conversation
# counts, and one without content ends it. `content` is sealed.
DRAFTS: Final = Table(
    "drafts",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("conversation_id", ForeignKey(CONVERSATIONS.c.id), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("content", Text),
)

# A complaint as filed. `content` is sealed: the whole of it, with name, telephone number and story. What is beside
# it in the open serves lists and statistics, and tells nothing of a person; `phone_index` finds a number unread.
COMPLAINTS: Final = Table(
    "complaints",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("number", String(24), nullable=False, unique=True),
    Column("filed_at", Moment, nullable=False, index=True),
    Column("channel", String(16), nullable=False),
    Column("owner_id", _ID, nullable=False, index=True),
    Column("filed_by", _ID, nullable=False),
    Column("unit_id", _ID, index=True),
    Column("matter_id", _ID),
    Column("certificate_ids", Text, nullable=False),
    Column("happened_on", Date),
    Column("protection", String(16), nullable=False),
    Column("items", Text, nullable=False),
    Column("lawful", Boolean),
    Column("catalogue_version", String(64), nullable=False),
    Column("phone_index", String(64), index=True),
    Column("content", Text, nullable=False),
    Column("erased_at", Moment),
)

# Where each complaint stands. `version` guards against two changes at once; `pauses` is a JSON list of pairs of times.
WORK_ORDERS: Final = Table(
    "work_orders",
    METADATA,
    Column("complaint_id", ForeignKey(COMPLAINTS.c.id), primary_key=True),
    Column("state", String(16), nullable=False, index=True),
    Column("outcome", String(16)),
    Column("unit_id", _ID, index=True),
    Column("hotline_number", String(64), nullable=False),
    Column("merged_into", _ID, index=True),
    Column("due_at", Moment, index=True),
    Column("due_rule", Text, nullable=False),
    Column("wake_at", Moment, index=True),
    Column("clock_from", Moment),
    Column("answer_from", Moment),
    Column("paused_at", Moment),
    Column("pauses", Text, nullable=False),
    Column("extension", Integer, nullable=False),
    Column("returns", Integer, nullable=False),
    Column("reopened", Integer, nullable=False),
    Column("urged", Integer, nullable=False),
    Column("is_escalated", Boolean, nullable=False),
    Column("is_late", Boolean, nullable=False),
    Column("is_fixed", Boolean, nullable=False),
    Column("warned", Integer, nullable=False),
    Column("rating", Integer),
    Column("changed_at", Moment, nullable=False, index=True),
    Column("version", Integer, nullable=False),
)

# Every change of a work order. `text` is sealed; `move` is null for the filing itself.
WORK_ORDER_EVENTS: Final = Table(
    "work_order_events",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("complaint_id", ForeignKey(COMPLAINTS.c.id), nullable=False),
    Column("at", Moment, nullable=False),
    Column("move", String(16)),
    Column("state", String(16), nullable=False),
    Column("actor_role", String(16), nullable=False),
    Column("actor_id", _ID, nullable=False),
    Column("unit_id", _ID),
    Column("text", Text, nullable=False),
    Column("is_public", Boolean, nullable=False),
    Index(None, "complaint_id", "at"),
)

# What must reach another system: written in the same transaction as what it tells of, delivered until it is accepted.
# `body` is sealed. `key` makes a repeated delivery harmless; messages of one subject are delivered in order.
OUTBOX: Final = Table(
    "outbox",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("topic", String(32), nullable=False),
    Column("subject_id", _ID, nullable=False, index=True),
    Column("key", String(128), nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("leased_until", Moment),
    Column("attempts", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("delivered_at", Moment),
    Column("last_error", Text, nullable=False),
    Index(None, "state", "next_at"),
)

# Pictures sent with a complaint, re-encoded without what a camera writes about place and time. `content` is sealed.
PICTURES: Final = Table(
    "pictures",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("owner_id", _ID, nullable=False, index=True),
    Column("conversation_id", _ID),
    Column("media_type", String(32), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

# Which pictures belong to which complaint. A picture may be purged before its complaint is, so it is not referred to.
COMPLAINT_PICTURES: Final = Table(
    "complaint_pictures",
    METADATA,
    Column("complaint_id", ForeignKey(COMPLAINTS.c.id), primary_key=True),
    Column("picture_id", _ID, primary_key=True, index=True),
)

# By which a program's repeated request is told: a hash, and the day in China, so that a day later the same counts anew.
FILING_KEYS: Final = Table(
    "filing_keys",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("complaint_id", _ID, nullable=False, index=True),
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
