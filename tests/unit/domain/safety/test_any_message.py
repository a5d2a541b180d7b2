"""What holds for any message, with the shipped words: no text breaks triage, and no red flag is hidden by its spelling.

The emergencies are cases of the built-on half that are read as such; `tests/content` asks for the others.
"""

import unicodedata
from collections.abc import Callable, Mapping
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.safety import NOTHING, Lexicon, Tier, triage
from bot.safety_cases import BUILT_ON, load_cases
from bot.settings import CHECKOUT

CASES = [case for case in load_cases(CHECKOUT / "content") if case.part == BUILT_ON]
EMERGENCIES = [case for case in CASES if case.tier is Tier.EMERGENCY]
LANGUAGES = sorted({case.language for case in CASES})
BOTH = pytest.mark.parametrize("language", LANGUAGES)

ORDINARY = {
    "en": ["hello", "morning", "please", "table", "garden", "window", "yellow", "bicycle", "cheers", "coffee"],
    "es": ["hola", "gracias", "mesa", "jardin", "ventana", "amarillo", "bicicleta", "saludos", "cafe", "buenas"],
}
LONG_WORDS = {
    "en": [
        ("numbness", "{} between my legs"),
        ("tingling", "{} between my legs"),
        ("genitals", "numb {}"),
        ("suicidal", "i am {}"),
        ("incontinent", "i am {}"),
        ("unconscious", "i was {}"),
        ("crushing", "{} chest pain"),
        ("needles", "pins and {} in both legs"),
    ],
    "es": [
        ("entrepierna", "no siento la {}"),
        ("genitales", "{} dormidos"),
        ("suicidarme", "quiero {}"),
        ("incontinencia", "tengo {}"),
        ("controlar", "no puedo {} la orina"),
        ("adormecidos", "tengo los genitales {}"),
    ],
}
HIDDEN = st.sampled_from(["\u200b", "\u200d", "\u00ad", "\ufeff", "\u2060"])


@BOTH
@given(text=st.text(max_size=300))
def test_no_text_breaks_triage(lexicons: Mapping[str, Lexicon], language: str, text: str) -> None:
    """Any text gives a finding whose evidence lies inside it."""
    finding = triage(text, lexicons[language])
    assert (finding == NOTHING) == (finding.tier is Tier.NONE)
    assert bool(finding.evidence) == (finding.tier is not Tier.NONE)
    assert all(0 <= start < end <= len(text) for start, end in finding.evidence)


@BOTH
@given(data=st.data())
def test_no_mixture_of_known_words_breaks_triage(
    lexicons: Mapping[str, Lexicon], language: str, data: st.DataObject
) -> None:
    """Texts made of the words of cases, signs and numbers, which reach far into rules and context."""
    own = [case.text.split() for case in CASES if case.language == language]
    parts = st.sampled_from(own).flatmap(st.sampled_from) | st.sampled_from(list("0158/.,:?!-😀")) | st.text(max_size=3)
    text = data.draw(st.lists(parts, max_size=40).map(" ".join))
    finding = triage(text, lexicons[language])
    assert all(0 <= start < end <= len(text) for start, end in finding.evidence)


@BOTH
@given(data=st.data())
def test_ordinary_words_around_an_emergency_never_silence_it(
    lexicons: Mapping[str, Lexicon], language: str, data: st.DataObject
) -> None:
    """Small talk before or after, in the same sentence or another, leaves some safety reply."""
    case = data.draw(st.sampled_from([case for case in EMERGENCIES if case.language == language]))
    talk = st.lists(st.sampled_from(ORDINARY[language]), max_size=8).map(" ".join)
    before, after, pause = data.draw(talk), data.draw(talk), data.draw(st.sampled_from([" ", ", ", ". ", "\n"]))
    if triage(case.text, lexicons[language]).tier is Tier.EMERGENCY:
        assert triage(f"{before}{pause}{case.text}{pause}{after}", lexicons[language]).tier is not Tier.NONE


def _without_accents(text: str) -> str:
    """Take away the accents that people leave out, not the tilde of ñ."""
    marks = "\u0301\u0308"
    return unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", text) if c not in marks))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "upper case": str.upper,
    "lower case": str.lower,
    "swapped case": str.swapcase,
    "accents left out": _without_accents,
    "accents apart": lambda text: unicodedata.normalize("NFD", text),
}


@BOTH
@pytest.mark.parametrize("spelling", SPELLINGS)
@given(data=st.data())
def test_case_and_accents_keep_the_tier(
    lexicons: Mapping[str, Lexicon], language: str, spelling: str, data: st.DataObject
) -> None:
    """A message is the same message in capitals, without accents, or with accents as marks of their own."""
    text = data.draw(st.sampled_from([case.text for case in CASES if case.language == language]))
    lexicon = lexicons[language]
    assert triage(SPELLINGS[spelling](text), lexicon).tier is triage(text, lexicon).tier


@BOTH
@given(data=st.data())
def test_spaces_and_invisible_characters_keep_the_tier(
    lexicons: Mapping[str, Lexicon], language: str, data: st.DataObject
) -> None:
    """Wider spaces, and what cannot be seen inside words, change nothing."""
    text = data.draw(st.sampled_from([case.text for case in CASES if case.language == language]))
    space, hidden = data.draw(st.sampled_from(["  ", " \u00a0", "\t", "\u3000"])), data.draw(HIDDEN)
    typed = "".join(letter + hidden if letter.isalpha() else letter for letter in text).replace(" ", space)
    lexicon = lexicons[language]
    assert triage(typed, lexicon).tier is triage(text, lexicon).tier


@BOTH
@given(data=st.data())
def test_one_slip_in_a_long_word_never_silences_an_emergency(
    lexicons: Mapping[str, Lexicon], language: str, data: st.DataObject
) -> None:
    """A letter left out, put in, put for another or swapped, anywhere behind the first, leaves some safety reply."""
    word, message = data.draw(st.sampled_from(LONG_WORDS[language]))
    at, letter = data.draw(st.integers(1, len(word) - 2)), data.draw(st.sampled_from(ascii_lowercase))
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    assert triage(message.format(word), lexicons[language]).tier is Tier.EMERGENCY
    assert triage(message.format(data.draw(st.sampled_from(slips))), lexicons[language]).tier is not Tier.NONE
