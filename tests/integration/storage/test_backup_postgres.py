"""PostgreSQL's backups are its own tools' work: the commands of docs/backups.md, as they stand there."""

import os
import subprocess
from pathlib import Path

from sqlalchemy import select

from bot.storage import tables
from bot.storage.unit_of_work import Database
from tests.integration.storage.samples import NOW, stored
from tests.postgres import PostgresServer

PAGE = Path(__file__).parents[3] / "docs" / "backups.md"


def typed(program: str, url: str, folder: Path, server: PostgresServer) -> None:
    """Do what the page says with this program, with the backup in `folder`."""
    (line,) = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"{program} ")]
    for name in ("lumbar-$(date +%F).dump", "lumbar-2026-03-08.dump"):
        line = line.replace(f"/safe/place/{name}", str(folder / "lumbar.dump"))
    assert str(folder) in line
    path = f"{server.programs}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "DATABASE_URL": url.replace("+psycopg", "")}
    subprocess.run(["sh", "-c", line], env=environment, check=True)


def test_a_dump_comes_back(postgres_server: PostgresServer, tmp_path: Path) -> None:
    """Dumped while the bot has the database open, restored in its place: what came since is gone, the rest is there."""
    url = postgres_server.migrated()
    database = Database(url)
    database.run_here(lambda tx: tx.save_chat(stored(1), NOW))
    typed("pg_dump", url, tmp_path, postgres_server)
    database.run_here(lambda tx: tx.save_chat(stored(2), NOW))
    database.close()
    typed("pg_restore", url, tmp_path, postgres_server)
    restored = Database(url)
    with restored.engine.connect() as connection:
        assert connection.scalars(select(tables.chat.c.chat_id)).all() == [1]
    restored.close()
    postgres_server.drop(url)
