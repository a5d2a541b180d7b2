"""What an HTTP answer of the Bot API means for the outbox."""

import json

import pytest

from bot.telegram.gateway import classify
from bot.usecases.delivery import Blocked, GaveUp, RetryAfter, SendResult, Sent, TokenRejected, Unknown, Unreachable


def refusal(status: int, description: str, **more: object) -> bytes:
    """Write a refusal as Telegram does."""
    return json.dumps({"ok": False, "error_code": status, "description": description, **more}).encode()


@pytest.mark.parametrize(
    ("result", "message_id"),
    [
        ({"message_id": 42, "chat": {"id": 1}}, 42),
        (True, None),
        ([{"message_id": 1}], None),
        ({"id": 3}, None),
        ({"message_id": 2**63}, None),
    ],
)
def test_success_is_sent_with_the_message_id_where_there_is_one(result: object, message_id: int | None) -> None:
    """SendMessage answers with a message, answerCallbackQuery with true."""
    assert classify(200, json.dumps({"ok": True, "result": result}).encode()) == Sent(message_id)


@pytest.mark.parametrize(
    ("animation", "file_id"),
    [({"file_id": "CgACAgQ", "duration": 9}, "CgACAgQ"), ({}, None), ({"file_id": 7}, None), ("CgACAgQ", None)],
)
def test_a_picture_that_was_sent_brings_its_name(animation: object, file_id: str | None) -> None:
    """By which it can be sent again; an answer of another form brings none."""
    answer = {"ok": True, "result": {"message_id": 42, "animation": animation}}
    assert classify(200, json.dumps(answer).encode()) == Sent(42, file_id=file_id)


@pytest.mark.parametrize(
    ("photo", "file_id"),
    [([{"file_id": "small"}, {"file_id": "large"}], "large"), ([], None), (["large"], None), ({}, None)],
)
def test_a_photo_goes_by_the_name_of_its_largest_size(photo: object, file_id: str | None) -> None:
    """Telegram answers with one name for each size, and any of them sends the whole."""
    answer = {"ok": True, "result": {"message_id": 42, "photo": photo}}
    assert classify(200, json.dumps(answer).encode()) == Sent(42, file_id=file_id)


@pytest.mark.parametrize(
    ("status", "description", "expected"),
    [
        (403, "Forbidden: bot was blocked by the user", Blocked),
        (403, "Forbidden: bot can't initiate conversation with a user", Blocked),
        (403, "Forbidden: user is deactivated", Blocked),
        (400, "Bad Request: chat not found", Blocked),
        (400, "Bad Request: user is deactivated", Blocked),
        (400, "Bad Request: can't parse entities: unclosed start tag", GaveUp),
        (400, "Bad Request: message text is empty", GaveUp),
        (413, "Request Entity Too Large", GaveUp),
        (401, "Unauthorized", TokenRejected),
        (404, "Not Found", TokenRejected),
        (500, "Internal Server Error", Unreachable),
        (502, "Bad Gateway", Unreachable),
        (503, "Service Unavailable", Unreachable),
    ],
)
def test_a_refusal_becomes_the_decision_it_calls_for(
    status: int, description: str, expected: type[Blocked | GaveUp | TokenRejected | Unreachable]
) -> None:
    """Each refusal keeps Telegram's own words as its reason."""
    assert classify(status, refusal(status, description)) == expected(description)


@pytest.mark.parametrize(
    "description",
    [
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
        "Bad Request: message to edit not found",
        "Bad Request: MESSAGE TO DELETE NOT FOUND",
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    ],
)
def test_a_wish_that_is_fulfilled_or_pointless_counts_as_sent(description: str) -> None:
    """Nothing is left to do, so nothing is retried; the note says why."""
    assert classify(400, refusal(400, description)) == Sent(None, note=description)


@pytest.mark.parametrize(
    ("parameters", "seconds"),
    [({"retry_after": 35}, 35.0), ({}, 1.0), (None, 1.0), ({"retry_after": 0}, 1.0)]
    + [({"retry_after": odd}, 1.0) for odd in ("soon", -5, float("nan"), [3])]
    + [({"retry_after": endless}, 86_400.0) for endless in (10**400, float("inf"))],
)
def test_a_flood_says_how_long_to_wait(parameters: object, seconds: float) -> None:
    """Telegram's retry_after is honoured; without one, a second must do."""
    body = refusal(429, "Too Many Requests: retry after 35", parameters=parameters)
    assert classify(429, body) == RetryAfter(seconds)


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, b"<html>please sign in to the hotel's wifi</html>", Unreachable("the answer is not the Bot API's")),
        (200, b"[1, 2]", Unreachable("the answer is not the Bot API's")),
        (200, b"\xff\xfe", Unreachable("the answer is not the Bot API's")),
        (200, b'{"status": "up"}', Unreachable("the answer is not the Bot API's")),
        (200, b'{"ok": true, "result": {"message_', Unknown("the answer is not the Bot API's", was_answered=True)),
        (504, b"<html>nginx</html>", Unknown("HTTP 504", was_answered=True)),
        (302, b"", Unreachable("HTTP 302")),
        (502, b"<html>nginx</html>", Unreachable("HTTP 502")),
        (413, b"<html>nginx</html>", GaveUp("HTTP 413")),
        (403, b"<html>blocked by the company's firewall</html>", Unreachable("HTTP 403")),
        (200, b"[" * 200_000, Unreachable("the answer is not the Bot API's")),
        (400, b'{"ok": false, "description": "no \\ud83d here\\u0000"}', GaveUp("no � here�")),
    ],
)
def test_an_answer_that_is_not_telegrams_is_judged_by_its_status(
    status: int, body: bytes, expected: SendResult
) -> None:
    """Proxies, portals and wrong addresses answer in their own words, none of which are kept."""
    assert classify(status, body) == expected
