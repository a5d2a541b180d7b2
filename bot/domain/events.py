"""What can happen in a chat, as values.

Updates are read into these events at the edge (`interpretation` for typed text, `buttons` for presses); nothing here
knows Telegram. An event that came from a button of a session carries its `Token`; the same answer typed carries none
and means the present step.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.chat import ScreeningToken
from bot.domain.hindsight import DayCorrected as DayCorrected
from bot.domain.levels import Morning, Wish
from bot.domain.missing import ReasonTold
from bot.domain.named import Command as Command
from bot.domain.named import Media as Media
from bot.domain.named import Outcome as Outcome
from bot.domain.named import Preference as Preference
from bot.domain.named import Token as Token
from bot.domain.reminder_events import FollowUpChosen as FollowUpChosen
from bot.domain.reminder_events import Later as Later
from bot.domain.reminder_events import LaterAsked as LaterAsked
from bot.domain.reminder_events import PauseAsked as PauseAsked
from bot.domain.reminder_events import PauseEnded as PauseEnded
from bot.domain.reminder_events import Rhythm as Rhythm
from bot.domain.reminder_events import RhythmChosen as RhythmChosen
from bot.domain.safety import Finding
from bot.domain.schedule import ReminderTimes
from bot.domain.times import TypedTime, When


@dataclass(frozen=True, slots=True)
class Invited:
    """What the link of an invitation brings along: the clinic's choices, None where it left one open."""

    code: str
    language: str | None = None
    local_time: time | None = None
    programme: str | None = None


@dataclass(frozen=True, slots=True)
class Greeted:
    """/start; `link_is_over`: by the link of an invitation that opens nothing any more."""

    first_name: str
    invited: Invited | None = None
    link_is_over: bool = False


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """The consent button."""


@dataclass(frozen=True, slots=True)
class ZoneNamed:
    """A time zone was chosen, typed or found from a shared location; `zone` is an IANA name that exists."""

    zone: str


@dataclass(frozen=True, slots=True)
class ZoneAmbiguous:
    """A typed place lies in several zones; `choices` pairs zone and label, likeliest first."""

    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ZoneUnreadable:
    """The answer to the zone question names no place we know."""


@dataclass(frozen=True, slots=True)
class TimesNamed:
    """Reminder times and weekdays, to be kept as they are."""

    times: ReminderTimes


@dataclass(frozen=True, slots=True)
class ZoneSet:
    """A zone chosen on the page of settings, whichever question is open; as in `ZoneNamed`."""

    zone: str


@dataclass(frozen=True, slots=True)
class TimesSet:
    """Reminder times chosen on the page of settings, whichever question is open."""

    times: ReminderTimes


@dataclass(frozen=True, slots=True)
class TimeProposed:
    """Reminder times or weekdays in words; shown as they were read before they count."""

    when: When


@dataclass(frozen=True, slots=True)
class RemindedOnce:
    """Remind me once more at a wall-clock time, in so many days; without them, the next time the clock shows it."""

    typed: TypedTime
    days: int | None = None


@dataclass(frozen=True, slots=True)
class TimeUnreadable:
    """The answer to the time question is no time of day."""


@dataclass(frozen=True, slots=True)
class CommandGiven:
    """A slash command."""

    command: Command


@dataclass(frozen=True, slots=True)
class RoutineStarted:
    """Start: the button of a reminder or the typed word; `minimum`: only the one exercise of a bad day."""

    minimum: bool = False


@dataclass(frozen=True, slots=True)
class Snoozed:
    """Remind me again in `minutes`; `local_date` is the reminder's day when a button said it."""

    minutes: int
    local_date: date | None = None


@dataclass(frozen=True, slots=True)
class DaySkipped:
    """No routine today; `local_date` is the reminder's day when a button said it."""

    local_date: date | None = None


@dataclass(frozen=True, slots=True)
class MorningTold:
    """How the back is on `local_date`, the reminder's day, compared with the day before; typed it is today's."""

    morning: Morning
    local_date: date | None = None


@dataclass(frozen=True, slots=True)
class WishTold:
    """Too hard, too easy, or just right (None); `local_date` is the session's day when a button said it."""

    wish: Wish | None
    local_date: date | None = None


@dataclass(frozen=True, slots=True)
class MinorTold:
    """The person says that they are younger than 16."""


@dataclass(frozen=True, slots=True)
class Thanked:
    """The person says thank you, and nothing else."""


