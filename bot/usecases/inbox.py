"""Updates in: one update, one savepoint; one batch, one transaction.

The order is the promise: safety reads every text before anything else does, the effect and the note that the update
was handled are committed together, and only then does anybody tell Telegram so. An update that raises is undone alone,
noted with a failure id that stands in the log beside its traceback, and apologised for.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from secrets import token_hex

import structlog

from bot import metrics
from bot.domain import buttons, conversation, correction
from bot.domain import effects as do
from bot.domain.adherence import day_of
from bot.domain.chat import Chat, State
from bot.domain.events import (
    ButtonUnknown,
    Event,
    LanguageChosen,
    Media,
    MediaReceived,
    SafetyRaised,
    ZoneNamed,
    ZoneUnreadable,
)
from bot.domain.interpretation import Reader, answers_rating, is_unread, read_edit, read_text
from bot.domain.reminded import Reminded, reminded_at
from bot.domain.safety import Tier
from bot.domain.transition import Transition, without_cold_question
from bot.presentation import messages
from bot.presentation.messages import Outgoing, View
from bot.usecases import accounts, groups, invitations, posting, progress, reminders, routines, safety
from bot.usecases.incoming import (
    FromApp,
    Incoming,
    Membership,
    Pressed,
    PressedInGroup,
    Said,
    SharedLocation,
    SpokenToInGroup,
    Wordless,
)
from bot.usecases.knowledge import Knowledge, Language
from bot.usecases.ports import StorageFailed, StoredChat, Transaction

WAITED_MINUTES = 10
FAIR_UPDATES = 5

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The answer to a pressed button; sent at once after the commit and never queued.

    Of the Mini App's events it is the line that the page shows; `query_id` is empty then.
    """

    query_id: str
    text: str = ""


def fair_turns(batch: Sequence[Incoming]) -> list[list[Incoming]]:
    """Part a batch into transactions: one, or two where a chat is flooding.

    The first holds at most `FAIR_UPDATES` of each chat, so that nobody's answer waits for the rest of somebody's flood.
    Each chat's updates stay in order.
    """
    seen: Counter[int] = Counter()
    first: list[Incoming] = []
    rest: list[Incoming] = []
    for incoming in batch:
        seen[incoming.chat_id] += 1
        (first if seen[incoming.chat_id] <= FAIR_UPDATES or incoming.content is None else rest).append(incoming)
    return [turn for turn in (first, rest) if turn]


def handle_batch(
    tx: Transaction, batch: Sequence[Incoming], *, now: datetime, knowledge: Knowledge
) -> list[QueryAnswer]:
    """Handle updates in order; one that raises harms no other. Raises StorageFailed: then none was handled."""
    answers: list[QueryAnswer] = []
    tx.lock_chats({incoming.chat_id for incoming in batch})
    for incoming in batch:
        try:
            with tx.savepoint():
                answer = handle(tx, incoming, now=now, knowledge=knowledge)
        except StorageFailed:
            raise
        except Exception:
            failure = token_hex(4)
            log.exception("update_failed", update_id=incoming.update_id, failure=failure)
            answer = _apologise(tx, incoming, failure, now=now, knowledge=knowledge)
        if answer is not None:
            answers.append(answer)
    return answers


def handle(tx: Transaction, incoming: Incoming, *, now: datetime, knowledge: Knowledge) -> QueryAnswer | None:
    """Take one update through the conversation.

    1. Admit it, unless it was handled before. 2. Load the chat. 3. Triage and read it into an event. 4. Decide.
    5. Write the records. 6. Render and queue the messages. 7. Save the chat.
    """
    if not tx.admit(incoming.update_id, now) or incoming.content is None:
        return None
    code, language = knowledge.language(incoming.language_code)
    if isinstance(incoming.content, SpokenToInGroup | PressedInGroup):
        groups.hear(tx, incoming, language=code, now=now, knowledge=knowledge)
        return _query_answer(incoming, (), language)
    stored = tx.load_chat(incoming.chat_id) or StoredChat(Chat(chat_id=incoming.chat_id, language=code))
    if isinstance(incoming.content, Membership):
        accounts.note_membership(tx, stored, blocked=incoming.content.blocked, now=now)
        return None
    _, language = knowledge.language(stored.chat.language)
    if stored.blocked_at is not None:
        reminders.reschedule(tx, stored.chat, now=now)
    chat = routines.without_lost_exercises(stored.chat, language.texts.exercises)
    chat = without_cold_question(chat, now)
    before = _before_last_answer(chat, incoming, language)
    event = _event(
        tx, chat, before, incoming, changed_at=stored.changed_at, language=language, now=now, knowledge=knowledge
    )
    if event is None:
        return None
    transition = _decide(tx, chat, before, event, incoming, now=now, knowledge=knowledge)
    if chat is not stored.chat:
        transition = transition.after(*routines.lost_exercises(stored.chat, event))
    if stored.chat.hold is None and transition.chat.hold is not None:
        metrics.count_hold()
    next_due = _write_records(tx, transition, now=now, knowledge=knowledge)
    outgoing = _render(tx, incoming, transition, next_due, now=now, knowledge=knowledge)
    posted = posting.post(tx, incoming, stored, transition, outgoing, now=now)
    if do.Erase() not in transition.effects:
        accounts.note_standstills(tx, stored.chat, transition.chat, now)
        tx.save_chat(posted, now)
    return _query_answer(incoming, transition.effects, language)


