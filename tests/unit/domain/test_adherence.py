"""Adherence: which days count, the score that forgives, and the streak."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.adherence import (
    CountedDay,
    Standstill,
    Stop,
    Streak,
    all_standstills,
    counted_days,
    day_of,
    day_of_reminder,
    end_of_day,
    ended_standstills,
    frozen_days,
    last_turn_of,
    score_of,
    scores_of,
    share_kept,
    standstills_of,
    streak_of,
)
from bot.domain.chat import Chat, Hold
from bot.domain.safety import Flag, Tier
from bot.domain.schedule import EVERY_DAY, ReminderTimes, Turn

MONDAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 7, 12, tzinfo=UTC)
ONE_DAY = timedelta(days=1)
MADRID, NEW_YORK = "Europe/Madrid", "America/New_York"
DONE = st.lists(st.booleans(), max_size=200)
HELD = Hold(tier=Tier.URGENT, flag=Flag.NEURO, rule_id="U1", since=NOW)


def row(done: str, first: date = MONDAY) -> tuple[CountedDay, ...]:
    """Return counted days in a row: x done, - missed."""
    return tuple(CountedDay(first + timedelta(days=index), mark == "x") for index, mark in enumerate(done))


def week(*days: int) -> frozenset[date]:
    """Return days counted from Monday, 0."""
    return frozenset(MONDAY + timedelta(days=day) for day in days)


@pytest.mark.parametrize(
    ("instant", "zone", "day"),
    [
        (datetime(2026, 5, 8, 0, 59, tzinfo=UTC), MADRID, date(2026, 5, 7)),  # 02:59
        (datetime(2026, 5, 8, 1, 0, tzinfo=UTC), MADRID, date(2026, 5, 8)),  # 03:00
        (datetime(2026, 5, 8, 6, 59, tzinfo=UTC), NEW_YORK, date(2026, 5, 7)),
        (datetime(2026, 5, 8, 7, 0, tzinfo=UTC), NEW_YORK, date(2026, 5, 8)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), MADRID, date(2026, 3, 28)),  # 01:59, then the clocks show 03:00
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), MADRID, date(2026, 3, 29)),
        (datetime(2026, 10, 25, 1, 59, tzinfo=UTC), MADRID, date(2026, 10, 24)),  # 02:59 for the second time
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), MADRID, date(2026, 10, 25)),
    ],
)
def test_a_day_ends_at_three_in_the_morning(instant: datetime, zone: str, day: date) -> None:
    """What is done after midnight counts for the evening before, also in the nights the clocks change."""
    assert day_of(instant, zone) == day


def test_the_end_of_a_day_is_where_the_next_begins() -> None:
    """At 3 am on the person's clocks, also in a night in which they change."""
    evening = datetime(2026, 3, 28, 20, 0, tzinfo=UTC)  # in Madrid; 3 am is summer time already
    ending = end_of_day(evening, "Europe/Madrid")
    assert ending == end_of_day(evening + timedelta(hours=4), "Europe/Madrid") == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert day_of(ending, "Europe/Madrid") == day_of(evening, "Europe/Madrid") + timedelta(days=1)


def test_an_instant_without_zone_is_refused() -> None:
    """Nobody's machine decides what day it is."""
    with pytest.raises(ValueError, match="aware"):
        day_of(datetime(2026, 5, 8), MADRID)  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(("at", "day"), [(time(1), 3), (time(2, 59), 3), (time(3), 4), (time(23, 30), 4)])
def test_a_reminder_in_the_night_is_for_the_day_before(at: time, day: int) -> None:
    """Whoever is reminded at one in the morning is reminded of the day that is ending."""
    assert day_of_reminder(Turn(date(2026, 5, 4), 0), ReminderTimes((at,))) == date(2026, 5, day)


@pytest.mark.parametrize(
    ("times", "weekdays", "turn"),
    [
        ((time(8),), EVERY_DAY, Turn(date(2026, 5, 4), 2)),
        ((time(8), time(21)), EVERY_DAY, Turn(date(2026, 5, 4), 2)),
        ((time(1),), EVERY_DAY, Turn(date(2026, 5, 5), 0)),
        ((time(0), time(2), time(22)), EVERY_DAY, Turn(date(2026, 5, 5), 1)),
        ((time(1), time(22)), frozenset({1}), Turn(date(2026, 5, 4), 2)),
        ((time(8),), frozenset({2}), None),
        ((time(1),), frozenset({1}), None),
    ],
)
def test_a_day_is_over_with_the_last_reminder_for_it(
    times: tuple[time, ...], weekdays: frozenset[int], turn: Turn | None
) -> None:
    """On that Monday whatever may still come, after midnight only what is for the day before; nothing, if none was."""
    assert last_turn_of(date(2026, 5, 4), ReminderTimes(times, weekdays)) == turn


