"""Exercises, ratings and referrals: what a person reads during a session, and when something is wrong."""

import re
from dataclasses import asdict, replace

import pytest

from bot.domain import effects as do
from bot.domain.chat import Hold
from bot.domain.events import (
    EasierChosen,
    FollowUpChosen,
    HoldReleased,
    HowToAsked,
    NextChosen,
    Outcome,
    PicturesChosen,
    PreferencesAsked,
    Rated,
    RoutineStarted,
    StepAnswered,
    Token,
)
from bot.domain.following import FOLLOW_UP_MINUTES
from bot.domain.plan import Dose, Variant
from bot.presentation import messages
from bot.presentation.messages import Priority, Texts, View
from tests.unit.presentation.rendered import (
    BRITISH,
    CHAT,
    ELSEWHERE,
    KINDS,
    NOW,
    SESSION,
    TEXTS,
    TOKEN,
    VIEW,
    labels,
    meanings,
    refer,
    render,
    rows,
    seen,
)

DIAGNOSES = re.compile(
    r"fractur|cauda|cancer|tumou?r|infect|sepsis|herniat|slipped|disc\b|sciatica|stenosis|aneurysm|heart attack|stroke"
    r"|suicid|depress|diagnos|disease|syndrome",
    re.IGNORECASE,
)

TEXT_ONLY = replace(VIEW, chat=replace(CHAT, text_only=True))


# -- the session -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", range(4))
@pytest.mark.parametrize(
    ("variant", "way"),
    [(Variant.USUAL, ""), (Variant.EASIER, ", the easier way"), (Variant.HARDER, ", the harder way")],
)
def test_a_step_is_a_picture_with_what_is_read_at_a_glance(step: int, variant: Variant, way: str) -> None:
    """Place, name, start and movement in short, dose and stop signs below the exercise's picture."""
    prescription = replace(SESSION.prescriptions[step], variant=variant)
    exercise_id = prescription.exercise_id
    exercise = TEXTS.exercises[exercise_id]
    prescriptions = (*SESSION.prescriptions[:step], prescription, *SESSION.prescriptions[step + 1 :])
    outgoing = render(do.ShowStep(replace(SESSION, prescriptions=prescriptions, step=step)))
    assert (outgoing.method, outgoing.payload["animation"]) == ("sendAnimation", {"$media": exercise_id})
    first, short, dose, stop = seen(outgoing).split("\n\n")
    assert first == f"{step + 1} of 4 · {exercise.name}{way}"
    assert short == exercise.in_short(variant) + ("\nThe picture shows the usual way." if way else "")
    assert dose.startswith("How much. ")
    assert stop == f"Stop if you notice: {exercise.stop}"


def test_in_words_only_the_usual_way_is_told_as_the_picture_shows_it() -> None:
    """What the picture shows would contradict the easier and the harder way."""
    for easier in (False, True):
        text = seen(render(do.ShowStep(replace(SESSION, easier=easier)), TEXT_ONLY))
        exercise = TEXTS.exercises[SESSION.prescription.exercise_id]
        assert (exercise.picture in text) is not easier


def test_an_exercise_without_a_picture_is_shown_in_words() -> None:
    """The same as for somebody who wants text only."""
    bare = replace(VIEW, texts=replace(TEXTS, pictures=frozenset()))
    assert render(do.ShowStep(SESSION), bare) == render(do.ShowStep(SESSION), TEXT_ONLY)
    assert render(do.ShowStep(SESSION), bare).method == "sendMessage"


@pytest.mark.parametrize("view", [VIEW, TEXT_ONLY])
def test_an_easier_way_that_a_level_asks_for_has_the_dose_of_the_level(view: View) -> None:
    """The smaller dose is for who hurts; what is shown is what is recorded."""
    way = replace(SESSION.prescription, variant=Variant.EASIER, dose=Dose(4, 1, None, sides=False))
    asked = replace(SESSION, prescriptions=(way,), is_minimum=True)
    assert "4 times" in seen(render(do.ShowStep(asked), view))
    hurt = replace(asked, easier=True)
    assert f"{way.easier_dose.repetitions} times" in seen(render(do.ShowStep(hurt), view))
    assert [session.as_shown.dose for session in (asked, hurt)] == [way.dose, way.easier_dose]


