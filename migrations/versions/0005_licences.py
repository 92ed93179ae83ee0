"""Electronic licences, verifications, commitments, logins and the chain of use records."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_ID = sa.String(64)
_HASH = sa.String(64)
_MOMENT = sa.DateTime(timezone=True)
_LONG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _create_license_requests()
    _create_verifications()
    _create_identity_sessions()
    _create_commitments()
    _create_use_records()


def downgrade() -> None:
    for name in (
        "use_chain",
        "use_records",
        "commitments",
        "identity_sessions",
        "verifications",
        "license_requests",
    ):
        op.drop_table(name)


def _create_license_requests() -> None:
    op.create_table(
        "license_requests",
        sa.Column("id", _ID, nullable=False),
        sa.Column("token", _HASH, nullable=False),
        sa.Column("hand_over", _HASH, nullable=False),
        sa.Column("owner_id", _ID, nullable=False),
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("matter_id", _ID, nullable=False),
        sa.Column("certificate_id", _ID, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("requested_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_license_requests"),
        sa.UniqueConstraint("token", name="uq_license_requests_token"),
    )
    for name in ("hand_over", "owner_id", "conversation_id"):
        op.create_index(f"ix_license_requests_{name}", "license_requests", [name])
    op.create_index("ix_license_requests_state_expires_at", "license_requests", ["state", "expires_at"])


def _create_verifications() -> None:
    op.create_table(
        "verifications",
        sa.Column("id", _ID, nullable=False),
        sa.Column("number", sa.String(24), nullable=False),
        sa.Column("owner_id", _ID, nullable=False),
        sa.Column("license_id", _ID, nullable=False),
        sa.Column("matter_id", _ID, nullable=False),
        sa.Column("certificate_id", _ID, nullable=False),
        sa.Column("requesting_unit_id", _ID, nullable=False),
        sa.Column("issuing_unit_id", _ID, nullable=False),
        sa.Column("requested_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("warned", sa.Integer(), nullable=False),
        sa.Column("is_escalated", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_verifications"),
        sa.UniqueConstraint("number", name="uq_verifications_number"),
    )
    for name in ("owner_id", "license_id", "requesting_unit_id", "issuing_unit_id"):
        op.create_index(f"ix_verifications_{name}", "verifications", [name])
    op.create_index("ix_verifications_state_due_at", "verifications", ["state", "due_at"])


def _create_identity_sessions() -> None:
    op.create_table(
        "identity_sessions",
        sa.Column("id", _HASH, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_identity_sessions"),
    )
    op.create_index("ix_identity_sessions_expires_at", "identity_sessions", ["expires_at"])


def _create_commitments() -> None:
    op.create_table(
        "commitments",
        sa.Column("id", _ID, nullable=False),
        sa.Column("number", sa.String(24), nullable=False),
        sa.Column("owner_id", _ID, nullable=False),
        sa.Column("entry_id", _ID, nullable=False),
        sa.Column("signed_at", _MOMENT, nullable=False),
        sa.Column("signature", _HASH, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_commitments"),
        sa.UniqueConstraint("number", name="uq_commitments_number"),
    )
    op.create_index("ix_commitments_owner_id", "commitments", ["owner_id"])


def _create_use_records() -> None:
    op.create_table(
        "use_records",
        sa.Column("seq", _LONG, autoincrement=False, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("subject_id", _ID, nullable=False),
        sa.Column("about", _ID, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("previous", _HASH, nullable=False),
        sa.Column("hash", _HASH, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_use_records"),
    )
    for name in ("at", "subject_id", "about"):
        op.create_index(f"ix_use_records_{name}", "use_records", [name])
    chain = op.create_table(
        "use_chain",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", _LONG, nullable=False),
        sa.Column("hash", _HASH, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_use_chain"),
    )
    op.bulk_insert(chain, [{"id": 1, "seq": 0, "hash": "0" * 64}])
