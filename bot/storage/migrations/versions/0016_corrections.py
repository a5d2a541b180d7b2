"""Corrections: the pain ratings of a day as the person corrected them afterwards, and when."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_RATINGS = ("corrected_before", "corrected_during", "corrected_after", "gravest")


def upgrade() -> None:
    for name in _RATINGS:
        op.add_column("day", sa.Column(name, sa.SmallInteger(), nullable=True))
    op.add_column("day", sa.Column("corrected_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM occurrence WHERE kind = 'own_word' AND outcome = 'not_done'")
    for name in ("corrected_at", *reversed(_RATINGS)):
        op.drop_column("day", name)
