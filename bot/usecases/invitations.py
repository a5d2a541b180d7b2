"""Invitations: links that bring somebody to the bot with what the clinic has chosen for them.

Made and withdrawn in the staff chat; opened by /start with the code that the link carries. A use counts when somebody
new opens it, in the transaction that greets them; the same person may open it again. What it brings is written to their
chat before they agreed to anything, for it is the clinic's word and says nothing about them.
"""

from dataclasses import replace
from datetime import datetime
from secrets import choice

from bot.domain import effects as do
from bot.domain.audit import Action, ending
from bot.domain.chat import Chat
from bot.domain.codes import CODE_LENGTH, SHORT_LENGTH, SIGNS, code_in_link
from bot.domain.events import Event, Greeted, Invited
from bot.domain.keys import Text
from bot.domain.staff import InvitationAsked, InvitationWithdrawn
from bot.domain.transition import Transition
from bot.presentation import mailing
from bot.presentation.messages import Outgoing, Texts
from bot.usecases.clinic_ports import StaffRequest
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Transaction


def served(
    tx: Transaction,
    request: StaffRequest,
    asked: InvitationAsked | InvitationWithdrawn,
    *,
    texts: Texts,
    now: datetime,
    knowledge: Knowledge,
) -> tuple[tuple[Action, str], list[Outgoing]]:
    """Make or withdraw an invitation, or show what can be chosen; return what to write down and what to say."""
    if isinstance(asked, InvitationWithdrawn):
        was_open = tx.withdraw_invitation(asked.code, now)
        shown = mailing.invitation_over(texts)
        strips = [] if request.message_id is None else [mailing.without_buttons(request.message_id)]
        done = Action.INVITATION_WITHDRAWN if was_open else Action.INVITATION_SEEN
        return (done, ending(asked.code)), [*strips, shown]
    languages = knowledge.language_names
    if not asked.is_made:
        shown = mailing.invitation_choices(asked, languages, sorted(knowledge.programmes), texts)
        done = Action.INVITATION_SEEN
        return (done, ""), [shown if request.message_id is None else mailing.edited(request.message_id, shown)]
    code = _new(CODE_LENGTH)
    while not tx.write_invitation(code, asked.invitation, now):
        code = _new(CODE_LENGTH)
    strips = [] if request.message_id is None else [mailing.without_buttons(request.message_id)]
    username = knowledge.bot_username
    made = mailing.invitation(asked.invitation, code, languages, texts, bot_username=username, now=now)
    return (Action.INVITATION_MADE, ending(code)), [*strips, made]


def opened(tx: Transaction, chat: Chat, event: Event, text: str, *, now: datetime, knowledge: Knowledge) -> Event:
    """Return the event; a greeting by somebody new with what the link brings that it came by, if it came by one."""
    code = code_in_link(text)
    if not isinstance(event, Greeted) or chat.consented_at is not None:
        return event
    if code is None or code == chat.invitation:
        return event
    invitation = tx.accept_invitation(code, now)
    if invitation is None:
        return replace(event, link_is_over=True)
    language = invitation.language if invitation.language in knowledge.languages else None
    programme = invitation.programme if invitation.programme in knowledge.programmes else None
    return replace(event, invited=Invited(code, language, invitation.local_time, programme))


def staff_code_shown(tx: Transaction, transition: Transition, knowledge: Knowledge) -> str | None:
    """Return the code by which the staff may find the person, where the page about privacy shows it."""
    is_shown = do.Say(Text.PRIVACY) in transition.effects and knowledge.staff_chat_id is not None
    return _staff_code(tx, transition.chat.chat_id) if is_shown and transition.chat.staff_consent else None


def _staff_code(tx: Transaction, chat_id: int) -> str:
    """Return the code by which the staff finds a person; the first time, make it."""
    code = tx.staff_code(chat_id)
    while code is None:
        made = _new(SHORT_LENGTH)
        code = made if tx.set_staff_code(chat_id, made) else tx.staff_code(chat_id)
    return code


def _new(length: int) -> str:
    return "".join(choice(SIGNS) for _ in range(length))
