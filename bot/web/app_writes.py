"""What can be chosen in the Mini App: each choice with the form of its JSON and the event it is read into.

The forms are JSON Schema, and stand in the OpenAPI document as they stand here. `read` takes exactly what a form
describes, so that document and API cannot come apart; which event follows, the conversation decides like any other.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import available_timezones

from bot.domain.events import (
    Command,
    CommandGiven,
    DayCorrected,
    EraseConfirmed,
    Event,
    FollowUpChosen,
    LanguageChosen,
    PauseAsked,
    PicturesChosen,
    Preference,
    PreferenceChosen,
    RoutineStarted,
    StaffConsentAnswered,
    TimesSet,
    WeeklyChosen,
    ZoneSet,
)
from bot.domain.following import FOLLOW_UP_MINUTES
from bot.domain.hindsight import Ratings
from bot.domain.schedule import MOST_TIMES, ReminderTimes
from bot.domain.times import CalendarDay, When

Schema = dict[str, Any]
Body = Mapping[str, Any]

ZONES = tuple(sorted(available_timezones()))

_FLAG: Schema = {"type": "boolean"}
_WEEKDAY: Schema = {"type": ["integer", "null"], "minimum": 1, "maximum": 7}
_TIME_FORM = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
_TIMES: Schema = {
    "type": "array",
    "items": {"type": "string", "pattern": _TIME_FORM},
    "minItems": 1,
    "maxItems": MOST_TIMES,
    "uniqueItems": True,
}
_WEEKDAYS: Schema = {
    "type": "array",
    "items": {"type": "integer", "minimum": 1, "maximum": 7},
    "minItems": 1,
    "maxItems": 7,
    "uniqueItems": True,
}
_DATE: Schema = {"type": "string", "format": "date"}
_RATING: Schema = {"type": ["integer", "null"], "minimum": 0, "maximum": 10}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen: what it does, the form of its fields, all needed, and the event they make."""

    about: str
    fields: Mapping[str, Schema]
    event: Callable[[Body, datetime], Event]

    @property
    def schema(self) -> Schema:
        """The form of the whole body."""
        return {
            "type": "object",
            "properties": dict(self.fields),
            "required": sorted(self.fields),
            "additionalProperties": False,
        }

    def read(self, body: object, now: datetime) -> Event | None:
        """Read a body into its event at `now` (UTC); None if it does not have the form."""
        if not isinstance(body, dict) or body.keys() != self.fields.keys():
            return None
        if not all(_fits(body[name], schema) for name, schema in self.fields.items()):
            return None
        return self.event(body, now)