def _before_last_answer(chat: Chat, incoming: Incoming, language: Language) -> Chat | None:
    """Return the chat as it was before the answer that is edited now; None where nothing is, or it is too late."""
    match incoming.content:
        case Said(edited=True, message_id=message_id):
            before = correction.reopened(chat, message_id)
        case _:
            return None
    is_whole = before is not None and routines.without_lost_exercises(before, language.texts.exercises) is before
    return before if is_whole else None


def _decide(
    tx: Transaction,
    chat: Chat,
    before: Chat | None,
    event: Event,
    incoming: Incoming,
    *,
    now: datetime,
    knowledge: Knowledge,
) -> Transition:
    """Take the event through the conversation, as a correction where it is one, and remember what may be corrected."""
    message_id = incoming.content.message_id if isinstance(incoming.content, Said) else None
    if before is not None and isinstance(event, correction.Answer):
        routine = routines.of_today(tx, before, event, now=now, knowledge=knowledge)
        transition = conversation.correct(chat, before, event, now, routine)
        kept = correction.remembered(before, event, transition, message_id)
    else:
        routine = routines.of_today(tx, chat, event, now=now, knowledge=knowledge)
        transition = conversation.step(chat, event, now, routine)
        kept = correction.remembered(chat, event, transition, message_id)
    return replace(transition, chat=kept)


def _event(  # noqa: PLR0911 - one return per kind
    tx: Transaction,
    chat: Chat,
    before: Chat | None,
    incoming: Incoming,
    *,
    changed_at: datetime | None,
    language: Language,
    now: datetime,
    knowledge: Knowledge,
) -> Event | None:
    """Read an update into an event; `before` is what the edited answer met."""
    match incoming.content:
        case Said(text=text, edited=edited):
            finding = safety.find(tx, incoming, text, own_language=chat.language, now=now, knowledge=knowledge)
            if finding.tier is not Tier.NONE and not answers_rating(before or chat, text, finding, language.words):
                return SafetyRaised(finding)
            reader = Reader(
                language.words,
                knowledge.language_requests,
                knowledge.find_place,
                lambda place: knowledge.zones_keeping(place, now, incoming.language_code),
            )
            if edited:
                return read_edit(before, text, first_name=incoming.first_name, reader=reader)
            reminded = _reminded(tx, chat, changed_at, now)
            event = read_text(chat, text, first_name=incoming.first_name, reader=reader, reminded=reminded)
            answer = None
            if chat.state is not State.IDLE and is_unread(event):
                answer = _answer_to_reminder(tx, chat, text, changed_at=changed_at, reader=reader, now=now)
            return answer or invitations.opened(tx, chat, event, text, now=now, knowledge=knowledge)
        case Pressed(data=data):
            return _of_our_languages(buttons.decode(data), knowledge)
        case SharedLocation(latitude=latitude, longitude=longitude) if chat.state is State.ASKING_ZONE:
            zone = knowledge.zone_at(latitude, longitude)
            return ZoneUnreadable() if zone is None else ZoneNamed(zone)
        case SharedLocation():
            return MediaReceived(Media.OTHER)
        case Wordless(media=media, words=words):
            finding = safety.find(tx, incoming, words, own_language=chat.language, now=now, knowledge=knowledge)
            return MediaReceived(media) if finding.tier is Tier.NONE else SafetyRaised(finding)
        case FromApp(event=event):
            return event
        case _:
            return None


def _of_our_languages(event: Event, knowledge: Knowledge) -> Event:
    """Take a button for a language that the content does not have, or has no more, for one that means nothing."""
    is_unknown = isinstance(event, LanguageChosen) and event.code not in knowledge.languages
    return ButtonUnknown() if is_unknown else event


def _answer_to_reminder(
    tx: Transaction, chat: Chat, text: str, *, changed_at: datetime | None, reader: Reader, now: datetime
) -> Event | None:
    """Read what says nothing about an open question as an answer to a reminder that came after that was asked."""
    at_rest = replace(chat, state=State.IDLE)
    reminded = _reminded(tx, at_rest, changed_at, now)
    if reminded is None:
        return None
    answer = read_text(at_rest, text, first_name="", reader=reader, reminded=reminded)
    return None if is_unread(answer) else answer


def _reminded(tx: Transaction, chat: Chat, changed_at: datetime | None, now: datetime) -> Reminded | None:
    """Look up whether the reminder was the last thing that was said to somebody who is idle."""
    if chat.state is not State.IDLE:
        return None
    return reminded_at(chat, tx.reminded_at(chat.chat_id), changed_at, now)


