"""Reports of imports, what the other side reported, and the register of media."""

import sqlalchemy as sa
from alembic import op

revision = "v0005"
down_revision = "v0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pkg_report",
        sa.Column("package", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("package", name=op.f("pk_pkg_report")),
    )
    op.create_table(
        "pkg_answer",
        sa.Column("package", sa.Integer(), nullable=False),
        sa.Column("device", sa.LargeBinary(length=16), nullable=False),
        sa.Column("came", sa.String(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("package", "device", name=op.f("pk_pkg_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "register",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("medium", sa.Text(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("hand", sa.Text(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_register")),
    )


def downgrade() -> None:
    raise NotImplementedError
