"""Levels: how hard today's session is, and why, from what happened on the days before.

History in, standing out: `standing_on` walks the days once, oldest first, and asks nothing else, so the same history
always gives the same answer. The rules, in the order in which a day applies them:

* Away for `AWAY_DAYS` goes one level back, for `LONG_AWAY_DAYS` two.
* A flare (6 or more of 10) means level 0 for the rest of its day and the next `REST_DAYS` days, then one level below
  where it happened.
* Two worse mornings within a week, or three sessions of 4 or 5 running, go one level back.
* Three complete sessions within seven days, none above 3, no morning after them worse and at least one of those known,
  go one thing further: more repetitions, then longer holds, then the next level; once in seven days at most, and never
  on a day with a safety finding.
* Asked for on a day without finding or pain above 3, more repetitions or longer holds come after one such session, with
  the same week in between; the next level is never given for the asking.
* An urgent or emergency finding goes one level back; any finding makes the count of good sessions begin anew.
* Three flares within thirty days, or six weeks without gain, mean: see the clinic.

Pain may lead down to level 0, absence and wishes only to level 1: level 0 is for a flare.

Source: clinical brief, sections 3 (the traffic light) and 6 (progress and regress). A guide by custom, no proof; a
physiotherapist can try the rules on cases with `lumbar plan`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import fmean
from typing import NamedTuple

from bot.domain.safety.findings import Tier

GREEN_MOST, AMBER_MOST = 3, 5  # ratings of 0 to 10; above amber is a flare
GOOD_SESSIONS, AMBERS, WORSE_MORNINGS, FLARES = 3, 3, 2, 3
WEEK = timedelta(days=7)
MONTH = timedelta(days=30)
AWAY_DAYS, LONG_AWAY_DAYS, REST_DAYS = 7, 21, 2
NO_GAIN_AFTER = timedelta(days=42)
GAIN_POINTS = 2.0
MOST_GROWTH = 2  # repetitions, then holds; what comes after them is the next level

FLARE_LEVEL, LOWEST_LEVEL = 0, 1


class Extent(StrEnum):
    """How far a session went: all of it, the minimum of a bad day, not to its end, or it was taken back afterwards.

    One that was taken back is none, but for the pain that was told of it.
    """

    COMPLETE = "complete"
    MINIMUM = "minimum"
    STOPPED = "stopped"
    TAKEN_BACK = "taken_back"


class Morning(StrEnum):
    """How the back is this morning, compared with the day before."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


class Wish(StrEnum):
    """What the person asked for."""

    EASIER = "easier"
    HARDER = "harder"


class Change(StrEnum):
    """Why today is as it is; the wording stands in `content/`."""

    START = "start"
    STEADY = "steady"
    MORE_REPETITIONS = "more-repetitions"
    LONGER_HOLDS = "longer-holds"
    NEXT_LEVEL = "next-level"
    AMBER = "amber"
    RESTING = "resting"
    AFTER_FLARE = "after-flare"
    WORSE_MORNINGS = "worse-mornings"
    AMBERS_RUNNING = "ambers-running"
    AFTER_FINDING = "after-finding"
    AWAY = "away"
    ASKED_EASIER = "asked-easier"
    ASKED_HARDER = "asked-harder"
    HARDER_WAITS = "harder-waits"
    NOTHING_HARDER = "nothing-harder"


class Referral(StrEnum):
    """Why the plan sends the person to the clinic."""

    FLARES = "flares"
    NO_GAIN = "no-gain"


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one local date.

    `session` is how far the day's session went, None where there was none; `peak` is the highest rating told before,
    during and after it (0-10), a flare also where no session followed. `morning` compares with the day before.
    `finding` is the gravest safety finding of the day.
    """

    on: date
    session: Extent | None = None
    peak: int | None = None
    morning: Morning | None = None
    wish: Wish | None = None
    finding: Tier = Tier.NONE


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands on a day: the level, how far its doses have grown, why, and whether to see the clinic.

    `growth` is 0 for the level's own doses, 1 for more repetitions, 2 for longer holds as well. `rating` is the one
    that explains `change`, where one does, and `days` how long somebody was away.
    """

    level: int
    growth: int
    change: Change
    rating: int | None = None
    days: int | None = None
    referral: Referral | None = None


