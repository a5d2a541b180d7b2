"""What a transition asks the shell to write, as values: rows of the journal, and when something is due.

They are performed before any message is rendered. What a person gets to read is in `effects`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.chat import Session
from bot.domain.events import Outcome
from bot.domain.hindsight import Correction
from bot.domain.levels import Morning, Wish
from bot.domain.plan import Dose
from bot.domain.safety import Finding


class SessionStatus(StrEnum):
    """How a session ended. Only a finished one counts as a day done."""

    FINISHED = "finished"
    STOPPED = "stopped"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session began, at this level of the programme."""

    session: Session
    level: str


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """One step's answer; a second answer to the same step and variant replaces the first (a rating after "pain")."""

    session: int
    step: int
    easier: bool
    exercise_id: str
    dose: Dose
    outcome: Outcome
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class CloseSession:
    """A session ended."""

    session: int
    status: SessionStatus


@dataclass(frozen=True, slots=True)
class ReopenSession:
    """A session that had ended goes on: the answer that ended it was corrected."""

    session: int


@dataclass(frozen=True, slots=True)
class RecordRating:
    """How the back feels after the session, 0-10."""

    session: int
    rating: int


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """A safety finding: tier, flag and rule only, never the words."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class RecordDayDone:
    """A day was done without the bot, or was not done after all, by the person's own word; the latest counts."""

    local_date: date
    done: bool = True


@dataclass(frozen=True, slots=True)
class RecordCorrection:
    """Ratings of a day as they are corrected afterwards; they stand beside those told at the time, and count."""

    correction: Correction


@dataclass(frozen=True, slots=True)
class RecordPain:
    """How strong the pain is on a local date, 0-10, told before a session."""

    local_date: date
    rating: int


@dataclass(frozen=True, slots=True)
class RecordMorning:
    """How the back is on a local date, compared with the day before."""

    local_date: date
    morning: Morning


@dataclass(frozen=True, slots=True)
class RecordWish:
    """What the person asked for on a local date; None takes an earlier wish of that day back."""

    local_date: date
    wish: Wish | None


@dataclass(frozen=True, slots=True)
class NotifyStaff:
    """Tell the clinic's staff of a finding: tier, flag, time and the person, never the words."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class DropStaffCode:
    """The code by which the clinic's staff found the person is of no use any more."""


@dataclass(frozen=True, slots=True)
class Reschedule:
    """Work out the next daily reminder anew, if one is wanted; `after_today` leaves today out."""

    after_today: bool = False


@dataclass(frozen=True, slots=True)
class Snooze:
    """One extra reminder at `due_at` (UTC)."""

    due_at: datetime


@dataclass(frozen=True, slots=True)
class DropExtras:
    """No snoozed reminder comes any more today, and nobody asks again: the person has begun."""


@dataclass(frozen=True, slots=True)
class Erase:
    """Everything stored about this chat is deleted."""


Record = (
    OpenSession
    | RecordAnswer
    | CloseSession
    | ReopenSession
    | RecordRating
    | RecordFinding
    | RecordPain
    | RecordMorning
    | RecordWish
    | RecordDayDone
    | RecordCorrection
    | NotifyStaff
    | DropStaffCode
    | Reschedule
    | Snooze
    | DropExtras
    | Erase
)