@dataclass(frozen=True, slots=True)
class StepAnswered:
    """Done, Pain, Skip or Stop under an exercise."""

    outcome: Outcome
    token: Token | None = None


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating 0-10: pain after an exercise, or how the back feels at the end."""

    rating: int
    token: Token | None = None


@dataclass(frozen=True, slots=True)
class RatingUnreadable:
    """The answer to a 0-10 question is no number from 0 to 10."""


@dataclass(frozen=True, slots=True)
class EasierChosen:
    """Try the easier variant of this exercise."""

    token: Token | None = None


@dataclass(frozen=True, slots=True)
class HowToAsked:
    """Show how an exercise of the running session is done, in full; it answers nothing."""

    token: Token | None = None


@dataclass(frozen=True, slots=True)
class NextChosen:
    """Leave this exercise and go on with the next one."""

    token: Token | None = None


@dataclass(frozen=True, slots=True)
class SafetyRaised:
    """A message mentions an injury, severe pain or a red flag."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class ScreeningAnswered:
    """An answer to the screening: the number of what is true on a page, from 1; a rating, 0-10; None: none of it."""

    answer: int | None
    token: ScreeningToken | None = None


@dataclass(frozen=True, slots=True)
class ScreeningUnreadable:
    """The answer to the screening is neither a number nor "none of these"."""


@dataclass(frozen=True, slots=True)
class HoldReleased:
    """The person says they have spoken to someone; `cleared`: and that a clinician has cleared them to exercise."""

    cleared: bool = False


@dataclass(frozen=True, slots=True)
class NotYetSpoken:
    """Asked whether they have spoken to someone, the person says not yet."""


@dataclass(frozen=True, slots=True)
class StaffConsentAnswered:
    """Whether the clinic's staff may be told of an urgent finding."""

    agrees: bool


@dataclass(frozen=True, slots=True)
class StaffCodeRenewed:
    """Another code by which the clinic's staff may find the person; the old one is of no use any more."""


@dataclass(frozen=True, slots=True)
class PicturesChosen:
    """Whether exercises come as moving pictures; `wanted` is False for text only, on a slow connection."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """Another language is wanted, or the same once more; `code` is one that the content has."""

    code: str


@dataclass(frozen=True, slots=True)
class DayToldDone:
    """The person did the routine on `local_date` without the bot; typed it is the present day's."""

    local_date: date | None = None


@dataclass(frozen=True, slots=True)
class PreferencesAsked:
    """Show what can be chosen about progress."""


@dataclass(frozen=True, slots=True)
class PreferenceChosen:
    """Something about progress is wanted or no longer."""

    preference: Preference
    wanted: bool


@dataclass(frozen=True, slots=True)
class WeeklyChosen:
    """The weekly summary comes on an ISO weekday (Monday is 1), or never."""

    weekday: int | None


@dataclass(frozen=True, slots=True)
class EraseConfirmed:
    """The erase button; `asked_at` (UTC) is when it was shown."""

    asked_at: datetime


@dataclass(frozen=True, slots=True)
class EraseDeclined:
    """Keep my data."""


@dataclass(frozen=True, slots=True)
class MediaReceived:
    """A sticker, voice note, picture or other message without words."""

    media: Media


@dataclass(frozen=True, slots=True)
class TextUnknown:
    """Words we cannot place in the present state: a slash command we do not know, or a message changed afterwards."""

    is_command: bool = False
    is_edit: bool = False


@dataclass(frozen=True, slots=True)
class ButtonUnknown:
    """A button whose data no longer means anything."""


Event = (
    Greeted
    | ConsentGiven
    | ZoneNamed
    | ZoneAmbiguous
    | ZoneUnreadable
    | TimesNamed
    | ZoneSet
    | TimesSet
    | TimeProposed
    | RemindedOnce
    | TimeUnreadable
    | CommandGiven
    | RoutineStarted
    | Snoozed
    | DaySkipped
    | LaterAsked
    | PauseAsked
    | PauseEnded
    | FollowUpChosen
    | RhythmChosen
    | MorningTold
    | WishTold
    | MinorTold
    | Thanked
    | ReasonTold
    | StepAnswered
    | Rated
    | RatingUnreadable
    | EasierChosen
    | NextChosen
    | HowToAsked
    | ScreeningAnswered
    | ScreeningUnreadable
    | SafetyRaised
    | HoldReleased
    | NotYetSpoken
    | StaffConsentAnswered
    | StaffCodeRenewed
    | PicturesChosen
    | LanguageChosen
    | DayToldDone
    | DayCorrected
    | PreferencesAsked
    | PreferenceChosen
    | WeeklyChosen
    | EraseConfirmed
    | EraseDeclined
    | MediaReceived
    | TextUnknown
    | ButtonUnknown
)
