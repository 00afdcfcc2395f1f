"""A problem may be named in a circular of a higher level: since when, and in which."""

import sqlalchemy as sa
from alembic import op

revision = "v0017"
down_revision = "v0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("circular", "circular_by"):
        op.add_column("problem", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("problem", sa.Column("circular_day", sa.String(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError
