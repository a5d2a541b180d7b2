"""The catalogue refuses bad content and says where: every fault at once, by file, line and key."""

import shutil
from pathlib import Path

import pytest

from bot.catalog import ContentError, load_catalog
from bot.domain.plan import Dose, Prescription, Variant
from bot.domain.safety import Finding, Flag, Tier
from bot.domain.screening import Release

SHIPPED = Path(__file__).parents[2] / "content"

EXERCISE = """\
sides: true
dose: {repetitions: 8, hold_breaths: 1}
easier_dose: {repetitions: 4}
bounds: {repetitions: 4-10, hold_breaths: 1}
cautions: []
sources: [A leaflet]
reviewer: null
review_date: null
"""
ROUTINE_FILE = "routines/lower-back.yaml"
LEXICON = """\
language: en
gap_words: 3
concepts:
  saddle: genitals
  numb: numb
context: {}
numbers: {one: 1}
ordinary: umber
"""
RULES = """\
rules:
  - {id: E1, tier: emergency, flag: cauda_equina, ways: [<numb> & <saddle>]}
"""
SCREENING = """\
pages:
  - id: first
    questions: [{id: S1, tier: emergency, flag: cauda_equina, weekly: true}]
  - id: pain
    asks_rating: true
    questions: [{id: S9, tier: urgent, flag: severe_pain}]
  - id: last
    optional: true
    questions: [{id: S10, tier: referral, flag: pregnancy, until: cleared}]
"""
REPLIES = """\
intents:
  done: [done]
  skip: [skip]
fillers: [please]
negations: [not]
numbers: {one: 1}
out_of: [out of]
rating_fillers: [about]
no_pain: [none]
"""
TIMES = """\
numbers: {one: 1}
fractions: {half: 30}
fractions_before_hour: [half]
past: [past]
to: [to]
named: {"12:00": [noon]}
day_parts: {"0-12": [am]}
hour_marks: [h]
fillers: [at]
"""
MESSAGES = """\
aa-test = Hello { $name }
ab-test = Bye
screening-page-first = First
screening-page-pain = Pain
screening-page-last = Last
screening-s1 = One
screening-s10 = Ten
level-one = One
level-one-about = First.
level-two = Two
level-two-about = Second.
"""
ROUTINE = """\
start: two
minimum: {exercise: tilt, dose: {repetitions: 4, hold_breaths: 1}, easier_dose: {repetitions: 2}}
levels:
  - id: one
    exercises:
      - exercise: knee-rolls
  - id: two
    exercises:
      - exercise: tilt
        dose: {repetitions: 10, hold_breaths: 1}
      - one_of:
          - exercise: knee-rolls
            variant: harder
          - exercise: walking
            dose: {minutes: 20}
    days:
      - weekdays: [mon, thu]
        exercises: [{exercise: tilt, variant: easier}]
"""
WORDS = """\
# Tilt

## Short
Lie and rock.

## Purpose
Why.

## Start
Lie down,
then rest.

Take your time.

## Alignment
- Back long
- Neck
  long

## Movement
Rock.

## Breathing
Out.

## Avoid
Rushing.

## Easier
Less.

## Harder
More.

## Stop
Pain.

## Care
Nobody.
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return the shipped content with one more exercise and with few words, ready to be spoiled."""
    folder = shutil.copytree(SHIPPED, tmp_path / "content", ignore=shutil.ignore_patterns("safety", "locales"))
    (folder / "safety").mkdir()
    (folder / "locales" / "en").mkdir(parents=True)
    (folder / "exercises" / "tilt").mkdir()
    (folder / "exercises" / "tilt" / "exercise.yaml").write_text(EXERCISE)
    (folder / "exercises" / "tilt" / "en.md").write_text(WORDS)
    (folder / "routines" / "lower-back.yaml").write_text(ROUTINE)
    (folder / "safety" / "lexicon.en.yaml").write_text(LEXICON)
    (folder / "safety" / "rules.yaml").write_text(RULES)
    (folder / "safety" / "screening.yaml").write_text(SCREENING)
    (folder / "locales" / "en" / "replies.yaml").write_text(REPLIES)
    (folder / "locales" / "en" / "times.yaml").write_text(TIMES)
    (folder / "locales" / "en" / "ui.ftl").write_text(MESSAGES)
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replace a passage that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(content: Path) -> tuple[str, ...]:
    """Return what the catalogue says about spoiled content."""
    with pytest.raises(ContentError) as caught:
        load_catalog(content)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def test_good_content_becomes_values(content: Path) -> None:
    """Wrapped lines join, an empty line parts paragraphs, list items get bullets."""
    text = load_catalog(content).exercises["tilt"]["en"]
    assert text.name == "Tilt"
    assert text.start == "Lie down, then rest.\nTake your time."
    assert text.alignment == "• Back long\n• Neck long"


