"""What the clinic's side needs from storage: requests of the staff, their log, broadcasts, invitations, counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.domain.broadcast import Broadcast, Delivered
from bot.domain.crowd import Deliveries, PersonCounted
from bot.domain.staff import Invitation, Segment


@dataclass(frozen=True, slots=True)
class StaffRequest:
    """What somebody asked for in the staff chat: words, or a button's data below the message `message_id`."""

    update_id: int
    person_id: int
    text: str
    message_id: int | None
    language: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class StaffAction:
    """Who of the staff did what at an instant (UTC); `chat_id` is whom it was about, where it was about one person."""

    done_at: datetime
    person_id: int
    action: str
    detail: str = ""
    chat_id: int | None = None


class Recipient(NamedTuple):
    """Somebody a broadcast is for."""

    chat_id: int
    language: str
    zone: str


class ClinicTransaction(Protocol):
    """The part of a transaction that concerns the clinic's side."""

    # requests
    def keep_request(self, request: StaffRequest) -> None:
        """Keep a request until it is answered."""
        ...

    def next_request(self) -> StaffRequest | None:
        """Return the oldest request."""
        ...

    def end_request(self, update_id: int) -> bool:
        """Delete a request; False where somebody else has answered it."""
        ...

    def log_action(self, action: StaffAction) -> None:
        """Write down what somebody of the staff did."""
        ...

    def trim_clinic(
        self,
        *,
        requests_before: datetime,
        actions_before: datetime,
        broadcasts_before: datetime,
        invitations_before: datetime,
    ) -> int:
        """Delete requests asked, actions done, broadcasts written and invitations ended before; return how many."""
        ...

    # codes
    def staff_code(self, chat_id: int) -> str | None:
        """Return the code by which the staff finds a person."""
        ...

    def set_staff_code(self, chat_id: int, code: str) -> bool:
        """Give a person a code; False where it is somebody else's."""
        ...

    def drop_staff_code(self, chat_id: int) -> None:
        """Forget a person's code."""
        ...

    def chat_with_code(self, code: str) -> int | None:
        """Return whose code it is."""
        ...

    # counts
    def count_people(self, after_chat_id: int | None, now: datetime, limit: int) -> Sequence[PersonCounted]:
        """Return what is counted of people, by their numbers, of those after one."""
        ...

    def count_deliveries(self, since: datetime) -> Deliveries:
        """Return what became of the letters that were over since an instant."""
        ...

    # broadcasts
    def write_broadcast(self, broadcast: Broadcast) -> int:
        """Store a new broadcast; return its number."""
        ...

    def load_broadcast(self, number: int) -> Broadcast | None:
        """Load a broadcast and lock it until the transaction ends."""
        ...

    def latest_broadcast(self) -> Broadcast | None:
        """Return the latest broadcast that was confirmed."""
        ...

    def broadcast_at_work(self, now: datetime) -> Broadcast | None:
        """Load the first broadcast that is being sent and due for a look; locked, unless somebody else has it."""
        ...

    def save_broadcast(self, broadcast: Broadcast) -> None:
        """Store how a broadcast goes, and to whom."""
        ...

    def recipients(self, broadcast: Broadcast, start_level: str, now: datetime, limit: int) -> Sequence[Recipient]:
        """Return people the broadcast is for and who have no letter of it, by their numbers, after `after_chat_id`."""
        ...

    def count_recipients(self, segment: Segment, start_level: str, now: datetime) -> int:
        """Return how many people a segment has."""
        ...

    def delivered(self, number: int) -> Delivered:
        """Return what became of a broadcast's letters so far."""
        ...

    def cancel_broadcast(self, number: int) -> None:
        """Cancel whatever of a broadcast is not on its way yet."""
        ...

    # invitations
    def write_invitation(self, code: str, invitation: Invitation, now: datetime) -> bool:
        """Store an invitation; False where its code is taken."""
        ...

    def accept_invitation(self, code: str, now: datetime) -> Invitation | None:
        """Use an invitation once more; None where there is no such code, or it has ended or is used up."""
        ...

    def withdraw_invitation(self, code: str, now: datetime) -> bool:
        """End an invitation; False where there is none that holds."""
        ...


def broadcast_key(number: int, chat_id: int | str) -> str:
    """Return the key of a broadcast's letter to a chat, which makes it the only one; without a chat, how all begin.

    Letters and digits only: not every database sorts other signs by their number.
    """
    return f"b{number}x{chat_id}"
