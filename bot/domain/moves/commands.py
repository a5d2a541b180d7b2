"""Moves for slash commands, erasing, and messages that answer nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import effects as do
from bot.domain.chat import Chat, State
from bot.domain.events import (
    Command,
    CommandGiven,
    DaySkipped,
    EraseConfirmed,
    Event,
    Media,
    MediaReceived,
    Outcome,
    StepAnswered,
    TextUnknown,
    Token,
)
from bot.domain.keys import Text
from bot.domain.moves.arrival import greet
from bot.domain.moves.pausing import pause, resume, stop_reminders
from bot.domain.moves.reminding import skip_day
from bot.domain.moves.routine import answer_of, leave_back_unrated, stop_session
from bot.domain.moves.starting import start_routine
from bot.domain.plan import Routine
from bot.domain.transition import Transition, at, present_question, short_question, stale

ERASE_BUTTON_MINUTES = 60


def command_before_consent(chat: Chat, event: CommandGiven, now: datetime, routine: Routine) -> Transition:
    """Answer what needs no consent; everything else asks for it."""
    match event.command:
        case Command.HELP | Command.LANGUAGE | Command.PRIVACY | Command.CLINIC | Command.EXPORT | Command.DELETE:
            return command(chat, event, now, routine)
        case _:
            return greet(chat, event, now, routine)


def command(chat: Chat, event: CommandGiven, now: datetime, routine: Routine) -> Transition:  # noqa: C901, PLR0911, PLR0912 - one line per command
    """Answer a slash command."""
    match event.command:
        case Command.ROUTINE:
            return start_routine(chat, event, now, routine)
        case Command.TIMEZONE:
            return Transition(at(chat, State.ASKING_ZONE, now), (do.AskZone(),))
        case Command.TIME:
            asking = State.ASKING_TIME if chat.zone is not None else State.ASKING_ZONE
            chat = at(chat, asking, now)
            return Transition(chat, present_question(chat))
        case Command.PAUSE:
            return pause(chat, now)
        case Command.RESUME:
            return resume(chat)
        case Command.SKIP:
            return skip_day(chat, DaySkipped(), now, routine)
        case Command.STOP:
            return _stop(chat, now, routine)
        case Command.PROGRESS:
            return Transition(chat, (do.ShowProgress(),))
        case Command.REPORT:
            return Transition(chat, (do.SendReport(),))
        case Command.CLINIC:
            return Transition(chat, (do.ShowClinic(),))
        case Command.EXPORT:
            return Transition(chat, (do.SendExport(),))
        case Command.DELETE:
            return Transition(chat, (do.AskErase(now),))
        case Command.HELP:
            return Transition(chat, (do.Say(Text.HELP),))
        case Command.PRIVACY:
            return Transition(chat, (do.Say(Text.PRIVACY),))
        case Command.LANGUAGE:
            return Transition(chat, (do.Say(Text.ASK_LANGUAGE),))
        case Command.SETTINGS:
            return Transition(chat, (do.ShowSettings(),))


def _stop(chat: Chat, now: datetime, routine: Routine) -> Transition:
    """Stop what is under way: the questions before the exercises, the exercises, the one after, else the reminders.

    An exercise that was answered and is asked about, after "pain", keeps its answer.
    """
    if chat.screening is not None:
        return Transition(at(replace(chat, screening=None), State.IDLE, now), (do.Say(Text.SESSION_STOPPED),))
    if chat.session is None:
        return pause(stop_reminders(chat, now), now)
    if chat.session.phase is State.RATING_BACK:
        return leave_back_unrated(chat, StepAnswered(Outcome.STOPPED), now, routine)
    is_answered = chat.session.phase is not State.EXERCISING
    return stop_session(chat, now).after(*(() if is_answered else (answer_of(chat, Outcome.STOPPED),)))


def erase(chat: Chat, event: EraseConfirmed, now: datetime, _routine: Routine) -> Transition:
    """Erase everything; a button older than an hour asks again instead."""
    if now - event.asked_at > timedelta(minutes=ERASE_BUTTON_MINUTES):
        return Transition(chat, (do.AskErase(now),))
    return Transition(Chat(chat_id=chat.chat_id, language=chat.language), (do.Erase(), do.Say(Text.ERASED)))


def decline_erase(chat: Chat, _event: Event, _now: datetime, _routine: Routine) -> Transition:
    """Say that nothing was erased."""
    return Transition(chat, (do.Say(Text.ERASE_DECLINED),))


def answer_media(chat: Chat, event: MediaReceived, _now: datetime, _routine: Routine) -> Transition:
    """Say that only words are read, and repeat the question that is open."""
    texts = {
        Media.STICKER: Text.MEDIA_STICKER,
        Media.VOICE: Text.MEDIA_VOICE,
        Media.PICTURE: Text.MEDIA_PICTURE,
        Media.CONTACT: Text.MEDIA_CONTACT,
        Media.POLL: Text.MEDIA_POLL,
        Media.OTHER: Text.MEDIA_OTHER,
    }
    return Transition(chat, (do.Say(texts[event.media]), *short_question(chat)))


def answer_unknown_text(chat: Chat, event: Event, _now: datetime, _routine: Routine) -> Transition:
    """Say that it was not understood and what would be; while the programme is held, say that instead."""
    match event:
        case TextUnknown(is_edit=True):
            return Transition(chat, (do.Say(Text.EDIT_NOT_READ if chat.hold is None else Text.EDIT_KEPT),))
        case TextUnknown(is_command=True):
            text = Text.UNKNOWN_COMMAND
        case _ if chat.hold is not None:
            return Transition(chat, (do.ShowHold(), *short_question(chat)))
        case _ if chat.state is State.EXERCISING:
            text = Text.UNKNOWN_TEXT_STEP
        case _:
            text = Text.UNKNOWN_TEXT
    return Transition(chat, (do.Say(text), *short_question(chat)))


def answer_old_button(chat: Chat, event: Event, now: datetime, _routine: Routine) -> Transition:
    """Say that a button no longer belongs to anything, and show where the conversation stands."""
    token = getattr(event, "token", None)
    return stale(chat, token if isinstance(token, Token) else None, now)
