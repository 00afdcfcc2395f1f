"""Campaigns come from outside too, come again, and name their people."""

import sqlalchemy as sa
from alembic import op

revision = "v0016"
down_revision = "v0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("kind", "repeat", "visitor", "people"):
        op.add_column("campaign", sa.Column(name, sa.Text(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError
