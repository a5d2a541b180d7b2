"""What a storm leaves behind: one list of what happened, in the order in which the sandbox saw it.

Nothing here comes from the bot's own books. What a person heard is named by a short word (`crowd.name_of`), so that a
record can also be made up by hand, as the tests of the verdict do.
"""

from dataclasses import dataclass

REMINDER = "reminder"
REFERRAL = "referral"
EXPORT = "export"


@dataclass(frozen=True, slots=True)
class Said:
    """A person sent something, as this update, and ought to hear these messages for it, in this order."""

    person: int
    update: int
    awaits: tuple[str, ...] = ()
    is_emergency: bool = False


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The bot acknowledged these updates: from here on it answers for them."""

    updates: frozenset[int]


@dataclass(frozen=True, slots=True)
class Heard:
    """A message arrived in a person's chat."""

    person: int
    what: str


@dataclass(frozen=True, slots=True)
class Tried:
    """The bot called for a message; noted after the message itself where that arrived."""

    person: int
    what: str


@dataclass(frozen=True, slots=True)
class AnswerLost:
    """A message arrived, and the bot was not told: it can only send it again."""

    person: int


@dataclass(frozen=True, slots=True)
class Due:
    """A person's reminder is due from here on; `surely`, unless something they say meanwhile withdraws it."""

    person: int
    surely: bool = True


@dataclass(frozen=True, slots=True)
class Struck:
    """A process was killed, or stopped until its lease was another's."""

    how: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What a person was given as their own record, and what it ought to be."""

    person: int
    answers: tuple[str, ...]
    expected: tuple[str, ...]


Event = Said | Confirmed | Heard | Tried | AnswerLost | Due | Struck | Exported
