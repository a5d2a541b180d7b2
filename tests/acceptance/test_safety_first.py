"""Safety first under load, after a downtime, and when the matcher itself fails."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.safety import Finding
from bot.presentation.messages import Priority
from bot.storage.unit_of_work import Database
from bot.usecases import safety
from bot.usecases.ports import Letter
from tests.acceptance.bot_at_work import BotAtWork, moment_shown, set_up
from tests.acceptance.person import text_of
from tests.acceptance.reminded import A_THURSDAY, place

QUEUED = 500
PER_SECOND = 20  # so that 500 reminders take 25 seconds
MOST_OVERTAKING = 20  # what may leave in the second in which the emergency is said


def reminders_sent(lumbar: BotAtWork) -> int:
    """Count the reminders of the load that have left."""
    sql = "SELECT count(*) AS n FROM outbox WHERE dedupe_key LIKE 'load%' AND status <> 'queued'"
    return int(lumbar.query(sql)[0]["n"])


async def test_an_emergency_overtakes_five_hundred_reminders(tmp_path: Path) -> None:
    """While 500 reminders wait for their turn, the referral is the next message to leave."""
    async with (
        place(tmp_path, A_THURSDAY) as here,
        await here.person() as ada,
        here.bot(messages_per_second=PER_SECOND) as lumbar,
    ):
        await set_up(ada)
        waiting = [await ada.make_group(f"Chat {number}") for number in range(QUEUED)]
        letters = [
            Letter(f"load{chat_id}", chat_id, "sendMessage", {"text": "Time"}, Priority.REMINDER, here.clock.now())
            for chat_id in waiting
        ]
        database = Database(f"sqlite:///{here.database}")
        database.run_here(lambda tx: tx.queue(letters))
        database.close()
        await ada.say("/help")
        await ada.wait_for("I guide you through")
        sent = reminders_sent(lumbar)
        await ada.say("I have chest pain")
        await ada.wait_for("Do not drive yourself")
        assert reminders_sent(lumbar) - sent <= MOST_OVERTAKING
        assert reminders_sent(lumbar) < QUEUED // 2


async def test_an_emergency_overtakes_a_picture_that_is_being_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The picture of /progress would come in its own time; the referral leaves before it, and it is withdrawn."""
    drawing = asyncio.Event()

    async def draw(*_: object) -> None:
        drawing.set()
        await asyncio.Event().wait()

    monkeypatch.setattr("bot.easel.Easel.draw", draw)
    async with place(tmp_path, A_THURSDAY) as here, await here.person() as ada, here.bot():
        await set_up(ada)
        await ada.say("already did it")
        await ada.wait_for("today counts as done")
        await ada.say("/progress")
        await drawing.wait()
        await ada.say("I have chest pain")
        await ada.wait_for("Do not drive yourself")


@pytest.mark.parametrize(
    ("waited", "says"), [({"minutes": 50}, "You wrote this at"), ({"days": 1}, "You wrote this on")]
)
async def test_a_message_that_waited_is_answered_with_its_time(
    tmp_path: Path, waited: dict[str, float], says: str
) -> None:
    """The bot was down: its referral begins with when the message was written, in the person's own clock."""
    async with place(tmp_path, A_THURSDAY) as here, await here.person() as ada:
        async with here.bot():
            await set_up(ada)
        said = await ada.say("I have chest pain")
        await ada.say("hello")
        here.clock.move(timedelta(**waited))
        async with here.bot():
            referral = await ada.wait_for("Do not drive yourself")
            assert text_of(referral).startswith(says)
            assert moment_shown(referral).timestamp() == said["date"]
            other = await ada.wait_for("Your routine is on hold")
            assert "You wrote" not in text_of(other)


async def test_a_message_that_came_at_once_is_not(tmp_path: Path) -> None:
    """Nobody is told when they wrote what they wrote a moment ago."""
    async with place(tmp_path, A_THURSDAY) as here, await here.person() as ada, here.bot():
        await set_up(ada)
        await ada.say("I have chest pain")
        assert text_of(await ada.wait_for("Do not drive yourself")).startswith("Call 911 now")


async def test_a_failing_matcher_eats_no_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken lexicon is reported with a failure id, without the words, and the conversation goes on."""

    def broken(_text: str, _lexicon: object) -> Finding:
        raise ZeroDivisionError

    async with place(tmp_path, A_THURSDAY) as here, await here.person() as ada, here.bot() as lumbar:
        monkeypatch.setattr(safety, "triage", broken)
        await set_up(ada)
        await ada.say("/clinic")
        await ada.wait_for("Back Center New York")
        failures = {row["failure"] for row in lumbar.query("SELECT failure FROM inbox")} - {None}
        reported = capsys.readouterr().out
        assert failures
        assert all(failure in reported for failure in failures)
        assert "triage_failed" in reported
