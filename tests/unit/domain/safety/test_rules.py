"""Rules: which mentions together make a finding, and which finding wins."""

from typing import Any

import pytest

from bot.domain.safety import NOTHING, Finding, Flag, Lexicon, LexiconError, Rule, Tier, explain, triage, triage_in
from bot.domain.safety.rules import UNLESS_WORDS, WITHIN_WORDS
from tests.unit.domain.safety.tiny import finds, lexicon, phrases, rule

ABC = {"a": ["alpha"], "b": ["bravo"], "c": ["charlie"]}


def words(*ways: str, **more: Any) -> Lexicon:
    """Compile three concepts of one word each, and one rule."""
    return lexicon(ABC, rule(*ways, **more), context={"past_after": ["long ago"], "negated_after": ["not"]})


@pytest.mark.parametrize("text", ["alpha bravo", "bravo alpha", "a bravo and an alpha", "alpha alpha bravo"])
def test_an_ampersand_joins_in_either_order(text: str) -> None:
    """`<a> & <b>` needs both, in any order."""
    assert finds(text, words("<a> & <b>"))
    assert not finds("alpha alpha", words("<a> & <b>"))


def test_three_concepts_come_in_any_order() -> None:
    """All six orders make the rule; two of the three do not."""
    three = words("<a> & <b> & <c>")
    assert finds("charlie alpha bravo", three)
    assert finds("bravo charlie alpha", three)
    assert not finds("charlie alpha", three)


def test_an_arrow_joins_in_its_order() -> None:
    """`<a> > <b>` needs the first before the second."""
    assert finds("alpha bravo", words("<a> > <b>"))
    assert not finds("bravo alpha", words("<a> > <b>"))
    assert finds("alpha bravo charlie", words("<a> > <b> > <c>"))
    assert not finds("alpha charlie bravo", words("<a> > <b> > <c>"))


def test_any_of_several_ways_makes_a_rule() -> None:
    """Each way stands on its own."""
    either = words("<a> & <b>", "<c>")
    assert finds("charlie", either)
    assert finds("alpha bravo", either)
    assert not finds("alpha", either)


@pytest.mark.parametrize("within", [0, 3, None])
def test_neighbours_stand_near_each_other(within: int | None) -> None:
    """`within` is the most words between; where nothing is said, eight."""
    near = words("<a> & <b>", **({} if within is None else {"within": within}))
    most = WITHIN_WORDS if within is None else within
    assert finds("alpha " + "so " * most + "bravo", near)
    assert not finds("alpha " + "so " * (most + 1) + "bravo", near)


def test_a_rule_stays_within_a_sentence_unless_it_says_across() -> None:
    """A full stop parts two mentions, a comma does not."""
    assert finds("alpha, bravo", words("<a> & <b>"))
    assert not finds("alpha. bravo", words("<a> & <b>"))
    assert finds("alpha. bravo", words("<a> & <b>", across=True))


def test_unless_takes_a_rule_back_near_by() -> None:
    """A concept under `unless` counts before and after, but not far away."""
    alpha = words("<a>", unless=["c"])
    assert finds("alpha", alpha)
    assert not finds("alpha charlie", alpha)
    assert not finds("charlie alpha", alpha)
    assert finds("alpha " + "so " * (UNLESS_WORDS + 1) + "charlie", alpha)


def test_keeps_lets_a_rule_disregard_a_context() -> None:
    """A history is a history however long ago; what it does not keep still counts."""
    text = "long ago alpha"
    assert not finds(text, words("<a>"))
    assert finds(text, words("<a>", keeps=["past"]))
    assert not finds("not alpha", words("<a>", keeps=["past"]))


def test_context_of_one_mention_does_not_touch_another() -> None:
    """The same rule is made by the mention that nothing takes back."""
    assert finds("not alpha. alpha", words("<a>"))
    assert finds("alpha. not alpha", words("<a>"))


def test_the_highest_tier_wins_and_then_the_first_rule() -> None:
    """A later rule of a higher tier outranks; among equals the order of the rules decides."""
    several = lexicon(
        ABC,
        rule("<a>", id="low", tier="referral"),
        rule("<c>", id="first", flag="cancer"),
        rule("<b>", "<c>", id="second", flag="infection"),
    )
    assert triage("alpha", several).rule_id == "low"
    assert triage("alpha, bravo", several).rule_id == "second"
    assert triage("alpha, bravo, charlie", several) == Finding(Tier.URGENT, Flag.CANCER, "first", ((14, 21),))


def test_evidence_lists_each_mention_in_the_order_of_the_text() -> None:
    """The spans of a rule's mentions follow the text, not the rule."""
    text = "Bravo, then alpha"
    assert [text[slice(*span)] for span in triage(text, words("<a> & <b>")).evidence] == ["Bravo", "alpha"]


def test_the_gravest_language_wins_and_then_the_first() -> None:
    """Every language reads; equals go to the first; none at all is nothing."""
    english, other = phrases("alpha"), lexicon(ABC, rule("<a>", id="E", tier="emergency"))
    same = lexicon(ABC, rule("<a>", id="same"))
    assert triage_in("alpha", [english, other]).rule_id == "E"
    assert triage_in("alpha", [same, english]).rule_id == "same"
    assert triage_in("alpha", []) == NOTHING


def test_an_explanation_holds_what_context_took_back() -> None:
    """A rule that is made and taken back is told with its tier and why."""
    reading, (match,) = explain("not alpha", words("<a>"))
    assert {mention.concept for mention in reading.mentions} == {"a", "negated_after"}
    assert (match.rule.id, match.tier, set(match.contexts)) == ("U-test", Tier.NONE, {"negated"})


def test_a_figure_of_speech_silences_only_what_it_covers_wholly() -> None:
    """The idiom "fell asleep" silences "fell", once, and nothing that holds another word."""
    idiom = phrases("fell", "fell ... hurt", context={"idiom": ["fell asleep"]})
    assert not finds("I fell asleep", idiom)
    assert finds("I fell asleep, then fell", idiom)
    assert finds("I fell asleep hurt", idiom)


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"tier": "dire"}, "dire"),
        ({"flag": "mood"}, "mood"),
        ({"ways": ["alpha"]}, "angle brackets"),
        ({"ways": ["<a> & <b> > <c>"]}, "angle brackets"),
        ({"ways": ["<a> <b>"]}, "angle brackets"),
        ({"ways": [""]}, "angle brackets"),
        ({"keeps": ["forever"]}, "forever"),
    ],
)
def test_an_unusable_rule_is_refused_by_its_id(values: dict[str, Any], complaint: str) -> None:
    """The message names the rule and what is wrong."""
    data = {"id": "X9", "tier": "urgent", "flag": "neuro", "ways": ["<a>"], **values}
    with pytest.raises(LexiconError, match=complaint) as refusal:
        Rule.from_data(**data)
    assert "rule X9" in str(refusal.value)


@pytest.mark.parametrize("unknown", [rule("<a> & <nowhere>"), rule("<a>", unless=["nowhere"])])
def test_a_rule_of_an_unknown_concept_is_refused(unknown: Rule) -> None:
    """The message names rule, concept and language."""
    with pytest.raises(LexiconError, match=r"rule U-test: <nowhere> is no concept of the lexicon \(en\)"):
        lexicon(ABC, unknown)


def test_tiers_are_ordered_and_named() -> None:
    """A graver tier compares higher, and its stored name leads back to it."""
    assert Tier.NONE < Tier.REFERRAL < Tier.URGENT < Tier.EMERGENCY
    assert [Tier.from_label(tier.label) for tier in Tier] == list(Tier)
