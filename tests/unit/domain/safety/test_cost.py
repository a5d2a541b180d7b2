"""Cost: the work of reading a message grows with its length and no faster, whatever it says.

Work is counted in calls, comprehensions and generator steps included; no clock is asked, so no busy machine disturbs.
"""

import cProfile
import random
from collections.abc import Mapping

import pytest

from bot.domain.safety import Lexicon, triage
from bot.safety_cases import load_cases
from bot.settings import CHECKOUT
from tests.unit.domain.safety.tiny import lexicon, rule

LONGEST_MESSAGE = 4096
SEED = 20261122
MOST_GROWTH = 2.5  # for twice the length; quadratic work would be 4


def work(text: str, words: Lexicon) -> int:
    """Count the calls that triage makes."""
    profile = cProfile.Profile()
    profile.enable()
    triage(text, words)
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def growth(text: str, words: Lexicon) -> float:
    """Return how many times the work of its first half a whole text is."""
    whole = text[:LONGEST_MESSAGE]
    assert len(whole) == LONGEST_MESSAGE
    return work(whole, words) / work(whole[: LONGEST_MESSAGE // 2], words)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", ["cases", "words", "short words", "misspelled words"])
def test_twice_the_message_is_twice_the_work(lexicons: Mapping[str, Lexicon], language: str, kind: str) -> None:
    """Texts that fit as much of the shipped words as can be, and never say the same twice."""
    chance = random.Random(SEED)  # noqa: S311 - the same texts every time
    texts = [case.text.replace(".", " ") for case in load_cases(CHECKOUT / "content") if case.language == language]
    words = sorted({word for text in texts for word in text.split()})
    shuffled = chance.choices(words, k=LONGEST_MESSAGE)
    hostile = {
        "cases": chance.sample(texts, 300),
        "words": shuffled,
        "short words": chance.choices([word for word in words if len(word) <= 3], k=LONGEST_MESSAGE),
        "misspelled words": [word[1:] + word[:1] for word in shuffled],
    }
    assert growth(" ".join(hostile[kind]), lexicons[language]) < MOST_GROWTH


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("unit", ["a", "a ", "no ", "7/", "😀", "é", "'", "\u200b", "pain 8/10 "])
def test_saying_one_thing_without_end_costs_no_more(lexicons: Mapping[str, Lexicon], language: str, unit: str) -> None:
    """The same sign, letter or word to the end of the longest message."""
    assert growth(unit * LONGEST_MESSAGE, lexicons[language]) < MOST_GROWTH


@pytest.mark.parametrize(
    "words",
    [
        lexicon({"a": ["alpha ... bravo ... alpha"]}, gap_words=4),
        lexicon({"a": ["alpha"], "b": ["bravo"]}, rule("<a> & <b>", within=20, across=True)),
        lexicon({"a": ["alpha"], "b": ["bravo"]}, rule("<a>"), context={"negated_after": ["bravo"]}),
    ],
    ids=["gaps", "rules", "context"],
)
def test_each_step_is_linear_by_itself(words: Lexicon) -> None:
    """Gaps, rules that join, and cues, in a text of nothing else; the words between never repeat themselves."""
    chance = random.Random(SEED)  # noqa: S311 - the same texts every time
    text = " ".join(chance.choice(["alpha", "bravo"]) + f" x{number}" for number in range(LONGEST_MESSAGE))
    assert growth(text, words) < MOST_GROWTH


def test_unless_is_linear_by_itself() -> None:
    """A rule that is taken back again and again."""
    words = lexicon({"a": ["alpha"], "b": ["bravo"]}, rule("<a>", unless=["b"]))
    text = " ".join(f"alpha x{number}" for number in range(200)) + " "
    text += " ".join(f"bravo y{number}" for number in range(200))
    doubled = " ".join(f"alpha x{number}" for number in range(400)) + " "
    doubled += " ".join(f"bravo y{number}" for number in range(400))
    assert work(doubled, words) / work(text, words) < MOST_GROWTH
