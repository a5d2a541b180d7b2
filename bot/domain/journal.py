"""A person's journal: what is on record about their days, and what it adds up to for a picture or a report.

`Journal` is as it was stored; `overview_of` reckons from it what a person sees of the last ten weeks. How pain went is
told by the rating before a routine, where one was asked for, by the highest during it, and by the one after it. How
long a routine took is from its beginning to its end, but never more than an hour: whoever leaves the last button
unpressed until evening did not exercise all day.

Nothing here words or draws anything; which rows these are is storage's matter.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain import adherence
from bot.domain.adherence import CountedDay, Standstill, Streak
from bot.domain.chat import Chat
from bot.domain.effects import SessionStatus
from bot.domain.events import Outcome
from bot.domain.hindsight import Correction, DayKept, Ratings, rated_anew

WEEKS_SHOWN = 10
LONGEST_MINUTES = 60

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Run:
    """One session, under the day it counts for.

    `rating` is how the back felt after it, `peak` the highest pain told during it (0-10), `level` the name of the level
    where that was recorded. `is_taken_back`: the person said afterwards that they did not do it.
    """

    on: date
    started_at: datetime
    ended_at: datetime | None = None
    status: SessionStatus | None = None
    rating: int | None = None
    peak: int | None = None
    level: str | None = None
    is_taken_back: bool = False

    @property
    def is_finished(self) -> bool:
        """Whether it was done to its end, and counts as that."""
        return self.status is SessionStatus.FINISHED and not self.is_taken_back

    @property
    def minutes(self) -> int:
        """How many minutes it took, at least one and at most an hour; 0 for one that was not done to its end."""
        if not self.is_finished or self.ended_at is None:
            return 0
        return max(1, min(LONGEST_MINUTES, round((self.ended_at - self.started_at).total_seconds() / 60)))


@dataclass(frozen=True, slots=True)
class Tally:
    """How often an exercise came to an outcome on a day, in its usual or its easier variant; `peak` is its worst pain.

    The pain is 0 to 10, None where none was rated.
    """

    on: date
    exercise_id: str
    outcome: Outcome
    easier: bool
    count: int = 1
    peak: int | None = None


@dataclass(frozen=True, slots=True)
class Noticed:
    """One safety finding: when, how grave, of what kind; by the labels that are stored."""

    found_at: datetime
    tier: str
    flag: str


@dataclass(frozen=True, slots=True)
class Journal:
    """Everything on record about a person's days, oldest first.

    `pains` are ratings before a routine, by day. `due` are the days of reminders that came or were no longer wanted,
    one for each reminder, `told` the days somebody said they did without the bot; `standstills` are over, or were
    recorded when the person moved, in any order. `tallies` and `findings` are there where a report is wanted.
    """

    runs: tuple[Run, ...] = ()
    due: tuple[date, ...] = ()
    told: tuple[date, ...] = ()
    pains: tuple[tuple[date, int], ...] = ()
    standstills: tuple[Standstill, ...] = ()
    tallies: tuple[Tally, ...] = ()
    findings: tuple[Noticed, ...] = ()


class Mark(StrEnum):
    """What a day was."""

    DONE = "done"
    MISSED = "missed"
    FROZEN = "frozen"
    EMPTY = "empty"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class DayShown:
    """One day of the calendar; `minutes` is 0 where none are known."""

    on: date
    mark: Mark
    minutes: int = 0

    @property
    def is_done(self) -> bool:
        """Whether the routine was done on it."""
        return self.mark is Mark.DONE


@dataclass(frozen=True, slots=True)
class PainShown:
    """Pain on one day, 0-10: before the routine, the highest during it, and after it."""

    on: date
    before: int | None
    during: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The last ten weeks, whole ISO weeks with the present one: days, pain, and what they add up to.

    `score` is 0 to 1 and reckoned from all days ever, as is `streak`; `days_done` and `minutes` are of the weeks shown.
    `open_yesterday` is yesterday where it was due and not done.
    """

    today: date
    days: tuple[DayShown, ...]
    pain: tuple[PainShown, ...]
    score: float
    streak: Streak
    level: str | None
    days_done: int
    minutes: int
    days_ever: int
    open_yesterday: date | None

    @property
    def points(self) -> int:
        """The score as people see it, 0 to 100."""
        return round(100 * self.score)


def with_corrections(journal: Journal, corrections: Iterable[Correction]) -> Journal:
    """Return the journal with ratings as they were corrected afterwards; all else is as it was recorded."""
    corrected = {correction.on: correction for correction in corrections}
    if not corrected:
        return journal
    runs, places = list(journal.runs), _places(journal.runs)
    for on in corrected.keys() & places.keys():
        rated = rated_anew([(runs[at].peak, runs[at].rating) for at in places[on]], corrected[on])
        for at, (peak, rating) in zip(places[on], rated, strict=True):
            runs[at] = replace(runs[at], peak=peak, rating=rating)
    pains = ((on, corrected[on].before_anew(pain) if on in corrected else pain) for on, pain in journal.pains)
    return replace(journal, runs=tuple(runs), pains=tuple(pains))