def _write_records(  # noqa: C901, PLR0912 - one case per record
    tx: Transaction, transition: Transition, *, now: datetime, knowledge: Knowledge
) -> datetime | None:
    """Write what the records say; return when the next reminder is due if one of them worked it out."""
    chat = transition.chat
    next_due: datetime | None = None
    for effect in transition.effects:
        match effect:
            case do.OpenSession():
                tx.open_session(chat.chat_id, effect, _local_date(chat, now))
            case do.RecordAnswer():
                tx.record_answer(chat.chat_id, effect, now, _local_date(chat, now))
            case do.CloseSession(session=number, status=status):
                tx.close_session(chat.chat_id, number, status, now)
            case do.ReopenSession(session=number):
                tx.reopen_session(chat.chat_id, number)
            case do.RecordRating(session=number, rating=rating):
                tx.rate_session(chat.chat_id, number, rating)
            case do.RecordFinding(finding=finding):
                tx.record_finding(chat.chat_id, finding, now)
                metrics.count_finding(finding.tier.label)
            case do.RecordPain(local_date=local_date, rating=rating):
                tx.tell_pain(chat.chat_id, local_date, rating)
            case do.RecordMorning(local_date=local_date, morning=morning):
                tx.tell_morning(chat.chat_id, local_date, morning)
            case do.RecordWish(local_date=local_date, wish=wish):
                tx.tell_wish(chat.chat_id, local_date, wish)
            case do.RecordDayDone(local_date=local_date):
                progress.note_day_done(tx, chat, local_date, now=now)
            case do.NotifyStaff(finding=finding):
                safety.notify_staff(tx, chat, finding, _local_date(chat, now), now=now, knowledge=knowledge)
            case do.Reschedule(after_today=after_today):
                next_due = reminders.reschedule(tx, chat, now=now, after_today=after_today)
            case do.DropStaffCode():
                tx.drop_staff_code(chat.chat_id)
            case do.Snooze(due_at=due_at):
                tx.drop_extras(chat.chat_id)
                tx.set_due(chat.chat_id, reminders.SNOOZE, due_at)
                next_due = due_at
            case do.DropExtras():
                reminders.drop_todays_extras(tx, chat, now)
            case do.Erase():
                tx.erase_chat(chat.chat_id)
            case _:
                pass
    return next_due


def _render(
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
                due = next_due or tx.due_at(chat.chat_id, reminders.DAILY)
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
    if content.question_left != _local_date(view.chat, view.now):
        return []
    return [messages.morning_left(content.question_left, content.message_id, view.texts)]


def _marked(incoming: Incoming, change: do.MarkMorning | do.ShowReminderButtons, view: View) -> list[Outgoing]:
    """Give the pressed reminder other buttons, if Telegram still shows it."""
    content = incoming.content
    if not isinstance(content, Pressed) or content.message_id is None:
        return []
    target, texts, day = content.message_id, view.texts, _local_date(view.chat, view.now)
    if isinstance(change, do.ShowReminderButtons):
        return [messages.reminder_buttons(change, target, texts, day=day, mornings=content.mornings)]
    return [messages.marked_morning(change, target, texts, day=day, alone=content.is_question)]


def _query_answer(incoming: Incoming, effects: Sequence[do.Effect], language: Language) -> QueryAnswer | None:
    if not isinstance(incoming.content, Pressed | PressedInGroup | FromApp):
        return None
    notes = [messages.notice(effect.note, language.texts) for effect in effects if isinstance(effect, do.Notify)]
    query_id = "" if isinstance(incoming.content, FromApp) else incoming.content.query_id
    return QueryAnswer(query_id, " ".join(notes))


def _apologise(
    tx: Transaction, incoming: Incoming, failure: str, *, now: datetime, knowledge: Knowledge
) -> QueryAnswer | None:
    """Note the failure and apologise; an apology that raises as well is left out, or it would stop the queue."""
    tx.record_failure(incoming.update_id, failure, now)
    metrics.count_poison()
    try:
        with tx.savepoint():
            _, language = knowledge.language(incoming.language_code)
            if incoming.chat_id:
                posting.post_at_most_once_a_minute(tx, incoming.chat_id, messages.apology(language.texts), now=now)
    except StorageFailed:
        raise
    except Exception:
        log.exception("apology_failed", update_id=incoming.update_id, failure=failure)
    return QueryAnswer(incoming.content.query_id) if isinstance(incoming.content, Pressed) else None


def _has_waited(incoming: Incoming, now: datetime) -> bool:
    """Whether a message was written so long ago that its answer has to say what it answers."""
    return incoming.sent_at is not None and now - incoming.sent_at > timedelta(minutes=WAITED_MINUTES)


def _local_date(chat: Chat, now: datetime) -> date:
    """Give the day that what happens now is recorded under: until 3 am it is the day before's."""
    return day_of(now, chat.zone or "UTC")
