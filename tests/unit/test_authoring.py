"""The authors' commands: what they tell of a message, of many, and of content, without a command line."""

import json
from pathlib import Path

import pytest

from bot.authoring import NotALine, answers, check_content, explained
from bot.catalog import ContentError
from bot.settings import Settings, load_settings
from tests.knowledge import read_once
from tests.unit.small_content import NEXT_LINE, copy_small_content


@pytest.fixture(autouse=True)
def content_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read each content folder once for all tests: it takes longer than they do."""
    monkeypatch.setattr("bot.authoring.load_catalog", read_once)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return settings that name a small content folder; tests that change it make one of their own."""
    return named(copy_small_content(tmp_path_factory.mktemp("small")))


def named(content_dir: Path) -> Settings:
    """Return settings that name a content folder."""
    return load_settings(env_file=None, content_dir=content_dir)


def add_line(path: Path, line: str) -> None:
    """Write a line behind the last one."""
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")


def asked(settings: Settings, *lines: object) -> list[dict[str, object]]:
    """Ask about JSON lines and return the answers."""
    return list(answers((json.dumps(line) for line in lines), settings))


def test_an_explanation_tells_words_mentions_context_and_result(settings: Settings) -> None:
    """What matched, what context did, which rule won."""
    assert list(explained("No fever. Numb Toes!", None, settings)) == [
        "Read in en as: no fever numb toes",
        "  'no' is negated_after",
        "  'fever' is word_6",
        "  'numb toes' is word_0",
        "  rule cauda_equina (emergency, cauda_equina) matches: emergency",
        "  rule infection (urgent, infection) matches, but context says negated: nothing",
        "Result: emergency, cauda_equina, by rule cauda_equina.",
    ]


def test_an_ordinary_message_is_told_to_be_one(settings: Settings) -> None:
    """Nothing that matched is told as that."""
    assert list(explained("hello", "en", settings))[-1] == "Result: nothing that needs a safety reply."
    assert list(explained("", "en", settings))[-1] == "Result: nothing that needs a safety reply."


def test_a_language_without_words_is_refused(settings: Settings) -> None:
    """The message names those there are."""
    with pytest.raises(NotALine, match="no safety words for 'xx'; there are for en"):
        list(explained("hello", "xx", settings))


def test_an_answer_has_the_line_s_id_and_what_was_found(settings: Settings) -> None:
    """Each line is answered in its order, an ordinary one too; the id is given back as it came."""
    assert asked(settings, {"id": 7, "text": "My numb toes", "lang": "en"}, {"id": "b", "text": "hello"}) == [
        {
            "id": 7,
            "tier": "emergency",
            "flag": "cauda_equina",
            "rule": "cauda_equina",
            "evidence": ["numb toes"],
        },
        {"id": "b", "tier": "none", "flag": "none", "rule": None, "evidence": []},
    ]


@pytest.mark.parametrize("lang", [None, "xx", 5, ["en"], ""])
def test_a_language_that_is_not_known_means_every_language(settings: Settings, lang: object) -> None:
    """A message is never left unread for its label."""
    (answer,) = asked(settings, {"id": 1, "text": "numb toes", "lang": lang})
    assert answer["tier"] == "emergency"


def test_blank_lines_are_left_out_and_nothing_is_answered_with_nothing(settings: Settings) -> None:
    """A file may end with an empty line, or be empty."""
    assert list(answers(["\n", "  \n"], settings)) == []
    assert list(answers([], settings)) == []


@pytest.mark.parametrize("line", ["hello", "[]", "5", "null", '{"id": 1}', '{"id": 1, "text": "hi"', '"text"'])
def test_a_line_that_is_not_of_the_form_is_named_by_its_number(settings: Settings, line: str) -> None:
    """Lines are counted from one, blank ones too."""
    lines = iter(['{"id": 1, "text": "numb toes"}', "", line])
    given = answers(lines, settings)
    assert next(given)["tier"] == "emergency"
    with pytest.raises(NotALine, match="line 3 is not JSON of the form"):
        next(given)


def test_sound_content_is_told_in_tables_and_not_refused(settings: Settings) -> None:
    """The headline, tiers and flags of every language."""
    checked = check_content(settings, brief=True)
    report = "\n".join(checked.report)
    assert checked.refusals == ()
    assert "emergencies answered as emergency" in report
    assert "Tiers (en)" in report
    assert "Flags (en)" in report


