"""Another language: by a button or in words, in any state, and the open question is asked again in it."""

import pytest

from tests.acceptance.bot_at_work import BotAtWork, begin_routine, next_reminder, set_up
from tests.acceptance.person import Message, Person, labels, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

SPANISH = "Desde ahora te hablo en español."
ENGLISH = "From now on I speak English."


async def answer_to(person: Person, typed: str) -> Message:
    """Say it and return the next message."""
    await person.say(typed)
    return await person.next_message()


async def menu_of(person: Person) -> dict[str, str]:
    """Return the commands that Telegram shows this person, with their descriptions."""
    return {command["command"]: command["description"] for command in (await person.chat())["commands"]}


async def test_language_offers_every_language_by_its_own_name(lumbar: BotAtWork) -> None:
    """Whoever can read no English finds theirs, and a tap is enough."""
    async with await lumbar.person() as ada:
        await set_up(ada)
        asking = await answer_to(ada, "/language")
        assert {"English", "Español"} <= set(labels(asking))
        await ada.press("Español")
        assert SPANISH in text_of(await ada.next_message())
        assert lumbar.chat(ada)["language"] == "es"


@pytest.mark.parametrize("asked", ["¿puedes hablar español?", "can we do this in Spanish please", "/language"])
async def test_before_consent_the_greeting_comes_in_the_new_language(lumbar: BotAtWork, asked: str) -> None:
    """What somebody agrees to they can read first; nothing else is kept of them."""
    async with await lumbar.person() as ada:
        assert "What I am not" in text_of(await answer_to(ada, "/start"))
        await ada.say(asked)
        if asked == "/language":
            await ada.next_message()
            await ada.press("Español")
        assert SPANISH in text_of(await ada.next_message())
        assert "Lo que no soy" in text_of(await ada.next_message())
        await ada.press("Entiendo, empecemos")
        await ada.wait_for("¿Dónde estás?")


async def test_asked_for_while_the_zone_is_asked_for(lumbar: BotAtWork) -> None:
    """A language is no place: the question comes again, and its answer counts."""
    async with await lumbar.person("Inés", language_code="es") as ines:
        for typed in ("/start", "sí"):
            await ines.say(typed)
        await ines.wait_for("¿Dónde estás?")
        assert ENGLISH in text_of(await answer_to(ines, "speak english please"))
        assert "Where are you?" in text_of(await ines.next_message())
        assert "When shall I remind you" in text_of(await answer_to(ines, "Madrid"))


async def test_asked_for_in_the_middle_of_an_exercise(lumbar: BotAtWork) -> None:
    """The same exercise comes again in the new language, and the answer to it belongs to it."""
    async with await lumbar.person() as ada:
        await set_up(ada)
        await begin_routine(ada)
        await ada.say("done")
        await ada.wait_for("2 of 4")
        assert SPANISH in text_of(await answer_to(ada, "¿podemos seguir en español?"))
        assert text_of(await ada.next_message()).startswith("2 de 4")
        await ada.press("Hecho")
        await ada.wait_for("3 de 4")
        assert [row["outcome"] for row in lumbar.rows("answer", ada)] == ["done", "done"]


async def test_a_red_flag_beside_the_wish_is_answered_by_safety_first(lumbar: BotAtWork) -> None:
    """In whatever language it is said: the words of all languages read every message, and nothing comes before it."""
    async with await lumbar.person() as ada:
        await set_up(ada)
        await begin_routine(ada)
        await ada.say("habla español por favor, no siento las piernas")
        assert text_of(await ada.next_message()).startswith("Call 911 now")
        assert SPANISH in text_of(await answer_to(ada, "español por favor"))
        assert "está detenida" in text_of(await ada.next_message())
        assert lumbar.hold(ada) is not None


async def test_a_language_denied_or_unnamed_brings_the_choice(lumbar: BotAtWork) -> None:
    """It tells that another is wanted, and not which."""
    async with await lumbar.person() as ada:
        await set_up(ada)
        for typed in ("no hablo inglés", "I don't speak English", "cambiar idioma", "another language please"):
            assert {"English", "Español"} <= set(labels(await answer_to(ada, typed)))
        assert lumbar.chat(ada)["language"] == "en"


async def test_reminders_summaries_and_the_command_menu_follow(lumbar: BotAtWork) -> None:
    """Everything that comes from then on is in the language that was chosen, whatever Telegram itself speaks."""
    async with await lumbar.person("Inés", language_code="es") as ines:
        await ines.say("/start")
        await ines.wait_for("Lo que no soy")
        await ines.say("English please")
        await set_up(ines)
        assert (await menu_of(ines))["routine"] == "Do the exercises now"
        await begin_routine(ines)
        for typed in ("done", "done", "done", "done", "2"):
            await ines.say(typed)
        await ines.wait_for("Noted, thank you.")
        for _ in range(4):  # from Wednesday on, and the summary comes on Sunday
            await next_reminder(lumbar, ines)
        summary_at = lumbar.due_at(ines, "weekly")
        assert summary_at is not None
        lumbar.move_to(summary_at)
        await ines.wait_for("Your week")


async def test_after_erasing_the_command_menu_is_telegrams_again(lumbar: BotAtWork) -> None:
    """Nothing of the choice stays, there either: the next greeting and the menu speak the same language."""
    async with await lumbar.person() as ada:
        await set_up(ada)
        await answer_to(ada, "español")
        await lumbar.sent_everything()
        assert (await menu_of(ada))["routine"] == "Hacer los ejercicios ahora"
        await answer_to(ada, "/delete")
        await ada.press("Borrar todo")
        await ada.wait_for("Todo lo guardado")
        await lumbar.sent_everything()
        assert (await menu_of(ada))["routine"] == "Do the exercises now"


async def test_a_button_for_a_language_there_is_not_changes_nothing(lumbar: BotAtWork) -> None:
    """A language may have been taken out of the content since."""
    async with await lumbar.person() as ada:
        await set_up(ada)
        asking = await answer_to(ada, "/language")
        lumbar.move(minutes=1)
        await ada.press_data(asking["message_id"], "language:tlh")
        assert await ada.wait_for_toast() == "That button belongs to an earlier message."
        assert lumbar.chat(ada)["language"] == "en"
