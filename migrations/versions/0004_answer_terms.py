"""From when the term of an answer counts, what was late, and which pictures belong to which complaint."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ID = sa.String(64)


def upgrade() -> None:
    with op.batch_alter_table("work_orders") as table:
        table.add_column(sa.Column("answer_from", sa.DateTime(timezone=True)))
        table.add_column(sa.Column("is_late", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "complaint_pictures",
        sa.Column("complaint_id", _ID, nullable=False),
        sa.Column("picture_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("complaint_id", "picture_id", name="pk_complaint_pictures"),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name="fk_complaint_pictures_complaint_id"),
    )
    op.create_index("ix_complaint_pictures_picture_id", "complaint_pictures", ["picture_id"])


def downgrade() -> None:
    op.drop_table("complaint_pictures")
    with op.batch_alter_table("work_orders") as table:
        table.drop_column("is_late")
        table.drop_column("answer_from")
