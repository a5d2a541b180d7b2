"""The verdict on a storm: a pure function over its record, told from outside what the bot promised.

- Every answer took effect once and in order: what a person hears is what their words lead to, one after the other, and
  the record they are given in the end holds their answers.
- Every reminder that was due arrived, once. None arrived, or was even tried, for anybody else: who paused, blocked the
  bot or is held has none due.
- Every referral arrived, no reminder follows it, and not many of other people's left before it was first tried.
- A message comes again at most once for each strike (a kill, a stop past the lease) and for each answer that was lost
  on its way to the bot. It comes again at once: nothing else of the chat lies between.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from bot.telegram.relay import RESERVED_WORKERS, WORKERS
from tests.chaos.record import (
    REFERRAL,
    REMINDER,
    AnswerLost,
    Confirmed,
    Due,
    Event,
    Exported,
    Heard,
    Said,
    Struck,
    Tried,
)

MOST_OVERTAKING = WORKERS - RESERVED_WORKERS
"""So many reminders of others may be under way already when an emergency is acknowledged."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was broken, in words, and what was counted."""

    broken: tuple[str, ...]
    counts: dict[str, int]


def judge(record: Sequence[Event]) -> Verdict:
    """Hold a record against the promises."""
    strikes = sum(isinstance(event, Struck) for event in record)
    counts: Counter[str] = Counter(event.how for event in record if isinstance(event, Struck))
    broken: list[str] = []
    for person, events in _by_person(record).items():
        faults, found = _judge_person(events, strikes)
        broken += [f"person {person}: {fault}" for fault in faults]
        counts.update(found)
    overtaking = _overtaking(record)
    broken += [
        f"person {person}: {number} reminders of others went ahead of the referral"
        for person, number in overtaking.items()
        if number > MOST_OVERTAKING
    ]
    counts["most reminders ahead of a referral"] = max(overtaking.values(), default=0)
    return Verdict(tuple(broken), dict(counts))


def _by_person(record: Iterable[Event]) -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = defaultdict(list)
    for event in record:
        if not isinstance(event, Confirmed | Struck):
            found[event.person].append(event)
    return found


def _judge_person(events: Sequence[Event], strikes: int) -> tuple[list[str], Counter[str]]:
    expected = [what for event in events if isinstance(event, Said) for what in event.awaits]
    heard = [event.what for event in events if isinstance(event, Heard) and event.what != REMINDER]
    once = [what for what, _ in groupby(heard)]
    broken = _differences(expected, once)
    lost = sum((Counter(expected) - Counter(once)).values())
    reminder_faults, reminders, extra, missing = _reminders(events)
    broken += reminder_faults
    repeats = len(heard) - len(once) + extra
    allowed = strikes + sum(isinstance(event, AnswerLost) for event in events)
    if repeats > allowed:
        broken.append(f"{repeats} messages came again, at most {allowed} may")
    for event in events:
        if isinstance(event, Exported) and event.answers != event.expected:
            broken.append(f"the record holds {event.answers}, not {event.expected}")
    counts = Counter(
        {
            "people": 1,
            "updates": sum(isinstance(event, Said) for event in events),
            "answers to hear": len(expected),
            "reminders due": sum(isinstance(event, Due) and event.surely for event in events),
            "reminders arrived": reminders,
            "repeats": repeats,
            "answers of Telegram lost": sum(isinstance(event, AnswerLost) for event in events),
            "lost": lost + missing,
        }
    )
    return broken, counts


def _differences(expected: Sequence[str], once: Sequence[str]) -> list[str]:
    """Name the first place where what was heard is not what ought to have been."""
    for place, (wanted, came) in enumerate(zip_longest(expected, once)):
        if wanted != came:
            after = once[place - 1] if place else "the start"
            return [f"after {after!r} came {came!r} instead of {wanted!r}"]
    return []


def _reminders(events: Sequence[Event]) -> tuple[list[str], int, int, int]:
    """Return what is wrong with a person's reminders, how many came, how many of them again, and how many did not."""
    broken: list[str] = []
    came: list[int] = []  # for each due time, how often
    surely: list[bool] = []
    is_held = False
    for event in events:
        match event:
            case Due():
                came.append(0)
                surely.append(event.surely)
            case Heard(what=what) if what == REFERRAL:
                is_held = True
            case Heard(what=what) | Tried(what=what) if what == REMINDER and is_held:
                broken.append("a reminder after the referral")
            case Heard(what=what) | Tried(what=what) if what == REMINDER and not came:
                broken.append("a reminder that was not due")
            case Heard(what=what) if what == REMINDER:
                came[-1] += 1
            case _:
                pass
    missing = sum(not number and sure for number, sure in zip(came, surely, strict=True))
    if missing:
        broken.append(f"{missing} reminders did not come")
    return list(dict.fromkeys(broken)), sum(map(bool, came)), sum(number - 1 for number in came if number), missing


def _overtaking(record: Sequence[Event]) -> dict[int, int]:
    """Count, for each emergency, the reminders tried between its acknowledgement and the first try of the referral."""
    emergencies = {event.update: event.person for event in record if isinstance(event, Said) and event.is_emergency}
    waiting: dict[int, int] = {}
    done: dict[int, int] = {}
    for event in record:
        match event:
            case Confirmed(updates=updates):
                known = [emergencies[update] for update in updates if update in emergencies]
                waiting |= {person: 0 for person in known if person not in done}
            case Tried(person=person, what=what) if what == REFERRAL:
                done.setdefault(person, waiting.pop(person, 0))
            case Tried(what=what) if what == REMINDER:
                waiting = {person: number + 1 for person, number in waiting.items()}
            case _:
                pass
    return done | waiting