def test_only_the_long_report_lists_cases_with_the_wrong_tier(tmp_path: Path) -> None:
    """A wrong tier of the built-on half that is no missed emergency is listed, and no reason to refuse."""
    folder = copy_small_content(tmp_path)
    add_line(folder / "safety" / "cases.en.jsonl", '{"text": "warm toes 1", "tier": "urgent", "flag": "neuro"}')
    told = "cases.en.jsonl:3: urgent expected, none given: warm toes 1"
    assert told in check_content(named(folder), brief=False).report
    brief = check_content(named(folder), brief=True)
    assert told not in brief.report
    assert brief.refusals == ()


def test_content_is_refused_for_an_emergency_that_is_not_read_as_one(tmp_path: Path) -> None:
    """File, line and message are named."""
    folder = copy_small_content(tmp_path)
    add_line(folder / "safety" / "cases.en.jsonl", '{"text": "warm toes 1", "tier": "emergency", "flag": "neuro"}')
    assert check_content(named(folder), brief=True).refusals == (
        "cases.en.jsonl:3: an emergency is not read as one: warm toes 1",
    )


def test_content_is_refused_for_a_fault_of_its_words(tmp_path: Path) -> None:
    """File, line and fault are named."""
    folder = copy_small_content(tmp_path)
    add_line(folder / "safety" / "lexicon.en.yaml", "  twice: warm, Warm")
    assert check_content(named(folder), brief=True).refusals == (
        f"lexicon.en.yaml:{NEXT_LINE}: twice: 'Warm' stands in line {NEXT_LINE} already",
    )


@pytest.mark.parametrize("line", ["hello", '{"text": "hi"}', '{"text": "hi", "tier": "dire", "flag": "neuro"}'])
def test_a_case_that_is_none_is_named(tmp_path: Path, line: str) -> None:
    """Cases that cannot be read are content that cannot be read: file and line are told."""
    folder = copy_small_content(tmp_path)
    add_line(folder / "safety" / "cases.en.jsonl", line)
    with pytest.raises(ContentError, match=r"cases\.en\.jsonl:3: is no case"):
        check_content(named(folder), brief=True)


def test_warnings_are_told_and_refuse_nothing(settings: Settings) -> None:
    """An exercise that nobody has signed is one."""
    checked = check_content(settings, brief=True)
    assert any("knee-rolls/exercise.yaml" in warning and "reviewed" in warning for warning in checked.warnings)
    assert checked.refusals == ()


def test_a_required_review_refuses_what_nobody_has_signed(settings: Settings) -> None:
    """Before real people use the bot."""
    with pytest.raises(ContentError, match=r"knee-rolls/exercise\.yaml:\d+: reviewer: nobody has reviewed"):
        check_content(settings, brief=True, require_review=True)


def test_content_is_refused_for_a_plan_that_leads_elsewhere(tmp_path: Path) -> None:
    """A level that was changed no longer fits the clinician's cases."""
    folder = copy_small_content(tmp_path)
    routine = folder / "routines" / "lower-back.yaml"
    text = routine.read_text(encoding="utf-8")
    routine.write_text(
        text.replace("dose: {repetitions: 5, hold_seconds: 5}", "dose: {repetitions: 6, hold_seconds: 5}")
    )
    refusals = check_content(named(folder), brief=True).refusals
    assert any("plan-cases.yaml" in line and "back-extensions is Dose" in line for line in refusals), refusals


def test_phrases_are_checked_with_the_content(tmp_path: Path) -> None:
    """One that is read as something else is named with file and line, and what it was read as."""
    folder = copy_small_content(tmp_path)
    phrases = folder / "locales" / "en" / "phrases.jsonl"
    phrases.write_text('{"text": "done", "state": "exercising", "event": "skip"}\n', encoding="utf-8")
    (refusal,) = check_content(named(folder), brief=True).refusals
    assert refusal == "locales/en/phrases.jsonl:1: 'done' is read as done {}, not skip {}"


@pytest.mark.parametrize("line", ["hello", '{"text": "hi"}', '{"text": "hi", "event": "done", "state": "asleep"}'])
def test_a_phrase_that_is_none_is_named(tmp_path: Path, line: str) -> None:
    """Phrases that cannot be read are content that cannot be read: file and line are told."""
    folder = copy_small_content(tmp_path)
    (folder / "locales" / "en" / "phrases.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"locales/en/phrases\.jsonl:1: is no phrase"):
        check_content(named(folder), brief=True)
