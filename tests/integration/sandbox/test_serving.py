"""The sandbox as a server and its clock: ports, shutdown, the page, who may use it, moving time."""

import asyncio
import socket
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from bot.sandbox import PortTaken, Sandbox, SandboxClock
from bot.sandbox.connection import listen, serving
from tests.acceptance.person import Person, move_clock_to, move_clock_to_next_event
from tests.integration.sandbox.bot_side import TOKEN, BotSide

PATIENCE_SECONDS = 20  # less than a poll waits


async def test_a_taken_port_is_a_clear_error(address: str) -> None:
    """Nothing starts, and the error names the port."""
    port = int(address.rpartition(":")[2])
    with pytest.raises(PortTaken, match=str(port)) as refused:
        async with Sandbox(token=TOKEN).serve(port=port):
            raise AssertionError("it must not start")
    assert refused.value.port == port


async def test_it_listens_on_loopback_only() -> None:
    """Any other address is refused."""
    with pytest.raises(ValueError, match="loopback only"):
        async with Sandbox(token=TOKEN).serve(host="0.0.0.0"):
            raise AssertionError("it must not start")


async def test_it_does_not_wait_for_polls_and_streams_that_are_open() -> None:
    """Shutdown sends everybody home: long polls and event streams."""
    sandbox = Sandbox(token=TOKEN)
    async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE_SECONDS):
        async with sandbox.serve() as address:
            bot = BotSide(address, session)
            poll = asyncio.create_task(bot.result("getUpdates", timeout=50))
            stream = await session.get(f"{address}/sandbox/stream?after=0")
            await stream.content.readline()
            await sandbox.updates.poll_waits.wait()
        assert await poll == []
        stream.close()


async def nothing() -> None:
    """Do nothing."""


async def test_answers_are_not_held_back() -> None:
    """Head and body of an answer leave at once, for the connection does not collect what is small (TCP_NODELAY)."""

    async def tell(scope: Scope, receive: Receive, send: Send) -> None:
        connection = scope["state"]["transport"].get_extra_info("socket")
        option = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        await PlainTextResponse("at once" if option else "held back")(scope, receive, send)

    listener = listen("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with serving(tell, listener, nothing), aiohttp.ClientSession() as session, session.get(address) as answer:
        assert await answer.text() == "at once"


@pytest.mark.parametrize(
    ("path", "kind"), [("/", "text/html"), ("/style.css", "text/css"), ("/app.js", "text/javascript")]
)
async def test_the_page_is_served_and_may_load_nothing_from_elsewhere(bot: BotSide, path: str, kind: str) -> None:
    """Page, style and script come with a policy that keeps everything at home."""
    async with bot.session.get(f"{bot.address}{path}") as response:
        assert response.status == 200
        assert response.content_type == kind
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert "http://" not in (await response.text()).replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}])
async def test_pages_from_elsewhere_cannot_use_the_sandbox(bot: BotSide, headers: dict[str, str]) -> None:
    """A rebound host name or a foreign origin is turned away, and so is a form instead of JSON."""
    async with bot.session.get(f"{bot.address}/sandbox/state", headers=headers) as response:
        assert response.status == 403
    async with bot.session.post(f"{bot.address}/sandbox/people", data={"first_name": "Eve"}) as response:
        assert response.status == 415


async def test_the_stream_resumes_where_it_broke_off(bot: BotSide, ada: Person) -> None:
    """An event stream starts after the entry the client saw last."""
    said = await ada.say("hello")
    async with bot.session.get(f"{bot.address}/sandbox/stream", headers={"Last-Event-ID": "2"}) as response:
        lines = [await response.content.readline() for _ in range(4)]
    assert lines[2] == b"id: 3\n"
    assert f'"message_id": {said["message_id"]}'.encode() in lines[3]


async def test_next_reminder_goes_where_the_bot_says(address: str, sandbox: Sandbox, bot: BotSide, ada: Person) -> None:
    """Without advice the clock moves to the latest future date any message shows; with none it refuses."""
    with pytest.raises(AssertionError, match="nothing is planned yet"):
        await move_clock_to_next_event(address)
    at = sandbox.clock.now() + timedelta(days=3)
    text = f'Next: <tg-time unix="{int(at.timestamp())}" format="wt">Friday</tg-time>'
    await bot.result("sendMessage", chat_id=ada.id, text=text, parse_mode="HTML")
    await move_clock_to_next_event(address)
    assert abs(sandbox.clock.now() - at) < timedelta(seconds=5)


async def test_next_reminder_asks_whoever_started_the_sandbox() -> None:
    """The injected function decides."""
    planned = datetime(2031, 5, 1, 7, 30, tzinfo=UTC)
    sandbox = Sandbox(token=TOKEN, clock=SandboxClock(datetime(2030, 1, 1, tzinfo=UTC)), next_event_at=lambda: planned)
    async with sandbox.serve() as address:
        await move_clock_to_next_event(address)
        assert abs(sandbox.clock.now() - planned) < timedelta(seconds=5)
        await move_clock_to(address, "2031-06-01T00:00:00+02:00")
        with pytest.raises(AssertionError, match="forward only"):
            await move_clock_to(address, "2031-05-31T00:00:00+00:00")


def test_the_clock_turns_back_only_when_asked() -> None:
    """Moving is forward by default; the offset is what was asked for, and listeners hear of it."""
    clock = SandboxClock()
    moves: list[timedelta] = []
    clock.subscribe(lambda: moves.append(clock.offset))
    clock.move(timedelta(hours=1))
    with pytest.raises(ValueError, match="forward only"):
        clock.move(timedelta(seconds=-1))
    clock.move(timedelta(minutes=-30), backwards=True)
    assert moves == [timedelta(hours=1), timedelta(minutes=30)]
    assert clock.now().tzinfo is UTC
