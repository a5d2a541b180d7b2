"""What triage answers: how soon somebody qualified should hear of it, what kind of thing it is, and which rule said so.

Tiers and flags come from the tier rules for safety messages, version 1. A finding routes a message; it diagnoses
nothing.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Tier(IntEnum):
    """How soon somebody qualified should hear of it; a higher tier outranks a lower one."""

    NONE = 0
    REFERRAL = 1
    URGENT = 2
    EMERGENCY = 3

    @property
    def label(self) -> str:
        """Give the name under which the tier is stored and written in content."""
        return self.name.lower()

    @classmethod
    def from_label(cls, label: str) -> "Tier":
        """Read a stored name; raise ValueError for any other."""
        for tier in cls:
            if tier.label == label:
                return tier
        raise ValueError(f"{label!r} is not a tier; use one of {', '.join(tier.label for tier in cls)}")


class Flag(StrEnum):
    """What kind of thing was found."""

    NONE = "none"
    CAUDA_EQUINA = "cauda_equina"
    NEURO = "neuro"
    FALL_INJURY = "fall_injury"
    FRACTURE = "fracture"
    CARDIAC = "cardiac"
    ABDOMINAL = "abdominal"
    INFECTION = "infection"
    CANCER = "cancer"
    SUICIDE = "suicide"
    PREGNANCY = "pregnancy"
    SEVERE_PAIN = "severe_pain"


@dataclass(frozen=True, slots=True)
class Finding:
    """What triage found: `evidence` holds (start, end) character spans of the original text, never its words."""

    tier: Tier
    flag: Flag
    rule_id: str
    evidence: tuple[tuple[int, int], ...]


NOTHING = Finding(tier=Tier.NONE, flag=Flag.NONE, rule_id="", evidence=())


class LexiconError(ValueError):
    """A concept, cue or rule cannot be used; the message names it."""