def test_levels_become_a_programme(content: Path) -> None:
    """A level's dose replaces the exercise's; bounds become the most; days and rotations keep their order."""
    programme = load_catalog(content).programme
    one, two = programme.levels
    assert (programme.id, programme.start, one.id, two.id) == ("lower-back", 1, "one", "two")
    assert programme.minimum.dose == Dose(4, 1, None, sides=True)
    every_day, monday_and_thursday = two.sessions
    (tilt,), (rolls, walk) = every_day.steps
    assert tilt.prescription == Prescription("tilt", Dose(10, 1, None, sides=True), Dose(4, None, None, sides=True))
    assert tilt.most == Dose(10, 1, None, sides=True)
    assert rolls.prescription.variant is Variant.HARDER
    assert walk.prescription.dose == Dose(1, None, 1200, sides=False)
    assert walk.most == Dose(1, None, 1800, sides=False)
    assert (every_day.weekdays, monday_and_thursday.weekdays) == (frozenset(), frozenset({1, 4}))
    assert monday_and_thursday.steps[0][0].prescription.variant is Variant.EASIER


def test_a_new_person_s_routine_is_that_of_the_start(content: Path) -> None:
    """With the questions that are asked before it."""
    routine = load_catalog(content).routine
    assert (routine.id, routine.level) == ("lower-back", "two")
    assert routine.screening.pages


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("repetitions: 8", "repetitions: '8'", ":2: dose.repetitions: Input should be a valid integer"),
        ("repetitions: 8", "repetitions: 800", ":2: dose.repetitions: Input should be less than or equal to 30"),
        ("repetitions: 8", "repetitions: 7", ":2: dose: repetitions must be even"),
        ("hold_breaths: 1", "hold_breaths: 1, hold_seconds: 5", ":2: dose: give hold_breaths or hold_seconds"),
        ("repetitions: 4", "repetitons: 4", ":3: easier_dose.repetitons: is not a known key"),
        ("{repetitions: 4}", "{hold_breaths: 4}", ":3: easier_dose: give repetitions, or minutes instead"),
        ("{repetitions: 4}", "{minutes: 4, hold_breaths: 1}", ":3: easier_dose: minutes have no hold"),
        ("{repetitions: 4}", "{minutes: 4}", ":3: easier_dose: an exercise with sides has repetitions"),
        ("bounds: {repetitions: 4-10", "bounds: {repetitions: 10-4", ":4: bounds.repetitions: write the least and the"),
        ("repetitions: 4-10", "repetitions: four", ":4: bounds.repetitions: write the least and the most, as 4-10"),
        ("repetitions: 4-10", "repetitions: 4-9", ":4: bounds: repetitions must be even"),
        ("4-10, hold_breaths", "4-10, hold_breath", ":4: bounds.hold_breath: is not a known key"),
        ("repetitions: 8", "repetitions: 12", ":2: dose: repetitions is 12; the exercise's bounds are 4-10"),
        (
            "8, hold_breaths: 1}",
            "8, hold_seconds: 1}",
            ":2: dose: hold_breaths is missing; the exercise's bounds are 1",
        ),
        ("8, hold_breaths: 1}", "8, hold_seconds: 1}", ":2: dose: hold_seconds is 1, but the exercise's bounds have"),
        ("easier_dose: {repetitions: 4}", "easier_dose: {repetitions: 10}", ":3: easier_dose: is not smaller than the"),
        ("[A leaflet]", "[{NHS: leaflet}]", ":6: sources.0: is not a text; put it in quotes"),
        ("sources: [A leaflet]", "sources: []", ":6: sources: List should have at least 1 item"),
        ("cautions: []", "cautions: [knees]", ":5: cautions.0: Input should be 'calf-pain'"),
        ("cautions: []", "harder: knee-roll\ncautions: []", ":5: harder: there is no folder exercises/knee-roll"),
        ("cautions: []", "easier: tilt\ncautions: []", ":5: easier: names this exercise itself"),
        ("reviewer: null", "reviewer: Jo", ":8: review_date: reviewer and review_date go together"),
        ("cautions: []", "cautions: []\ncautions: []", ":6: cautions: is there twice"),
        ("sides: true", "sides: [", "not YAML"),
    ],
)
def test_a_slip_in_an_exercise_names_file_line_and_key(content: Path, old: str, new: str, problem: str) -> None:
    """An author can go straight to the place."""
    path = content / "exercises" / "tilt" / "exercise.yaml"
    edit(path, old, new)
    found = problems(content)
    assert any(line.startswith("content/exercises/tilt/exercise.yaml:") and problem in line for line in found), found


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("# Tilt\n", "", "en.md: the name (a first line that begins with #): is missing or empty"),
        ("## Avoid\nRushing.\n", "", "en.md: Avoid: is missing or empty"),
        ("Rushing.", "", "en.md:26: Avoid: is missing or empty"),
        (
            "Lie and rock.",
            "Rock. " * 80,
            "en.md:3: Short: is too long for a caption: the name, Short and Stop have 488",
        ),
        ("More.", "More. " * 80, "en.md:32: Harder: is too long for a caption"),
        ("Rushing.", "Rushing. " * 200, "en.md: is too long to read on a mat"),
        ("## Avoid", "## Avoids", "en.md:26: Avoids: is not a heading of this file; use Short, Purpose"),
        ("## Avoid", "## Stop", "Stop: is there twice"),
        ("# Tilt\n", "# Tilt\nHello\n", "en.md:2: text before the first heading"),
        ("Rushing.", "**Rushing**", "en.md:27: ** would be shown as it stands"),
        ("Rushing.", "<b>Rushing</b>", "en.md:27: < would be shown as it stands"),
    ],
)
def test_a_slip_in_a_text_names_file_line_and_heading(content: Path, old: str, new: str, problem: str) -> None:
    """Missing, doubled and unknown headings, and markup that would be shown raw."""
    edit(content / "exercises" / "tilt" / "en.md", old, new)
    found = problems(content)
    assert any(line.startswith("content/exercises/tilt/en.md") and problem in line for line in found), found


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("clinic.yaml", 'phone: "+12125550123"', "phone: 212 555 0123", "phone: String should match"),
        ("clinic.yaml", "map_url: https", "map_url: http", "map_url: String should match"),
        ("clinic.yaml", "country: US", "country: FR", "emergency: has no numbers for FR"),
        (
            "clinic.yaml",
            'emergency: "911"',
            "emergency: 911",
            "emergency.US.emergency: is not a text; put it in quotes",
        ),
        (ROUTINE_FILE, "start: two", "start: later", ":3: levels: start names later"),
        (
            ROUTINE_FILE,
            "- exercise: knee-rolls",
            "- exercise: knee-roll",
            ":6: levels.0.exercises.0.exercise: there is",
        ),
        (ROUTINE_FILE, "repetitions: 10", "repetitions: 9", ":9: levels.1.exercises.0: repetitions must be even"),
        (ROUTINE_FILE, "repetitions: 10", "repetitions: 12", ":10: levels.1.exercises.0.dose: repetitions is 12; the"),
        (ROUTINE_FILE, "minutes: 20", "minutes: 45", ":15: levels.1.exercises.1.one_of.1.dose: minutes is 45; the"),
        (ROUTINE_FILE, "{repetitions: 2}", "{repetitions: 6}", ":2: minimum: easier_dose is not smaller than the dose"),
        (
            ROUTINE_FILE,
            "{repetitions: 4, hold_breaths: 1}",
            "{repetitions: 8, hold_breaths: 1}",
            ":2: minimum: takes a",
        ),
        (
            ROUTINE_FILE,
            "      - one_of",
            "      - variant: easier\n        one_of",
            ": levels.1.exercises.1: one_of stands",
        ),
        (ROUTINE_FILE, "- exercise: knee-rolls", "- variant: easier", ":6: levels.0.exercises.0: name an exercise, or"),
        (ROUTINE_FILE, "variant: harder", "variant: hard", ":13: levels.1.exercises.1.one_of.0.variant: Input should"),
        (ROUTINE_FILE, "[mon, thu]", "[mon, mon]", ":16: levels.1.days: mon is there twice"),
        (ROUTINE_FILE, "[mon, thu]", "[monday]", ":17: levels.1.days.0.weekdays.0: Input should be 'mon'"),
        (
            ROUTINE_FILE,
            "exercises: [{exercise: tilt, variant: easier}]",
            f"exercises: [{', '.join(['{exercise: tilt}'] * 5)}]",
            ":18: levels.1.days.0.exercises: has 5 entries, and may have 4",
        ),
        (ROUTINE_FILE, "id: one", "id: two", ":3: levels: two levels have the same id"),
        (
            "locales/en/ui.ftl",
            "level-two-about",
            "level-too-about",
            "level-two-about: is missing (the routine has this",
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
        ("locales/en/times.yaml", "to: [to]", "to: to", ":5: to: Input should be a valid list"),
    ],
)
def test_a_slip_in_any_other_file_names_file_and_key(
    content: Path, file: str, old: str, new: str, problem: str
) -> None:
    """Card, routine, safety lexicon, reply words and words for times are checked alike."""
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
    assert (first.asks_rating, pain.asks_rating, last.is_optional) == (False, True, True)
    assert [page.questions for page in screening.asked(weekly=True)] == [first.questions]


