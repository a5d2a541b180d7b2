"""What a plan that adapts needs on record.

At which level a session was, and whether it was only the minimum of a bad day; what the person said of a day; and when
the plan last sent them to the clinic.
"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat", sa.Column("plan_referred_at", UtcDateTime(), nullable=True))
    op.add_column("session", sa.Column("level", sa.String(32), nullable=True))
    op.add_column("session", sa.Column("is_minimum", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "day",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("pain", sa.SmallInteger(), nullable=True),
        sa.Column("morning", sa.String(16), nullable=True),
        sa.Column("wish", sa.String(16), nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.chat_id"], name="fk_day_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "local_date", name="pk_day"),
    )


def downgrade() -> None:
    op.drop_table("day")
    op.drop_column("session", "is_minimum")
    op.drop_column("session", "level")
    op.drop_column("chat", "plan_referred_at")
