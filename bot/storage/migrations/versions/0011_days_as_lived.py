"""Days stay what they were where and when they were lived: a night's reminder, the ends of a pause or a hold."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let what was noted before go by its date, or by where the person is now."""
    op.add_column("occurrence", sa.Column("counts_for", sa.Date(), nullable=True))
    op.add_column("standstill", sa.Column("first_day", sa.Date(), nullable=True))
    op.add_column("standstill", sa.Column("last_day", sa.Date(), nullable=True))


def downgrade() -> None:
    """Forget which days they were."""
    op.drop_column("standstill", "last_day")
    op.drop_column("standstill", "first_day")
    op.drop_column("occurrence", "counts_for")
