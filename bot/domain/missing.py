"""A day left out: why, where the person cares to tell, and what that leads to.

It is asked once, where it is natural (after "skip today", and in the summary of a week with open days), and never again
until the next such time. Each reason leads to another next step: no time to the one-minute minimum or another hour,
pain to a rating and the traffic light of the clinical brief (section 3), too hard to easier days, ill to rest.

A reason is not stored: nobody needs it once its step is offered. What it leads to is, where it always was: a pain
rating, a wish, a finding.
"""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a day is left out."""

    NO_TIME = "no_time"
    PAIN = "pain"
    TOO_HARD = "too_hard"
    ILL = "ill"


class Smaller(StrEnum):
    """Why something smaller than the routine is offered; the values are keys in ui.ftl."""

    NO_TIME = "missing-no-time"
    LITTLE_PAIN = "missing-little-pain"
    SOME_PAIN = "missing-some-pain"


@dataclass(frozen=True, slots=True)
class ReasonTold:
    """Why a day is left out; `skips`: it was typed, and says at once that it is today's.

    `rating` is how strong the pain is, 0-10, where that was said with it.
    """

    reason: Reason
    skips: bool = False
    rating: int | None = None
