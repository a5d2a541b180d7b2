"""AiohttpRequest over real HTTP: what arrives, what comes back, and how each failure is told."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram.transport import AiohttpRequest, NotSentError, NotSentInTimeError
from tests.integration.telegram.scripted_api import TOKEN, ScriptedApi, scripted_api

BRIEF = 0.05  # seconds: a timeout that is meant to pass


@pytest.fixture
async def api() -> AsyncIterator[ScriptedApi]:
    """Run a Bot API that answers as told."""
    async with scripted_api() as running:
        yield running


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    """Open an AiohttpRequest with PTB's usual timeouts."""
    async with AiohttpRequest() as opened:
        yield opened


@asynccontextmanager
async def bot_on(api: ScriptedApi, request: AiohttpRequest) -> AsyncIterator[Bot]:
    """Make PTB's own bot over our transport, without the getMe that its initialize() makes."""
    async with AiohttpRequest() as polls:
        yield Bot(TOKEN, base_url=f"{api.url}/bot", request=request, get_updates_request=polls)


def closed_port() -> int:
    """Return a port of this machine where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def everything_said(error: BaseException | None) -> str:
    """Collect all messages of an exception and of whatever it drags along."""
    said = ""
    while error is not None:
        said += f"{error!s} {error!r} {error.args!r}\n"
        error = error.__cause__ or error.__context__
    return said


async def test_a_typed_call_arrives_as_json_and_its_answer_comes_back(
    api: ScriptedApi, request_: AiohttpRequest
) -> None:
    """PTB's parameters become JSON of their own type, keyboards included."""
    api.answer = {"ok": True, "result": {"message_id": 9, "date": 0, "chat": {"id": 5, "type": "private"}}}
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Done", callback_data="d")]])

    async with bot_on(api, request_) as bot:
        message = await bot.send_message(5, "Knee rolls", reply_markup=keyboard)

    assert message.message_id == 9
    [call] = api.received
    assert call.path == f"/bot{TOKEN}/sendMessage"
    assert call.fields["chat_id"] == 5
    assert call.fields["reply_markup"]["inline_keyboard"][0][0]["text"] == "Done"


async def test_a_file_is_uploaded_as_a_part_of_its_own(api: ScriptedApi, request_: AiohttpRequest) -> None:
    """A document goes as multipart with its name, its bytes and the other parameters beside it."""
    api.answer = {"ok": True, "result": {"message_id": 9, "date": 0, "chat": {"id": 5, "type": "private"}}}

    async with bot_on(api, request_) as bot:
        await bot.send_document(5, BytesIO(b"\x00contents"), filename="données.json", caption="yours")

    [call] = api.received
    assert call.files["document"] == ("données.json", b"\x00contents", "application/json")
    assert dict(call.fields) == {"chat_id": "5", "caption": "yours"}


async def test_refusals_become_the_errors_ptb_documents(api: ScriptedApi, request_: AiohttpRequest) -> None:
    """Statuses pass through to PTB, which makes its own exceptions of them."""
    async with bot_on(api, request_) as bot:
        api.refuse(403, "Forbidden: bot was blocked by the user")
        with pytest.raises(Forbidden, match="blocked"):
            await bot.send_message(5, "x")
        api.refuse(429, "Too Many Requests: retry after 3", retry_after=3)
        with pytest.raises(RetryAfter):
            await bot.send_message(5, "x")


async def test_a_connection_serves_many_calls(api: ScriptedApi, request_: AiohttpRequest) -> None:
    """Calls one after the other share one connection."""
    for _ in range(5):
        await request_.post_json(f"{api.url}/bot{TOKEN}/sendMessage", {"chat_id": 1})

    assert len({call.connection for call in api.received}) == 1


async def test_a_closed_session_can_be_opened_again(api: ScriptedApi) -> None:
    """Opening after closing works as the first one did; in between, a call is a bug and says so."""
    request = AiohttpRequest()
    with pytest.raises(RuntimeError, match="before initialize"):
        await request.post_json(api.url, {})
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        assert (await request.post_json(api.url, {}))[0] == 200
        await request.shutdown()
        await request.shutdown()


async def test_a_refused_connection_was_surely_not_sent(request_: AiohttpRequest) -> None:
    """Nobody listening means nothing delivered, and the error keeps the token to itself."""
    with pytest.raises(NotSentError) as caught:
        await request_.post_json(f"http://127.0.0.1:{closed_port()}/bot{TOKEN}/sendMessage", {})

    assert TOKEN not in everything_said(caught.value)


@pytest.mark.parametrize("url", ["http://nobody.invalid", "ftp://127.0.0.1", "http://", "nonsense"])
async def test_an_address_that_leads_nowhere_was_surely_not_sent(request_: AiohttpRequest, url: str) -> None:
    """Unknown names, foreign schemes and malformed addresses fail before anything leaves."""
    with pytest.raises(NotSentError) as caught:
        await request_.post_json(f"{url}/bot{TOKEN}/sendMessage", {})

    assert TOKEN not in everything_said(caught.value)


async def test_a_handshake_that_never_ends_was_surely_not_sent() -> None:
    """A server that accepts and then says nothing to TLS runs into the connect timeout."""
    let_go = asyncio.Event()

    async def say_nothing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await let_go.wait()
        writer.close()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, AiohttpRequest(connect_timeout=BRIEF) as request:
        with pytest.raises(NotSentInTimeError) as caught:
            await request.post_json(f"https://127.0.0.1:{port}/bot{TOKEN}/sendMessage", {})
        let_go.set()

    assert isinstance(caught.value, TimedOut)
    assert TOKEN not in everything_said(caught.value)


