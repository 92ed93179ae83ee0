"""By which a program's repeated request to file a complaint is told."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "filing_keys",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("complaint_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("key", "day", name="pk_filing_keys"),
    )
    op.create_index("ix_filing_keys_complaint_id", "filing_keys", ["complaint_id"])


def downgrade() -> None:
    op.drop_table("filing_keys")
