"""The clinic's own chat and invitations.

What the staff asked and did, messages to many, links that invite, the code by which a person is found, and what the
link somebody came by brought along. And of a reminder's letter, when it was due, so that its lateness can be told.
"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("chat", sa.Column("invitation", sa.String(16), nullable=True))
    op.add_column("chat", sa.Column("programme", sa.String(64), nullable=True))
    op.add_column("outbox", sa.Column("due_at", UtcDateTime(), nullable=True))
    op.create_table(
        "staff_code",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.chat_id"], name="fk_staff_code_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", name="pk_staff_code"),
        sa.UniqueConstraint("code", name="uq_staff_code_code"),
    )
    op.create_table(
        "staff_request",
        sa.Column("update_id", _ID, autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name="pk_staff_request"),
    )
    op.create_table(
        "staff_action",
        sa.Column("id", _ID, nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("detail", sa.String(64), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.chat_id"], name="fk_staff_action_chat_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_action"),
    )
    op.create_index("ix_staff_action_done_at", "staff_action", ["done_at"])
    op.create_index("ix_staff_action_chat_id", "staff_action", ["chat_id"])
    _create_broadcast()
    op.create_table(
        "invitation",
        sa.Column("id", _ID, nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("language", sa.String(16), nullable=True),
        sa.Column("local_time", sa.Time(), nullable=True),
        sa.Column("programme", sa.String(64), nullable=True),
        sa.Column("uses", sa.Integer(), nullable=True),
        sa.Column("used", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("code", name="uq_invitation_code"),
    )
    op.create_index("ix_invitation_expires_at", "invitation", ["expires_at"])


def downgrade() -> None:
    for table in ("invitation", "broadcast", "staff_action", "staff_request", "staff_code"):
        op.drop_table(table)
    op.drop_column("outbox", "due_at")
    op.drop_column("chat", "programme")
    op.drop_column("chat", "invitation")


def _create_broadcast() -> None:
    op.create_table(
        "broadcast",
        sa.Column("id", _ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(16), nullable=True),
        sa.Column("level", sa.String(32), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("after_chat_id", sa.BigInteger(), nullable=True),
        sa.Column("deferred", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("queued", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("shown_at", UtcDateTime(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_language", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broadcast"),
    )