class _Course(NamedTuple):
    """What the days so far add up to; a named tuple, for every day of years makes some anew."""

    level: int
    growth: int
    change: Change
    rating: int | None = None
    days: int | None = None
    last_session: date | None = None
    levels_lost_away: int = 0
    went_up: date | None = None
    good: tuple[date, ...] = ()
    known_mornings: int = 0
    ambers: int = 0
    worse: tuple[date, ...] = ()
    flares: tuple[date, ...] = ()
    rest_until: date | None = None
    wants_more: bool = False


def standing_on(today: date, history: Iterable[Day], *, start: int, top: int) -> Standing:
    """Say where somebody stands today who began at level `start` of 0 to `top`.

    `history` holds one entry a date, oldest first, today's at most the last; days without any are days on which nothing
    happened. Raises ValueError for dates out of order.
    """
    days = tuple(history)
    if any(later.on <= earlier.on for earlier, later in pairwise(days)):
        raise ValueError("the days of a history are in order, one entry a date")
    days = tuple(day for day in days if day.on <= today)
    course = _Course(level=start, growth=0, change=Change.START)
    for day in days:
        course = _begun(course, day, top)
        if day.on < today or (day.peak or 0) > AMBER_MOST:
            course = _ended(course, day)
    if not days or days[-1].on < today:
        course = _begun(course, Day(today), top)
    is_resting = _is_resting(course, today)
    return Standing(
        level=FLARE_LEVEL if is_resting else course.level,
        growth=0 if is_resting else course.growth,
        change=Change.RESTING if is_resting else course.change,
        rating=course.rating,
        days=course.days,
        referral=_referral(course, days, today, start=start),
    )


def _begun(course: _Course, day: Day, top: int) -> _Course:
    """Apply what is known before the day's session: absence, the morning, and whether to go further."""
    course = _after_absence(course, day.on)
    if day.morning is Morning.WORSE:
        worse = (*(on for on in course.worse if day.on - on <= WEEK), day.on)
        course = course._replace(worse=worse, good=(), known_mornings=0)
        if len(worse) >= WORSE_MORNINGS:
            return _back(course, Change.WORSE_MORNINGS)
    elif day.morning is not None and course.good:
        course = course._replace(known_mornings=course.known_mornings + 1)
    if day.finding is not Tier.NONE:
        return course._replace(good=(), known_mornings=0, wants_more=False)
    return _further(course, day.on, top)


def _after_absence(course: _Course, on: date) -> _Course:
    days = (on - course.last_session).days if course.last_session else 0
    levels = 2 if days >= LONG_AWAY_DAYS else 1 if days >= AWAY_DAYS else 0
    if not levels:
        return course
    for _ in range(levels - course.levels_lost_away):
        course = _back(course, Change.AWAY, lowest=LOWEST_LEVEL)
    return course._replace(days=days, levels_lost_away=levels)


def _further(course: _Course, on: date, top: int) -> _Course:
    """Go one thing further where the last sessions were good enough, or one was and the person asks for more."""
    if not (course.good or course.wants_more):
        return course
    is_early = course.went_up is not None and on - course.went_up < WEEK
    recent = [done for done in course.good if on - done <= WEEK]
    is_earned = len(recent) >= GOOD_SESSIONS and course.known_mornings > 0
    is_full = course.growth >= MOST_GROWTH
    is_asked_for = course.wants_more and bool(recent) and not is_full and course.level != FLARE_LEVEL
    is_all = is_full and course.level >= top
    if is_early or is_all or not (is_earned or is_asked_for):
        no_more = Change.NOTHING_HARDER if is_all else Change.HARDER_WAITS
        return course._replace(change=no_more) if course.wants_more else course
    if course.level == FLARE_LEVEL or is_full:
        level, growth, change = course.level + 1, 0, Change.NEXT_LEVEL
    else:
        level, growth = course.level, course.growth + 1
        change = Change.MORE_REPETITIONS if growth == 1 else Change.LONGER_HOLDS
    return course._replace(
        level=level,
        growth=growth,
        change=change if is_earned else Change.ASKED_HARDER,
        rating=None,
        days=None,
        went_up=on,
        good=(),
        known_mornings=0,
        wants_more=False,
    )


