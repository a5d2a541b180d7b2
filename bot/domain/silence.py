"""Silence: what is done about somebody who has given no sign of life for a long time.

What is stored about a person is kept for their routine, and nobody needs it for a routine that ended long ago. So
whoever is silent for the time that the clinic chose is erased, and is told thirty days before, where they can be told:
any message or button is a sign of life, and takes it all back. Nobody is erased who was not warned first, on record,
with all of these days in between: a clock that is wrong for a while costs nobody anything.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

WARNED = timedelta(days=30)
_DAYS_A_MONTH = 365.25 / 12


class Step(Enum):
    """What is to be done about a silent person."""

    WARN = auto()
    ERASE = auto()


@dataclass(frozen=True, slots=True)
class Silent:
    """Somebody who may have been silent for long: `heard_at` is the last sign of life (UTC).

    `warned_at` is when the end was announced, None where it was not or where they have been heard of since.
    """

    chat_id: int
    language: str
    zone: str | None
    has_consented: bool
    has_blocked: bool
    heard_at: datetime
    warned_at: datetime | None

    @property
    def is_reachable(self) -> bool:
        """Whether to write to them: somebody who never agreed to anything, or blocked the bot, is left alone."""
        return self.has_consented and not self.has_blocked


def heard_before(now: datetime, months: int) -> datetime:
    """Return since when somebody must have been silent to be warned, if they are erased after so many months."""
    return now - timedelta(days=round(months * _DAYS_A_MONTH)) + WARNED


def step_for(silent: Silent, now: datetime, months: int) -> Step | None:
    """Return what is to be done about somebody at `now`; None: nothing yet, or nothing any more."""
    if silent.warned_at is not None and silent.warned_at <= now:
        return Step.ERASE if now - silent.warned_at >= WARNED else None
    return Step.WARN if silent.heard_at < heard_before(now, months) else None
