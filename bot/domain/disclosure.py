"""Disclosure: which counts of people may be told without telling of one person.

A group of fewer than five is not broken down. What a breakdown leaves out must not follow from the rest either: where
one part is hidden, another is, and all that is hidden is at least five people together.
"""

from collections.abc import Sequence

SMALLEST_GROUP = 5


def disclosed(parts: Sequence[int]) -> tuple[int | None, ...]:
    """Return the parts of a whole, None for those that are not told; nobody (0) is always told."""
    if sum(parts) < SMALLEST_GROUP:
        return tuple(None if part else 0 for part in parts)
    hidden = {at for at, part in enumerate(parts) if 0 < part < SMALLEST_GROUP}
    others = sorted((part, at) for at, part in enumerate(parts) if part >= SMALLEST_GROUP)
    while hidden and others and (len(hidden) == 1 or sum(parts[at] for at in hidden) < SMALLEST_GROUP):
        hidden.add(others.pop(0)[1])
    return tuple(None if at in hidden else part for at, part in enumerate(parts))


def told(count: int) -> int | None:
    """Return how many people there are, None for one to four."""
    return None if 0 < count < SMALLEST_GROUP else count
