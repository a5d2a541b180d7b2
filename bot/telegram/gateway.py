"""Outgoing calls to the Bot API, by name, and what their answers mean.

`Gateway.call` takes a method and its payload as the outbox stored them and answers with a value of
`bot.usecases.delivery`; it never raises for anything Telegram or the network does. `Gateway.bot` is a PTB bot over the
same connections for typed calls outside the outbox (getUpdates, setMyCommands, deleteWebhook).

Rules:

- The tables below are the only place that knows Telegram's wording. A phrase is matched in lower case, anywhere in the
  description.
- A 400 that says the wish is already fulfilled, or has become pointless, counts as sent.
- Neither a reason nor an exception holds the token.

Rates, order and retries do not belong here: they are the outbox's.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

import telegram
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot import metrics
from bot.telegram.text import all_well_formed, well_formed
from bot.telegram.transport import AiohttpRequest, FileField, NotSentError
from bot.usecases.delivery import (
    Blocked,
    GaveUp,
    RetryAfter,
    SendResult,
    Sent,
    TokenRejected,
    Unknown,
    Unreachable,
)

TELEGRAM_API_URL = "https://api.telegram.org"

# 400: nothing is left to do.
_POINTLESS = (
    "message is not modified",
    "message to edit not found",
    "message to delete not found",
    "message to react not found",
    "query is too old",
)
# 400: nobody is there.
_NOBODY_THERE = ("chat not found", "user is deactivated")

# 409 of getUpdates: a webhook is in the way, or was set this moment; any other is another poller.
_WEBHOOK_IS_SET = ("webhook is active", "terminated by setwebhook")

# The number of an update in a body that cannot be read; in what people write, the quotes are escaped.
_UPDATE_ID = re.compile(rb'(?<!\\)"update_id"\s*:\s*(\d{1,18})\b')
_UNREADABLE = "unreadable"

_FOREIGN_ANSWER = "the answer is not the Bot API's"

_POLL_TIMEOUT_SECONDS = 60.0  # longer than any long poll
_MESSAGE_IDS_END = 2**63  # an id that no database holds would stop the relay
_LONGEST_WAIT_SECONDS = 24 * 60 * 60  # what a 429 asks beyond that is not Telegram's
_READ_TIMEOUT_SECONDS = 15.0  # a lost answer means a message that may come twice, so wait longer than PTB does


_NO_FILES: Mapping[str, FileField] = {}


def _unheard(*_: object) -> None:
    """Let nobody know."""


class TokenError(Exception):
    """The bot's token is not one Telegram knows; the message is one line that says what to do."""


class ApiUnreachable(Exception):  # noqa: N818 - names the state that a person reads about
    """No Bot API answers at this address; the message is one line that says what to do."""

    def __init__(self, api_url: str, reason: str) -> None:
        super().__init__(
            f"No Telegram Bot API answers at {api_url} ({reason}): check the network connection and TELEGRAM_API_URL."
        )


@dataclass(frozen=True, slots=True)
class PollConflict:
    """Telegram does not let us poll: because of a webhook, or else because somebody else polls with this token."""

    reason: str
    by_webhook: bool


