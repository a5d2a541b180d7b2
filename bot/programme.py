"""Exercises and the routine made of them, from their files to a programme: what takes more than one file to judge.

* Every dose of the routine lies within the bounds of its exercise, and the easier dose is smaller than the dose.
* An exercise that another one names is there, and so is every exercise of the routine.
* What is shown with the picture of an exercise fits a caption of `MOST_IN_CAPTION` characters with its labels and dose.

Those are faults. What an author should know but the bot can work with is a warning: nobody has signed an exercise yet,
a picture is missing, a day takes less than five minutes or more than ten.

Which keys there are belongs to ``bot.exercise_schema``, what is done with a programme to ``bot.domain.plan``.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.content_files import ContentFiles
from bot.domain.levels import MOST_GROWTH
from bot.domain.plan import (
    SECONDS_A_MINUTE,
    SECONDS_TO_SETTLE,
    Choice,
    DayPlan,
    Dose,
    Level,
    Prescription,
    Programme,
    Variant,
    grown,
)
from bot.domain.screening import Questionnaire
from bot.exercise_schema import WEEKDAYS, ChoiceEntry, ExerciseFile, LevelEntry, RoutineFile, StepEntry
from bot.presentation.content import ExerciseText

MOST_IN_CAPTION = 600
LABELS_AND_DOSE = 160  # characters of a caption that are not the author's words
MOST_IN_HOW_TO = 1800  # without what tells of the picture
MOST_OF_THE_PICTURE = 300
LEAST_MINUTES, MOST_MINUTES = 5, 10
PICTURES = {
    "figure.yaml": "the pictures are drawn from it (docs/figures.md)",
    "animation.mp4": "lumbar content render {name} draws it",
    "still.png": "lumbar content render {name} draws it",
}
HEADINGS = {
    "Short": "short",
    "Purpose": "purpose",
    "Start": "start",
    "Alignment": "alignment",
    "Movement": "movement",
    "Breathing": "breathing",
    "Avoid": "avoid",
    "Easier": "easier",
    "Harder": "harder",
    "Stop": "stop",
    "Care": "care",
    "Picture": "picture",
}

Exercises = Mapping[str, ExerciseFile | None]


def read_exercises(files: ContentFiles, folder: Path, *, require_review: bool) -> Exercises:
    """Return every exercise by the name of its folder, None where its file was refused."""
    unreviewed = files.report if require_review else files.warn
    names = sorted(path.name for path in folder.glob("[!._]*") if path.is_dir())
    exercises = {name: files.read_yaml(folder / name / "exercise.yaml", ExerciseFile) for name in names}
    for name, exercise in exercises.items():
        if exercise is not None:
            path = folder / name / "exercise.yaml"
            _judge_exercise(files, path, exercise, exercises)
            if exercise.reviewer is None:
                unreviewed(path, "nobody has reviewed this exercise yet", key="reviewer")
    return exercises


def read_exercise_text(files: ContentFiles, path: Path) -> ExerciseText | None:
    """Return an exercise's words in one language, None where they were refused."""
    sections = files.read_sections(path, HEADINGS)
    if sections is None:
        return None
    text = ExerciseText(name=sections[""], **{field: sections[heading] for heading, field in HEADINGS.items()})
    room = MOST_IN_CAPTION - LABELS_AND_DOSE
    for heading in ("Short", "Easier", "Harder"):
        length = len(text.name) + len(sections[heading]) + len(text.stop)
        if length > room:
            problem = (
                f"is too long for a caption: the name, {heading} and Stop have {length} characters, of {room} at most"
            )
            files.report(path, problem, key=heading)
    if (length := len(text.picture)) > MOST_OF_THE_PICTURE:
        problem = f"is too long to be read out: {length} characters, of {MOST_OF_THE_PICTURE} at most"
        files.report(path, problem, key="Picture")
    if (length := sum(len(section) for section in sections.values()) - length) > MOST_IN_HOW_TO:
        files.report(path, f"is too long to read on a mat: {length} characters, of {MOST_IN_HOW_TO} at most")
    return text


def own_choices(exercises: Exercises) -> dict[str, Choice]:
    """Return every exercise as its own file prescribes it."""
    choices = {}
    for name, exercise in exercises.items():
        if exercise is not None:
            dose, easier = (entry.with_sides(exercise.sides) for entry in (exercise.dose, exercise.easier_dose))
            choices[name] = Choice(Prescription(name, dose, easier), exercise.bounds.most(sides=exercise.sides))
    return choices


def read_programme(files: ContentFiles, path: Path, exercises: Exercises, screening: Questionnaire) -> Programme | None:
    """Return the routine with all its levels, None where anything in it was refused."""
    routine = files.read_yaml(path, RoutineFile)
    if routine is None:
        return None
    before = len(files.problems)
    steps = _Steps(files, path, exercises)
    minimum = steps.choice(routine.minimum, "minimum")
    if minimum is not None and minimum.prescription.dose.estimated_seconds >= SECONDS_A_MINUTE:
        files.report(path, "takes a minute or more; the minimum of a bad day takes less", key="minimum")
    levels = tuple(steps.level(level, f"levels.{number}") for number, level in enumerate(routine.levels))
    if len(files.problems) > before or minimum is None or None in exercises.values():
        return None
    start = [level.id for level in levels].index(routine.start)
    return Programme(path.stem, levels, start, minimum.prescription, screening)


