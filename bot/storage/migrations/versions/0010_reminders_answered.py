"""What it takes to answer a reminder, and to end a pause by itself.

When a reminder was last sent, so that what is typed next answers it; that a reminder is still open; the day on
which a pause ends; how long after a reminder to ask once more.
"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat", sa.Column("at_reminder", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("chat", sa.Column("paused_until", sa.Date(), nullable=True))
    op.add_column("chat", sa.Column("follow_up_minutes", sa.SmallInteger(), nullable=True))
    op.add_column("reminder", sa.Column("sent_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("reminder", "sent_at")
    op.drop_column("chat", "follow_up_minutes")
    op.drop_column("chat", "paused_until")
    op.drop_column("chat", "at_reminder")
