"""The catalogue: ``content/`` read once at start-up into frozen, checked objects.

The rules:

* All or nothing. If any file is missing, malformed or says something the bot could not honour, ``load_catalog`` raises
  ``ContentError`` with every problem, one to a line, each naming file, line where there is one, and key. A bot never
  runs on half of its content.
* A language is a folder in ``content/locales`` with a ``ui.ftl``. A language is complete or refused: the same keys as
  English, every exercise, the safety lexicon, the reply words, the words for times.

How files are read belongs to ``bot.content_files``, which keys they have to ``bot.content_schema``, exercises and the
routine to ``bot.programme``, what the words mean to the domain. Nothing of those leaves this module: the bot sees
values of the domain and of presentation only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.content_files import ContentFiles
from bot.content_schema import (
    ClinicFile,
    LexiconFile,
    PhrasebookFile,
    RulesFile,
    ScreeningFile,
    TimesFile,
)
from bot.domain.languages import FALLBACK, LanguageRequests, LanguageWords
from bot.domain.levels import Change, Standing
from bot.domain.plan import Choice, Programme, Routine, routine_on
from bot.domain.replies import Phrasebook, PhrasebookError
from bot.domain.safety import Lexicon, LexiconError, Rule
from bot.domain.screening import Questionnaire
from bot.domain.times import TimeWords, TimeWordsError
from bot.letterhead import LEAST_CONTRAST, MEDIA_TYPES, contrast_with_white, logo_faults
from bot.presentation.content import Animation, Clinic, EmergencyNumbers, ExerciseText, Logo
from bot.presentation.i18n import MalformedMessages, Translator
from bot.programme import Exercises, own_choices, read_exercise_text, read_exercises, read_programme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_PLAN_CASES = "plan-cases.yaml"
USUAL_PROGRAMME = "lower-back"
LONGEST_PROGRAMME_NAME = 32  # it has to fit into a button


class ContentError(Exception):
    """The content cannot be used; ``problems`` and ``str()`` list every reason, one to a line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything the authors wrote, by language where it is words; English is always there and comes first.

    ``programmes`` are the routines by the names of their files, ``programme`` the usual one among them. ``choices`` are
    the exercises as their own files prescribe them. ``warnings``, one to a line as problems are, say
    what an author should know and the bot can work with.
    """

    clinic: Clinic
    programme: Programme
    programmes: Mapping[str, Programme]
    choices: Mapping[str, Choice]
    exercises: Mapping[str, Mapping[str, ExerciseText]]
    animations: Mapping[str, Animation]
    getting_down: Mapping[str, str]
    languages: tuple[str, ...]
    translators: Mapping[str, Translator]
    lexicons: Mapping[str, Lexicon]
    phrasebooks: Mapping[str, Phrasebook]
    time_words: Mapping[str, TimeWords]
    language_requests: LanguageRequests
    warnings: tuple[str, ...] = ()

    @property
    def routine(self) -> Routine:
        """The routine of somebody who begins."""
        return routine_on(self.programme, Standing(self.programme.start, 0, Change.START), date.min)


def load_catalog(content_dir: Path, *, strict: bool = False, require_review: bool = False) -> Catalog:
    """Read and check a content folder; raise ContentError.

    ``strict`` is handed to the translators (for tests); with ``require_review`` an exercise that nobody has signed is a
    problem, and no warning.
    """
    files = ContentFiles(content_dir)
    languages = _languages(content_dir)
    locales = content_dir / "locales"
    clinic = _clinic(files, content_dir / "clinic.yaml")
    exercises = read_exercises(files, content_dir / "exercises", require_review=require_review)
    translators = _translators(files, locales, languages, strict=strict)
    screening = _screening(files, content_dir / "safety" / "screening.yaml", locales, translators)
    programmes = _programmes(files, content_dir, exercises, screening)
    for programme in programmes.values():
        _name_levels(files, locales, programme, translators)
    texts = _exercise_texts(files, content_dir / "exercises", exercises, languages)
    getting_down: dict[str, str] = {}
    lexicons: dict[str, Lexicon] = {}
    phrasebooks: dict[str, Phrasebook] = {}
    time_words: dict[str, TimeWords] = {}
    language_words: dict[str, LanguageWords] = {}
    for language in languages:
        if text := files.read_text(content_dir / "routines" / f"getting-down.{language}.md"):
            getting_down[language] = text.strip()
        if replies := _replies(files, locales / language / "replies.yaml"):
            phrasebooks[language], language_words[language] = replies
        if times := _times(files, locales / language / "times.yaml"):
            time_words[language] = times
    rules = _rules(files, content_dir / "safety" / "rules.yaml")
    for path in sorted(
        {*content_dir.glob("safety/lexicon.*.yaml"), *(_lexicon_path(content_dir, c) for c in languages)}
    ):
        if lexicon := _lexicon(files, path, rules):
            lexicons[lexicon.language] = lexicon
    if files.problems or clinic is None:
        raise ContentError(files.problems)
    return Catalog(
        clinic=clinic,
        programme=programmes[USUAL_PROGRAMME],
        programmes=MappingProxyType(programmes),
        choices=MappingProxyType(own_choices(exercises)),
        exercises=MappingProxyType(texts),
        animations=MappingProxyType(_animations(files, content_dir / "exercises", exercises)),
        getting_down=MappingProxyType(getting_down),
        languages=languages,
        translators=MappingProxyType(translators),
        lexicons=MappingProxyType(lexicons),
        phrasebooks=MappingProxyType(phrasebooks),
        time_words=MappingProxyType(time_words),
        language_requests=LanguageRequests.of(language_words),
        warnings=tuple(files.warnings),
    )


def countries_listed(content_dir: Path) -> frozenset[str]:
    """Return the countries (ISO 3166) whose emergency numbers the clinic's card has; raise ContentError."""
    files = ContentFiles(content_dir)
    card = _clinic(files, content_dir / "clinic.yaml")
    if card is None:
        raise ContentError(files.problems)
    return frozenset(card.emergency)


