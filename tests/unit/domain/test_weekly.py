"""The weekly summary: when it comes, and the one thing it suggests."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.adherence import Streak
from bot.domain.chat import Chat, State
from bot.domain.journal import DayShown, Mark, Overview, PainShown
from bot.domain.schedule import ReminderTimes
from bot.domain.weekly import (
    Suggestion,
    Week,
    next_summary,
    summary_before,
    summary_of,
)

SUNDAY = date(2026, 5, 10)
NOW = datetime(2026, 5, 7, 16, tzinfo=UTC)
CHAT = Chat(
    61,
    "en",
    State.IDLE,
    consented_at=NOW,
    zone="Europe/Madrid",
    reminder_times=ReminderTimes((time(7, 30),)),
    finished_at=NOW,
)
MARKS = {"x": Mark.DONE, "-": Mark.MISSED, "|": Mark.FROZEN, ".": Mark.EMPTY}


def overview(days: str, pain: tuple[tuple[int, int], ...] = ()) -> Overview:
    """Return the days up to Sunday (x done, - open, | frozen), and pain as pairs of days ago and rating."""
    marks = [MARKS[mark] for mark in days]
    shown = tuple(DayShown(SUNDAY - timedelta(days=len(marks) - 1 - index), mark) for index, mark in enumerate(marks))
    points = tuple(PainShown(SUNDAY - timedelta(days=days_ago), None, None, rating) for days_ago, rating in pain)
    return Overview(SUNDAY, shown, points, 0.5, Streak(0, 2), None, 0, 0, 0, None)


def madrid(day: int, hour: int, minute: int) -> datetime:
    """Return a moment of May 2026 on Madrid's clocks (UTC+2)."""
    return datetime(2026, 5, day, hour - 2, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("chat", "due"),
    [
        (CHAT, madrid(10, 18, 1)),  # chat 61: a minute past
        (replace(CHAT, weekly_day=4), madrid(7, 18, 1)),
        (replace(CHAT, reminder_times=ReminderTimes((time(18, 30),))), madrid(10, 20, 1)),
        (replace(CHAT, weekly_day=None), None),
        (replace(CHAT, paused_at=NOW), None),
        (replace(CHAT, reminder_times=None), None),
        (replace(CHAT, finished_at=NOW - timedelta(days=10)), madrid(10, 18, 1)),
        (replace(CHAT, finished_at=NOW - timedelta(days=11)), None),
        (replace(CHAT, finished_at=None), None),
    ],
)
def test_it_comes_in_the_evening_of_its_day(chat: Chat, due: datetime | None) -> None:
    """Apart from the reminder; never while nothing is due, nor to somebody who has not been there for two weeks."""
    assert next_summary(chat, NOW) == due


def test_it_is_stored_once_no_reminder_comes_before_it() -> None:
    """On Saturday the next reminder is Sunday's, on Sunday it is Monday's: only then the summary is next."""
    saturday, sunday = madrid(9, 7, 30), madrid(10, 7, 30)
    assert summary_before(CHAT, saturday, sunday) is None
    assert summary_before(CHAT, sunday, madrid(11, 7, 30)) == madrid(10, 18, 1)


@pytest.mark.parametrize(
    ("days", "week", "done"),
    [("x" * 7, Week.ALL, 7), ("xx-xxxx", Week.SOME, 6), ("-------", Week.NONE, 0), ("xx|||xx", Week.ALL, 4)],
)
def test_the_week_is_told_by_what_was_done(days: str, week: Week, done: int) -> None:
    """A pause is nothing missed."""
    summary = summary_of(overview(days))
    assert (summary.week, summary.done) == (week, done)


@pytest.mark.parametrize(
    ("days", "pain", "suggestion", "weekday"),
    [
        ("xxxxxx-", (), Suggestion.KEEP, None),
        ("xx---x-", (), Suggestion.HABIT, None),
        ("-------", (), Suggestion.SHORT, None),
        ("xxxxx-x" * 4, (), Suggestion.WEEKDAY, 6),
        ("xxxxxxx", ((1, 5), (9, 2)), Suggestion.MORE_PAIN, None),
        ("xxxxxxx", ((1, 3), (9, 2)), Suggestion.KEEP, None),
        ("xxxxxxx", ((1, 5), (40, 2)), Suggestion.KEEP, None),
    ],
)
def test_one_thing_is_suggested(
    days: str, pain: tuple[tuple[int, int], ...], suggestion: Suggestion, weekday: int | None
) -> None:
    """More pain than in the three weeks before comes first; a weekday that is open most weeks is named."""
    summary = summary_of(overview(days, pain))
    assert (summary.suggestion, summary.weekday) == (suggestion, weekday)


def test_the_praise_changes_from_week_to_week() -> None:
    """By the date alone: the same week reads the same, four weeks in a row all differ."""
    weeks = [replace(overview("x" * 7), today=SUNDAY + timedelta(weeks=count)) for count in range(4)]
    assert {summary_of(week).wording for week in weeks} == {0, 1, 2, 3}
