"""What became of one outgoing call: the values a gateway answers with and the outbox decides by.

A failed send is an expected outcome, so it is a value and never an exception. Each class stands for one decision of the
outbox, not for one HTTP status: what Telegram said is folded into what to do next. `reason` and `note` are for logs and
the operator; they hold Telegram's own words, never a token and never the text of a message.

Only frozen values belong here, built from the standard library, so that use cases and adapters can share them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that Telegram has now: `key` names its bytes and the bot, `file_id` is what Telegram calls it."""

    key: str
    file_id: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The call had its effect, or needs none any more (`note` says why, as with an edit that changes nothing).

    `file_id` is what Telegram calls the picture in it; `uploaded` is set where that is news.
    """

    message_id: int | None
    note: str = ""
    file_id: str | None = None
    uploaded: Uploaded | None = None


@dataclass(frozen=True, slots=True)
class Instead:
    """Telegram will not take this call as it is, but this one may do: the same picture uploaded anew, or its words."""

    method: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NotReady:
    """Nothing was called, for what the letter shows is still being made: put it back, so that a graver one may pass."""

    reason: str


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """Telegram asks for quiet: send nothing to this chat, or nothing at all (it does not say which), for `seconds`."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Blocked:
    """This chat cannot be reached any more: mark the person as blocked and cancel what waits for them."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Surely not delivered, and not the recipient's fault: back off and try again as often as it takes."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The answer was lost after the call left: it may have been delivered, and may come twice if tried again.

    `was_answered`: something did answer, but not in a way that tells (a proxy that got tired of waiting, an answer cut
    short). Whatever is in between is in trouble, and is likely to be so for a while.
    """

    reason: str
    was_answered: bool = False


@dataclass(frozen=True, slots=True)
class GaveUp:
    """Telegram will never take this call as it is: record it, count it, go on with the next.

    `moved_to` is the number under which a group is now found that has become a supergroup.
    """

    reason: str
    moved_to: int | None = None


@dataclass(frozen=True, slots=True)
class TokenRejected:
    """Telegram does not know this bot's token (any more): no call can succeed until the operator acts."""

    reason: str


SendResult = Sent | NotReady | RetryAfter | Blocked | Unreachable | Unknown | GaveUp | TokenRejected
