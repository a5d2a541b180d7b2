"""One update as the use cases see it: who, and what they did. Nothing here knows Telegram's types.

Only what decides something is kept: the text lives as long as the update is being handled and is never stored.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain import buttons
from bot.domain.events import Event, Media, MorningTold, RoutineStarted
from bot.domain.levels import Morning

UPDATE_IDS_END = 2**63
"""Where the numbers of updates end that a database holds."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words: a message, a caption, or the new wording of an edited message; `message_id` is the message's own."""

    text: str
    edited: bool = False
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button: its data, the query to answer, and the message it sits on (None when Telegram no longer shows it).

    `shown` is the data of all buttons of that message as the person saw it.
    """

    data: str
    query_id: str
    message_id: int | None
    shown: tuple[str, ...] = ()

    @property
    def mornings(self) -> tuple[Morning, ...]:
        """The answers about the morning among the buttons: all three while it is asked, one once it was told."""
        events = [buttons.decode(data) for data in self.shown]
        return tuple(event.morning for event in events if isinstance(event, MorningTold))

    @property
    def is_question(self) -> bool:
        """Whether nothing but a question about the morning stands below the message."""
        return bool(self.shown) and all(isinstance(buttons.decode(data), MorningTold) for data in self.shown)

    @property
    def question_left(self) -> date | None:
        """The day of the reminder whose question about the morning is still open after Start or Bad day; else None."""
        if not isinstance(buttons.decode(self.data), RoutineStarted):
            return None
        events = [buttons.decode(data) for data in self.shown]
        asked = [event.local_date for event in events if isinstance(event, MorningTold)]
        return asked[0] if len(asked) == len(Morning) else None


@dataclass(frozen=True, slots=True)
class SharedLocation:
    """A shared place in degrees, turned into a zone and forgotten."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Wordless:
    """A message that is no text; `words` are those in it that only triage reads, as in the question of a poll."""

    media: Media
    words: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """The person blocked the bot, or let it back in."""

    blocked: bool


@dataclass(frozen=True, slots=True)
class SpokenToInGroup:
    """Somebody addressed the bot in a group."""

    text: str = ""
    person_id: int = 0


@dataclass(frozen=True, slots=True)
class FromApp:
    """Something chosen in the Mini App; it has been read into its event already."""

    event: Event


@dataclass(frozen=True, slots=True)
class PressedInGroup:
    """Somebody pressed a button of the bot in a group; fields as in `Pressed`."""

    data: str
    query_id: str
    message_id: int | None
    person_id: int


Content = Said | Pressed | SharedLocation | Wordless | Membership | SpokenToInGroup | PressedInGroup | FromApp


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update; `content` is None when there is nothing to do but to note that it was seen.

    What comes from the Mini App is no update of Telegram's and has a negative number (`bot.usecases.miniapp`).

    `sent_at` (UTC) is when a message was written or changed; None for everything else.
    """

    update_id: int
    chat_id: int = 0
    content: Content | None = None
    first_name: str = ""
    language_code: str | None = None
    sent_at: datetime | None = None
