"""Photos: a smaller copy that travels first, when and where they were taken, which paper they are; asking for a file."""

import sqlalchemy as sa
from alembic import op

revision = "v0011"
down_revision = "v0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("copy_sha256", "shot_at", "longitude", "latitude", "looks", "paper"):
        op.add_column("evidence", sa.Column(name, sa.Text(), nullable=True))
    op.create_index("ix_evidence_copy_sha256", "evidence", ["copy_sha256"], unique=False)
    op.add_column("file", sa.Column("want", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    raise NotImplementedError
