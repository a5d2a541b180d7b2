"""What a transition asks the shell to do, as values.

Two kinds: records (rows to write) and messages (texts to render and queue); a pressed button may also get a passing
line, or another keyboard. The shell performs the records first, then renders the messages in their order; a referral
outranks every other message. The records stand in `records`, and are effects like the rest.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.chat import Screening, Session
from bot.domain.events import Token
from bot.domain.hindsight import NOT_RATED, Ratings
from bot.domain.keys import Opening, Text
from bot.domain.levels import Referral, Standing
from bot.domain.missing import Smaller
from bot.domain.pressed import MarkMorning as MarkMorning
from bot.domain.pressed import Notify as Notify
from bot.domain.pressed import ShowReminderButtons as ShowReminderButtons
from bot.domain.proposals import ProposedTimes
from bot.domain.records import CloseSession as CloseSession
from bot.domain.records import DropExtras as DropExtras
from bot.domain.records import DropStaffCode as DropStaffCode
from bot.domain.records import Erase as Erase
from bot.domain.records import NotifyStaff as NotifyStaff
from bot.domain.records import OpenSession as OpenSession
from bot.domain.records import Record as Record
from bot.domain.records import RecordAnswer as RecordAnswer
from bot.domain.records import RecordCorrection as RecordCorrection
from bot.domain.records import RecordDayDone as RecordDayDone
from bot.domain.records import RecordFinding as RecordFinding
from bot.domain.records import RecordMorning as RecordMorning
from bot.domain.records import RecordPain as RecordPain
from bot.domain.records import RecordRating as RecordRating
from bot.domain.records import RecordWish as RecordWish
from bot.domain.records import ReopenSession as ReopenSession
from bot.domain.records import Reschedule as Reschedule
from bot.domain.records import SessionStatus as SessionStatus
from bot.domain.records import Snooze as Snooze
from bot.domain.safety import Finding
from bot.domain.schedule import ReminderTimes
from bot.domain.screening import Release


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
    """Ask when to remind; what was `proposed` has to be confirmed, or its half of the day told."""

    unreadable: bool = False
    proposed: ProposedTimes | None = None


@dataclass(frozen=True, slots=True)
class AskMoved:
    """In a new zone: keep the reminders' wall-clock times, as is done already, or take `moved`, the same moments."""

    moved: ReminderTimes


@dataclass(frozen=True, slots=True)
class AskStaffConsent:
    """May the clinic's staff be told of something urgent? Left out where the clinic has no staff chat."""


@dataclass(frozen=True, slots=True)
class ShowSchedule:
    """The reminder as it now stands, with the next one as a date the person's own phone formats."""

    opening: Opening


@dataclass(frozen=True, slots=True)
class ShowPause:
    """The reminders are paused: until when, or with the choice of an end."""


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
    """The end: praise, the day's place in the week, the next reminder, and how the back feels 0-10.

    `was_typed`: the last answer was a typed "done", which may get a reaction.
    """

    token: Token
    is_minimum: bool = False
    was_typed: bool = False


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
class AskDayRating:
    """Ask how strong the pain is on a day without routine, 0-10."""

    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class OfferSmaller:
    """Less than the routine is fine today: one minute, another hour, or rest."""

    kind: Smaller


@dataclass(frozen=True, slots=True)
class OfferRest:
    """Ill: the routine waits, and what belongs to a clinician today."""


@dataclass(frozen=True, slots=True)
class AcceptThanks:
    """You are welcome; `reacts`: nothing grave was said lately, so a reaction is in place."""

    reacts: bool


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
class TellCorrected:
    """What counts of a day from now on: that it was done or not, or else its pain.

    `stays_careful`: a flare of that day goes on weighing in the plan, although its rating was lowered.
    """

    local_date: date
    done: bool | None = None
    ratings: Ratings = NOT_RATED
    stays_careful: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """A plain text."""

    text: Text


Message = (
    Greet
    | WelcomeBack
    | AskZone
    | AskTime
    | AskMoved
    | AskStaffConsent
    | ShowSchedule
    | ShowPause
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
    | AskDayRating
    | OfferSmaller
    | OfferRest
    | AcceptThanks
    | Refer
    | ShowHold
    | Encourage
    | ShowClinic
    | ShowProgress
    | ShowPreferences
    | SendReport
    | SendExport
    | AskErase
    | TellCorrected
    | Say
)
Effect = Record | Message | MarkMorning | ShowReminderButtons | Notify
