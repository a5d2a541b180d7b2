"""Backups of a SQLite database: a copy made while the bot runs, and the way back.

A backup is one SQLite file of its owner's alone. It appears under its name only when it is whole, checked and on the
disk, and never takes the place of another file.

Restoring happens inside the database's own file, in one transaction that SQLite undoes if it is cut short, and under a
lock that no bot can hold at the same time: one that runs makes restoring refuse, one that starts meanwhile waits. Only
a file that SQLite cannot open any more is replaced by a new one, and stays beside it under another name.

PostgreSQL has its own tools for this; docs/backups.md names them.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url

from bot.storage import faults, migrations

PAGES_A_STEP = 1000

_MAGIC = b"SQLite format 3\0"

Tell = Callable[[float, float], None]
"""Is told how many pages of how many are copied."""


class BackupRefused(Exception):  # noqa: N818 - says what is the case
    """A backup or its restoring was refused or failed, and changed nothing; `str()` is one line saying what to do."""


def backup(url: str, file: Path, tell: Tell) -> None:
    """Copy the database of `url`, as it is at this moment, to a new `file`; raise BackupRefused if that cannot be."""
    source = _sqlite_file(url)
    if not source.exists():
        raise BackupRefused(f"there is no database yet: {source} does not exist.")
    if file.exists():
        raise BackupRefused(f"{file} exists already: name another file.")
    with _becoming(file) as part, _in_words(file), closing(_open(source)) as database:
        # One look at the database from beginning to end: what is committed meanwhile does not begin the copy anew.
        database.execute("BEGIN")
        database.execute("SELECT 1 FROM sqlite_master").fetchone()
        with closing(_open(part)) as copy:
            database.backup(copy, pages=PAGES_A_STEP, progress=lambda _, left, total: tell(total - left, total))
            copy.execute("PRAGMA journal_mode=DELETE")
            _refuse_unless_whole(copy, source)


def restore(url: str, file: Path, tell: Tell) -> Path | None:
    """Bring the database of `url` back to what it was at a backup; return where a damaged file was put, if it was one.

    Raises BackupRefused while a bot is running on it, and for a file that is damaged or no backup of this version's or
    an earlier one's.
    """
    target = _sqlite_file(url)
    if not file.is_file() or (target.exists() and file.samefile(target)):
        raise BackupRefused(f"{file} is no backup: name a file that `lumbar backup` wrote.")
    with _in_words(file), closing(_open(file, mode="ro")) as source:
        _refuse_unless_whole(source, file)
        _refuse_unless_known(source, file)
        if _can_be_opened(target):
            with closing(_locked(target)) as database:
                _copy(source, database, tell)
            return None
        with _becoming(target, replace=True) as part, closing(_open(part)) as database:
            _copy(source, database, tell)
            return _set_aside(target)


def _sqlite_file(url: str) -> Path:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise BackupRefused("DATABASE_URL names PostgreSQL: use pg_dump and pg_restore, as docs/backups.md shows.")
    return Path(parsed.database or "").resolve()


def _open(path: Path, mode: str = "rw", wait_seconds: float = 10) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=wait_seconds, isolation_level=None
    )


def _copy(source: sqlite3.Connection, database: sqlite3.Connection, tell: Tell) -> None:
    database.execute("PRAGMA synchronous=FULL")
    source.backup(database, pages=PAGES_A_STEP, progress=lambda _, left, total: tell(total - left, total))


def _refuse_unless_whole(database: sqlite3.Connection, path: Path) -> None:
    try:
        found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
        found = found if database.execute("PRAGMA foreign_key_check").fetchone() is None else "rows without an owner"
    except sqlite3.DatabaseError as error:
        raise BackupRefused(f"{path} is damaged or no SQLite file: use an earlier backup.") from error
    if found != "ok":
        raise BackupRefused(f"{path} is damaged: use an earlier backup.")


def _refuse_unless_known(database: sqlite3.Connection, file: Path) -> None:
    try:
        (revision,) = database.execute("SELECT version_num FROM alembic_version").fetchone() or (None,)
    except sqlite3.OperationalError:
        revision = None
    if revision is None:
        raise BackupRefused(f"{file} is no backup of Lumbar: name a file that `lumbar backup` wrote.")
    if revision not in migrations.known_revisions():
        raise BackupRefused(
            f"{file} was made by a later version of Lumbar ({revision}): bring Lumbar up to date first."
        )


def _can_be_opened(path: Path) -> bool:
    """Whether a file is there and begins as SQLite's do; one that is not is not opened, so that its log stays too."""
    if not path.exists():
        return False
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) in {_MAGIC, b""}


def _locked(path: Path) -> sqlite3.Connection:
    """Open the database as the only one who has it open; a bot keeps a connection for as long as it runs."""
    database = _open(path, wait_seconds=0)
    try:
        database.execute("PRAGMA locking_mode=EXCLUSIVE")
        database.execute("PRAGMA journal_mode=DELETE")  # nobody can leave the write-ahead log while others use it
        database.execute("BEGIN EXCLUSIVE")
        database.execute("COMMIT")
    except sqlite3.OperationalError as error:
        database.close()
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise BackupRefused(f"a bot is running on {path}: stop it first.") from error
        raise
    return database


def _set_aside(path: Path) -> Path | None:
    """Keep a file that SQLite cannot open under another name, with its log, which would spoil the file to come."""
    if not path.exists():
        return None
    aside = path.with_name(f"{path.name}.damaged")
    aside.unlink(missing_ok=True)
    aside.hardlink_to(path)
    for suffix in ("-wal", "-journal", "-shm"):
        side = path.with_name(path.name + suffix)
        if side.exists():
            side.replace(aside.with_name(aside.name + suffix))
    return aside


@contextmanager
def _becoming(file: Path, *, replace: bool = False) -> Iterator[Path]:
    """Give a new file beside `file`, for its owner's eyes only, which takes its name once it is on the disk."""
    part = file.with_name(f"{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600, exist_ok=False)
        yield part
        with part.open("rb") as written:
            os.fsync(written.fileno())
        if file.exists() and not replace:
            raise BackupRefused(f"{file} exists already: name another file.")
        part.replace(file)
        folder = os.open(file.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    except OSError as error:
        raise BackupRefused(f"{file} cannot be written ({error.strerror}): choose another folder.") from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _in_words(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise BackupRefused(f"copying from or to {file} failed: {faults.sqlite_remedy(error)}.") from error
