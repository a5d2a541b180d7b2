"""The exercises say everything the clinic's page says, fit one message, and name their sources."""

import html
import itertools
import re
from dataclasses import astuple, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean

import pytest
import yaml

from bot.catalog import Catalog
from bot.domain.chat import Session
from bot.domain.plan import Variant
from bot.presentation.cards import step_card
from bot.presentation.content import ExerciseText
from bot.presentation.view import Texts

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
CORE = ("bottom-to-heels", "knee-rolls", "back-extensions", "deep-abdominals")
OTHERS = (
    *("pelvic-tilt", "cat-camel", "knee-hug", "bridge", "bird-dog", "side-plank"),
    *("prone-lying", "sciatic-slider", "walking"),
)
CARD_FIELDS = ("name", "start", "alignment", "movement", "breathing", "avoid", "stop")
CARD_LIMIT = 900  # characters; labels, dose and progress line come on top and the whole stays far below 1,500
OTHERS_LIMIT = 300  # characters of one of the texts beside the card
CAPTION_LIMIT = 440  # characters of name, the short text and the stop signs; labels and dose make at most 160 more

# What the clinic's page and the brief ask for, as a pattern in the field where a person needs to read it.
CUES = {
    "bottom-to-heels": [
        ("start", r"hands and knees|all fours"),
        ("alignment", r"\bback\b.*neither dips.*nor.*hump"),
        ("alignment", r"neck long"),
        ("alignment", r"shoulders.*back.*ears"),
        ("alignment", r"elbows.*never locked"),
        ("movement", r"hips.*slowly back"),
        ("movement", r"spine keeps.*curve"),
        ("movement", r"one deep breath in and out"),
    ],
    "knee-rolls": [
        ("start", r"lie on your back"),
        ("start", r"cushion.*neck"),
        ("start", r"bend your knees"),
        ("start", r"knees together"),
        ("alignment", r"upper body.*relaxed"),
        ("alignment", r"chin tucked"),
        ("alignment", r"both shoulders stay.*floor"),
        ("movement", r"knees.*to one side"),
        ("movement", r"pelvis.*along"),
        ("movement", r"one deep breath"),
        ("movement", r"back to the middle"),
        ("movement", r"other side"),
    ],
    "back-extensions": [
        ("start", r"lie on your tummy"),
        ("start", r"on your elbows"),
        ("alignment", r"spine long"),
        ("alignment", r"comfortable"),
        ("alignment", r"shoulder blades"),
        ("alignment", r"neck long"),
        ("alignment", r"hips.*heavy on the floor"),
        ("movement", r"press down through your hands"),
        ("movement", r"arch up slowly"),
        ("movement", r"gentle stretch in your tummy muscles"),
        ("movement", r"once more with the next deep breath"),
    ],
    "deep-abdominals": [
        ("start", r"lie on your back"),
        ("start", r"cushion under your head"),
        ("start", r"bend your knees"),
        ("start", r"feet.*straight ahead"),
        ("start", r"as far apart as your hips"),
        ("alignment", r"upper body relaxed"),
        ("alignment", r"chin tucked"),
        ("movement", r"as you breathe out"),
        ("movement", r"draw your pelvic floor.*lower tummy.*up"),
    ],
    # The nine others: start, movement, mistakes and when to stop, as the brief's table has them (section 2).
    "pelvic-tilt": [
        ("start", r"on your back.*bend your knees.*hips"),
        ("movement", r"flattens.*arches lightly"),
        ("breathing", r"out as your back flattens"),
        ("avoid", r"feet.*neck"),
        ("harder", r"five seconds.*sit on a chair or stand"),
        ("care", r"operation.*clinician says yes"),
    ],
    "cat-camel": [
        ("start", r"hands and knees"),
        ("alignment", r"elbows soft"),
        ("movement", r"round your whole back.*sag.*three to five seconds.*middle range"),
        ("breathing", r"out as you round, breathe in as you sag"),
        ("avoid", r"forcing.*jerking your head"),
        ("easier", r"sit"),
        ("stop", r"knees or wrists"),
        ("care", r"thin bones: no strong rounding"),
    ],
    "knee-hug": [
        ("alignment", r"other foot stays down"),
        ("movement", r"behind one thigh.*knee.*towards your chest"),
        ("breathing", r"breathe out"),
        ("avoid", r"kneecap.*head"),
        ("easier", r"towel"),
        ("harder", r"other leg.*straight.*both knees"),
        ("stop", r"down a leg"),
        ("care", r"new hip joint.*limits"),
    ],
    "bridge": [
        ("movement", r"tighten your tummy.*squeeze your buttocks.*peel your hips up.*one line.*lower slowly"),
        ("breathing", r"out on the way up.*never hold"),
        ("avoid", r"arching.*feet too far"),
        ("easier", r"half"),
        ("harder", r"marched.*one leg"),
        ("stop", r"pelvis.*leak"),
        ("care", r"pelvic-girdle pain.*high blood pressure"),
    ],
    "bird-dog": [
        ("start", r"hands and knees.*flat like a table"),
        ("alignment", r"hips level"),
        ("movement", r"slide one leg back.*opposite arm"),
        ("breathing", r"steadily"),
        ("avoid", r"too high.*twisting.*sag"),
        ("easier", r"only the leg.*only one arm"),
        ("harder", r"longer.*square"),
        ("care", r"wrists.*forearms.*knees.*pad.*balance"),
    ],
    "side-plank": [
        ("start", r"side.*knees bent.*elbow under your shoulder"),
        ("movement", r"lift your hips.*one line"),
        ("avoid", r"rolling back.*shoulder"),
        ("easier", r"clam.*open your top knee"),
        ("harder", r"full side plank.*20 or 30 seconds"),
        ("care", r"shoulder.*bursitis"),
    ],
    "prone-lying": [
        ("short", r"face down.*pillow under your belly if you like"),
        ("breathing", r"low.*slowly"),
        ("avoid", r"neck bent"),
        ("easier", r"more pillows"),
        ("harder", r"forearms"),
        ("stop", r"spreads into a leg"),
        ("care", r"late in pregnancy"),
    ],
    "sciatic-slider": [
        ("start", r"behind the other thigh.*right angle"),
        ("movement", r"first pull.*bend it again.*never stay at the end"),
        ("avoid", r"stretching hard.*chasing the tingling"),
        ("easier", r"smaller"),
        ("harder", r"ankle"),
        ("stop", r"tingling that stays for more than a minute or two.*weakness or numbness"),
        ("care", r"only for mild pain in one leg.*never with weakness or numbness"),
    ],
    "walking": [
        ("start", r"comfortable shoes.*tall"),
        ("movement", r"ordinary day, even if that is five minutes"),
        ("breathing", r"chat"),
        ("avoid", r"big jump after a good day"),
        ("easier", r"short"),
        ("harder", r"hill.*faster"),
        ("stop", r"chest.*emergency number.*calf.*unsteady"),
    ],
}


