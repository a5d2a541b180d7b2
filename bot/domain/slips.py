"""Slips of the finger: whether a typed word is a known one with stretched letters or one letter wrong.

Shared by everything that reads short answers. Safety has rules of its own, for there a wrong guess costs more.
"""

import re
from collections.abc import Iterable, Mapping

SHORTEST_SLIP = 5  # letters; in shorter words one letter makes another word
LONGEST_WORD = 20  # letters that can still be a slip of a known word
_RUN = re.compile(r"(.)\1+", re.DOTALL)


def squeeze(word: str) -> str:
    """Write every run of the same letter once; a number stays as it is."""
    return word if word.isdecimal() else _RUN.sub(r"\1", word)


def index_slips(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Index the longer of these words, so that `slips_of` need not look at them all."""
    alike: dict[str, list[str]] = {}
    for word in sorted(words):
        if len(word) >= SHORTEST_SLIP:
            for end in _ends(word):
                alike.setdefault(end, []).append(word)
    return {end: tuple(found) for end, found in alike.items()}


def slips_of(typed: str, alike: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the known words, in order, that are one slip away from a typed one."""
    near = {known for end in _ends(typed) for known in alike.get(end, ())}
    return sorted(known for known in near if _one_slip_apart(typed, known))


def _ends(word: str) -> tuple[str, str]:
    """Under what a longer word is found: one slip spares its first two letters, or its last two."""
    return f"{word[:2]}-", f"-{word[-2:]}"


def _one_slip_apart(typed: str, known: str) -> bool:
    """Tell whether one letter added, dropped, changed, or swapped with its neighbour leads from one to the other."""
    if abs(len(typed) - len(known)) > 1:
        return False
    start = 0
    while start < min(len(typed), len(known)) and typed[start] == known[start]:
        start += 1
    left, right = typed[start:], known[start:]
    if left[:2] == right[1::-1] and left[2:] == right[2:]:
        return True
    return left[1:] == right[1:] or left[1:] == right or left == right[1:]
