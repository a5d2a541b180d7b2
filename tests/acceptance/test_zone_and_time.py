"""The two questions of the first minute, zone and time: every way to answer them, and what cannot be read."""

import struct
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.acceptance.bot_at_work import BotAtWork, agree, lost_its_buttons, moment_shown, next_at
from tests.acceptance.person import Message, Person, labels, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def agree_and_name_zone(person: Person) -> Message:
    """Go to the question about the time."""
    await agree(person)
    await person.say("America/New_York")
    return await person.wait_for("shall I remind you?")


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
    assert "shall I remind you?" in text_of(await ada.next_message())
    assert lumbar.chat(ada)["zone"] == zone


async def test_a_city_that_lies_in_several_zones_is_asked_about(lumbar: BotAtWork, ada: Person) -> None:
    """Springfield is offered as buttons, and the one pressed is taken."""
    await agree(ada)
    await ada.say("Springfield")
    question = await ada.wait_for("Which place do you mean?")
    assert len(labels(question)) > 1
    await ada.press(labels(question)[0])
    await ada.wait_for("shall I remind you?")
    assert lumbar.chat(ada)["zone"].startswith("America/")


async def test_a_shared_location_becomes_a_zone_and_is_forgotten(lumbar: BotAtWork, ada: Person) -> None:
    """The point sets the zone; neither its digits nor its bytes are anywhere in the database's files."""
    latitude, longitude = 40.71287654, -74.00609876
    await agree(ada)
    await ada.share_location(latitude, longitude)
    await ada.wait_for("shall I remind you?")
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
        await ida.wait_for("shall I remind you?")
        assert lumbar.chat(ida)["zone"] == "Europe/Berlin"


@pytest.mark.parametrize("typed", ["qwxyz", "🙂🙂🙂", "over the hills and far away"])
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
    await ada.wait_for("shall I remind you?")


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("7:30", 7, 30),
        ("730 every day", 7, 30),
        ("half past 7 pm", 19, 30),
        ("19h30", 19, 30),
        ("noon", 12, 0),
    ],
)
async def test_a_time_is_read_from_what_is_typed(
    lumbar: BotAtWork, ada: Person, typed: str, hour: int, minute: int
) -> None:
    """A time is shown as it was read; a yes sets it, and the next reminder is shown as the instant it will come."""
    question = await agree_and_name_zone(ada)
    await ada.say(typed)
    await lost_its_buttons(ada, question)
    echo = await ada.next_message()
    assert f"I read: Every day at {hour:02}:{minute:02}" in text_of(echo)
    assert lumbar.chat(ada)["reminder_times"] is None
    await ada.say("yes")
    all_set = await ada.wait_for("You are all set")
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
    await ada.wait_for("Shall I remind you then")
    await ada.press("06:45")
    await ada.wait_for("You are all set")
    assert lumbar.chat(ada)["reminder_times"].startswith("06:45")


@pytest.mark.parametrize(
    ("settles", "sets"), [("evening", "19:00"), ("pm", "19:00"), ("in the morning", "07:00"), ("6:30", None)]
)
async def test_a_bare_hour_is_asked_about(lumbar: BotAtWork, ada: Person, settles: str, sets: str | None) -> None:
    """Nobody is reminded in the evening who meant the morning; another time is simply shown instead."""
    await agree_and_name_zone(ada)
    await ada.say("7")
    question = await ada.wait_for("In the morning or in the evening?")
    assert labels(question) == ["07:00 in the morning", "19:00 in the evening"]
    assert lumbar.chat(ada)["reminder_times"] is None
    await ada.say(settles)
    await ada.wait_for("You are all set" if sets else "I read: Every day at 06:30")
    assert (lumbar.chat(ada)["reminder_times"] or "").startswith(sets or "")


async def test_no_to_the_time_that_was_read_asks_again(lumbar: BotAtWork, ada: Person) -> None:
    """Nothing is kept of it: a yes that comes later agrees to nothing."""
    await agree_and_name_zone(ada)
    await ada.say("7:30")
    await ada.wait_for("I read: Every day at 07:30")
    await ada.say("no")
    await ada.wait_for("shall I remind you?")
    await ada.say("yes")
    await ada.wait_for("I could not read a time in that")
    assert lumbar.chat(ada)["reminder_times"] is None


async def test_a_reminder_is_changed_by_saying_so(lumbar: BotAtWork, settled_ada: Person) -> None:
    """At any time, in the words people use; it counts once it was shown and agreed to."""
    await settled_ada.say("remind me at 8 in the evening")
    await settled_ada.wait_for("I read: Every day at 20:00")
    assert lumbar.chat(settled_ada)["reminder_times"].startswith("07:30")
    await settled_ada.say("yes please")
    await settled_ada.wait_for("Your reminders are changed.")
    assert lumbar.chat(settled_ada)["reminder_times"].startswith("20:00")


