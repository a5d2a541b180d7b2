"""The real safety words have no fault, and every kind of fault is named with its file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.catalog import Catalog, ContentError, load_catalog
from bot.lexicon_check import idle_rules, lexicon_faults
from tests.unit.small_content import NEXT_LINE, RULES, WORDS, copy_small_content, write_words

Faults = Callable[[str, str], list[str]]


@pytest.fixture
def faults(tmp_path: Path) -> Faults:
    """Return what finds the faults of English words and rules, read from files of their own."""
    folder = copy_small_content(tmp_path)

    def find(words: str, rules: str) -> list[str]:
        path = write_words(folder, words, rules)
        lexicon = load_catalog(folder).lexicons["en"]
        return [*idle_rules({path: lexicon}), *lexicon_faults(path, lexicon)]

    return find


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_real_words_have_no_fault(catalog: Catalog, content: Path, language: str) -> None:
    """No flag without words, no phrase twice or covered by a stem."""
    found = list(lexicon_faults(content / "safety" / f"lexicon.{language}.yaml", catalog.lexicons[language]))
    assert found == [], "\n".join(found)


def test_small_words_without_fault_have_none(faults: Faults) -> None:
    """What the other tests break is sound."""
    assert faults(WORDS, RULES) == []


def test_an_unknown_concept_in_a_phrase_is_named(faults: Faults) -> None:
    """The words do not load; file, line, concept and the name that is unknown are told."""
    with pytest.raises(ContentError, match=r"lexicon\.en\.yaml.*word_11: <nowhere> is no concept"):
        faults(WORDS + "  word_11: numb <nowhere>\n", RULES)


def test_an_unknown_concept_in_a_rule_is_named(faults: Faults) -> None:
    """The words do not load; the rule and the name are told."""
    rules = RULES.replace("<word_0>", "<word_0> & <nowhere>")
    with pytest.raises(ContentError, match=r"rule cauda_equina: <nowhere> is no concept of the lexicon \(en\)"):
        faults(WORDS, rules)


def test_a_rule_that_no_message_makes_is_named(faults: Faults) -> None:
    """Each of its ways needs a concept without phrases: the concept's line is told."""
    rules = RULES + "  - {id: never, tier: urgent, flag: neuro, ways: [<word_1> & <empty>, <empty>]}\n"
    assert faults(WORDS + "  empty: ''\n", rules) == [
        f"lexicon.en.yaml:{NEXT_LINE}: rule never can never match: <empty> has no phrases"
    ]


def test_a_rule_with_one_way_that_can_be_made_is_no_fault(faults: Faults) -> None:
    """A language need not know every way to say a thing."""
    rules = RULES + "  - {id: some, tier: urgent, flag: neuro, ways: [<empty>, <word_1>]}\n"
    assert faults(WORDS + "  empty: ''\n", rules) == []


def test_a_flag_that_no_rule_finds_is_named(faults: Faults) -> None:
    """A language that cannot find a kind of thing at all is told so, also when the rule is there without words."""
    assert faults(WORDS, RULES.replace("flag: cancer", "flag: neuro")) == ["lexicon.en.yaml:1: no rule can find cancer"]
    wordless = faults(WORDS.replace("word_7: cancer", "word_7: ''"), RULES)
    assert "lexicon.en.yaml:1: no rule can find cancer" in wordless


def test_a_phrase_that_stands_twice_is_named(faults: Faults) -> None:
    """Spelling that is folded away makes no other phrase."""
    assert faults(WORDS + "  twice: |\n    cant feel, warm\n    never\n    Can't feel\n", RULES) == [
        f'lexicon.en.yaml:{NEXT_LINE + 3}: twice: "Can\'t feel" stands in line {NEXT_LINE + 1} already'
    ]


def test_a_phrase_that_a_stem_covers_is_named(faults: Faults) -> None:
    """A short word that a starred one matches anyway; a long one can be known with a slip, and so can a phrase."""
    assert faults(WORDS + "  covered: |\n    sor*,\n    soreness\n    sore, sore toes\n", RULES) == [
        f"lexicon.en.yaml:{NEXT_LINE + 3}: covered: 'sore' is covered by 'sor*'"
    ]


def test_a_rule_file_that_is_not_one_is_named(faults: Faults) -> None:
    """A tier that there is not, or a key that is misspelled, names its file."""
    with pytest.raises(ContentError, match=r"rules\.yaml"):
        faults(WORDS, RULES.replace("tier: urgent", "tier: dire", 1))
    with pytest.raises(ContentError, match=r"rules\.yaml"):
        faults(WORDS, RULES.replace("ways:", "way:", 1))
