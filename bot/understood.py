"""What a typed message says, told as plain data: the lines of `lumbar understand`, documented in content/README.md.

Only what was said is told. A time without its half of the day has `"half": "open"`, with `open` listing which times it
is where there are others; `until` holds the end of a pause.
"""

from typing import Any

from bot.domain.replies import Intent
from bot.domain.safety import Flag, Lexicon, Tier, triage
from bot.domain.times import DayPart, Half, When
from bot.domain.understanding import ClockHere, FindPlace, Offset, Place, Question, Said, Words, understand

UNKNOWN = "unknown"

_NO_EVENT = frozenset({Intent.YES, Intent.NO, Intent.SPOKEN, Intent.CLEARED, Intent.THANKS})
_CLOCK = "%H:%M"


def told(question: Question, text: str, words: Words, lexicon: Lexicon, find_place: FindPlace) -> dict[str, Any]:
    """Tell event and value of a text, and the tier where safety would answer it before anything else."""
    said = understand(question, text, words, find_place)
    event, value = _event(said)
    finding = triage(text, lexicon)
    is_rating = question is Question.RATING and said.rating is not None and finding.flag is Flag.SEVERE_PAIN
    safety = {} if finding.tier is Tier.NONE or is_rating else {"safety": finding.tier.label}
    return {"event": event, "value": value, **safety}


def _event(said: Said) -> tuple[str, dict[str, Any]]:
    if said.intent in _NO_EVENT:
        return UNKNOWN, {}
    if said.intent is Intent.BAD_DAY:
        return Intent.START.value, {"minimum": True}
    if said.intent in {Intent.NO_TIME, Intent.ILL}:
        return Intent.SKIP.value, {}
    if said.intent is Intent.HOW_TO:
        return Intent.HELP.value, {}
    if said.intent is not None:
        value: dict[str, Any] = {} if said.rating is None else {"rating": said.rating}
        if said.when is not None:
            until = said.intent is Intent.PAUSE
            value |= {"until": _end(said.when)} if until else _value(said.when)
        return said.intent.value, value
    if said.rating is not None:
        return "pain", {"rating": said.rating}
    if said.when is not None:
        return "time", _value(said.when)
    return (UNKNOWN, {}) if said.place is None else ("zone", _where(said.place))


def _value(when: When) -> dict[str, Any]:
    """Tell what was said about a time."""
    value: dict[str, Any] = {}
    if when.times:
        value["times"] = [f"{typed.time:{_CLOCK}}" for typed in when.times]
        unsaid = [f"{typed.time:{_CLOCK}}" for typed in when.times if typed.half is Half.OPEN]
        if unsaid:
            value["half"] = Half.OPEN.value
        if unsaid and unsaid != value["times"]:
            value["open"] = unsaid
    if when.weekdays:
        value["weekdays"] = sorted(when.weekdays)
    if when.minutes is not None:
        value["minutes"] = when.minutes
    if when.part is not None:
        value["part"] = _part(when.part)
    return value | _day(when)


def _end(when: When) -> dict[str, Any]:
    """Tell the end of a pause; one weekday is the next of its name."""
    first = {"weekday": min(when.weekdays)} if when.weekdays else {}
    return first | {key: value for key, value in _value(when).items() if key != "weekdays"}


def _day(when: When) -> dict[str, Any]:
    if when.date is None:
        return {} if when.days is None else {"days": when.days}
    date = when.date
    if date.year is None:
        return {"month": date.month, "day": date.day}
    return {"date": f"{date.year}-{date.month:02}-{date.day:02}"}


def _part(part: DayPart) -> list[str]:
    return [f"{minutes // 60:02}:00" for minutes in (part.begins, part.ends)]


def _where(place: Place) -> dict[str, Any]:
    match place:
        case ClockHere(times):
            half = {"half": Half.OPEN.value} if len(times) > 1 else {}
            return {"clock": f"{times[0]:{_CLOCK}}", **half}
        case Offset(minutes):
            return {"offset": f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"}
        case ((zone, _label),):
            return {"zone": zone}
        case _:
            return {"candidates": [zone for zone, _ in place]}
