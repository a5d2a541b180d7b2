"""Nights: from ten in the evening until seven in the morning, on a person's own clocks, a broadcast waits."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

NIGHT_BEGINS = time(22)
NIGHT_ENDS = time(7)
_MARGIN = timedelta(minutes=10)


def is_night(now: datetime, zone: str) -> bool:
    """Whether it is night at `now` (UTC) in an IANA zone, or will be before what is queued now has surely left."""
    clock = now.astimezone(ZoneInfo(zone)).time()
    soon = (now + _MARGIN).astimezone(ZoneInfo(zone)).time()
    return clock < NIGHT_ENDS or clock >= NIGHT_BEGINS or soon >= NIGHT_BEGINS


def evening_after(now: datetime, zone: str) -> datetime:
    """Return when the next night begins in an IANA zone (UTC)."""
    local = now.astimezone(ZoneInfo(zone))
    evening = datetime.combine(local.date(), NIGHT_BEGINS, ZoneInfo(zone)).astimezone(UTC)
    if evening > now:
        return evening
    return datetime.combine(local.date() + timedelta(days=1), NIGHT_BEGINS, ZoneInfo(zone)).astimezone(UTC)
