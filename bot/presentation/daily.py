"""The daily reminder: start, a bad day, later, done already, not today; and how today compares with yesterday.

It is read on lock screens, so it says nothing about health or the back, the question included. The question stands in
the reminder while a session of the last days can still be felt; once answered, the answer takes its place and the
other buttons stay. Whoever starts first finds the question still there. "Later" puts the choices of when in the place
of the other buttons, with a way back.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from bot.domain.effects import MarkMorning, ShowReminderButtons
from bot.domain.events import (
    DaySkipped,
    DayToldDone,
    Later,
    LaterAsked,
    MorningTold,
    Rhythm,
    RhythmChosen,
    RoutineStarted,
    Snoozed,
)
from bot.domain.levels import Morning
from bot.presentation.i18n import Html
from bot.presentation.outgoing import SUCCESS, Button, Keyboard, Outgoing, Priority, keyboard_of, message, press
from bot.presentation.view import Texts

LATER_MINUTES = (10, 30, 60)


class Welcome(NamedTuple):
    """Somebody is back after a pause that is over, and begins so many levels easier."""

    levels_easier: int = 0


def reminder(
    texts: Texts,
    local_date: date,
    missed: int = 0,
    *,
    day: date | None = None,
    asks_morning: bool = False,
    welcome: Welcome | None = None,
) -> Outgoing:
    """Return the daily reminder for `local_date`; `missed` before it did not come, through no fault of the person's.

    `day` is the one that its routine counts for, where that is another. `welcome` greets somebody after a pause.
    """
    parts = [texts.html("reminder")]
    if welcome is not None:
        parts.insert(0, texts.html("reminder-welcome"))
        if welcome.levels_easier:
            parts.insert(1, texts.html("reminder-easier", levels=welcome.levels_easier))
    if missed:
        parts.append(texts.html("reminder-missed", count=missed))
    asked: list[Button] = []
    if asks_morning:
        parts.append(texts.html("reminder-morning"))
        asked = _question(local_date, texts)
    rows = _rows(local_date, day or local_date, asked, texts)
    return message(Html("\n\n".join(parts)), rows, priority=Priority.REMINDER)


def follow_up(texts: Texts, local_date: date, day: date) -> Outgoing:
    """Return what asks once more on a day, without a sound; `day` is the one that its routine counts for."""
    asked = message(texts.html("follow-up"), _rows(local_date, day, [], texts), priority=Priority.REMINDER)
    return replace(asked, payload={**asked.payload, "disable_notification": True})


def how_often(texts: Texts, local_date: date) -> Outgoing:
    """Return the question that takes the place of the reminder after seven days without a sign of life."""
    rows = [[press(texts.plain(f"rhythm-{rhythm}"), RhythmChosen(rhythm, local_date))] for rhythm in Rhythm]
    return message(texts.html("how-often"), rows, priority=Priority.REMINDER)


def marked_morning(mark: MarkMorning, message_id: int, texts: Texts, *, day: date, alone: bool = False) -> Outgoing:
    """Put what was answered in the place of the question, in the reminder `message_id`; `alone`: no other was left."""
    told = _told(mark.morning, mark.local_date, texts)
    return _edited([told] if alone else _rows(mark.local_date, day, told, texts), message_id)


def morning_left(local_date: date, message_id: int, texts: Texts) -> Outgoing:
    """Leave the question alone in the reminder `message_id`: whoever starts at once may still answer it."""
    return _edited([_question(local_date, texts)], message_id)


def reminder_buttons(
    shown: ShowReminderButtons, message_id: int, texts: Texts, *, day: date, mornings: Sequence[Morning]
) -> Outgoing:
    """Put the choices of a later time below the reminder `message_id`, or its usual buttons.

    `mornings` are those that stand above them: all three where the question is open, one where it was answered.
    """
    local_date = shown.local_date
    asked = _told(mornings[0], local_date, texts) if len(mornings) == 1 else []
    if len(mornings) == len(Morning):
        asked = _question(local_date, texts)
    rows = _later_rows if shown.later else _rows
    return _edited(rows(local_date, day, asked, texts), message_id)


def _edited(rows: Keyboard, message_id: int) -> Outgoing:
    return Outgoing("editMessageReplyMarkup", {"message_id": message_id, "reply_markup": keyboard_of(rows)})


def _question(local_date: date, texts: Texts) -> list[Button]:
    return [press(texts.plain(f"morning-{morning}"), MorningTold(morning, local_date)) for morning in Morning]


def _told(morning: Morning, local_date: date, texts: Texts) -> list[Button]:
    return [press(texts.plain(f"morning-told-{morning}"), MorningTold(morning, local_date))]


def _rows(local_date: date, day: date, asked: list[Button], texts: Texts) -> Keyboard:
    return (
        asked,
        (
            press(texts.plain("reminder-start"), RoutineStarted(), SUCCESS),
            press(texts.plain("bad-day"), RoutineStarted(minimum=True)),
        ),
        (
            press(texts.plain("reminder-later"), LaterAsked(Later.CHOICES, local_date)),
            press(texts.plain("reminder-done"), DayToldDone(day)),
            press(texts.plain("reminder-skip"), DaySkipped(local_date)),
        ),
    )


def _later_rows(local_date: date, _day: date, asked: list[Button], texts: Texts) -> Keyboard:
    return (
        asked,
        [
            press(texts.plain("later-minutes", minutes=minutes), Snoozed(minutes, local_date))
            for minutes in LATER_MINUTES
        ],
        (
            press(texts.plain("later-typed"), LaterAsked(Later.TYPED, local_date)),
            press(texts.plain("later-back"), LaterAsked(Later.BACK, local_date)),
        ),
    )
