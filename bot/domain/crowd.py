"""All people together, for the clinic: how many are active, how steady, with which findings; never who.

`Crowd` adds people up one by one and keeps numbers only. Steadiness is told as the share of days done among the days
due in the last four weeks. A routine finished within 14 days makes somebody active; people whose programme is paused or
held rest; who has blocked the bot has left; who agreed less than 14 days ago and has not finished one is new.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

ACTIVE_DAYS = 14
WEEKS_COUNTED = 4
SHARES = 4
"""Into so many equal parts the days done are sorted: none to a quarter, and so on."""

_ACTIVE = timedelta(days=ACTIVE_DAYS)


class Standing(StrEnum):
    """What a person is to the clinic; everybody is exactly one of these."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    NEW = "new"
    RESTING = "resting"
    LEFT = "left"


class PersonCounted(NamedTuple):
    """What is looked at of one person: instants are UTC, `due` and `done` days of four weeks, `tier` the gravest."""

    chat_id: int
    consented_at: datetime
    finished_at: datetime | None
    is_resting: bool
    has_left: bool
    due: int
    done: int
    missed: int
    tier: str | None


class Deliveries(NamedTuple):
    """What became of the letters of a day, and how many of its reminders came how soon; `late` is the rest."""

    sent: int = 0
    refused: int = 0
    failed: int = 0
    within_10_seconds: int = 0
    within_a_minute: int = 0
    within_5_minutes: int = 0
    late: int = 0


@dataclass(slots=True)
class Crowd:
    """Numbers of people, added up; `missed` counts reminders that did not come."""

    standings: dict[Standing, int] = field(default_factory=lambda: dict.fromkeys(Standing, 0))
    shares: list[int] = field(default_factory=lambda: [0] * SHARES)
    tiers: dict[str, int] = field(default_factory=lambda: {"emergency": 0, "urgent": 0, "referral": 0})
    missed: int = 0

    @property
    def people(self) -> int:
        """How many there are, those who left among them: a sum of all parts betrays no hidden one."""
        return sum(self.standings.values())

    def add(self, person: PersonCounted, now: datetime) -> None:
        """Count one person in."""
        self.standings[standing_of(person, now)] += 1
        self.missed += person.missed
        if person.tier in self.tiers:
            self.tiers[person.tier] += 1
        if person.due and not person.has_left:
            share = min(person.done / person.due, 1)
            self.shares[min(int(share * SHARES), SHARES - 1)] += 1


def standing_of(person: PersonCounted, now: datetime) -> Standing:
    """Decide what a person is at `now` (UTC)."""
    if person.has_left:
        return Standing.LEFT
    if person.is_resting:
        return Standing.RESTING
    if person.finished_at is not None and now - person.finished_at <= _ACTIVE:
        return Standing.ACTIVE
    return Standing.NEW if now - person.consented_at <= _ACTIVE else Standing.INACTIVE
