"""Praise: about what happened, never the same words twice running, and nothing festive beside pain."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from bot.domain.chat import Chat, State
from bot.domain.effects import SessionStatus
from bot.domain.journal import Journal, Run, overview_of
from bot.domain.praise import MILESTONES, Occasion, Praise, praise_of
from bot.domain.schedule import EVERY_DAY, ReminderTimes

TODAY = date(2026, 5, 10)  # a Sunday
NOW = datetime(2026, 5, 10, 17, 0, tzinfo=UTC)
CHAT = Chat(1, "en", State.RATING_BACK, consented_at=NOW, zone="UTC", reminder_times=ReminderTimes((time(7, 30),)))
DAY = timedelta(days=1)


def run(on: date, peak: int | None = None) -> Run:
    """Return a finished session of half past seven."""
    began = datetime.combine(on, time(7, 30), UTC)
    return Run(on, began, began + timedelta(minutes=8), SessionStatus.FINISHED, peak=peak)


def journal(*back: int, latest: Run | None = None, due_since: int = 30) -> Journal:
    """Return a journal with sessions so many days ago, today's last, and reminders on every day since `due_since`."""
    runs = [run(TODAY - days * DAY) for days in sorted(back, reverse=True)]
    due = tuple(TODAY - days * DAY for days in range(due_since, -1, -1))
    return Journal(runs=(*runs, latest or run(TODAY)), due=due)


def praised(kept: Journal, weekdays: frozenset[int] = EVERY_DAY, *, is_minimum: bool = False) -> Praise:
    """Return the praise for the latest session."""
    return praise_of(kept, overview_of(kept, CHAT, NOW), weekdays, is_minimum=is_minimum)


@pytest.mark.parametrize(
    ("kept", "occasion"),
    [
        (journal(due_since=0), Occasion.FIRST),
        (journal(1, 3, 4), Occasion.ORDINARY),
        (journal(1, 2, 3, 4, 5, 6), Occasion.WEEK),
        (journal(4, 5), Occasion.COMEBACK),
        (journal(3, 4), Occasion.ORDINARY),
        (journal(60, 61, due_since=62), Occasion.COMEBACK),
        (journal(latest=run(TODAY, peak=2)), Occasion.PAIN),
        (journal(1, 3, latest=run(TODAY, peak=2)), Occasion.PAIN),
        (journal(1, 3, latest=run(TODAY, peak=0)), Occasion.ORDINARY),
        (journal(1, 2, 3, 4, 5, 6, latest=run(TODAY, peak=5)), Occasion.PAIN),
        (journal(0, 1, 2, 3, 4, 5, 6), Occasion.ORDINARY),
    ],
    ids=[
        "first",
        "plain",
        "week",
        "back",
        "two days",
        "long",
        "first pain",
        "pain",
        "no pain",
        "painful week",
        "again today",
    ],
)
def test_it_is_about_what_happened(kept: Journal, occasion: Occasion) -> None:
    """Pain goes before everything; a whole week is praised once."""
    assert praised(kept).occasion is occasion


def test_a_bad_day_s_minimum_is_praised_as_such() -> None:
    """Also at the end of a whole week and after a break."""
    assert praised(journal(4, 5), is_minimum=True).occasion is Occasion.BAD_DAY


def test_a_week_is_whole_when_the_days_of_the_reminder_are_done() -> None:
    """With reminders on Wednesday, Friday and Sunday those three are enough; with one a week there is no such thing."""
    assert praised(journal(2, 4), frozenset({3, 5, 7})).occasion is Occasion.WEEK
    assert praised(journal(2), frozenset({3, 5, 7})).occasion is Occasion.ORDINARY
    assert praised(journal(7, 14), frozenset({7})).occasion is not Occasion.WEEK


def test_the_same_words_never_come_twice_running() -> None:
    """Whatever the occasions, two sessions one after the other are praised differently."""
    kept = journal(*range(1, 40))
    praises = [praised(replace(kept, runs=kept.runs[:count])) for count in range(1, 40)]
    said = [(praise.occasion, praise.wording) for praise in praises]
    assert all(one != other for one, other in pairwise(said))
    assert {wording for _, wording in said} == {0, 1, 2, 3}


@pytest.mark.parametrize("days", sorted(MILESTONES))
def test_the_7th_30th_and_100th_day_are_celebrated_once(days: int) -> None:
    """By the first session of that day; neither on the day before nor beside pain."""
    kept = journal(*range(1, days))
    assert praised(kept).milestone == days
    assert praised(journal(*range(1, days - 1))).milestone is None
    assert praised(replace(kept, runs=(*kept.runs, run(TODAY)))).milestone is None
    assert praised(journal(*range(1, days), latest=run(TODAY, peak=1))).milestone is None
