"""Chats, sessions and letters to store."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.domain.chat import Chat, Hold, LastAnswer, Screening, Session, State
from bot.domain.plan import Dose, Prescription
from bot.domain.proposals import ProposedTimes
from bot.domain.safety import Flag, Tier
from bot.domain.schedule import ReminderTimes
from bot.domain.screening import Release
from bot.domain.times import Half, TypedTime
from bot.presentation.messages import Priority
from bot.usecases.ports import Letter, Settlement, Status, StoredChat, TakenLetter

NOW = datetime(2026, 5, 7, 11, 30, 0, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOLDER = "relay-1"

TEN = Dose(repetitions=10, hold_breaths=None, hold_seconds=None, sides=True)
FIVE = Dose(repetitions=5, hold_breaths=2, hold_seconds=None, sides=False)
SESSION = Session(
    number=3,
    started_at=NOW,
    prescriptions=(
        Prescription("knee-rolls", dose=TEN, easier_dose=FIVE),
        Prescription("back-extensions", dose=FIVE, easier_dose=FIVE),
    ),
    step=1,
    easier=True,
    phase=State.RATING_PAIN,
    gentle=True,
    is_minimum=True,
)
FULL_CHAT = Chat(
    chat_id=7,
    language="en",
    state=State.RATING_PAIN,
    entered_at=NOW,
    consented_at=NOW - MINUTE,
    zone="America/New_York",
    reminder_times=ReminderTimes((time(7, 30), time(21)), frozenset({1, 3})),
    proposed=ProposedTimes((TypedTime(time(6, 15), Half.ASSUMED), TypedTime(time(21))), frozenset({1, 5})),
    at_reminder=True,
    paused_at=NOW - 2 * MINUTE,
    paused_until=date(2026, 6, 1),
    follow_up_minutes=60,
    hold=Hold(tier=Tier.URGENT, flag=Flag.NEURO, rule_id="U1", since=NOW, release=Release.CLEARED),
    session=SESSION,
    sessions_started=3,
    gentle=True,
    referred_at=NOW - 3 * MINUTE,
    screening=Screening(NOW, page=2, is_weekly=True, for_minimum=True, phase=State.SCREENING_PAIN),
    screened_at=NOW - 4 * MINUTE,
    checked_at=NOW - 5 * MINUTE,
    finished_at=NOW - 6 * MINUTE,
    plan_referred_at=NOW - 7 * MINUTE,
    staff_consent=True,
    text_only=True,
    weekly_day=3,
    wants_streak=True,
    wants_dark=True,
    invitation="BCDFGHJKMN",
    programme="lower-back",
    last_answer=LastAnswer(
        zone="America/New_York",
        message_id=4_000_000_000,
        state=State.RATING_PAIN,
        session=SESSION,
        screening=Screening(NOW, page=1),
        proposed=ProposedTimes((TypedTime(time(6, 15), Half.ASSUMED),), frozenset({1, 5})),
        gentle=True,
        referred_at=NOW - 3 * MINUTE,
        finished_at=NOW - 6 * MINUTE,
        is_referred=True,
    ),
)


def stored(chat_id: int, **changes: Any) -> StoredChat:
    """Return a chat that is set up, with changes."""
    chat = Chat(
        chat_id=chat_id,
        language="en",
        state=State.IDLE,
        consented_at=NOW,
        zone="America/New_York",
        reminder_times=ReminderTimes((time(7, 30),)),
    )
    return StoredChat(replace(chat, **changes))


def letter(key: str, chat_id: int = 1, priority: Priority = Priority.REPLY, **changes: Any) -> Letter:
    """Return a letter that may leave now, with changes."""
    plain = Letter(
        key=key, chat_id=chat_id, method="sendMessage", payload={"text": key}, priority=priority, not_before=NOW
    )
    return replace(plain, **changes)


def sent(taken: TakenLetter, message_id: int = 99) -> Settlement:
    """Return the settlement of a letter that arrived."""
    return Settlement(taken, Status.SENT, NOW, message_id=message_id)
