"""Migrations go up, down and up again, and end at the tables the code speaks of."""

import sys
from contextlib import ExitStack
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, String, inspect

from bot.storage import migrations
from bot.storage.migrations.upgrading import config_for, foreign_keys_off
from bot.storage.tables import metadata
from bot.storage.unit_of_work import Database, DatabaseUnavailable, Transaction, open_engine
from tests.integration.storage.samples import NOW, stored

REPOSITORY = Path(__file__).parents[3]


def tables(connection: Connection) -> set[str]:
    """Return the names of the tables there are, Alembic's own aside."""
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def difference(connection: Connection) -> list[object]:
    """Return what Alembic would change to come from the database to the code's tables."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found: list[object] = compare_metadata(context, metadata)
    return found


def test_the_stairway_leads_up_down_and_up_again(database_url: str) -> None:
    """Every revision can be applied, taken back and applied again; at the bottom nothing is left."""
    engine = open_engine(database_url)
    with engine.begin() as connection:
        config = config_for(connection)
        revisions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
        for revision in reversed(revisions):
            command.upgrade(config, revision)
            command.downgrade(config, "-1")
            command.upgrade(config, revision)
        assert tables(connection) == set(metadata.tables)
        command.downgrade(config, "base")
        assert tables(connection) == set()
        command.upgrade(config, "head")
        assert difference(connection) == []
    engine.dispose()


def test_what_is_stored_survives_every_step(database_url: str) -> None:
    """Whoever used the first version keeps their sessions and reminders on the way up, and on the way back."""
    engine = open_engine(database_url)
    with engine.begin() as connection:
        config = config_for(connection)
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "INSERT INTO chat (chat_id, language, state, sessions_started, changed_at) "
            "VALUES (7, 'en', 'idle', 1, '2026-05-06 10:00:00')"
        )
        connection.exec_driver_sql(
            "INSERT INTO session (chat_id, number, started_at, local_date) "
            "VALUES (7, 1, '2026-05-06 10:00:00', '2026-05-06')"
        )
        for revision in ("head", "0001", "head"):
            (command.downgrade if revision == "0001" else command.upgrade)(config, revision)
            assert connection.exec_driver_sql("SELECT count(*) FROM chat JOIN session USING (chat_id)").scalar() == 1
    engine.dispose()


def test_migrated_tables_are_the_codes_tables(database: Database) -> None:
    """Alembic finds no difference between what the migrations made and what the code declares."""
    with database.engine.connect() as connection:
        assert difference(connection) == []
        for table in metadata.tables.values():
            made = {str(index["name"]) for index in inspect(connection).get_indexes(table.name)}
            assert {str(index.name) for index in table.indexes} <= made


def test_applying_twice_changes_nothing(database: Database) -> None:
    """A start after a start finds everything in place."""
    migrations.apply(database.engine)
    with database.engine.connect() as connection:
        assert difference(connection) == []


def test_processes_that_start_together_migrate_once(database_url: str) -> None:
    """On an empty database one of them makes the tables and the others find them made; none fails."""
    open_engine(database_url).dispose()  # SQLite switches a new file to WAL for one process at a time
    start = [sys.executable, "-m", "tests.integration.storage.migrating", database_url]
    with ExitStack() as stack:
        processes = [
            stack.enter_context(Popen(start, stdin=PIPE, stdout=PIPE, text=True, cwd=REPOSITORY)) for _ in range(2)
        ]
        assert [process.stdout.readline() for process in processes if process.stdout] == ["ready\n"] * 2
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        assert [process.communicate()[0] for process in processes] == ["done\n"] * 2
    engine = open_engine(database_url)
    with engine.connect() as connection:
        assert difference(connection) == []
    engine.dispose()


def test_a_database_that_cannot_be_opened_is_told_in_one_line(tmp_path: Path) -> None:
    """A folder that does not exist is named with its remedy."""
    with pytest.raises(DatabaseUnavailable, match=r"^DATABASE_URL: .*check that the folder exists"):
        open_engine(f"sqlite:///{tmp_path}/no-such-folder/lumbar.db")


def test_a_table_built_anew_keeps_what_hangs_on_it(sqlite: Database) -> None:
    """Altering `chat` on SQLite drops the old table; the reminders of its people stay."""

    def one_person(tx: Transaction) -> None:
        tx.save_chat(stored(1), NOW)
        tx.set_due(1, "daily", NOW)

    sqlite.run_here(one_person)
    with sqlite.engine.connect() as connection, foreign_keys_off(connection), connection.begin():
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("chat", recreate="always") as chat:
            chat.alter_column("language", type_=String(32))
    assert sqlite.run_here(lambda tx: tx.due_at(1, "daily")) == NOW
    with sqlite.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_database_of_a_later_version_is_told_apart(database_url: str) -> None:
    """Whoever goes back to an older checkout reads one line, and the database stays as it is."""
    engine = open_engine(database_url)
    migrations.apply(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseUnavailable, match=r"another version of Lumbar .*9999"):
        migrations.apply(engine)
    engine.dispose()


def test_revisions_are_told_by_the_names_of_their_files(sqlite: Database) -> None:
    """What is read off the file names is what Alembic makes of the files: none is loaded at a start without changes."""
    with sqlite.engine.connect() as connection:
        scripts = ScriptDirectory.from_config(config_for(connection))
    assert migrations.known_revisions() == {script.revision for script in scripts.walk_revisions()}
    assert migrations.newest_revision() == scripts.get_current_head()


def test_keys_of_letters_compare_byte_by_byte(postgres: Database) -> None:
    """A server whose own order is a language's would not find a person's letters by the beginning of their key."""
    with postgres.engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT collation_name FROM information_schema.columns"
            " WHERE table_name = 'outbox' AND column_name = 'dedupe_key'"
        )
        assert found.scalar() == "C"
