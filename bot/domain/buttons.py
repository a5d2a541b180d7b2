"""Buttons as short strings: what a button will mean once pressed, in the 64 bytes that it carries.

The form is `verb` or `verb:argument:…`; a session's token is its last argument, as `session.step.easier`. Every event
has exactly one spelling, and `decode` takes nothing else: whatever an old version, another bot or a curious client
sends is `ButtonUnknown`, never an error.

Which buttons stand under which message, and their labels, belong to presentation.
"""

from datetime import UTC, date, datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.domain.chat import SUNDAY, ScreeningToken
from bot.domain.events import (
    ButtonUnknown,
    ConsentGiven,
    DaySkipped,
    DayToldDone,
    EasierChosen,
    EraseConfirmed,
    EraseDeclined,
    FollowUpChosen,
    HoldReleased,
    HowToAsked,
    LanguageChosen,
    Later,
    LaterAsked,
    MorningTold,
    NextChosen,
    NotYetSpoken,
    Outcome,
    PauseAsked,
    PicturesChosen,
    Preference,
    PreferenceChosen,
    PreferencesAsked,
    Rated,
    Rhythm,
    RhythmChosen,
    RoutineStarted,
    ScreeningAnswered,
    Snoozed,
    StaffCodeRenewed,
    StaffConsentAnswered,
    StepAnswered,
    TimesNamed,
    Token,
    WeeklyChosen,
    WishTold,
    ZoneNamed,
)
from bot.domain.following import FOLLOW_UP_MINUTES
from bot.domain.levels import Morning, Wish
from bot.domain.missing import Reason, ReasonTold
from bot.domain.pausing import LONGEST_PAUSE_DAYS
from bot.domain.schedule import read_reminder_times
from bot.domain.times import When

MOST_BYTES = 64
HIGHEST_RATING = 10
LONGEST_SNOOZE_MINUTES = 24 * 60
LONGEST_LANGUAGE_CODE = 16

_JUST_RIGHT = "right"
_NONE = "none"  # of the questions on a page

ButtonEvent = (
    ConsentGiven
    | ZoneNamed
    | TimesNamed
    | RoutineStarted
    | Snoozed
    | DaySkipped
    | LaterAsked
    | PauseAsked
    | FollowUpChosen
    | RhythmChosen
    | MorningTold
    | WishTold
    | ReasonTold
    | StepAnswered
    | Rated
    | EasierChosen
    | NextChosen
    | HowToAsked
    | ScreeningAnswered
    | HoldReleased
    | NotYetSpoken
    | StaffConsentAnswered
    | StaffCodeRenewed
    | PicturesChosen
    | LanguageChosen
    | DayToldDone
    | PreferencesAsked
    | PreferenceChosen
    | WeeklyChosen
    | EraseConfirmed
    | EraseDeclined
)


def encode(event: ButtonEvent) -> str:  # noqa: C901, PLR0911, PLR0912 - one line per event
    """Spell the event a button stands for; times of day to the minute, instants to the second."""
    match event:
        case ConsentGiven():
            return "consent"
        case ZoneNamed(zone):
            return f"zone:{zone}"
        case TimesNamed(times):
            return f"times:{times.spelled()}"
        case RoutineStarted(minimum):
            return "badday" if minimum else "start"
        case Snoozed(minutes, local_date):
            return _spell("snooze", str(minutes), *_day(local_date))
        case DaySkipped(local_date):
            return _spell("skip", *_day(local_date))
        case LaterAsked(asked, local_date):
            return _spell("later", asked, *_day(local_date))
        case PauseAsked(when):
            return f"pause:{when.days}"
        case FollowUpChosen(minutes):
            return f"again:{minutes or 0}"
        case RhythmChosen(rhythm, local_date):
            return _spell("rhythm", rhythm, *_day(local_date))
        case MorningTold(morning, local_date):
            return _spell("morning", morning, *_day(local_date))
        case WishTold(wish, local_date):
            return _spell("wish", wish or _JUST_RIGHT, *_day(local_date))
        case ReasonTold(reason):
            return _spell("why", reason)
        case StepAnswered(outcome, token):
            return _spell("step", outcome, *_mark(token))
        case Rated(rating, token):
            return _spell("rate", str(rating), *_mark(token))
        case EasierChosen(token):
            return _spell("easier", *_mark(token))
        case NextChosen(token):
            return _spell("next", *_mark(token))
        case HowToAsked(token):
            return _spell("howto", *_mark(token))
        case ScreeningAnswered(answer, token):
            return _spell(
                "screen",
                _NONE if answer is None else str(answer),
                *(() if token is None else (f"{token.begun}.{token.page}",)),
            )
        case HoldReleased(cleared):
            return "cleared" if cleared else "spoken"
        case NotYetSpoken():
            return "notyet"
        case StaffConsentAnswered(agrees):
            return f"staff:{int(agrees)}"
        case StaffCodeRenewed():
            return "newcode"
        case PicturesChosen(wanted):
            return f"pictures:{int(wanted)}"
        case LanguageChosen(code):
            return f"language:{code}"
        case DayToldDone(local_date):
            return _spell("did", *_day(local_date))
        case PreferencesAsked():
            return "preferences"
        case PreferenceChosen(preference, wanted):
            return f"prefer:{preference}:{int(wanted)}"
        case WeeklyChosen(weekday):
            return f"weekly:{weekday or 0}"
        case EraseConfirmed(asked_at):
            return f"erase:{int(asked_at.timestamp())}"
        case EraseDeclined():
            return "keep"
    assert_never(event)


