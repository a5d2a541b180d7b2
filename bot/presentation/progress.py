"""Progress as a person sees it: the picture with its words, what can be chosen about it, and the weekly summary.

The picture is only described here, as labels and numbers (`bot.presentation.charts` draws it from them when it is
sent). Its caption says the same in words, for those who cannot see it, and is all there is where nothing can be drawn.
"""

from datetime import date
from typing import Any

from bot.domain.chat import SUNDAY, Chat
from bot.domain.effects import TellCorrected
from bot.domain.events import (
    DayToldDone,
    Preference,
    PreferenceChosen,
    PreferencesAsked,
    RoutineStarted,
    WeeklyChosen,
)
from bot.domain.journal import WEEKS_SHOWN, Mark, Overview
from bot.domain.progress import Progress
from bot.domain.weekly import Suggestion, Summary, Week
from bot.presentation.i18n import Html
from bot.presentation.missing import why_rows
from bot.presentation.outgoing import SUCCESS, Button, Keyboard, Outgoing, Priority, message, open_app, press
from bot.presentation.reasons import level_name
from bot.presentation.view import Texts, View
from bot.presentation.wording import date_of, day_in_full, week_days

PICTURE_NAME = "progress.png"
_DAYS_IN_WEEK = 7
_DAYS_IN_A_ROW_OF_BUTTONS = 4


def progress(view: View) -> Outgoing:
    """Show the last ten weeks; before the first day that was done there is nothing to draw."""
    overview, texts = view.overview, view.texts
    if view.progress is None or overview is None:
        raise ValueError("ShowProgress needs view.progress and view.overview")
    keyboard = _progress_rows(overview, texts)
    if view.progress.total_days == 0:
        return message(texts.html("progress-none"), keyboard)
    words = in_words(view.progress, overview, view.chat, texts)
    drawing = {"kind": "progress", "name": PICTURE_NAME, "data": chart_of(overview, view.chat, texts), "words": words}
    payload: dict[str, Any] = {"photo": {"$drawing": drawing}, "caption": words, "parse_mode": "HTML"}
    return Outgoing("sendPhoto", {**payload, "reply_markup": {"inline_keyboard": keyboard}})


def in_words(done: Progress, overview: Overview, chat: Chat, texts: Texts) -> str:
    """Say what the picture shows, at most 1,024 characters."""
    if done.days_this_week:
        week = texts.html("progress-week", count=done.days_this_week, days=week_days(done, texts))
    else:
        week = texts.html("progress-week-none")
    lines = [texts.html("progress", week=week, total=texts.html("progress-total", count=done.total_days))]
    if any(done.earlier_weeks):
        last, second, third = done.earlier_weeks
        lines.append(texts.html("progress-earlier", last=last, second=second, third=third))
    lines.append(texts.html("progress-score", score=overview.points))
    if chat.wants_streak:
        streak = overview.streak
        lines.append(texts.html("progress-streak", days=streak.days, freezes=streak.freezes_left))
    if overview.level is not None:
        lines.append(texts.html("progress-level", level=level_name(overview.level, texts)))
    if overview.minutes:
        lines.append(texts.html("progress-minutes", minutes=overview.minutes))
    if done.ratings:
        ratings = ", ".join(str(rating) for rating in done.ratings)
        lines.append(texts.html("progress-ratings", ratings=ratings))
    return str(Html("\n".join(lines)))


def corrected(told: TellCorrected, texts: Texts) -> Outgoing:
    """Say what counts of a day from now on."""
    day = day_in_full(told.local_date, texts)
    if told.done is not None:
        return message(texts.html("day-corrected-done" if told.done else "day-corrected-not-done", day=day))
    given = {"before": told.ratings.before, "during": told.ratings.during, "after": told.ratings.after}
    parts = [texts.html(f"rating-{when}", rating=one) for when, one in given.items() if one is not None]
    lines = [texts.html("day-corrected-pain", day=day, ratings=Html(", ".join(parts)))]
    if told.stays_careful:
        lines.append(texts.html("day-corrected-careful"))
    return message(Html("\n\n".join(lines)))


