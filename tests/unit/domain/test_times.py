"""What a person types as a time: tables of what is read and what is not, and any text whatever."""

from datetime import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.times import Half, TimeWords, TimeWordsError, TypedTime, read_when

WORDS_FILE = Path(__file__).parents[3] / "content" / "locales" / "en" / "times.yaml"
DATA: dict[str, Any] = yaml.safe_load(WORDS_FILE.read_text(encoding="utf-8"))
ENGLISH = TimeWords.from_data(**DATA)
UNHURRIED = settings(deadline=None)  # a busy machine is not a failure
SPELLED = {word: value for word, value in DATA["numbers"].items() if value <= 12}


HALVES = {"?": Half.OPEN, "~": Half.ASSUMED}


def at(text: str) -> TypedTime:
    """Read the table's notation: `07:30` leaves nothing open, `07:30?` its half, and `07:30~` is assumed to be it."""
    return TypedTime(time.fromisoformat(text.rstrip("?~")), HALVES.get(text[-1], Half.SAID))


def read_time(typed: str, words: TimeWords) -> TypedTime | None:
    """Read a text that is one time of day and nothing else."""
    when = read_when(typed, words)
    if when is None or len(when.times) != 1 or when.minutes is not None or when.days is not None:
        return None
    return when.times[0]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("7:30", "07:30~"),
        ("7.30", "07:30~"),
        ("7 30", "07:30~"),
        ("7 : 30", "07:30~"),
        ("730", "07:30~"),
        ("12:15", "12:15~"),
        ("0730", "07:30"),
        ("07:30", "07:30"),
        ("07.30", "07:30"),
        ("07:30:00", "07:30"),
        ("19:30", "19:30"),
        ("1930", "19:30"),
        ("19.30", "19:30"),
        ("19h30", "19:30"),
        ("19h", "19:00"),
        ("19 h", "19:00"),
        ("7h30", "07:30"),
        ("7:30 h", "07:30"),
        ("0h", "00:00"),
        ("0:00", "00:00"),
        ("0000", "00:00"),
        ("24:00", "00:00"),
        ("24", "00:00"),
        ("7", "07:00?"),
        ("7.", "07:00?"),
        ("12", "12:00?"),
        ("13", "13:00"),
        ("23", "23:00"),
    ],
)
def test_digits_are_read_on_the_24_hour_clock(typed: str, expected: str) -> None:
    """Every way of writing hours and minutes in digits; 1 to 12 without a leading zero leaves the half open."""
    assert read_time(typed, ENGLISH) == at(expected)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("7pm", "19:00"),
        ("7 PM", "19:00"),
        ("7p", "19:00"),
        ("7 p.m.", "19:00"),
        ("7 p.m", "19:00"),
        ("7 P. M.", "19:00"),
        ("7:30pm", "19:30"),
        ("7.30 p.m.", "19:30"),
        ("730pm", "19:30"),
        ("0730 pm", "19:30"),
        ("7 30 pm", "19:30"),
        ("7:30 AM", "07:30"),
        ("7a.m.", "07:00"),
        ("12am", "00:00"),
        ("12:30 am", "00:30"),
        ("12pm", "12:00"),
        ("12:30pm", "12:30"),
        ("19:30 pm", "19:30"),
        ("0:30 am", "00:30"),
        ("7 in the morning", "07:00"),
        ("7:30 every morning", "07:30"),
        ("in the morning at 7", "07:00"),
        ("morning, 7:30", "07:30"),
        ("7 in the evening", "19:00"),
        ("seven in the evening", "19:00"),
        ("3 in the afternoon", "15:00"),
        ("12 in the afternoon", "12:00"),
        ("8 at night", "20:00"),
        ("12 at night", "00:00"),
        ("1 at night", "01:00"),
        ("7 pm in the evening", "19:00"),
        ("12 noon", "12:00"),
        ("12 midnight", "00:00"),
        ("12:00 noon", "12:00"),
    ],
)
def test_a_part_of_the_day_settles_the_half(typed: str, expected: str) -> None:
    """With am, pm or a part of the day nothing is left open, and twelve goes where people mean it."""
    assert read_time(typed, ENGLISH) == at(expected)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("noon", "12:00"),
        ("Midday", "12:00"),
        ("midnight", "00:00"),
        ("at noon", "12:00"),
        ("half past 7", "07:30?"),
        ("half past seven", "07:30?"),
        ("half-past seven", "07:30?"),
        ("half 7", "07:30?"),
        ("half seven", "07:30?"),
        ("half past 12", "12:30?"),
        ("half past 19", "19:30"),
        ("half past noon", "12:30"),
        ("half past midnight", "00:30"),
        ("half past seven in the evening", "19:30"),
        ("half 7 pm", "19:30"),
        ("quarter past 7", "07:15?"),
        ("a quarter past seven", "07:15?"),
        ("quarter to eight", "07:45?"),
        ("a quarter to 8 pm", "19:45"),
        ("quarter to one", "12:45?"),
        ("quarter to one in the morning", "00:45"),
        ("quarter to 1 pm", "12:45"),
        ("quarter to 12", "11:45?"),
        ("quarter to midnight", "23:45"),
        ("quarter to noon", "11:45"),
        ("quarter to 13", "12:45?"),
        ("20 past 7", "07:20?"),
        ("five to eight", "07:55?"),
        ("twenty-five past six", "06:25?"),
        ("twenty minutes to 8 at night", "19:40"),
        ("7 o'clock", "07:00?"),
        ("7 o’clock", "07:00?"),
        ("seven oclock in the evening", "19:00"),
        ("seven", "07:00?"),
        ("seven thirty", "07:30?"),
        ("seven-thirty pm", "19:30"),
        ("seven twenty five", "07:25?"),
        ("7 thirty", "07:30?"),
        ("twenty thirty", "20:30"),
        ("twenty two", "22:00"),
        ("eleven fifteen", "11:15?"),
    ],
)
def test_words_are_read_as_people_say_them(typed: str, expected: str) -> None:
    """Halves and quarters, minutes past and to, spelled numbers, noon and midnight."""
    assert read_time(typed, ENGLISH) == at(expected)


