"""When a reminder is due: tables for the days that catch people out, and every zone against a second reckoning.

The second reckoning shares no idea with the code under test. It never turns a wall-clock time into an instant; it only
asks, going forward through UTC, what the clock on the wall shows, finds the changes by bisection, and reads from those
stretches when a wall clock first shows a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.schedule import (
    EVERY_DAY,
    Claim,
    Occurrence,
    Schedule,
    Turn,
    claim,
    due_at,
    is_late,
    local_date_of,
    next_due,
    once_a_day,
)

DAY = timedelta(days=1)
HALF_DAY = timedelta(hours=12)
ZONES = sorted(available_timezones() - {"localtime"})  # localtime is this machine's, not a place's
NEW_YORK = "America/New_York"
ODD_ZONES = [
    NEW_YORK,
    "Africa/Casablanca",
    "America/Asuncion",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Toronto",
    "Asia/Kathmandu",
    "Asia/Manila",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Fakaofo",
    "Pacific/Kanton",
    "Pacific/Kiritimati",
    "Pacific/Kwajalein",
]


@dataclass(frozen=True)
class Stretch:
    """A time between two changes of a zone's clocks, as naive UTC instants, with the offset that holds in it."""

    begins: datetime
    ends: datetime
    offset: timedelta


def utc(text: str) -> datetime:
    """Read `2026-03-08 11:30` as an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def offset_at(zone: ZoneInfo, instant: datetime) -> timedelta:
    """Give what a zone's wall clock is ahead of UTC at a naive UTC instant."""
    return zone.fromutc(instant.replace(tzinfo=zone)).replace(tzinfo=None) - instant


def stretches(name: str, begins: datetime, ends: datetime, stride: timedelta) -> list[Stretch]:
    """Divide a span at each change of a zone's clocks; changes that undo each other within a stride go unseen."""
    zone = ZoneInfo(name)
    found = []
    start, here, offset = begins, begins, offset_at(zone, begins)
    while here < ends:
        ahead = min(here + stride, ends)
        if offset_at(zone, ahead) != offset:
            low, high = here, ahead
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0) if middle.replace(microsecond=0) > low else middle
                low, high = (middle, high) if offset_at(zone, middle) == offset else (low, middle)
            change = high.replace(microsecond=0)
            found.append(Stretch(start, change, offset))
            start, here, offset = change, change, offset_at(zone, change)
        else:
            here = ahead
    return [*found, Stretch(start, ends, offset)]


def reckon(timeline: list[Stretch], local_date: date, local_time: time) -> datetime | None:
    """Say when a wall clock first shows a time; in a gap as long after the gap's end as the time is into the gap."""
    midnight = datetime.combine(local_date, time.min)
    if not any(part.begins + part.offset < midnight + DAY and part.ends + part.offset > midnight for part in timeline):
        return None
    wanted = datetime.combine(local_date, local_time)
    shown = [wanted - part.offset for part in timeline if part.begins <= wanted - part.offset < part.ends]
    if shown:
        return min(shown).replace(tzinfo=UTC)
    for before, after in pairwise(timeline):
        gap_begins, gap_ends = before.ends + before.offset, after.begins + after.offset
        if gap_begins <= wanted < gap_ends:
            return (after.begins + (wanted - gap_begins)).replace(tzinfo=UTC)
    raise AssertionError(f"{wanted} lies outside the timeline")


def around(name: str, local_date: date) -> list[Stretch]:
    """Give a zone's stretches from three days before a date to three days after it."""
    noon = datetime.combine(local_date, time(12))
    return stretches(name, noon - 3 * DAY, noon + 3 * DAY, timedelta(hours=1))


def walk(schedule: Schedule, after: datetime) -> Iterator[Occurrence]:
    """Yield one occurrence after the other, each found from the one before."""
    while True:
        occurrence = next_due(schedule, after)
        yield occurrence
        after = occurrence.due_at


UNHURRIED = settings(deadline=None)  # a busy machine is not a failure

