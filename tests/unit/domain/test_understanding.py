"""What a typed text says to each question: by state, with a time or a place in it, and for any text whatever."""

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.replies import Intent
from bot.domain.times import CalendarDay, Half, TypedTime, When
from bot.domain.understanding import NOTHING, ClockHere, Offset, Question, Said, Words, understand
from tests.knowledge import the_catalog

CATALOG = the_catalog()
WORDS = {code: Words(CATALOG.phrasebooks[code], CATALOG.time_words[code]) for code in ("en", "es")}
PLACES = {
    "madrid": (("Europe/Madrid", "Madrid"),),
    "europe/madrid": (("Europe/Madrid", "Europe/Madrid"),),
    "springfield": (("America/Chicago", "Springfield, Illinois"), ("America/New_York", "Springfield, Vermont")),
    "bed": (("Asia/Kolkata", "Bed, a place that is"),),
}
EVERYWHERE = pytest.mark.parametrize("question", Question)


def find_place(text: str) -> tuple[tuple[str, str], ...]:
    """Know a few places."""
    return PLACES.get(text.strip().casefold(), ())


def said(question: Question, text: str, language: str = "en") -> Said:
    """Read a text."""
    return understand(question, text, WORDS[language], find_place)


def at(hour: int, minute: int = 0, half: Half = Half.SAID) -> When:
    """Return one clock time and nothing else."""
    return When(times=(TypedTime(time(hour, minute), half),))


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        (Question.IDLE, Said(when=at(7, half=Half.OPEN))),
        (Question.REMINDED, Said(Intent.SNOOZE, at(7, half=Half.OPEN))),
        (Question.ASKING_TIME, Said(when=at(7, half=Half.OPEN))),
        (Question.RATING, Said(rating=7)),
        (Question.EXERCISING, NOTHING),
        (Question.ASKING_ZONE, NOTHING),
    ],
)
def test_a_bare_number_is_what_the_question_makes_of_it(question: Question, meant: Said) -> None:
    """A time with its half open, a rating, or nothing at all."""
    assert said(question, "7") == meant


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        (Question.REMINDED, Said(Intent.SNOOZE, When(minutes=20))),
        (Question.IDLE, Said(Intent.SNOOZE, When(minutes=20))),
        (Question.EXERCISING, Said(Intent.SNOOZE, When(minutes=20))),
        (Question.ASKING_TIME, Said(when=When(minutes=20))),
    ],
)
def test_a_while_from_now_puts_off(question: Question, meant: Said) -> None:
    """Only where a time of day was asked for it is an answer to that."""
    assert said(question, "in 20 minutes") == meant


@pytest.mark.parametrize("bare", ["20 minutes", "half an hour"])
def test_a_bare_length_answers_a_reminder_only(bare: str) -> None:
    """To "time for your routine" it means later; out of the blue nobody knows what."""
    assert said(Question.REMINDED, bare).intent is Intent.SNOOZE
    assert said(Question.IDLE, bare) == NOTHING
    assert said(Question.ASKING_TIME, bare) == NOTHING


def test_yes_and_no_answer_a_reminder() -> None:
    """Elsewhere they stay what they are."""
    assert [said(Question.REMINDED, word).intent for word in ("yes", "no")] == [Intent.START, Intent.SKIP]
    assert [said(Question.IDLE, word).intent for word in ("yes", "no")] == [Intent.YES, Intent.NO]


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("en", "pause until monday", Said(Intent.PAUSE, When(weekdays=frozenset({1}), until=True))),
        ("en", "please pause my reminders for two weeks", Said(Intent.PAUSE, When(days=14, until=True))),
        ("en", "for two weeks no reminders", Said(Intent.PAUSE, When(days=14, until=True))),
        ("en", "stop until 24 december", Said(Intent.PAUSE, When(date=CalendarDay(12, 24), until=True))),
        ("en", "stop", Said(Intent.STOP)),
        ("en", "snooze 10 minutes", Said(Intent.SNOOZE, When(minutes=10))),
        ("en", "later at 8 pm", Said(Intent.SNOOZE, at(20))),
        ("en", "snooze until 8 pm", Said(Intent.SNOOZE, at(20))),
        ("en", "skip tomorrow", Said(Intent.SKIP, When(days=1))),
        ("es", "pausa hasta el lunes", Said(Intent.PAUSE, When(weekdays=frozenset({1}), until=True))),
        ("es", "posponer media hora", Said(Intent.SNOOZE, When(minutes=30))),
    ],
)
def test_a_wish_may_carry_a_time(language: str, text: str, meant: Said) -> None:
    """The wish stands at one end, the time is the rest."""
    assert said(Question.IDLE, text, language) == meant


@pytest.mark.parametrize(
    "text", ["pause until banana", "done until monday", "until monday", "pause in 20 minutes", "it hurts at 7"]
)
def test_a_wish_carries_no_time_that_is_none_of_its_own(text: str) -> None:
    """What does not fit is not guessed at; pain wins over everything, whatever stands beside it."""
    assert said(Question.IDLE, text) in {NOTHING, Said(Intent.PAIN)}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Madrid", PLACES["madrid"]),
        ("I live in Madrid", PLACES["madrid"]),
        ("springfield", PLACES["springfield"]),
        ("my time is 14:20 now", ClockHere((time(14, 20),))),
        ("2:20", ClockHere((time(2, 20), time(14, 20)))),
        ("UTC+5:30", Offset(330)),
        ("-3", Offset(-180)),
        ("gmt −3", Offset(-180)),
    ],
)
def test_where_somebody_is_can_be_told_in_many_ways(text: str, place: object) -> None:
    """A place, with words before it or without, what the clock shows, or an offset."""
    assert said(Question.ASKING_ZONE, text).place == place


@pytest.mark.parametrize("text", ["+15", "-13", "+2:75", "7 or so", "14:20 and 15:20"])
def test_no_place_has_such_an_offset_or_clock(text: str) -> None:
    """No zone is that far from UTC, and a clock shows one time."""
    assert said(Question.ASKING_ZONE, text).place is None


@pytest.mark.parametrize("text", ["i'm in Madrid", "Europe/Madrid", "my time is 14:20", "UTC+2"])
def test_a_place_nobody_asked_for_needs_words_that_say_so(text: str) -> None:
    """A zone's whole name, or a lead, can be nothing else."""
    assert said(Question.IDLE, text).place is not None


@pytest.mark.parametrize("text", ["Madrid", "Springfield", "bed", "+2"])
def test_a_bare_name_is_no_place_out_of_the_blue(text: str) -> None:
    """Many words are a village somewhere."""
    assert said(Question.IDLE, text).place is None


@EVERYWHERE
@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=300), language=st.sampled_from(["en", "es"]))
def test_any_text_says_something_or_nothing(question: Question, text: str, language: str) -> None:
    """Nothing that can be typed raises."""
    assert isinstance(said(question, text, language), Said)


PIECES = [
    "pause",
    "until",
    "monday",
    "later",
    "in",
    "20",
    "minutes",
    "7",
    ":",
    "30",
    "my",
    "time",
    "is",
    "not",
    "today",
    "+",
]


@EVERYWHERE
@settings(deadline=None, max_examples=60)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_row_of_known_words_says_something_or_nothing(question: Question, pieces: list[str]) -> None:
    """Whatever order the words come in."""
    assert isinstance(said(question, " ".join(pieces)), Said)