@pytest.mark.parametrize(
    ("typed", "read", "kept"),
    [
        ("mon wed fri at 18:00", "Mon, Wed and Fri at 18:00", "18:00/135"),
        ("weekdays at 8am and 8pm", "Monday to Friday at 08:00 and 20:00", "08:00,20:00/12345"),
        ("every day except sunday at half past 6 pm", "Mon, Tue, Wed, Thu, Fri and Sat at 18:30", "18:30/123456"),
        ("only on weekends", "Saturday and Sunday at 07:30", "07:30/67"),
    ],
)
async def test_several_times_and_weekdays_are_kept(
    lumbar: BotAtWork, settled_ada: Person, typed: str, read: str, kept: str
) -> None:
    """They are shown as they were read, count once agreed to, and what was not said stays as it was."""
    await settled_ada.say(typed)
    await settled_ada.wait_for(f"I read: {read}")
    assert lumbar.chat(settled_ada)["reminder_times"] == "07:30/1234567"
    await settled_ada.say("yes")
    await settled_ada.wait_for(f"{read} (New York)")
    assert lumbar.chat(settled_ada)["reminder_times"] == kept


async def test_two_hours_without_their_halves_are_chosen_from(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Eight and nine may both be in the morning, both in the evening, or one in each."""
    await settled_ada.say("remind me at 8 and 9")
    question = await settled_ada.wait_for("In the morning or in the evening?")
    assert labels(question)[:3] == [
        "Every day, 08:00 and 09:00",
        "Every day, 08:00 and 21:00",
        "Every day, 20:00 and 21:00",
    ]
    await settled_ada.press("Every day, 08:00 and 21:00")
    await settled_ada.wait_for("Every day at 08:00 and 21:00 (New York)")
    assert lumbar.chat(settled_ada)["reminder_times"] == "08:00,21:00/1234567"


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("in 20 minutes", 20), ("remind me in an hour and a half", 90), ("later, in half an hour", 30)],
)
async def test_a_reminder_is_put_off_in_words(lumbar: BotAtWork, settled_ada: Person, typed: str, minutes: int) -> None:
    """The next reminder comes that much later, once."""
    before = lumbar.clock.now()
    await settled_ada.say(typed)
    shown = await settled_ada.wait_for("I will remind you again")
    assert abs(moment_shown(shown) - before - timedelta(minutes=minutes)) < timedelta(minutes=1)


async def test_tomorrow_at_a_time_is_one_reminder(lumbar: BotAtWork, settled_ada: Person) -> None:
    """It comes at that wall-clock time of that day, and the daily time stays."""
    await settled_ada.say("remind me tomorrow at 9 am")
    shown = await settled_ada.wait_for("I will remind you again")
    assert moment_shown(shown).astimezone(ZoneInfo("America/New_York")).hour == 9
    assert moment_shown(shown) - lumbar.clock.now() > timedelta(hours=5)
    assert lumbar.chat(settled_ada)["reminder_times"].startswith("07:30")


@pytest.mark.parametrize("typed", ["UTC+2", "+2"])
async def test_an_offset_leads_to_places(lumbar: BotAtWork, ada: Person, typed: str) -> None:
    """An offset knows no summer time, so places that have it now are offered."""
    await agree(ada)
    await ada.say(typed)
    question = await ada.wait_for("Which place do you mean?")
    assert len(labels(question)) > 1
    await ada.press(labels(question)[0])
    await ada.wait_for("shall I remind you?")
    offset = lumbar.clock.now().astimezone(ZoneInfo(lumbar.chat(ada)["zone"])).utcoffset()
    assert offset == timedelta(hours=2)


async def test_what_a_clock_shows_leads_to_places(lumbar: BotAtWork, ada: Person) -> None:
    """Whoever tells the time gets the places where it is that time."""
    await agree(ada)
    here = lumbar.clock.now().astimezone(ZoneInfo("America/New_York"))
    await ada.say(f"my time is {here:%H:%M} now")
    question = await ada.wait_for("Which place do you mean?")
    assert any("New York" in label for label in labels(question))


async def test_another_place_is_told_at_any_time(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Nothing changes before the place was tapped, and the one they have can be kept."""
    await settled_ada.say("I'm in Madrid")
    question = await settled_ada.wait_for("Is this where you are?")
    assert lumbar.chat(settled_ada)["zone"] == "America/New_York"
    assert "Keep New York" in labels(question)[-1]
    await settled_ada.press("Madrid")
    await settled_ada.wait_for("Every day at 07:30 (Madrid)")
    assert lumbar.chat(settled_ada)["zone"] == "Europe/Madrid"
    moved = await settled_ada.wait_for("keep their time on the clock?")
    assert labels(moved) == ["Keep 07:30 in Madrid", "As before: 13:30 in Madrid"]


@pytest.mark.parametrize(("choice", "hour"), [("Keep 07:30", 7), ("As before", 13)])
async def test_whoever_moves_chooses_the_clock_or_the_moment(
    lumbar: BotAtWork, settled_ada: Person, choice: str, hour: int
) -> None:
    """The clock is kept until they choose otherwise; the next reminder is at what they chose."""
    await settled_ada.say("I'm in Madrid")
    await settled_ada.wait_for("Is this where you are?")
    await settled_ada.press("Madrid")
    await settled_ada.wait_for("keep their time on the clock?")
    assert lumbar.due_at(settled_ada) == next_at(lumbar, "Europe/Madrid", 7, 30)
    await settled_ada.press(choice)
    await settled_ada.wait_for(f"Every day at {hour:02}:30 (Madrid)")
    assert lumbar.due_at(settled_ada) == next_at(lumbar, "Europe/Madrid", hour, 30)
