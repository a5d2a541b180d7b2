"""Triage: how a table's phrases are matched, what outranks what, and that no text whatever breaks it."""

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.safety import NOTHING, Finding, Flag, Lexicon, LexiconError, Row, Tier, fold, triage, words_in

TABLE: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[3] / "content" / "safety" / "lexicon.en.yaml").read_text(encoding="utf-8")
)
ENGLISH = Lexicon.from_rows(**{**TABLE, "rows": [Row.from_labels(**row) for row in TABLE["rows"]]})
UNHURRIED = settings(deadline=None)  # a busy machine is not a failure


def table(*phrases: str, unless: tuple[str, ...] = (), gap_words: int = 2) -> Lexicon:
    """Compile a table of one urgent row with a group of two foods."""
    rows = [Row(id="U-test", tier=Tier.URGENT, flag=Flag.NEURO, phrases=phrases)]
    groups = {"food": ["bread", "cream cheese"]}
    return Lexicon.from_rows(language="en", rows=rows, groups=groups, unless=unless, gap_words=gap_words)


def found(text: str, lexicon: Lexicon) -> bool:
    """Tell whether triage finds anything."""
    return triage(text, lexicon) != NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "cant feel it",
        "I CAN'T FEEL IT",
        "can’t feel it",
        "can\u02bct  \n feel   it!!!",
        "càn't féel it",
        "ca\u0301n't feel it",
        "ｃａｎ'ｔ ｆｅｅｌ ｉｔ",
        "ca\u200bn't fe\u00adel i\ufefft",
        "*can't* _feel_ it",
        "can't, feel... it",
    ],
)
def test_spelling_does_not_hide_a_phrase(text: str) -> None:
    """Case, quotes, accents, width, invisible characters and punctuation do not matter."""
    assert found(text, table("cant feel it"))


@pytest.mark.parametrize(
    "text", ["scant feel it", "cant feel italy", "cant it feel", "cant really feel it", "cant feel"]
)
def test_a_phrase_is_whole_words_in_its_order(text: str) -> None:
    """Parts of words, another order, words in between and a missing word are no match."""
    assert not found(text, table("cant feel it"))


def test_a_star_stands_for_any_ending() -> None:
    """`tingl*` matches what begins so, and nothing else."""
    lexicon = table("tingl* toe")
    assert found("tingly toe", lexicon)
    assert found("a tingling toe", lexicon)
    assert not found("tin toe", lexicon)


def test_a_gap_stands_for_a_few_words() -> None:
    """`...` lets as many words between as the table says, and none at all."""
    lexicon = table("numb ... toe", gap_words=2)
    assert found("numb toe", lexicon)
    assert found("numb in my toe", lexicon)
    assert not found("numb in my big toe", lexicon)


def test_a_group_stands_for_each_of_its_entries() -> None:
    """`<food>` matches every entry, those of several words too."""
    lexicon = table("stale <food>")
    assert found("stale bread", lexicon)
    assert found("stale cream cheese", lexicon)
    assert not found("stale cream", lexicon)


def test_a_stem_in_a_group_and_a_plain_word_do_not_hide_each_other() -> None:
    """All readings of a word are followed."""
    lexicon = table("numb* hand", "numbness foot")
    assert found("numbness hand", lexicon)
    assert found("numbness foot", lexicon)


def test_an_idiom_silences_only_what_it_covers_wholly() -> None:
    """The idiom "fell asleep" silences "fell", once, and nothing that holds another word."""
    lexicon = table("fell", "fell ... hurt", unless=("fell asleep",))
    assert not found("I fell asleep", lexicon)
    assert found("I fell asleep, then fell", lexicon)
    assert found("I fell asleep hurt", lexicon)


def test_evidence_is_the_span_of_each_matched_word() -> None:
    """Spans lie in the original text, whatever was folded away before them."""
    text = "😀 Oh\u200b — it’s Numb, my  TOE"
    finding = triage(text, table("numb ... toe"))
    assert [text[start:end] for start, end in finding.evidence] == ["Numb", "TOE"]
    assert finding.rule_id == "U-test"


def test_the_highest_tier_wins_and_then_the_first_row() -> None:
    """A later row of a higher tier outranks; among equals the table's order decides."""
    rows = [
        Row.from_labels(id="low", tier="referral", flag="neuro", phrases=["sore"]),
        Row.from_labels(id="first", tier="urgent", flag="cancer", phrases=["lump"]),
        Row.from_labels(id="second", tier="urgent", flag="infection", phrases=["pus", "lump"]),
    ]
    lexicon = Lexicon.from_rows(language="en", rows=rows, groups={}, unless=[], gap_words=0)
    assert triage("sore", lexicon).rule_id == "low"
    assert triage("sore, pus", lexicon).rule_id == "second"
    assert triage("sore, pus, lump", lexicon) == Finding(Tier.URGENT, Flag.CANCER, "first", ((11, 15),))


@pytest.mark.parametrize(
    ("phrase", "complaint"),
    [
        ("", "words at both ends"),
        ("... numb", "words at both ends"),
        ("numb ...", "words at both ends"),
        ("a ... b ... c ... d", "at most 2 gaps"),
        ("numb <nowhere>", "not listed under groups"),
        ("nu*", "at least 3 letters"),
        ("numb !!!", "is not a word"),
    ],
)
def test_an_unusable_phrase_is_refused_by_row_and_phrase(phrase: str, complaint: str) -> None:
    """The message names the row and what is wrong."""
    with pytest.raises(LexiconError, match=complaint) as refusal:
        table(phrase)
    assert "U-test" in str(refusal.value)


