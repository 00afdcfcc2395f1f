"""What the rules of the lights ask of a problem beside its day and its pace."""

import sqlalchemy as sa
from alembic import op

revision = "v0009"
down_revision = "v0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("slow_months", "relapsed"):
        op.add_column("problem", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    raise NotImplementedError
