"""Made-up people: where they live and when they want to be reminded.

Two habits decide how many reminders fall on one minute: people choose round times, and they choose the hours before and
after work. The weights below are estimates, not counts; they err on the crowded side, as a plan for the worst should.
The same number, mix and seed give the same people on every machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from random import Random

from bot.domain.schedule import Schedule, once_a_day


class Zones(StrEnum):
    """Where people live: spread over the world, or all in one zone, as a clinic's are."""

    MIX = "mix"
    ONE = "one"


@dataclass(frozen=True, slots=True)
class Person:
    """One person; `chat_id` counts from 1, `language` from 0, in the order of the content's."""

    chat_id: int
    language: int
    daily: Schedule


THE_ONE = ("America/New_York", 0)

# Zone and language, by weight in percent: where the content's first two languages are spoken, and some who read the
# first one anyway.
_MIX = {
    THE_ONE: 16,
    ("America/Chicago", 0): 10,
    ("America/Mexico_City", 1): 9,
    ("Europe/Madrid", 1): 9,
    ("America/Los_Angeles", 0): 8,
    ("Europe/London", 0): 8,
    ("America/Argentina/Buenos_Aires", 1): 6,
    ("America/Bogota", 1): 6,
    ("Europe/Berlin", 0): 6,
    ("Asia/Kolkata", 0): 5,
    ("America/Toronto", 0): 4,
    ("America/Denver", 0): 3,
    ("America/Santiago", 1): 3,
    ("Australia/Sydney", 0): 3,
    ("America/Lima", 1): 2,
    ("Pacific/Auckland", 0): 1,
    ("Asia/Kathmandu", 0): 1,
}

# Local hours in percent: before work, a little at noon, after work.
_HOURS = {6: 8, 7: 19, 8: 16, 9: 9, 10: 4, 11: 2, 12: 4, 13: 2, 16: 2, 17: 5, 18: 10, 19: 9, 20: 6, 21: 3, 22: 1}

# Minutes of the hour in percent: on the hour, half past, the quarters, the tens, and what is left.
_ROUND_MINUTES = {0: 52, 30: 26, 15: 6, 45: 6, 10: 1, 20: 1, 40: 1, 50: 1}
_OTHER_MINUTES = {minute: 6 / 52 for minute in range(60) if minute not in _ROUND_MINUTES}
_MINUTES = _ROUND_MINUTES | _OTHER_MINUTES


def crowd(people: int, zones: Zones, seed: int) -> Sequence[Person]:
    """Make up so many people."""
    chance = Random(seed)  # noqa: S311 - the same people every time
    homes = [THE_ONE] * people if zones is Zones.ONE else chance.choices(list(_MIX), list(_MIX.values()), k=people)
    hours = chance.choices(list(_HOURS), list(_HOURS.values()), k=people)
    minutes = chance.choices(list(_MINUTES), list(_MINUTES.values()), k=people)
    return [
        Person(chat_id, language, once_a_day(time(hour, minute), zone))
        for chat_id, ((zone, language), hour, minute) in enumerate(zip(homes, hours, minutes, strict=True), start=1)
    ]


def crowd_of_one_minute(people: int) -> Sequence[Person]:
    """Make up so many people who all want to be reminded at the same minute."""
    zone, language = THE_ONE
    daily = once_a_day(time(7, 0), zone)
    return [Person(chat_id, language, daily) for chat_id in range(1, people + 1)]
