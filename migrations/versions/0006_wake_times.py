"""When the clock keeper must look at each work order next."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("work_orders", sa.Column("wake_at", sa.DateTime(timezone=True)))
    op.create_index("ix_work_orders_wake_at", "work_orders", ["wake_at"])


def downgrade() -> None:
    op.drop_index("ix_work_orders_wake_at", "work_orders")
    op.drop_column("work_orders", "wake_at")
