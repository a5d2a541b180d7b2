"""A person's history, day by day, from what is on record: sessions, safety findings, and what they said of a day.

The records count differently than a person would: a day may have several sessions, a finished one may have had every
exercise skipped, and a session that was opened and left is none. What they come to is decided here; what follows from
it is `levels`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.effects import SessionStatus
from bot.domain.levels import Day, Extent, Morning, Wish
from bot.domain.safety import Tier

_FURTHEST = (None, Extent.STOPPED, Extent.MINIMUM, Extent.COMPLETE)


@dataclass(frozen=True, slots=True)
class PastSession:
    """One session on record, under the local date on which it began.

    `tried` counts its exercises that were done or hurt, `left_out` those that were skipped or hurt without a rating;
    `peak` is the highest rating of them and of the back afterwards. `status` is None where it never ended.
    """

    on: date
    status: SessionStatus | None
    is_minimum: bool = False
    tried: int = 0
    left_out: int = 0
    peak: int | None = None

    @property
    def extent(self) -> Extent | None:
        """How far it went, None where nothing was tried."""
        if not self.tried and self.peak is None:
            return None
        if self.status is not SessionStatus.FINISHED:
            return Extent.STOPPED
        if self.is_minimum:
            return Extent.MINIMUM
        return Extent.STOPPED if self.left_out else Extent.COMPLETE


@dataclass(frozen=True, slots=True)
class PastFinding:
    """One safety finding on record, on its local date."""

    on: date
    tier: Tier


@dataclass(frozen=True, slots=True)
class ToldDay:
    """What the person said of a local date."""

    on: date
    morning: Morning | None
    wish: Wish | None


def history_of(
    sessions: Iterable[PastSession], findings: Iterable[PastFinding], told: Iterable[ToldDay]
) -> tuple[Day, ...]:
    """Return one entry for each date that anything is on record of, oldest first.

    Of several sessions a day the one that went furthest counts, with the highest rating of all of them.
    """
    days: dict[date, Day] = {}
    for session in sessions:
        day = days.get(session.on) or Day(session.on)
        peaks = [peak for peak in (day.peak, session.peak) if peak is not None]
        extent = max(day.session, session.extent, key=_FURTHEST.index)
        days[session.on] = replace(day, session=extent, peak=max(peaks, default=None))
    for finding in findings:
        day = days.get(finding.on) or Day(finding.on)
        days[finding.on] = replace(day, finding=max(day.finding, finding.tier))
    for said in told:
        day = days.get(said.on) or Day(said.on)
        days[said.on] = replace(day, morning=said.morning, wish=said.wish)
    return tuple(days[on] for on in sorted(days))
