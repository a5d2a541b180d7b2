"""Spelling: the many ways to type a word are one word, and two words stay two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.safety import fold, triage
from bot.domain.safety.spelling import LONGEST_WORD, MOST_REPEATS, NO_BREAK, PAUSE, STOP, tokens
from tests.unit.domain.safety.tiny import finds, phrases


@pytest.mark.parametrize(
    "text",
    [
        "cant feel it",
        "I CAN'T FEEL IT",
        "can’t feel it",
        "can‘t feel it",
        "can\u02bct  \t feel   it!!!",
        "càn't féel it",
        "ca\u0301n't feel it",
        "ｃａｎ'ｔ ｆｅｅｌ ｉｔ",
        "ca\u200bn't fe\u00adel i\ufefft",
        "c\u0430nt f\u0435el it",
        "_can't_ __feel__ it",
    ],
    ids=["plain", "case", "curly", "other curly", "space", "accents", "marks", "wide", "hidden", "Cyrillic", "markup"],
)
def test_how_a_word_is_written_does_not_hide_it(text: str) -> None:
    """Case, quotes, accents, width, invisible characters, look-alike letters and markup do not matter."""
    assert finds(text, phrases("cant feel it"))


def test_the_spanish_n_with_tilde_stays_a_letter_of_its_own() -> None:
    """The word "año" is not "ano", composed or not, while other accents are only accents."""
    words = phrases("ano")
    assert finds("el ano", words)
    assert finds("el anó", words)
    assert not finds("el año", words)
    assert not finds("el AN\u0303O", words)
    assert finds("el an\u0303o", phrases("año"))


@pytest.mark.parametrize("text", ["paaaain", "PAAAAAIN", "painnnn", "ppppain", "paaiin"])
def test_a_stretched_word_is_the_word(text: str) -> None:
    """Letters held down do not hide a word."""
    assert finds(text, phrases("pain"))


def test_a_doubled_letter_is_not_lost_when_the_word_is_stretched() -> None:
    """A word with a double letter of its own is found however long it is held."""
    assert finds("I feeeeell it", phrases("feel"))
    assert finds("I fel asleeeep", phrases("asleep"))


@pytest.mark.parametrize("text", ["s e v e r e", "it is s e v e r e now", "S  E  V  E  R  E"])
def test_spaced_letters_are_a_word(text: str) -> None:
    """Single letters evenly apart are read together."""
    assert finds(text, phrases("severe"))


@pytest.mark.parametrize("text", ["s evere", "i a m", "plan s e"])
def test_a_few_single_letters_are_no_word(text: str) -> None:
    """Only three letters or more are joined, and only to what they spell."""
    assert not finds(text, phrases("severe"))


@pytest.mark.parametrize("text", ["sev3re", "s3v3re", "s3v3r3"])
def test_digits_and_signs_stand_for_letters(text: str) -> None:
    """Letters written with digits or signs are read as the letters."""
    assert finds(text, phrases("severe"))


@pytest.mark.parametrize("text", ["k1ss", "kis$", "ki5$", "ki$$"])
def test_signs_for_letters_inside_a_word(text: str) -> None:
    """Dollar and at signs are read too."""
    assert finds(text, phrases("kiss"))


@pytest.mark.parametrize("text", ["numbnes", "numbnesss", "numbmess", "nubmness", "nmbness", "numbnezs"])
def test_one_slip_in_a_long_word_is_forgiven(text: str) -> None:
    """A letter more, less or other, or two swapped, after the first letter."""
    assert finds(text, phrases("numbness"))


@pytest.mark.parametrize("text", ["umbness", "lumbness", "nubnes", "dumbnezs", "nnmbmess"])
def test_a_slip_in_the_first_letter_and_two_slips_are_another_word(text: str) -> None:
    """People seldom mistype the first letter, and two slips make another word."""
    assert not finds(text, phrases("numbness"))


@pytest.mark.parametrize("text", ["fel", "fall", "fill", "fxll"])
def test_a_short_word_allows_no_slip(text: str) -> None:
    """Below five letters one letter makes another word."""
    assert not finds(text, phrases("fell"))


def test_one_word_of_the_lexicon_is_never_another() -> None:
    """Two known words that are one letter apart are kept apart."""
    words = phrases("tremble", ordinary=("treble",))
    assert finds("tremblo", words)
    assert not finds("treble", words)


def test_a_word_that_any_concept_knows_is_never_taken_for_a_slip() -> None:
    """That a word stands only in a phrase of something else is enough."""
    words = phrases("numbness", "numbless indeed")
    assert not finds("numbless", words)
    assert finds("numbnesz", words)


def test_an_ordinary_word_is_not_taken_for_a_slip() -> None:
    """What the lexicon lists as ordinary stays what it is."""
    assert finds("numbers", phrases("numbess"))
    assert not finds("numbers", phrases("numbess", ordinary=("numbers",)))


def test_words_that_sound_alike_are_spelled_alike() -> None:
    """A language says which letters sound the same; long words are found by their sound."""
    assert finds("beguija", phrases("vejiga", sounds={"v": "b", "gui": "ji", "ja": "ga"}))
    assert not finds("beguija", phrases("vejiga"))


def test_a_short_form_is_read_as_the_word_and_as_itself() -> None:
    """What a language lists only: "q" is "que" in Spanish."""
    forms = {"q": "que", "me": "my", "cnt": "cant"}
    assert finds("Q duele", phrases("que duele", short_forms=forms))
    assert finds("me leg", phrases("my leg", short_forms=forms))
    assert finds("tell me", phrases("tell me", short_forms=forms))
    assert not finds("q duele", phrases("que duele"))


def test_breaks_are_told_apart() -> None:
    """A comma is a pause, a full stop ends the sentence, three dots are a pause."""
    assert tokens("one two, three. four... five").breaks == (STOP, NO_BREAK, PAUSE, STOP, PAUSE)


def test_numbers_and_signs_are_words_of_their_own() -> None:
    """Decimals and times stay whole, a slash and an emoji stand alone."""
    assert tokens("8.5/10 at 7:30 😀").words == ("8.5", "/", "10", "at", "7:30", "😀")


def test_a_word_without_end_is_cut() -> None:
    """Nothing that is compared is longer than the longest word."""
    assert max(map(len, tokens("x" * 4096).words)) == LONGEST_WORD


def test_what_is_said_over_and_over_is_read_a_few_times() -> None:
    """A long message of the same words costs no more than a short one; a short one is read as it is."""
    assert len(tokens("ha " * 50)) == 50
    assert len(tokens("ha " * 2000)) <= MOST_REPEATS + 2


def test_a_red_flag_behind_a_wall_of_one_word_is_found() -> None:
    """Leaving repetition out leaves nothing else out."""
    assert finds("ha " * 1300 + "numb toes", phrases("numb toes"))


def test_evidence_is_the_span_of_the_words_in_the_original_text() -> None:
    """Spans lie where the words stood, whatever was folded away before them."""
    text = "😀 Oh\u200b — it’s N u m b, my  TÓE"
    finding = triage(text, phrases("numb ... toe"))
    assert [text[start:end] for start, end in finding.evidence] == ["N u m b, my  TÓE"]


@given(st.text(max_size=60))
def test_words_have_spans_in_order_and_fold_to_themselves(text: str) -> None:
    """Every word has its own place in the text, and one that was folded compares as itself."""
    message = tokens(text)
    assert len(message.words) == len(message.spans) == len(message.breaks)
    assert list(message.spans) == sorted(message.spans)
    assert all(0 <= start < end <= len(text) for start, end in message.spans)
    assert [fold(word) for word in message.words] == list(message.words)


@pytest.mark.parametrize("text", ["$evere", "@nkle"])
def test_a_sign_may_stand_for_the_first_letter(text: str) -> None:
    """Dollar and at signs are read at the beginning of a word too."""
    assert finds(text, phrases("severe", "ankle"))


@pytest.mark.parametrize("text", ["legz", "LEGZ", "leg's"])
def test_a_plural_may_be_written_with_a_z(text: str) -> None:
    """As people type who type a lot."""
    assert finds(text, phrases("leg", "legs"))
    assert finds("bootz", phrases("boots"))


def test_a_word_may_begin_with_a_nought() -> None:
    """No number has letters behind its nought."""
    assert finds("n0 pued0 0rinar", phrases("no puedo orinar"))
    assert finds("8pm and 10reps", phrases("pm", "reps"))


def test_a_slip_that_fits_two_known_words_is_read_as_both() -> None:
    """Which of them was meant, the other words of the phrase decide."""
    assert finds("numbess here", phrases("numbness here", "numbless there"))
