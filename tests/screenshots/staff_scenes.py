"""The scenes of the staff chat: a clinic with a crowd of patients behind it, always the same one.

Codes of invitations are drawn by lot; here the lot is a fixed one, so that link and QR picture stay as they are.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.domain.chat import Chat
from bot.domain.dues import DAILY, OWN_WORD, SENT, DayNote
from bot.domain.safety import Finding, Flag, Tier
from bot.presentation.messages import Outgoing, Priority
from bot.storage.unit_of_work import Database, Transaction
from bot.usecases.ports import Addressee, Settlement, Status, StoredChat
from tests.acceptance.clinic_at_work import Clinic, clinic, patient
from tests.acceptance.person import Message
from tests.screenshots.scenes import BEGINS_AT, written

PATIENTS = 84
_DAYS = 28
_FINDINGS = {5: Tier.EMERGENCY, 7: Tier.URGENT, 4: Tier.REFERRAL}  # every so many people


@dataclass(frozen=True, slots=True)
class StaffScene:
    """One picture of the staff chat: its name, what it shows, how it is played, and the height of the phone."""

    name: str
    shows: str
    play: Callable[[Clinic], Awaitable[Message]]
    height: int = 932


async def _stats(at: Clinic) -> Message:
    return await at.ask("/stats", f"People: {PATIENTS}", by=at.desk)


async def _broadcast(at: Clinic) -> Message:
    return await at.ask("/broadcast en active\nThe clinic is closed on Friday. Your exercises go on as usual.", "To: ")


async def _invite(at: Clinic) -> Message:
    return await at.ask("/invite es 07:30 once 14 days", "https://t.me/")


STAFF_SCENES = (
    StaffScene("staff-stats", "/stats: how all people together are doing, as a picture and in words", _stats, 1400),
    StaffScene(
        "staff-broadcast", "/broadcast: how the message will look, to how many, and for whom it may be", _broadcast
    ),
    StaffScene("staff-invite", "/invite: a link and the same as a QR picture", _invite),
)


@asynccontextmanager
async def clinic_of_scenes(folder: Path) -> AsyncIterator[Clinic]:
    """Run a clinic with its crowd."""
    lot = Random(20260504)  # noqa: S311 - the same each time is what it is for
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.usecases.invitations.choice", lot.choice)
        async with clinic(folder, BEGINS_AT) as at:
            _store_crowd(at.here.database, at.lumbar.clock.now())
            yield at


async def played_by_staff(at: Clinic, scene: StaffScene) -> str:
    """Play a scene; return what its picture shows, as text."""
    message = await scene.play(at)
    await at.lumbar.sent_everything()
    return written(message) + "\n"


def _store_crowd(file: Path, now: datetime) -> None:
    """Write the patients into the bot's database, with their days, warning signs, and this morning's reminders."""
    database = Database(f"sqlite:///{file}")
    by_lot = Random(1)  # noqa: S311 - the same each time is what it is for

    def write(tx: Transaction) -> None:
        for number in range(PATIENTS):
            _store(tx, number, by_lot, now)
        lateness = (timedelta(seconds=25 if number % 9 == 0 else 2) for number in range(PATIENTS))
        to = [Addressee(f"r{number}", number + 1, None, now - late) for number, late in enumerate(lateness)]
        tx.queue_alike(Outgoing("sendMessage", {"text": "-"}, Priority.REMINDER), to, now)
        taken = tx.take_letters(now, PATIENTS, ())
        tx.settle([Settlement(letter, Status.SENT, now, message_id=1) for letter in taken], now)

    database.run_here(write)
    database.close()


def _store(tx: Transaction, number: int, by_lot: Random, now: datetime) -> None:
    is_new, is_resting, has_left = number % 12 == 0, number % 13 == 1, number % 14 == 2
    steadiness = by_lot.betavariate(4, 2)
    chat = patient(number, now - timedelta(days=7 if is_new else 60))
    days = [] if is_new else [day for day in range(1, _DAYS) if by_lot.random() < steadiness]
    last = now - timedelta(days=20 if number % 11 == 3 else 1)
    chat = replace(chat, paused_at=now if is_resting else None, finished_at=None if is_new else last)
    tx.save_chat(StoredChat(chat, blocked_at=now if has_left else None), now)
    if not is_new:
        _store_days(tx, chat, days, now)
    for every, tier in _FINDINGS.items():
        if number % (every * 3) == every:
            tx.record_finding(chat.chat_id, Finding(tier, Flag.NEURO, "-", ()), now - timedelta(days=3))


def _store_days(tx: Transaction, chat: Chat, done: list[int], now: datetime) -> None:
    day = timedelta(days=1)
    notes = [DayNote(chat.chat_id, (now - back * day).date(), DAILY, SENT) for back in range(1, _DAYS)]
    notes += [DayNote(chat.chat_id, (now - back * day).date(), OWN_WORD, "done") for back in done]
    tx.note_days(notes, now)
