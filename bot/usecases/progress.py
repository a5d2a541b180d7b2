"""Progress: what a person's days add up to, read from their journal when they ask."""

from dataclasses import replace
from datetime import datetime

from bot.domain.journal import Journal, Overview, overview_of
from bot.domain.praise import praise_of
from bot.domain.progress import FinishedSession, progress_of
from bot.domain.report import report_of
from bot.domain.schedule import EVERY_DAY
from bot.presentation.view import View
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Transaction


def seen(tx: Transaction, view: View, *, now: datetime, knowledge: Knowledge) -> View:
    """Return the view with the person's progress in it."""
    return _with_progress(tx.journal(view.chat.chat_id), view, now=now, knowledge=knowledge)[0]


def praised(tx: Transaction, view: View, *, is_minimum: bool, now: datetime, knowledge: Knowledge) -> View:
    """Return the view with the person's progress in it, and what to say of the session that is finished now."""
    kept = tx.journal(view.chat.chat_id)
    view, overview = _with_progress(kept, view, now=now, knowledge=knowledge)
    times = view.chat.reminder_times
    weekdays = EVERY_DAY if times is None else times.weekdays
    return replace(view, praise=praise_of(kept, overview, weekdays, is_minimum=is_minimum))


def _with_progress(kept: Journal, view: View, *, now: datetime, knowledge: Knowledge) -> tuple[View, Overview]:
    overview = overview_of(kept, view.chat, now, level=knowledge.routine.level)
    finished = [FinishedSession(run.on, run.rating) for run in kept.runs if run.is_finished]
    finished += [FinishedSession(day) for day in kept.told]
    return replace(view, progress=progress_of(finished, overview.today), overview=overview), overview


def reported(tx: Transaction, view: View, *, now: datetime) -> View:
    """Return the view with what a clinician gets to read."""
    return replace(view, report=report_of(tx.full_journal(view.chat.chat_id), view.chat, now))
