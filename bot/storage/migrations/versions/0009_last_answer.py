"""The typed answer that an edit may still correct, and where the chat stood before it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat", sa.Column("last_answer", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("chat", "last_answer")
