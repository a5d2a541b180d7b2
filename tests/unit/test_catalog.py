"""The catalogue refuses bad content and says where: every fault at once, by file, line and key."""

import shutil
from pathlib import Path

import pytest

from bot.catalog import load_catalog
from bot.domain.safety import Finding, Flag, Tier
from bot.domain.screening import Release
from tests.unit.made_content import edit, make_content, problems


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a made-up content folder, ready to be spoiled."""
    return make_content(tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("clinic.yaml", 'phone: "+12125550123"', "phone: 212 555 0123", "phone: String should match"),
        ("clinic.yaml", "map_url: https", "map_url: http", "map_url: String should match"),
        ("clinic.yaml", "country: US", "country: AQ", "emergency: has no numbers for AQ"),
        (
            "clinic.yaml",
            'emergency: "911"',
            "emergency: 911",
            "emergency.US.emergency: is not a text; put it in quotes",
        ),
        ("safety/rules.yaml", "tier: emergency", "tier: emergent", "'emergent' is not a tier"),
        ("safety/screening.yaml", "tier: urgent", "tier: urgently", "pages.1.questions.0.tier: Input should be"),
        ("safety/screening.yaml", "flag: pregnancy", "flag: pregnant", "pages.2.questions.0.flag: Input should be"),
        ("safety/screening.yaml", "id: S10", "id: S1", "pages: S1 is there twice"),
        ("safety/screening.yaml", "    asks_rating: true\n", "", "pages: one page asks_rating"),
        ("safety/screening.yaml", "until: cleared", "until: tuesday", "pages.2.questions.0.until: Input should be"),
        ("locales/en/ui.ftl", "screening-s10", "screening-s11", "screening-s10: is missing (screening.yaml asks it)"),
        ("safety/lexicon.en.yaml", "language: en", "language: es", "language: is es, but the file is named for en"),
        ("locales/en/replies.yaml", "  skip:", "  skipp:", "'skipp' is not an intent"),
        ("locales/en/replies.yaml", "fillers:", "filers:", "fillers: is missing"),
        ("locales/en/times.yaml", "{half: 30}", "{half: 0}", "'half' must be between 1 and 59"),
        ("locales/en/times.yaml", "  to: [to]", "  to: to", ":12: marks.to: Input should be a valid list"),
    ],
)
def test_a_slip_in_any_other_file_names_file_and_key(
    content: Path, file: str, old: str, new: str, problem: str
) -> None:
    """Card, safety lexicon, reply words and words for times are checked alike."""
    edit(content / file, old, new)
    found = problems(content)
    assert any(line.startswith(f"content/{file}") and problem in line for line in found), found


def test_every_problem_is_reported_at_once(content: Path) -> None:
    """Nobody has to start the bot five times to mend five slips."""
    edit(content / "clinic.yaml", "country: US", "country: usa")
    edit(content / "exercises" / "tilt" / "exercise.yaml", "repetitions: 8", "repetitions: 0")
    edit(content / "exercises" / "tilt" / "exercise.yaml", "repetitions: 4", "repetitions: 0")
    (content / "exercises" / "tilt" / "en.md").unlink()
    (content / "routines" / "getting-down.en.md").write_text("  \n")
    assert [line.split(": ")[:2] for line in problems(content)] == [
        ["content/clinic.yaml:12", "country"],
        ["content/exercises/tilt/exercise.yaml:2", "dose.repetitions"],
        ["content/exercises/tilt/exercise.yaml:3", "easier_dose.repetitions"],
        ["content/exercises/tilt/en.md", "is missing"],
        ["content/routines/getting-down.en.md", "is empty"],
    ]


def test_a_file_in_another_encoding_is_named(content: Path) -> None:
    """An editor that saves Latin-1 is a common cause of strange letters."""
    (content / "routines" / "getting-down.en.md").write_bytes("Bajar al suelo: despacio, señor".encode("latin-1"))
    assert problems(content) == ("content/routines/getting-down.en.md: is not saved as UTF-8",)


def test_a_folder_without_content_is_refused(tmp_path: Path) -> None:
    """A wrong path gives the names of the files that should be there, not a traceback."""
    assert "content/clinic.yaml: is missing" in problems(tmp_path / "content")


def test_a_half_translated_language_is_refused(content: Path) -> None:
    """A new ui.ftl calls for all the other words, the same keys and no unknown arguments."""
    (content / "locales" / "xx").mkdir()
    (content / "locales" / "xx" / "ui.ftl").write_text("aa-test = Hello { $nome }\nac-test = Extra\n")
    found = problems(content)
    ui = "content/locales/xx/ui.ftl"
    assert f"{ui}: aa-test: uses $nome, which English does not" in found
    assert f"{ui}: ab-test: is missing (English has it)" in found
    assert f"{ui}: ac-test: is not a key of English" in found
    assert "content/exercises/tilt/xx.md: is missing" in found
    assert "content/safety/lexicon.xx.yaml: is missing" in found
    assert "content/locales/xx/replies.yaml: is missing" in found
    assert "content/locales/xx/times.yaml: is missing" in found


def test_a_text_that_leaves_out_what_is_filled_in_is_refused(content: Path) -> None:
    """It may be the number to call."""
    (content / "locales" / "xx").mkdir()
    (content / "locales" / "xx" / "ui.ftl").write_text("aa-test = Hello\n")
    assert "content/locales/xx/ui.ftl: aa-test: leaves out $name, which English has" in problems(content)


def test_a_broken_message_file_names_its_line(content: Path) -> None:
    """Fluent alone would drop the message silently."""
    (content / "locales" / "en" / "ui.ftl").write_text("good = Yes\nbad = { $name\n")
    assert any(line.startswith("content/locales/en/ui.ftl:3: ") for line in problems(content))


def test_languages_other_than_english_follow_in_order(content: Path) -> None:
    """A complete second language is loaded and falls back on nothing."""
    for path in list(content.rglob("*")):
        if path.name in ("en.md", "getting-down.en.md", "lexicon.en.yaml"):
            other = path.with_name(path.name.replace("en.", "de."))
            other.write_text(path.read_text(encoding="utf-8").replace("language: en", "language: de"), encoding="utf-8")
    shutil.copytree(content / "locales" / "en", content / "locales" / "de")
    catalog = load_catalog(content)
    assert catalog.languages == ("en", "de")
    assert set(catalog.exercises["knee-rolls"]) == {"en", "de"}
    assert catalog.lexicons["de"].language == "de"


def test_the_questions_become_pages(content: Path) -> None:
    """Tier and flag make the finding of a yes, under the question's id; the weekly ones make a page of their own."""
    screening = load_catalog(content).routine.screening
    first, pain, last = screening.asked(weekly=False)
    (question,) = last.questions
    assert question.finding == Finding(Tier.REFERRAL, Flag.PREGNANCY, "S10", ())
    assert question.release is Release.CLEARED
    assert (first.asks_rating, pain.asks_rating, last.asks_rating) == (False, True, False)
    assert [page.questions for page in screening.asked(weekly=True)] == [first.questions]