def test_a_row_that_stands_twice_is_refused() -> None:
    """Ids are stored with findings, so they are unique."""
    row = Row.from_labels(id="R1", tier="referral", flag="neuro", phrases=["sore"])
    with pytest.raises(LexiconError, match="R1 stands twice"):
        Lexicon.from_rows(language="en", rows=[row, row], groups={}, unless=[], gap_words=0)


@pytest.mark.parametrize(("tier", "flag"), [("dire", "neuro"), ("urgent", "mood")])
def test_a_row_with_an_unknown_tier_or_flag_is_refused(tier: str, flag: str) -> None:
    """The message names the row."""
    with pytest.raises(LexiconError, match="row X9"):
        Row.from_labels(id="X9", tier=tier, flag=flag, phrases=["sore"])


def test_tiers_are_ordered_and_named() -> None:
    """A graver tier compares higher, and its stored name leads back to it."""
    assert Tier.NONE < Tier.REFERRAL < Tier.URGENT < Tier.EMERGENCY
    assert [Tier.from_label(tier.label) for tier in Tier] == list(Tier)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "done",
            "Done!",
            "did it ✅",
            "doneee",
            "next",
            "next one please",
            "all done",
            "skip",
            "skip this one",
            "stop",
        ),
        *(
            "pain",
            "it hurts",
            "hurts a bit",
            "that hurt",
            "ow it hurts",
            "painful",
            "a bit sore",
            "my back aches",
            "ache",
        ),
        *("7:30", "7.30", "730", "7:30pm", "7pm", "19h30", "half past 7", "noon", "at 8", "remind me at 9", "8 am"),
        *("London", "Europe/London", "New York", "Bath", "Cape Town", "Reading", "Kill Devil Hills", "Battle Creek"),
        *(
            "5",
            "0",
            "10",
            "8",
            "9",
            "8.5",
            "9.5",
            "ten",
            "eight",
            "3-4",
            "about a 5",
            "pain 3/10",
            "pain is 4",
            "10 reps",
        ),
        *(
            "fall",
            "fall is lovely",
            "I'm done, that killed me lol",
            "I fell asleep",
            "killing it",
            "👍",
            "✅✅",
            "",
            "?",
        ),
        *(
            "bottom to heels feels weird",
            "knee rolls",
            "back extensions are hard",
            "deep abdominal one",
            "/start",
            "easier",
        ),
        *("I saw my physio", "spoken to my doctor", "yes", "no", "not today", "snooze", "thanks", "make it shorter"),
    ],
)
def test_ordinary_replies_are_nothing(text: str) -> None:
    """What people answer all day long does not end their session."""
    assert triage(text, ENGLISH) == NOTHING


@pytest.mark.parametrize("number", [str(number) for number in range(101)] + [f"{number}.5" for number in range(11)])
def test_a_bare_number_is_nothing(number: str) -> None:
    """Only the conversation knows what it asked for."""
    assert triage(number, ENGLISH) == NOTHING


@given(st.text(max_size=300))
@UNHURRIED
def test_no_text_breaks_triage(text: str) -> None:
    """Any text gives a finding whose evidence lies inside it."""
    finding = triage(text, ENGLISH)
    assert (finding == NOTHING) == (finding.tier is Tier.NONE)
    assert all(0 <= start < end <= len(text) for start, end in finding.evidence)


WORDS = sorted({word for row in ENGLISH.rows for phrase in row.phrases for word in phrase.split()})


@given(st.lists(st.sampled_from(WORDS), max_size=30), st.lists(st.sampled_from(WORDS), max_size=10))
@UNHURRIED
def test_saying_more_in_new_words_never_lowers_the_tier(said: list[str], more: list[str]) -> None:
    """A message that goes on, with a full pause between, keeps what was found before."""
    pause = ["xyzzy"] * (ENGLISH.gap_words + 1)
    assert triage(" ".join(said + pause + more), ENGLISH).tier >= triage(" ".join(said), ENGLISH).tier


@given(st.text(max_size=60))
@UNHURRIED
def test_noise_around_a_red_flag_does_not_hide_it(noise: str) -> None:
    """A plain phrase is found wherever it stands."""
    assert triage(f"{noise} / numb between my legs / {noise}", ENGLISH).tier is Tier.EMERGENCY


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    """A word that was folded compares as itself."""
    words, spans = words_in(text)
    assert len(words) == len(spans)
    assert [fold(word) for word in words] == words


def _branches_tried(text: str) -> int:
    """Count the calls and C calls that triage makes: a measure of its work that no busy machine disturbs."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        triage(text, ENGLISH)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize(
    "hostile",
    ["numb ", "severe stomach pain ", "my legs weak cancer ", "fell fell im 70 ", "a", "1:", "😀", "é ", "no "],
)
def test_work_grows_in_step_with_the_message(hostile: str) -> None:
    """Four times the text is about four times the work, however well it fits the table."""
    short, long = (_branches_tried((hostile * 4096)[:length]) for length in (1024, 4096))
    assert long <= 4.5 * short + 50
    assert long < 4096 * 12
