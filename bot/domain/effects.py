"""What a transition asks the shell to do, as values.

Two kinds: records (rows to write) and messages (texts to render and queue); a pressed button may also get a passing
line, or another keyboard. The shell performs the records first, then renders the messages in their order; a referral
outranks every other message. Nothing here holds a sentence: `bot.domain.keys` names those in content/.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.chat import Screening, Session
from bot.domain.events import Outcome, Token
from bot.domain.keys import Note, Opening, Reading, Text
from bot.domain.levels import Morning, Referral, Standing, Wish
from bot.domain.plan import Dose
from bot.domain.safety import Finding
from bot.domain.screening import Release
from bot.domain.times import TypedTime


class SessionStatus(StrEnum):
    """How a session ended. Only a finished one counts as a day done."""

    FINISHED = "finished"
    STOPPED = "stopped"
    ABANDONED = "abandoned"


# -- records ---------------------------------------------------------------------------------------------------------


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
    """A day was done without the bot, by the person's own word."""

    local_date: date


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
class Erase:
    """Everything stored about this chat is deleted."""


# -- messages --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Greet:
    """Who this is, what it is not, and the consent button."""

    first_name: str


@dataclass(frozen=True, slots=True)
class WelcomeBack:
    """/start by somebody who is set up."""

    first_name: str


@dataclass(frozen=True, slots=True)
class AskZone:
    """Which time zone? `choices` pairs zone and label where a place was ambiguous."""

    unreadable: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AskTime:
    """Ask for the time of day; `proposed` is one that was read and has to be confirmed, or its half of the day told."""

    reading: Reading | None = None
    proposed: TypedTime | None = None


@dataclass(frozen=True, slots=True)
class AskStaffConsent:
    """May the clinic's staff be told of something urgent? Left out where the clinic has no staff chat."""


@dataclass(frozen=True, slots=True)
class ShowSchedule:
    """The reminder as it now stands, with the next one as a date the person's own phone formats."""

    opening: Opening


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """What can be set: the reminder, and whether exercises come as pictures."""


@dataclass(frozen=True, slots=True)
class AskScreening:
    """One page of the questions before a routine."""

    screening: Screening
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class TellPlan:
    """Why today's session is as it is, before its first exercise; with the way out on a bad day."""

    level: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class TellMinimum:
    """A bad day: only one exercise comes."""


@dataclass(frozen=True, slots=True)
class ReferByPlan:
    """The plan sends the person to the clinic: why, and the clinic's card."""

    referral: Referral


@dataclass(frozen=True, slots=True)
class ShowStep:
    """One exercise, one message, with Done, Pain, Skip and Stop."""

    session: Session


@dataclass(frozen=True, slots=True)
class ShowHowTo:
    """One exercise in all its words; it leaves the open question alone."""

    exercise_id: str


@dataclass(frozen=True, slots=True)
class AskPainRating:
    """Ask how strong the pain is, 0-10."""

    token: Token
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class OfferEasier:
    """Pain 4-5: the easier variant, or leave this exercise."""

    token: Token


@dataclass(frozen=True, slots=True)
class OfferClinic:
    """Pain 6-7: this exercise is over for today; the clinic's card, go on or stop; the second time in a week, book."""

    token: Token
    again: bool = False


@dataclass(frozen=True, slots=True)
class PraiseSession:
    """The end: praise, the day's place in the week, the next reminder, and how the back feels 0-10."""

    token: Token
    is_minimum: bool = False


@dataclass(frozen=True, slots=True)
class AskBackRating:
    """How does the back feel, 0-10? Asked again because the answer was no such number."""

    token: Token


@dataclass(frozen=True, slots=True)
class ThankForRating:
    """The last word of a session; `asks_wish` is its local date where it asks if it was too hard or too easy."""

    rating: int
    asks_wish: date | None = None


@dataclass(frozen=True, slots=True)
class Refer:
    """The referral text for a finding; leaves before any other message; the second time in a week it says book."""

    finding: Finding
    holds: bool
    again: bool = False
    release: Release = Release.SPOKEN


@dataclass(frozen=True, slots=True)
class ShowHold:
    """The programme is held: why nothing starts, and the button that says "I have spoken to someone"."""


@dataclass(frozen=True, slots=True)
class Encourage:
    """Nobody spoken to yet: whom to turn to, once more and kindly."""


@dataclass(frozen=True, slots=True)
class ShowClinic:
    """The clinic's card."""


@dataclass(frozen=True, slots=True)
class ShowProgress:
    """The last ten weeks as a picture, and in words."""


@dataclass(frozen=True, slots=True)
class ShowPreferences:
    """What can be chosen about progress: a streak, a dark picture, the day of the weekly summary."""


@dataclass(frozen=True, slots=True)
class SendReport:
    """Pages for a clinician, as a file."""


@dataclass(frozen=True, slots=True)
class SendExport:
    """Everything stored about this chat, as a file."""


@dataclass(frozen=True, slots=True)
class AskErase:
    """Really erase everything? Asked once; `asked_at` travels in the button."""

    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Say:
    """A plain text."""

    text: Text


@dataclass(frozen=True, slots=True)
class MarkMorning:
    """In the reminder that asked, what was answered takes the place of the question; its other buttons stay."""

    local_date: date
    morning: Morning


@dataclass(frozen=True, slots=True)
class Notify:
    """A passing line at the pressed button."""

    note: Note


Record = (
    OpenSession
    | RecordAnswer
    | CloseSession
    | RecordRating
    | RecordFinding
    | RecordPain
    | RecordMorning
    | RecordWish
    | RecordDayDone
    | NotifyStaff
    | DropStaffCode
    | Reschedule
    | Snooze
    | Erase
)
Message = (
    Greet
    | WelcomeBack
    | AskZone
    | AskTime
    | AskStaffConsent
    | ShowSchedule
    | ShowSettings
    | AskScreening
    | TellPlan
    | TellMinimum
    | ReferByPlan
    | ShowStep
    | ShowHowTo
    | AskPainRating
    | OfferEasier
    | OfferClinic
    | PraiseSession
    | AskBackRating
    | ThankForRating
    | Refer
    | ShowHold
    | Encourage
    | ShowClinic
    | ShowProgress
    | ShowPreferences
    | SendReport
    | SendExport
    | AskErase
    | Say
)
Effect = Record | Message | MarkMorning | Notify
