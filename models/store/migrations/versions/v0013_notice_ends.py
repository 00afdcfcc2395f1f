"""How a notice ends: the county's opinion, and the day."""

import sqlalchemy as sa
from alembic import op

revision = "v0013"
down_revision = "v0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("ended_on", "opinion"):
        op.add_column("notice", sa.Column(name, sa.Text(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError
