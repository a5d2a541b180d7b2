"""The staff's log: what a request is called there, told whether it was answered, refused or failed.

Everything asked for in the staff chat leaves one row of who, when and what. Nothing here is what somebody wrote: of a
broadcast only its number, of a person's code nothing (the row has the chat, until that is erased), of an invitation the
last signs of its code, which tell links apart and open none.
"""

from enum import StrEnum

from bot.domain.staff import (
    Asked,
    BroadcastPressed,
    BroadcastWritten,
    HelpAsked,
    InvitationAsked,
    InvitationWithdrawn,
    StatsAsked,
    WhoAsked,
)

LONGEST_DETAIL = 64
_SIGNS_TOLD = 4


class Action(StrEnum):
    """What the log says was done."""

    HELP = "help"
    STATS = "stats"
    WHO = "who"
    WHO_UNKNOWN = "who_unknown"
    BROADCAST_SEEN = "broadcast_seen"
    BROADCAST_WRITTEN = "broadcast_written"
    BROADCAST_TOO_LONG = "broadcast_too_long"
    BROADCAST_SEGMENT = "broadcast_segment"
    BROADCAST_SENT = "broadcast_sent"
    BROADCAST_CANCELLED = "broadcast_cancelled"
    INVITATION_SEEN = "invitation_seen"
    INVITATION_MADE = "invitation_made"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    MEANINGLESS = "meaningless"
    REFUSED = "refused"
    UNSURE = "unsure"
    FAILED = "failed"


def name_of(asked: Asked | None) -> str:
    """Return what was asked for, such as "broadcast 3 send"; "" for what means nothing."""
    match asked:
        case None:
            return ""
        case HelpAsked():
            return "help"
        case StatsAsked():
            return "stats"
        case WhoAsked():
            return "who"
        case BroadcastWritten():
            return "broadcast"
        case BroadcastPressed(number, act, value):
            return " ".join(filter(None, ("broadcast", str(number), act, value)))
        case InvitationAsked(_, is_made):
            return "invite make" if is_made else "invite"
        case InvitationWithdrawn(code):
            return f"invite drop {ending(code)}"


def ending(code: str) -> str:
    """Return by which signs the log names an invitation."""
    return f"…{code[-_SIGNS_TOLD:]}"
