"""The two questions of the first minute, zone and time: every way to answer them, and what cannot be read."""

import struct

import pytest

from tests.acceptance.bot_at_work import BotAtWork, agree, lost_its_buttons, moment_shown, next_at
from tests.acceptance.person import Message, Person, labels, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def agree_and_name_zone(person: Person) -> Message:
    """Go to the question about the time."""
    await agree(person)
    await person.say("America/New_York")
    return await person.wait_for("remind you each day?")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Madrid", "Europe/Madrid"),
        ("new york city", "America/New_York"),
        ("Kathmandu", "Asia/Kathmandu"),
        ("Asia/Tokyo", "Asia/Tokyo"),
        ("europe/london", "Europe/London"),
        ("UTC", "UTC"),
    ],
)
async def test_a_zone_is_read_from_what_is_typed(lumbar: BotAtWork, ada: Person, typed: str, zone: str) -> None:
    """A city or an IANA name, however it is spelled."""
    question = await agree(ada)
    await ada.say(typed)
    await lost_its_buttons(ada, question)
    assert "remind you each day?" in text_of(await ada.next_message())
    assert lumbar.chat(ada)["zone"] == zone


async def test_a_city_that_lies_in_several_zones_is_asked_about(lumbar: BotAtWork, ada: Person) -> None:
    """Springfield is offered as buttons, and the one pressed is taken."""
    await agree(ada)
    await ada.say("Springfield")
    question = await ada.wait_for("Which place do you mean?")
    assert len(labels(question)) > 1
    await ada.press(labels(question)[0])
    await ada.wait_for("remind you each day?")
    assert lumbar.chat(ada)["zone"].startswith("America/")


async def test_a_shared_location_becomes_a_zone_and_is_forgotten(lumbar: BotAtWork, ada: Person) -> None:
    """The point sets the zone; neither its digits nor its bytes are anywhere in the database's files."""
    latitude, longitude = 40.71287654, -74.00609876
    await agree(ada)
    await ada.share_location(latitude, longitude)
    await ada.wait_for("remind you each day?")
    assert lumbar.chat(ada)["zone"] == "America/New_York"
    stored = b"".join(path.read_bytes() for path in sorted(lumbar.database.parent.iterdir()))
    assert b"America/New_York" in stored
    for degrees in (latitude, longitude):
        assert str(abs(degrees))[:7].encode() not in stored
        assert struct.pack(">d", degrees) not in stored


async def test_the_buttons_offer_zones_that_suit_the_language(lumbar: BotAtWork) -> None:
    """Somebody whose Telegram speaks German is offered Berlin."""
    async with await lumbar.person("Ida", language_code="de") as ida:
        question = await agree(ida)
        assert any("Berlin" in label for label in labels(question))
        await ida.press("Berlin")
        await ida.wait_for("remind you each day?")
        assert lumbar.chat(ida)["zone"] == "Europe/Berlin"


@pytest.mark.parametrize("typed", ["qwxyz", "🙂🙂🙂", "over the hills and far away", "UTC+2"])
async def test_an_unreadable_zone_says_so_with_an_example(ada: Person, typed: str) -> None:
    """The question comes again with an example and its buttons, and a good answer then counts."""
    first = await agree(ada)
    await ada.say(typed)
    await lost_its_buttons(ada, first)
    again = await ada.next_message()
    assert "I could not find that place" in text_of(again)
    assert "Europe/Madrid" in text_of(again)
    assert labels(again)
    await ada.say("Oslo")
    await ada.wait_for("remind you each day?")


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("7:30", 7, 30),
        ("7.30", 7, 30),
        ("730", 7, 30),
        ("7:30pm", 19, 30),
        ("7pm", 19, 0),
        ("19h30", 19, 30),
        ("noon", 12, 0),
        ("half past 7", 7, 30),
    ],
)
async def test_a_time_is_read_from_what_is_typed(
    lumbar: BotAtWork, ada: Person, typed: str, hour: int, minute: int
) -> None:
    """Every spelling of a time sets it, and the next reminder is shown as the instant it will come."""
    question = await agree_and_name_zone(ada)
    await ada.say(typed)
    await lost_its_buttons(ada, question)
    all_set = await ada.next_message()
    assert f"Every day at {hour:02}:{minute:02} (New York)" in text_of(all_set)
    assert moment_shown(all_set) == next_at(lumbar, "America/New_York", hour, minute) == lumbar.due_at(ada)


@pytest.mark.parametrize("typed", ["25:00", "whenever", "7:61", "🕖🕖", "-3"])
async def test_an_unreadable_time_says_so_with_an_example(lumbar: BotAtWork, ada: Person, typed: str) -> None:
    """The question comes again with an example and its buttons, and a good answer then counts."""
    first = await agree_and_name_zone(ada)
    await ada.say(typed)
    await lost_its_buttons(ada, first)
    again = await ada.next_message()
    assert "I could not read a time in that" in text_of(again)
    assert "7:15" in text_of(again)
    assert labels(again)
    await ada.say("6:45 am")
    await ada.wait_for("You are all set")
    assert lumbar.chat(ada)["reminder_time"].startswith("06:45")