class Gateway:
    """The one way out to Telegram for one bot token; open inside `async with`, and again after.

    `api_url` is the server without a path; `connections` bounds the calls under way at once. `on_answer` is told after
    each call whether the Bot API answered it, be it with a refusal. Entering makes no call.
    """

    def __init__(
        self,
        token: str,
        *,
        api_url: str = TELEGRAM_API_URL,
        connections: int = 256,
        on_answer: Callable[[bool], None] = _unheard,
    ) -> None:
        self._on_answer = on_answer
        self._api_url = api_url.rstrip("/")
        self._method_url = f"{self._api_url}/bot{token}/"
        self._calls = AiohttpRequest(connections=connections, read_timeout=_READ_TIMEOUT_SECONDS)
        self._polls = AiohttpRequest(connections=1, read_timeout=_POLL_TIMEOUT_SECONDS)
        self.bot = telegram.Bot(
            token,
            base_url=f"{self._api_url}/bot",
            base_file_url=f"{self._api_url}/file/bot",
            request=self._calls,
            get_updates_request=self._polls,
        )

    async def __aenter__(self) -> Self:
        """Open the connection pools."""
        await self._calls.initialize()
        await self._polls.initialize()
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the connection pools."""
        await self._polls.shutdown()
        await self._calls.shutdown()

    async def who_am_i(self) -> telegram.User:
        """Return the bot's own user; raises TokenError or ApiUnreachable, each with its remedy."""
        try:
            me = await self.bot.get_me()
        except InvalidToken:
            failure: Exception = TokenError(
                f"The Bot API at {self._api_url} rejected TELEGRAM_BOT_TOKEN: copy it again from @BotFather "
                "(/mybots, your bot, API Token)."
            )
        except TelegramError as error:
            failure = ApiUnreachable(self._api_url, error.message)
        except (
            ArithmeticError,
            KeyError,
            RecursionError,
            TypeError,
            ValueError,
        ):  # JSON, but no user: PTB trusts the form
            failure = ApiUnreachable(self._api_url, _FOREIGN_ANSWER)
        else:
            self._on_answer(True)
            return me
        raise failure

    async def call(
        self, method: str, payload: Mapping[str, Any], upload: Mapping[str, FileField] = _NO_FILES
    ) -> SendResult:
        """Call one Bot API method, with files to `upload` by field, and return what became of it.

        Only a payload that is not JSON raises.
        """
        result = await self._call(method, payload, upload)
        self._on_answer(not isinstance(result, Unreachable | Unknown | TokenRejected))
        metrics.count_call(method, type(result).__name__)
        return result

    async def _call(self, method: str, payload: Mapping[str, Any], upload: Mapping[str, FileField]) -> SendResult:
        url = self._method_url + method
        payload = all_well_formed(payload)
        fields, files = _uploads(payload, upload)
        try:
            if files:
                status, body = await self._calls.post_form(url, fields, files)
            else:
                status, body = await self._calls.post_json(url, payload)
        except NotSentError as error:
            return Unreachable(error.message)
        except NetworkError as error:
            return Unknown(error.message)
        return classify(status, body)

    async def poll(
        self, offset: int | None, *, seconds: int, most: int, allowed: Sequence[str]
    ) -> list[dict[str, Any]] | PollConflict | str:
        """Long-poll getUpdates; return the updates as Telegram sent them, or the reason why there are none to be had.

        `offset` acknowledges every update before it. The updates are not parsed here: one that cannot be read must not
        take its whole batch along. Nor must one that is no JSON or nested deeper than Python reads: it comes with its
        number and a message that is none.
        """
        payload: dict[str, Any] = {"timeout": seconds, "limit": most, "allowed_updates": list(allowed)}
        if offset is not None:
            payload["offset"] = offset
        try:
            status, body = await self._polls.post_json(self._method_url + "getUpdates", payload)
        except NetworkError as error:
            self._on_answer(False)
            return error.message
        self._on_answer(status in {HTTPStatus.OK, HTTPStatus.CONFLICT})
        answer = _parsed(body)
        result = answer.get("result")
        if status == HTTPStatus.CONFLICT:
            reason = str(answer.get("description") or "Conflict")
            return PollConflict(reason, by_webhook=any(phrase in reason.lower() for phrase in _WEBHOOK_IS_SET))
        if status == HTTPStatus.OK and not answer and (numbers := _UPDATE_ID.findall(body)):
            if most > 1:  # one of them is at fault: take them one by one, until it is its turn
                return await self.poll(offset, seconds=0, most=1, allowed=allowed)
            return [{"update_id": int(numbers[0]), "message": _UNREADABLE}]
        if status != HTTPStatus.OK or not isinstance(result, list):
            return str(answer.get("description") or f"HTTP {status}")
        if not all(isinstance(update, dict) and type(update.get("update_id")) is int for update in result):
            return _FOREIGN_ANSWER
        return result


def classify(status: int, body: bytes) -> SendResult:
    """Return what an HTTP answer means, whether it comes from the Bot API or from something in between."""
    answer = _parsed(body)
    if status == HTTPStatus.OK:
        return _sent(answer, body)
    reason = well_formed(str(answer.get("description") or f"HTTP {status}"))
    match status:
        case HTTPStatus.TOO_MANY_REQUESTS:
            result: SendResult = RetryAfter(_wait_seconds(answer))
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.NOT_FOUND:
            result = TokenRejected(reason)
        case HTTPStatus.FORBIDDEN if answer.get("ok") is False:
            result = Blocked(reason)
        case HTTPStatus.FORBIDDEN:
            result = Unreachable(reason)  # a proxy or firewall refused: that says nothing about any person
        case HTTPStatus.GATEWAY_TIMEOUT:
            result = Unknown(reason, was_answered=True)  # a proxy passed the call on and got tired of waiting
        case _ if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            result = _refused(reason, answer)
        case _:
            result = Unreachable(reason)  # Telegram is in trouble, or a redirect says that this is not the Bot API
    return result


def _wait_seconds(answer: Mapping[str, Any]) -> float:
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if not isinstance(seconds, (int, float)) or not seconds > 0:
        return 1.0
    return float(min(seconds, _LONGEST_WAIT_SECONDS))


def _refused(reason: str, answer: Mapping[str, Any]) -> SendResult:
    wording = reason.lower()
    if any(phrase in wording for phrase in _POINTLESS):
        return Sent(None, note=reason)
    if any(phrase in wording for phrase in _NOBODY_THERE):
        return Blocked(reason)
    parameters = answer.get("parameters")
    moved_to = parameters.get("migrate_to_chat_id") if isinstance(parameters, dict) else None
    return GaveUp(reason, moved_to=moved_to if isinstance(moved_to, int) else None)


def _sent(answer: Mapping[str, Any], body: bytes) -> SendResult:
    if answer.get("ok") is not True:
        # An answer cut short was Telegram's; a page of something in between means that Telegram never heard of it.
        was_cut = not answer and body.lstrip()[:1] == b"{"
        return Unknown(_FOREIGN_ANSWER, was_answered=True) if was_cut else Unreachable(_FOREIGN_ANSWER)
    result = answer.get("result")
    if not isinstance(result, dict):
        return Sent(None)
    message_id, picture = result.get("message_id"), result.get("animation") or result.get("photo")
    if isinstance(picture, list):  # a photo in several sizes, the largest last; the name of one is good for all
        picture = picture[-1] if picture else None
    file_id = picture.get("file_id") if isinstance(picture, dict) else None
    return Sent(
        message_id if isinstance(message_id, int) and 0 < message_id < _MESSAGE_IDS_END else None,
        file_id=file_id if isinstance(file_id, str) else None,
    )


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _uploads(
    payload: Mapping[str, Any], upload: Mapping[str, FileField]
) -> tuple[dict[str, str], dict[str, FileField]]:
    if not upload:
        return {}, {}
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in payload.items()}, dict(upload)
