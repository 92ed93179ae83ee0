"""What units reported in annex 2 and 3."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ID = sa.String(64)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "form_batches",
        sa.Column("id", _ID, nullable=False),
        sa.Column("form", sa.String(16), nullable=False),
        sa.Column("unit_id", _ID, nullable=False),
        sa.Column("reported_on", sa.Date()),
        sa.Column("nil_return", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("imported_at", _MOMENT, nullable=False),
        sa.Column("superseded_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_form_batches"),
    )
    op.create_index(
        "uq_form_batches_unit_id_form_content_hash", "form_batches", ["unit_id", "form", "content_hash"], unique=True
    )
    op.create_index(
        "uq_form_batches_unit_id_form",
        "form_batches",
        ["unit_id", "form"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "form_rows",
        sa.Column("batch_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("sheet", sa.String(64), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("unit_id", _ID, nullable=False),
        sa.Column("certificate_id", _ID),
        sa.Column("certificate_name", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("matter_ids", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(16)),
        sa.Column("way", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "position", name="pk_form_rows"),
        sa.ForeignKeyConstraint(["batch_id"], ["form_batches.id"], name="fk_form_rows_batch_id"),
    )


def downgrade() -> None:
    op.drop_table("form_rows")
    op.drop_table("form_batches")
