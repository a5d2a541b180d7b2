"""What safety remembers of a chat.

The columns are added and dropped in place: Alembic's way of copying a table on SQLite would drop the old one, and with
it, by their foreign keys, every row that hangs on a chat.
"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat", sa.Column("gentle", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("chat", sa.Column("referred_at", UtcDateTime(), nullable=True))
    op.add_column("chat", sa.Column("screening", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("chat", sa.Column("screened_at", UtcDateTime(), nullable=True))
    op.add_column("chat", sa.Column("checked_at", UtcDateTime(), nullable=True))
    op.add_column("chat", sa.Column("finished_at", UtcDateTime(), nullable=True))
    op.add_column("chat", sa.Column("staff_consent", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("chat", "staff_consent")
    op.drop_column("chat", "finished_at")
    op.drop_column("chat", "checked_at")
    op.drop_column("chat", "screened_at")
    op.drop_column("chat", "screening")
    op.drop_column("chat", "referred_at")
    op.drop_column("chat", "gentle")
