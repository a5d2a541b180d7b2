"""What safety remembers of a chat."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("chat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gentle", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("referred_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("screening", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("screened_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("checked_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("finished_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("staff_consent", sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("chat", schema=None) as batch_op:
        batch_op.drop_column("staff_consent")
        batch_op.drop_column("finished_at")
        batch_op.drop_column("checked_at")
        batch_op.drop_column("screened_at")
        batch_op.drop_column("screening")
        batch_op.drop_column("referred_at")
        batch_op.drop_column("gentle")
