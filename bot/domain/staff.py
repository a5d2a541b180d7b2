"""What the clinic's staff can ask for in their own chat, as values: read from a command or from a button.

Roles follow the chat itself: whoever may change it there may write to everybody here. Reading never fails; what is no
request asks for help. Which words mean a language, a level or a number of uses is content, and comes as `StaffWords`.

Buttons carry `b:` (a broadcast) or `i:` (an invitation) and are read here alone: the patients' buttons are
`bot.domain.buttons`, which knows none of these, as this module knows none of theirs.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time
from enum import IntEnum, StrEnum

from bot.domain.codes import CODE_LENGTH, read_code

LONGEST_BROADCAST = 3_000
MOST_USES = 1_000
MOST_DAYS = 365
USUAL_DAYS = 14

_NOTHING = "-"
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})")
_NUMBER = re.compile(r"\d{1,4}")


class Role(IntEnum):
    """What somebody is in the staff chat; a higher one may do what a lower one may."""

    NOBODY = 0
    MEMBER = 1
    ADMIN = 2


@dataclass(frozen=True, slots=True)
class Segment:
    """Who gets a broadcast: people of one language, at one level, or with a routine done lately; None: any."""

    language: str | None = None
    level: str | None = None
    active: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a deep link brings along. `uses` is how many people it serves, None any number; `days` how long it holds."""

    language: str | None = None
    local_time: time | None = None
    programme: str | None = None
    uses: int | None = 1
    days: int = USUAL_DAYS


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """What can be asked for."""


@dataclass(frozen=True, slots=True)
class StatsAsked:
    """How all people together are doing."""


@dataclass(frozen=True, slots=True)
class WhoAsked:
    """How the person is doing who quoted this code; None where what stands there is no code."""

    code: str | None


@dataclass(frozen=True, slots=True)
class BroadcastWritten:
    """A message to many, to be looked at before it is sent; an empty one asks how the last one goes."""

    text: str
    segment: Segment = Segment()


class Act(StrEnum):
    """What a button below a broadcast does."""

    LANGUAGE = "language"
    LEVEL = "level"
    ACTIVE = "active"
    ASK = "ask"
    BACK = "back"
    SEND = "send"
    SHOW = "show"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class BroadcastPressed:
    """A button below the broadcast with this number; `value` is the language or level it stands for."""

    number: int
    act: Act
    value: str = ""


@dataclass(frozen=True, slots=True)
class InvitationAsked:
    """An invitation in words or by a button; `is_made`: make it now, otherwise show what can be chosen."""

    invitation: Invitation
    is_made: bool
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InvitationWithdrawn:
    """The link with this code shall open nothing any more."""

    code: str


Asked = HelpAsked | StatsAsked | WhoAsked | BroadcastWritten | BroadcastPressed | InvitationAsked | InvitationWithdrawn


@dataclass(frozen=True, slots=True)
class StaffWords:
    """What words of a command mean, in lower case: the languages, levels and programmes there are, and the marks."""

    languages: Mapping[str, str]
    levels: Mapping[str, str]
    programmes: Mapping[str, str]
    active: frozenset[str]
    once: frozenset[str]
    uses: frozenset[str]
    days: frozenset[str]
    many: frozenset[str]


def role_needed(asked: Asked) -> Role:
    """Return who may ask for this at least."""
    match asked:
        case HelpAsked() | StatsAsked() | WhoAsked():
            return Role.MEMBER
        case _:
            return Role.ADMIN


def read_command(text: str, words: StaffWords) -> Asked:
    """Read a message of the staff chat, a command or not."""
    command, *following = text.strip().split(maxsplit=1) or [""]
    rest = following[0] if following else ""
    match command.partition("@")[0].lower():
        case "/stats":
            return StatsAsked()
        case "/who":
            return WhoAsked(read_code(rest))
        case "/broadcast":
            return _read_broadcast(rest, words)
        case "/invite":
            return _read_invitation(rest, words)
        case _:
            return HelpAsked()


def read_button(data: str, words: StaffWords) -> Asked | None:
    """Read what a button of the staff chat carries; None for anything that `encode` does not write."""
    try:
        asked = _read_button(data.split(":"))
    except ValueError:
        return None
    if asked is None or encode(asked) != data or not _is_known(asked, words):
        return None
    return asked


def encode(asked: BroadcastPressed | InvitationAsked | InvitationWithdrawn) -> str:
    """Spell what a button stands for, in at most 64 bytes."""
    match asked:
        case BroadcastPressed(number, act, value):
            return f"b:{number}:{act}" + (f":{value}" if value else "")
        case InvitationWithdrawn(code):
            return f"i:drop:{code}"
        case InvitationAsked(chosen, is_made):
            clock = _NOTHING if chosen.local_time is None else f"{chosen.local_time:%H%M}"
            parts = (chosen.language or _NOTHING, clock, str(chosen.uses or 0), str(chosen.days))
            return ":".join(("i", "make" if is_made else "set", *parts, chosen.programme or _NOTHING))


