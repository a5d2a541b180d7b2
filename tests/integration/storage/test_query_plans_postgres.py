"""The same on PostgreSQL, whose planner looks at how much there is: ten thousand people, and few letters waiting."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from bot.storage.unit_of_work import Database, Transaction
from tests.integration.storage.samples import NOW
from tests.integration.storage.test_query_plans import recorded
from tests.postgres import PostgresServer

PEOPLE = 10_000
_FILL = f"""
SET LOCAL session_replication_role = replica; -- all keys are right, and need not be looked up
INSERT INTO chat (chat_id, language, state, zone, reminder_times, sessions_started, changed_at)
SELECT n, 'en', 'idle', 'America/New_York', '07:30/1234567', 1, '2026-05-07' FROM generate_series(1, {PEOPLE}) n;
INSERT INTO reminder (chat_id, kind, next_due_at)
SELECT n, 'daily', timestamptz '2026-05-07 11:00+00' + n * interval '7 seconds' FROM generate_series(1, {PEOPLE}) n;
INSERT INTO occurrence (chat_id, local_date, kind, outcome, noted_at)
SELECT n, date '2026-05-01' + d, 'daily', 'sent', '2026-05-07'
FROM generate_series(1, {PEOPLE}) n, generate_series(0, 2) d;
INSERT INTO session (chat_id, number, started_at, local_date, status)
SELECT n, d, '2026-05-07', '2026-05-07', 'finished' FROM generate_series(1, {PEOPLE}) n, generate_series(1, 2) d;
INSERT INTO answer (chat_id, session_number, step, easier, exercise_id, dose, outcome, answered_at, local_date)
SELECT n, d, 0, false, 'bridge', '{{}}', 'done', '2026-05-07', '2026-05-07'
FROM generate_series(1, {PEOPLE}) n, generate_series(1, 2) d;
INSERT INTO finding (chat_id, tier, flag, rule_id, found_at)
SELECT n, 'referral', 'neuro', 'R1', '2026-05-07' FROM generate_series(1, {PEOPLE}) n;
INSERT INTO day (chat_id, local_date, morning) SELECT n, '2026-05-07', 'same' FROM generate_series(1, {PEOPLE}) n;
INSERT INTO inbox (update_id, handled_at)
SELECT n, timestamptz '2026-05-07' + n * interval '1 minute' FROM generate_series(1, {PEOPLE}) n;
INSERT INTO outbox (dedupe_key, chat_id, priority, method, not_before, status, attempts, doubts, forget, reason,
                    settled_at)
SELECT 'k' || n, mod(n, {PEOPLE}), mod(n, 3), 'sendMessage', '2026-05-07',
       CASE WHEN mod(n, 1000) = 0 THEN 'sending' WHEN mod(n, 50) = 0 THEN 'queued' ELSE 'sent' END, 1, 0, false, '',
       CASE WHEN mod(n, 50) = 0 THEN NULL ELSE timestamptz '2026-05-07' + n * interval '10 seconds' END
FROM generate_series(1, {2 * PEOPLE}) n;
ANALYZE
"""  # noqa: S608 - our own number


@pytest.fixture(scope="module")
def filled(postgres_server: PostgresServer) -> Iterator[Database]:
    """Make a database with many people, whose statistics are known."""
    url = postgres_server.migrated()
    database = Database(url)
    with database.engine.begin() as connection:
        for statement in _FILL.split(";"):
            connection.exec_driver_sql(statement)
    yield database
    database.close()
    postgres_server.drop(url)


def plan(database: Database, work: Callable[[Transaction], object]) -> list[str]:
    """Return how PostgreSQL finds the rows of every statement of `work`."""
    with database.engine.connect() as connection:
        with recorded(connection) as statements:
            work(Transaction(connection))
        lines: list[Any] = []
        for statement, parameters in statements:
            if not statement.startswith(("INSERT", "NOTIFY")):
                lines += connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars()
        connection.rollback()
    return [str(line).strip() for line in lines]


@pytest.mark.parametrize(
    ("work", "index"),
    [
        (lambda tx: tx.load_chat(1), "pk_chat"),
        (lambda tx: tx.load_chat(1), "ix_outbox_waiting_chat"),
        (lambda tx: tx.withdraw_replies(1, kept=None), "ix_outbox_waiting_chat"),
        (lambda tx: tx.status_of("k1"), "uq_outbox_dedupe_key"),
        (lambda tx: tx.due_reminders(NOW, 500), "ix_reminder_next_due_at"),
        (lambda tx: tx.reminders_due_after(NOW, 1, 500), "ix_reminder_next_due_at"),
        (lambda tx: tx.next_due_of_all(), "ix_reminder_next_due_at"),
        (lambda tx: tx.due_at(1, "daily"), "pk_reminder"),
        (lambda tx: tx.last_noted_turn(1, "daily", until=date(2026, 5, 7)), "pk_occurrence"),
        (lambda tx: tx.journal(1), "pk_session"),
        (lambda tx: tx.past_sessions(1), "pk_session"),
        (lambda tx: tx.past_sessions(1), "pk_answer"),
        (lambda tx: tx.past_findings(1), "ix_finding_chat_id"),
        (lambda tx: tx.told_days(1), "pk_day"),
        (lambda tx: tx.take_letters(NOW, 10, ()), "ix_outbox_waiting"),
        (lambda tx: tx.take_letters(NOW, 10, ()), "ix_outbox_waiting_chat"),
        (lambda tx: tx.take_letters(NOW, 10, (1, 2)), "ix_outbox_waiting"),
        (lambda tx: tx.next_letter_after(NOW), "ix_outbox_waiting_until"),
        (lambda tx: tx.letters_in_flight(), "ix_outbox_waiting"),
        (lambda tx: tx.waiting_letters(), r"ix_outbox_waiting\w*"),
        (lambda tx: tx.message_id_of("k1"), "uq_outbox_dedupe_key"),
        (lambda tx: tx.cancel_letters(1), "ix_outbox_waiting_chat"),
        (lambda tx: tx.silent_chats(0, NOW, width=10, limit=5), "pk_chat"),
        (lambda tx: tx.trim(NOW, 10), "ix_outbox_settled_at"),
        (lambda tx: tx.trim(NOW, 10), "ix_inbox_handled_at"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hot_queries_use_their_index(filled: Database, work: Callable[[Transaction], object], index: str) -> None:
    """The plan names the index, reads no large table from end to end and sorts no more than what waits."""
    lines = plan(filled, work)
    assert any(re.search(rf"\b{index}\b", line) for line in lines), lines
    assert [line for line in lines if "Seq Scan" in line] == []


def test_claiming_and_taking_read_no_more_than_they_return(filled: Database) -> None:
    """What is due and what leaves next come from an index in their order: nothing is sorted, however much there is."""
    for work in (lambda tx: tx.due_reminders(NOW, 500), lambda tx: tx.take_letters(NOW, 10, ())):
        lines = plan(filled, work)
        assert [line for line in lines if "Sort" in line] == [], lines
