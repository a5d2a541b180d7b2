"""Chaos, the short form: a few people, a few kills, every kind of fault. `make chaos` is the long one.

These take a while because a killed relay's lease runs for twelve seconds on PostgreSQL, and a failed call is tried
again only after one or two.
"""

from pathlib import Path

from tests.chaos.storm import Plan, Storm
from tests.postgres import PostgresServer

KINDS = {"too_many_requests", "server_error", "bad_gateway", "drop_before", "drop_after"}


async def test_one_process_on_sqlite_loses_nothing(tmp_path: Path) -> None:
    """Killed again and again, between faults of every kind, it answers everybody and reminds everybody."""
    plan = Plan(seed=1, people=11, kills=6, days=1)
    after = await Storm(plan, f"sqlite:///{tmp_path / 'lumbar.db'}").run()
    assert after.verdict.broken == (), after.counts
    assert after.counts["kills"] == plan.kills
    assert set(after.counts) >= KINDS | {"update_twice", "update_overtook"}


async def test_three_processes_on_postgresql_lose_nothing(postgres_server: PostgresServer, postgres_url: str) -> None:
    """Killed, stopped past the lease, and without their database for a while, they do so as one."""
    plan = Plan(seed=1, people=7, kills=1, days=1, restarts=1, stops=1)
    after = await Storm(plan, postgres_url, postgres_server).run()
    assert after.verdict.broken == (), after.counts
    assert after.counts["kills"] == plan.kills
    assert after.counts["stops past the lease"] == plan.stops
    assert after.counts["restarts of PostgreSQL"] == plan.restarts