def test_what_nobody_has_signed_is_a_warning(content: Path) -> None:
    """It names file, line and key; where a review is required it is a problem."""
    told = "content/exercises/tilt/exercise.yaml:7: reviewer: nobody has reviewed this exercise yet"
    assert told in load_catalog(content).warnings
    with pytest.raises(ContentError) as caught:
        load_catalog(content, require_review=True)
    assert told in caught.value.problems
    edit(content / "exercises" / "tilt" / "exercise.yaml", "reviewer: null", "reviewer: Jo")
    edit(content / "exercises" / "tilt" / "exercise.yaml", "review_date: null", "review_date: 2026-01-31")
    assert told not in load_catalog(content).warnings


def test_a_missing_picture_is_a_warning(content: Path) -> None:
    """What is missing of it is named."""
    path = content / "exercises" / "tilt"
    told = "content/exercises/tilt/exercise.yaml: has no picture yet"
    assert f"{told} (figure.yaml, *.mp4, *.png)" in load_catalog(content).warnings
    for name in ("figure.yaml", "still.png"):
        (path / name).write_bytes(b"?")
    assert f"{told} (*.mp4)" in load_catalog(content).warnings
    (path / "animation.mp4").write_bytes(b"?")
    assert not any(told in warning for warning in load_catalog(content).warnings)


def test_a_day_that_is_too_short_or_too_long_is_a_warning(content: Path) -> None:
    """From its shortest rotation to the longest with all growth; a walk is not counted."""
    told = (
        "content/routines/lower-back.yaml:7: levels.1: its exercises take 1.9 to 3.8 minutes; a day is to take 5 to 10"
    )
    assert told in load_catalog(content).warnings
