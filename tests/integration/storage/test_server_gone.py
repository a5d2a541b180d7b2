"""PostgreSQL goes away: restarted between transactions, in the middle of one, at its commit, or for a while."""

import asyncio
import select
from collections.abc import Callable, Iterator
from contextlib import suppress

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.exc import ProgrammingError

from bot.storage.engines import POSTGRESQL_WORKERS
from bot.storage.unit_of_work import Database, DatabaseUnavailable, Transaction, open_engine
from bot.usecases.ports import StorageFailed
from tests.integration.storage.samples import NOW, stored
from tests.postgres import PostgresServer


@pytest.fixture
def server(postgres_server: PostgresServer) -> Iterator[PostgresServer]:
    """Lend the server, and see to it that it runs again afterwards."""
    yield postgres_server
    postgres_server.ensure_running()


def chats(database: Database) -> list[int]:
    """Return the chats there are."""
    with database.engine.connect() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT chat_id FROM chat ORDER BY 1")]


async def test_a_restart_between_transactions_is_not_noticed(postgres: Database, server: PostgresServer) -> None:
    """Every connection of the pool was lost, and every worker goes on with a new one, in a savepoint or not."""
    meeting = [asyncio.to_thread(chats, postgres) for _ in range(POSTGRESQL_WORKERS)]
    await asyncio.gather(*meeting)
    await asyncio.to_thread(server.restart)

    def saving(chat_id: int) -> Callable[[Transaction], None]:
        def work(tx: Transaction) -> None:
            with tx.savepoint():
                tx.save_chat(stored(chat_id), NOW)

        return work

    people = range(1, 3 * POSTGRESQL_WORKERS)
    await asyncio.gather(*(postgres.run(saving(chat_id)) for chat_id in people))
    assert chats(postgres) == list(people)


@pytest.mark.parametrize("in_savepoint", [False, True])
def test_a_crash_in_the_middle_of_a_transaction_costs_nothing(
    postgres: Database, server: PostgresServer, *, in_savepoint: bool
) -> None:
    """What was half done is undone by the server, and done again."""
    tries: list[int] = []

    def work(tx: Transaction) -> None:
        tx.save_chat(stored(1), NOW)
        tries.append(1)
        if len(tries) == 1:
            server.crash()
        if in_savepoint:
            with tx.savepoint():
                tx.save_chat(stored(2), NOW)
        tx.save_chat(stored(3), NOW)

    postgres.run_here(work)
    assert chats(postgres) == ([1, 2, 3] if in_savepoint else [1, 3])
    assert len(tries) == 2


def test_a_commit_without_an_answer_is_not_tried_again(postgres_server: PostgresServer) -> None:
    """Nobody knows whether it stands, so whoever asked for it is told, and finds out by asking again."""
    url = postgres_server.migrated()
    database = Database(url)
    with database.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END$$"
        )
        connection.exec_driver_sql(
            "CREATE CONSTRAINT TRIGGER leave AFTER INSERT ON chat DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION leave()"
        )
    tries: list[int] = []

    def work(tx: Transaction) -> None:
        tries.append(1)
        tx.save_chat(stored(1), NOW)

    with pytest.raises(DatabaseUnavailable, match="is starting or stopping"):
        database.run_here(work)
    assert len(tries) == 1
    database.close()
    postgres_server.drop(url)


def test_a_server_that_is_away_is_told_in_words_and_found_again(postgres: Database, server: PostgresServer) -> None:
    """Each transaction meanwhile fails as the storage's own, without a name or a value, and later ones succeed."""
    server.halt()
    with pytest.raises(StorageFailed, match=r"^DATABASE_URL: the PostgreSQL server cannot be reached: .*\(no answer\)"):
        postgres.run_here(lambda tx: tx.save_chat(stored(1), NOW))
    server.resume()
    postgres.run_here(lambda tx: tx.save_chat(stored(1), NOW))
    assert chats(postgres) == [1]


@pytest.mark.parametrize(
    "change",
    [("@/t", "@/nobody-made-t"), ("lumbar@", "stranger@"), ("host=", "host=/nowhere")],
    ids=["database", "user", "host"],
)
def test_a_server_that_refuses_is_one_line_at_the_start(postgres_url: str, change: tuple[str, str]) -> None:
    """What may be wrong with the address is told before anything runs."""
    with pytest.raises(
        DatabaseUnavailable, match=r"^DATABASE_URL: the PostgreSQL server cannot be reached: .*user.*\.$"
    ):
        open_engine(postgres_url.replace(*change, 1))


def test_a_value_it_refuses_is_no_fault_of_the_database(postgres: Database) -> None:
    """A statement that asks for something wrong raises as it is, so that one update fails and not all."""
    with pytest.raises(ProgrammingError), postgres.engine.begin() as connection:
        Transaction(connection).connection.exec_driver_sql("SELECT no_such_column FROM chat")


def test_nothing_may_wait_for_ever(postgres: Database) -> None:
    """Statements, locks and abandoned transactions have their limits on every connection."""
    with postgres.engine.connect() as connection:
        names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "transaction_isolation")
        limits = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in names]
    assert limits == ["30s", "10s", "10s", "read committed"]


def test_a_process_that_stopped_between_two_answers_keeps_no_lock(postgres: Database, postgres_url: str) -> None:
    """What it had sent is carried out and its next word never comes, which PostgreSQL itself would wait for."""
    event.listen(postgres.engine, "connect", lambda connection, _record: _wait_shortly(connection))
    postgres.engine.dispose()
    postgres.run_here(lambda tx: tx.save_chat(stored(1), NOW))
    stopped = psycopg.connect(postgres_url.replace("+psycopg", ""), application_name="lumbar")
    with suppress(psycopg.OperationalError), stopped, stopped.pipeline():  # which ends by finding out
        stopped.execute("UPDATE chat SET language = 'es'")
        stopped.pgconn.send_flush_request()
        stopped.pgconn.flush()
        select.select([stopped.pgconn.socket], [], [])  # carried out, and neither ended nor read
        postgres.run_here(lambda tx: tx.save_chat(stored(1), NOW))
    assert stopped.closed
    assert chats(postgres) == [1]


def test_a_transaction_that_works_is_waited_for_in_vain(postgres: Database, postgres_url: str) -> None:
    """Only one that nobody carries on is ended: whoever waits for another is told so."""
    event.listen(postgres.engine, "connect", lambda connection, _record: _wait_shortly(connection))
    postgres.engine.dispose()
    postgres.run_here(lambda tx: tx.save_chat(stored(1), NOW))
    with psycopg.connect(postgres_url.replace("+psycopg", ""), application_name="psql") as other:
        other.execute("UPDATE chat SET language = 'es'")
        with pytest.raises(DatabaseUnavailable, match="kept us waiting too long for a lock"):
            postgres.run_here(lambda tx: tx.save_chat(stored(1), NOW))


def _wait_shortly(connection: psycopg.Connection) -> None:
    """Have a connection give up waiting for a lock at once."""
    connection.execute("SET lock_timeout = '100ms'")
    connection.commit()