_CHOICES: Mapping[str, Choice] = {
    "start": Choice(
        "Start today's routine in the chat, or go on with the one that is running; `minimum`: a bad day's one exercise",
        {"minimum": _FLAG},
        lambda body, _: RoutineStarted(minimum=body["minimum"]),
    ),
    "day": Choice(
        "Whether a day of the last fourteen was done, as the person says afterwards; any other day changes nothing",
        {"date": _DATE, "done": _FLAG},
        lambda body, _: DayCorrected(date.fromisoformat(body["date"]), done=body["done"]),
    ),
    "pain": Choice(
        "Other pain ratings of a past day of the last fourteen, where some were given; null: as it was",
        {"date": _DATE, "before": _RATING, "during": _RATING, "after": _RATING},
        lambda body, _: DayCorrected(date.fromisoformat(body["date"]), ratings=_ratings(body)),
    ),
    "reminder": Choice(
        "When to be reminded: wall-clock times, and ISO weekdays",
        {"times": _TIMES, "weekdays": _WEEKDAYS},
        lambda body, _: TimesSet(_reminder_times(body)),
    ),
    "zone": Choice(
        "The IANA time zone whose clock reminders follow",
        {"zone": {"enum": list(ZONES)}},
        lambda body, _: ZoneSet(body["zone"]),
    ),
    "pictures": Choice(
        "Whether exercises come as moving pictures in the chat",
        {"wanted": _FLAG},
        lambda body, _: PicturesChosen(body["wanted"]),
    ),
    "streak": Choice(
        "Whether days in a row are counted",
        {"wanted": _FLAG},
        lambda body, _: PreferenceChosen(Preference.STREAK, body["wanted"]),
    ),
    "dark-pictures": Choice(
        "Whether pictures of progress in the chat are light on dark",
        {"wanted": _FLAG},
        lambda body, _: PreferenceChosen(Preference.DARK, body["wanted"]),
    ),
    "weekly": Choice(
        "On which ISO weekday the weekly summary comes; null: never",
        {"weekday": _WEEKDAY},
        lambda body, _: WeeklyChosen(None if body["weekday"] is None else int(body["weekday"])),
    ),
    "pause-until": Choice(
        "Pause until a local date, the first with reminders again; one beyond a year changes nothing",
        {"date": _DATE},
        lambda body, _: PauseAsked(_until(date.fromisoformat(body["date"]))),
    ),
    "follow-up": Choice(
        "After how many minutes to ask once more on a day that was not begun; null: never",
        {"minutes": {"enum": [*FOLLOW_UP_MINUTES, None]}},
        lambda body, _: FollowUpChosen(None if body["minutes"] is None else int(body["minutes"])),
    ),
    "pause": Choice(
        "Whether reminders are paused",
        {"paused": _FLAG},
        lambda body, _: CommandGiven(Command.PAUSE if body["paused"] else Command.RESUME),
    ),
    "staff": Choice(
        "Whether the clinic's staff may be told of something urgent",
        {"agrees": _FLAG},
        lambda body, _: StaffConsentAnswered(agrees=body["agrees"]),
    ),
    "export": Choice(
        "Send everything stored, as a file, into the chat", {}, lambda _, __: CommandGiven(Command.EXPORT)
    ),
    "erase": Choice(
        "Erase everything stored; the page has asked twice before it says so",
        {"everything": {"const": True}},
        lambda _, now: EraseConfirmed(now),
    ),
}


def choices_in(languages: Collection[str]) -> Mapping[str, Choice]:
    """Return everything that can be chosen, by its address below /app/api, where the bot speaks these languages."""
    language = Choice(
        "The language that bot and page speak",
        {"language": {"enum": sorted(languages)}},
        lambda body, _: LanguageChosen(body["language"]),
    )
    return {**_CHOICES, "language": language}


def _until(day: date) -> When:
    return When(date=CalendarDay(day.month, day.day, day.year), until=True)


def _ratings(body: Body) -> Ratings:
    given = (body["before"], body["during"], body["after"])
    return Ratings(*(None if one is None else int(one) for one in given))


def _reminder_times(body: Body) -> ReminderTimes:
    return ReminderTimes(
        tuple(sorted(time.fromisoformat(one) for one in body["times"])), frozenset(int(day) for day in body["weekdays"])
    )


def _fits(value: object, schema: Schema) -> bool:
    """Whether a value has the form; of JSON Schema only what the forms above use is known."""
    match schema:
        case {"const": wanted}:
            return value is wanted
        case {"enum": allowed}:
            return not isinstance(value, bool | list | dict) and value in allowed
        case {"type": "boolean"}:
            return isinstance(value, bool)
        case {"type": ["integer", "null"], "minimum": least, "maximum": most}:
            return value is None or _is_whole(value, least, most)
        case {"type": "integer", "minimum": least, "maximum": most}:
            return _is_whole(value, least, most)
        case {"type": "string", "format": "date"}:
            return isinstance(value, str) and _is_date(value)
        case {"type": "string", "pattern": form}:
            return isinstance(value, str) and re.search(form, value) is not None and "\n" not in value
        case {"type": "array", "items": form, "minItems": least, "maxItems": most}:
            return isinstance(value, list) and least <= len(value) <= most and _are_different(value, form)
    raise AssertionError(f"no rule for {schema}")


def _is_whole(value: object, least: int, most: int) -> bool:
    """Whether it is an integer within bounds; as in JSON Schema 3.0 is one, and true is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return least <= value <= most and value == int(value)


def _are_different(values: list[object], form: Schema) -> bool:
    return all(_fits(value, form) for value in values) and len(set(values)) == len(values)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
