"""The ends of a pause or a hold keep the days they were on, wherever the person moves later."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let what was recorded before go by where the person is."""
    op.add_column("standstill", sa.Column("first_day", sa.Date(), nullable=True))
    op.add_column("standstill", sa.Column("last_day", sa.Date(), nullable=True))


def downgrade() -> None:
    """Forget which days they were."""
    op.drop_column("standstill", "last_day")
    op.drop_column("standstill", "first_day")