@pytest.mark.parametrize(
    "typed",
    [
        "at 7:30 please",
        "At 7:30, please!",
        "  7:30  ",
        "Remind me at 7:30.",
        "let's say 7:30 🙂",
        "⏰ 7:30",
        "7:30 👍🏽",
        "7:30 every day, thanks",
        "７：３０",
        "7∶30",
        "7꞉30",
        "٧:٣٠",
        "7\u00a0:\u202f30",
        "@7:30",
        "(7:30)",
    ],
)
def test_courtesies_and_other_scripts_change_nothing(typed: str) -> None:
    """Fillers, punctuation, emoji, full-width and other digits, look-alike colons and odd spaces are all 7:30."""
    assert read_time(typed, ENGLISH) == at("07:30~")


def test_a_keycap_is_its_digit() -> None:
    """An emoji keyboard's 7️⃣ is a 7."""
    assert read_time("7️⃣", ENGLISH) == at("07:00?")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "banana",
        "soon",
        "please",
        "at",
        "in the morning",
        "am",
        "🙂",
        "...",
        ":",
        "25:00",
        "24:30",
        "7:75",
        "7:60",
        "7:5",
        "7:300",
        "7:30:99",
        "7:30:",
        "25",
        "0",
        "00",
        "007",
        "030",
        "99",
        "2560",
        "12345",
        "-7",
        "+7",
        "$7",
        "7%",
        "7/10",
        "1/2",
        "½",
        "7-8",
        "7-30",
        "7:30-8:00",
        "7,5",
        ".7",
        "call me at 7 or 8",
        "7 and 8",
        "7 8",
        "7 8 9",
        "7:30 8:30",
        "seven eight",
        "seven five",
        "7:30 or so, or maybe 8",
        "I did 10 reps",
        "10 reps",
        "in 2 hours",
        "2 hours",
        "7 noon",
        "7 midnight",
        "noon 7",
        "noon midnight",
        "19:30 am",
        "13 in the morning",
        "12 in the evening",
        "7 am pm",
        "0:30 pm",
        "half",
        "half past",
        "half past 25",
        "half past 0",
        "half past seven thirty",
        "quarter 7",
        "past 7",
        "60 past 7",
        "0 past 7",
        "thirty",
        "twenty five",
        "pain 7",
        "stop at 7",
        "7_30",
        "7e3",
        pytest.param("1" * 4096, id="a message full of digits"),
        pytest.param("9" * 200, id="a long number"),
        pytest.param("7 " * 99, id="many times"),
    ],
)
def test_what_is_not_one_time_is_not_read(typed: str) -> None:
    """Nonsense, impossible clocks, two times, other numbers and contradictions are None: the bot asks again."""
    assert read_time(typed, ENGLISH) is None


