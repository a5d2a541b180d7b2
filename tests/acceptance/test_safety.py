"""Safety first: a message that mentions an injury or a warning sign gets the referral in every state there is."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.sandbox.faults import Fault
from tests.acceptance.bot_at_work import EXERCISES, BotAtWork, begin_routine, set_up
from tests.acceptance.person import Message, Person, labels, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

FALL = "I fell down the stairs yesterday and my back hurts"
CARD = ("Back Center New York", "(212) 555-0123", "+12125550123", "Example Street 1", "Monday to Friday, 8:00 to 18:00")
MAP = "https://www.openstreetmap.org/search?query=New%20York"
SPOKEN = "I have spoken to someone"

Way = Callable[[Person], Awaitable[object]]


async def to_asking_consent(ada: Person) -> None:
    """Read the greeting."""
    await ada.say("/start")
    await ada.wait_for("What I am not")


async def to_asking_zone(ada: Person) -> None:
    """Agree."""
    await to_asking_consent(ada)
    await ada.press("I understand")
    await ada.wait_for("Where are you?")


async def to_asking_time(ada: Person) -> None:
    """Name the zone."""
    await to_asking_zone(ada)
    await ada.say("Boston")
    await ada.wait_for("shall I remind you?")


async def to_exercising(ada: Person) -> None:
    """See the second exercise."""
    await set_up(ada)
    await begin_routine(ada)
    await ada.say("done")
    await ada.wait_for("2 of 4")


async def to_rating_pain(ada: Person) -> None:
    """Be asked how strong the pain is."""
    await to_exercising(ada)
    await ada.say("pain")
    await ada.wait_for("How strong is the pain")


async def to_offering_easier(ada: Person) -> None:
    """Be offered the easier variant."""
    await to_rating_pain(ada)
    await ada.say("4")
    await ada.wait_for("There is an easier way")


async def to_offering_clinic(ada: Person) -> None:
    """Be offered the clinic."""
    await to_rating_pain(ada)
    await ada.say("6")
    await ada.wait_for("Stop this exercise")


async def to_rating_back(ada: Person) -> None:
    """Finish and be asked how the back feels."""
    await set_up(ada)
    await begin_routine(ada)
    for _ in EXERCISES:
        await ada.say("done")
    await ada.wait_for("How does your back feel now")


async def to_paused(ada: Person) -> None:
    """Pause the reminders."""
    await set_up(ada)
    await ada.say("/pause")
    await ada.wait_for("Reminders are paused")


async def to_held(ada: Person) -> None:
    """Have the programme held already."""
    await set_up(ada)
    await ada.say("the pain is unbearable")
    await ada.wait_for("Back Center New York")


async def to_time_over_a_session(ada: Person) -> None:
    """Be asked for a time in the middle of an exercise."""
    await to_exercising(ada)
    await ada.say("/time")
    await ada.wait_for("shall I remind you?")


async def to_zone_over_a_rating(ada: Person) -> None:
    """Be asked for a zone while a pain rating is open."""
    await to_rating_pain(ada)
    await ada.say("/timezone")
    await ada.wait_for("Where are you?")


WAYS: dict[str, Way] = {
    "asking zone": to_asking_zone,
    "asking time": to_asking_time,
    "idle": set_up,
    "exercising": to_exercising,
    "rating pain": to_rating_pain,
    "offering easier": to_offering_easier,
    "offering clinic": to_offering_clinic,
    "rating back": to_rating_back,
    "paused": to_paused,
    "held": to_held,
    "time over a session": to_time_over_a_session,
    "zone over a rating": to_zone_over_a_rating,
}
UNFINISHED = {"exercising", "rating pain", "offering easier", "offering clinic"}
UNFINISHED |= {"time over a session", "zone over a rating"}


async def said(ada: Person) -> None:
    """Type it."""
    await ada.say(FALL)


async def edited(ada: Person) -> None:
    """Change the last message into it."""
    own = [message for message in await ada.messages() if not message["from"]["is_bot"]]
    await ada.edit(own[-1]["message_id"], FALL)


async def under_a_photo(ada: Person) -> None:
    """Write it under a picture."""
    await ada.send_photo(FALL)


def buttons(message: Message) -> list[dict[str, Any]]:
    """Return the buttons of a message."""
    return [button for row in message["reply_markup"]["inline_keyboard"] for button in row]


def assert_refers(message: Message) -> None:
    """Check name, phone, address, hours, map link and the button that copies the number."""
    assert [part for part in CARD if part not in text_of(message)] == []
    assert MAP in [entity.get("url") for entity in message["entities"]]
    assert {"text": "+12125550123"} in [button.get("copy_text") for button in buttons(message)]
    assert MAP in [button.get("url") for button in buttons(message)]


@pytest.mark.parametrize("tell", [said, edited, under_a_photo], ids=["said", "edited", "caption"])
@pytest.mark.parametrize("state", WAYS)
async def test_a_warning_sign_is_referred_in_every_state(lumbar: BotAtWork, ada: Person, state: str, tell: Way) -> None:
    """The referral is the first thing to come, the session is over, the programme held until the person says so."""
    await WAYS[state](ada)
    findings_before = len(lumbar.rows("finding", ada))
    await tell(ada)
    referral = await ada.wait_for(lambda _: True)
    assert_refers(referral)
    assert SPOKEN in labels(referral)
    assert len(lumbar.rows("finding", ada)) == findings_before + 1
    chat = lumbar.chat(ada)
    assert chat["hold"] is not None
    assert chat["session"] is None
    assert lumbar.due_at(ada) is None
    unfinished = [row["status"] for row in lumbar.rows("session", ada)]
    assert unfinished == (["stopped"] if state in UNFINISHED else ["finished"] if state == "rating back" else [])
    await ada.say("/routine")
    await ada.wait_for("Your routine is on hold")
    await ada.press(SPOKEN)
    await ada.wait_for("?" if state.startswith("asking") else "Good that you have spoken to someone")
    assert lumbar.hold(ada) is None
    assert (lumbar.due_at(ada) is None) is (state in {"paused", "asking zone", "asking time"})


@pytest.mark.parametrize("way", [None, to_asking_consent], ids=["new", "asking consent"])
@pytest.mark.parametrize("tell", [said, under_a_photo], ids=["said", "caption"])
async def test_before_consent_it_is_referred_and_not_stored(
    lumbar: BotAtWork, ada: Person, way: Way | None, tell: Way
) -> None:
    """Who has not agreed yet gets the same referral; nothing is held, because nothing is kept."""
    if way is not None:
        await way(ada)
    await tell(ada)
    referral = await ada.next_message()
    assert_refers(referral)
    assert SPOKEN not in labels(referral)
    assert lumbar.rows("finding", ada) == []
    assert lumbar.hold(ada) is None


@pytest.mark.parametrize("way", [None, to_asking_consent], ids=["new", "asking consent"])
async def test_an_ok_to_a_referral_is_no_consent(lumbar: BotAtWork, ada: Person, way: Way | None) -> None:
    """Who answers a referral has not agreed to anything: they are greeted, and asked anew."""
    if way is not None:
        await way(ada)
    await ada.say(FALL)
    assert_refers(await ada.next_message())
    await ada.say("ok")
    assert "What I am not" in text_of(await ada.next_message())
    assert lumbar.chat(ada)["consented_at"] is None
    await ada.press("I understand")
    await ada.wait_for("Where are you?")


@pytest.mark.parametrize(
    ("typed", "tier", "flag", "says"),
    [
        ("I can't feel anything between my legs", "emergency", "cauda_equina", "Do not drive yourself"),
        ("I have chest pain", "emergency", "cardiac", "Do not drive yourself"),
        ("the pain is unbearable", "urgent", "severe_pain", "Speak to the clinic or your doctor today"),
        (FALL, None, "fall_injury", "Back Center New York"),
        ("I twisted and hurt my back", "referral", "fall_injury", "Please talk to the clinic"),
        ("I want to kill myself", "emergency", "suicide", "988"),
    ],
)
async def test_each_tier_has_its_own_words(  # noqa: PLR0917 - the table's columns
    lumbar: BotAtWork, settled_ada: Person, typed: str, tier: str | None, flag: str, says: str
) -> None:
    """An emergency names the emergency number, thoughts of suicide a crisis line; the rule is kept, never the words."""
    await settled_ada.say(typed)
    referral = await settled_ada.next_message()
    assert says in text_of(referral)
    (finding,) = lumbar.rows("finding", settled_ada)
    assert finding["flag"] == flag
    assert finding["tier"] == (tier or finding["tier"])
    assert typed not in str(lumbar.query("SELECT * FROM finding")) + str(lumbar.query("SELECT * FROM chat"))


async def test_no_reminder_comes_while_the_programme_is_held(lumbar: BotAtWork, settled_ada: Person) -> None:
    """A week passes in silence; after "I have spoken to someone" the next day's reminder is back."""
    await settled_ada.say(FALL)
    await settled_ada.wait_for("Back Center New York")
    async with await lumbar.person("Witness") as witness:
        await set_up(witness)
        for _ in range(7):
            due = lumbar.due_at(witness)
            assert due is not None
            lumbar.move_to(due)
            await witness.wait_for("It is time for your routine")
        assert lumbar.reminder_letters(settled_ada) == []
        await settled_ada.press(SPOKEN)
        await settled_ada.wait_for("Your routine is open again")
        due = lumbar.due_at(settled_ada)
        assert due == lumbar.due_at(witness)
        assert due is not None
        lumbar.move_to(due)
        await settled_ada.wait_for("It is time for your routine")