# The doses of the brief (sections 1 and 2), both sides counted; the least is that of a first day where it names one.
BOUNDS = {
    "bottom-to-heels": {"repetitions": "4-10", "hold_breaths": 1},  # 8-10, 4-5 on day 1
    "knee-rolls": {"repetitions": "4-10", "hold_breaths": 1},  # 8-10 alternating, 5 at level 1
    "back-extensions": {"repetitions": "5-10", "hold_seconds": "5-10"},  # 8-10, 5 at level 1
    "deep-abdominals": {"repetitions": 5, "hold_breaths": "5-10"},
    "pelvic-tilt": {"repetitions": "10-15"},
    "cat-camel": {"repetitions": "8-10"},
    "knee-hug": {"repetitions": "6-10", "hold_seconds": "5-30"},  # 3-5 each side
    "bridge": {"repetitions": "5-20", "hold_seconds": "2-5"},  # 5-10, build to 2 x 10
    "bird-dog": {"repetitions": "10-20", "hold_seconds": "4-10"},  # 5-10 each side
    "side-plank": {"repetitions": "6-10", "hold_seconds": "5-10"},  # 3-5 each side
    "prone-lying": {"minutes": "2-5"},
    "sciatic-slider": {"repetitions": "16-20"},  # 8-10 each side
    "walking": {"minutes": "5-30"},
}


