"""Photos and documents: evidence of records, the files themselves, and what was asked for and sent of them."""

import sqlalchemy as sa
from alembic import op

revision = "v0002"
down_revision = "v0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("bytes", sa.Integer(), nullable=True),
        sa.Column("media", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.Column("taken_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_evidence")),
    )
    for name in ("id", "top", "sha256"):
        op.create_index(op.f(f"ix_evidence_{name}"), "evidence", [name], unique=False)
    op.create_table(
        "file",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("here", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=True),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_file")),
        sa.UniqueConstraint("sha256"),
    )
    op.create_table(
        "file_lack",
        sa.Column("device", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("wants", sa.Integer(), nullable=False),
        sa.Column("has_not", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("device", "sha256", name=op.f("pk_file_lack")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "file_heard",
        sa.Column("device", sa.LargeBinary(length=16), nullable=False),
        sa.Column("package", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_file_heard")),
    )
    op.create_table(
        "volume_out",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("package", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("copied", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_volume_out")),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_volume_out_package"), "volume_out", ["package"], unique=False)
    op.create_table(
        "volume_out_file",
        sa.Column("volume", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("volume", "sha256", name=op.f("pk_volume_out_file")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_volume_out_file_sha256"), "volume_out_file", ["sha256"], unique=False)
    op.create_table(
        "volume_in",
        sa.Column("device", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("imported", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("device", "id", name=op.f("pk_volume_in")),
        sqlite_with_rowid=False,
    )
