"""The daily reminder: start, a bad day, later, not today; and one tap about how today compares with yesterday.

It is read on lock screens, so it says nothing about health or the back, the question included. The question stands in
the reminder while a session of the last days can still be felt; once answered, the answer takes its place and the
other buttons stay. Whoever starts first finds the question still there.
"""

from datetime import date

from bot.domain.effects import MarkMorning
from bot.domain.events import DaySkipped, MorningTold, RoutineStarted, Snoozed
from bot.domain.interpretation import SNOOZE_MINUTES
from bot.domain.levels import Morning
from bot.presentation.i18n import Html
from bot.presentation.outgoing import SUCCESS, Button, Keyboard, Outgoing, Priority, keyboard_of, message, press
from bot.presentation.view import Texts


def reminder(texts: Texts, local_date: date, missed: int = 0, *, asks_morning: bool = False) -> Outgoing:
    """Return the daily reminder for `local_date`; `missed` before it did not come, through no fault of the person's."""
    parts = [texts.html("reminder")]
    if missed:
        parts.append(texts.html("reminder-missed", count=missed))
    asked: list[Button] = []
    if asks_morning:
        parts.append(texts.html("reminder-morning"))
        asked = _question(local_date, texts)
    return message(Html("\n\n".join(parts)), _rows(local_date, asked, texts), priority=Priority.REMINDER)


def marked_morning(mark: MarkMorning, message_id: int, texts: Texts, *, alone: bool = False) -> Outgoing:
    """Put what was answered in the place of the question, in the reminder `message_id`; `alone`: no other was left."""
    told = press(texts.plain(f"morning-told-{mark.morning}"), MorningTold(mark.morning, mark.local_date))
    return _edited([[told]] if alone else _rows(mark.local_date, [told], texts), message_id)


def morning_left(local_date: date, message_id: int, texts: Texts) -> Outgoing:
    """Leave the question alone in the reminder `message_id`: whoever starts at once may still answer it."""
    return _edited([_question(local_date, texts)], message_id)


def _edited(rows: Keyboard, message_id: int) -> Outgoing:
    return Outgoing("editMessageReplyMarkup", {"message_id": message_id, "reply_markup": keyboard_of(rows)})


def _question(local_date: date, texts: Texts) -> list[Button]:
    return [press(texts.plain(f"morning-{morning}"), MorningTold(morning, local_date)) for morning in Morning]


def _rows(local_date: date, asked: list[Button], texts: Texts) -> Keyboard:
    return (
        asked,
        (
            press(texts.plain("reminder-start"), RoutineStarted(), SUCCESS),
            press(texts.plain("bad-day"), RoutineStarted(minimum=True)),
        ),
        (
            press(texts.plain("reminder-snooze", minutes=SNOOZE_MINUTES), Snoozed(SNOOZE_MINUTES, local_date)),
            press(texts.plain("reminder-skip"), DaySkipped(local_date)),
        ),
    )