def test_the_way_out_on_a_bad_day_stands_below_the_first_exercise() -> None:
    """In its easier way too; it goes with the other buttons, and the minimum itself has none."""
    for session in (SESSION, replace(SESSION, easier=True)):
        assert labels(render(do.ShowStep(session)))[-1] == ["Bad day: one minute"]
        assert meanings(render(do.ShowStep(session)))[-1] == RoutineStarted(minimum=True)
    for session in (replace(SESSION, step=1), replace(SESSION, is_minimum=True)):
        assert RoutineStarted(minimum=True) not in meanings(render(do.ShowStep(session)))


def test_a_picture_and_its_words_have_the_same_buttons() -> None:
    """Whichever arrives, the answer is the same."""
    picture, words = (render(do.ShowStep(SESSION), view) for view in (VIEW, TEXT_ONLY))
    assert rows(picture) == rows(words)
    assert picture.live
    assert words.live


@pytest.mark.parametrize("exercise_id", TEXTS.exercises)
def test_how_to_says_everything_there_is_to_say(exercise_id: str) -> None:
    """Every heading of the exercise's file; no buttons, and the open question keeps its own."""
    outgoing = render(do.ShowHowTo(exercise_id))
    exercise = TEXTS.exercises[exercise_id]
    left_out = [name for name, text in asdict(exercise).items() if name != "short" and text not in seen(outgoing)]
    assert left_out == []
    assert rows(outgoing) == []
    assert not outgoing.live


@pytest.mark.parametrize("text_only", [False, True])
def test_the_settings_offer_what_is_not_so(text_only: bool) -> None:  # noqa: FBT001 - a case
    """Somebody who has pictures can switch them off, and the other way round."""
    outgoing = render(do.ShowSettings(), replace(VIEW, chat=replace(CHAT, text_only=text_only)))
    again = [FollowUpChosen(minutes) for minutes in FOLLOW_UP_MINUTES]
    assert meanings(outgoing) == [*again, PicturesChosen(wanted=text_only), PreferencesAsked()]
    assert ("text only" in seen(outgoing)) is text_only
    assert "Every day at 07:30" in seen(outgoing)


@pytest.mark.parametrize("step", range(4))
def test_a_step_in_words_shows_the_whole_exercise_in_its_order(step: int) -> None:
    """Place, name, what the picture would show, start, alignment, movement, breathing, dose, what to avoid."""
    exercise = TEXTS.exercises[SESSION.prescriptions[step].exercise_id]
    text = seen(render(do.ShowStep(replace(SESSION, step=step)), TEXT_ONLY))
    parts = [
        f"{step + 1} of 4",
        exercise.name,
        exercise.picture,
        exercise.start,
        exercise.alignment,
        exercise.movement,
        exercise.breathing,
        "How much",
        exercise.avoid,
        exercise.stop,
    ]
    positions = [text.index(part) for part in parts]
    assert positions == sorted(positions)


def test_a_step_has_done_and_pain_above_skip_and_stop() -> None:
    """Done is green, Pain red; all of them carry the step's token."""
    outgoing = render(do.ShowStep(replace(SESSION, step=1)))
    assert labels(outgoing) == [["Done", "Pain"], ["Skip", "Stop"], ["How to"]]
    styles = [button.get("style") for row in rows(outgoing) for button in row]
    assert styles == ["success", "danger", None, None, None]
    assert meanings(outgoing) == [*(StepAnswered(outcome, TOKEN) for outcome in Outcome), HowToAsked(TOKEN)]
    assert outgoing.live


