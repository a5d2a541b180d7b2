"""Context: what is denied, past, only asked about or somebody else's, and what is not although it looks so."""

import pytest

from bot.domain.safety import Lexicon, Tier, triage
from bot.domain.safety.context import NEXT_WORDS, SCOPE_WORDS
from tests.unit.domain.safety.tiny import finds, lexicon, rule

SYMPTOMS = {"numb": ["numb"], "weak": ["weak"], "lost": ["no feeling", "never stops", "cant ... feel"]}
CONTEXT = {
    "negated_after": ["no", "not", "never"],
    "negated_before": ["ruled out"],
    "negated_next": ["nada"],
    "negated_sentence": ["all clear"],
    "past_after": ["years ago"],
    "past_before": ["as a kid"],
    "asked_after": ["what if"],
    "asked_sentence": ["hypothetically"],
    "other_after": ["my mum"],
    "negated_question": ["no", "nope", "no never"],
    "past_earlier": ["all of that went"],
    "other_sentence": ["in the film"],
    "terminator": ["but", "except"],
    "list_word": ["or"],
    "not_a_cue": ["not only", "no doubt"],
    "present": ["now"],
    "ongoing": ["still"],
}
WORDS = lexicon(
    SYMPTOMS, rule("<numb>", id="numb"), rule("<weak>", id="weak"), rule("<lost>", id="lost"), context=CONTEXT
)


@pytest.mark.parametrize(
    "text",
    [
        "no numb toes",
        "numb was ruled out",
        "nada numb",
        "numb and all clear",
        "all clear and numb",
        "years ago it went numb",
        "numb as a kid",
        "what if it goes numb",
        "numb, hypothetically",
        "hypothetically, it is numb",
        "my mum is numb",
        "numb like in the film",
        "numb? no",
        "anything numb or weak? nope, all fine",
        "It was numb. It was weak for a year. Then all of that went!",
    ],
)
def test_a_cue_takes_back_what_lies_in_its_direction(text: str) -> None:
    """Cues reach forward, backward, a few words, or over the sentence."""
    assert not finds(text, WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "numb. no",
        "numb? no idea",
        "is it bad that I have been so very numb for days? no",
        "all of that went but now it is numb",
        "numb, and not sure what else",
        "ruled out flu but numb",
        "numb for years ago nothing",
        "as a kid. numb",
        "numb what if",
        "numb. all clear",
        "hypothetically. numb",
        "numb is my mum",
    ],
)
def test_a_cue_leaves_alone_what_lies_elsewhere(text: str) -> None:
    """The other direction and the other sentence are not its business."""
    assert finds(text, WORDS)


@pytest.mark.parametrize(("cue", "words"), [("no", SCOPE_WORDS), ("what if", SCOPE_WORDS), ("nada", NEXT_WORDS)])
def test_a_scope_ends_after_its_words(cue: str, words: int) -> None:
    """A cue speaks of what follows within its words, not of what comes later."""
    assert not finds(f"{cue} {'so ' * (words - 1)}numb", WORDS)
    assert finds(f"{cue} {'so ' * words}numb", WORDS)


def test_a_scope_backward_ends_after_its_words() -> None:
    """The same number of words counts before a cue."""
    assert not finds(f"numb {'so ' * (SCOPE_WORDS - 1)}as a kid", WORDS)
    assert finds(f"numb {'so ' * SCOPE_WORDS}as a kid", WORDS)


@pytest.mark.parametrize("word", ["but", "except"])
@pytest.mark.parametrize("cue", ["no", "years ago", "what if", "my mum", "hypothetically", "all clear"])
def test_a_terminator_ends_every_scope(cue: str, word: str) -> None:
    """After "but" the message speaks of something else."""
    assert finds(f"{cue} weak {word} numb", WORDS)


@pytest.mark.parametrize("cue", ["ruled out", "as a kid"])
def test_a_terminator_ends_a_scope_backward(cue: str) -> None:
    """What stands before "but" is not what the cue behind it speaks of."""
    assert finds(f"numb but weak {cue}", WORDS)
    assert triage(f"numb but weak {cue}", WORDS).rule_id == "numb"