def _ended(course: _Course, day: Day) -> _Course:
    """Apply what the day's session and messages said."""
    if day.session and day.session is not Extent.TAKEN_BACK:
        course = course._replace(last_session=day.on, levels_lost_away=0)
    if day.peak is not None and day.peak > AMBER_MOST:
        course = _after_flare(course, day.on, day.peak)
    elif day.session:
        course = _after_session(course, day)
    if day.finding >= Tier.URGENT and course.change is not Change.AFTER_FLARE:
        course = _back(course, Change.AFTER_FINDING)
    if day.wish is Wish.EASIER:
        softer = course._replace(growth=0, good=(), known_mornings=0, wants_more=False)
        if course.growth:
            return softer._replace(change=Change.ASKED_EASIER)
        return softer if course.level <= LOWEST_LEVEL else _back(course, Change.ASKED_EASIER, lowest=LOWEST_LEVEL)
    is_calm = (day.peak or 0) <= GREEN_MOST and day.finding is Tier.NONE and not _is_resting(course, day.on)
    return course._replace(wants_more=True) if day.wish is Wish.HARDER and is_calm else course


def _after_flare(course: _Course, on: date, peak: int) -> _Course:
    flares = (*(earlier for earlier in course.flares if on - earlier <= MONTH), on)
    course = course._replace(flares=flares, rest_until=on + timedelta(days=REST_DAYS))
    return _back(course, Change.AFTER_FLARE)._replace(rating=peak, days=None)


def _after_session(course: _Course, day: Day) -> _Course:
    peak = day.peak or 0
    if _is_resting(course, day.on) or (day.session is Extent.TAKEN_BACK and peak <= GREEN_MOST):
        return course
    course = course._replace(rating=None, days=None, wants_more=False)
    if peak > GREEN_MOST and course.ambers + 1 >= AMBERS:
        return _back(course, Change.AMBERS_RUNNING)._replace(rating=peak)
    if peak > GREEN_MOST:
        return course._replace(ambers=course.ambers + 1, change=Change.AMBER, rating=peak, good=(), known_mornings=0)
    good = course.good
    if day.session is Extent.STOPPED or day.finding is not Tier.NONE:
        good = ()
    elif day.session is Extent.COMPLETE:
        good = (*good[1 - GOOD_SESSIONS :], day.on)
    return course._replace(
        ambers=0, change=Change.STEADY, good=good, known_mornings=course.known_mornings if good else 0
    )


def _is_resting(course: _Course, on: date) -> bool:
    return course.rest_until is not None and on <= course.rest_until


def _back(course: _Course, change: Change, *, lowest: int = FLARE_LEVEL) -> _Course:
    """Go one level back, and begin all counts anew."""
    return course._replace(
        level=max(min(lowest, course.level), course.level - 1),
        growth=0,
        change=change,
        good=(),
        known_mornings=0,
        ambers=0,
        worse=(),
        wants_more=False,
    )


def _referral(course: _Course, days: Sequence[Day], today: date, *, start: int) -> Referral | None:
    """Say why to see the clinic; a gain is a level above the start, two points less pain, or hardly any."""
    if sum(today - on <= MONTH for on in course.flares) >= FLARES:
        return Referral.FLARES
    rated = [(day.on, day.peak) for day in days if day.peak is not None]
    if not rated or today - rated[0][0] < NO_GAIN_AFTER:
        return None
    first = fmean(peak for on, peak in rated if on - rated[0][0] < WEEK)
    latest = [peak for on, peak in rated if today - on <= WEEK]
    has_gained = course.level > start or not latest or first - fmean(latest) >= GAIN_POINTS
    return None if has_gained or fmean(latest) <= GREEN_MOST else Referral.NO_GAIN
