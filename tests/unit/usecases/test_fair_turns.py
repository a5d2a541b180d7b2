"""How a batch is parted, so that nobody waits for the rest of somebody's flood."""

import pytest

from bot.usecases.inbox import FAIR_UPDATES, fair_turns
from bot.usecases.incoming import Incoming, Said

ADA, BOB, MALLORY = 1, 2, 3


def batch(*chat_ids: int) -> list[Incoming]:
    """Return an update of each of these chats, numbered from 0."""
    return [Incoming(number, chat_id, Said("hello")) for number, chat_id in enumerate(chat_ids)]


def numbers(turns: list[list[Incoming]]) -> list[list[int]]:
    """Return the updates' numbers."""
    return [[incoming.update_id for incoming in turn] for turn in turns]


@pytest.mark.parametrize("chat_ids", [(), (ADA,), (ADA, BOB) * FAIR_UPDATES, (MALLORY,) * FAIR_UPDATES])
def test_without_a_flood_a_batch_is_one_turn(chat_ids: tuple[int, ...]) -> None:
    """One transaction, in the order in which the updates came."""
    assert numbers(fair_turns(batch(*chat_ids))) == [list(range(len(chat_ids)))] * bool(chat_ids)


def test_behind_a_flood_everybody_else_comes_first() -> None:
    """What is too much of one chat comes in a turn of its own, after the others, and in order."""
    first, rest = numbers(fair_turns(batch(*[MALLORY] * 20, ADA, *[MALLORY] * 20, BOB)))
    assert first == [*range(FAIR_UPDATES), 20, 41]
    assert rest == [*range(FAIR_UPDATES, 20), *range(21, 41)]


def test_updates_without_content_are_nobodys_flood() -> None:
    """What is only noted as seen belongs to no chat, and costs next to nothing."""
    silent = [Incoming(number) for number in range(50)]
    assert fair_turns(silent) == [silent]
