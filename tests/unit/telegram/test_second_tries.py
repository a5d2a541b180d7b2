"""Second tries: the effect left out, the group's new number; anything else stays as Telegram answered it."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.telegram.gateway import classify
from bot.telegram.second_tries import SecondTries
from bot.usecases.delivery import GaveUp, Instead, RetryAfter, SendResult, Sent

GROUP, SUPERGROUP = -400_000_001, -1_000_400_000_001
GREW = GaveUp("group chat was upgraded to a supergroup chat", moved_to=SUPERGROUP)
WITH_EFFECT = {"chat_id": 5, "text": "Seven!", "message_effect_id": "7"}


def answering(result: SendResult) -> SecondTries:
    """Return what tries again, over a Telegram that always answers the same."""

    async def send(method: str, payload: Mapping[str, Any]) -> SendResult:
        assert method == "sendMessage"
        assert payload
        return result

    return SecondTries(send)


async def test_a_refused_effect_is_left_out() -> None:
    """The same message without it; once it has none there is nothing more to leave out."""
    refused = answering(GaveUp("EFFECT_ID_INVALID"))
    again = await refused.send("sendMessage", WITH_EFFECT)
    assert again == Instead("sendMessage", {"chat_id": 5, "text": "Seven!"})
    assert await refused.send("sendMessage", {"chat_id": 5, "text": "Seven!"}) == GaveUp("EFFECT_ID_INVALID")


async def test_a_group_s_message_goes_to_its_new_number() -> None:
    """And is not sent on from there: a supergroup becomes nothing else."""
    grew = answering(GREW)
    again = await grew.send("sendMessage", {"chat_id": GROUP, "text": "Urgent"})
    assert again == Instead("sendMessage", {"chat_id": SUPERGROUP, "text": "Urgent"})
    assert await grew.send("sendMessage", {"chat_id": SUPERGROUP, "text": "Urgent"}) == GREW
    assert await grew.send("sendMessage", {"chat_id": 5, "text": "Urgent"}) == GREW


@pytest.mark.parametrize("result", [Sent(7), RetryAfter(3.0)])
async def test_any_other_answer_stays(result: SendResult) -> None:
    """An effect is no reason to send twice."""
    assert await answering(result).send("sendMessage", WITH_EFFECT) == result


@pytest.mark.parametrize("parameters", [b'{"migrate_to_chat_id": -1000400000001}', b"{}", b"7", b"null"])
def test_the_new_number_is_read_from_the_refusal(parameters: bytes) -> None:
    """Where it is one; a refusal of another form is a refusal all the same."""
    body = (
        b'{"ok": false, "error_code": 400, "description": "Bad Request: upgraded", "parameters": ' + parameters + b"}"
    )
    moved_to = SUPERGROUP if b"migrate" in parameters else None
    assert classify(400, body) == GaveUp("Bad Request: upgraded", moved_to=moved_to)
