"""What a peer lacks, and what a digest sums up, is read in the order of the log from one narrow index."""

from alembic import op

revision = "v0012"
down_revision = "v0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_op_unit_travels_sha", table_name="op")
    op.create_index("ix_op_travels_pk_unit_sha", "op", ["travels", "pk", "unit", "sha"])


def downgrade() -> None:
    raise NotImplementedError