def test_every_reminder_of_a_day_belongs_to_it() -> None:
    """The one at one in the morning is for the day before, those of the day are for the day, settled or not."""
    times = ReminderTimes((time(1), time(8), time(22)))
    days = [day_of_reminder(Turn(date(2026, 5, 4), slot), times).day for slot in range(3)]
    assert days == [3, 4, 4]
    assert day_of_reminder(Turn(date(2026, 5, 4), 2), ReminderTimes((time(8),))).day == 4


def test_only_due_days_count_and_today_once_it_is_done() -> None:
    """Tuesday was not due, Thursday is today and open; a Wednesday done although it was not due counts as well."""
    none: set[date] = set()
    days = counted_days(due=week(0, 3), done=week(2), touched=none, covered=none, today=MONDAY + 3 * ONE_DAY)
    assert days == (CountedDay(MONDAY, False), CountedDay(MONDAY + 2 * ONE_DAY, True))
    days = counted_days(due=week(0, 3), done=week(3), touched=none, covered=none, today=MONDAY + 3 * ONE_DAY)
    assert days[-1] == CountedDay(MONDAY + 3 * ONE_DAY, True)


def test_days_of_a_standstill_do_not_count_but_its_ends_if_done() -> None:
    """Paused from Tuesday to Friday: Tuesday was done before, Friday was not; Wednesday's extra is frozen too."""
    noon = timedelta(hours=12)
    began = datetime(2026, 5, 5, tzinfo=UTC) + noon
    pause = Standstill(Stop.PAUSE, began, began + 3 * ONE_DAY)
    touched, covered = frozen_days([pause], MADRID, MONDAY + 6 * ONE_DAY)
    assert (touched, covered) == (week(1, 2, 3, 4), week(2, 3))
    days = counted_days(
        due=week(0, 1, 4, 5), done=week(1, 2), touched=touched, covered=covered, today=MONDAY + 6 * ONE_DAY
    )
    assert [(day.on.day, day.done) for day in days] == [(4, False), (5, True), (9, False)]


def test_a_standstill_that_lasts_covers_today() -> None:
    """Held since Monday, nothing but Monday can count."""
    touched, covered = frozen_days([Standstill(Stop.HOLD, datetime(2026, 5, 4, 12, tzinfo=UTC))], MADRID, NOW.date())
    assert (touched, covered) == (week(0, 1, 2, 3), week(1, 2, 3))


def test_what_lasts_is_in_the_chat_and_what_ended_is_told() -> None:
    """Resuming ends the pause, and a graver hold ends the one before; what goes on has not ended."""
    chat = Chat(chat_id=1, language="en", paused_at=NOW - ONE_DAY, hold=HELD)
    assert standstills_of(chat) == (Standstill(Stop.PAUSE, NOW - ONE_DAY), Standstill(Stop.HOLD, NOW))
    later = NOW + ONE_DAY
    assert ended_standstills(chat, replace(chat, paused_at=None), later) == (
        Standstill(Stop.PAUSE, NOW - ONE_DAY, later),
    )
    graver = replace(chat, hold=replace(HELD, since=later))
    assert ended_standstills(chat, graver, later) == (Standstill(Stop.HOLD, NOW, later),)
    assert ended_standstills(chat, chat, later) == ()


EVENING = datetime(2026, 5, 7, 2, 0, tzinfo=UTC)  # Wednesday, 22:00 in New York; in Madrid it is four, and Thursday


def test_days_stay_what_they_were_where_the_person_was_then() -> None:
    """Paused in New York in the evening and resumed there the next, the days are those also once the person moved."""
    paused = Chat(chat_id=1, language="en", zone=NEW_YORK, paused_at=EVENING)
    (pause,) = ended_standstills(paused, replace(paused, paused_at=None), EVENING + ONE_DAY)
    assert pause.days_in(MADRID) == pause.days_in(NEW_YORK) == (date(2026, 5, 6), date(2026, 5, 7))
    assert frozen_days([pause], MADRID, NOW.date() + ONE_DAY) == (week(2, 3), week())


def test_who_moves_in_a_pause_keeps_the_day_it_began_on() -> None:
    """The move puts it on record, but while it lasts it has no end, and counts once; its end is where that is."""
    paused = Chat(chat_id=1, language="en", zone=NEW_YORK, paused_at=EVENING)
    moved = replace(paused, zone=MADRID)
    recorded = ended_standstills(paused, moved, EVENING + ONE_DAY / 4)
    assert [one.first_day for one in recorded] == [date(2026, 5, 6)]
    assert [one.days_in(MADRID) for one in all_standstills(recorded, moved)] == [(date(2026, 5, 6), None)]
    assert all_standstills(recorded, replace(moved, paused_at=None)) == recorded
    (over,) = ended_standstills(moved, replace(moved, paused_at=None), EVENING + ONE_DAY)
    assert over.last_day == date(2026, 5, 8)


