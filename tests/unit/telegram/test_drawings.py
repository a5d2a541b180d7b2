"""Drawings on their way out: drawn or packed just before the call, in words where that fails."""

import asyncio
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from bot.telegram.drawings import Drawings
from bot.usecases.delivery import Instead, NotReady, SendResult, Sent

KEYBOARD = {"inline_keyboard": [[{"text": "Start", "callback_data": "start"}]]}
DRAWING = {"kind": "progress", "name": "progress.png", "data": {"days": 3}, "words": "Three days"}
PHOTO = {
    "chat_id": 5,
    "photo": {"$drawing": DRAWING},
    "caption": "Three days",
    "parse_mode": "HTML",
    "reply_markup": KEYBOARD,
}


class Ways:
    """Notes what goes where; draws what it is told to."""

    def __init__(self, drawn: bytes | None = b"PNG") -> None:
        self.drawn = drawn
        self.sent: list[tuple[str, Mapping[str, Any]]] = []
        self.uploaded: list[tuple[str, Mapping[str, Any], Mapping[str, Any]]] = []
        self.drawings = Drawings(self.send, self.call, self.draw)

    async def send(self, method: str, payload: Mapping[str, Any]) -> SendResult | Instead:
        """Take what is no drawing."""
        self.sent.append((method, payload))
        return Sent(1)

    async def call(
        self, method: str, payload: Mapping[str, Any], upload: Mapping[str, Any] | None = None
    ) -> SendResult:
        """Take an upload."""
        self.uploaded.append((method, payload, upload or {}))
        return Sent(2)

    async def draw(self, kind: str, data: Mapping[str, Any]) -> bytes | None:
        """Draw the one thing there is."""
        assert (kind, data) == ("progress", {"days": 3})
        return self.drawn


async def test_a_drawing_is_drawn_and_then_uploaded() -> None:
    """In two calls, so that the relay looks at its lease in between; the caption and the buttons go along."""
    ways = Ways()
    instead = await ways.drawings.send("sendPhoto", PHOTO)
    assert isinstance(instead, Instead)
    assert ways.uploaded == []
    assert await ways.drawings.send(instead.method, instead.payload) == Sent(2)
    ((method, fields, upload),) = ways.uploaded
    assert method == "sendPhoto"
    assert fields == {key: value for key, value in PHOTO.items() if key != "photo"}
    assert upload == {"photo": ("progress.png", b"PNG", "application/octet-stream")}


async def test_what_cannot_be_drawn_is_said() -> None:
    """The words leave as a message with the same buttons."""
    instead = await Ways(drawn=None).drawings.send("sendPhoto", PHOTO)
    assert isinstance(instead, Instead)
    assert instead.method == "sendMessage"
    assert instead.payload == {
        "chat_id": 5,
        "text": "Three days",
        "parse_mode": "HTML",
        "reply_markup": KEYBOARD,
        "link_preview_options": {"is_disabled": True},
    }


async def test_a_letter_waits_a_moment_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """In between it is put back, for a referral may pass then; it is drawn once for each letter."""
    monkeypatch.setattr("bot.telegram.drawings.MOMENT_SECONDS", 0)
    let_go, begun = asyncio.Event(), []

    async def draw(kind: str, _data: Mapping[str, Any]) -> bytes:
        begun.append(kind)
        await let_go.wait()
        return b"PNG"

    ways = Ways()
    drawings = Drawings(ways.send, ways.call, draw)
    assert [type(await drawings.send("sendPhoto", PHOTO)) for _ in range(3)] == [NotReady] * 3
    other = {**PHOTO, "chat_id": 6}
    assert isinstance(await drawings.send("sendPhoto", other), NotReady)
    let_go.set()
    while isinstance(answer := await drawings.send("sendPhoto", PHOTO), NotReady):
        pass
    assert isinstance(answer, Instead)
    assert answer.method == "sendPhoto"
    assert begun == ["progress", "progress"]
    let_go.clear()
    assert isinstance(await drawings.send("sendPhoto", {**PHOTO, "chat_id": 7}), NotReady)
    await drawings.close()


async def test_texts_are_packed_into_one_archive() -> None:
    """Half a character in one of them does not stop it."""
    ways = Ways()
    files = {"a.json": '{"a": 1}', "b.csv": "b\ud83d"}
    payload = {"chat_id": 5, "document": {"$zip": {"name": "all.zip", "files": files}}}
    instead = await ways.drawings.send("sendDocument", payload)
    assert isinstance(instead, Instead)
    assert await ways.drawings.send(instead.method, instead.payload) == Sent(2)
    name, content, _ = ways.uploaded[0][2]["document"]
    with ZipFile(BytesIO(content)) as archive:
        assert (name, archive.namelist()) == ("all.zip", ["a.json", "b.csv"])
        assert archive.read("b.csv").decode() == "b\N{REPLACEMENT CHARACTER}"


async def test_everything_else_goes_on_as_it_is() -> None:
    """A text, and a picture that is no drawing."""
    ways = Ways()
    for payload in ({"chat_id": 5, "text": "hello"}, {"chat_id": 5, "animation": {"$media": "bird-dog"}}):
        assert await ways.drawings.send("sendAnything", payload) == Sent(1)
        assert ways.sent[-1] == ("sendAnything", payload)
