"""Pictures that are sent: what Telegram calls the files that were uploaded, and who wants text only."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat", sa.Column("text_only", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "media",
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_media"),
    )


def downgrade() -> None:
    op.drop_table("media")
    op.drop_column("chat", "text_only")
