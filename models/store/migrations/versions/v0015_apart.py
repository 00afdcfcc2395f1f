"""不是同一件 is said in operations of the county, no longer beside the ledger of one PC."""

import sqlalchemy as sa
from alembic import op

revision = "v0015"
down_revision = "v0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("not_double")
    op.create_table(
        "apart",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("pair", sa.Text(), nullable=True),
        sa.Column("apart", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_apart")),
    )
    op.create_index(op.f("ix_apart_id"), "apart", ["id"], unique=False)
    op.create_index(op.f("ix_apart_top"), "apart", ["top"], unique=False)


def downgrade() -> None:
    raise NotImplementedError