def _judge_exercise(files: ContentFiles, path: Path, exercise: ExerciseFile, exercises: Exercises) -> None:
    for key, other in exercise.neighbours.items():
        beyond = exercises.get(other)
        if other not in exercises:
            files.report(path, f"there is no folder exercises/{other}", key=key)
        elif other == path.parent.name:
            files.report(path, "names this exercise itself", key=key)
        elif beyond is not None and beyond.neighbours.get(key) == path.parent.name:
            files.report(path, f"{other} names this exercise as {key} too; only one can be", key=key)
    for fault in exercise.bounds.faults(exercise.dose):
        files.report(path, fault, key="dose")
    dose, easier = (entry.with_sides(exercise.sides) for entry in (exercise.dose, exercise.easier_dose))
    if not _is_smaller(easier, dose):
        files.report(path, "is not smaller than the dose", key="easier_dose")
    for name, remedy in PICTURES.items():
        if not (path.parent / name).is_file():
            files.warn(path.parent / name, f"is missing; {remedy.format(name=path.parent.name)}")


def _is_smaller(easier: Dose, dose: Dose) -> bool:
    return easier.repetitions <= dose.repetitions and easier.estimated_seconds < dose.estimated_seconds


class _Steps:
    """Turns the entries of one routine into values, and reports under their keys."""

    def __init__(self, files: ContentFiles, path: Path, exercises: Exercises) -> None:
        self._files = files
        self._path = path
        self._exercises = exercises

    def level(self, level: LevelEntry, key: str) -> Level:
        """Return a level; one with faults lacks what has them."""
        days = [DayPlan(tuple(self._steps(level.exercises, f"{key}.exercises")))]
        for number, day in enumerate(level.days):
            weekdays = frozenset(WEEKDAYS.index(weekday) + 1 for weekday in day.weekdays)
            days.append(DayPlan(tuple(self._steps(day.exercises, f"{key}.days.{number}.exercises")), weekdays))
        for plan in days:
            self._judge_minutes(plan, key)
        return Level(level.id, tuple(days))

    def choice(self, entry: ChoiceEntry, key: str) -> Choice | None:
        """Return an exercise with its doses, None where its file or anything here is at fault."""
        if entry.exercise not in self._exercises:
            self._files.report(self._path, f"there is no folder exercises/{entry.exercise}", key=f"{key}.exercise")
        exercise = self._exercises.get(entry.exercise)
        if exercise is None:
            return None
        try:
            dose = (entry.dose or exercise.dose).with_sides(exercise.sides)
            easier = (entry.easier_dose or exercise.easier_dose).with_sides(exercise.sides)
        except ValueError as error:
            self._files.report(self._path, str(error), key=key)
            return None
        for fault in exercise.bounds.faults(entry.dose or exercise.dose):
            self._files.report(self._path, fault, key=f"{key}.dose")
        if not _is_smaller(easier, dose):
            self._files.report(self._path, "easier_dose is not smaller than the dose", key=key)
        prescription = Prescription(entry.exercise, dose, easier, Variant(entry.variant))
        return Choice(prescription, exercise.bounds.most(sides=exercise.sides))

    def _steps(self, entries: Sequence[StepEntry], key: str) -> Iterator[tuple[Choice, ...]]:
        for number, entry in enumerate(entries):
            found = [self.choice(choice, f"{key}.{number}{below}") for below, choice in entry.choices.items()]
            if choices := tuple(choice for choice in found if choice is not None):
                yield choices

    def _judge_minutes(self, plan: DayPlan, key: str) -> None:
        """Warn of a day whose exercises take less than five minutes, or more than ten once they have grown."""
        ungrown = [[self._seconds(choice, 0) for choice in choices] for choices in plan.steps]
        largest = [[self._seconds(choice, MOST_GROWTH) for choice in choices] for choices in plan.steps]
        least, most = sum(map(min, ungrown)) / SECONDS_A_MINUTE, sum(map(max, largest)) / SECONDS_A_MINUTE
        if least < LEAST_MINUTES or most > MOST_MINUTES:
            told = f"its exercises take {least:.1f} to {most:.1f} minutes; a day is to take 5 to 10"
            self._files.warn(self._path, told, key=key)

    def _seconds(self, choice: Choice, growth: int) -> int:
        exercise = self._exercises[choice.prescription.exercise_id]
        if exercise is None or exercise.off_the_mat:
            return 0
        return SECONDS_TO_SETTLE + grown(choice.prescription.dose, growth, choice.most).estimated_seconds
