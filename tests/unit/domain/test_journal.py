"""The journal: what the days of a person add up to, for the picture and for the report."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.adherence import Standstill, Stop
from bot.domain.chat import Chat, State
from bot.domain.effects import SessionStatus
from bot.domain.events import Outcome
from bot.domain.journal import Journal, Mark, Noticed, PainShown, Run, Tally, overview_of, pain_by_day
from bot.domain.report import report_of
from bot.domain.schedule import ReminderTimes

NOW = datetime(2026, 5, 7, 16, tzinfo=UTC)  # a Thursday, noon in New York
TODAY = date(2026, 5, 7)
CHAT = Chat(
    1, "en", State.IDLE, consented_at=NOW, zone="America/New_York", reminder_times=ReminderTimes((time(7, 30),))
)


def ago(days: int) -> date:
    """Return the day so many days before today."""
    return TODAY - timedelta(days=days)


def run(days_ago: int, minutes: float = 9, **changes: Any) -> Run:
    """Return a finished session, with changes."""
    began = NOW - timedelta(days=days_ago)
    plain = Run(ago(days_ago), began, began + timedelta(minutes=minutes), SessionStatus.FINISHED)
    return replace(plain, **changes)


@pytest.mark.parametrize(("minutes", "counted"), [(0.2, 1), (9.4, 9), (60, 60), (600, 60)])
def test_minutes_of_a_session_are_bounded(minutes: float, counted: int) -> None:
    """One that took seconds counts a minute, and one left open until evening an hour."""
    assert run(0, minutes).minutes == counted


def reminded(*days: int) -> tuple[date, ...]:
    """Give the days so many days ago, each with a reminder."""
    return tuple(ago(count) for count in days)


def test_a_session_that_was_stopped_has_no_minutes() -> None:
    """Only what was done to its end counts."""
    assert run(0, status=SessionStatus.STOPPED).minutes == 0
    assert not run(0, status=SessionStatus.STOPPED).is_finished


def test_the_picture_shows_ten_whole_weeks() -> None:
    """From a Monday to the Sunday of this week, each day with what it was."""
    journal = Journal(
        runs=(run(4), run(0, 12)),
        due=reminded(5, 4, 3, 2, 1, 0),
        told=(ago(3),),
        standstills=(Standstill(Stop.PAUSE, NOW - timedelta(days=2), NOW - timedelta(days=2, hours=-1)),),
    )
    overview = overview_of(journal, CHAT, NOW)
    assert (len(overview.days), overview.days[0].on.isoweekday(), overview.days[-1].on) == (70, 1, date(2026, 5, 10))
    shown = {day.on: (day.mark, day.minutes) for day in overview.days}
    assert [shown[ago(days)] for days in (6, 5, 4, 3, 2, 1, 0, -1)] == [
        (Mark.EMPTY, 0),
        (Mark.MISSED, 0),
        (Mark.DONE, 9),
        (Mark.DONE, 0),
        (Mark.FROZEN, 0),
        (Mark.MISSED, 0),
        (Mark.DONE, 12),
        (Mark.AHEAD, 0),
    ]
    assert (overview.days_done, overview.minutes, overview.days_ever) == (3, 21, 3)
    assert overview.open_yesterday == ago(1)


def test_yesterday_is_offered_only_where_it_was_due_and_open() -> None:
    """Not where it was done, and not in a pause."""
    paused = replace(CHAT, paused_at=NOW - timedelta(days=2))
    assert overview_of(Journal(due=reminded(1)), CHAT, NOW).open_yesterday == ago(1)
    assert overview_of(Journal(due=reminded(1)), paused, NOW).open_yesterday is None
    assert overview_of(Journal(due=reminded(1), told=(ago(1),)), CHAT, NOW).open_yesterday is None
    assert overview_of(Journal(), CHAT, NOW).open_yesterday is None


def test_other_reminder_times_leave_the_days_that_were_due_as_they_were() -> None:
    """Whoever is reminded in the night from now on, or no longer is, has missed and done what they had before."""
    journal = Journal(runs=(run(2),), due=reminded(2, 1))
    for at in (time(1), time(8)):
        chat = replace(CHAT, reminder_times=ReminderTimes((at,)))
        assert overview_of(journal, chat, NOW) == overview_of(journal, CHAT, NOW)


def test_the_level_is_that_of_the_latest_session() -> None:
    """Where none is on record, it is the one that is handed in."""
    journal = Journal(runs=(run(2, level="settle"), run(1, level="base"), run(0)))
    assert overview_of(journal, CHAT, NOW, level="build").level == "base"
    assert overview_of(Journal(), CHAT, NOW, level="build").level == "build"


def test_pain_of_a_day_is_its_highest_and_its_last() -> None:
    """Of two sessions a day the worst pain counts, and how the back was after the second; days without are left out."""
    runs = (run(2, peak=3, rating=4), run(2, peak=6, rating=2), run(1), run(0, rating=1))
    assert pain_by_day(Journal(runs=runs, pains=((ago(3), 5), (ago(2), 4)))) == (
        PainShown(ago(3), 5, None, None),
        PainShown(ago(2), 4, 6, 2),
        PainShown(TODAY, None, None, 1),
    )


def test_the_report_counts_weeks_exercises_findings_levels_and_stops() -> None:
    """Twelve ISO weeks; what lies before them is left out, but for the levels."""
    journal = Journal(
        runs=(
            run(100, level="settle"),
            run(8, level="settle"),
            run(1, 20, level="base"),
            run(0, status=SessionStatus.STOPPED),
        ),
        due=reminded(100, 9, 8, 7, 1),
        standstills=(
            Standstill(Stop.PAUSE, NOW - timedelta(days=200), NOW - timedelta(days=190)),
            Standstill(Stop.HOLD, NOW - timedelta(days=7), NOW - timedelta(days=5)),
        ),
        tallies=(
            Tally(ago(100), "bridge", Outcome.DONE, easier=False),
            Tally(ago(8), "bridge", Outcome.DONE, easier=False, count=2),
            Tally(ago(1), "bridge", Outcome.DONE, easier=True),
            Tally(ago(1), "bridge", Outcome.PAIN, easier=False, peak=5),
            Tally(ago(1), "bird-dog", Outcome.SKIPPED, easier=False),
        ),
        findings=(Noticed(NOW - timedelta(days=90), "urgent", "neuro"), Noticed(NOW, "referral", "fracture")),
    )
    report = report_of(journal, CHAT, NOW)
    assert (report.first, report.last, len(report.weeks)) == (date(2026, 2, 16), TODAY, 12)
    assert (report.due, report.done, report.finished, report.unfinished, report.minutes) == (3, 2, 2, 1, 29)
    assert [(week.due, week.done) for week in report.weeks[-2:]] == [(2, 1), (1, 1)]
    bird_dog, bridge = report.exercises
    assert (bird_dog.skipped, bird_dog.peak) == (1, None)
    assert (bridge.done, bridge.easier, bridge.pain, bridge.peak) == (3, 1, 1, 5)
    assert [(one.on, one.flag) for one in report.findings] == [(TODAY, "fracture")]
    assert report.levels == ((ago(100), "settle"), (ago(1), "base"))
    assert [(stop.kind, stop.first, stop.last) for stop in report.stops] == [(Stop.HOLD, ago(7), ago(5))]