def chart_of(overview: Overview, chat: Chat, texts: Texts) -> dict[str, Any]:
    """Return the fields of `charts.ProgressChart` as JSON data."""
    days, first = overview.days, overview.days[0].on
    level = texts.plain("chart-level-unknown") if overview.level is None else str(level_name(overview.level, texts))
    counted = (
        (str(overview.streak.days), "chart-streak") if chat.wants_streak else (str(overview.days_done), "chart-days")
    )
    tiles = (
        (texts.plain("chart-percent", score=overview.points), "chart-score"),
        (level, "chart-level"),
        (str(overview.minutes), "chart-minutes"),
        counted,
    )
    marks = (Mark.DONE, Mark.MISSED, Mark.FROZEN)
    return {
        "title": texts.plain("chart-title"),
        "subtitle": texts.plain("chart-dates", first=date_of(first, texts), last=date_of(overview.today, texts)),
        "tiles": [(value, texts.plain(label)) for value, label in tiles],
        "weekdays": [texts.plain("weekday", number=number) for number in range(1, _DAYS_IN_WEEK + 1)],
        "weeks": [_week(days[week * _DAYS_IN_WEEK].on, texts) for week in range(WEEKS_SHOWN)],
        "days": [(day.mark.value, day.minutes) for day in days],
        "today": (overview.today - first).days,
        "legend": [(mark.value, texts.plain(f"chart-{mark}")) for mark in marks],
        "pain_title": texts.plain("chart-pain"),
        "before": texts.plain("chart-before"),
        "during": texts.plain("chart-during"),
        "after": texts.plain("chart-after"),
        "pain": [((point.on - first).days, point.before, point.during, point.after) for point in overview.pain],
        "no_pain": texts.plain("chart-no-pain"),
        "is_dark": chat.wants_dark,
    }


def preferences(view: View) -> Outgoing:
    """Show what can be chosen about progress, each with the button that changes it."""
    chat, texts = view.chat, view.texts
    day = chat.weekly_day
    weekly = texts.html("preferences-weekly-off") if day is None else texts.html("preferences-weekly", weekday=day)
    text = texts.html(
        "preferences",
        streak=texts.html("preferences-streak" if chat.wants_streak else "preferences-streak-off"),
        look=texts.html("preferences-dark" if chat.wants_dark else "preferences-light"),
        weekly=weekly,
    )
    rows = [
        _toggle(Preference.STREAK, texts, wanted=not chat.wants_streak),
        _toggle(Preference.DARK, texts, wanted=not chat.wants_dark),
    ]
    days = [
        press(texts.plain("weekday", number=number), WeeklyChosen(number))
        for number in range(1, SUNDAY + 1)
        if number != day
    ]
    rows += [days[:_DAYS_IN_A_ROW_OF_BUTTONS], days[_DAYS_IN_A_ROW_OF_BUTTONS:]]
    if day is not None:
        rows.append([press(texts.plain("weekly-off"), WeeklyChosen(None))])
    return message(text, rows)


def weekly(summary: Summary, overview: Overview, chat: Chat, texts: Texts) -> Outgoing:
    """Sum up the week in a few lines, with one suggestion and the way to have it no more."""
    praise = texts.html(f"weekly-{summary.week}", variant=summary.wording)
    lines = [texts.html("weekly", praise=praise, count=summary.done, score=overview.points)]
    if chat.wants_streak:
        streak = overview.streak
        lines.append(texts.html("progress-streak", days=streak.days, freezes=streak.freezes_left))
    if summary.suggestion is Suggestion.WEEKDAY:
        suggestion = texts.html("weekly-try-weekday", weekday=summary.weekday or SUNDAY)
    else:
        suggestion = texts.html(f"weekly-try-{summary.suggestion}")
    has_open_days = summary.week is not Week.ALL
    if has_open_days:
        suggestion = Html(f"{suggestion}\n\n{texts.html('why-week')}")
    keyboard = (
        *_yesterday_rows(overview, texts),
        (press(texts.plain("reminder-start"), RoutineStarted(), SUCCESS),),
        *(why_rows(texts) if has_open_days else ()),
        (press(texts.plain("weekly-off"), WeeklyChosen(None)),),
    )
    return message(Html("\n".join([*lines, "", suggestion])), keyboard, priority=Priority.REMINDER)


def _progress_rows(overview: Overview, texts: Texts) -> list[list[Button]]:
    rows = [list(row) for row in _yesterday_rows(overview, texts)]
    rows.append([press(texts.plain("progress-preferences"), PreferencesAsked())])
    return rows + [list(row) for row in open_app(texts.plain("open-progress"), texts.app_url, "progress")]


def _yesterday_rows(overview: Overview, texts: Texts) -> Keyboard:
    if overview.open_yesterday is None:
        return ()
    return ((press(texts.plain("progress-yesterday"), DayToldDone(overview.open_yesterday)),),)


def _toggle(preference: Preference, texts: Texts, *, wanted: bool) -> list[Button]:
    label = texts.plain(f"prefer-{preference}" if wanted else f"prefer-{preference}-not")
    return [press(label, PreferenceChosen(preference, wanted))]


def _week(monday: date, texts: Texts) -> str:
    return texts.plain("chart-week", day=monday.day, month=texts.html("month-short", number=monday.month))
