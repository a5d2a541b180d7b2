"""Counts of people that are told never give away a group of fewer than five."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.disclosure import SMALLEST_GROUP, disclosed, told


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([], ()),
        ([0, 0], (0, 0)),
        ([5, 0], (5, 0)),
        ([4, 0], (None, 0)),
        ([2, 2], (None, None)),
        ([20, 30, 5], (20, 30, 5)),
        ([20, 30, 4], (None, 30, None)),
        ([20, 3, 4], (20, None, None)),
        ([20, 1, 2], (None, None, None)),
        ([20, 30, 1, 2], (None, 30, None, None)),
        ([20, 0, 4], (None, 0, None)),
    ],
)
def test_small_groups_are_hidden_with_another(parts: list[int], shown: tuple[int | None, ...]) -> None:
    """One alone could be reckoned from the whole; so could a few that are less than five together."""
    assert disclosed(parts) == shown


@given(st.lists(st.integers(0, 12), max_size=6))
def test_what_is_hidden_cannot_be_reckoned(parts: list[int]) -> None:
    """Who knows the whole and all that is told still faces two parts or more, and five people or more."""
    shown = disclosed(parts)
    hidden = [part for part, one in zip(parts, shown, strict=True) if one is None]
    assert all(one is None or one == 0 or one >= SMALLEST_GROUP for one in shown)
    if hidden and sum(parts) >= SMALLEST_GROUP:
        assert len(hidden) > 1
        assert sum(hidden) >= SMALLEST_GROUP


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_one_count_alone(count: int, shown: int | None) -> None:
    """One to four people are not told apart."""
    assert told(count) == shown
