"""Keys of letters compare byte by byte on PostgreSQL, whatever the database's own order of words.

Letters about a person are found by the beginning of their key; where a language's order stood behind the comparison,
none was found, and erasing left them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("outbox", "dedupe_key", type_=sa.String(64, collation="C"))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("outbox", "dedupe_key", type_=sa.String(64))
