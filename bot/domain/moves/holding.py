"""Moves of safety: a finding ends the session and refers; a grave one holds the programme until the person ends it.

What holds: the tiers emergency and urgent, and an injury of any tier. Other findings of the tier "referral" end the
session only; the second one within a week suggests booking an appointment.

Source: tier rules for safety messages, version 1; DESIGN section 1, promise 1.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import effects as do
from bot.domain.chat import INJURIES, Chat, Hold, State
from bot.domain.effects import Effect, SessionStatus
from bot.domain.events import Event, HoldReleased, SafetyRaised
from bot.domain.keys import Opening
from bot.domain.plan import Routine
from bot.domain.safety import Finding, Tier
from bot.domain.screening import Release
from bot.domain.transition import Transition, at, present_question, stale

SECOND_REFERRAL_DAYS = 7


def refer_before_consent(chat: Chat, event: SafetyRaised, now: datetime, _routine: Routine) -> Transition:
    """Refer without storing anything, for health is not recorded before consent.

    The question for consent is withdrawn: an "ok" after a referral answers the referral. What comes next is greeted.
    """
    return Transition(at(chat, State.NEW, now), (do.Refer(event.finding, holds=False),))


def refer(chat: Chat, event: SafetyRaised, now: datetime, _routine: Routine) -> Transition:
    """End the session and refer; hold the programme if it is urgent, an emergency or an injury."""
    if event.finding.tier >= Tier.URGENT or event.finding.flag in INJURIES:
        return refer_and_hold(chat, event.finding, now)
    return refer_only(chat, event.finding, now)


def release_hold(chat: Chat, event: HoldReleased, now: datetime, _routine: Routine) -> Transition:
    """Go on with the programme, more gently: the person has spoken to someone.

    Where a clinician's leave is needed, having spoken is not enough, and some holds never end. After an urgent one
    everything is asked anew before the next session.
    """
    hold = chat.hold
    if hold is None:
        return stale(chat, None, now)
    if hold.release is Release.NEVER or (hold.release is Release.CLEARED and not event.cleared):
        return Transition(chat, (do.ShowHold(),))
    screened_at = None if hold.tier >= Tier.URGENT else chat.screened_at
    chat = replace(chat, hold=None, entered_at=now, gentle=True, screened_at=screened_at)
    question = () if chat.is_set_up else present_question(chat)
    return Transition(chat, (do.Reschedule(), do.ShowSchedule(Opening.RELEASED), *question))


def not_yet_spoken(chat: Chat, _event: Event, now: datetime, _routine: Routine) -> Transition:
    """Show once more whom to turn to, kindly: the person has not spoken to anybody yet."""
    if chat.hold is None:
        return stale(chat, None, now)
    return Transition(chat, (do.Encourage(),))


def refer_and_hold(chat: Chat, finding: Finding, now: datetime, *, release: Release = Release.SPOKEN) -> Transition:
    """End the session and hold the programme; of two findings the graver one stays the reason for the hold.

    A hold that never ends stays so, whatever comes after it.
    """
    held = chat.hold
    hold = Hold(tier=finding.tier, flag=finding.flag, rule_id=finding.rule_id, since=now, release=release)
    if held is not None and held.tier > hold.tier:
        hold = held
    if held is not None and held.release is Release.NEVER:
        hold = replace(hold, release=Release.NEVER)
    return _refer(replace(chat, hold=hold), finding, now, do.Reschedule(), holds=True)


def refer_only(chat: Chat, finding: Finding, now: datetime) -> Transition:
    """End the session and refer; a hold there is stays."""
    return _refer(chat, finding, now, holds=chat.hold is not None)


def is_second_referral(chat: Chat, now: datetime) -> bool:
    """Whether there was a finding of the tier "referral" within the week before."""
    return chat.referred_at is not None and now - chat.referred_at < timedelta(days=SECOND_REFERRAL_DAYS)


def _refer(chat: Chat, finding: Finding, now: datetime, *records: Effect, holds: bool) -> Transition:
    closing: tuple[Effect, ...] = ()
    if chat.session is not None and chat.session.phase is not State.RATING_BACK:
        closing = (do.CloseSession(chat.session.number, SessionStatus.STOPPED),)
    again = False
    if finding.tier is Tier.REFERRAL:
        again = is_second_referral(chat, now)
        chat = replace(chat, referred_at=now)
    chat = replace(chat, session=None, screening=None)
    chat = at(chat, chat.resting_state, now)
    if finding.tier >= Tier.URGENT and chat.staff_consent:
        records = (*records, do.NotifyStaff(finding))
    release = Release.SPOKEN if chat.hold is None else chat.hold.release
    referral = do.Refer(finding, holds=holds, again=again, release=release)
    return Transition(chat, (*closing, do.RecordFinding(finding), *records, referral))