@pytest.mark.parametrize("exercise", BOUNDS)
def test_the_bounds_of_a_dose_are_those_of_the_brief(content: Path, exercise: str) -> None:
    """Whoever moves a bound moves it away from the sources, and says so here."""
    facts = yaml.safe_load((content / "exercises" / exercise / "exercise.yaml").read_text(encoding="utf-8"))
    assert facts["bounds"] == BOUNDS[exercise]


@pytest.mark.parametrize(
    ("exercise", "field", "cue"),
    [(exercise, field, cue) for exercise, cues in CUES.items() for field, cue in cues],
)
def test_every_cue_of_the_sources_is_there(catalog: Catalog, exercise: str, field: str, cue: str) -> None:
    """Each cue of the clinic's page, and of the brief, stands in the English text, in the field it belongs to."""
    text = " ".join(getattr(catalog.exercises[exercise]["en"], field).lower().split())
    assert re.search(cue, text), text


def test_the_routine_shows_the_four_exercises_in_the_order_of_the_page(catalog: Catalog) -> None:
    """The order of the clinic's page is the order of the session."""
    assert tuple(step.exercise_id for step in catalog.routine.prescriptions) == CORE


def test_the_first_level_asks_for_few_repetitions_and_the_holds_of_the_sources(catalog: Catalog) -> None:
    """About five repetitions; a breath for the stretches, seconds for extensions, breaths for the core muscles."""
    doses = {step.exercise_id: step.dose for step in catalog.routine.prescriptions}
    assert catalog.routine.level == "settle"
    assert [doses[name].repetitions for name in CORE] == [5, 6, 5, 5]
    assert [doses[name].hold_breaths for name in CORE] == [1, 1, None, 5]
    assert [doses[name].hold_seconds for name in CORE] == [None, None, 5, None]
    assert [doses[name].sides for name in CORE] == [False, True, False, False]


def test_the_easier_dose_is_smaller(catalog: Catalog) -> None:
    """Whoever says that it hurts is never offered more than before."""
    for step in catalog.routine.prescriptions:
        assert step.easier_dose.repetitions < step.dose.repetitions, step.exercise_id
        if step.dose.hold_breaths and step.easier_dose.hold_breaths:
            assert step.easier_dose.hold_breaths <= step.dose.hold_breaths, step.exercise_id


def every_text(catalog: Catalog) -> list[tuple[str, ExerciseText]]:
    """Return each exercise in each language with a label for the report."""
    return [
        (f"{name} ({language})", text)
        for name, by_language in catalog.exercises.items()
        for language, text in by_language.items()
    ]


def test_there_are_thirteen_exercises(catalog: Catalog) -> None:
    """The four of the clinic's page and nine more, each held to its cues; an author may add others."""
    assert {*CORE, *OTHERS} <= catalog.exercises.keys()
    assert CUES.keys() == {*CORE, *OTHERS}


def test_what_is_shown_with_a_picture_fits_its_caption(catalog: Catalog) -> None:
    """In every language and in every way of doing the exercise, with the dose and all labels."""
    for label, text in every_text(catalog):
        for variant in Variant:
            assert len(text.name) + len(text.in_short(variant)) + len(text.stop) <= CAPTION_LIMIT, (label, variant)
        assert len(text.short) < len(text.start) + len(text.movement), label


def test_only_clinicians_prescribe_the_leg_slider(catalog: Catalog) -> None:
    """It is for one-sided mild leg pain only, so no level gives it to everybody; all the others are in a level."""
    named = {
        choice.prescription.exercise_id
        for level in catalog.programme.levels
        for day in level.sessions
        for step in day.steps
        for choice in step
    }
    assert {*CORE, *OTHERS} - named == {"sciatic-slider"}


def test_an_exercise_fits_one_phone_message(catalog: Catalog) -> None:
    """The parts of the card stay short together, and so does each of the other texts."""
    for label, text in every_text(catalog):
        assert sum(len(getattr(text, field)) for field in CARD_FIELDS) <= CARD_LIMIT, label
        for field in fields(text):
            if field.name not in CARD_FIELDS:
                assert len(getattr(text, field.name)) <= OTHERS_LIMIT, f"{label}: {field.name}"


