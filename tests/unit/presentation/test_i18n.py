"""Texts by key: escaping, plurals, fallback, and what happens when something is missing."""

import pytest

from bot.presentation.i18n import Html, MalformedMessages, MissingText, Translator

ENGLISH = """
-bot = Lumbar
greeting = <b>Hello { $name }</b>, this is { -bot }.
sessions = { $count ->
    [one] { $count } session
   *[other] { $count } sessions
 } done
steady = Only in English: { $name }
choice = { $part ->
    [start] Let us begin
   *[end] Well done
 }
"""
SPANISH = """
greeting = Hola { $name }
sessions = { $count } hechas { $typo }
"""


def translator(**options: bool) -> Translator:
    """Return the Spanish translator of these tests, falling back on the English one."""
    return Translator("es", SPANISH, fallback=Translator("en", ENGLISH), **options)


def test_a_name_cannot_smuggle_html_in() -> None:
    """A first name is text, whatever is in it."""
    text = Translator("en", ENGLISH).text("greeting", name="<a href='x'>&")
    assert text == "<b>Hello &lt;a href='x'&gt;&amp;</b>, this is Lumbar."


def test_a_piece_marked_as_html_is_kept() -> None:
    """Html marks what has been escaped already."""
    assert Translator("en", ENGLISH).text("greeting", name=Html("<i>Ann</i>")).startswith("<b>Hello <i>Ann</i></b>")


RIGHT_TO_LEFT = """
language-name = \u05e2\u05d1\u05e8\u05d9\u05ea
call = \u05d4\u05ea\u05e7\u05e9\u05e8 <a href="tel:{ $number }">{ $number }</a>, /help
choice = { $part ->
    [start] \u05d4\u05ea\u05d7\u05dc
   *[end] \u05e1\u05d5\u05e3
 }
"""


def test_what_turns_a_line_round_is_taken_out_of_a_name() -> None:
    """The rest of the message stays as it is; the name keeps its own letters."""
    assert "<b>Hello Ann</b>, this is" in Translator("en", ENGLISH).text("greeting", name="\u202eAnn\u2066")


def test_a_name_from_right_to_left_stays_apart_from_its_line() -> None:
    """Else the signs behind it would go to its other end."""
    text = Translator("en", ENGLISH).text("greeting", name="\u05d3\u05e0\u05d4!")
    assert "<b>Hello \u2068\u05d3\u05e0\u05d4!\u2069</b>," in text


def test_a_language_from_right_to_left_sets_apart_what_is_filled_in() -> None:
    """A telephone number reads as it is dialled and a command as it is typed; inside a tag nothing is added."""
    text = Translator("he", RIGHT_TO_LEFT).text("call", number="+1 212")
    assert '<a href="tel:+1 212">\u2068+1 212\u2069</a>, \u200e/help' in text
    assert Translator("he", RIGHT_TO_LEFT).text("choice", part="start") == "\u05d4\u05ea\u05d7\u05dc"


def test_numbers_choose_their_plural() -> None:
    """One session, two sessions."""
    english = Translator("en", ENGLISH)
    assert english.text("sessions", count=1) == "1 session done"
    assert english.text("sessions", count=2) == "2 sessions done"


def test_words_choose_a_branch() -> None:
    """An escaped argument still selects."""
    english = Translator("en", ENGLISH)
    assert english.text("choice", part="start") == "Let us begin"
    assert english.text("choice", part="end") == "Well done"


def test_no_invisible_marks_surround_a_value() -> None:
    """Telegram would show them in copied text."""
    text = Translator("en", ENGLISH).text("greeting", name="Ann")
    assert text.isascii()


def test_a_long_argument_comes_through_whole() -> None:
    """Fluent refuses plain strings over 2,500 characters; a message may hold 4,096."""
    assert "x" * 4000 in Translator("en", ENGLISH).text("greeting", name="x" * 4000)


def test_what_a_language_lacks_comes_from_english() -> None:
    """A key without translation is answered in English."""
    assert translator().text("steady", name="Ann") == "Only in English: Ann"


def test_a_translation_that_cannot_be_filled_gives_way_to_english() -> None:
    """A slip in a translated message does not show a hole."""
    assert translator().text("sessions", count=2) == "2 sessions done"


def test_a_running_conversation_never_fails_for_a_text() -> None:
    """An unknown key is shown as a key, a missing argument as its name."""
    assert translator().text("no-such-key") == "no-such-key"
    assert translator().text("steady") == "Only in English: name"


@pytest.mark.parametrize("key", ["no-such-key", "steady", "sessions"])
def test_a_strict_translator_raises_for_what_is_missing(key: str) -> None:
    """The tests of the bot see each hole; the error names the key and the language."""
    with pytest.raises(MissingText, match=rf"{key} \(es\)"):
        translator(strict=True).text(key, count=2)


def test_a_strict_translator_raises_for_a_missing_argument() -> None:
    """A caller that forgets an argument is found."""
    with pytest.raises(MissingText, match=r"greeting \(en\).*name"):
        Translator("en", ENGLISH, strict=True).text("greeting")


def test_each_key_tells_its_arguments() -> None:
    """Arguments are found in selectors and branches too."""
    arguments = Translator("en", ENGLISH).arguments
    assert arguments["greeting"] == {"name"}
    assert arguments["sessions"] == {"count"}
    assert "-bot" not in arguments


def test_malformed_messages_are_refused_with_their_lines() -> None:
    """A brace that is never closed and a key that is there twice."""
    with pytest.raises(MalformedMessages) as caught:
        Translator("en", "one = { $name\ntwo = fine\ntwo = again\n")
    lines = [line for line, _ in caught.value.faults]
    assert lines == [2, 3]
    assert "two is there twice" in str(caught.value)
