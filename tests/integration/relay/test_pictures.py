"""Pictures through the relay: one upload for everybody, also over a restart, and words where there is no picture."""

import asyncio
from hashlib import sha256
from pathlib import Path

from bot.presentation.content import Animation
from bot.presentation.messages import Priority
from bot.sandbox import Sandbox
from bot.usecases.ports import Letter
from tests.acceptance.person import Person, labels, text_of
from tests.integration.relay.conftest import BOT_ID, Desk
from tests.integration.telegram.scripted_api import scripted_api

MOVIE = Path(__file__).parents[3] / "content" / "exercises" / "bridge" / "animation.mp4"
DIGEST = sha256(MOVIE.read_bytes()).hexdigest()
KEY = f"{BOT_ID}:{DIGEST}"


def show(desk: Desk, person: Person, key: str = "") -> None:
    """Queue the picture of an exercise to a person."""
    payload = {
        "animation": {"$media": "bridge"},
        "caption": "1 of 4 · <b>Bridge</b>",
        "parse_mode": "HTML",
        "reply_markup": {"inline_keyboard": [[{"text": "Done", "callback_data": "step:done"}]]},
    }
    letter = Letter(f"{person.id}{key}", person.id, "sendAnimation", payload, Priority.REPLY, desk.clock.now())
    desk.put(letter)


def uploads(sandbox: Sandbox) -> int:
    """Count the files that were uploaded."""
    return sum(isinstance(call["arguments"].get("animation"), dict) for call in sandbox.calls)


async def test_a_picture_is_uploaded_once_and_its_name_outlives_the_relay(
    desk: Desk, sandbox: Sandbox, ada: Person, bob: Person
) -> None:
    """The name is stored with the answer, so the next relay begins with it."""
    desk.animations["bridge"] = Animation(MOVIE, DIGEST)
    async with desk.relay():
        show(desk, ada)
        first = await ada.wait_for("Bridge")
        show(desk, ada, "again")
        await ada.wait_for("Bridge")
    assert desk.rows("media") == [{"key": KEY, "file_id": first["animation"]["file_id"]}]
    async with desk.relay():
        show(desk, bob)
        assert (await bob.wait_for("Bridge"))["animation"] == first["animation"]
    assert uploads(sandbox) == 1


async def test_a_forgotten_name_costs_one_upload_and_nobody_the_picture(
    desk: Desk, sandbox: Sandbox, ada: Person, bob: Person
) -> None:
    """The new name takes the place of the old one."""
    desk.animations["bridge"] = Animation(MOVIE, DIGEST)
    async with desk.relay():
        show(desk, ada)
        old = await ada.wait_for("Bridge")
        sandbox.forget_files()
        show(desk, bob)
        new = await bob.wait_for("Bridge")
    assert new["animation"]["file_id"] != old["animation"]["file_id"]
    assert desk.rows("media") == [{"key": KEY, "file_id": new["animation"]["file_id"]}]
    assert uploads(sandbox) == 2
    assert desk.statuses(bob) == ["sent"]


async def test_a_file_that_telegram_refuses_arrives_in_words(desk: Desk, tmp_path: Path, ada: Person) -> None:
    """Text and buttons of the caption; the letter counts as sent."""
    empty = tmp_path / "animation.mp4"
    empty.write_bytes(b"")
    desk.animations["bridge"] = Animation(empty, sha256(b"").hexdigest())
    async with desk.relay():
        show(desk, ada)
        words = await ada.wait_for("Bridge")
    assert "animation" not in words
    assert text_of(words) == "1 of 4 · Bridge"
    assert labels(words) == ["Done"]
    assert desk.statuses(ada) == ["sent"]
    assert desk.rows("media") == []


async def test_a_picture_is_not_sent_again_once_the_lease_may_have_run_out(desk: Desk) -> None:
    """A refusal that comes after a long sleep: the letter is put back, and what is sent instead is a try of its own."""
    desk.animations["bridge"] = Animation(MOVIE, DIGEST)
    with desk.database.engine.begin() as connection:
        connection.exec_driver_sql(f"INSERT INTO media VALUES ('{KEY}', 'an old name')")  # noqa: S608 - our own values
    async with scripted_api() as api, desk.relay(address=api.url):
        api.silent = True
        payload = {"animation": {"$media": "bridge"}, "caption": "x"}
        desk.put(Letter("p", 5, "sendAnimation", payload, Priority.REPLY, desk.clock.now()))
        await asyncio.wait_for(api.arrived.wait(), 10)
        desk.awake += 3600
        api.silent = False
        api.refuse(400, "Bad Request: wrong remote file identifier specified")
        api.let_go.set()
        await desk.until(lambda: desk.rows("outbox")[0]["status"] == "gave_up")
        methods = [call.path.rpartition("/")[2] for call in api.received]
    assert methods == ["sendAnimation", "sendAnimation", "sendMessage"]
    assert desk.rows("outbox")[0]["attempts"] == 2