def _languages(content_dir: Path) -> tuple[str, ...]:
    others = {path.parent.name for path in content_dir.glob("locales/*/ui.ftl")} - {FALLBACK}
    return (FALLBACK, *sorted(others))


def _clinic(files: ContentFiles, path: Path) -> Clinic | None:
    card = files.read_yaml(path, ClinicFile)
    if card is None:
        return None
    plain = card.model_dump(exclude={"emergency", "emergency_elsewhere", "logo"})
    if card.colour is not None and (contrast := contrast_with_white(card.colour)) < LEAST_CONTRAST:
        files.report(
            path,
            f"has a contrast of {contrast:.1f} to 1 with white; {LEAST_CONTRAST} are needed: take a darker one",
            key="colour",
        )
    logo = None if card.logo is None else _logo(files, path, card.logo)
    numbers = {country: EmergencyNumbers(**entry.model_dump()) for country, entry in card.emergency.items()}
    elsewhere = EmergencyNumbers(**card.emergency_elsewhere.model_dump())
    return Clinic(**plain, logo=logo, emergency=MappingProxyType(numbers), emergency_elsewhere=elsewhere)


def _logo(files: ContentFiles, card: Path, name: str) -> Logo | None:
    path = card.with_name(name)
    try:
        content = path.read_bytes()
    except OSError as error:
        files.report(card, f"names {name}, which cannot be read: {error.strerror}", key="logo")
        return None
    for fault in logo_faults(path.suffix, content):
        files.report(path, fault)
    logo = Logo(content, MEDIA_TYPES[path.suffix])
    if not logo.is_png:
        files.warn(card, "is an SVG, shown in the Mini App only: give a PNG for chat and report too", key="logo")
    return logo


def _exercise_texts(
    files: ContentFiles, folder: Path, names: Iterable[str], languages: tuple[str, ...]
) -> dict[str, Mapping[str, ExerciseText]]:
    """Return the words of every exercise by language; every language must have each."""
    texts: dict[str, dict[str, ExerciseText]] = {name: {} for name in names}
    for language in languages:
        for name, by_language in texts.items():
            if text := read_exercise_text(files, folder / name / f"{language}.md"):
                by_language[language] = text
    return {name: MappingProxyType(by_language) for name, by_language in texts.items()}


def _animations(files: ContentFiles, folder: Path, names: Iterable[str]) -> dict[str, Animation]:
    """Return the moving pictures there are, by the exercise's name; an exercise without one is shown in words."""
    animations: dict[str, Animation] = {}
    for name in names:
        path = folder / name / "animation.mp4"
        try:
            animations[name] = Animation(path, sha256(path.read_bytes()).hexdigest())
        except FileNotFoundError:
            continue  # warned of already, together with the other pictures
        except OSError as error:
            files.warn(path, f"cannot be read: {error.strerror}")
    return animations


