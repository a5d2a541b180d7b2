"""How small things are worded in every message: times, places, doses, the next reminder, a week.

Everything comes back as Telegram HTML or as a plain label, from the texts of one language.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from html import unescape
from zoneinfo import ZoneInfo

from bot.domain.plan import SECONDS_A_MINUTE, Dose
from bot.domain.progress import Progress
from bot.domain.schedule import EVERY_DAY, ReminderTimes, local_date_of
from bot.presentation.i18n import Html
from bot.presentation.view import Texts, View

_KINDS_OF_DAYS = {EVERY_DAY: "every", frozenset(range(1, 6)): "working", frozenset({6, 7}): "weekend"}
_NAMED = {(0, 0): "midnight", (12, 0): "noon"}
_PARTS = ((5, "small-hours"), (12, "morning"), (18, "afternoon"), (21, "evening"), (24, "night"))  # until which hour


def place_of(zone: str) -> str:
    """Name an IANA zone as people do: America/New_York is New York."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def clock_of(local_time: time, texts: Texts) -> str:
    """Write a wall-clock time, as plain text."""
    return texts.plain("clock", hour=f"{local_time.hour:02}", minute=f"{local_time.minute:02}")


def time_of_day(local_time: time, texts: Texts) -> str:
    """Write a wall-clock time with its part of the day, as plain text."""
    if (local_time.hour, local_time.minute) in _NAMED:
        part = _NAMED[local_time.hour, local_time.minute]
    else:
        part = next(part for ends, part in _PARTS if local_time.hour < ends)
    return texts.plain("time-of-day", time=clock_of(local_time, texts), part=part)


def moment_of(instant: datetime, zone: str | None, texts: Texts) -> Html:
    """Write an instant as a date-time entity; phones that cannot format it show the clock in `zone` (UTC if None)."""
    local = instant.astimezone(ZoneInfo(zone) if zone is not None else UTC)
    return texts.html(
        "moment",
        unix=str(int(instant.timestamp())),
        weekday=texts.html("weekday", number=local.isoweekday()),
        day=local.day,
        month=texts.html("month", number=local.month),
        time=clock_of(local.time(), texts),
    )


def date_of(day: date, texts: Texts) -> str:
    """Write a date with its year, as plain text."""
    month = texts.html("month", number=day.month)
    return texts.plain("chart-date", day=day.day, month=month, year=str(day.year))


def wrote_at(view: View) -> Html | None:
    """Say when the message was written that is answered now; None when it did not wait."""
    written_at, zone, texts = view.written_at, view.chat.zone, view.texts
    if written_at is None:
        return None
    local, today = (moment.astimezone(ZoneInfo(zone) if zone is not None else UTC) for moment in (written_at, view.now))
    if local.date() != today.date():
        return texts.html("wrote-on", moment=moment_of(written_at, zone, texts))
    unix, clock = str(int(written_at.timestamp())), clock_of(local.time(), texts)
    return texts.html("wrote-at", moment=texts.html("moment-today", unix=unix, time=clock))


def next_reminder(view: View) -> Html:
    """Say when the next reminder comes, or why none does; a pause whose day has come ends with the next one."""
    chat, zone = view.chat, view.chat.zone or "UTC"
    is_ending = chat.paused_until is not None and chat.paused_until <= local_date_of(view.now, zone)
    if chat.paused_at is not None and chat.hold is None and not (is_ending and view.next_due is not None):
        return paused(chat.paused_until, view.texts)
    if view.next_due is not None:
        return view.texts.html("next-reminder", moment=moment_of(view.next_due, view.chat.zone, view.texts))
    return view.texts.html("next-held" if view.chat.hold is not None else "next-unset")


def paused(until: date | None, texts: Texts) -> Html:
    """Say that the reminders are paused, and until when."""
    return texts.html("next-paused") if until is None else texts.html("next-paused-until", day=named_day(until, texts))


def named_day(day: date, texts: Texts) -> Html:
    """Name a date in full."""
    weekday, month = texts.html("weekday", number=day.isoweekday()), texts.html("month", number=day.month)
    return texts.html("day-named", weekday=weekday, day=day.day, month=month, year=str(day.year))


def day_in_full(day: date, texts: Texts) -> Html:
    """Name a date of these weeks, without its year, within a sentence."""
    weekday, month = texts.html("weekday-long", number=day.isoweekday()), texts.html("month", number=day.month)
    return texts.html("day-in-full", weekday=weekday, day=day.day, month=month)


def daily_time(view: View) -> Html:
    """Say on which days, at which wall-clock times, and by which place's clock reminders come; the chat has them."""
    chat, texts = view.chat, view.texts
    if chat.zone is None or chat.reminder_times is None:
        raise ValueError("the chat has no zone or no reminder times yet")
    return texts.html("daily", times=reminder_times(chat.reminder_times, texts), place=place_of(chat.zone))


def reminder_times(times: ReminderTimes, texts: Texts) -> Html:
    """Say on which days, at which times: "Every day at 7:30"."""
    return texts.html("reminder-times", days=days_of(times.weekdays, texts), times=clocks_of(times, texts))


def plain_times(times: ReminderTimes, texts: Texts) -> str:
    """Say the same as plain text, in short."""
    days = unescape(days_of(times.weekdays, texts))
    return texts.plain("reminder-times-short", days=days, times=clocks_of(times, texts))


def clocks_of(times: ReminderTimes, texts: Texts) -> str:
    """List the wall-clock times, as plain text."""
    return unescape(_listed([clock_of(local_time, texts) for local_time in times.local_times], texts))


def days_of(weekdays: frozenset[int], texts: Texts) -> Html:
    """Name ISO weekdays: "Every day", "Monday to Friday", or one by one."""
    names = _listed([texts.html("weekday", number=number) for number in sorted(weekdays)], texts)
    return texts.html("reminder-days", kind=_KINDS_OF_DAYS.get(weekdays, "some"), days=names)


def _listed(items: Sequence[str], texts: Texts) -> Html:
    """Join words as in a sentence: "7:30, 12:00 and 21:00"."""
    if len(items) == 1:
        return Html(items[0])
    return texts.html("list-and", items=Html(", ".join(items[:-1])), last=items[-1])


def dose_of(dose: Dose, texts: Texts) -> Html:
    """Write a dose as one sentence."""
    if dose.is_timed and dose.hold_seconds is not None:
        return texts.html("dose", times=texts.html("dose-minutes", minutes=dose.hold_seconds // SECONDS_A_MINUTE))
    if dose.sides:
        times = texts.html("dose-times-sides", repetitions=dose.repetitions, each=dose.repetitions // 2)
    else:
        times = texts.html("dose-times", repetitions=dose.repetitions)
    if dose.hold_breaths is not None:
        hold = texts.html("dose-breaths", breaths=dose.hold_breaths)
    elif dose.hold_seconds is not None:
        hold = texts.html("dose-seconds", seconds=dose.hold_seconds)
    else:
        return texts.html("dose", times=times)
    return texts.html("dose-held", times=times, hold=hold)


def week_marks(progress: Progress, texts: Texts) -> Html:
    """Draw this week, Monday to Sunday, one mark a day."""
    return Html("".join(texts.html("mark-done" if done else "mark-open") for done in progress.week))


def week_days(progress: Progress, texts: Texts) -> Html:
    """Name the days of this week that are done."""
    done = (number for number, done in enumerate(progress.week, start=1) if done)
    return Html(", ".join(texts.html("weekday", number=number) for number in done))
