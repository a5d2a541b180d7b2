"""Statements about files that Telegram has: by what name, so that each is uploaded once."""

from collections.abc import Collection

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from bot.storage import tables as t
from bot.storage.statements import Statement
from bot.usecases.delivery import Uploaded

_insert = insert(t.media)
_KEEP = Statement(
    _insert.on_conflict_do_update(index_elements=[t.media.c.key], set_={"file_id": _insert.excluded.file_id}),
    t.media.c.keys(),
)
_FILE_IDS = Statement(select(t.media.c.key, t.media.c.file_id))


class MediaStatements:
    """The part of a transaction that concerns files."""

    connection: Connection

    def file_ids(self) -> dict[str, str]:
        """Return what Telegram calls the files that went with letters, by key."""
        return {row["key"]: row["file_id"] for row in _FILE_IDS.rows(self.connection)}

    def keep_file_ids(self, uploads: Collection[Uploaded]) -> None:
        """Store what Telegram calls files; the latest counts."""
        rows = [{"key": uploaded.key, "file_id": uploaded.file_id} for uploaded in uploads]
        _KEEP.execute_many(self.connection, sorted(rows, key=lambda row: row["key"]))
