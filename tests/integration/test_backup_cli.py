"""`lumbar backup` and `lumbar restore`, as an operator types them."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.storage import migrations
from bot.storage.unit_of_work import Database
from tests.integration.program import Program, copy_checkout


@pytest.fixture
def lumbar(tmp_path: Path) -> Program:
    """Return the program in its own checkout."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    return Program(copy_checkout(tmp_path / "checkout"), temporary)


async def test_what_was_backed_up_comes_back(lumbar: Program, tmp_path: Path) -> None:
    """Both say what they did, and nothing but that."""
    file, copy = tmp_path / "lumbar.db", tmp_path / "copy.db"
    database = Database(f"sqlite:///{file}")
    migrations.apply(database.engine)
    ended = await lumbar.ends("backup", str(copy), DATABASE_URL=f"sqlite:///{file}")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"The database is copied to {copy}.")
    database.run_here(lambda tx: tx.admit(1, datetime.now(UTC)))
    database.close()
    ended = await lumbar.ends("restore", str(copy), DATABASE_URL=f"sqlite:///{file}")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "The database is as it was at the backup. Start the bot again.\n"
    with closing(sqlite3.connect(file)) as restored:
        assert restored.execute("SELECT count(*) FROM inbox").fetchone() == (0,)


async def test_a_refusal_is_one_line(lumbar: Program, tmp_path: Path) -> None:
    """Here, a file that is there already."""
    there = tmp_path / "there.db"
    there.touch()
    database = tmp_path / "lumbar.db"
    database.touch()
    ended = await lumbar.ends("backup", str(there), DATABASE_URL=f"sqlite:///{database}")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"lumbar: {there} exists already: name another file.\n"
