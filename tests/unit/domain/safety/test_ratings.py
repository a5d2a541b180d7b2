"""Ratings: which numbers say how strong the pain is, and which of several counts."""

import pytest

from bot.domain.safety import Lexicon, Tier, triage
from bot.domain.safety.ratings import HIGH, LOW, MIDDLE
from tests.unit.domain.safety.tiny import lexicon, rule

CONTEXT = {
    "rating_frame": ["pain", "pain is", "pain level", "its", "a solid", "from a"],
    "rating_frame_after": ["overnight", "pain"],
    "rating_out_of": ["/", "out of"],
    "rating_unit": ["reps", "am", "days", "seconds", "/ 7"],
    "rating_label": ["day", "level", "week", "exercise"],
    "rating_praise": ["session", "would recommend", "app"],
    "rating_to": ["to", "to a", "to an", "now"],
    "rating_earlier": ["was a", "was", "from", "from a", "yesterday"],
}
NUMBERS = {"zero": 0, "three": 3, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
RULES = (rule(f"<{HIGH}>", id="high"), rule(f"<{MIDDLE}>", id="middle", tier="referral"))
WORDS: Lexicon = lexicon({"unused": ["xyzzy"]}, *RULES, context=CONTEXT, numbers=NUMBERS)


def ratings(text: str) -> set[str]:
    """Return the kinds of rating that a text holds."""
    return {mention.concept for mention in WORDS.read(text).mentions} & {HIGH, MIDDLE, LOW}


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("8/10", HIGH),
        ("8 / 10", HIGH),
        ("10/10", HIGH),
        ("8 out of 10", HIGH),
        ("eight out of ten", HIGH),
        ("7/10", MIDDLE),
        ("5/10", LOW),
        ("0/10", LOW),
        ("a solid 7", MIDDLE),
        ("pain is 9 today", HIGH),
        ("pain is like an 8", HIGH),
        ("pain nine", HIGH),
        ("pain zero", LOW),
        ("8 overnight", HIGH),
        ("pain level 8", HIGH),
        ("pain 7.5", HIGH),
        ("pain 7,5", HIGH),
        ("pain 6.5/10", MIDDLE),
        ("pain 5.1", MIDDLE),
        ("pain 9, great session", HIGH),
    ],
)
def test_a_rating_is_one_of_three_kinds(text: str, rating: str) -> None:
    """8 to 10 is high, 6 and 7 middle, the rest low; figures, words, fractions, and halves rounded up."""
    assert ratings(text) == {rating}


@pytest.mark.parametrize(
    "text",
    [
        "8",
        "did 8",
        "at 8",
        "8 reps",
        "pain after 8 reps",
        "pain for 9 days",
        "day 9",
        "pain on day 9",
        "level 8 is fun",
        "exercise ten",
        "7:30",
        "pain at 7:30",
        "8 am",
        "pain since 8 am",
        "10/10 session",
        "session 10/10",
        "10/10 would recommend",
        "the app is a 9/10",
        "pain 80",
        "8/9",
        "pain. 8",
        "pain so much that i counted 8",
        "10.000.000",
    ],
)
def test_other_numbers_are_no_ratings(text: str) -> None:
    """Counts, days, times, labels, praise, other scales and numbers alone."""
    assert ratings(text) == set()


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("pain went from a 3 to an 8 overnight", HIGH),
        ("from a 3 to an 8 overnight", HIGH),
        ("from a three to a nine", HIGH),
        ("pain was a 9, now 3", LOW),
        ("pain was 8/10, now 6/10", MIDDLE),
        ("yesterday pain 9/10, now 3/10", LOW),
        ("pain was 9", HIGH),
    ],
)
def test_of_a_change_the_later_number_counts(text: str, rating: str) -> None:
    """What the pain was counts only where nothing later is said."""
    assert ratings(text) == {rating}


def test_a_low_rating_is_read_and_is_no_finding() -> None:
    """A rule may name a rating like any concept; where none does, it means nothing."""
    assert ratings("pain 3/10") == {LOW}
    assert triage("pain 3/10", WORDS).tier is Tier.NONE
    assert triage("pain 6/10", WORDS).tier is Tier.REFERRAL
    assert triage("pain 8/10", WORDS).tier is Tier.URGENT


def test_the_evidence_of_a_rating_is_the_whole_of_it() -> None:
    """Number and scale, not the words that announce it."""
    text = "Pain is 8 out of 10!"
    assert [text[slice(*span)] for span in triage(text, WORDS).evidence] == ["8 out of 10"]


@pytest.mark.parametrize("number", [*map(str, range(101)), *(f"{number}.5" for number in range(11))])
def test_a_bare_number_is_nothing(number: str) -> None:
    """Only the conversation knows what it asked for."""
    assert ratings(number) == set()


def test_a_word_of_earlier_behind_a_number_speaks_of_that_number() -> None:
    """Who says 3 yesterday and 9 now has a 9; a comma parts them."""
    assert ratings("pain 3/10 yesterday, 9/10 now") == {HIGH}
    assert ratings("pain 9/10 yesterday, 3/10 now") == {LOW}
