"""Hindsight: what a person says afterwards of a day, and what counts of it from then on.

Of a day that is on record somebody may say later that they did the routine after all, that they did not, or that a pain
rating was another. What was recorded at the time stays as it is; what is said later stands beside it and counts.

- Only of the last `DAYS_BACK` days, today included. Pain is remembered worse the longer it is ago, and as it is now
  rather than as it was; what somebody believes of last month would not mend the record. A fortnight is also as far as
  the next full screening lies ahead.
- Days before somebody agreed, days to come, and days that a pause or hold covers are not corrected. While the programme
  is held, none is: the one thing to do then is to speak to someone.
- Ratings are corrected once their day is over, and only those that were given: until then the chat itself takes them.
- A corrected rating weighs in the plan like one told at the time, a lower one too: what was a slip should not make a
  week easier for nothing. But a flare (6 or more) goes on weighing, however it is corrected, and so do its finding and
  its hold: a correction adds to safety and never takes from it, as an edit does (`correction`).
- A day that was done without the bot counts for score and streak, never for going further in the plan; one that was not
  done counts for neither, nor against being away, but what was told of its pain does, and that a session was stopped.
  So going further is earned by sessions on record alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.adherence import day_of
from bot.domain.chat import Chat, State
from bot.domain.keys import Note

DAYS_BACK = 14

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ratings:
    """The pain of one day, 0-10: before the routine, the highest during it, and after it; None where none was told."""

    before: int | None = None
    during: int | None = None
    after: int | None = None

    @property
    def told(self) -> tuple[int, ...]:
        """Those that there are."""
        return tuple(one for one in (self.before, self.during, self.after) if one is not None)

    def over(self, others: "Ratings") -> "Ratings":
        """Return these, and in place of those that there are not the others."""
        return Ratings(
            others.before if self.before is None else self.before,
            others.during if self.during is None else self.during,
            others.after if self.after is None else self.after,
        )


NOT_RATED = Ratings()


@dataclass(frozen=True, slots=True)
class Correction:
    """Ratings of a day as they were corrected; `gravest` is the highest that was told of it until then.

    A higher one was told later, for whoever moves to another zone may live a day on that was over: it stands.
    """

    on: date
    ratings: Ratings
    gravest: int

    def before_anew(self, told: int) -> int:
        """Return the rating before the routine that counts where this one was told."""
        return told if self.ratings.before is None or told > self.gravest else self.ratings.before


@dataclass(frozen=True, slots=True)
class DayKept:
    """What counts of a day now.

    `is_covered`: a pause or hold lasted all through it. The routine was last finished at `finished_at` (UTC) on this
    day, by what is recorded, and at `finished_elsewhere` on any other; None where it was not.
    """

    on: date
    is_done: bool = False
    is_covered: bool = False
    ratings: Ratings = NOT_RATED
    finished_at: datetime | None = None
    finished_elsewhere: datetime | None = None


@dataclass(frozen=True, slots=True)
class DayCorrected:
    """Afterwards, a day was done or it was not, or its pain was another; None: as it is.

    `kept` is what counts of it now; it is looked up as the event is handled.
    """

    local_date: date
    done: bool | None = None
    ratings: Ratings = NOT_RATED
    kept: DayKept | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be corrected of a day: what may be said of whether it was done, or why nothing may, and its ratings."""

    done: bool | None = None
    pain: bool = False
    refused: Note | None = None


def days_in_reach(today: date) -> tuple[date, ...]:
    """Return the last fourteen days, oldest first, `today` at their end."""
    return tuple(today - back * _DAY for back in range(DAYS_BACK - 1, -1, -1))


def refusal_of(chat: Chat, event: DayCorrected, kept: DayKept, now: datetime) -> Note | None:  # noqa: PLR0911 - one line per reason
    """Say why a day is not corrected at `now` (UTC); None where it is."""
    zone = chat.zone
    if zone is None:
        return Note.OLD_BUTTON
    today = day_of(now, zone)
    if chat.hold is not None:
        return Note.DAY_HELD
    if event.local_date > today:
        return Note.DAY_AHEAD
    if event.local_date not in days_in_reach(today) or _is_before_consent(chat, event.local_date):
        return Note.DAY_TOO_LONG_AGO
    if _is_open(chat, event.local_date, now):
        return Note.DAY_OPEN
    if event.done and kept.is_covered and not kept.is_done:
        return Note.DAY_COVERED
    if event.ratings.told and event.local_date == today:
        return Note.DAY_NOT_OVER
    if event.ratings.told and event.ratings != _where_told(event.ratings, kept.ratings):
        return Note.DAY_UNRATED
    return None


def offer_of(chat: Chat, kept: DayKept, now: datetime) -> Offer:
    """Return what may be corrected of a day at `now` (UTC): exactly that which is not refused."""
    refused = refusal_of(chat, DayCorrected(kept.on, done=not kept.is_done), kept, now)
    rated = DayCorrected(kept.on, ratings=kept.ratings)
    return Offer(
        done=None if refused else not kept.is_done,
        pain=bool(kept.ratings.told) and refusal_of(chat, rated, kept, now) is None,
        refused=refused,
    )


def correction_of(event: DayCorrected, kept: DayKept) -> Correction:
    """Return what is to be stored of corrected ratings, of which there is one at least."""
    return Correction(event.local_date, event.ratings, max(*event.ratings.told, *kept.ratings.told))


def highest_raised(event: DayCorrected, kept: DayKept) -> int | None:
    """Return the highest of the ratings that are raised; None where none is."""
    new, old = event.ratings, kept.ratings
    pairs = ((new.before, old.before), (new.during, old.during), (new.after, old.after))
    return max((to for to, was in pairs if to is not None and was is not None and to > was), default=None)


def rated_anew(
    rated: Sequence[tuple[int | None, int | None]], correction: Correction
) -> tuple[tuple[int | None, int | None], ...]:
    """Put the corrected ratings in the place of those of a day's sessions, oldest first: each its highest, and after.

    Of several sessions the one with the highest gets the corrected one, no other keeps a higher; of those after them
    only the last is meant, for that is the day's.
    """
    ratings, gravest = correction.ratings, correction.gravest
    peaks, afters = [peak for peak, _ in rated], [after for _, after in rated]
    during = {at: peak for at, peak in enumerate(peaks) if peak is not None and peak <= gravest}
    if ratings.during is not None and during:
        worst = max(during, key=lambda at: during[at])
        for at, peak in during.items():
            peaks[at] = ratings.during if at == worst else min(peak, ratings.during)
    told = [at for at, after in enumerate(afters) if after is not None and after <= gravest]
    if ratings.after is not None and told:
        afters[told[-1]] = ratings.after
    return tuple(zip(peaks, afters, strict=True))


def _where_told(new: Ratings, old: Ratings) -> Ratings:
    """Return those new ratings that take the place of one."""
    return Ratings(
        None if old.before is None else new.before,
        None if old.during is None else new.during,
        None if old.after is None else new.after,
    )


def _is_before_consent(chat: Chat, day: date) -> bool:
    return chat.consented_at is not None and day < day_of(chat.consented_at, chat.zone or "UTC")


def _is_open(chat: Chat, day: date, now: datetime) -> bool:
    """Whether a routine of that day is still going on, or its questions; the rating after it is none of these."""
    zone = chat.zone or "UTC"
    session = chat.session
    if session is not None and session.phase is not State.RATING_BACK and day_of(session.started_at, zone) == day:
        return True
    is_today = day == day_of(now, zone)
    return is_today and (session is not None or chat.screening is not None)