def test_the_easier_way_replaces_movement_and_dose() -> None:
    """The text of the variant, its smaller dose, and a token that says so."""
    outgoing = render(do.ShowStep(replace(SESSION, step=1, easier=True)))
    exercise = TEXTS.exercises["knee-rolls"]
    assert exercise.easier in seen(outgoing)
    assert exercise.movement not in seen(outgoing)
    assert "4 times in all, 2 to each side" in seen(outgoing)
    assert meanings(outgoing)[0] == StepAnswered(Outcome.DONE, Token(3, 1, easier=True))


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        (Dose(5, 1, None, sides=False), "5 times, holding for one slow breath each time."),
        (Dose(6, 2, None, sides=True), "6 times in all, 3 to each side, holding for 2 slow breaths each time."),
        (Dose(8, None, 5, sides=False), "8 times, holding for 5 seconds each time."),
        (Dose(1, None, 1, sides=False), "Once, holding for one second each time."),
        (Dose(10, None, None, sides=False), "How much. 10 times."),
    ],
)
def test_doses_are_worded_with_their_plurals(dose: Dose, words: str) -> None:
    """Repetitions, sides and holds."""
    prescription = replace(SESSION.prescription, dose=dose)
    assert words in seen(render(do.ShowStep(replace(SESSION, prescriptions=(prescription,)))))


@pytest.mark.parametrize("effect", [do.AskPainRating(TOKEN), do.PraiseSession(TOKEN), do.AskBackRating(TOKEN)])
def test_ratings_run_from_0_to_10_in_three_rows(effect: do.Message) -> None:
    """Every number is a button of this question."""
    outgoing = render(effect)
    assert [len(row) for row in rows(outgoing)] == [4, 4, 3]
    assert meanings(outgoing) == [Rated(rating, TOKEN) for rating in range(11)]
    assert outgoing.live


def test_pain_4_or_5_is_offered_the_easier_way_or_to_leave_it() -> None:
    """Two buttons of this step."""
    assert meanings(render(do.OfferEasier(TOKEN))) == [EasierChosen(TOKEN), NextChosen(TOKEN)]


def test_pain_6_or_7_is_offered_the_clinic_and_to_go_on_or_stop() -> None:
    """The card with its phone number to copy stands beside both ways on."""
    outgoing = render(do.OfferClinic(TOKEN))
    assert "Stop this exercise for today" in seen(outgoing)
    assert TEXTS.clinic.phone in seen(outgoing)
    assert meanings(outgoing) == [NextChosen(TOKEN), StepAnswered(Outcome.STOPPED, TOKEN)]


def test_progress_is_told_in_words() -> None:
    """This week's days by name, the weeks before, the total, and the ratings; nothing about what was missed."""
    text = seen(render(do.ShowProgress()))
    for required in ("2 days (Mon, Thu)", "1, 0 and 0 days", "In all: 3 days", "2, 2, 2"):
        assert required in text
    assert not re.search(r"miss|fail|only|streak", text, re.IGNORECASE)


@pytest.mark.parametrize("effect", [do.PraiseSession(TOKEN), do.ShowProgress(), do.SendExport()])
def test_a_view_without_what_the_message_shows_is_refused(effect: do.Message) -> None:
    """Silence would show a person somebody else's emptiness."""
    with pytest.raises(ValueError, match=r"needs view\."):
        messages.render(effect, replace(VIEW, progress=None, praise=None, export=None))


# -- safety ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("texts", [TEXTS, BRITISH, ELSEWHERE], ids=["US", "GB", "elsewhere"])
def test_a_referral_is_short_names_no_diagnosis_and_leaves_first(kind: str, texts: Texts) -> None:
    """Under 60 words before the clinic's card, the action in the first line, nothing asked."""
    outgoing = refer(kind, texts=texts)
    words = seen(outgoing).split(texts.clinic.name)[0]
    assert len(words.split()) < 60
    assert re.match(r"<b>(Please )?(call|speak|talk)", outgoing.payload["text"], re.IGNORECASE)
    assert "?" not in words.replace("No answer there?", "")
    assert not DIAGNOSES.search(seen(outgoing))
    assert outgoing.priority is Priority.SAFETY
    assert not outgoing.live


