"""What `lumbar simulate` prints: the days of a crowd, and how many people one reminder minute can hold."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil, floor
from pathlib import Path
from typing import Literal

from bot.bootstrap import assemble_knowledge
from bot.catalog import load_catalog
from bot.settings import Settings
from bot.simulation.days import START, Outcome, Rules, live
from bot.simulation.people import Zones, crowd, crowd_of_one_minute
from bot.usecases.knowledge import Knowledge
from bot.zones import ZoneFinder

TOO_LATE_SECONDS = 5 * 60
MOST_MEASURED = 20_000  # on one minute; beyond it a measurement takes longer than it tells
_SHARES = (("p50", 0.5), ("p99", 0.99), ("max", 1.0))


@dataclass(frozen=True, slots=True)
class Question:
    """What to simulate: people, for days, at so many messages a second; where they live; by which seed they are."""

    people: int
    days: int
    per_second: float
    zones: Literal["mix", "one"]
    seed: int


@dataclass(frozen=True, slots=True)
class Minute:
    """How many people on one minute are all reminded in time; measured, or computed from the pace of fewer."""

    in_time: int
    is_measured: bool


def simulation(
    question: Question, settings: Settings, *, folder: Path, tell: Callable[[float, float], None]
) -> Sequence[str]:
    """Simulate in `folder`; return the lines to print. `tell` is called with how much of how much is done."""
    rules = Rules(question.per_second, timedelta(seconds=settings.reminder_grace_seconds), _knowledge(settings))
    crowded = _people_on_one_minute(rules)
    total = question.people * (question.days + 1) + 2 * crowded
    done = 0

    def count(some: int) -> None:
        nonlocal done
        done += some
        tell(done, total)

    people = crowd(question.people, Zones(question.zones), question.seed)
    outcome = live(people, days=question.days, rules=rules, path=folder / "days.db", tell=count)
    minute = live(crowd_of_one_minute(crowded), days=1, rules=rules, path=folder / "minute.db", tell=count)
    return list(_lines(question, outcome, on_one_minute(minute)))


def _knowledge(settings: Settings) -> Knowledge:
    zones = ZoneFinder.from_content(settings.content_dir)
    return assemble_knowledge(load_catalog(settings.content_dir), zones, settings, bot_username="simulated_bot")


def on_one_minute(outcome: Outcome) -> Minute:
    """Say how many people a minute holds, from a minute that was crowded."""
    in_time = outcome.sent_within(TOO_LATE_SECONDS)
    if in_time < outcome.due:
        return Minute(in_time, is_measured=True)
    pace = outcome.sent / 2 / (outcome.lateness_seconds(1) - outcome.lateness_seconds(0.5))
    return Minute(floor(pace * TOO_LATE_SECONDS), is_measured=False)


def _people_on_one_minute(rules: Rules) -> int:
    """Return a few more people than can be reminded in time, or as many as are worth measuring."""
    return min(MOST_MEASURED, ceil(rules.per_second * TOO_LATE_SECONDS) + 100)


def _lines(question: Question, outcome: Outcome, minute: Minute) -> Iterator[str]:
    busiest, crowded = max(outcome.minutes.items(), key=lambda item: item[1], default=(START, 0))
    how = "measured" if minute.is_measured else f"computed from the pace of {MOST_MEASURED:,} people, measured"
    late = [f"{name} {outcome.lateness_seconds(share):.1f} s" for name, share in _SHARES]
    yield f"people     {question.people:,}, zones {question.zones}, seed {question.seed}"
    days = "1 day" if question.days == 1 else f"{question.days} days"
    yield f"time       {days} from {START:%Y-%m-%d}, {question.per_second:g} messages a second at most"
    yield f"lateness   {', '.join(late)}"
    yield f"messages   {outcome.sent / question.days:,.0f} reminders a day; answers to them are not simulated"
    yield f"           {_unsent(outcome)}"
    yield f"busiest    {crowded:,} people on one minute, {busiest:%Y-%m-%d %H:%M} UTC"
    yield f"database   {outcome.database_bytes / 1e6:,.1f} MB"
    yield f"limit      from {minute.in_time + 1:,} people on one minute, some are more than 5 minutes late ({how})"
    if crowded:
        in_all = question.people * (minute.in_time + 1) // crowded
        yield f"           at this mix about {round(in_all, 2 - len(str(in_all))):,} people in all"


def _unsent(outcome: Outcome) -> str:
    """Say what did not go as promised; early or twice would be a fault of the bot."""
    unsent = f"{outcome.due - outcome.sent:,} of {outcome.due:,} not sent, past their grace period"
    return unsent + (f"; {outcome.early:,} early, {outcome.twice:,} twice" if outcome.early or outcome.twice else "")