def days_kept(journal: Journal, chat: Chat, days: Collection[date], now: datetime) -> tuple[DayKept, ...]:
    """Return what counts of each of these days at `now` (UTC)."""
    zone = chat.zone or "UTC"
    _, covered = _frozen(journal, chat, adherence.day_of(now, zone), zone=zone)
    done, pain = done_days(journal), {point.on: point for point in pain_by_day(journal)}
    finished = [run for run in journal.runs if run.status is SessionStatus.FINISHED and run.ended_at is not None]

    def kept(on: date) -> DayKept:
        point = pain.get(on, PainShown(on, None, None, None))
        return DayKept(
            on,
            is_done=on in done,
            is_covered=on in covered,
            ratings=Ratings(point.before, point.during, point.after),
            finished_at=_latest(run for run in finished if run.on == on),
            finished_elsewhere=_latest(run for run in finished if run.on != on and run.is_finished),
        )

    return tuple(kept(on) for on in days)


def counted_days_of(journal: Journal, chat: Chat, today: date, *, zone: str) -> tuple[CountedDay, ...]:
    """Return the days that count for the score, as of the day `today`."""
    touched, covered = _frozen(journal, chat, today, zone=zone)
    return adherence.counted_days(
        due=frozenset(journal.due), done=done_days(journal), touched=touched, covered=covered, today=today
    )


def frequency_of(chat: Chat) -> float:
    """Return how many days a week somebody wants to do the routine, over seven; daily before that is known."""
    return 1.0 if chat.reminder_times is None else chat.reminder_times.frequency


def done_days(journal: Journal) -> frozenset[date]:
    """Return the days that were done: by a session to its end, or by the person's own word."""
    return frozenset(run.on for run in journal.runs if run.is_finished) | frozenset(journal.told)


def overview_of(journal: Journal, chat: Chat, now: datetime, *, level: str | None = None) -> Overview:
    """Reckon what the person sees at `now` (UTC); `level` is the one that counts where none is on record."""
    zone = chat.zone or "UTC"
    today = adherence.day_of(now, zone)
    counted = counted_days_of(journal, chat, today, zone=zone)
    done, (touched, covered) = done_days(journal), _frozen(journal, chat, today, zone=zone)
    missed = {day.on for day in counted if not day.done}
    first = today - timedelta(days=today.weekday()) - (WEEKS_SHOWN - 1) * _WEEK
    minutes = _minutes(journal.runs)
    days = tuple(
        DayShown(day, _mark(day, today, done=done, missed=missed, frozen=touched | covered), minutes.get(day, 0))
        for day in (first + timedelta(days=count) for count in range(7 * WEEKS_SHOWN))
    )
    levels = [run.level for run in journal.runs if run.level is not None]
    return Overview(
        today=today,
        days=days,
        pain=tuple(point for point in pain_by_day(journal) if point.on >= first),
        score=adherence.score_of(counted, frequency_of(chat)),
        streak=adherence.streak_of(counted, today),
        level=levels[-1] if levels else level,
        days_done=sum(day.mark is Mark.DONE for day in days),
        minutes=sum(day.minutes for day in days),
        days_ever=len(done),
        open_yesterday=today - _DAY if today - _DAY in missed else None,
    )


def points_by_week(journal: Journal, chat: Chat, now: datetime) -> tuple[int | None, ...]:
    """Return the score (0-100) at the end of each week shown, today for the present one; None before any day counts."""
    zone = chat.zone or "UTC"
    today = adherence.day_of(now, zone)
    counted = counted_days_of(journal, chat, today, zone=zone)
    scores = adherence.scores_of(counted, frequency_of(chat))
    sundays = [today + (6 - today.weekday()) * _DAY - back * _WEEK for back in range(WEEKS_SHOWN - 1, -1, -1)]
    until = [sum(day.on <= sunday for day in counted) for sunday in sundays]
    return tuple(round(100 * scores[count - 1]) if count else None for count in until)


def pain_by_day(journal: Journal) -> tuple[PainShown, ...]:
    """Return one entry for each day with a rating: before, the highest during its routines, the latest after them."""
    points = {day: PainShown(day, pain, None, None) for day, pain in journal.pains}
    for run in journal.runs:
        if run.peak is None and run.rating is None:
            continue
        known = points.get(run.on, PainShown(run.on, None, None, None))
        during = max((peak for peak in (known.during, run.peak) if peak is not None), default=None)
        after = known.after if run.rating is None else run.rating
        points[run.on] = replace(known, during=during, after=after)
    return tuple(points[day] for day in sorted(points))


def _places(runs: Iterable[Run]) -> Mapping[date, list[int]]:
    places: dict[date, list[int]] = {}
    for at, run in enumerate(runs):
        places.setdefault(run.on, []).append(at)
    return places


def _latest(runs: Iterable[Run]) -> datetime | None:
    return max((run.ended_at for run in runs if run.ended_at is not None), default=None)


def _frozen(journal: Journal, chat: Chat, today: date, *, zone: str) -> tuple[frozenset[date], frozenset[date]]:
    return adherence.frozen_days(adherence.all_standstills(journal.standstills, chat), zone, today)


def _minutes(runs: Iterable[Run]) -> dict[date, int]:
    minutes: dict[date, int] = {}
    for run in runs:
        minutes[run.on] = minutes.get(run.on, 0) + run.minutes
    return minutes


def _mark(day: date, today: date, *, done: frozenset[date], missed: set[date], frozen: frozenset[date]) -> Mark:
    if day > today:
        return Mark.AHEAD
    if day in done:
        return Mark.DONE
    if day in missed:
        return Mark.MISSED
    return Mark.FROZEN if day in frozen else Mark.EMPTY