@pytest.mark.parametrize("kind", ["referral", "urgent", "emergency"])
def test_a_referral_carries_the_clinic(kind: str) -> None:
    """Name, phone, address, hours and map stand in the text; phone and map are buttons too."""
    clinic, outgoing = TEXTS.clinic, refer(kind)
    for part in (clinic.name, clinic.phone, clinic.phone_display, clinic.address, clinic.hours):
        assert part in seen(outgoing)
    buttons = [button for row in rows(outgoing) for button in row]
    assert f'href="{clinic.map_url}"' in outgoing.payload["text"]
    assert {"text": clinic.phone} in [button.get("copy_text") for button in buttons]
    assert {clinic.map_url, clinic.booking_url} <= {button.get("url") for button in buttons}


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_hold_offers_i_have_spoken_to_someone(kind: str) -> None:
    """The button ends a hold, so it stands where there is one."""
    assert meanings(refer(kind, holds=True)) == [HoldReleased()]
    assert meanings(refer(kind, holds=False)) == []


@pytest.mark.parametrize(("texts", "number"), [(TEXTS, "911"), (BRITISH, "999"), (ELSEWHERE, "112")])
def test_an_emergency_names_the_number_first_and_says_not_to_drive(texts: Texts, number: str) -> None:
    """The clinic's country's number, or the local one."""
    text = seen(refer("emergency", texts=texts))
    assert text.startswith(f"Call {number} now, or your local emergency number.")
    assert "Do not drive yourself" in text


def test_an_urgent_referral_says_today() -> None:
    """The clinic or a doctor today, the emergency number if it gets worse, the advice line where there is one."""
    assert "today" in seen(refer("urgent")).split("\n")[0]
    assert "911" in seen(refer("urgent"))
    assert "111" in seen(refer("urgent", texts=BRITISH))


@pytest.mark.parametrize(
    ("texts", "number"), [(TEXTS, "988"), (BRITISH, "116 123"), (ELSEWHERE, "112")], ids=["US", "GB", "no line"]
)
def test_thoughts_of_suicide_get_a_person_to_talk_to_and_nothing_else(texts: Texts, number: str) -> None:
    """The crisis line to call and copy, warmth, no exercises, no clinic."""
    outgoing = refer("suicide", texts=texts)
    text = seen(outgoing)
    assert text.startswith(f"Please call {number} now")
    assert "glad you told me" in text
    assert not re.search(r"exercis|routine|clinic", text, re.IGNORECASE)
    assert texts.clinic.phone not in str(outgoing.payload)
    assert rows(outgoing)[0][0]["copy_text"] == {"text": number}


@pytest.mark.parametrize("kind", KINDS)
def test_a_hold_says_why_nothing_starts_and_how_to_end_it(kind: str) -> None:
    """The number that may still be needed, and the button; the clinic's card unless it would be an advert."""
    chat = replace(CHAT, hold=Hold(*KINDS[kind], "rule", NOW))
    outgoing = render(do.ShowHold(), replace(VIEW, chat=chat))
    assert meanings(outgoing) == [HoldReleased()]
    assert (TEXTS.clinic.phone in seen(outgoing)) == (kind != "suicide")
    assert {"suicide": "988", "emergency": "911"}.get(kind, "clinic") in seen(outgoing)


def test_a_failed_update_leaves_the_way_to_help_open() -> None:
    """The apology names the clinic's phone and the emergency number."""
    text = seen(messages.apology(TEXTS))
    assert TEXTS.clinic.phone_display in text
    assert "911" in text
