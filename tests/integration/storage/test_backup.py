"""A backup is taken while the bot works and brought back whole; what speaks against it is told and changes nothing."""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import backup as backups
from bot.storage import migrations
from bot.storage.backup import BackupRefused
from bot.storage.unit_of_work import Database, DatabaseUnavailable
from tests.integration.storage.samples import NOW, stored


def silent(_done: float, _total: float) -> None:
    """Hear of progress."""


def add(database: Database, *chats: int) -> None:
    """Store chats, each in a transaction of its own."""
    for chat_id in chats:
        database.run_here(lambda tx, chat_id=chat_id: tx.save_chat(stored(chat_id), NOW))  # type: ignore[misc]


def chats(path: Path) -> list[int]:
    """Return the chats a file holds."""
    with closing(sqlite3.connect(path)) as file:
        return [row[0] for row in file.execute("SELECT chat_id FROM chat ORDER BY 1")]


@pytest.fixture
def backup_file(tmp_path: Path) -> Path:
    """Name the backup."""
    return tmp_path / "backups" / "monday.db"


@pytest.fixture
def bot(sqlite: Database, backup_file: Path) -> Iterator[Database]:
    """Run a bot that knows two chats, as far as the database can tell."""
    backup_file.parent.mkdir()
    add(sqlite, 1, 2)
    yield sqlite
    sqlite.close()


@pytest.fixture
def database_file(empty_sqlite_url: str) -> Path:
    """Return the database's own file."""
    return Path(empty_sqlite_url.removeprefix("sqlite:///"))


@pytest.fixture
def url(empty_sqlite_url: str) -> str:
    """Return the address of the database."""
    return empty_sqlite_url


def test_a_backup_is_one_moment_of_a_bot_at_work(bot: Database, url: str, backup_file: Path) -> None:
    """What is committed while it is copied is not in it, half or whole; it is one file, and its owner's alone."""
    said: list[tuple[float, float]] = []

    def tell(done: float, total: float) -> None:
        said.append((done, total))
        add(bot, 3)

    backups.backup(url, backup_file, tell)
    assert chats(backup_file) == [1, 2]
    assert said[-1][0] == said[-1][1]
    assert [path.name for path in backup_file.parent.iterdir()] == ["monday.db"]
    assert stat.S_IMODE(backup_file.stat().st_mode) == 0o600
    assert bot.run_here(lambda tx: tx.load_chat(3)) is not None


