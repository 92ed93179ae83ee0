"""Complaints, their work orders, what must reach other systems, and pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ID = sa.String(64)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_drafts()
    _create_complaints()
    _create_work_orders()
    _create_work_order_events()
    _create_outbox()
    _create_pictures()


def downgrade() -> None:
    for name in ("pictures", "outbox", "work_order_events", "work_orders", "complaints", "drafts"):
        op.drop_table(name)


def _create_drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("content", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name="fk_drafts_conversation_id"),
    )
    op.create_index("ix_drafts_conversation_id", "drafts", ["conversation_id"])


def _create_complaints() -> None:
    op.create_table(
        "complaints",
        sa.Column("id", _ID, nullable=False),
        sa.Column("number", sa.String(24), nullable=False),
        sa.Column("filed_at", _MOMENT, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("owner_id", _ID, nullable=False),
        sa.Column("filed_by", _ID, nullable=False),
        sa.Column("unit_id", _ID),
        sa.Column("matter_id", _ID),
        sa.Column("certificate_ids", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date()),
        sa.Column("protection", sa.String(16), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("lawful", sa.Boolean()),
        sa.Column("catalogue_version", _ID, nullable=False),
        sa.Column("phone_index", _ID),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("erased_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_complaints"),
        sa.UniqueConstraint("number", name="uq_complaints_number"),
    )
    op.create_index("ix_complaints_filed_at", "complaints", ["filed_at"])
    op.create_index("ix_complaints_owner_id", "complaints", ["owner_id"])
    op.create_index("ix_complaints_phone_index", "complaints", ["phone_index"])
    op.create_index("ix_complaints_unit_id", "complaints", ["unit_id"])


def _create_work_orders() -> None:
    op.create_table(
        "work_orders",
        sa.Column("complaint_id", _ID, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16)),
        sa.Column("unit_id", _ID),
        sa.Column("hotline_number", _ID, nullable=False),
        sa.Column("merged_into", _ID),
        sa.Column("due_at", _MOMENT),
        sa.Column("due_rule", sa.Text(), nullable=False),
        sa.Column("clock_from", _MOMENT),
        sa.Column("paused_at", _MOMENT),
        sa.Column("pauses", sa.Text(), nullable=False),
        sa.Column("extension", sa.Integer(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("urged", sa.Integer(), nullable=False),
        sa.Column("is_escalated", sa.Boolean(), nullable=False),
        sa.Column("is_fixed", sa.Boolean(), nullable=False),
        sa.Column("warned", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer()),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("complaint_id", name="pk_work_orders"),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name="fk_work_orders_complaint_id"),
    )
    op.create_index("ix_work_orders_due_at", "work_orders", ["due_at"])
    op.create_index("ix_work_orders_merged_into", "work_orders", ["merged_into"])
    op.create_index("ix_work_orders_state", "work_orders", ["state"])
    op.create_index("ix_work_orders_unit_id", "work_orders", ["unit_id"])


def _create_work_order_events() -> None:
    op.create_table(
        "work_order_events",
        sa.Column("id", _ID, nullable=False),
        sa.Column("complaint_id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("move", sa.String(16)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("actor_role", sa.String(16), nullable=False),
        sa.Column("actor_id", _ID, nullable=False),
        sa.Column("unit_id", _ID),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_work_order_events"),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name="fk_work_order_events_complaint_id"),
    )
    op.create_index("ix_work_order_events_complaint_id_at", "work_order_events", ["complaint_id", "at"])


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _ID, nullable=False),
        sa.Column("topic", sa.String(32), nullable=False),
        sa.Column("subject_id", _ID, nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("next_at", _MOMENT, nullable=False),
        sa.Column("leased_until", _MOMENT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("delivered_at", _MOMENT),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_state_next_at", "outbox", ["state", "next_at"])
    op.create_index("ix_outbox_subject_id", "outbox", ["subject_id"])


def _create_pictures() -> None:
    op.create_table(
        "pictures",
        sa.Column("id", _ID, nullable=False),
        sa.Column("owner_id", _ID, nullable=False),
        sa.Column("conversation_id", _ID),
        sa.Column("media_type", sa.String(32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pictures"),
    )
    op.create_index("ix_pictures_owner_id", "pictures", ["owner_id"])
