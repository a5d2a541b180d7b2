"""The scheduler's jobs while the database is away."""

from datetime import timedelta

from structlog.testing import capture_logs

from bot.bootstrap import SystemClock
from bot.processes import Work
from bot.storage.unit_of_work import Database
from tests.knowledge import the_knowledge
from tests.postgres import PostgresServer


async def test_a_job_without_a_database_says_so_in_one_line_and_asks_to_be_tried_again(
    postgres_url: str, postgres_server: PostgresServer
) -> None:
    """Claiming, checking and trimming alike: in words, without a traceback; when the database is back they are done."""
    database = Database(postgres_url)
    work = Work(
        database,
        the_knowledge(),
        SystemClock(),
        grace=timedelta(hours=2),
        wake_relay=lambda: None,
        ticked=lambda: None,
    )
    jobs = {
        "claim_failed": work.claim_reminders,
        "check_times_failed": work.check_times,
        "trim_failed": work.trim,
    }
    postgres_server.halt()
    try:
        with capture_logs() as logs:
            assert [await job() for job in jobs.values()] == [False] * 3
    finally:
        postgres_server.resume()
    assert [line["event"] for line in logs] == list(jobs)
    for line in logs:
        assert line["reason"].startswith("DATABASE_URL: the PostgreSQL server cannot be reached")
        assert "exc_info" not in line
    assert [await job() for job in jobs.values()] == [True] * 3
    database.close()
