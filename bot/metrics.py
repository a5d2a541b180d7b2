"""Metrics: what this process did, counted for Prometheus.

A registry of our own, so that nothing is served that we did not name. Counters are this process's; Prometheus adds up
those of many. The outbox's depth is everybody's, read from the database when it is asked for: take the highest of what
the processes say, not the sum.

No label could identify a person: no chat, no text, no name, no update. Things are counted where they are decided, which
is inside a transaction; one that cannot be committed is decided, and counted, once more.
"""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)  # memory, CPU, open files

_UPDATES = Counter("lumbar_updates", "Updates committed, by whether they could be read.", ["form"], registry=REGISTRY)
_HANDLING = Histogram(
    "lumbar_update_handling_seconds",
    "From the arrival of an update to the commit of its effect.",
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)
_POISON = Counter(
    "lumbar_poison_updates",
    "Updates that could not be read or handled, and were noted and passed over.",
    registry=REGISTRY,
)
_UNREADABLE = Counter(
    "lumbar_unreadable_rows",
    "Stored reminders and letters that could not be read, and were put off or given up.",
    registry=REGISTRY,
)
_APP_FAULTS = Counter(
    "lumbar_app_faults",
    "Requests of the Mini App that failed by a fault of the bot's, and had no effect.",
    registry=REGISTRY,
)
_CALLS = Counter("lumbar_sends", "Calls to Telegram, by method and result.", ["method", "result"], registry=REGISTRY)
_LATENESS = Histogram(
    "lumbar_reminder_lateness_seconds",
    "From the moment a reminder is due to the moment it is sent.",
    buckets=(1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200),
    registry=REGISTRY,
)
_MISSED = Counter("lumbar_reminders_missed", "Reminders later than the grace period, not sent.", registry=REGISTRY)
_FINDINGS = Counter("lumbar_findings", "Safety findings, by tier.", ["tier"], registry=REGISTRY)
_HOLDS = Counter("lumbar_holds", "Programmes put on hold for safety.", registry=REGISTRY)
_SILENT = Counter(
    "lumbar_silent_people",
    "People silent for long, by whether they were warned or erased.",
    ["step"],
    registry=REGISTRY,
)
_DEPTH = Gauge(
    "lumbar_outbox_depth", "Letters that wait or are in flight in the database.", ["priority"], registry=REGISTRY
)
_READY = Gauge(
    "lumbar_ready",
    "Whether a part of this process can do its work (1) or not (0), as /readyz says.",
    ["part"],
    registry=REGISTRY,
)


def count_updates(*, handled: int, unreadable: int) -> None:
    """Count updates that were committed together."""
    _UPDATES.labels("read").inc(handled)
    _UPDATES.labels("unreadable").inc(unreadable)
    _POISON.inc(unreadable)


def observe_handling(updates: int, seconds: float) -> None:
    """Note that updates which came together were committed, `seconds` later."""
    for _ in range(updates):
        _HANDLING.observe(seconds)


def count_poison() -> None:
    """Count an update that raised while it was handled."""
    _POISON.inc()


def count_unreadable_row() -> None:
    """Count a stored row that could not be read."""
    _UNREADABLE.inc()


def count_app_fault() -> None:
    """Count a request of the Mini App that raised while it was answered."""
    _APP_FAULTS.inc()


def count_call(method: str, result: str) -> None:
    """Count one call to Telegram by the kind of its result."""
    _CALLS.labels(method, result).inc()


def observe_lateness(seconds: float) -> None:
    """Note how late a reminder was sent; one that is early by a clock's whim counts as on time."""
    _LATENESS.observe(max(0.0, seconds))


def count_missed(reminders: int) -> None:
    """Count reminders that were too late to be sent."""
    _MISSED.inc(reminders)


def count_finding(tier: str) -> None:
    """Count a safety finding."""
    _FINDINGS.labels(tier).inc()


def count_hold() -> None:
    """Count a programme that was put on hold."""
    _HOLDS.inc()


def count_silent(*, warned: int, erased: int) -> None:
    """Count people who were silent for long, and were told so or erased."""
    _SILENT.labels("warned").inc(warned)
    _SILENT.labels("erased").inc(erased)


def render(outbox_depth: Mapping[str, int] | None, *, ready: Mapping[str, bool]) -> bytes:
    """Return all metrics in Prometheus's text format; a depth of None is not known and not shown.

    `ready` says of each part whether it can do its work.
    """
    for part, is_ready in ready.items():
        _READY.labels(part).set(is_ready)
    _DEPTH.clear()
    for priority, letters in (outbox_depth or {}).items():
        _DEPTH.labels(priority).set(letters)
    return generate_latest(REGISTRY)
