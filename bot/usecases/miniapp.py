"""The Mini App: the pages somebody opens inside Telegram, and what they choose there.

Reading looks up one page's rows and words them; it writes nothing. What is chosen goes through the same conversation as
a message or a button, in one transaction, so that it takes effect at once and the chat says so: there is no second way
to change anything. Whoever has not agreed in the chat yet, or has blocked the bot, has no pages: nothing is looked up
about them, and nothing is stored.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2s
from typing import Any

from bot.domain import journal
from bot.domain.adherence import day_of
from bot.domain.chat import Chat
from bot.domain.dues import DAILY, SNOOZE
from bot.domain.events import EraseConfirmed, Event, RoutineStarted
from bot.domain.hindsight import Offer, days_in_reach, offer_of
from bot.presentation import app_pages
from bot.presentation.app_pages import Today
from bot.presentation.view import View
from bot.usecases import inbox, routines
from bot.usecases.incoming import FromApp, Incoming
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Transaction

_NUMBER_BYTES = 8


class Page(StrEnum):
    """What can be looked at; the values are the pages' addresses below /app/api."""

    TODAY = "today"
    PROGRESS = "progress"
    EXERCISES = "exercises"
    SETTINGS = "settings"


def open_at(
    tx: Transaction, user_id: int, language_code: str | None, page: Page, *, now: datetime, knowledge: Knowledge
) -> Mapping[str, Any]:
    """Return all labels in the person's language, whether there is anything to see for them, and what `page` shows."""
    chat = _reached(tx, user_id)
    code, language = knowledge.language(language_code if chat is None else chat.language)
    return {
        "language": code,
        "started": chat is not None,
        "clinic": app_pages.letterhead(language.texts),
        "words": app_pages.words(language.texts),
        "shown": None if chat is None else _shown(tx, chat, page, now=now, knowledge=knowledge),
    }


def read(tx: Transaction, user_id: int, page: Page, *, now: datetime, knowledge: Knowledge) -> Mapping[str, Any] | None:
    """Return what a page shows, as JSON data; None for somebody who has not agreed in the chat."""
    chat = _reached(tx, user_id)
    return None if chat is None else _shown(tx, chat, page, now=now, knowledge=knowledge)


def choose(
    tx: Transaction,
    user_id: int,
    language_code: str | None,
    event: Event,
    *,
    key: str,
    now: datetime,
    knowledge: Knowledge,
) -> str | None:
    """Let `event` happen, as if a button in the chat had said it; return the line to show, None as `read` does.

    `key` is the page's own for this one press: sent twice, it happens once. Whoever asks to be erased and is not
    stored any more is erased: the first answer got lost on its way.
    """
    if _reached(tx, user_id) is None:
        is_gone = isinstance(event, EraseConfirmed) and tx.load_chat(user_id) is None
        return "" if is_gone else None
    incoming = Incoming(_number_of(user_id, key), user_id, FromApp(event), language_code=language_code)
    answer = inbox.handle(tx, incoming, now=now, knowledge=knowledge)
    return "" if answer is None else answer.text


def _reached(tx: Transaction, user_id: int) -> Chat | None:
    """Return the chat of somebody who agreed and can be written to: a private chat has the number of its person."""
    stored = tx.load_chat(user_id)
    if stored is None or stored.chat.consented_at is None or stored.blocked_at is not None:
        return None
    return stored.chat


def _shown(tx: Transaction, chat: Chat, page: Page, *, now: datetime, knowledge: Knowledge) -> Mapping[str, Any]:
    view = _view(tx, chat, now=now, knowledge=knowledge)
    match page:
        case Page.TODAY:
            return app_pages.today(view, _today(tx, chat, now=now, knowledge=knowledge))
        case Page.PROGRESS:
            kept = tx.journal(chat.chat_id)
            overview = journal.overview_of(kept, chat, now, level=knowledge.routine.level)
            points = journal.points_by_week(kept, chat, now)
            return app_pages.progress(replace(view, overview=overview), points, _offers(kept, chat, now))
        case Page.EXERCISES:
            return app_pages.exercises(knowledge.programme_of(chat), view.texts)
        case Page.SETTINGS:
            return app_pages.settings(view, {code: one.texts for code, one in knowledge.languages.items()})


def _number_of(user_id: int, key: str) -> int:
    """Return the number of an event of the page, below 0, for Telegram's updates count upwards; it names nobody."""
    digest = blake2s(f"{user_id}:{key}".encode(), digest_size=_NUMBER_BYTES).digest()
    return -1 - (int.from_bytes(digest) >> 1)


def _view(tx: Transaction, chat: Chat, *, now: datetime, knowledge: Knowledge) -> View:
    _, language = knowledge.language(chat.language)
    country = None if chat.zone is None else knowledge.country_of(chat.zone)
    due = [tx.due_at(chat.chat_id, kind) for kind in (DAILY, SNOOZE)]
    return View(
        chat=chat,
        now=now,
        texts=replace(language.texts, country=country),
        next_due=min((at for at in due if at is not None), default=None),
        has_staff_chat=knowledge.staff_chat_id is not None,
    )


def _offers(kept: journal.Journal, chat: Chat, now: datetime) -> Mapping[date, Offer]:
    """Return what may be corrected of each day in reach, or why nothing may."""
    days = days_in_reach(day_of(now, chat.zone or "UTC"))
    return {day.on: offer_of(chat, day, now) for day in journal.days_kept(kept, chat, days, now)}


def _today(tx: Transaction, chat: Chat, *, now: datetime, knowledge: Knowledge) -> Today:
    """Work out today's routine as Start would; the one that is running is shown as it was begun."""
    overview = journal.overview_of(tx.journal(chat.chat_id), chat, now, level=knowledge.routine.level)
    routine = routines.of_today(tx, chat, RoutineStarted(), now=now, knowledge=knowledge)
    if chat.session is not None and not chat.session.is_minimum:
        routine = replace(routine, prescriptions=chat.session.prescriptions)
    today = day_of(now, chat.zone or "UTC")
    return Today(routine, overview, is_done=any(day.on == today and day.is_done for day in overview.days))