# Worked out by hand: m = 0.5 ** (1 / 13) = 0.9480775, 1 - m = 0.0519225.
@pytest.mark.parametrize(
    ("days", "score"),
    [("", 0.0), ("x", 0.0519225), ("xx", 0.1011491), ("x-", 0.0492266), ("x-x", 0.0985930), ("-", 0.0)],
)
def test_the_score_is_that_of_the_formula(days: str, score: float) -> None:
    """Each day moves it by its share towards 1 or 0."""
    assert score_of(row(days), 1.0) == pytest.approx(score, abs=1e-6)


def test_thirteen_days_halve_what_was_missing() -> None:
    """A daily routine reaches a half after 13 days; three a week keep more of what was, for their days are rarer."""
    assert score_of(row("x" * 13), 1.0) == pytest.approx(0.5)
    assert share_kept(3 / 7) == pytest.approx(0.9656967, abs=1e-6)
    assert share_kept(3 / 7) > share_kept(1.0)


@pytest.mark.parametrize("frequency", [0.0, -1.0, 1.1])
def test_a_frequency_that_is_none_is_refused(frequency: float) -> None:
    """More often than daily, or never, has no score."""
    with pytest.raises(ValueError, match="frequency"):
        share_kept(frequency)


@given(DONE, st.sampled_from([1 / 7, 3 / 7, 1.0]))
def test_the_score_stays_between_nothing_and_all(done: list[bool], frequency: float) -> None:
    """Whatever is done or missed."""
    days = [CountedDay(MONDAY + timedelta(days=index), mark) for index, mark in enumerate(done)]
    assert all(0 <= score < 1 for score in scores_of(days, frequency))


@given(DONE)
def test_the_score_forgives(done: list[bool]) -> None:
    """One missed day costs a twentieth of the score at most, and a day done never lowers it."""
    days = [CountedDay(MONDAY + timedelta(days=index), mark) for index, mark in enumerate(done)]
    after = MONDAY + timedelta(days=len(done))
    score = score_of(days, 1.0)
    assert score * 0.948 <= score_of([*days, CountedDay(after, False)], 1.0) <= score
    assert score_of([*days, CountedDay(after, True)], 1.0) > score


@given(DONE, st.integers(0, 200), st.integers(1, 60))
def test_a_pause_freezes_score_and_streak(done: list[bool], at: int, length: int) -> None:
    """A life with a pause in it scores the same as the life without those days, wherever the pause lies."""
    at = min(at, len(done))
    days = [MONDAY + timedelta(days=index) for index in range(len(done))]
    moved = [*days[:at], *(day + (length + 2) * ONE_DAY for day in days[at:])]
    due, did = set(moved), {day for day, mark in zip(moved, done, strict=True) if mark}
    began = datetime.combine(MONDAY + timedelta(days=at), time(12), UTC)
    pause = Standstill(Stop.PAUSE, began, began + (length + 1) * ONE_DAY)
    today = MONDAY + timedelta(days=400)
    touched, covered = frozen_days([pause], "UTC", today)
    without = tuple(CountedDay(day, mark) for day, mark in zip(days, done, strict=True))
    with_pause = counted_days(due=due | set(touched), done=did, touched=touched, covered=covered, today=today)
    assert [day.done for day in with_pause] == [day.done for day in without]
    assert score_of(with_pause, 1.0) == pytest.approx(score_of(without, 1.0))


@pytest.mark.parametrize(
    ("days", "streak"),
    [
        ("", Streak(0, 2)),
        ("xxx", Streak(3, 2)),
        ("xx-x", Streak(3, 1)),
        ("xx--x", Streak(3, 0)),
        ("xx---x", Streak(1, 0)),
        ("--x", Streak(1, 2)),
        ("xx-", Streak(2, 1)),
    ],
)
def test_two_missed_days_a_month_are_frozen_over(days: str, streak: Streak) -> None:
    """The third ends the streak; before there is a streak, nothing is used up."""
    assert streak_of(row(days), MONDAY + timedelta(days=9)) == streak


def test_a_new_month_brings_new_freezes() -> None:
    """Two at the end of May and two at the beginning of June: the streak goes on."""
    days = row("xx--" + "--xx", first=date(2026, 5, 28))
    assert streak_of(days, date(2026, 6, 4)) == Streak(4, 0)
    assert streak_of(days, date(2026, 7, 1)) == Streak(4, 2)
