"""A broadcast: one message of the clinic to many people, and how far it has got."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from bot.domain.staff import Segment


class BroadcastStatus(StrEnum):
    """Where a broadcast stands."""

    DRAFT = "draft"
    SENDING = "sending"
    SENT = "sent"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A message to many. Instants are UTC.

    Once it is confirmed, people are gone through by their numbers: those up to `after_chat_id` have been looked at in
    this round, `deferred` of them were in their night; the next look is at `next_at`. `queued` counts letters.
    `message_id` is the message that shows how it goes, `shown_at` when that was last brought up to date.
    """

    id: int
    text: str
    segment: Segment
    status: BroadcastStatus
    written_at: datetime
    staff_language: str
    confirmed_at: datetime | None = None
    next_at: datetime | None = None
    after_chat_id: int | None = None
    deferred: int = 0
    queued: int = 0
    shown_at: datetime | None = None
    message_id: int | None = None


class Delivered(NamedTuple):
    """What became of a broadcast's letters so far."""

    waiting: int
    sent: int
    not_reached: int