def test_a_negation_takes_back_its_own_item_only() -> None:
    """A comma ends a negation, forward and backward."""
    assert finds("no weak legs, numb", WORDS)
    assert finds("numb, weak ruled out", WORDS)


@pytest.mark.parametrize("text", ["no weak legs, numb or sore", "not weak, cold, numb or sore", "no weak or numb legs"])
def test_a_list_with_or_is_denied_as_a_whole(text: str) -> None:
    """Commas of a list that "or" goes on do not end the negation."""
    assert not finds(text, WORDS)


def test_a_sentence_behind_a_comma_is_no_item_of_a_list() -> None:
    """An item is short; what is long, or in another sentence, is no item."""
    assert finds("no weak legs, numb since we walked the dog on Friday or so", WORDS)
    assert finds("no weak legs, numb. sore or so", WORDS)


@pytest.mark.parametrize("text", ["no feeling", "it never stops", "i cant even feel", "no weak legs no feeling"])
def test_a_negation_that_is_the_symptom_is_no_cue(text: str) -> None:
    """Words of a symptom's phrase are the symptom, and deny neither it nor what follows."""
    assert triage(text, WORDS).rule_id == "lost"
    assert finds(f"{text} numb", WORDS)


def test_a_negation_that_a_gap_steps_over_is_a_cue() -> None:
    """What `...` steps over stands in a phrase, not for it."""
    assert not finds("cant not feel", WORDS)
    assert finds("cant just feel", WORDS)


@pytest.mark.parametrize("text", ["not only numb", "no doubt numb"])
def test_words_that_look_like_a_cue_are_listed(text: str) -> None:
    """A longer phrase under `not_a_cue` makes its words none."""
    assert finds(text, WORDS)


def test_a_cue_that_names_the_thing_speaks_of_itself() -> None:
    """The question "is sciatica dangerous" may stand as one cue."""
    words = lexicon({"it": ["sciatica"]}, context={"asked_before": ["is sciatica dangerous"]})
    assert not finds("is sciatica dangerous", words)
    assert finds("i have sciatica", words)


def test_what_is_past_and_goes_on_is_for_a_referral() -> None:
    """Past is nothing; past with a word for going on is one tier of its own."""
    assert triage("years ago it went numb", WORDS).tier is Tier.NONE
    assert triage("years ago it went numb, still there", WORDS).tier is Tier.REFERRAL
    assert triage("not numb, still there", WORDS).tier is Tier.NONE


def test_somebody_elses_trouble_of_now_is_a_finding() -> None:
    """A word of now in the same sentence, before or after, brings another person's danger back."""
    assert not finds("my mum is numb", WORDS)
    assert finds("my mum is numb now", WORDS)
    assert finds("now my mum is numb", WORDS)
    assert not finds("my mum is numb. now what", WORDS)


def test_now_does_not_undo_another_context() -> None:
    """What is denied now is denied."""
    assert not finds("not numb now", WORDS)
    assert not finds("what if now it goes numb", WORDS)


def test_a_chain_is_taken_back_when_one_part_of_it_is() -> None:
    """A rule of two parts needs both to be meant: "not numb, leg fine" is no numb leg."""
    both = lexicon({"numb": ["numb"], "leg": ["leg"]}, rule("<numb> & <leg>"), context=CONTEXT)
    assert finds("numb leg", both)
    assert not finds("not numb, leg", both)


def test_a_message_without_cues_has_no_contexts() -> None:
    """Most messages have none, and none is looked for."""
    assert WORDS.read("numb toes").contexts == ()


def _misnamed() -> Lexicon:
    return lexicon(SYMPTOMS, context={"negated_sideways": ["no"]})


def test_an_unknown_cue_is_refused_by_its_name() -> None:
    """The message names the key and lists those there are."""
    with pytest.raises(ValueError, match=r"'negated_sideways' is no cue; use one of .*negated_after"):
        _misnamed()
