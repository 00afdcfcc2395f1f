"""Into which record one was merged, and pairs that look like one and are two."""

import sqlalchemy as sa
from alembic import op

revision = "v0004"
down_revision = "v0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("problem", "petition"):
        op.add_column(table, sa.Column("merged_into", sa.Text(), nullable=True))
        op.create_index(op.f(f"ix_{table}_merged_into"), table, ["merged_into"], unique=False)
    op.create_table(
        "not_double",
        sa.Column("one", sa.LargeBinary(length=16), nullable=False),
        sa.Column("other", sa.LargeBinary(length=16), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_not_double")),
        sqlite_with_rowid=False,
    )
