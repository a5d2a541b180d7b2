"""Asking for a language: tables of what does and what does not, over the words of all languages together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.languages import LanguageRequest, LanguageRequests, LanguageWords, read_language
from bot.domain.replies import PhrasebookError
from tests.knowledge import the_catalog

REQUESTS = the_catalog().language_requests
ASKED = {
    "en": (
        *("speak english please", "can we do this in English", "English", "ENGLISH!!!", "in english pls", "englsh"),
        *("¿hablas inglés?", "en ingles por favor", "prefiero inglés", "dímelo en inglés"),
        *("I only speak English", "could you switch to English", "let's continue in english", "cambia a inglés"),
    ),
    "es": (
        *("¿puedes hablar español?", "español", "espanol", "castellano por favor", "¿podemos hacerlo en español?"),
        *("do you speak Spanish?", "can we switch to Spanish please", "I'd prefer spanish", "háblame en español"),
        *("quiero cambiar a español", "¿tienes la versión en español?", "mejor en español", "spanich please"),
    ),
    None: (
        *("no hablo inglés", "I don't speak English", "I can't read Spanish", "cambiar idioma", "language"),
        *("what languages do you speak?", "¿qué idiomas hablas?", "other language please", "Spanish or English"),
    ),
}
OTHERWISE = (
    *("", "?", "done", "yes", "no", "in 20 minutes", "I live in Spain", "Spanish Town", "what", "can you do this"),
    *("no entiendo", "me duele", "my English teacher says hi", "the Spanish exercise hurts", "hola", "please stop"),
    "english " * 20,
)


@pytest.mark.parametrize(("text", "code"), [(text, code) for code, texts in ASKED.items() for text in texts])
def test_who_asks_for_a_language_gets_it(text: str, code: str | None) -> None:
    """In any language, politely or not, with a slip; without a name, or denying one, the choice."""
    assert read_language(text, REQUESTS) == LanguageRequest(code)


@pytest.mark.parametrize("text", OTHERWISE)
def test_everything_else_goes_to_the_open_question(text: str) -> None:
    """One word that is not about asking, and it is about something else."""
    assert read_language(text, REQUESTS) is None


@given(st.text(max_size=300))
def test_any_text_is_read_without_failing(text: str) -> None:
    """Whatever people send."""
    read_language(text, REQUESTS)


def test_a_word_of_two_languages_asks_which() -> None:
    """Two languages may be called alike; then only the person can tell."""
    words = LanguageWords.from_data(names=["serbo"], asking=[], unnamed=[], denying=[])
    assert read_language("serbo", LanguageRequests.of({"sr": words, "hr": words})) == LanguageRequest(None)


def test_words_stand_alone() -> None:
    """They are read one by one, so a phrase could never be met; it is refused by its spelling."""
    with pytest.raises(PhrasebookError, match="'mother tongue' under 'language' is not a single word"):
        LanguageWords.from_data(names=["english"], asking=["mother tongue"], unnamed=[], denying=[])
