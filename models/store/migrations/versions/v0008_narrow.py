"""Digests and the check before an export read what is narrow, not the rows themselves."""

import sqlalchemy as sa
from alembic import op

revision = "v0008"
down_revision = "v0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_op_unit_travels", table_name="op")
    op.create_index("ix_op_unit_travels_sha", "op", ["unit", "travels", "sha"])
    bare = "void_from IS NULL AND stage = 'open' AND deadline IS NULL AND deadline_text IS NULL"
    op.create_index(
        "ix_problem_bare", "problem", ["stage"], sqlite_where=sa.text(f"{bare} AND kind_now != 'long_term'")
    )


def downgrade() -> None:
    raise NotImplementedError
