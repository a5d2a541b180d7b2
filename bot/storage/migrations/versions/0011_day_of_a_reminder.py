"""A reminder in the night remembers the day it was for, whatever times are chosen later."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let what was noted before count for its date."""
    op.add_column("occurrence", sa.Column("counts_for", sa.Date(), nullable=True))


def downgrade() -> None:
    """Let every reminder count for its date."""
    op.drop_column("occurrence", "counts_for")