@given(hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_every_minute_of_the_day_can_be_typed(hour: int, minute: int) -> None:
    """What the bot itself would show is read back as it is, in each common notation."""
    expected = time(hour, minute)
    half = "am" if hour < 12 else "pm"
    for typed in (
        f"{hour:02}:{minute:02}",
        f"{hour:02}{minute:02}",
        f"{hour}:{minute:02}",
        f"{hour}.{minute:02}",
        f"{hour}h{minute:02}",
        f"{hour % 12 or 12}:{minute:02} {half}",
        f"{hour % 12 or 12}.{minute:02}{half[0]}.m.",
        f"{expected:%H:%M:%S}",
    ):
        found = read_time(typed, ENGLISH)
        assert found is not None
        assert found.time == expected


@given(word=st.sampled_from(sorted(SPELLED)), minutes=st.integers(1, 59))
def test_minutes_past_and_to_add_up_to_the_hour(word: str, minutes: int) -> None:
    """In the morning "20 past seven" and "40 to eight" are the same minute of the day."""
    hour = SPELLED[word] % 12
    past = read_time(f"{minutes} past {word} am", ENGLISH)
    assert past == TypedTime(time(hour, minutes))
    if hour != 0:  # "to twelve am" is said of both ends of the day
        to = read_time(f"{minutes} to {word} am", ENGLISH)
        assert to == TypedTime(time(*divmod(hour * 60 - minutes, 60)))


@UNHURRIED
@given(text=st.text(max_size=300) | st.text(max_size=4096))
def test_any_text_is_a_time_or_none(text: str) -> None:
    """Nothing that can be typed raises."""
    found = read_time(text, ENGLISH)
    assert found is None or found.time.tzinfo is None


KEYS = ("day_parts", "weekdays", "days", "months", "units", "lengths", "marks")
VOCABULARY = [
    *DATA["numbers"],
    *DATA["fractions"],
    *(word for key in KEYS for words in DATA[key].values() for word in words),
]


@UNHURRIED
@given(parts=st.lists(st.sampled_from([*VOCABULARY, ":", ".", "7", "30", "07", "1930", "0", "-", "🙂"]), max_size=30))
def test_any_row_of_known_words_is_a_time_or_none(parts: list[str]) -> None:
    """The grammar holds whatever order its own words come in, with and without spaces."""
    for text in (" ".join(parts), "".join(parts)):
        found = read_time(text, ENGLISH)
        assert found is None or found.time.second == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"numbers": {"zero": 0}}, "'zero'", id="a number below one"),
        pytest.param({"fractions": {"half": 60}}, "'half'", id="an hour is no fraction"),
        pytest.param({"fractions_before_hour": ["third"]}, "'third'", id="an unknown fraction"),
        pytest.param({"named": {"noon": ["noon"]}}, "'noon'", id="a name without a clock time"),
        pytest.param({"named": {"25:00": ["late"]}}, "'25:00'", id="a clock time that does not exist"),
        pytest.param({"day_parts": {"morning": ["am"]}}, "'morning'", id="a part without hours"),
        pytest.param({"day_parts": {"0-20": ["by day"]}}, "'0-20'", id="a part that settles nothing"),
        pytest.param({"day_parts": {"7-7": ["never"]}}, "'7-7'", id="an empty part"),
        pytest.param({"weekdays": {"0": ["never"]}}, "'0'", id="a weekday that does not exist"),
        pytest.param({"months": {13: ["smarch"]}}, "'smarch'", id="a month that does not exist"),
        pytest.param({"marks": {"filler": ["at", "At"]}}, "'At'", id="a word listed twice"),
        pytest.param({"marks": {"filler": ["half"]}}, "'half'", id="a word with two meanings"),
        pytest.param({"marks": {"filler": [""]}}, "''", id="an empty word"),
        pytest.param({"marks": {"filler": ["7 sharp"]}}, "'7 sharp'", id="a phrase that begins with a number"),
        pytest.param({"marks": {"fillers": ["at"]}}, "'fillers'", id="an unknown mark"),
    ],
)
def test_words_that_cannot_be_used_are_named(change: dict[str, Any], message: str) -> None:
    """An author learns which word of times.yaml is wrong."""
    with pytest.raises(TimeWordsError, match=message):
        TimeWords.from_data(**{**DATA, **change})
