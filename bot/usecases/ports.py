"""What the use cases need from the outside, as protocols.

`Transaction` is implemented by storage (SQLite and PostgreSQL), `Clock` by the real clock and by the sandbox's
movable one. All methods of a transaction are synchronous and belong to the one that is open; instants are aware UTC.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from bot.domain.adherence import Standstill
from bot.domain.chat import Chat
from bot.domain.effects import OpenSession, RecordAnswer, SessionStatus
from bot.domain.hindsight import Correction
from bot.domain.history import PastSession, ToldDay
from bot.domain.journal import Journal
from bot.domain.levels import Morning, Wish
from bot.domain.safety import Finding, Tier
from bot.presentation.messages import Outgoing, Priority
from bot.usecases.clinic_ports import ClinicTransaction
from bot.usecases.delivery import Uploaded
from bot.usecases.reminder_ports import ReminderTransaction


class Clock(Protocol):
    """Where `now` comes from."""

    def now(self) -> datetime:
        """Return the present instant, aware, UTC."""
        ...


@dataclass(frozen=True, slots=True)
class StoredChat:
    """A chat with what only the shell knows.

    `live_key` is the outbox key of the message with the live buttons, `waiting` how many replies are queued for it.
    Until `flooding_until` it counts as flooding: what is said to it is one reply every few seconds. `warned_at`: when
    the person, silent for long, was told that everything will be erased. `changed_at` (UTC) is when the person last did
    anything; it is read, and written as the present.
    """

    chat: Chat
    live_key: str | None = None
    blocked_at: datetime | None = None
    flooding_until: datetime | None = None
    warned_at: datetime | None = None
    waiting: int = 0
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """One outgoing call waiting to be sent.

    `key` makes it unique for ever; `not_before` is UTC; after `expires_at` it is better not sent at all;
    `forget` deletes the row once it is sent.
    """

    key: str
    chat_id: int
    method: str
    payload: Mapping[str, Any]
    priority: Priority
    not_before: datetime
    expires_at: datetime | None = None
    forget: bool = False


class Addressee(NamedTuple):
    """Who gets a letter that many get, with what is their own of it, as in `Letter`; of a reminder, when it was due."""

    key: str
    chat_id: int
    expires_at: datetime | None
    due_at: datetime | None = None


def staff_key_prefix(chat_id: int) -> str:
    """Return how the keys of all letters to the staff chat about a person begin.

    It ends in a letter, because not every database sorts other signs by their number.
    """
    return f"staff{chat_id}x"


@dataclass(frozen=True, slots=True)
class TakenLetter:
    """A letter the relay has marked `sending`: `attempts` counts this one, `doubts` earlier ones without an answer."""

    id: int
    key: str
    chat_id: int
    method: str
    payload: dict[str, Any]
    attempts: int
    doubts: int
    forget: bool
    expires_at: datetime | None
    priority: Priority = Priority.REPLY
    due_at: datetime | None = None

    @property
    def is_bulk(self) -> bool:
        """Whether it may wait a while: a reminder or a broadcast."""
        return self.priority > Priority.REPLY


class Status(StrEnum):
    """Where a letter stands. `unknown` is over: tried several times, and none of the tries was answered."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    GAVE_UP = "gave_up"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What becomes of a letter after a try: over with `status`, or `queued` again until `not_before`.

    `uploaded` is a file that went with it.
    """

    letter: TakenLetter
    status: Status
    not_before: datetime
    doubts: int = 0
    message_id: int | None = None
    reason: str = ""
    uploaded: Uploaded | None = None


class Notice(StrEnum):
    """What a commit may bring that another process waits for."""

    LETTERS = "letters"
    LEASE = "lease"


class StorageFailed(Exception):  # noqa: N818 - says what is the case
    """The storage failed, not what was asked of it: nothing of this transaction may be kept or acknowledged."""


class Transaction(ClinicTransaction, ReminderTransaction, Protocol):
    """One open transaction."""

    def savepoint(self) -> AbstractContextManager[object]:
        """Undo only what is inside when it raises; raises StorageFailed when the storage itself is at fault."""
        ...

    # inbox
    def admit(self, update_id: int, now: datetime) -> bool:
        """Note that an update is being handled; False when it was handled before."""
        ...

    def record_failure(self, update_id: int, failure: str, now: datetime) -> None:
        """Note that an update could not be handled, by failure id; it counts as handled."""
        ...

    # chat
    def lock_chats(self, chat_ids: Collection[int]) -> None:
        """Lock several chats at once, in an order that is everybody's: two that need the same ones never deadlock."""
        ...

    def load_chat(self, chat_id: int) -> StoredChat | None:
        """Load a chat and lock it until the transaction ends."""
        ...

    def save_chat(self, stored: StoredChat, now: datetime) -> None:
        """Insert or replace a chat: a sign of life, unless the person is found to have blocked the bot."""
        ...

    def erase_chat(self, chat_id: int) -> None:
        """Delete every row about a chat, letters included."""
        ...

    def withdraw_staff_letters(self, chat_id: int) -> None:
        """Delete the letters about a person that wait for the staff chat; what is in flight is not sent again."""
        ...

    # records
    def open_session(self, chat_id: int, opening: OpenSession, local_date: date) -> None:
        """Record that a session began."""
        ...

    def record_answer(self, chat_id: int, answer: RecordAnswer, now: datetime, local_date: date) -> None:
        """Record a step's answer, replacing an earlier one to the same step and variant."""
        ...

    def close_session(self, chat_id: int, number: int, status: SessionStatus, now: datetime) -> None:
        """Record how a session ended."""
        ...

    def reopen_session(self, chat_id: int, number: int) -> None:
        """Record that a session goes on after all."""
        ...

    def rate_session(self, chat_id: int, number: int, rating: int) -> None:
        """Record how the back felt after a session."""
        ...

    def record_finding(self, chat_id: int, finding: Finding, now: datetime) -> None:
        """Record tier, flag and rule of a finding."""
        ...

    def end_standstill(self, chat_id: int, standstill: Standstill) -> None:
        """Record a pause or hold that is over; of one that is recorded, only its end changes."""
        ...

    def journal(self, chat_id: int) -> Journal:
        """Return what is on record about a person's days, oldest first, without exercises and findings."""
        ...

    def full_journal(self, chat_id: int) -> Journal:
        """Return the journal with its exercises and findings, for a report."""
        ...

    def everything_about(self, chat_id: int) -> dict[str, Any]:
        """Return every stored row about a chat as JSON-ready data, by table."""
        ...

    # days
    def tell_pain(self, chat_id: int, local_date: date, rating: int) -> None:
        """Record how strong the pain was on a date before a session, 0-10; the highest rating of the date is kept."""
        ...

    def tell_morning(self, chat_id: int, local_date: date, morning: Morning) -> None:
        """Record how the back was on a date, compared with the day before; a later word replaces an earlier one."""
        ...

    def tell_wish(self, chat_id: int, local_date: date, wish: Wish | None) -> None:
        """Record what was asked for on a date; None takes it back."""
        ...

    def tell_done(self, chat_id: int, local_date: date, now: datetime, *, done: bool) -> None:
        """Record somebody's word that a date was done, or was not; a later word replaces an earlier one.

        A session that is finished after they said that it was not done counts all the same.
        """
        ...

    def correct_ratings(self, chat_id: int, correction: Correction, now: datetime) -> None:
        """Record corrected ratings of a date beside those told at the time; the gravest ever told is kept."""
        ...

    def told_days(self, chat_id: int) -> Sequence[ToldDay]:
        """Return what a person said of days, oldest first."""
        ...

    def past_sessions(self, chat_id: int) -> Sequence[PastSession]:
        """Return a person's sessions, the running one included, oldest first."""
        ...

    def past_findings(self, chat_id: int) -> Sequence[tuple[datetime, Tier]]:
        """Return when (UTC) a person had findings, and how grave they were."""
        ...

    # outbox
    def queue(self, letters: Sequence[Letter]) -> None:
        """Add letters to the outbox; a key that is there already is left as it is."""
        ...

    def queue_alike(self, message: Outgoing, to: Sequence[Addressee], not_before: datetime) -> None:
        """Add the same message for many chats to the outbox; a key that is there already is left as it is."""
        ...

    def message_id_of(self, key: str) -> int | None:
        """Return the Telegram id of a sent letter, None while it waits or when it is gone."""
        ...

    def cancel_letters(self, chat_id: int) -> None:
        """Cancel whatever still waits for a chat; what is in flight is not sent again."""
        ...

    def withdraw_messages(self, chat_id: int, *, spared: int) -> None:
        """Cancel the messages that still wait for a chat, but none as urgent as `spared`; in flight as above."""
        ...

    def withdraw_replies(self, chat_id: int, *, kept: str | None) -> Mapping[str, datetime]:
        """Cancel the replies queued for a chat, but the one with the key `kept`; return their keys and `not_before`."""
        ...

    def status_of(self, key: str) -> Status | None:
        """Return where the letter with this key stands, None when there is none."""
        ...

    def take_letters(
        self, now: datetime, limit: int, resting_chats: Collection[int], *, bulk_limit: int | None = None
    ) -> list[TakenLetter]:
        """Mark the most urgent due letter of each chat `sending` and return them, at most `limit`.

        Of reminders and broadcasts at most `bulk_limit`. Chats that rest, or have a letter in flight, get none.
        """
        ...

    def settle(self, settlements: Sequence[Settlement], now: datetime) -> None:
        """Record what became of letters; one that is over loses its payload, or its row where it is to be forgotten.

        The file that went with one is stored by the name that Telegram has for it; the latest counts. A settlement of
        an earlier try than the one in flight changes nothing.
        """
        ...

    def hasten_letters(self, after: datetime, now: datetime) -> None:
        """Let letters that must wait beyond `after` leave now."""
        ...

    def letters_in_flight(self) -> Sequence[TakenLetter]:
        """Return letters that are marked `sending`."""
        ...

    def next_letter_after(self, now: datetime) -> datetime | None:
        """Return when the next letter that must still wait at `now` may leave."""
        ...

    def file_ids(self) -> Mapping[str, str]:
        """Return what Telegram calls the files that went with letters, by key."""
        ...

    # lease
    def hold_lease(
        self, name: str, holder: str, now: datetime, expires_at: datetime, *, force: bool = False
    ) -> int | None:
        """Take or renew a lease; return its fencing token, None while somebody else holds it."""
        ...

    def renew_lease(self, name: str, holder: str, token: int, now: datetime, expires_at: datetime) -> bool:
        """Renew a lease that nobody else has held since it got this token; False, and nothing changed, otherwise.

        It is locked until the transaction ends: whoever takes it over does so after that.
        """
        ...

    def release_lease(self, name: str, holder: str) -> None:
        """Give up a lease, so that the next holder need not wait for its end; somebody else's stays as it is."""
        ...

    # housekeeping
    def fact(self, name: str) -> str | None:
        """Return what was stored under a name."""
        ...

    def set_fact(self, name: str, value: str) -> None:
        """Store something under a name."""
        ...

    def waiting_letters(self) -> Mapping[int, int]:
        """Return how many letters wait or are in flight, by priority."""
        ...
