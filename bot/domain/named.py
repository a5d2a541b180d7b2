"""What events name: the question a button belongs to, how a step ended, commands, kinds of messages, preferences.

An event carries them; what can happen stands in `events`, which carries these names on.
"""

from enum import StrEnum
from typing import NamedTuple


class Token(NamedTuple):
    """Which question a session's button belongs to: session number, step and whether the easier variant was shown."""

    session: int
    step: int
    easier: bool = False


class Outcome(StrEnum):
    """How a step ended."""

    DONE = "done"
    PAIN = "pain"
    SKIPPED = "skipped"
    STOPPED = "stopped"


class Command(StrEnum):
    """A slash command that needs no argument; the values are the words registered with Telegram."""

    ROUTINE = "routine"
    TIME = "time"
    TIMEZONE = "timezone"
    LANGUAGE = "language"
    SETTINGS = "settings"
    PAUSE = "pause"
    RESUME = "resume"
    SKIP = "skip"
    PROGRESS = "progress"
    REPORT = "report"
    CLINIC = "clinic"
    PRIVACY = "privacy"
    EXPORT = "export"
    DELETE = "delete"
    HELP = "help"
    STOP = "stop"


class Media(StrEnum):
    """A message without words, by what the person would call it."""

    STICKER = "sticker"
    VOICE = "voice"
    PICTURE = "picture"
    CONTACT = "contact"
    POLL = "poll"
    OTHER = "other"


class Preference(StrEnum):
    """What a person may want of the picture of their progress, or not."""

    STREAK = "streak"
    DARK = "dark"
