"""Spanish: the whole day is in Spanish for whoever has Telegram in it, and danger gets their country's number."""

import pytest

from tests.acceptance.bot_at_work import BotAtWork, moment_shown, next_at
from tests.acceptance.person import Message, Person, labels, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

NUMB_LEGS = "no siento las piernas"


async def answer_to(person: Person, typed: str) -> Message:
    """Say it and return the next message."""
    await person.say(typed)
    return await person.next_message()


async def set_up_in_spanish(person: Person, zone: str) -> None:
    """Go from /start to the finished settings."""
    for typed in ("/start", "sí", zone, "7:30", "sí"):
        await person.say(typed)
    await person.wait_for("Todo listo")


async def begin_in_spanish(person: Person) -> Message:
    """Start the routine, answer the questions before it by words, and return the first exercise."""
    await person.say("empezar")
    await person.wait_for(lambda seen: "Ninguna de estas" in labels(seen))
    await person.say("ninguna de estas")
    await person.wait_for("¿Cuánto dolor tienes ahora")
    await person.say("dos")
    await person.wait_for(lambda seen: "Ninguna de estas" in labels(seen))
    await person.say("ninguna")
    return await person.wait_for("1 de 4")


async def test_a_first_day_in_spanish_by_typed_words(lumbar: BotAtWork) -> None:
    """Consent, place, time, questions, exercises with a pain answer, and the closing rating, all typed."""
    async with await lumbar.person("Inés", language_code="es") as ines:
        assert "Hola, Inés" in text_of(await answer_to(ines, "/start"))
        assert "¿Dónde estás?" in text_of(await answer_to(ines, "sí, de acuerdo"))
        assert "¿Cuándo te lo recuerdo" in text_of(await answer_to(ines, "España"))
        assert "He leído: Cada día: 19:30" in text_of(await answer_to(ines, "a las siete y media de la tarde"))
        all_set = await answer_to(ines, "sí")
        assert moment_shown(all_set) == next_at(lumbar, "Europe/Madrid", 19, 30) == lumbar.due_at(ines)
        assert "Estiramiento hacia los talones" in text_of(await begin_in_spanish(ines))
        await ines.say("hecho")
        await ines.wait_for("2 de 4")
        assert "¿Cuánto te duele" in text_of(await answer_to(ines, "me duele"))
        assert "una forma más fácil" in text_of(await answer_to(ines, "cuatro de 10"))
        assert "la forma más fácil" in text_of(await answer_to(ines, "más fácil"))
        await ines.say("ya está ✅")
        await ines.wait_for("3 de 4")
        await ines.say("este no")
        await ines.wait_for("4 de 4")
        await ines.say("listooo")
        assert "¿Cómo sientes la espalda ahora" in text_of(await ines.next_message())
        assert "Hasta la próxima" in text_of(await answer_to(ines, "sin dolor"))
        (session,) = lumbar.rows("session", ines)
        assert (session["status"], session["rating"]) == ("finished", 0)


@pytest.mark.parametrize(
    ("zone", "number"), [("Europe/Madrid", "112"), ("America/Mexico_City", "911"), ("Ciudad de México", "911")]
)
async def test_danger_is_answered_in_spanish_with_the_countrys_number(
    lumbar: BotAtWork, zone: str, number: str
) -> None:
    """The number comes from the time zone, not from the clinic; copying it is the first button."""
    async with await lumbar.person("Luz", language_code="es") as luz:
        await set_up_in_spanish(luz, zone)
        referral = await answer_to(luz, NUMB_LEGS)
        assert text_of(referral).startswith(f"Llama al {number} ahora")
        assert labels(referral)[0] == f"Copiar {number}"
        assert lumbar.hold(luz) is not None


@pytest.mark.parametrize(
    ("zone", "number"),
    [
        ("Europe/Madrid", "024"),
        ("America/Mexico_City", "800 911 2000"),
        ("America/Puerto_Rico", "988"),
        ("Bogotá", "123"),
    ],
)
async def test_thoughts_of_suicide_are_answered_in_spanish(lumbar: BotAtWork, zone: str, number: str) -> None:
    """With the country's crisis line, and its emergency number where none is listed."""
    async with await lumbar.person("Luz", language_code="es") as luz:
        await set_up_in_spanish(luz, zone)
        assert f"llama al {number} ahora" in text_of(await answer_to(luz, "me quiero morir"))


async def test_danger_before_any_settings_is_answered_in_spanish(lumbar: BotAtWork) -> None:
    """The very first message may be the one that matters."""
    async with await lumbar.person("Luz", language_code="es-MX") as luz:
        assert text_of(await answer_to(luz, NUMB_LEGS)).startswith("Llama al ")


async def test_the_hold_ends_with_spanish_words(lumbar: BotAtWork) -> None:
    """Having spoken to someone counts as typed too, and the routine comes back one step easier."""
    async with await lumbar.person("Luz", language_code="es") as luz:
        await set_up_in_spanish(luz, "Europe/Madrid")
        await answer_to(luz, NUMB_LEGS)
        assert "está detenida" in text_of(await answer_to(luz, "/routine"))
        assert "Me alegra que hayas hablado con alguien" in text_of(await answer_to(luz, "ya hablé con mi médico"))
        assert lumbar.hold(luz) is None


async def test_a_yes_before_the_first_session_refers_in_spanish(lumbar: BotAtWork) -> None:
    """The number of a question, typed, is a yes to it."""
    async with await lumbar.person("Luz", language_code="es") as luz:
        await set_up_in_spanish(luz, "Europe/Madrid")
        await luz.say("empezar")
        await luz.wait_for("Dolor en el pecho")
        await luz.say("3")
        assert "Llama al 112 ahora" in text_of(await luz.next_message())


async def test_the_command_menu_is_spanish(lumbar: BotAtWork) -> None:
    """Telegram shows it in the person's language."""
    async with await lumbar.person("Luz", language_code="es") as luz:
        described = {command["command"]: command["description"] for command in (await luz.chat())["commands"]}
        assert described["routine"] == "Hacer los ejercicios ahora"
