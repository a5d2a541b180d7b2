"""What runs every second, or for every update, finds its rows by an index however many there are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.storage.unit_of_work import Database, Transaction
from tests.integration.storage.samples import NOW, stored


class _Noting:
    """A driver's connection, or its cursor, that notes what is executed."""

    def __init__(self, driver: Any, statements: list[tuple[str, Any]]) -> None:
        self._driver = driver
        self._statements = statements

    def __getattr__(self, name: str) -> Any:
        return getattr(self._driver, name)

    def cursor(self, *arguments: Any, **options: Any) -> "_Noting":
        return _Noting(self._driver.cursor(*arguments, **options), self._statements)

    def execute(self, statement: str, parameters: Any = ()) -> Any:
        self._statements.append((statement, parameters))
        return self._driver.execute(statement, parameters)

    def executemany(self, statement: str, parameters: Any) -> Any:
        self._statements.append((statement, parameters[0]))
        return self._driver.executemany(statement, parameters)


@contextmanager
def recorded(connection: Connection) -> Iterator[list[tuple[str, Any]]]:
    """Note the statements that the driver executes, with their parameters."""
    statements: list[tuple[str, Any]] = []
    pooled: Any = connection.connection
    driver = pooled.dbapi_connection
    pooled.dbapi_connection = _Noting(driver, statements)
    yield statements
    pooled.dbapi_connection = driver


def plan(database: Database, work: Callable[[Transaction], object]) -> list[str]:
    """Return how the engine finds the rows of every statement of `work`."""
    with database.engine.begin() as connection:
        with recorded(connection) as statements:
            work(Transaction(connection))
        assert statements
        explained = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            for statement, parameters in statements
            if not statement.startswith("INSERT")
        ]
        return [str(line.detail) for lines in explained for line in lines]


@pytest.mark.parametrize(
    ("work", "index"),
    [
        (lambda tx: tx.load_chat(1), "SEARCH chat USING INTEGER PRIMARY KEY"),
        (lambda tx: tx.load_chat(1), "ix_outbox_waiting_chat (chat_id=? AND priority=?)"),
        (lambda tx: tx.withdraw_replies(1, kept=None), "ix_outbox_waiting_chat (chat_id=?"),
        (lambda tx: tx.status_of("a"), "sqlite_autoindex_outbox_1 (dedupe_key=?)"),
        (lambda tx: tx.due_reminders(NOW, 500), "ix_reminder_next_due_at"),
        (lambda tx: tx.next_due_of_all(), "ix_reminder_next_due_at"),
        (lambda tx: tx.journal(1), "sqlite_autoindex_session_1 (chat_id=?)"),
        (lambda tx: tx.past_sessions(1), "sqlite_autoindex_session_1 (chat_id=?)"),
        (lambda tx: tx.past_sessions(1), "sqlite_autoindex_answer_1 (chat_id=? AND session_number=?)"),
        (lambda tx: tx.past_findings(1), "ix_finding_chat_id (chat_id=?)"),
        (lambda tx: tx.told_days(1), "sqlite_autoindex_day_1 (chat_id=?)"),
        (lambda tx: tx.take_letters(NOW, 10, ()), "ix_outbox_waiting"),
        (lambda tx: tx.take_letters(NOW, 10, (1, 2)), "ix_outbox_waiting"),
        (lambda tx: tx.next_letter_after(NOW), "ix_outbox_waiting_until (not_before>?)"),
        (lambda tx: tx.letters_in_flight(), "ix_outbox_waiting"),
        (lambda tx: tx.message_id_of("a"), "sqlite_autoindex_outbox_1 (dedupe_key=?)"),
        (lambda tx: tx.cancel_letters(1), "ix_outbox_waiting_chat (chat_id=?)"),
        (lambda tx: tx.silent_chats(0, NOW, width=10, limit=5), "SEARCH chat USING INTEGER PRIMARY KEY"),
        (lambda tx: tx.trim(NOW, 10), "ix_outbox_settled_at (settled_at<?)"),
        (lambda tx: tx.trim(NOW, 10), "ix_inbox_handled_at (handled_at<?)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hot_queries_use_their_index(sqlite: Database, work: Callable[[Transaction], object], index: str) -> None:
    """The plan names the index, scans no table from end to end and sorts nothing."""
    sqlite.run_here(lambda tx: tx.save_chat(stored(1), NOW))
    lines = plan(sqlite, work)
    assert any(index in line for line in lines), lines
    assert [line for line in lines if line.startswith("SCAN") and "INDEX" not in line] == []
    assert [line for line in lines if "TEMP B-TREE" in line] == []


def test_a_letters_chat_is_looked_up_not_searched_for(sqlite: Database) -> None:
    """Whether an earlier letter of the chat waits is a look-up in the index by chat."""
    lines = plan(sqlite, lambda tx: tx.take_letters(NOW, 10, ()))
    assert any("ix_outbox_waiting_chat (chat_id=?" in line for line in lines), lines
