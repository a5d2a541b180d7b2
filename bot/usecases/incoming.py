"""One update as the use cases see it: who, and what they did. Nothing here knows Telegram's types.

Only what decides something is kept: the text lives as long as the update is being handled and is never stored.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.events import Media

UPDATE_IDS_END = 2**63
"""Where the numbers of updates end that a database holds."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words: a message, a caption, or the new wording of an edited message."""

    text: str
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button: its data, the query to answer, and the message it sits on (None when Telegram no longer shows it)."""

    data: str
    query_id: str
    message_id: int | None


@dataclass(frozen=True, slots=True)
class SharedLocation:
    """A shared place in degrees, turned into a zone and forgotten."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Wordless:
    """A message without words."""

    media: Media


@dataclass(frozen=True, slots=True)
class Membership:
    """The person blocked the bot, or let it back in."""

    blocked: bool


@dataclass(frozen=True, slots=True)
class SpokenToInGroup:
    """Somebody addressed the bot in a group."""


Content = Said | Pressed | SharedLocation | Wordless | Membership | SpokenToInGroup


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update; `content` is None when there is nothing to do but to note that it was seen.

    `sent_at` (UTC) is when a message was written or changed; None for everything else.
    """

    update_id: int
    chat_id: int = 0
    content: Content | None = None
    first_name: str = ""
    language_code: str | None = None
    sent_at: datetime | None = None
