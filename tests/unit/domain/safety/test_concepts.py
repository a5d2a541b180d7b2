"""Concepts: which stretch of words is a mention, and which phrases are refused."""

import pytest

from bot.domain.safety import Lexicon, LexiconError
from tests.unit.domain.safety.tiny import finds, lexicon, phrases


def mentioned(text: str, words: Lexicon, concept: str = "it") -> list[str]:
    """Return the mentions of a concept, as words."""
    reading = words.read(text)
    found = sorted({(m.start, m.end) for m in reading.mentions if m.concept == concept})
    return [" ".join(reading.message.words[start:end]) for start, end in found]


@pytest.mark.parametrize(
    "text", ["scant feel it", "cant feel italy", "cant it feel", "cant really feel it", "cant feel"]
)
def test_a_phrase_is_whole_words_in_its_order(text: str) -> None:
    """Parts of words, another order, words in between and a missing word are no mention."""
    assert not finds(text, phrases("cant feel it"))


def test_a_star_stands_for_any_ending() -> None:
    """`tingl*` matches what begins so, and nothing else."""
    words = phrases("tingl* toe")
    assert finds("tingly toe", words)
    assert finds("a tingling toe", words)
    assert not finds("tin toe", words)


def test_a_stem_and_a_whole_word_do_not_hide_each_other() -> None:
    """A word that both match is read as both."""
    words = phrases("numb* hand", "numbness foot")
    assert finds("numbness hand", words)
    assert finds("numbness foot", words)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("numb toe", True),
        ("numb my toe", True),
        ("numb in my toe", True),
        ("numb in my big toe", False),
        ("numb, my toe", True),
        ("numb. my toe", False),
        ("numb\n\nmy toe", False),
    ],
)
def test_a_gap_stands_for_a_few_words_of_the_sentence(text: str, *, is_found: bool) -> None:
    """`...` lets through none to `gap_words` words, and commas, but never the end of a sentence."""
    assert finds(text, phrases("numb ... toe", gap_words=2)) is is_found


@pytest.mark.parametrize("text", ["cant, feel", "cant. feel", "cant (feel)", "cant - feel"])
def test_only_a_gap_reaches_across_a_comma(text: str) -> None:
    """Words of a phrase follow each other without a pause."""
    assert not finds(text, phrases("cant feel"))
    assert finds("cant feel", phrases("cant feel"))


def test_what_a_gap_stepped_over_is_remembered() -> None:
    """The stretch between belongs to the place of a mention, not to its meaning."""
    (mention,) = phrases("numb ... toe").read("numb in my toe").mentions
    assert (mention.start, mention.end, mention.skipped) == (0, 4, ((1, 3),))


def test_a_reference_stands_for_every_phrase_of_a_concept() -> None:
    """`<limb>` matches one word or many, stems and gaps too."""
    words = lexicon({"it": ["dead <limb>"], "limb": ["leg", "left ... foot", "toe*"]})
    assert finds("dead leg", words)
    assert finds("dead toes", words)
    assert finds("dead left old foot", words)
    assert not finds("dead left", words)
    assert not finds("leg", words)


def test_references_are_followed_through_several_concepts() -> None:
    """A concept may be built of concepts that are built of others, in whatever order they are written."""
    words = lexicon({"it": ["<change> here"], "change": ["<feeling> gone"], "feeling": ["touch", "sense of touch"]})
    assert mentioned("my sense of touch gone here", words) == ["sense of touch gone here", "touch gone here"]


def test_every_mention_is_found_overlapping_ones_too() -> None:
    """A longer phrase does not hide a shorter one."""
    assert mentioned("both my legs", phrases("both my legs", "legs", "my legs")) == ["both my legs", "my legs", "legs"]


@pytest.mark.parametrize(
    ("phrase", "complaint"),
    [
        ("", "words at both ends"),
        ("!!!", "words at both ends"),
        ("... numb", "words at both ends"),
        ("numb ...", "words at both ends"),
        ("a ... b ... c ... d", "at most 2 gaps"),
        ("numb <nowhere>", "<nowhere> is no concept"),
    ],
)
def test_an_unusable_phrase_is_refused_by_concept(phrase: str, complaint: str) -> None:
    """The message names the concept and what is wrong."""
    with pytest.raises(LexiconError, match=complaint) as refusal:
        phrases(phrase)
    assert "it:" in str(refusal.value)


@pytest.mark.parametrize("circle", [{"it": ["<it> more"]}, {"it": ["<other>"], "other": ["my <it>", "toe"]}])
def test_concepts_in_a_circle_are_refused(circle: dict[str, list[str]]) -> None:
    """The message names one of them."""
    with pytest.raises(LexiconError, match="it: refers to itself in a circle"):
        lexicon(circle)
