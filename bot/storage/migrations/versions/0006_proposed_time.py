"""A time that somebody typed and that waits for their yes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat", sa.Column("proposed_time", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("chat", "proposed_time")
