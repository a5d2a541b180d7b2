"""The counts of /stats, which are those of one moment for a whole day.

Groups of fewer than five are hidden, yet whoever looks before and after one person's step could subtract. So people are
counted anew a day after the last count at the earliest: between two counts lies a day of everybody's. The counts are
kept as a fact about the whole database; they name nobody, and what of them may be told is decided when they are.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.crowd import Crowd, Deliveries, Standing
from bot.usecases.ports import Transaction

STAYS = timedelta(days=1)
_NAME = "counts"


@dataclass(frozen=True, slots=True)
class Counts:
    """All people, and the letters of the day before, as they were at an instant (UTC)."""

    crowd: Crowd
    deliveries: Deliveries
    at: datetime


def present_counts(tx: Transaction, now: datetime) -> Counts | None:
    """Return the counts that hold at `now`; None where people are to be counted anew."""
    kept = tx.fact(_NAME)
    if kept is None:
        return None
    counts = _read(json.loads(kept))
    return counts if timedelta() <= now - counts.at < STAYS else None


def keep_counts(tx: Transaction, counts: Counts) -> Counts:
    """Keep new counts; return those that hold, which another process may have kept meanwhile."""
    present = present_counts(tx, counts.at)
    if present is None:
        tx.set_fact(_NAME, json.dumps(_written(counts)))
    return present or counts


def _written(counts: Counts) -> dict[str, object]:
    crowd = counts.crowd
    return {
        "at": counts.at.isoformat(),
        "standings": crowd.standings,
        "shares": crowd.shares,
        "tiers": crowd.tiers,
        "missed": crowd.missed,
        "deliveries": counts.deliveries._asdict(),
    }


def _read(kept: dict[str, Any]) -> Counts:
    standings = {Standing(name): count for name, count in kept["standings"].items()}
    crowd = Crowd(standings, kept["shares"], kept["tiers"], kept["missed"])
    return Counts(crowd, Deliveries(**kept["deliveries"]), datetime.fromisoformat(kept["at"]))