async def test_waiting_for_a_place_in_the_pool_ends_without_sending(api: ScriptedApi) -> None:
    """With every connection busy the pool timeout passes, and the second call never arrives."""
    api.silent = True
    async with AiohttpRequest(connections=1, pool_timeout=BRIEF) as request:
        first = asyncio.create_task(request.post_json(api.url, {}))
        await api.arrived.wait()
        with pytest.raises(NotSentInTimeError):
            await request.post_json(api.url, {})
        api.let_go.set()
        await first

    assert len(api.received) == 1


async def test_more_calls_than_connections_take_turns(api: ScriptedApi) -> None:
    """The limit holds back calls, it does not lose them."""
    async with AiohttpRequest(connections=2, pool_timeout=None) as request:
        answers = await asyncio.gather(*(request.post_json(api.url, {"chat_id": n}) for n in range(20)))

    assert [status for status, _ in answers] == [200] * 20
    assert len({call.connection for call in api.received}) <= 2


async def test_silence_after_sending_is_a_timeout_with_unknown_outcome(api: ScriptedApi) -> None:
    """The call arrived, the answer did not: TimedOut, and not one of the surely-not-sent kind."""
    api.silent = True
    async with AiohttpRequest(read_timeout=BRIEF) as request:
        with pytest.raises(TimedOut) as caught:
            await request.post_json(f"{api.url}/bot{TOKEN}/sendMessage", {})

    await api.arrived.wait()
    assert not isinstance(caught.value, NotSentError)
    assert TOKEN not in everything_said(caught.value)


async def test_a_reset_after_sending_has_an_unknown_outcome(api: ScriptedApi, request_: AiohttpRequest) -> None:
    """A connection that breaks instead of answering is a NetworkError, and not of the surely-not-sent kind."""
    api.reset = True
    with pytest.raises(NetworkError) as caught:
        await request_.post_json(f"{api.url}/bot{TOKEN}/sendMessage", {})

    assert not isinstance(caught.value, NotSentError)
    assert TOKEN not in everything_said(caught.value)


async def test_a_timeout_given_with_the_call_outranks_the_configured_one(api: ScriptedApi) -> None:
    """PTB's per-call timeouts count; DEFAULT_NONE means as configured; None means for ever."""
    api.silent = True
    async with AiohttpRequest(read_timeout=None) as request:
        with pytest.raises(TimedOut):
            await request.do_request(api.url, "POST", read_timeout=BRIEF)
    async with AiohttpRequest(read_timeout=BRIEF) as request:
        with pytest.raises(TimedOut):
            await request.do_request(api.url, "POST")
        api.arrived.clear()
        patient = asyncio.create_task(request.do_request(api.url, "POST", read_timeout=None))
        await api.arrived.wait()
        with pytest.raises(TimedOut):  # passes the configured time while the patient call goes on waiting
            await request.do_request(api.url, "POST")
        assert not patient.done()
        api.let_go.set()
        assert (await patient)[0] == 200


async def test_an_upload_that_nobody_reads_ends_with_the_write_timeout() -> None:
    """A server that accepts and reads nothing cannot hold an upload for longer than all timeouts together."""
    let_go = asyncio.Event()

    async def read_nothing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await let_go.wait()
        writer.close()

    server = await asyncio.start_server(read_nothing, "127.0.0.1", 0, limit=1)
    port = server.sockets[0].getsockname()[1]
    timeouts = AiohttpRequest(connect_timeout=BRIEF, read_timeout=BRIEF, media_write_timeout=BRIEF)
    async with server, timeouts as request:
        with pytest.raises(TimedOut):
            await request.post_form(
                f"http://127.0.0.1:{port}/", {}, {"document": ("big", bytes(20_000_000), "application/zip")}
            )
        let_go.set()


async def test_a_cancelled_call_gives_its_place_back(api: ScriptedApi) -> None:
    """Cancelling, as shutdown does, leaves the pool whole."""
    api.silent = True
    async with AiohttpRequest(connections=1) as request:
        call = asyncio.create_task(request.post_json(api.url, {}))
        await api.arrived.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        api.silent = False
        assert (await request.post_json(api.url, {}))[0] == 200


async def test_a_redirect_is_not_followed(api: ScriptedApi, request_: AiohttpRequest) -> None:
    """The token is sent to the address that was configured and to no other."""
    api.status = 302
    status, _ = await request_.post_json(api.url, {})

    assert status == 302
    assert len(api.received) == 1


async def test_an_answer_that_is_no_json_is_an_error_and_is_not_logged(
    api: ScriptedApi, request_: AiohttpRequest, caplog: pytest.LogCaptureFixture
) -> None:
    """A broken answer may quote a message, so PTB's habit of logging it is not kept."""
    api.answer = "<html>my back hurts</html>"
    async with bot_on(api, request_) as bot:
        with pytest.raises(TelegramError, match="Invalid server response"):
            await bot.get_me()

    assert "hurts" not in caplog.text


async def test_a_downloaded_file_comes_as_it_is(api: ScriptedApi, request_: AiohttpRequest) -> None:
    """PTB's retrieve() returns the bytes of the body."""
    api.answer = "plain"
    assert await request_.retrieve(f"{api.url}/file/bot{TOKEN}/a.jpg") == b"plain"
