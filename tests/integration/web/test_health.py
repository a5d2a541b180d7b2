"""The pages that machines read: what they say while all is well, and while something is not."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic

import aiohttp
import pytest

from bot import metrics
from bot.web import health
from bot.web.app import make_app
from bot.web.health import Health, Vitals, judge, parts_ready
from tests.integration.web.conftest import nothing, served

NOW = 1_000.0


async def asked(vitals: Vitals, reach: Callable[[], Awaitable[object]], page: str = "readyz") -> tuple[int, str]:
    """Ask for a page; return status and body."""

    async def render() -> bytes:
        return metrics.render({"reply": 3}, ready=parts_ready(vitals, database=True))

    async with (
        served(make_app(Health(vitals, reach, render))) as url,
        aiohttp.ClientSession() as client,
        client.get(f"{url}/{page}") as answer,
    ):
        return answer.status, await answer.text()


def at_work() -> Vitals:
    """Return the vitals of a process that has just done well in every way."""
    vitals = Vitals(ticks=True)
    vitals.ticked()
    vitals.telegram_answered(True)
    return vitals


async def test_a_process_at_work_is_ready() -> None:
    """200, with the age of the last tick and of Telegram's last answer."""
    status, body = await asked(at_work(), nothing)
    assert status == 200
    assert '"ready":true' in body
    assert '"last_tick_seconds":0' in body


async def test_a_database_that_is_gone_is_told() -> None:
    """503 names the part that is missing; the process itself is alive, so nobody should restart it."""

    async def refuse() -> object:
        raise OSError("connection refused")

    status, body = await asked(at_work(), refuse)
    assert (status, '"database":false' in body, '"telegram":true' in body) == (503, True, True)
    assert await asked(at_work(), refuse, "healthz") == (200, "alive")


async def test_a_database_that_hangs_is_as_good_as_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The question is not waited for longer than its time."""
    monkeypatch.setattr(health, "DATABASE_SECONDS", 0.0)
    status, body = await asked(at_work(), asyncio.Event().wait)
    assert (status, '"database":false' in body) == (503, True)


@pytest.mark.parametrize(
    ("vitals", "scheduler", "telegram"),
    [
        (Vitals(ticks=True), False, False),
        (Vitals(ticks=False, telegram_at=NOW - 5), True, True),
        (Vitals(ticks=True, ticked_at=NOW - 29, telegram_at=NOW), True, True),
        (Vitals(ticks=True, ticked_at=NOW - 31, telegram_at=NOW), False, True),
        (Vitals(telegram_at=NOW - 3_600), True, True),
        (Vitals(telegram_at=NOW - 3_600, telegram_failing_since=NOW - 59, telegram_failed_at=NOW), True, True),
        (Vitals(telegram_at=NOW - 70, telegram_failing_since=NOW - 61, telegram_failed_at=NOW - 119), True, False),
        (Vitals(telegram_at=NOW - 900, telegram_failing_since=NOW - 800, telegram_failed_at=NOW - 121), True, True),
    ],
    ids=["just born", "no scheduler", "tick", "no tick", "idle", "a hiccup", "Telegram gone", "a failure of long ago"],
)
def test_readiness(vitals: Vitals, *, scheduler: bool, telegram: bool) -> None:
    """The scheduler must have looked lately where there is one; Telegram may be silent but not failing for long."""
    found = judge(vitals, database=True, now=NOW)
    assert (found.scheduler, found.telegram) == (scheduler, telegram)
    assert found.ready == (scheduler and telegram)


def test_an_answer_ends_a_time_of_failure() -> None:
    """The first failure begins it, later ones do not begin it anew, and one answer is enough."""
    begun_at = monotonic() - 61
    vitals = Vitals(telegram_at=begun_at, telegram_failing_since=begun_at)
    vitals.telegram_answered(False)
    assert not judge(vitals, database=True, now=monotonic()).telegram
    vitals.telegram_answered(True)
    assert judge(vitals, database=True, now=monotonic()).telegram


async def test_the_metrics_are_prometheus_text() -> None:
    """Everything that is counted has its line, and the outbox's depth is the one just read."""
    metrics.count_updates(handled=2, unreadable=1)
    metrics.observe_handling(3, 0.01)
    metrics.count_call("sendMessage", "Sent")
    metrics.count_finding("urgent")
    metrics.observe_lateness(-1)
    _, text = await asked(at_work(), nothing, "metrics")
    for line in (
        'lumbar_outbox_depth{priority="reply"} 3.0',
        'lumbar_ready{part="scheduler"} 1.0',
        'lumbar_sends_total{method="sendMessage",result="Sent"}',
        'lumbar_updates_total{form="unreadable"}',
        'lumbar_findings_total{tier="urgent"}',
        'lumbar_reminder_lateness_seconds_bucket{le="1.0"}',
        "lumbar_update_handling_seconds_sum",
        "lumbar_holds_total",
        "lumbar_poison_updates_total",
        "lumbar_reminders_missed_total",
        "process_resident_memory_bytes",
    ):
        assert line in text, line


def test_a_depth_that_is_not_known_is_not_shown() -> None:
    """While the database is gone the other numbers are still served, and no stale depth among them."""
    assert b"lumbar_outbox_depth{" in metrics.render({"reply": 3}, ready={})
    text = metrics.render(None, ready={})
    assert b"lumbar_outbox_depth{" not in text
    assert b"lumbar_updates_total" in text


def test_no_label_could_name_a_person() -> None:
    """Labels are few and from short lists of ours."""
    labels = {name for metric in metrics.REGISTRY.collect() for sample in metric.samples for name in sample.labels}
    assert labels <= {"form", "method", "part", "result", "step", "tier", "priority", "le"}