def test_many_steps_are_one_moment_too(
    bot: Database, url: str, backup_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large database is copied in steps; commits between them neither slip in nor begin it anew."""
    monkeypatch.setattr(backups, "PAGES_A_STEP", 3)
    steps: list[float] = []

    def tell(done: float, total: float) -> None:
        assert total >= done
        assert not steps or done > steps[-1]
        steps.append(done)
        add(bot, 100 + len(steps))

    backups.backup(url, backup_file, tell)
    assert len(steps) > 3
    assert chats(backup_file) == [1, 2]


def test_restoring_brings_everything_back(bot: Database, url: str, backup_file: Path, database_file: Path) -> None:
    """What came after the backup is gone, what went since is back, and the bot works on."""
    backups.backup(url, backup_file, silent)
    add(bot, 3)
    bot.run_here(lambda tx: tx.erase_chat(1))
    bot.close()
    assert backups.restore(url, backup_file, silent) is None
    assert chats(database_file) == [1, 2]
    again = Database(url)
    migrations.apply(again.engine)
    add(again, 4)
    again.close()
    assert chats(database_file) == [1, 2, 4]
    assert chats(backup_file) == [1, 2]


def test_a_new_machine_begins_with_a_backup(bot: Database, url: str, backup_file: Path, tmp_path: Path) -> None:
    """Where there is no database yet, restoring makes one, and it is its owner's alone."""
    backups.backup(url, backup_file, silent)
    elsewhere = tmp_path / "elsewhere.db"
    backups.restore(f"sqlite:///{elsewhere}", backup_file, silent)
    assert chats(elsewhere) == [1, 2]
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o600
    del bot


def test_a_running_bot_is_not_pulled_from_under(bot: Database, url: str, backup_file: Path) -> None:
    """Restoring refuses while a bot has the database open, even an idle one, and the bot does not notice."""
    backups.backup(url, backup_file, silent)
    add(bot, 3)
    with pytest.raises(BackupRefused, match=r"a bot is running on .*: stop it first\.$"):
        backups.restore(url, backup_file, silent)
    add(bot, 4)
    assert bot.run_here(lambda tx: tx.load_chat(3)) is not None


def test_a_bot_that_starts_meanwhile_waits(
    bot: Database, url: str, backup_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the first page and the last nobody else gets in."""
    backups.backup(url, backup_file, silent)
    bot.close()
    refused: list[str] = []

    def start_another(done: float, total: float) -> None:
        if not refused and done < total:
            with pytest.raises(DatabaseUnavailable) as told:
                Database(f"{url}?timeout=0")
            refused.append(str(told.value))

    monkeypatch.setattr(backups, "PAGES_A_STEP", 3)
    backups.restore(url, backup_file, start_another)
    assert "another program keeps it locked" in refused[0]


def test_a_damaged_database_is_replaced_and_kept(
    bot: Database, url: str, backup_file: Path, database_file: Path
) -> None:
    """A file that SQLite cannot open gives way to the backup, and stays under another name, with its log."""
    backups.backup(url, backup_file, silent)
    bot.close()
    database_file.write_bytes(b"not a database at all" * 400)
    Path(f"{database_file}-wal").write_bytes(b"and what belonged to it")
    aside = backups.restore(url, backup_file, silent)
    assert aside is not None
    assert aside.read_bytes().startswith(b"not a database")
    assert Path(f"{aside}-wal").exists()
    assert chats(database_file) == [1, 2]


def test_a_backup_takes_no_files_place(bot: Database, url: str, backup_file: Path) -> None:
    """An older backup, or anything else of that name, stays as it is."""
    del bot
    backup_file.write_text("dear diary")
    with pytest.raises(BackupRefused, match="exists already: name another file"):
        backups.backup(url, backup_file, silent)
    assert backup_file.read_text() == "dear diary"


def test_a_backup_that_is_broken_off_leaves_nothing(bot: Database, url: str, backup_file: Path) -> None:
    """Neither half a backup under its name nor what it was to become."""
    del bot

    def give_up(_done: float, _total: float) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        backups.backup(url, backup_file, give_up)
    assert list(backup_file.parent.iterdir()) == []


def test_restoring_that_is_broken_off_changes_nothing(
    bot: Database, url: str, backup_file: Path, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a restored database is undone."""
    backups.backup(url, backup_file, silent)
    add(bot, 3)
    bot.close()

    def give_up(_done: float, _total: float) -> None:
        raise SystemExit

    monkeypatch.setattr(backups, "PAGES_A_STEP", 3)
    with pytest.raises(SystemExit):
        backups.restore(url, backup_file, give_up)
    assert chats(database_file) == [1, 2, 3]


def test_what_is_no_good_backup_is_refused(
    bot: Database, url: str, backup_file: Path, database_file: Path, tmp_path: Path
) -> None:
    """A damaged file, a stranger's, one of a later version, the database itself, and one that is not there."""
    backups.backup(url, backup_file, silent)
    bot.close()
    damaged = tmp_path / "damaged.db"
    content = bytearray(backup_file.read_bytes())
    content[2 * 4096 : 6 * 4096] = bytes(4 * 4096)
    damaged.write_bytes(content)
    text = tmp_path / "text.db"
    text.write_text("dear diary" * 1000)
    stranger, later = tmp_path / "stranger.db", tmp_path / "later.db"
    with closing(sqlite3.connect(stranger)) as file:
        file.execute("CREATE TABLE diary (day)")
    later.write_bytes(backup_file.read_bytes())
    with closing(sqlite3.connect(later, isolation_level=None)) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    reasons = {
        damaged: "is damaged: use an earlier backup",
        text: "is damaged or no SQLite file",
        stranger: "is no backup of Lumbar",
        later: r"later version of Lumbar \(9999\): bring Lumbar up to date first",
        database_file: "name a file that `lumbar backup` wrote",
        tmp_path / "nowhere.db": "name a file that `lumbar backup` wrote",
    }
    for path, reason in reasons.items():
        with pytest.raises(BackupRefused, match=rf"^{path} .*{reason}.*\.$"):
            backups.restore(url, path, silent)
    assert chats(database_file) == [1, 2]


def test_postgresql_is_left_to_its_own_tools(tmp_path: Path) -> None:
    """Both commands name them."""
    for command in (backups.backup, backups.restore):
        with pytest.raises(BackupRefused, match="pg_dump"):
            command("postgresql+psycopg://host/lumbar", tmp_path / "backup.db", silent)
