"""The Spanish words mean what Spanish speakers mean by them: short answers, pain ratings, times and places."""

from datetime import time
from pathlib import Path

import pytest

from bot.catalog import Catalog
from bot.domain.replies import Intent, read_intent, read_rating
from bot.domain.times import read_when
from bot.zones import ZoneFinder


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hecho", Intent.DONE),
        ("¡Listooo!", Intent.DONE),
        ("ya está", Intent.DONE),
        ("siguiente, por favor", Intent.DONE),
        ("me duele", Intent.PAIN),
        ("hecho pero me duele un poco", Intent.PAIN),
        ("no me duele", None),
        ("no, me duele", None),
        ("saltar", Intent.SKIP),
        ("este no", Intent.SKIP),
        ("parar", Intent.STOP),
        ("ya no puedo más", Intent.STOP),
        ("empezar", Intent.START),
        ("mas tarde", Intent.SNOOZE),
        ("más fácil", Intent.EASIER),
        ("ya hablé con mi médico", Intent.SPOKEN),
        ("todavía no hablé con mi médico", None),
        ("mi fisio dice que puedo", Intent.CLEARED),
        ("mi médico dice que no puedo", None),
        ("¿puedo hacer ejercicio?", None),
        ("sí", Intent.YES),
        ("no", Intent.NO),
        ("ninguna de estas", Intent.NO),
        ("no hecho", None),
    ],
)
def test_a_short_answer(catalog: Catalog, typed: str, meant: Intent | None) -> None:
    """None where the words leave a doubt: then the bot asks instead of recording."""
    assert read_intent(typed, catalog.phrasebooks["es"]) is meant


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("step-done", Intent.DONE),
        ("step-pain", Intent.PAIN),
        ("step-skip", Intent.SKIP),
        ("step-stop", Intent.STOP),
        ("offer-easier-try", Intent.EASIER),
        ("offer-easier-leave", Intent.SKIP),
        ("offer-clinic-next", Intent.DONE),
        ("offer-clinic-stop", Intent.STOP),
        ("spoken", Intent.SPOKEN),
        ("cleared", Intent.CLEARED),
        ("check-in-yes", Intent.SPOKEN),
        ("screening-none", Intent.NO),
    ],
)
def test_a_button_typed_is_a_button_pressed(catalog: Catalog, key: str, meant: Intent) -> None:
    """Whoever types what the button says gets what it does."""
    assert read_intent(catalog.translators["es"].text(key), catalog.phrasebooks["es"]) is meant


@pytest.mark.parametrize(
    ("typed", "rating"),
    [
        ("cero", 0),
        ("sin dolor", 0),
        ("nada", 0),
        ("cuatro", 4),
        ("un 4", 4),
        ("4 de 10", 4),
        ("cuatro sobre diez", 4),
        ("entre 4 y 5", 5),
        ("4,5", 5),
        ("diez", 10),
        ("3 de 5", None),
        ("no", None),
        ("7 de la tarde", None),
    ],
)
def test_a_pain_rating(catalog: Catalog, typed: str, rating: int | None) -> None:
    """Out of ten or not at all, the higher of two."""
    assert read_rating(typed, catalog.phrasebooks["es"]) == rating


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("7:30", time(7, 30)),
        ("19h30", time(19, 30)),
        ("7 de la mañana", time(7)),
        ("las 8 de la noche", time(20)),
        ("a las siete y treinta y cinco", time(7, 35)),
        ("las 7 y media", time(7, 30)),
        ("8 y cuarto de la tarde", time(20, 15)),
        ("las 8 menos cuarto", time(7, 45)),
        ("ocho menos cuarto de la tarde", time(19, 45)),
        ("cuarto para las ocho", time(7, 45)),
        ("mediodía", time(12)),
        ("12 de la mañana", time(12)),
        ("12 de la noche", time(0)),
        ("1 de la mañana", time(1)),
        ("7 p. m.", time(19)),
        ("mañana", None),
        ("8 menos", None),
    ],
)
def test_a_time_of_day(catalog: Catalog, typed: str, at: time | None) -> None:
    """As it is said in Spain and in Latin America; "mañana" alone is a day."""
    read = read_when(typed, catalog.time_words["es"])
    assert (read and [typed.time for typed in read.times]) == ([] if typed == "mañana" else at and [at])


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("España", "Europe/Madrid"),
        ("islas canarias", "Atlantic/Canary"),
        ("Ciudad de México", "America/Mexico_City"),
        ("Cancún", "America/Cancun"),
        ("República Dominicana", "America/Santo_Domingo"),
        ("Estados Unidos", "America/New_York"),
    ],
)
def test_a_place(content: Path, typed: str, zone: str) -> None:
    """Countries by their Spanish names."""
    assert ZoneFinder.from_content(content).by_name(typed)[0].zone == zone


@pytest.mark.parametrize(
    "keys",
    [
        ("refer-emergency", "refer-emergency-held", "refer-emergency-clinic"),
        ("refer-urgent", "refer-urgent-held", "refer-urgent-advice"),
        ("refer-referral", "refer-referral-held"),
        ("refer-young",),
        ("refer-suicide", "refer-suicide-held"),
        ("refer-suicide-no-line", "refer-suicide-held"),
    ],
)
def test_a_referral_is_short_in_every_language(catalog: Catalog, keys: tuple[str, ...]) -> None:
    """Under 60 words before the clinic's card."""
    for language, translator in catalog.translators.items():
        said = " ".join(translator.text(key, emergency="112", advice="111", crisis="024") for key in keys)
        assert len(said.split()) < 60, language