def test_no_caption_has_more_than_600_characters(catalog: Catalog) -> None:
    """As it is sent: in every language, in every way of doing the exercise, with every dose there can be."""
    for language in catalog.languages:
        exercises = {name: by_language[language] for name, by_language in catalog.exercises.items()}
        words = (catalog.translators[language], exercises, catalog.getting_down[language], catalog.clinic)
        texts = Texts(*words, pictures=frozenset(exercises))
        for name, (own, most) in (
            (name, (choice.prescription, choice.most)) for name, choice in catalog.choices.items()
        ):
            for variant, dose in itertools.product(Variant, (own.dose, own.easier_dose, most)):
                session = Session(1, NOON, (replace(own, variant=variant, dose=dose),) * 4, step=3)
                caption = step_card(session, texts, text_only=False).payload["caption"]
                seen = html.unescape(re.sub(r"<[^>]+>", "", caption))
                assert len(seen) <= 600, (name, language, variant)


@pytest.mark.parametrize("key", ["step", "step-another-way"])
def test_the_whole_message_is_read_without_scrolling_far(catalog: Catalog, key: str) -> None:
    """With all its labels and a long dose, the message of each exercise stays below 1,500 characters."""
    dose = "Ten times in all, five to each side; hold each for ten slow breaths."
    for label, text in every_text(catalog):
        values = {field: getattr(text, field) for field in CARD_FIELDS}
        if key == "step":
            values["picture"] = text.picture
        else:
            values["movement"] = max(text.easier, text.harder, key=len)
        for translator in catalog.translators.values():
            message = translator.text(key, **values, dose=dose, number=4, count=4)
            assert len(message) < 1500, label
            assert all(html.escape(value, quote=False) in message for value in values.values()), label


def test_sentences_are_short_enough_to_read_on_a_mat(catalog: Catalog) -> None:
    """No sentence of an exercise is longer than 35 words, and the usual one has a dozen at most."""
    for label, text in every_text(catalog):
        sentences = [found for found in re.split(r"[.:!?\n]", "\n".join(astuple(text))) if found.strip()]
        lengths = [len(sentence.split()) for sentence in sentences]
        assert max(lengths) <= 35, label
        assert mean(lengths) <= 12, label


def test_texts_are_plain_and_complete(catalog: Catalog) -> None:
    """No markup, no stray blanks, no empty field, in any language that there is."""
    for label, text in every_text(catalog):
        for value in astuple(text):
            assert value == value.strip(), label
            assert value, label
            assert not re.search(r"[<>*_`\[\]#]|  ", value), f"{label}: {value}"
    for name, by_language in catalog.exercises.items():
        assert set(by_language) == set(catalog.languages), name


def test_exercises_do_not_advertise_the_clinic_or_promise_a_cure(catalog: Catalog) -> None:
    """The clinic has its own card; the exercises claim no more than the evidence does."""
    for label, text in every_text(catalog):
        words = " ".join(astuple(text)).lower()
        assert not re.search(r"back center|back centre|appointment|\bcures?\b|guarantee|heal your", words), label


def test_every_exercise_names_its_sources_and_awaits_or_has_its_review(content: Path) -> None:
    """The page of the clinic and the NHS stand among the sources of each core exercise."""
    for name in (*CORE, *OTHERS):
        facts = yaml.safe_load((content / "exercises" / name / "exercise.yaml").read_text(encoding="utf-8"))
        sources = " ".join(facts["sources"])
        assert name in OTHERS or ("NHS" in sources and "Back Center" in sources), name
        assert "to be confirmed by the reviewer" in sources or facts["reviewer"], name
        assert {"reviewer", "review_date"} <= facts.keys(), name


def test_getting_down_and_up_is_told_once_and_briefly(catalog: Catalog) -> None:
    """It tells the way down, the way up and the way without a floor, in at most 400 characters."""
    assert set(catalog.getting_down) == set(catalog.languages)
    text = catalog.getting_down["en"]
    assert len(text) <= 400
    assert all(word in text for word in ("to the floor", "get up", "chair", "bed"))
