"""From key poses to every moment: where the body is in its movement and in its breath.

Between two keys the body follows the minimum-jerk curve, as people move who start and stop at ease: no speed and no
jolt at either end. A movement that flows, walking for one, passes through its keys without stopping. Both come back to
where they began, so the picture can loop.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.figures.skeleton import Array


@dataclass(frozen=True, slots=True)
class Motion:
    """The stances of one loop: ``times`` in seconds, the first 0; after the last the loop returns to the first."""

    seconds: float
    times: tuple[float, ...]
    stances: tuple[Mapping[str, float], ...]
    flows: bool

    def at(self, second: float) -> dict[str, float]:
        """Return the stance at a time of the loop."""
        keys = list(self.stances[0])
        table = np.array([[stance[key] for key in keys] for stance in self.stances])
        second %= self.seconds
        here = int(np.searchsorted(self.times, second, side="right")) - 1
        ends = (*self.times[1:], self.seconds)
        share = (second - self.times[here]) / (ends[here] - self.times[here])
        then = (here + 1) % len(self.times)
        if self.flows:
            row = self._flowing(table, here, share)
        else:
            row = table[here] + (table[then] - table[here]) * eased(share)
        return dict(zip(keys, (float(value) for value in row), strict=True))

    def _flowing(self, table: Array, here: int, share: float) -> Array:
        """Return the row on a curve through all keys, whose speed at a key is that between its neighbours."""
        count = len(self.times)
        lengths = np.diff((*self.times, self.seconds))

        def slope(key: int) -> Array:
            before, after = lengths[(key - 1) % count], lengths[key % count]
            run: Array = (table[(key + 1) % count] - table[(key - 1) % count]) / (before + after)
            return run

        a, b, t, span = table[here], table[(here + 1) % count], share, lengths[here]
        row: Array = (
            (1 + 2 * t) * (1 - t) ** 2 * a
            + t * (1 - t) ** 2 * span * slope(here)
            + t**2 * (3 - 2 * t) * b
            + t**2 * (t - 1) * span * slope(here + 1)
        )
        return row


@dataclass(frozen=True, slots=True)
class Breath:
    """The breath of one loop: when each in- or out-breath begins, in seconds."""

    seconds: float
    starts: Sequence[tuple[float, str]]

    def fullness(self, second: float) -> float:
        """Return how full the lungs are at a time of the loop: 0 after breathing out, 1 after breathing in."""
        second %= self.seconds
        times = [start for start, _ in self.starts]
        here = int(np.searchsorted(times, second, side="right")) - 1
        begins, ends = times[here], times[(here + 1) % len(times)]
        if here < 0:
            begins -= self.seconds
        if ends <= begins:
            ends += self.seconds
        share = eased((second - begins) / (ends - begins))
        return share if self.starts[here][1] == "in" else 1.0 - share


def eased(share: float) -> float:
    """Return the minimum-jerk curve from 0 to 1 (Flash and Hogan, 1985)."""
    share = min(max(share, 0.0), 1.0)
    return share**3 * (10 - 15 * share + 6 * share**2)
