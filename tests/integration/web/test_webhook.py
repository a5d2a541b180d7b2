"""The webhook over real HTTP: who is let in, what is refused, and when Telegram is told that an update is safe."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.web import webhook
from bot.web.webhook import MOST_BYTES, secret_for
from tests.integration.web.conftest import SECRET, SECRET_HEADER, TOKEN, Site

WITH_SECRET = {SECRET_HEADER: SECRET}


async def test_an_update_with_the_secret_is_taken(site: Site) -> None:
    """200, and the update is where updates go."""
    assert await site.deliver(7) == 200
    assert site.desk.batches == [[7]]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {SECRET_HEADER: ""},
        {SECRET_HEADER: SECRET[:-1]},
        {SECRET_HEADER: SECRET + "a"},
        {SECRET_HEADER: "schlüssel"},
    ],
    ids=["none", "empty", "shorter", "longer", "not ASCII"],
)
async def test_without_the_secret_nobody_is_let_in(site: Site, headers: dict[str, str]) -> None:
    """403, whatever the body, and nothing of it is read or kept."""
    for body in (b'{"update_id": 7}', b"nonsense", b"x" * (MOST_BYTES + 1)):
        assert await site.post(body, **headers) == 403
    assert site.desk.batches == []


MALFORMED = {
    "empty": b"",
    "no JSON": b"nonsense",
    "half of it": b'{"update_id": 7, "message": {',
    "not UTF-8": b'{"update_id": 7, "a": "\xff\xfe"}',
    "deep": b"[" * 100_000,
    "a list": b'[{"update_id": 7}]',
    "no number": b'{"message": {}}',
    "a number in words": b'{"update_id": "7"}',
    "true": b'{"update_id": true}',
    "negative": b'{"update_id": -1}',
    "beyond any database": b'{"update_id": 9223372036854775808}',
    "huge": b'{"update_id": ' + b"9" * 5_000 + b"}",
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
async def test_what_is_no_update_is_refused(site: Site, body: bytes) -> None:
    """400, so that it shows in Telegram's getWebhookInfo, and the next update is taken all the same."""
    assert await site.post(body, **WITH_SECRET) == 400
    assert await site.deliver(8) == 200
    assert site.desk.batches == [[8]]


async def test_a_body_larger_than_any_update_is_refused(site: Site) -> None:
    """413, whether its length is declared or it just goes on; exactly as large as allowed is fine."""

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b" " * (MOST_BYTES // 4)

    assert await site.post(b" " * 10 * MOST_BYTES, **WITH_SECRET) == 413
    url = f"{site.url}/telegram"
    async with site.client.post(url, data=endless(), headers=WITH_SECRET) as answer:
        assert answer.status == 413
    assert site.desk.batches == []
    update = b'{"update_id": 7}'
    assert await site.post(update + b" " * (MOST_BYTES - len(update)), **WITH_SECRET) == 200


async def test_a_body_that_does_not_come_is_not_waited_for(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """408 once its time is over."""
    monkeypatch.setattr(webhook, "_READ_SECONDS", 0.0)

    async def stuck() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    async with site.client.post(f"{site.url}/telegram", data=stuck(), headers=WITH_SECRET) as answer:
        assert answer.status == 408


async def test_only_posts_are_taken(site: Site) -> None:
    """405 for whoever looks by with a browser."""
    async with site.client.get(f"{site.url}/telegram") as answer:
        assert answer.status == 405


async def test_a_storage_that_fails_has_telegram_try_again(site: Site) -> None:
    """503 keeps the update at Telegram; posted again, it is taken."""
    site.desk.fails = True
    assert await site.deliver(7) == 503
    site.desk.fails = False
    assert await site.deliver(7) == 200
    assert site.desk.batches == [[7]]


async def test_the_answer_waits_for_the_commit(site: Site) -> None:
    """While the transaction runs Telegram hears nothing."""
    site.desk.gate.clear()
    delivery = asyncio.create_task(site.deliver(7))
    await site.desk.arrived.get()
    async with site.client.get(f"{site.url}/healthz") as answer:  # other requests are answered meanwhile
        assert answer.status == 200
    assert not delivery.done()
    site.desk.gate.set()
    assert await delivery == 200


async def test_updates_that_come_during_a_commit_share_the_next(site: Site) -> None:
    """What waits goes into one transaction, a hundred updates at most, in the order in which they came."""
    site.desk.gate.clear()
    takes = [asyncio.create_task(site.intake.take([{"update_id": number}])) for number in range(151)]
    await site.desk.arrived.get()
    site.desk.gate.set()
    assert await asyncio.gather(*takes) == [True] * 151
    assert site.desk.batches == [list(range(100)), list(range(100, 151))]


async def test_one_of_many_that_fail_together_is_no_luckier(site: Site) -> None:
    """What shares a transaction shares its fate."""
    site.desk.gate.clear()
    deliveries = [asyncio.create_task(site.deliver(number)) for number in range(5)]
    await site.desk.arrived.get()
    site.desk.fails = True
    site.desk.gate.set()
    assert [await delivery for delivery in deliveries] == [503] * 5
    assert site.desk.batches == []


async def test_an_update_that_cannot_be_read_is_noted_and_not_asked_for_again(site: Site) -> None:
    """200: Telegram would otherwise post it for ever, before everything else of that chat."""
    deep = b'{"update_id": 7, "message": {"rich_message": ' + b"[" * 900 + b"]" * 900 + b"}}"
    assert await site.deliver(6, message={"text": "from nowhere"}) == 200
    assert await site.post(deep, **WITH_SECRET) == 200
    assert site.desk.batches == [[6], [7]]


def test_the_secret_is_the_same_in_every_process_and_another_for_every_token() -> None:
    """Telegram allows letters, digits, _ and -, at most 256; the token does not show in it."""
    assert secret_for(TOKEN) == secret_for(TOKEN) != secret_for(TOKEN + "x")
    assert len(secret_for(TOKEN)) == 64
    assert secret_for(TOKEN).isalnum()
    assert TOKEN.partition(":")[2] not in secret_for(TOKEN)