zones = st.sampled_from(ZONES) | st.sampled_from(ODD_ZONES)
minutes = st.builds(time, st.integers(0, 23), st.integers(0, 59))
weekdays = st.frozensets(st.integers(1, 7), min_size=1)
dates = st.dates(date(1840, 1, 1), date(2120, 12, 31))
instants = st.datetimes(datetime(1840, 1, 1), datetime(2120, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive, the values aware
schedules = st.builds(once_a_day, minutes, zones, weekdays)


@pytest.mark.parametrize(
    ("zone", "local", "expected"),
    [
        pytest.param(NEW_YORK, "2026-03-07 07:30", "2026-03-07 12:30", id="New York in winter"),
        pytest.param(NEW_YORK, "2026-03-08 01:59", "2026-03-08 06:59", id="the minute before the gap"),
        pytest.param(NEW_YORK, "2026-03-08 02:00", "2026-03-08 07:00", id="the first skipped minute is shown as 03:00"),
        pytest.param(NEW_YORK, "2026-03-08 02:30", "2026-03-08 07:30", id="02:30 in the gap is shown as 03:30"),
        pytest.param(NEW_YORK, "2026-03-08 03:00", "2026-03-08 07:00", id="the first minute after the gap"),
        pytest.param(NEW_YORK, "2026-03-08 07:30", "2026-03-08 11:30", id="the morning of the change"),
        pytest.param(NEW_YORK, "2026-11-01 00:59", "2026-11-01 04:59", id="before the fold"),
        pytest.param(
            NEW_YORK, "2026-11-01 01:30", "2026-11-01 05:30", id="01:30 comes twice and counts the first time"
        ),
        pytest.param(NEW_YORK, "2026-11-01 02:00", "2026-11-01 07:00", id="after the fold"),
        pytest.param(NEW_YORK, "2026-11-01 07:30", "2026-11-01 12:30", id="the morning of the change back"),
        pytest.param("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:45", id="a gap of half an hour"),
        pytest.param("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45", id="a fold of half an hour"),
        pytest.param("Asia/Kathmandu", "2026-06-01 07:30", "2026-06-01 01:45", id="a zone of three quarters"),
        pytest.param("America/Sao_Paulo", "2018-11-04 00:20", "2018-11-04 03:20", id="a gap at midnight"),
        pytest.param("America/Toronto", "1919-03-30 23:45", "1919-03-31 04:45", id="a gap over midnight"),
        pytest.param("Pacific/Apia", "2011-12-29 07:30", "2011-12-29 17:30", id="the day before the lost one"),
        pytest.param("Pacific/Apia", "2011-12-30 07:30", None, id="Apia had no 30 December 2011"),
        pytest.param("Pacific/Apia", "2011-12-31 07:30", "2011-12-30 17:30", id="the day after the lost one"),
        pytest.param("Pacific/Kwajalein", "1993-08-21 07:30", None, id="Kwajalein had no 21 August 1993"),
        pytest.param("Pacific/Kanton", "1994-12-31 07:30", None, id="Kanton had no 31 December 1994"),
        pytest.param("Pacific/Kiritimati", "1994-12-31 07:30", None, id="Kiritimati had none either"),
    ],
)
def test_a_wall_clock_time_becomes_an_instant(zone: str, local: str, expected: str | None) -> None:
    """A time in a gap moves on by the gap's length, a time in a fold is the first, a lost date has none."""
    wanted = datetime.fromisoformat(local)
    assert due_at(wanted.date(), wanted.time(), zone) == (None if expected is None else utc(expected))


def test_new_york_is_reminded_once_a_day_over_both_changes() -> None:
    """Four mornings around each change, found one after the other, keep 02:30 and 07:30 on the wall."""
    spring = walk(once_a_day(time(2, 30), NEW_YORK), utc("2026-03-06 12:00"))
    autumn = walk(once_a_day(time(1, 30), NEW_YORK), utc("2026-10-30 12:00"))
    assert [str(next(spring).due_at)[:16] for _ in range(4)] == [
        "2026-03-07 07:30",
        "2026-03-08 07:30",
        "2026-03-09 06:30",
        "2026-03-10 06:30",
    ]
    assert [str(next(autumn).due_at)[:16] for _ in range(4)] == [
        "2026-10-31 05:30",
        "2026-11-01 05:30",
        "2026-11-02 06:30",
        "2026-11-03 06:30",
    ]


def test_every_zone_agrees_with_the_second_reckoning() -> None:
    """Each date around every change of 2026 and 2027 has one occurrence, when the wall clock first shows the time."""
    begins, ends = datetime(2025, 12, 25), datetime(2028, 1, 7)  # noqa: DTZ001 - the reckoning walks naive UTC
    for zone in ZONES:
        timeline = stretches(zone, begins, ends, HALF_DAY)
        changes = [part.begins.date() for part in timeline[1:]]
        for day in {*changes, date(2026, 1, 1), date(2026, 7, 1), date(2027, 12, 31)}:
            expected = {}
            for local_time in (time(0, 0), time(0, 20), time(1, 45), time(2, 30), time(7, 30), time(23, 59)):
                for step in range(-2, 3):
                    local_date = day + timedelta(days=step)
                    expected[local_date, local_time] = reckon(timeline, local_date, local_time)
            assert {key: due_at(*key, zone) for key in expected} == expected, zone


def test_every_date_a_zone_lost_or_had_twice_is_stepped_over_rightly() -> None:
    """Wherever a zone ever crossed the date line, the walk has one occurrence for each date that was lived."""
    starts = [datetime(year, month, 1) for year in range(1840, 2021) for month in (1, 7)]  # noqa: DTZ001 - naive UTC
    crossings = 0
    for zone in ZONES:
        info = ZoneInfo(zone)
        for before, after in pairwise(starts):
            if abs(offset_at(info, after) - offset_at(info, before)) < HALF_DAY:
                continue
            crossings += 1
            timeline = stretches(zone, before - 20 * DAY, after + 20 * DAY, HALF_DAY)
            for local_time in (time(0, 0), time(7, 30), time(23, 59)):
                dates_between = [before.date() + timedelta(days=days) for days in range((after - before).days)]
                expected = [(day, due) for day in dates_between if (due := reckon(timeline, day, local_time))]
                found = walk(once_a_day(local_time, zone), expected[0][1] - timedelta(seconds=1))
                assert [(item.local_date, item.due_at) for item in (next(found) for _ in expected)] == expected, zone
    assert crossings > 5


@UNHURRIED
@given(zone=zones, local_date=dates, local_time=minutes)
def test_any_date_in_any_zone_agrees_with_the_second_reckoning(zone: str, local_date: date, local_time: time) -> None:
    """From 1840 to 2120 the instant is the one at which the wall clock first shows the time."""
    assert due_at(local_date, local_time, zone) == reckon(around(zone, local_date), local_date, local_time)


@UNHURRIED
@given(schedule=schedules, after=instants)
def test_occurrences_rise_and_leave_no_date_out(schedule: Schedule, after: datetime) -> None:
    """Each comes after the last, on a later date and a chosen weekday, and between two no lived date is missing."""
    found = walk(schedule, after)
    row = [next(found) for _ in range(5)]
    assert row[0].due_at > after
    for one, other in pairwise(row):
        assert one.local_date < other.local_date
        assert one.due_at < other.due_at
        between = (one.local_date + timedelta(days=days) for days in range(1, (other.local_date - one.local_date).days))
        for day in between:
            assert (
                day.isoweekday() not in schedule.times.weekdays
                or reckon(around(schedule.zone, day), day, time(12)) is None
            )
    assert all(item.local_date.isoweekday() in schedule.times.weekdays for item in row)


@UNHURRIED
@given(schedule=schedules, after=instants)
def test_nothing_due_is_passed_over(schedule: Schedule, after: datetime) -> None:
    """No date near an instant has an occurrence between the instant and the next one."""
    found = next_due(schedule, after)
    for step in range(-3, 4):
        day = after.date() + timedelta(days=step)
        if day.isoweekday() in schedule.times.weekdays:
            due = reckon(around(schedule.zone, day), day, schedule.times.local_times[0])
            assert due is None or not after < due < found.due_at


def test_an_occurrence_at_this_very_instant_is_not_the_next() -> None:
    """The next occurrence is strictly later, so that a claimed row can never come due again."""
    schedule = once_a_day(time(7, 30), NEW_YORK)
    assert next_due(schedule, utc("2026-06-01 11:30")) == Occurrence(Turn(date(2026, 6, 2), 0), utc("2026-06-02 11:30"))
    assert next_due(schedule, utc("2026-06-01 11:29:59")) == Occurrence(
        Turn(date(2026, 6, 1), 0), utc("2026-06-01 11:30")
    )


def test_whoever_travels_west_is_not_reminded_twice_on_a_date() -> None:
    """Reminded at 07:30 in Madrid and then in New York by 04:00, the person next hears tomorrow."""
    after = utc("2026-06-01 08:00")
    here = once_a_day(time(7, 30), NEW_YORK)
    assert next_due(here, after).local_date == date(2026, 6, 1)
    assert next_due(here, after, last=Turn(date(2026, 6, 1), 0)).local_date == date(2026, 6, 2)


def test_a_lost_weekday_waits_for_the_week_after() -> None:
    """Fridays only in Apia: after 23 December 2011 comes 6 January, for the 30th did not happen."""
    fridays = once_a_day(time(7, 30), "Pacific/Apia", frozenset({5}))
    assert next_due(fridays, utc("2011-12-24 12:00")).local_date == date(2012, 1, 6)


@pytest.mark.parametrize(
    ("local_time", "zone", "days"),
    [
        pytest.param(time(7, 30), NEW_YORK, frozenset[int](), id="no weekday"),
        pytest.param(time(7, 30), NEW_YORK, frozenset({0}), id="a weekday that ISO does not have"),
        pytest.param(time(7, 30, tzinfo=UTC), NEW_YORK, EVERY_DAY, id="a time with its own zone"),
        pytest.param(time(7, 30), "Mars/Olympus", EVERY_DAY, id="an unknown zone"),
        pytest.param(time(7, 30), "", EVERY_DAY, id="no zone"),
        pytest.param(time(7, 30), "America", EVERY_DAY, id="a folder of zones"),
        pytest.param(time(7, 30), "../etc/passwd", EVERY_DAY, id="a path"),
    ],
)
def test_a_schedule_that_never_comes_due_is_refused(local_time: time, zone: str, days: frozenset[int]) -> None:
    """A schedule holds a plain time, at least one ISO weekday and a real zone, or does not come to be."""
    with pytest.raises(ValueError, match=r"weekdays|local_time|zone|ZoneInfo"):
        once_a_day(local_time, zone, days)


def test_the_local_date_is_the_one_on_the_wall() -> None:
    """At 23:30 UTC on New Year's Eve it is already tomorrow in Auckland; a naive instant is a bug."""
    assert local_date_of(utc("2026-12-31 23:30"), "Pacific/Auckland") == date(2027, 1, 1)
    assert local_date_of(utc("2026-12-31 23:30"), NEW_YORK) == date(2026, 12, 31)
    with pytest.raises(ValueError, match="aware"):
        local_date_of(datetime(2026, 1, 1), NEW_YORK)  # noqa: DTZ001 - what is refused


MORNINGS = once_a_day(time(7, 30), NEW_YORK)
GRACE = timedelta(hours=2)


def june(day: int) -> Occurrence:
    """Give the occurrence of MORNINGS on a day of June 2026."""
    return Occurrence(Turn(date(2026, 6, day), 0), utc(f"2026-06-{day:02} 11:30"))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("2026-06-01 11:29:59", Claim(None, 0, june(1), june(1)), id="not due yet"),
        pytest.param("2026-06-01 11:30", Claim(june(1), 0, june(2), june(1)), id="due now"),
        pytest.param("2026-06-01 13:30", Claim(june(1), 0, june(2), june(1)), id="at the end of the grace period"),
        pytest.param("2026-06-01 13:30:01", Claim(None, 1, june(2), june(1)), id="just past it"),
        pytest.param("2026-06-02 11:29", Claim(None, 1, june(2), june(1)), id="just before the next"),
        pytest.param(
            "2026-06-02 11:30", Claim(june(2), 1, june(3), june(1)), id="the next came due meanwhile and is sent"
        ),
        pytest.param(
            "2026-06-09 12:00", Claim(june(9), 8, june(10), june(1)), id="a week down, back within grace of today's"
        ),
        pytest.param("2026-06-09 20:00", Claim(None, 9, june(10), june(1)), id="a week down, back in the evening"),
    ],
)
def test_a_due_row_is_sent_skipped_or_replaced(now: str, expected: Claim) -> None:
    """One reminder at most results: the latest that is due, if not late; the rest is counted."""
    assert claim(MORNINGS, june(1).due_at, utc(now), GRACE) == expected


