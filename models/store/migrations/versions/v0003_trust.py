"""Devices that the county has stopped, what waits for a decision, and forks that others have told of."""

import sqlalchemy as sa
from alembic import op

revision = "v0003"
down_revision = "v0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "revocation",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("device", sa.LargeBinary(length=16), nullable=False),
        sa.Column("wall", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_revocation")),
    )
    op.create_index(op.f("ix_revocation_top"), "revocation", ["top"], unique=False)
    op.create_table(
        "aside_op",
        sa.Column("sha", sa.LargeBinary(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("stamp", sa.LargeBinary(length=16), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("package", sa.LargeBinary(length=16), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sha", name=op.f("pk_aside_op")),
    )
    op.create_table(
        "fork_told",
        sa.Column("package", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("package", name=op.f("pk_fork_told")),
        sqlite_with_rowid=False,
    )
