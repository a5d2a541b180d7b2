"""Whoever comes by an invitation is not asked what the clinic has chosen for them; a link that is over says so."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.acceptance.bot_at_work import everything_said, pass_screening
from tests.acceptance.clinic_at_work import Clinic, clinic
from tests.acceptance.person import Message, Person, labels, text_of
from tests.acceptance.reminded import A_THURSDAY

OVER = "That invitation link is no longer valid"
NINE = A_THURSDAY + timedelta(hours=3)  # in New York


async def invited(at: Clinic, words: str) -> str:
    """Make an invitation; return its code."""
    made = await at.ask(f"/invite {words}", "https://t.me/lumbar_sandbox_bot?start=")
    return text_of(made).partition("start=")[2].split()[0]


def shows(label: str, message: Message) -> bool:
    """Whether a message has a button."""
    return label in labels(message)


async def come_by(person: Person, code: str) -> list[str]:
    """Open a link; return what the bot says at once."""
    await person.say(f"/start {code}")
    await person.wait_for("What I am not")
    return [text_of(message) for message in await person.messages() if message["from"]["is_bot"]]


async def test_a_link_skips_what_it_says_and_nothing_else(tmp_path: Path) -> None:
    """With a time of the clinic's, only consent, the zone and the questions about safety are left to ask."""
    async with clinic(tmp_path, NINE) as at:
        code = await invited(at, "07:30 lower-back")
        assert await come_by(at.ada, code) != []
        await at.ada.press("I understand")
        await at.ada.wait_for("Where are you?")
        await at.ada.say("New York")
        assert "Every day at 07:30" in text_of(await at.ada.wait_for("You are all set"))
        await at.ada.say("/routine")
        await pass_screening(at.ada)
        said = await everything_said(at.ada)
        assert not any("When shall I remind you" in text or OVER in text for text in said)
        chat = at.lumbar.chat(at.ada)
        assert (chat["invitation"], chat["programme"], chat["reminder_times"]) == (code, "lower-back", "07:30/1234567")


async def test_a_single_use_serves_one_person_as_often_as_they_like(tmp_path: Path) -> None:
    """Pressing Start again, before and after consent, is still them; somebody else reads that the link is over."""
    async with clinic(tmp_path, NINE) as at, await at.here.person() as bo:
        code = await invited(at, "en 07:30 once")
        for _ in range(2):
            assert not any(OVER in text for text in await come_by(at.ada, code))
        await at.ada.say("yes")
        await at.ada.wait_for("Where are you?")
        await at.ada.say(f"/start {code}")
        await at.ada.wait_for("Where are you?")
        assert any(OVER in text for text in await come_by(bo, code))
        assert not any(OVER in text for text in await everything_said(at.ada))
        assert [row["used"] for row in at.lumbar.query("SELECT used FROM invitation")] == [1]


@pytest.mark.parametrize(
    ("code", "is_told"),
    [("BCDFGHJKMN", True), ("2222222222", True), ("b:1:send", False), ("x" * 64, False), ("leaflet-42", False)],
)
async def test_a_forged_link_greets_as_usual(tmp_path: Path, code: str, is_told: bool) -> None:  # noqa: FBT001 - a parameter
    """It says kindly that the link is over, and everything is asked; what is no code at all is passed by."""
    async with clinic(tmp_path, NINE) as at:
        said = await come_by(at.ada, code)
        assert (OVER in said[0]) is is_told
        await at.ada.press("I understand")
        await at.ada.wait_for("Where are you?")
        await at.ada.say("New York")
        await at.ada.wait_for("When shall I remind you")


async def test_an_expired_and_a_withdrawn_link_are_over(tmp_path: Path) -> None:
    """After its days, or as soon as the staff take it back."""
    async with clinic(tmp_path, NINE) as at, await at.here.person() as bo:
        withdrawn = await invited(at, "many 7 days")
        await at.press("Withdraw it", "opens nothing any more")
        assert OVER in (await come_by(at.ada, withdrawn))[0]
        expired = await invited(at, "many 1 day")
        at.lumbar.move(days=1, minutes=1)
        assert OVER in (await come_by(bo, expired))[0]


async def test_choices_are_made_by_buttons_too(tmp_path: Path) -> None:
    """Words that are no choice are told back; the buttons lead to the same link."""
    async with clinic(tmp_path, NINE) as at:
        await at.ask("/invite klingon 07:30", "I did not understand: klingon")
        for label in ("Español", "12:30", "10 people", "30 days"):
            await at.head.press_in(at.group, label)
            await at.head.wait_in(at.group, partial(shows, f"✓ {label}"))
        made = text_of(await at.press("Make the link", "Brings along"))
        assert "Español, 12:30" in made
        assert "For: 10 people" in made
        (row,) = at.lumbar.query("SELECT language, uses FROM invitation")
        assert (row["language"], row["uses"]) == ("es", 10)
