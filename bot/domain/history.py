"""A person's history, day by day, from what is on record: sessions, safety findings, and what they said of a day.

The records count differently than a person would: a day may have several sessions, a finished one may have had every
exercise skipped, and a session that was opened and left is none. What they come to is decided here; what follows from
it is `levels`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
    """What the person said of a local date; `pain` is the rating (0-10) told before a session."""

    on: date
    morning: Morning | None = None
    wish: Wish | None = None
    pain: int | None = None


def history_of(
    sessions: Iterable[PastSession], findings: Iterable[PastFinding], told: Iterable[ToldDay]
) -> tuple[Day, ...]:
    """Return one entry for each date that anything is on record of, oldest first.

    Of several sessions a day the one that went furthest counts, with the highest rating of all of them and before them.
    """
    sessions_on: dict[date, list[PastSession]] = {}
    for session in sessions:
        sessions_on.setdefault(session.on, []).append(session)
    gravest_on: dict[date, Tier] = {}
    for finding in findings:
        gravest_on[finding.on] = max(finding.tier, gravest_on.get(finding.on, Tier.NONE))
    told_on = {said.on: said for said in told}
    return tuple(
        _day(on, sessions_on.get(on, ()), gravest_on.get(on, Tier.NONE), told_on.get(on) or ToldDay(on))
        for on in sorted(sessions_on.keys() | gravest_on.keys() | told_on.keys())
    )


def _day(on: date, sessions: Sequence[PastSession], gravest: Tier, told: ToldDay) -> Day:
    return Day(
        on,
        session=max((session.extent for session in sessions), key=_FURTHEST.index, default=None),
        peak=max((peak for peak in (told.pain, *(one.peak for one in sessions)) if peak is not None), default=None),
        morning=told.morning,
        wish=told.wish,
        finding=gravest,
    )
