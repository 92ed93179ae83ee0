"""Finds work orders that changed lately."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_index("ix_work_orders_changed_at", "work_orders", ["changed_at"])


def downgrade() -> None:
    op.drop_index("ix_work_orders_changed_at", "work_orders")
