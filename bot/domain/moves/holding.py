"""Moves of safety: a finding ends the session, holds the programme and refers; only the person ends the hold.

Source: tier rules for safety messages, version 1; DESIGN section 1, promise 1.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain import effects as do
from bot.domain.chat import Chat, Hold, State
from bot.domain.effects import Effect, Opening, SessionStatus
from bot.domain.events import Event, SafetyRaised
from bot.domain.plan import Routine
from bot.domain.safety import Finding
from bot.domain.transition import Transition, at, present_question, stale


def refer_before_consent(chat: Chat, event: SafetyRaised, now: datetime, _routine: Routine) -> Transition:
    """Refer without storing anything, for health is not recorded before consent.

    The question for consent is withdrawn: an "ok" after a referral answers the referral. What comes next is greeted.
    """
    return Transition(at(chat, State.NEW, now), (do.Refer(event.finding, holds=False),))


def refer(chat: Chat, event: SafetyRaised, now: datetime, _routine: Routine) -> Transition:
    """End the session, hold the programme, refer."""
    return refer_and_hold(chat, event.finding, now)


def release_hold(chat: Chat, _event: Event, now: datetime, _routine: Routine) -> Transition:
    """Go on with the programme: the person has spoken to someone."""
    if chat.hold is None:
        return stale(chat, None, now)
    chat = replace(chat, hold=None, entered_at=now)
    if not chat.is_set_up:
        return Transition(chat, (do.Reschedule(), *present_question(chat)))
    return Transition(chat, (do.Reschedule(), do.ShowSchedule(Opening.RELEASED)))


def refer_and_hold(chat: Chat, finding: Finding, now: datetime) -> Transition:
    """End the session and hold the programme; of two findings the graver one stays the reason for the hold."""
    closing: tuple[Effect, ...] = ()
    if chat.session is not None and chat.session.phase is not State.RATING_BACK:
        closing = (do.CloseSession(chat.session.number, SessionStatus.STOPPED),)
    hold = Hold(tier=finding.tier, flag=finding.flag, rule_id=finding.rule_id, since=now)
    if chat.hold is not None and chat.hold.tier > hold.tier:
        hold = chat.hold
    chat = replace(chat, session=None, hold=hold)
    chat = at(chat, chat.resting_state, now)
    return Transition(chat, (*closing, do.RecordFinding(finding), do.Reschedule(), do.Refer(finding, holds=True)))
