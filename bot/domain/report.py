"""The report for a clinician: twelve weeks of a person's journal, counted.

It holds what was recorded and nothing else: no word anybody wrote, no name, no judgement. A week is an ISO week; how
often the routine was due in it counts the same days as the score does.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain import adherence
from bot.domain.adherence import Stop
from bot.domain.chat import Chat
from bot.domain.effects import SessionStatus
from bot.domain.events import Outcome
from bot.domain.journal import Journal, PainShown, Run, Tally, counted_days_of, frequency_of, pain_by_day

WEEKS_REPORTED = 12

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class WeekReported:
    """On how many days of the week from `monday` the routine was due, and on how many of them it was done."""

    monday: date
    due: int
    done: int


@dataclass(frozen=True, slots=True)
class ExerciseReported:
    """How often an exercise was done (`easier` of those in its easier variant), hurt, was skipped or stopped at."""

    exercise_id: str
    done: int = 0
    easier: int = 0
    pain: int = 0
    skipped: int = 0
    stopped: int = 0
    peak: int | None = None


@dataclass(frozen=True, slots=True)
class FindingReported:
    """One safety finding, by day, tier and flag."""

    on: date
    tier: str
    flag: str


@dataclass(frozen=True, slots=True)
class StopReported:
    """A pause or hold; `last` is None while it lasts."""

    kind: Stop
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Report:
    """Twelve weeks up to `last`; `levels` pairs the day of each change with the level from then on."""

    first: date
    last: date
    score: float
    finished: int
    unfinished: int
    minutes: int
    weeks: tuple[WeekReported, ...]
    pain: tuple[PainShown, ...]
    exercises: tuple[ExerciseReported, ...]
    findings: tuple[FindingReported, ...]
    levels: tuple[tuple[date, str], ...]
    stops: tuple[StopReported, ...]

    @property
    def due(self) -> int:
        """On how many days the routine was due."""
        return sum(week.due for week in self.weeks)

    @property
    def done(self) -> int:
        """On how many days it was done."""
        return sum(week.done for week in self.weeks)


def report_of(journal: Journal, chat: Chat, now: datetime) -> Report:
    """Count the twelve ISO weeks up to `now` (UTC)."""
    zone = chat.zone or "UTC"
    today = adherence.day_of(now, zone)
    first = today - timedelta(days=today.weekday()) - (WEEKS_REPORTED - 1) * _WEEK
    counted = counted_days_of(journal, chat, today, zone=zone)
    mondays = [first + count * _WEEK for count in range(WEEKS_REPORTED)]
    runs = [run for run in journal.runs if run.on >= first]
    findings = [FindingReported(adherence.day_of(one.found_at, zone), one.tier, one.flag) for one in journal.findings]
    return Report(
        first=first,
        last=today,
        score=adherence.score_of(counted, frequency_of(chat)),
        finished=sum(run.is_finished for run in runs),
        unfinished=sum(run.status in {SessionStatus.STOPPED, SessionStatus.ABANDONED} for run in runs),
        minutes=sum(run.minutes for run in runs),
        weeks=tuple(
            WeekReported(
                monday,
                due=sum(monday <= day.on < monday + _WEEK for day in counted),
                done=sum(monday <= day.on < monday + _WEEK and day.done for day in counted),
            )
            for monday in mondays
        ),
        pain=tuple(point for point in pain_by_day(journal) if point.on >= first),
        exercises=_exercises(tally for tally in journal.tallies if tally.on >= first),
        findings=tuple(one for one in findings if one.on >= first),
        levels=_levels(journal.runs),
        stops=_stops(journal, chat, first, zone=zone),
    )


def _exercises(tallies: Iterable[Tally]) -> tuple[ExerciseReported, ...]:
    sums: dict[str, ExerciseReported] = {}
    for tally in tallies:
        known = sums.get(tally.exercise_id) or ExerciseReported(tally.exercise_id)
        field = {
            Outcome.DONE: "done",
            Outcome.PAIN: "pain",
            Outcome.SKIPPED: "skipped",
            Outcome.STOPPED: "stopped",
        }[tally.outcome]
        peak = max((one for one in (known.peak, tally.peak) if one is not None), default=None)
        easier = known.easier + tally.count * (tally.easier and tally.outcome is Outcome.DONE)
        counts = {field: getattr(known, field) + tally.count}
        sums[tally.exercise_id] = replace(known, peak=peak, easier=easier, **counts)
    return tuple(sums[name] for name in sorted(sums))


def _levels(runs: Iterable[Run]) -> tuple[tuple[date, str], ...]:
    changes: list[tuple[date, str]] = []
    for run in runs:
        if run.level is not None and (not changes or changes[-1][1] != run.level):
            changes.append((run.on, run.level))
    return tuple(changes)


def _stops(journal: Journal, chat: Chat, first: date, *, zone: str) -> tuple[StopReported, ...]:
    stops = [StopReported(one.kind, *one.days_in(zone)) for one in adherence.all_standstills(journal.standstills, chat)]
    shown = [one for one in stops if one.last is None or one.last >= first]
    return tuple(sorted(shown, key=lambda one: one.first))