def test_lateness_begins_after_the_grace_period() -> None:
    """The last instant of the grace period is still in time."""
    due = june(1).due_at
    assert not is_late(due, due + GRACE, GRACE)
    assert is_late(due, due + GRACE + timedelta(seconds=1), GRACE)


def test_a_row_written_under_older_zone_rules_is_not_sent_early() -> None:
    """Where the rules changed, what is due by the old ones and not by the new waits for its proper time."""
    stored = june(1).due_at - timedelta(hours=1)
    assert claim(MORNINGS, stored, stored, GRACE) == Claim(
        None, 0, june(1), Occurrence(Turn(date(2026, 6, 1), 0), stored)
    )


def test_a_row_written_under_older_zone_rules_is_sent_when_it_is_late_already() -> None:
    """What is due by the new rules before the old is sent when found, and its date not reminded a second time."""
    stored = june(1).due_at + timedelta(hours=1)
    found = claim(MORNINGS, stored, stored, GRACE)
    assert found == Claim(
        Occurrence(Turn(date(2026, 6, 1), 0), stored), 0, june(2), Occurrence(Turn(date(2026, 6, 1), 0), stored)
    )


@UNHURRIED
@given(
    schedule=schedules, after=instants, down=st.timedeltas(timedelta(0), timedelta(days=40)), grace=st.integers(0, 90)
)
def test_a_claim_counts_what_walking_would_count(
    schedule: Schedule, after: datetime, down: timedelta, grace: int
) -> None:
    """Sent and skipped together are the occurrences that came due, and at most the latest is sent."""
    allowed = timedelta(hours=grace)
    found = walk(schedule, after)
    missed = [next(found)]
    now = missed[0].due_at + down
    while (following := next(found)).due_at <= now:
        missed.append(following)
    in_time = now - missed[-1].due_at <= allowed
    expected = Claim(missed[-1] if in_time else None, len(missed) - in_time, following, missed[0])
    assert claim(schedule, missed[0].due_at, now, allowed) == expected


@pytest.mark.parametrize("days", [EVERY_DAY, frozenset({5}), frozenset({6, 7})])
def test_years_of_downtime_over_a_lost_date_are_counted_exactly(days: frozenset[int]) -> None:
    """From 2005 to 2020 in Apia every chosen date counts but 30 December 2011."""
    schedule = once_a_day(time(7, 30), "Pacific/Apia", days)
    found = walk(schedule, utc("2005-01-01 00:00"))
    first = next(found)
    now = utc("2020-01-01 00:00")
    count = 1 + sum(1 for _ in iter(lambda: next(found).due_at <= now, False))
    assert claim(schedule, first.due_at, now, timedelta(0)).skipped == count
