"""What a transition answers: its messages rendered in their order, with what they show looked up, and nothing more."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import effects as do
from bot.domain.adherence import day_of
from bot.domain.dues import DAILY
from bot.domain.transition import Transition
from bot.presentation import messages
from bot.presentation.messages import Outgoing, View
from bot.usecases import accounts, invitations, progress
from bot.usecases.incoming import Incoming, Pressed, Said
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Transaction

WAITED_MINUTES = 10


def render(
    tx: Transaction,
    incoming: Incoming,
    transition: Transition,
    next_due: datetime | None,
    *,
    now: datetime,
    knowledge: Knowledge,
) -> list[Outgoing]:
    """Render the messages among the effects, looking up only what they show."""
    chat = transition.chat
    _, language = knowledge.language(chat.language)
    country = None if chat.zone is None else knowledge.country_of(chat.zone)
    view = View(
        chat=chat,
        now=now,
        texts=replace(language.texts, country=country),
        next_due=next_due,
        likely_zones=knowledge.likely_zones(incoming.language_code),
        screening=knowledge.routine.screening,
        has_staff_chat=knowledge.staff_chat_id is not None,
        staff_code=invitations.staff_code_shown(tx, transition, knowledge),
        kept_months=knowledge.kept_months,
        language_names=knowledge.language_names,
        written_at=incoming.sent_at if _has_waited(incoming, now) else None,
        message_id=incoming.content.message_id if isinstance(incoming.content, Said) else None,
    )
    outgoing = _question_kept(incoming, view)
    for effect in transition.effects:
        match effect:
            case do.PraiseSession(is_minimum=is_minimum):
                due = next_due or tx.due_at(chat.chat_id, DAILY)
                praised = progress.praised(tx, view, is_minimum=is_minimum, now=now, knowledge=knowledge)
                outgoing += messages.render(effect, replace(praised, next_due=due))
            case do.ShowProgress():
                outgoing += messages.render(effect, progress.seen(tx, view, now=now, knowledge=knowledge))
            case do.AskStaffConsent() if knowledge.staff_chat_id is None:
                pass
            case do.ShowHowTo(exercise_id) if exercise_id not in language.texts.exercises:
                pass  # one that was done, and that the authors have removed since
            case do.MarkMorning() | do.ShowReminderButtons():
                outgoing += _marked(incoming, effect, view)
            case do.SendReport():
                outgoing += messages.render(effect, progress.reported(tx, view, now=now))
            case do.SendExport():
                outgoing += messages.render(effect, replace(view, export=accounts.export(tx, chat.chat_id, now=now)))
            case _ if isinstance(effect, do.Message):
                outgoing += messages.render(effect, view)
            case _:
                pass
    return outgoing


def _question_kept(incoming: Incoming, view: View) -> list[Outgoing]:
    """Keep today's question about the morning in a reminder whose Start was pressed before it was answered."""
    content = incoming.content
    if not isinstance(content, Pressed) or content.message_id is None or content.question_left is None:
        return []
    if content.question_left != day_of(view.now, view.chat.zone or "UTC"):
        return []
    return [messages.morning_left(content.question_left, content.message_id, view.texts)]


def _marked(incoming: Incoming, change: do.MarkMorning | do.ShowReminderButtons, view: View) -> list[Outgoing]:
    """Give the pressed reminder other buttons, if Telegram still shows it."""
    content = incoming.content
    if not isinstance(content, Pressed) or content.message_id is None:
        return []
    target, texts, day = content.message_id, view.texts, day_of(view.now, view.chat.zone or "UTC")
    if isinstance(change, do.ShowReminderButtons):
        return [messages.reminder_buttons(change, target, texts, day=day, mornings=content.mornings)]
    return [messages.marked_morning(change, target, texts, day=day, alone=content.is_question)]


def _has_waited(incoming: Incoming, now: datetime) -> bool:
    """Whether a message was written so long ago that its answer has to say what it answers."""
    return incoming.sent_at is not None and now - incoming.sent_at > timedelta(minutes=WAITED_MINUTES)