def toggled(segment: Segment, pressed: BroadcastPressed) -> Segment:
    """Return the segment with what was pressed chosen, or no longer where it was."""
    match pressed.act:
        case Act.LANGUAGE:
            return replace(segment, language=None if segment.language == pressed.value else pressed.value)
        case Act.LEVEL:
            return replace(segment, level=None if segment.level == pressed.value else pressed.value)
        case Act.ACTIVE:
            return replace(segment, active=not segment.active)
        case _:
            return segment


def _read_broadcast(rest: str, words: StaffWords) -> BroadcastWritten:
    """Read "es active" on the first line as the segment, where every word of it is one; the rest is the message."""
    first, _, following = rest.partition("\n")
    segment = _segment_of(first.lower().split(), words)
    if segment is None:
        return BroadcastWritten(rest.strip())
    return BroadcastWritten(following.strip(), segment)


def _segment_of(given: list[str], words: StaffWords) -> Segment | None:
    segment = Segment()
    for word in given:
        if word in words.active:
            segment = replace(segment, active=True)
        elif word in words.languages:
            segment = replace(segment, language=words.languages[word])
        elif word in words.levels:
            segment = replace(segment, level=words.levels[word])
        else:
            return None
    return segment


def _read_invitation(rest: str, words: StaffWords) -> InvitationAsked:
    """Read "es 07:30 once 14 days" in any order; what is no such word is told back and nothing is made."""
    given = rest.lower().split()
    chosen, unread, at = Invitation(), [], 0
    while at < len(given):
        word, unit = given[at], given[at + 1] if at + 1 < len(given) else ""
        taken = _with_number(chosen, word, unit, words)
        step = 2
        if taken is None:
            taken, step = _with_word(chosen, word, words), 1
        if taken is None:
            unread.append(word)
        chosen, at = taken or chosen, at + step
    return InvitationAsked(chosen, is_made=bool(given) and not unread, unread=tuple(unread))


def _with_number(chosen: Invitation, word: str, unit: str, words: StaffWords) -> Invitation | None:
    if not _NUMBER.fullmatch(word):
        return None
    number = int(word)
    if unit in words.days and 1 <= number <= MOST_DAYS:
        return replace(chosen, days=number)
    if unit in words.uses and 1 <= number <= MOST_USES:
        return replace(chosen, uses=number)
    return None


def _with_word(chosen: Invitation, word: str, words: StaffWords) -> Invitation | None:
    clock = _CLOCK.fullmatch(word)
    if clock is not None and int(clock[1]) < 24 and int(clock[2]) < 60:  # noqa: PLR2004 - a clock
        return replace(chosen, local_time=time(int(clock[1]), int(clock[2])))
    if word in words.once:
        return replace(chosen, uses=1)
    if word in words.many:
        return replace(chosen, uses=None)
    if word in words.languages:
        return replace(chosen, language=words.languages[word])
    if word in words.programmes:
        return replace(chosen, programme=words.programmes[word])
    return None


def _read_button(parts: list[str]) -> BroadcastPressed | InvitationAsked | InvitationWithdrawn | None:
    match parts:
        case ["b", number, act, *value] if len(value) <= 1:
            return BroadcastPressed(int(number), Act(act), value[0] if value else "")
        case ["i", "drop", code] if len(code) == CODE_LENGTH:
            return InvitationWithdrawn(code)
        case ["i", "make" | "set" as act, language, clock, uses, days, programme]:
            chosen = Invitation(
                language=None if language == _NOTHING else language,
                local_time=None if clock == _NOTHING else time(int(clock[:2]), int(clock[2:])),
                programme=None if programme == _NOTHING else programme,
                uses=int(uses) or None,
                days=int(days),
            )
            return InvitationAsked(chosen, is_made=act == "make")
        case _:
            return None


def _is_known(asked: Asked, words: StaffWords) -> bool:
    """Whether a button names only what there is, within bounds: its data may come from anybody in the chat."""
    match asked:
        case BroadcastPressed(_, Act.LANGUAGE, value):
            return value in words.languages.values()
        case BroadcastPressed(_, Act.LEVEL, value):
            return value in words.levels.values()
        case InvitationAsked(chosen):
            return (
                chosen.language in {None, *words.languages.values()}
                and chosen.programme in {None, *words.programmes.values()}
                and 1 <= chosen.days <= MOST_DAYS
                and (chosen.uses is None or 1 <= chosen.uses <= MOST_USES)
            )
        case _:
            return True
