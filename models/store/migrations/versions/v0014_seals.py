"""Sealed months: the figures of a day as they stood, and how every record counted. Rows are only added."""

import sqlalchemy as sa
from alembic import op

revision = "v0014"
down_revision = "v0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seal",
        sa.Column("pk", sa.Integer(), primary_key=True),
        sa.Column("as_of", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False, unique=True),
        sa.Column("wall", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("faces", sa.LargeBinary(), nullable=False),
        sa.Column("sum", sa.LargeBinary(32), nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError
