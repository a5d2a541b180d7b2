"""What stands in the place of a picture when its letter leaves: a file, the name that Telegram has for it, or words."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bot.presentation.content import Animation
from bot.presentation.letterhead import Letterhead
from bot.telegram.letterheads import Letterheads
from bot.telegram.pictures import Pictures
from bot.telegram.transport import FileField
from bot.usecases.delivery import (
    Blocked,
    GaveUp,
    Instead,
    RetryAfter,
    SendResult,
    Sent,
    TokenRejected,
    Unknown,
    Unreachable,
    Uploaded,
)

MOVIE = b"a moving bridge"
KEY = f"7:{sha256(MOVIE).hexdigest()}"
BUTTONS = {"inline_keyboard": [[{"text": "Done"}]]}
LETTER = {
    "chat_id": 5,
    "animation": {"$media": "bridge"},
    "caption": "<b>Bridge</b>",
    "parse_mode": "HTML",
    "reply_markup": BUTTONS,
}
IN_WORDS = Instead(
    "sendMessage",
    {
        "chat_id": 5,
        "text": "<b>Bridge</b>",
        "parse_mode": "HTML",
        "reply_markup": BUTTONS,
        "link_preview_options": {"is_disabled": True},
    },
)
ARRIVED = Sent(1, file_id="new-name")
REFUSED = GaveUp("Bad Request: wrong file identifier/HTTP URL specified")


@dataclass(slots=True)
class Telegram:
    """Answers what it is told, and remembers what it was sent."""

    answers: list[SendResult]
    calls: list[tuple[str, Mapping[str, Any], Mapping[str, FileField]]] = field(default_factory=list)

    async def call(
        self, method: str, payload: Mapping[str, Any], upload: Mapping[str, FileField] | None = None
    ) -> SendResult:
        """Take a call."""
        self.calls.append((method, payload, upload or {}))
        return self.answers.pop(0)


@pytest.fixture
def movie(tmp_path: Path) -> Path:
    """Write the file of a picture."""
    path = tmp_path / "animation.mp4"
    path.write_bytes(MOVIE)
    return path


async def no_letterhead(_kind: str, _data: Mapping[str, Any]) -> None:
    """Draw nothing."""


def pictures(telegram: Telegram, movie: Path) -> Pictures:
    """Return pictures that know one exercise's."""
    return Pictures(
        telegram.call, {"bridge": Animation(movie, sha256(MOVIE).hexdigest())}, Letterheads(no_letterhead), bot_id=7
    )


async def test_a_picture_is_uploaded_and_then_sent_by_its_name(movie: Path) -> None:
    """The first letter brings the name as news to be stored; the second reads no file, for there is none any more."""
    telegram = Telegram([ARRIVED, Sent(2, file_id="new-name")])
    sender = pictures(telegram, movie)
    assert await sender.send("sendAnimation", LETTER) == Sent(1, file_id="new-name", uploaded=Uploaded(KEY, "new-name"))
    await asyncio.to_thread(movie.unlink)
    assert await sender.send("sendAnimation", LETTER) == Sent(2, file_id="new-name")
    (_, fields, upload), (_, payload, nothing) = telegram.calls
    assert upload == {"animation": ("bridge.mp4", MOVIE, "video/mp4")}
    assert fields == {key: value for key, value in LETTER.items() if key != "animation"}
    assert payload == LETTER | {"animation": "new-name"}
    assert nothing == {}


async def test_a_name_that_the_database_knows_is_used_at_once(movie: Path) -> None:
    """After a restart nothing is uploaded again."""
    telegram = Telegram([Sent(1)])
    sender = pictures(telegram, movie)
    sender.remember({KEY: "old-name", "8:other": "of another bot"})
    assert await sender.send("sendAnimation", LETTER) == Sent(1)
    assert telegram.calls[0][1]["animation"] == "old-name"


async def test_a_picture_drawn_anew_and_another_bot_have_no_name_yet(movie: Path) -> None:
    """A name belongs to bytes and a bot."""
    digest = sha256(MOVIE).hexdigest()
    telegram = Telegram([ARRIVED])
    sender = pictures(telegram, movie)
    sender.remember({f"8:{digest}": "of another bot", f"7:{sha256(b'old').hexdigest()}": "of another picture"})
    assert isinstance(await sender.send("sendAnimation", LETTER), Sent)
    assert telegram.calls[0][2] != {}


async def test_a_refused_name_is_dropped_and_the_file_uploaded_again_once(movie: Path) -> None:
    """Whatever Telegram calls it; should the upload be refused as well, the words leave."""
    telegram = Telegram([REFUSED, REFUSED, ARRIVED])
    sender = pictures(telegram, movie)
    sender.remember({KEY: "old-name"})
    again = await sender.send("sendAnimation", LETTER)
    assert isinstance(again, Instead)
    assert await sender.send(again.method, again.payload) == IN_WORDS
    assert isinstance(await sender.send("sendAnimation", LETTER), Sent)
    assert [bool(upload) for _, _, upload in telegram.calls] == [False, True, True]


async def test_the_second_try_uploads_even_where_another_letter_learnt_a_name(movie: Path) -> None:
    """So that one letter can never go round in a circle."""
    telegram = Telegram([REFUSED, ARRIVED, ARRIVED])
    sender = pictures(telegram, movie)
    sender.remember({KEY: "old-name"})
    again = await sender.send("sendAnimation", LETTER)
    assert isinstance(again, Instead)
    assert isinstance(await sender.send("sendAnimation", LETTER), Sent)
    assert isinstance(await sender.send(again.method, again.payload), Sent)
    assert telegram.calls[2][2] != {}


@pytest.mark.parametrize("reason", ["Bad Request: file must be non-empty", "Request Entity Too Large"])
async def test_a_file_that_telegram_refuses_leaves_the_words(movie: Path, reason: str) -> None:
    """The caption, with the same buttons and without a preview."""
    telegram = Telegram([GaveUp(reason)])
    assert await pictures(telegram, movie).send("sendAnimation", LETTER) == IN_WORDS


async def test_a_file_that_is_gone_leaves_the_words(movie: Path) -> None:
    """Nothing is called for it."""
    telegram = Telegram([])
    await asyncio.to_thread(movie.unlink)
    assert await pictures(telegram, movie).send("sendAnimation", LETTER) == IN_WORDS


async def test_a_picture_that_nobody_knows_leaves_the_words(movie: Path) -> None:
    """A letter may outlive the exercise it shows."""
    letter = LETTER | {"animation": {"$media": "gone"}}
    assert await pictures(Telegram([]), movie).send("sendAnimation", letter) == IN_WORDS


async def test_after_an_upload_whose_answer_was_lost_the_words_leave_once(movie: Path) -> None:
    """A slow line would lose the next one too; the letter after that tries the picture again."""
    telegram = Telegram([Unknown("lost"), ARRIVED])
    sender = pictures(telegram, movie)
    assert await sender.send("sendAnimation", LETTER) == Unknown("lost")
    assert await sender.send("sendAnimation", LETTER) == IN_WORDS
    assert isinstance(await sender.send("sendAnimation", LETTER), Sent)


@pytest.mark.parametrize("known", [{}, {KEY: "old-name"}], ids=["upload", "by name"])
@pytest.mark.parametrize(
    "result", [RetryAfter(3), Blocked("gone"), Unreachable("down"), Unknown("lost"), TokenRejected("no")]
)
async def test_what_is_not_about_the_picture_is_told_as_it_is(
    movie: Path, result: SendResult, known: Mapping[str, str]
) -> None:
    """The relay waits, cancels or tries again as with any letter."""
    sender = pictures(Telegram([result]), movie)
    sender.remember(known)
    assert await sender.send("sendAnimation", LETTER) == result


HEAD = Letterhead({"name": "A Practice"}, "the look")
GREETING = {"chat_id": 5, "photo": {"$media": "letterhead"}, "caption": "<b>Hello</b>", "reply_markup": BUTTONS}


async def draw(_kind: str, data: Mapping[str, Any]) -> bytes:
    """Draw it."""
    return repr(data).encode()


async def test_a_letterhead_is_drawn_for_the_first_letter_and_then_sent_by_its_name() -> None:
    """It is known by its look, not by its bytes: what draws may be another version."""
    telegram = Telegram([ARRIVED, Sent(2)])
    sender = Pictures(telegram.call, {"letterhead": HEAD}, Letterheads(draw), bot_id=7)
    sent = await sender.send("sendPhoto", GREETING)
    assert sent == Sent(1, file_id="new-name", uploaded=Uploaded("7:the look", "new-name"))
    await sender.send("sendPhoto", GREETING)
    (_, fields, upload), (_, payload, nothing) = telegram.calls
    assert upload == {"photo": ("letterhead.png", await draw("letterhead", HEAD.data), "image/png")}
    assert fields == {key: value for key, value in GREETING.items() if key != "photo"}
    assert (payload, nothing) == (GREETING | {"photo": "new-name"}, {})


@pytest.mark.parametrize(
    ("known", "drawn"), [({}, 1), ({"8:the look": "of another bot"}, 1), ({"7:the look": "name"}, 0)]
)
async def test_a_letterhead_that_telegram_does_not_have_is_drawn_ahead(known: Mapping[str, str], drawn: int) -> None:
    """When the relay takes over, so that nobody's greeting waits for it; where it has a name, nothing is drawn."""
    asked = []

    async def remembered(kind: str, data: Mapping[str, Any]) -> bytes:
        asked.append(data)
        return await draw(kind, data)

    letterheads = Letterheads(remembered)
    sender = Pictures(Telegram([ARRIVED]).call, {"letterhead": HEAD}, letterheads, bot_id=7)
    sender.remember(known)
    await asyncio.sleep(0)
    assert len(asked) == drawn
    await sender.send("sendPhoto", GREETING)
    assert len(asked) == drawn


async def test_a_letterhead_that_is_not_drawn_leaves_the_words() -> None:
    """With the same buttons, and nothing is called for it."""
    sender = Pictures(Telegram([]).call, {"letterhead": HEAD}, Letterheads(no_letterhead), bot_id=7)
    words = await sender.send("sendPhoto", GREETING)
    assert isinstance(words, Instead)
    assert (words.method, words.payload["text"], words.payload["reply_markup"]) == (
        "sendMessage",
        "<b>Hello</b>",
        BUTTONS,
    )


async def test_any_other_letter_passes_untouched(movie: Path) -> None:
    """A text, and an animation that has its name already."""
    telegram = Telegram([Sent(1), Sent(2)])
    sender = pictures(telegram, movie)
    text, named = {"chat_id": 5, "text": "hello"}, {"chat_id": 5, "animation": "a-name"}
    assert await sender.send("sendMessage", text) == Sent(1)
    assert await sender.send("sendAnimation", named) == Sent(2)
    assert telegram.calls == [("sendMessage", text, {}), ("sendAnimation", named, {})]
