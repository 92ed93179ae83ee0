"""Tables of electronic licences, verifications, commitments, logins and use records. Private to `bot.storage`."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from bot.storage.schema import ID, METADATA, Moment

_HASH: Final = String(64)

# One look-up of an electronic licence. `content` is sealed: the whole of it with holder and licence, as long as it has
# any. `token` and `hand_over` are hashes of one-time tokens.
LICENSE_REQUESTS: Final = Table(
    "license_requests",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("token", _HASH, nullable=False, unique=True),
    Column("hand_over", _HASH, nullable=False, index=True),
    Column("owner_id", ID, nullable=False, index=True),
    Column("conversation_id", ID, nullable=False, index=True),
    Column("matter_id", ID, nullable=False),
    Column("certificate_id", ID, nullable=False),
    Column("state", String(16), nullable=False),
    Column("requested_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("content", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "state", "expires_at"),
)

# One request of a unit to another (article 14). `content` is sealed; what is beside it serves the queue, the clock and
# statistics, and tells nothing of a person.
VERIFICATIONS: Final = Table(
    "verifications",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("number", String(24), nullable=False, unique=True),
    Column("owner_id", ID, nullable=False, index=True),
    Column("license_id", ID, nullable=False, index=True),
    Column("matter_id", ID, nullable=False),
    Column("certificate_id", ID, nullable=False),
    Column("requesting_unit_id", ID, nullable=False, index=True),
    Column("issuing_unit_id", ID, nullable=False, index=True),
    Column("requested_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("state", String(16), nullable=False),
    Column("warned", Integer, nullable=False),
    Column("is_escalated", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "state", "due_at"),
)

# Who has just logged in, by the hash of what the browser holds, for minutes. `content` is sealed.
IDENTITY_SESSIONS: Final = Table(
    "identity_sessions",
    METADATA,
    Column("id", _HASH, primary_key=True),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("content", Text, nullable=False),
)

# Signed letters of commitment. `content` is sealed: letter and signer. `signature` may be compared in the open.
COMMITMENTS: Final = Table(
    "commitments",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("number", String(24), nullable=False, unique=True),
    Column("owner_id", ID, nullable=False, index=True),
    Column("entry_id", ID, nullable=False),
    Column("signed_at", Moment, nullable=False),
    Column("signature", _HASH, nullable=False),
    Column("content", Text, nullable=False),
)

# Who used what for what, each record chained to the one before; rows are only ever added. `content` is open JSON.
USE_RECORDS: Final = Table(
    "use_records",
    METADATA,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
    Column("subject_id", ID, nullable=False, index=True),
    Column("about", ID, nullable=False, index=True),
    Column("content", Text, nullable=False),
    Column("previous", _HASH, nullable=False),
    Column("hash", _HASH, nullable=False),
)

# The end of the chain: one row, whose change makes writers wait for each other.
USE_CHAIN: Final = Table(
    "use_chain",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("hash", _HASH, nullable=False),
)
