"""The clinic's own chat: what its staff ask for there, answered once, by role, and written down.

A request is kept in the transaction that admits its update, and nothing more is done about it there: who asks must be
asked of Telegram, and counting a hundred thousand people takes its time, and neither may hold up a patient. The desk
(`bot.telegram.staff_desk`) takes requests up one after the other. Answering one, deleting it, writing down what was
done and queueing the answer is one transaction, so that whatever dies, it is done once.

What comes from any other chat is never kept, so none of this can be reached from there. Who is no member is refused,
and that is written down too. No answer names anybody: of a person only what their code stands for is told, without the
words they wrote.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.audit import LONGEST_DETAIL, Action, name_of
from bot.domain.crowd import Crowd, Deliveries
from bot.domain.report import report_of
from bot.domain.staff import (
    Asked,
    BroadcastPressed,
    BroadcastWritten,
    HelpAsked,
    InvitationAsked,
    InvitationWithdrawn,
    Role,
    StaffWords,
    StatsAsked,
    WhoAsked,
    read_button,
    read_command,
    role_needed,
)
from bot.presentation import staff
from bot.presentation.messages import Outgoing, Texts
from bot.usecases import broadcasts, invitations
from bot.usecases.clinic_ports import StaffAction, StaffRequest
from bot.usecases.counts import Counts
from bot.usecases.incoming import Incoming, PressedInGroup, SpokenToInGroup
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Letter, Transaction, staff_key_prefix

PEOPLE_AT_ONCE = 250
DELIVERIES_OF = timedelta(days=1)
PATIENCE = timedelta(minutes=10)
"""For so long a request waits for Telegram to say who asks; then it is dropped, and that is said."""
LONGEST_REQUEST = 4_096

REQUEST_DAYS = 1
"""For so long a request lies where no desk takes it up, as when the staff chat was taken out of the settings."""
ACTION_DAYS = 2 * 365
BROADCAST_DAYS = 90
INVITATION_DAYS = 90


def note(tx: Transaction, incoming: Incoming, *, language: str, now: datetime, knowledge: Knowledge) -> bool:
    """Keep what was asked for in the staff chat until it is answered; False where this is another chat."""
    if not is_request(incoming, knowledge):
        return False
    match incoming.content:
        case SpokenToInGroup(text, person_id):
            request = StaffRequest(incoming.update_id, person_id, text[:LONGEST_REQUEST], None, language, now)
        case PressedInGroup(data, _, int(message_id), person_id):
            request = StaffRequest(incoming.update_id, person_id, data, message_id, language, now)
        case _:
            return True
    tx.keep_request(request)
    return True


def is_request(incoming: Incoming, knowledge: Knowledge) -> bool:
    """Whether an update is something said to the bot, or pressed, in the staff chat; that is always a group."""
    is_of_group = isinstance(incoming.content, SpokenToInGroup | PressedInGroup)
    return is_of_group and knowledge.staff_chat_id is not None and incoming.chat_id == knowledge.staff_chat_id


def read(request: StaffRequest, knowledge: Knowledge) -> Asked | None:
    """Read a request; None for a button that means nothing."""
    words = words_of(knowledge)
    return read_command(request.text, words) if request.message_id is None else read_button(request.text, words)


def words_of(knowledge: Knowledge) -> StaffWords:
    """Return what words of commands mean: those of all languages, for a staff speaks several."""
    texts = [language.texts for language in knowledge.languages.values()]

    def marks(key: str) -> frozenset[str]:
        return frozenset(word for one in texts for word in one.plain(key).lower().split())

    languages = {code: code for code in knowledge.languages}
    languages |= {name.lower(): code for code, name in knowledge.language_names.items()}
    levels = {level: level for level in knowledge.levels}
    levels |= {one.plain(f"level-{level}").lower(): level for one in texts for level in levels.values()}
    return StaffWords(
        languages=languages,
        levels=levels,
        programmes={name: name for name in knowledge.programmes},
        active=marks("clinic-words-active"),
        once=marks("clinic-words-once"),
        uses=marks("clinic-words-uses"),
        days=marks("clinic-words-days"),
        many=marks("clinic-words-many"),
    )


def count_people(tx: Transaction, crowd: Crowd, after_chat_id: int | None, *, now: datetime) -> int | None:
    """Add the next few hundred people to the crowd; return after whom to go on, None once that is all."""
    people = tx.count_people(after_chat_id, now, PEOPLE_AT_ONCE)
    for person in people:
        crowd.add(person, now)
    return people[-1].chat_id if len(people) == PEOPLE_AT_ONCE else None


def count_deliveries(tx: Transaction, *, now: datetime) -> Deliveries:
    """Count the letters of the last day."""
    return tx.count_deliveries(now - DELIVERIES_OF)


def answer(
    tx: Transaction,
    request: StaffRequest,
    *,
    asked: Asked | None,
    role: Role | None,
    counts: Counts | None,
    now: datetime,
    knowledge: Knowledge,
) -> None:
    """Answer a request, once.

    1. Delete it; whoever finds it gone has been overtaken. 2. Refuse what the role does not allow; None is a role that
    could not be found out. 3. Do it. 4. Write down what was done, whatever it was. 5. Queue the answer.
    """
    if not tx.end_request(request.update_id):
        return
    texts = knowledge.language(request.language)[1].texts
    if role is None:
        _log(tx, request, Action.UNSURE, name_of(asked), now=now)
        _post(tx, request, [staff.unsure(texts)], now=now, knowledge=knowledge)
    elif asked is None:
        _log(tx, request, Action.MEANINGLESS, now=now)
    elif role < role_needed(asked):
        _log(tx, request, Action.REFUSED, name_of(asked), now=now)
        _post(tx, request, [staff.refused(role, texts)], now=now, knowledge=knowledge)
    else:
        _answer(tx, request, asked, counts=counts, texts=texts, now=now, knowledge=knowledge)


def give_up(
    tx: Transaction, request: StaffRequest, asked: Asked | None, *, now: datetime, knowledge: Knowledge
) -> None:
    """Drop a request that cannot be answered, and say so: it must not hold up the next."""
    if tx.end_request(request.update_id):
        texts = knowledge.language(request.language)[1].texts
        _log(tx, request, Action.FAILED, name_of(asked), now=now)
        _post(tx, request, [staff.failed(texts)], now=now, knowledge=knowledge)


def trim(tx: Transaction, *, now: datetime) -> int:
    """Delete what the clinic's side keeps no longer; return how many rows."""
    return tx.trim_clinic(
        requests_before=now - timedelta(days=REQUEST_DAYS),
        actions_before=now - timedelta(days=ACTION_DAYS),
        broadcasts_before=now - timedelta(days=BROADCAST_DAYS),
        invitations_before=now - timedelta(days=INVITATION_DAYS),
    )


