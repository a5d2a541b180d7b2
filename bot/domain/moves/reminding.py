"""Moves about one day's reminder: later, done already, or not today."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import effects as do
from bot.domain.adherence import day_of
from bot.domain.chat import Chat, State
from bot.domain.effects import Effect, SessionStatus
from bot.domain.events import DaySkipped, DayToldDone, Later, LaterAsked, RemindedOnce, Snoozed
from bot.domain.keys import Opening, Text
from bot.domain.plan import Routine
from bot.domain.schedule import due_at, local_date_of
from bot.domain.times import Half
from bot.domain.transition import Transition, at, present_question, stale

_DAY = timedelta(days=1)


def snooze(chat: Chat, event: Snoozed, now: datetime, _routine: Routine) -> Transition:
    """Remind once more in a while; a button of another day is stale."""
    if chat.hold is not None:
        return Transition(chat, (do.ShowHold(),))
    if chat.paused_at is not None and event.local_date is None:
        return Transition(chat, (do.ShowPause(),))
    if not chat.is_set_up and event.local_date is None:
        return Transition(chat, present_question(chat))
    if not chat.wants_reminders or _is_of_another_day(chat, event, now):
        return stale(chat, None, now)
    snoozing = do.Snooze(now + timedelta(minutes=event.minutes))
    return Transition(chat, (snoozing, do.ShowSchedule(Opening.SNOOZED)))


def ask_later(chat: Chat, event: LaterAsked, now: datetime, _routine: Routine) -> Transition:
    """Show the choices of a later time, or what can be typed, or the usual buttons again; nothing is put off yet."""
    if chat.hold is not None:
        return Transition(chat, (do.ShowHold(),))
    if not chat.wants_reminders or _is_of_another_day(chat, event, now):
        return stale(chat, None, now)
    buttons = do.ShowReminderButtons(event.local_date, later=event.asked is Later.CHOICES)
    asking = (do.Say(Text.TYPE_LATER),) if event.asked is Later.TYPED else ()
    return Transition(replace(chat, at_reminder=True), (buttons, *asking))


def remind_once(chat: Chat, event: RemindedOnce, now: datetime, _routine: Routine) -> Transition:
    """Remind once more at a wall-clock time; of the two halves of the day, at the one that comes first."""
    if chat.hold is not None:
        return Transition(chat, (do.ShowHold(),))
    if chat.paused_at is not None:
        return Transition(chat, (do.ShowPause(),))
    if not chat.is_set_up or chat.zone is None:
        return Transition(chat, present_question(chat))
    times = {event.typed.time, event.typed.time if event.typed.half is Half.SAID else event.typed.other_half}
    today = local_date_of(now, chat.zone)
    dates = (today, today + _DAY) if event.days is None else (today + event.days * _DAY,)
    instants = (due_at(date, local_time, chat.zone) for date in dates for local_time in times)
    coming = sorted(instant for instant in instants if instant is not None and instant > now)
    if not coming:
        return Transition(chat, (do.Say(Text.TIME_IS_OVER),))
    return Transition(chat, (do.Snooze(coming[0]), do.ShowSchedule(Opening.SNOOZED)))


def skip_day(chat: Chat, event: DaySkipped, now: datetime, _routine: Routine) -> Transition:
    """No more reminder today, and a running session or screening stops; a button of another day is stale."""
    if chat.hold is not None:
        return Transition(chat, (do.ShowHold(),))
    if not chat.is_set_up and event.local_date is None:
        return Transition(chat, present_question(chat))
    if not chat.is_set_up or _is_of_another_day(chat, event, now):
        return stale(chat, None, now)
    return _day_over(chat, now).then(do.Reschedule(after_today=True), do.ShowSchedule(Opening.SKIPPED))


def note_day_done(chat: Chat, event: DayToldDone, now: datetime, _routine: Routine) -> Transition:
    """Take the person's word for the present day or for yesterday; a button of an earlier day is stale.

    Nothing more is due of a day that is done: what runs stops, as it does when the day is left out.
    """
    if chat.zone is None:
        return Transition(chat, present_question(chat))
    today = day_of(now, chat.zone)
    if event.local_date == today - _DAY:
        return Transition(chat, (do.RecordDayDone(event.local_date), do.Say(Text.YESTERDAY_NOTED)))
    if event.local_date not in {None, today}:
        return stale(chat, None, now)
    if chat.hold is not None:
        return Transition(chat, (do.ShowHold(),))
    if not chat.is_set_up:
        return Transition(chat, present_question(chat))
    done = (do.RecordDayDone(today), do.Reschedule(after_today=True), do.Say(Text.TODAY_NOTED))
    return _day_over(chat, now).then(*done)


def _day_over(chat: Chat, now: datetime) -> Transition:
    """Stop what is under way: an exercise, the question after the last one, or the questions before the first.

    Nor is anybody asked any more how strong the pain of the day is.
    """
    closing: tuple[Effect, ...] = ()
    if chat.session is not None:
        if chat.session.phase is not State.RATING_BACK:
            closing = (do.CloseSession(chat.session.number, SessionStatus.STOPPED),)
        chat = at(replace(chat, session=None), State.IDLE, now)
    if chat.screening is not None:
        chat = at(replace(chat, screening=None), State.IDLE, now)
    if chat.state is State.RATING_DAY:
        chat = at(chat, State.IDLE, now)
    return Transition(chat, closing)


def _is_of_another_day(chat: Chat, event: Snoozed | DaySkipped | LaterAsked, now: datetime) -> bool:
    """Tell whether a button belongs to neither date nor day; after midnight the evening's reminder is still open."""
    if event.local_date is None or chat.zone is None:
        return False
    return event.local_date not in {local_date_of(now, chat.zone), day_of(now, chat.zone)}