async def test_the_hold_can_be_ended_in_words(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Having spoken to a doctor, said in words, does what the button does, even while a setting is being asked for."""
    await settled_ada.say(FALL)
    await settled_ada.wait_for("Back Center New York")
    await settled_ada.say("/time")
    await settled_ada.wait_for("shall I remind you?")
    await settled_ada.say("I've spoken to my doctor")
    await settled_ada.wait_for("Your routine is open again")
    assert lumbar.hold(settled_ada) is None


async def test_a_held_programme_stays_held_whatever_is_pressed(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Old buttons, commands and words start nothing and end nothing."""
    step = await begin_routine(settled_ada)
    await settled_ada.say(FALL)
    await settled_ada.wait_for("Back Center New York")
    done = step["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await settled_ada.press_data(step["message_id"], done)
    assert await settled_ada.wait_for_toast()
    for typed in ("/routine", "start", "/resume", "/skip", "later", "/start", "thanks", "I am calling them now"):
        await settled_ada.say(typed)
        await settled_ada.wait_for("Your routine is on hold")
    assert lumbar.hold(settled_ada) is not None
    assert lumbar.rows("answer", settled_ada) == []


async def test_no_exercise_follows_a_referral(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Done and a warning sign in one breath: whatever was on its way, the referral is the last word."""
    await begin_routine(settled_ada)
    await settled_ada.press("Done")
    await settled_ada.say(FALL)
    await settled_ada.wait_for("Back Center New York")
    await settled_ada.say("/help")
    await settled_ada.wait_for("I guide you through")
    texts = [text_of(message) for message in await settled_ada.messages() if message["from"]["is_bot"]]
    referral = next(number for number, text in enumerate(texts) if "(212) 555-0123" in text)
    assert [text for text in texts[referral:] if "of 4" in text] == []
    assert [row["outcome"] for row in lumbar.rows("answer", settled_ada)] == ["done"]


async def test_a_second_warning_sign_never_swallows_the_first_referral(lumbar: BotAtWork, settled_ada: Person) -> None:
    """The emergency's referral is delayed by Telegram; a milder message in between does not take its place."""
    lumbar.sandbox.fail_next(Fault("server_error", method="sendMessage", chat_id=settled_ada.id))
    await settled_ada.say("I have chest pain")
    while (await settled_ada.wait_for_call("sendMessage"))["ok"]:
        pass
    await settled_ada.say("I twisted and hurt my back")
    await settled_ada.say("/help")
    lumbar.move(seconds=5)
    await settled_ada.wait_for("Do not drive yourself")
    await settled_ada.wait_for("Please talk to the clinic")
    assert len(lumbar.rows("finding", settled_ada)) == 2


async def test_an_ordinary_ache_is_no_alarm(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Stiffness and "it hurts" under an exercise are answered as such, without a referral."""
    await begin_routine(settled_ada)
    await settled_ada.say("ouch, it hurts a bit")
    await settled_ada.wait_for("How strong is the pain")
    assert lumbar.rows("finding", settled_ada) == []