def _answer(
    tx: Transaction,
    request: StaffRequest,
    asked: Asked,
    *,
    counts: Counts | None,
    texts: Texts,
    now: datetime,
    knowledge: Knowledge,
) -> None:
    match asked:
        case HelpAsked():
            _log(tx, request, Action.HELP, now=now)
            _post(tx, request, [staff.help_text(texts)], now=now, knowledge=knowledge)
        case StatsAsked():
            shown = counts or Counts(Crowd(), Deliveries(), now)
            _log(tx, request, Action.STATS, now=now)
            stats = staff.stats(shown.crowd, shown.deliveries, shown.at, texts)
            _post(tx, request, [stats], now=now, knowledge=knowledge)
        case WhoAsked(code):
            _who(tx, request, code, texts=texts, now=now, knowledge=knowledge)
        case BroadcastWritten() | BroadcastPressed():
            done, outgoing = broadcasts.served(tx, request, asked, texts=texts, now=now, knowledge=knowledge)
            _log(tx, request, *done, now=now)
            _post(tx, request, outgoing, now=now, knowledge=knowledge)
        case InvitationAsked() | InvitationWithdrawn():
            done, outgoing = invitations.served(tx, request, asked, texts=texts, now=now, knowledge=knowledge)
            _log(tx, request, *done, now=now)
            _post(tx, request, outgoing, now=now, knowledge=knowledge)


def _who(
    tx: Transaction, request: StaffRequest, code: str | None, *, texts: Texts, now: datetime, knowledge: Knowledge
) -> None:
    """Tell how a person is doing who agreed and quoted their code: counts and categories, never words."""
    chat_id = None if code is None else tx.chat_with_code(code)
    stored = None if chat_id is None else tx.load_chat(chat_id)
    if stored is None or not stored.chat.staff_consent:
        _log(tx, request, Action.WHO_UNKNOWN, now=now)
        _post(tx, request, [staff.nobody_with_code(texts)], now=now, knowledge=knowledge)
        return
    chat = stored.chat
    _log(tx, request, Action.WHO, chat_id=chat.chat_id, now=now)
    message = staff.who(report_of(tx.full_journal(chat.chat_id), chat, now), chat, texts)
    prefix = f"{staff_key_prefix(chat.chat_id)}who"
    _post(tx, request, [replace(message, forget=True)], prefix=prefix, now=now, knowledge=knowledge)


def _log(
    tx: Transaction,
    request: StaffRequest,
    action: Action,
    detail: str = "",
    *,
    now: datetime,
    chat_id: int | None = None,
) -> None:
    tx.log_action(StaffAction(now, request.person_id, action, detail[:LONGEST_DETAIL], chat_id))


def _post(
    tx: Transaction,
    request: StaffRequest,
    outgoing: Sequence[Outgoing],
    *,
    now: datetime,
    knowledge: Knowledge,
    prefix: str = "q",
) -> None:
    """Queue what the staff chat gets to read."""
    if knowledge.staff_chat_id is None:
        return
    tx.queue(
        [
            Letter(
                key=f"{prefix}{request.update_id}:{number}",
                chat_id=knowledge.staff_chat_id,
                method=message.method,
                payload=message.payload,
                priority=message.priority,
                not_before=now,
                forget=message.forget,
            )
            for number, message in enumerate(outgoing)
        ]
    )