def _screening(files: ContentFiles, path: Path, locales: Path, translators: Mapping[str, Translator]) -> Questionnaire:
    """Return the questions before the first session; every language must word each page and each question."""
    table = files.read_yaml(path, ScreeningFile)
    if table is None:
        return Questionnaire()
    pages = tuple(page.as_page() for page in table.pages)
    for language, translator in translators.items():
        keys = {f"screening-page-{page.id}" for page in pages}
        keys |= {f"screening-{one.id.lower()}" for page in pages if not page.asks_rating for one in page.questions}
        for key in sorted(keys - translator.arguments.keys()):
            files.report(locales / language / "ui.ftl", f"is missing ({path.name} asks it)", key=key)
    return Questionnaire(pages)


def _programmes(
    files: ContentFiles, content_dir: Path, exercises: Exercises, screening: Questionnaire
) -> dict[str, Programme]:
    """Read every routine, by the name of its file; the usual one must be there."""
    routines = content_dir / "routines"
    others = {path for path in routines.glob("*.yaml") if path.name != _PLAN_CASES}
    programmes: dict[str, Programme] = {}
    for path in sorted({routines / f"{USUAL_PROGRAMME}.yaml", *others}):
        if len(path.stem) > LONGEST_PROGRAMME_NAME:
            files.report(path, f"has a name of more than {LONGEST_PROGRAMME_NAME} letters")
        if read := read_programme(files, path, exercises, screening):
            programmes[path.stem] = read
    return programmes


def _name_levels(
    files: ContentFiles, locales: Path, programme: Programme, translators: Mapping[str, Translator]
) -> None:
    """Every language must name each level, and say in a sentence what it is for."""
    keys = {f"level-{level.id}{part}" for level in programme.levels for part in ("", "-about")}
    for language, translator in translators.items():
        for key in sorted(keys - translator.arguments.keys()):
            files.report(locales / language / "ui.ftl", "is missing (the routine has this level)", key=key)


def _translators(
    files: ContentFiles, locales: Path, languages: tuple[str, ...], *, strict: bool
) -> dict[str, Translator]:
    """Return a translator for every language, each falling back on English and checked against it."""
    translators: dict[str, Translator] = {}
    for language in languages:
        path = locales / language / "ui.ftl"
        source = files.read_text(path)
        if source is None:
            continue
        english = translators.get(FALLBACK)
        try:
            translators[language] = Translator(language, source, fallback=english, strict=strict)
        except MalformedMessages as error:
            for line, reason in error.faults:
                files.report(path, reason, line=line)
            continue
        if english is not None:
            _compare(files, path, translators[language], english)
    return translators


def _compare(files: ContentFiles, path: Path, translator: Translator, english: Translator) -> None:
    for key in sorted(english.arguments.keys() | translator.arguments.keys()):
        if key not in translator.arguments:
            files.report(path, "is missing (English has it)", key=key)
        elif key not in english.arguments:
            files.report(path, "is not a key of English", key=key)
        elif unknown := translator.arguments[key] - english.arguments[key]:
            files.report(path, f"uses ${min(unknown)}, which English does not", key=key)
        elif left_out := english.arguments[key] - translator.arguments[key]:
            files.report(path, f"leaves out ${min(left_out)}, which English has", key=key)


def _lexicon_path(content_dir: Path, language: str) -> Path:
    return content_dir / "safety" / f"lexicon.{language}.yaml"


def _rules(files: ContentFiles, path: Path) -> tuple[Rule, ...]:
    table = files.read_yaml(path, RulesFile)
    try:
        return tuple(Rule.from_data(**entry.model_dump()) for entry in table.rules) if table else ()
    except LexiconError as error:
        files.report(path, str(error))
    return ()


def _lexicon(files: ContentFiles, path: Path, rules: tuple[Rule, ...]) -> Lexicon | None:
    language = path.name.split(".")[1]
    table = files.read_yaml(path, LexiconFile)
    if table is None:
        return None
    if table.language != language:
        files.report(path, f"is {table.language}, but the file is named for {language}", key="language")
    try:
        return Lexicon.build(**table.model_dump(), rules=rules)
    except LexiconError as error:
        files.report(path, str(error))
    return None


def _replies(files: ContentFiles, path: Path) -> tuple[Phrasebook, LanguageWords] | None:
    words = files.read_yaml(path, PhrasebookFile)
    if words is None:
        return None
    try:
        phrasebook = Phrasebook.from_data(**words.model_dump(exclude={"language"}))
        return phrasebook, LanguageWords.from_data(**words.language.model_dump())
    except PhrasebookError as error:
        files.report(path, str(error))
    return None


def _times(files: ContentFiles, path: Path) -> TimeWords | None:
    words = files.read_yaml(path, TimesFile)
    if words is None:
        return None
    try:
        return TimeWords.from_data(**words.model_dump())
    except TimeWordsError as error:
        files.report(path, str(error))
    return None
