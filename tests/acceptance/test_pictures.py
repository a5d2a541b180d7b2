"""Exercises as moving pictures: uploaded once for everybody, in words where no picture is wanted or there is none."""

from typing import Any

import pytest

from tests.acceptance.bot_at_work import BotAtWork, begin_routine, lost_its_buttons, set_up
from tests.acceptance.person import Message, Person, labels, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIRST, SECOND = "1 of 4 · Bottom to heels stretch", "2 of 4 · Knee rolls"
BUTTONS = ["Done", "Pain", "Skip", "Stop", "How to", "Bad day: one minute"]  # of the first exercise
LIMIT_OF_A_CAPTION = 600


def pictures_sent(lumbar: BotAtWork, person: Person) -> list[tuple[bool, bool]]:
    """Return of each picture sent to a person whether it was uploaded, and whether Telegram took it."""
    calls = [call for call in lumbar.sandbox.calls if call["method"] == "sendAnimation"]
    to_person = [call for call in calls if str(call["arguments"]["chat_id"]) == str(person.id)]
    return [(isinstance(call["arguments"]["animation"], dict), call["ok"]) for call in to_person]


async def next_step(person: Person, opening: str) -> Message:
    """Say that the exercise is done, and return the next one."""
    await person.say("done")
    return await person.wait_for(opening)


async def test_an_exercise_comes_as_a_picture_with_caption_and_buttons(settled_ada: Person) -> None:
    """It moves, what is read at a glance stands below it, and pressing Done goes on."""
    step = await begin_routine(settled_ada)
    animation: dict[str, Any] = step["animation"]
    assert (animation["mime_type"], animation["width"], animation["height"]) == ("video/mp4", 640, 640)
    assert 4 <= animation["duration"] <= 12
    assert text_of(step).startswith(FIRST)
    assert len(text_of(step)) <= LIMIT_OF_A_CAPTION
    assert labels(step) == BUTTONS
    await settled_ada.press_on(step["message_id"], "Done")
    await lost_its_buttons(settled_ada, step)
    assert "animation" in await settled_ada.wait_for(SECOND)


async def test_a_second_person_gets_what_was_uploaded_for_the_first(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Nothing is uploaded again: the picture goes by the name that Telegram gave it."""
    await begin_routine(settled_ada)
    async with await lumbar.person("Bea") as bea:
        await set_up(bea)
        step = await begin_routine(bea)
        assert "animation" in step
        assert pictures_sent(lumbar, bea) == [(False, True)]
        await lumbar.sent_everything()
    stored = lumbar.query("SELECT * FROM media")
    assert step["animation"]["file_id"] in {row["file_id"] for row in stored}
    assert all(row["key"].startswith("424242:") for row in stored)


async def test_a_name_that_telegram_has_forgotten_is_uploaded_again(lumbar: BotAtWork, settled_ada: Person) -> None:
    """The person notices nothing, and the next one is sent by the new name."""
    await begin_routine(settled_ada)
    lumbar.sandbox.forget_files()
    async with await lumbar.person("Bea") as bea, await lumbar.person("Cy") as cy:
        await set_up(bea)
        assert "animation" in await begin_routine(bea)
        assert pictures_sent(lumbar, bea) == [(False, False), (True, True)]
        await set_up(cy)
        assert "animation" in await begin_routine(cy)
        assert pictures_sent(lumbar, cy) == [(False, True)]


async def test_text_only_is_chosen_in_the_settings_and_taken_back(lumbar: BotAtWork, settled_ada: Person) -> None:
    """The open exercise comes again in its new form, once for a double tap, and all those after it too."""
    picture = await begin_routine(settled_ada)
    await settled_ada.say("/settings")
    settings = await settled_ada.wait_for("Your settings")
    assert "07:30" in text_of(settings)
    await settled_ada.press_on(settings["message_id"], "Text only")
    await settled_ada.press_data(settings["message_id"], "pictures:0")
    assert [await settled_ada.wait_for_toast(), await settled_ada.wait_for_toast()] == ["", "Already noted."]
    await lost_its_buttons(settled_ada, picture)
    await settled_ada.wait_for("Exercises come as text only")
    words = await settled_ada.wait_for("1 of 4")
    assert "animation" not in words
    assert "Line up" in text_of(words)
    assert labels(words) == BUTTONS
    assert "animation" not in await next_step(settled_ada, "2 of 4")
    assert len(pictures_sent(lumbar, settled_ada)) == 1
    await settled_ada.say("/settings")
    await settled_ada.press("Show the pictures again")
    assert "animation" in await settled_ada.wait_for(SECOND)


async def test_how_to_tells_the_rest_and_disturbs_nothing(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Start, alignment, breathing and the rest come as a message of their own; the step keeps its buttons."""
    step = await begin_routine(settled_ada)
    await settled_ada.press_on(step["message_id"], "How to")
    rest = await settled_ada.next_message()
    for part in ("Line up", "Breathe.", "Avoid.", "Easier.", "Harder.", "Stop if you notice:", "Take care."):
        assert part in text_of(rest)
    assert labels(rest) == []
    await settled_ada.say("How do I do this?")
    assert text_of(await settled_ada.next_message()) == text_of(rest)
    await lumbar.sent_everything()
    shown = next(message for message in await settled_ada.messages() if message["message_id"] == step["message_id"])
    assert labels(shown) == BUTTONS
    await settled_ada.press_on(step["message_id"], "Done")
    assert SECOND in text_of(await settled_ada.wait_for("2 of 4"))


async def test_how_to_of_a_session_that_is_over_is_an_old_button(settled_ada: Person) -> None:
    """Who was sent to the clinic is shown no exercise any more."""
    step = await begin_routine(settled_ada)
    await settled_ada.say("I fell down the stairs and cannot feel my legs")
    await settled_ada.wait_for("911")
    await settled_ada.press_data(step["message_id"], "howto:1.0.0")
    assert "That button belongs to an earlier message." in await settled_ada.wait_for_toast()
