"""What progress is reckoned from and how it is shown.

When a pause or a hold was over, so that its days do not count; on which weekday the weekly summary comes, whether a
streak is counted, and whether pictures are dark.
"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat", sa.Column("weekly_day", sa.SmallInteger(), server_default=sa.text("7"), nullable=True))
    op.add_column("chat", sa.Column("wants_streak", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("chat", sa.Column("wants_dark", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "standstill",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.chat_id"], name="fk_standstill_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "kind", "began_at", name="pk_standstill"),
    )


def downgrade() -> None:
    op.drop_table("standstill")
    op.drop_column("chat", "wants_dark")
    op.drop_column("chat", "wants_streak")
    op.drop_column("chat", "weekly_day")
