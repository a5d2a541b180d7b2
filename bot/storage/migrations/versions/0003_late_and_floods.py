"""What being late and being flooded leave behind.

How many reminders of a chat were missed and not told of yet; until when a chat counts as flooding; and facts about the
whole database, such as which time zone rules the due times were worked out by.
"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat", sa.Column("flooding_until", UtcDateTime(), nullable=True))
    op.add_column("reminder", sa.Column("missed", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_table(
        "fact",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_fact"),
    )


def downgrade() -> None:
    op.drop_table("fact")
    op.drop_column("reminder", "missed")
    op.drop_column("chat", "flooding_until")
