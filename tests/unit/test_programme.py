"""Exercises and routine: from their files to a programme, refused by file, line and key where they make no sense."""

from pathlib import Path

import pytest

from bot.catalog import ContentError, load_catalog
from bot.domain.plan import Dose, Prescription, Variant
from tests.unit.made_content import edit, make_content, problems


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a made-up content folder, ready to be spoiled."""
    return make_content(tmp_path)


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
        ("[A leaflet]\n", "\n", ":6: sources: Input should be a valid list"),
        ("sources: [A leaflet]\n", "", "exercise.yaml: sources: is missing"),
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
        ("## Picture\nSomebody lies and rocks.\n", "", "en.md: Picture: is missing or empty"),
        ("lies and rocks.", "rocks. " * 50, "en.md:41: Picture: is too long to be read out: 358 characters, of 300"),
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
    told = [f"content/exercises/tilt/{name}: is missing; " for name in ("figure.yaml", "animation.mp4", "still.png")]
    found = [line for line in load_catalog(content).warnings if "is missing" in line]
    assert [line[: len(begin)] for line, begin in zip(found, told, strict=True)] == told
    assert found[1].endswith("lumbar content render tilt draws it")
    for name in ("figure.yaml", "animation.mp4", "still.png"):
        (path / name).write_bytes(b"?")
    assert not any("is missing" in warning for warning in load_catalog(content).warnings)


def test_two_exercises_cannot_both_be_the_harder_one(content: Path) -> None:
    """A link that leads round in a circle is named where it stands, on both sides."""
    for name, other in (("tilt", "walking"), ("walking", "tilt")):
        edit(content / "exercises" / name / "exercise.yaml", "cautions:", f"harder: {other}\ncautions:")
    found = [line for line in problems(content) if "names this exercise as harder too" in line]
    assert [line.split(":")[0] for line in found] == [
        "content/exercises/tilt/exercise.yaml",
        "content/exercises/walking/exercise.yaml",
    ]


def test_a_day_that_is_too_short_or_too_long_is_a_warning(content: Path) -> None:
    """From its shortest rotation to the longest with all growth; a walk is not counted."""
    told = (
        "content/routines/lower-back.yaml:7: levels.1: its exercises take 1.9 to 3.8 minutes; a day is to take 5 to 10"
    )
    assert told in load_catalog(content).warnings


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("start: two", "start: later", ":3: levels: start names later"),
        (
            "- exercise: knee-rolls",
            "- exercise: knee-roll",
            ":6: levels.0.exercises.0.exercise: there is",
        ),
        ("repetitions: 10", "repetitions: 9", ":9: levels.1.exercises.0: repetitions must be even"),
        ("repetitions: 10", "repetitions: 12", ":10: levels.1.exercises.0.dose: repetitions is 12; the"),
        ("minutes: 20", "minutes: 45", ":15: levels.1.exercises.1.one_of.1.dose: minutes is 45; the"),
        ("{repetitions: 2}", "{repetitions: 6}", ":2: minimum: easier_dose is not smaller than the dose"),
        (
            "{repetitions: 4, hold_breaths: 1}",
            "{repetitions: 8, hold_breaths: 1}",
            ":2: minimum: takes a",
        ),
        (
            "      - one_of",
            "      - variant: easier\n        one_of",
            ": levels.1.exercises.1: one_of stands",
        ),
        ("- exercise: knee-rolls", "- variant: easier", ":6: levels.0.exercises.0: name an exercise, or"),
        ("variant: harder", "variant: hard", ":13: levels.1.exercises.1.one_of.0.variant: Input should"),
        ("[mon, thu]", "[mon, mon]", ":16: levels.1.days: mon is there twice"),
        ("[mon, thu]", "[monday]", ":17: levels.1.days.0.weekdays.0: Input should be 'mon'"),
        (
            "exercises: [{exercise: tilt, variant: easier}]",
            f"exercises: [{', '.join(['{exercise: tilt}'] * 5)}]",
            ":18: levels.1.days.0.exercises: has 5 entries, and may have 4",
        ),
        ("id: one", "id: two", ":3: levels: two levels have the same id"),
    ],
)
def test_a_slip_in_the_routine_names_file_line_and_key(content: Path, old: str, new: str, problem: str) -> None:
    """Levels, days, rotations and the minimum are checked alike."""
    edit(content / "routines" / "lower-back.yaml", old, new)
    found = problems(content)
    assert any(line.startswith("content/routines/lower-back.yaml:") and problem in line for line in found), found


def test_a_level_that_no_language_names_is_a_problem(content: Path) -> None:
    """People read its name, and a sentence about it."""
    edit(content / "locales" / "en" / "ui.ftl", "level-two-about", "level-too-about")
    told = "content/locales/en/ui.ftl: level-two-about: is missing (the routine has this level)"
    assert told in problems(content)