def decode(data: str) -> ButtonEvent | ButtonUnknown:
    """Read what a pressed button carries; anything that `encode` does not write is ButtonUnknown."""
    try:
        if len(data.encode()) > MOST_BYTES:
            return ButtonUnknown()
        event = _read(data.split(":"))
        if event is not None and encode(event) == data:
            return event
    except (ValueError, OverflowError, KeyError, OSError):
        # ValueError: a number, date, time or character that is none. KeyError, OSError: ZoneInfo knows no such zone.
        return ButtonUnknown()
    return ButtonUnknown()


def _spell(*parts: str) -> str:
    return ":".join(parts)


def _day(local_date: date | None) -> tuple[str, ...]:
    return () if local_date is None else (local_date.isoformat(),)


def _mark(token: Token | None) -> tuple[str, ...]:
    return () if token is None else (f"{token.session}.{token.step}.{int(token.easier)}",)


def _read(parts: list[str]) -> ButtonEvent | None:  # noqa: C901, PLR0911, PLR0912 - one line per event
    match parts:
        case ["consent"]:
            return ConsentGiven()
        case ["zone", name]:
            return ZoneNamed(ZoneInfo(name).key)
        case ["times", *spelled]:
            return TimesNamed(read_reminder_times(":".join(spelled)))
        case ["start" | "badday" as word]:
            return RoutineStarted(minimum=word == "badday")
        case ["snooze", minutes, *day] if 0 < int(minutes) <= LONGEST_SNOOZE_MINUTES:
            return Snoozed(int(minutes), _read_day(day))
        case ["skip", *day]:
            return DaySkipped(_read_day(day))
        case ["later", asked, day]:
            return LaterAsked(Later(asked), date.fromisoformat(day))
        case ["pause", days] if 0 < int(days) <= LONGEST_PAUSE_DAYS:
            return PauseAsked(When(days=int(days), until=True))
        case ["again", minutes] if int(minutes) in {0, *FOLLOW_UP_MINUTES}:
            return FollowUpChosen(int(minutes) or None)
        case ["rhythm", rhythm, day]:
            return RhythmChosen(Rhythm(rhythm), date.fromisoformat(day))
        case ["morning", morning, *day]:
            return MorningTold(Morning(morning), _read_day(day))
        case ["wish", wish, *day]:
            return WishTold(None if wish == _JUST_RIGHT else Wish(wish), _read_day(day))
        case ["why", reason]:
            return ReasonTold(Reason(reason))
        case ["step", outcome, *mark]:
            return StepAnswered(Outcome(outcome), _read_mark(mark))
        case ["rate", rating, *mark] if 0 <= int(rating) <= HIGHEST_RATING:
            return Rated(int(rating), _read_mark(mark))
        case ["easier", *mark]:
            return EasierChosen(_read_mark(mark))
        case ["next", *mark]:
            return NextChosen(_read_mark(mark))
        case ["howto", *mark]:
            return HowToAsked(_read_mark(mark))
        case ["screen", answer, *mark]:
            return ScreeningAnswered(_read_answer(answer), _read_screening_mark(mark))
        case ["spoken" | "cleared" as word]:
            return HoldReleased(cleared=word == "cleared")
        case ["notyet"]:
            return NotYetSpoken()
        case ["staff", "0" | "1" as agrees]:
            return StaffConsentAnswered(agrees == "1")
        case ["newcode"]:
            return StaffCodeRenewed()
        case ["pictures", "0" | "1" as wanted]:
            return PicturesChosen(wanted == "1")
        case ["language", code] if 0 < len(code) <= LONGEST_LANGUAGE_CODE:
            return LanguageChosen(code)
        case ["did", *day]:
            return DayToldDone(_read_day(day))
        case ["preferences"]:
            return PreferencesAsked()
        case ["prefer", preference, "0" | "1" as wanted]:
            return PreferenceChosen(Preference(preference), wanted == "1")
        case ["weekly", weekday] if 0 <= int(weekday) <= SUNDAY:
            return WeeklyChosen(int(weekday) or None)
        case ["erase", seconds]:
            return EraseConfirmed(datetime.fromtimestamp(int(seconds), UTC))
        case ["keep"]:
            return EraseDeclined()
    return None


def _read_day(parts: list[str]) -> date | None:
    return date.fromisoformat(parts[0]) if parts else None


def _read_answer(part: str) -> int | None:
    if part == _NONE:
        return None
    if not 0 <= int(part) <= HIGHEST_RATING:
        raise ValueError(part)
    return int(part)


def _read_screening_mark(parts: list[str]) -> ScreeningToken | None:
    if not parts:
        return None
    begun, page = (int(part) for part in parts[0].split("."))
    return ScreeningToken(begun, page)


def _read_mark(parts: list[str]) -> Token | None:
    if not parts:
        return None
    session, step, easier = (int(part) for part in parts[0].split("."))
    if session < 0 or step < 0 or easier not in {0, 1}:
        raise ValueError(parts[0])
    return Token(session=session, step=step, easier=easier == 1)
