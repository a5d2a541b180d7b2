"""Up to three reminders a day on chosen weekdays: several times on a chat, several slots on a local date."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Whoever has a reminder time keeps it, every day."""
    op.add_column("chat", sa.Column("reminder_times", sa.String(32), nullable=True))
    op.execute("UPDATE chat SET reminder_times = substr(CAST(reminder_time AS VARCHAR(16)), 1, 5) || '/1234567'")
    op.drop_column("chat", "reminder_time")
    op.drop_column("chat", "proposed_time")
    op.add_column("chat", sa.Column("proposed", sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table("occurrence") as occurrence:
        occurrence.add_column(sa.Column("slot", sa.SmallInteger(), server_default=sa.text("0"), nullable=False))
        occurrence.drop_constraint("pk_occurrence", type_="primary")
        occurrence.create_primary_key("pk_occurrence", ["chat_id", "local_date", "kind", "slot"])


def downgrade() -> None:
    """Keep each chat's first time, every day, and one note of each date."""
    op.execute("DELETE FROM occurrence WHERE slot > 0")
    with op.batch_alter_table("occurrence") as occurrence:
        occurrence.drop_constraint("pk_occurrence", type_="primary")
        occurrence.create_primary_key("pk_occurrence", ["chat_id", "local_date", "kind"])
        occurrence.drop_column("slot")
    op.drop_column("chat", "proposed")
    op.add_column("chat", sa.Column("proposed_time", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("chat", sa.Column("reminder_time", sa.Time(), nullable=True))
    first = r"substr(reminder_times, 1, 5) || '\:00.000000'"  # a colon would be a parameter
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(f"UPDATE chat SET reminder_time = {first if is_sqlite else f'CAST({first} AS TIME)'}")  # noqa: S608 - our own
    op.drop_column("chat", "reminder_times")
