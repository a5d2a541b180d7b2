"""A person's history, day by day, from what is on record: sessions, safety findings, and what they said of a day.

The records count differently than a person would: a day may have several sessions, a finished one may have had every
exercise skipped, and a session that was opened and left is none. What they come to is decided here; what follows from
it is `levels`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from bot.domain.effects import SessionStatus
from bot.domain.hindsight import Correction, rated_anew
from bot.domain.levels import AMBER_MOST, Day, Extent, Morning, Wish
from bot.domain.safety import Tier

_FURTHEST = (None, Extent.TAKEN_BACK, Extent.STOPPED, Extent.MINIMUM, Extent.COMPLETE)


@dataclass(frozen=True, slots=True)
class PastSession:
    """One session on record, under the local date on which it began.

    `tried` counts its exercises that were done or hurt, `left_out` those that were skipped or hurt without a rating;
    `peak` is the highest rating of them, `rating` that of the back afterwards. `status` is None where it never ended.
    `is_taken_back`: the person said afterwards that they did not do it; its pain they told all the same.
    """

    on: date
    status: SessionStatus | None
    is_minimum: bool = False
    tried: int = 0
    left_out: int = 0
    peak: int | None = None
    rating: int | None = None
    is_taken_back: bool = False

    @property
    def extent(self) -> Extent | None:
        """How far it went, None where nothing was tried."""
        if not self.tried and self.peak is None and self.rating is None:
            return None
        if self.status is not SessionStatus.FINISHED:
            return Extent.STOPPED  # which nobody takes back by saying that it was not done
        if self.is_taken_back:
            return Extent.TAKEN_BACK
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
    """What the person said of a local date; `pain` is the rating (0-10) told before a session.

    `corrected` are ratings of the date as they were corrected afterwards.
    """

    on: date
    morning: Morning | None = None
    wish: Wish | None = None
    pain: int | None = None
    corrected: Correction | None = None


def history_of(
    sessions: Iterable[PastSession], findings: Iterable[PastFinding], told: Iterable[ToldDay]
) -> tuple[Day, ...]:
    """Return one entry for each date that anything is on record of, oldest first.

    Of several sessions a day the one that went furthest counts, with the highest rating of all of them and before them.
    A corrected rating takes the place of the one that was told, but a flare that was told of a date stays one.
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
        peak=max(_ratings(sessions, told), default=None),
        morning=told.morning,
        wish=told.wish,
        finding=gravest,
    )


def _ratings(sessions: Sequence[PastSession], told: ToldDay) -> list[int]:
    """Return the ratings of a date that weigh, each 0 to 10."""
    rated: Sequence[tuple[int | None, int | None]] = [(one.peak, one.rating) for one in sessions]
    before, flare = told.pain, None
    if told.corrected is not None:
        rated = rated_anew(rated, told.corrected)
        before = None if told.pain is None else told.corrected.before_anew(told.pain)
        flare = told.corrected.gravest if told.corrected.gravest > AMBER_MOST else None
    return [one for one in (before, flare, *chain.from_iterable(rated)) if one is not None]
