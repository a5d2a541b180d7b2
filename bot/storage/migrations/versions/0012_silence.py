"""When somebody who has been silent for long was told that everything about them will be erased."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat", sa.Column("warned_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("chat", "warned_at")
