"""A Bot API that costs next to nothing: it hands out a backlog of updates and agrees to everything else.

    with null_api(people, ["/routine", "done"], held=True) as api:
        ...                 # start a bot at api.url
        api.wait_for("begun")
        api.release()

It runs in a process of its own, so that what it costs is not counted. Everybody says the first text, then everybody
the second. It says `begun` when a bot first asks for updates, and `done` when so many messages were sent as updates
were handed out and every update is acknowledged. Where they are held, updates wait for their release.
"""

# ruff: noqa: T201 - it talks to its parent by lines

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

BATCH = 100
PATIENCE_SECONDS = 1.0  # of a long poll that has nothing to hand out


@dataclass(frozen=True, slots=True)
class NullApi:
    """The server, seen from the benchmark."""

    url: str
    process: subprocess.Popen[str]

    def wait_for(self, word: str) -> None:
        """Wait until the server says this word."""
        assert self.process.stdout is not None
        said = self.process.stdout.readline().strip()
        assert said == word, f"the server said {said!r} instead of {word!r}"

    def release(self) -> None:
        """Hand the updates out from now on."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()


@contextmanager
def null_api(
    people: int = 0, texts: Sequence[str] = (), *, round_trip_seconds: float = 0, held: bool = False
) -> Iterator[NullApi]:
    """Run the server while the context is open; it answers after `round_trip_seconds`."""
    sizes = [str(round_trip_seconds), str(int(held)), str(people)]
    command = [sys.executable, "-m", "tests.benchmarks.null_api", *sizes, *texts]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield NullApi(f"http://127.0.0.1:{int(process.stdout.readline())}", process)
    finally:
        process.terminate()
        process.wait()


_NAMED = {"file_id": "known"}
_PICTURES: dict[str, dict[str, Any]] = {"sendAnimation": {"animation": _NAMED}, "sendPhoto": {"photo": [_NAMED]}}


class _Connection(asyncio.Protocol):
    """One kept-alive connection; a body is JSON from Lumbar and aiogram, a form from PTB."""

    round_trip_seconds = 0.0
    updates: Sequence[dict[str, Any]] = ()
    begun = False
    acknowledged = 0
    sent = 0
    is_held = False
    polls: ClassVar[list[tuple["_Connection", int]]] = []

    def __init__(self) -> None:
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, separator, body = self._received.partition(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
        if separator and len(body) >= length:
            self._received = b""
            self._reply(head.split(b" ", 2)[1].rsplit(b"/", 1)[-1].decode(), body)

    def _reply(self, method: str, body: bytes) -> None:
        match method:
            case "getMe":
                self._answer({"id": 424242, "is_bot": True, "first_name": "Lumbar", "username": "lumbar_bot"})
            case "getUpdates":
                self.hand_out(_offset(body))
            case _ if method.startswith("send"):
                _Connection.sent += 1
                self._say_done()
                message = {"message_id": self.sent, "date": 1760000000, "chat": {"id": 5, "type": "private"}}
                self._answer(message | _PICTURES.get(method, {}))
            case _:
                self._answer(result=True)

    def hand_out(self, offset: int) -> None:
        """Answer a poll, now or once the updates are released."""
        if not self.begun:
            _Connection.begun = True
            print("begun", flush=True)
        if self.is_held:
            self.polls.append((self, offset))
            return
        _Connection.acknowledged = max(self.acknowledged, offset - 1)
        self._say_done()
        batch = self.updates[offset - 1 : offset - 1 + BATCH]
        if batch:
            self._answer(batch)
        else:
            asyncio.get_running_loop().call_later(PATIENCE_SECONDS, self._answer, [])

    @classmethod
    def release(cls) -> None:
        """Answer the polls that waited for this."""
        cls.is_held = False
        for connection, offset in cls.polls:
            connection.hand_out(offset)

    def _say_done(self) -> None:
        if self.updates and self.acknowledged == len(self.updates) <= self.sent:
            _Connection.acknowledged += 1  # said once
            print("done", flush=True)

    def _answer(self, result: object) -> None:
        if self.round_trip_seconds:
            asyncio.get_running_loop().call_later(self.round_trip_seconds, self._write, result)
        else:
            self._write(result)

    def _write(self, result: object) -> None:
        if self._transport is not None and not self._transport.is_closing():
            body = json.dumps({"ok": True, "result": result}).encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            self._transport.write(head.encode() + body)


def _offset(body: bytes) -> int:
    """Read the offset out of JSON, a form or a multipart form, whichever the bot's library sends."""
    if body.startswith(b"{"):
        return int(json.loads(body).get("offset") or 1)
    if b'name="offset"' in body:
        return int(body.partition(b'name="offset"')[2].split(b"\r\n", 3)[2] or 1)
    fields = dict(field.split(b"=", 1) for field in body.split(b"&") if b"=" in field)
    return max(1, int(fields.get(b"offset", b"1")))


def _backlog(people: int, texts: Sequence[str]) -> list[dict[str, Any]]:
    updates: list[dict[str, Any]] = []
    for turn, text in enumerate(texts, start=1):
        for chat_id in range(1, people + 1):
            person = {"id": chat_id, "is_bot": False, "first_name": "Zoe", "language_code": "en"}
            chat = {"id": chat_id, "type": "private", "first_name": "Zoe"}
            message = {"message_id": turn, "date": 1760000000, "from": person, "chat": chat, "text": text}
            updates.append({"update_id": len(updates) + 1, "message": message})
    return updates


async def _serve(round_trip_seconds: float, people: int, texts: Sequence[str], *, held: bool) -> None:
    _Connection.round_trip_seconds = round_trip_seconds
    _Connection.is_held = held
    _Connection.updates = _backlog(people, texts)
    loop = asyncio.get_running_loop()
    if held:
        loop.add_reader(sys.stdin, lambda: (loop.remove_reader(sys.stdin), _Connection.release()))
    server = await loop.create_server(_Connection, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1]), int(sys.argv[3]), sys.argv[4:], held=sys.argv[2] == "1"))
