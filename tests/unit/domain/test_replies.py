"""What a typed reply means: tables of what is read and what is not, and any text whatever."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.replies import Intent, Phrasebook, PhrasebookError, read_intent, read_rating

DATA: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[3] / "content" / "locales" / "en" / "replies.yaml").read_text(encoding="utf-8")
)
del DATA["language"]  # read by bot.domain.languages
ENGLISH = Phrasebook.from_data(**DATA)
UNHURRIED = settings(deadline=None)  # a busy machine is not a failure

MEANT: dict[Intent, tuple[str, ...]] = {
    Intent.DONE: (
        *(
            "done",
            "Done!",
            "DONE",
            "did it ✅",
            "done it",
            "all done",
            "finished",
            "next",
            "next one please",
            "ok next",
        ),
        *(
            "doneee",
            "Donee!",
            "d\u00f6ne",
            "finishd",
            "fnished",
            "yep finished",
            "I've done it, thanks",
            "✅",
            "👍",
            "👍🏽",
        ),
        *(
            "✅✅",
            "done 😅🎉",
            "that was great, done!",
            "done, no pain",
            "done that was hard",
            "I'm done, that killed me lol",
        ),
        *("all done, it didn't hurt", "I did it!!", "completed"),
    ),
    Intent.PAIN: (
        *(
            "pain",
            "Pain.",
            "it hurts",
            "ow it hurts",
            "that hurt",
            "hurts a bit",
            "painful",
            "ouch",
            "painfull",
            "😣",
            "🤕",
        ),
        *("done but it hurts", "did it, bit sore", "stop it hurts", "my back hurts a lot here", "no it hurts"),
        *("slight pain on the left side", "skip, it hurts"),
    ),
    Intent.SKIP: (
        "skip",
        "Skip it",
        "skip this one",
        "skiip",
        "not today",
        "pass",
        "can't do this one",
        "I'll skip this one",
    ),
    Intent.STOP: (
        "stop",
        "STOP!",
        "stoppp",
        "i want to stop",
        "enough for today",
        "quit",
        "🛑",
        "no stop",
        "please stop now",
    ),
    Intent.START: ("start", "startt", "let's go", "ready", "I'm ready!", "begin", "yes, start", "start now please"),
    Intent.SNOOZE: ("snooze", "snoooze", "later", "remind me later", "not now", "in a bit", "give me a bit", "⏰"),
    Intent.EASIER: ("easier", "easier pls", "an easier one please", "too hard", "easyer", "that's too difficult"),
    Intent.SPOKEN: (
        *(
            "I saw my physio",
            "spoken to my doctor",
            "I've spoken to my gp",
            "i have spoken to the clinic",
            "saw a doctor today",
        ),
        *("spoke with my doctor", "been to the hospital", "physio says it's fine", "Rang the clinic"),
    ),
    Intent.NO: ("no", "No.", "nope", "nah", "no thanks", "👎"),
    Intent.YES: ("yes", "Yes!", "yesss", "yep", "ok", "okay", "sure", "I agree", "yes please"),
}

NOT_ONE_PLAIN_WISH = (
    *(
        "not done",
        "didn't do it",
        "I haven't done it",
        "almost done",
        "never done it",
        "half done",
        "done?? no",
        "not finished",
    ),
    *(
        "no pain",
        "no more pain",
        "it doesn't hurt",
        "it doesn't hurt anymore",
        "not painful",
        "is pain normal?",
        "hurts less",
    ),
    *(
        "what counts as severe pain",
        "when done what do I do",
        "how do I start",
        "should I stop",
        "I can't stop laughing",
    ),
    *("did you skip one?", "I haven't spoken to my doctor", "not spoken to anyone", "my doctor is away", "don't skip"),
    *(
        "done skip",
        "yes no",
        "skip or stop",
        "stats",
        "London",
        "7:30",
        "7",
        "make it shorter today",
        "/start",
    ),
    *("", " ", "?", "!!!", "🎉", "please", "the", "\u200b", "hello", "asdfgh", "not a fan of the tummy one"),
    *("my friend says the pain in her back went when she walked with the dog on the beach", "done " * 60),
)


@pytest.mark.parametrize(("text", "intent"), [(text, intent) for intent, texts in MEANT.items() for text in texts])
def test_a_plain_wish_is_read(text: str, intent: Intent) -> None:
    """Slips, stretched letters, politeness and emoji do not matter."""
    assert read_intent(text, ENGLISH) is intent


@pytest.mark.parametrize("text", NOT_ONE_PLAIN_WISH)
def test_anything_else_is_left_to_the_conversation(text: str) -> None:
    """A denial, a question, two wishes or a word too many is no intent: better to ask than to record."""
    assert read_intent(text, ENGLISH) is None


@pytest.mark.parametrize("intent", list(Intent))
def test_every_phrase_of_the_phrasebook_means_what_it_stands_under(intent: Intent) -> None:
    """No phrase is swallowed by a filler, a slip or another phrase."""
    misread = {phrase for phrase in DATA["intents"][intent] if read_intent(phrase, ENGLISH) is not intent}
    assert misread == set()


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        *(
            ("0", 0),
            ("7", 7),
            ("10", 10),
            ("07", 7),
            ("７", 7),
            ("7️⃣", 7),
            (" 7! ", 7),
            ("7/10", 7),
            ("7 / 10", 7),
            ("10/10", 10),
        ),
        *(
            ("7 out of 10", 7),
            ("ten out of ten", 10),
            ("3 outta 10", 3),
            ("about a 7", 7),
            ("a solid 4", 4),
            ("it's 5 today", 5),
        ),
        *(("seven", 7), ("Zero", 0), ("maybe eight", 8), ("pain is 9", 9), ("my pain is a 6 now", 6), ("I'd say 2", 2)),
        *(("4.5", 5), ("4,5", 5), ("9.1", 10), ("0.2", 1), ("4.0", 4), ("6.5/10", 7)),
        *(
            ("3-4", 4),
            ("4–3", 4),
            ("3 - 4", 4),
            ("3 to 4", 4),
            ("three or four", 4),
            ("between 6 and 7", 7),
            ("3, 4", 4),
        ),
        *(("4 to 5 out of 10", 5), ("6-7/10", 7)),
        *(("none", 0), ("none at all", 0), ("No pain.", 0), ("no pain at all", 0), ("nothing", 0), ("pain free 😀", 0)),
    ],
)
def test_a_rating_is_read_and_doubt_goes_upward(text: str, rating: int) -> None:
    """Digits, words, scales and ranges; halves round up and a range counts as its upper end."""
    assert read_rating(text, ENGLISH) == rating


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "?",
            "11",
            "100",
            "10.5",
            "11/10",
            "-3",
            "−3",
            "7%",
            "7:30",
            "7am",
            "3/4",
            "2 out of 5",
            "7 out of",
            "7/",
            "1/2",
        ),
        *(
            "did 10 reps",
            "level 3 please",
            "four and a half",
            "5 5 5",
            "no",
            "not 7",
            "done",
            "bad",
            "London",
            "/7",
            "9" * 200,
        ),
        *("½", "7 " * 150),
    ],
)
def test_what_is_no_clear_rating_is_asked_again(text: str) -> None:
    """Another scale, a time, a count, a third number or an unknown word is no rating."""
    assert read_rating(text, ENGLISH) is None


@given(st.floats(min_value=0, max_value=10))
def test_a_typed_number_is_never_understated(value: float) -> None:
    """Any decimal counts as a whole number at or above it, and less than one above."""
    typed = f"{value:.2f}"
    rating = read_rating(typed, ENGLISH)
    assert rating is not None
    assert float(typed) <= rating < float(typed) + 1


@given(st.text(max_size=250))
@UNHURRIED
def test_no_text_breaks_reading(text: str) -> None:
    """Any text is an intent or None, a rating from 0 to 10 or None."""
    assert read_intent(text, ENGLISH) in {None, *Intent}
    assert read_rating(text, ENGLISH) in {None, *range(11)}


VOCABULARY = sorted(
    {word for words in ENGLISH.phrases for word in words} | {"not", "no", "7", "10", "/", "-", "out", "?"}
)


@given(st.lists(st.sampled_from(VOCABULARY), max_size=12))
@UNHURRIED
def test_no_jumble_of_known_words_breaks_reading(words: list[str]) -> None:
    """Nor does any order of the words that are known."""
    assert read_intent(" ".join(words), ENGLISH) in {None, *Intent}
    assert read_rating(" ".join(words), ENGLISH) in {None, *range(11)}


@given(st.sampled_from(["done", "finished", "skip", "stop", "start", "snooze", "easier"]))
def test_a_denied_wish_is_no_wish(wish: str) -> None:
    """A "not" in front leaves nothing to act on."""
    assert read_intent(f"not {wish}", ENGLISH) is None
    assert read_intent(f"I'm not {wish} yet", ENGLISH) is None


LISTS = ("fillers", "negations", "out_of", "rating_fillers", "no_pain")


def phrasebook(**changes: Any) -> Phrasebook:
    """Build a tiny phrasebook with some of its keys changed."""
    keys: dict[str, Any] = {"intents": {"done": ["done"]}, "numbers": {"one": 1}}
    empty: dict[str, Any] = {key: [] for key in (*LISTS, "place_leads", "clock_leads", "told_done", "ages")}
    empty |= {"openings": {}, "mornings": {}}
    return Phrasebook.from_data(**{**empty, **keys, **changes})


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"intents": {"dance": ["dance"]}}, "'dance' is not an intent"),
        ({"intents": {"done": ["ok"], "yes": ["OK!"]}}, "'OK!' under 'yes'"),
        ({"intents": {"done": [" "]}}, "is not a phrase"),
        ({"numbers": {"eleven": 11}}, "'eleven' is not a rating"),
    ],
)
def test_an_unusable_phrasebook_is_refused(changes: dict[str, Any], complaint: str) -> None:
    """The message names what is wrong."""
    with pytest.raises(PhrasebookError, match=complaint):
        phrasebook(**changes)


def test_short_words_allow_no_slip() -> None:
    """In a word of four letters one letter makes another word: "dome" is not "done"."""
    assert read_intent("dome", phrasebook()) is None
    assert read_intent("dooone", phrasebook()) is Intent.DONE


def test_a_number_is_not_stretched() -> None:
    """The repeated digits of "111" are no stretched letter: "1" is another number."""
    book = phrasebook(intents={"spoken": ["called 111"]})
    assert read_intent("caaalled 111", book) is Intent.SPOKEN
    assert read_intent("called 1", book) is None
