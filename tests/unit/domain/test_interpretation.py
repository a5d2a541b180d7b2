"""What typed words mean in each state: tables of state, words and the event they are read as."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.chat import SCREENING_STATES, SESSION_STATES, SETTING_STATES, Chat, Hold, Screening, Session, State
from bot.domain.conversation import step
from bot.domain.effects import Message
from bot.domain.events import (
    Command,
    CommandGiven,
    ConsentGiven,
    DaySkipped,
    EasierChosen,
    Event,
    Greeted,
    HoldReleased,
    HowToAsked,
    NextChosen,
    Outcome,
    Rated,
    RatingUnreadable,
    RoutineStarted,
    Snoozed,
    StepAnswered,
    TextUnknown,
    TimeProposed,
    TimeUnreadable,
    ZoneAmbiguous,
    ZoneNamed,
    ZoneUnreadable,
)
from bot.domain.interpretation import SNOOZE_MINUTES, Reader, answers_rating, read_edit, read_text
from bot.domain.safety import NOTHING, Finding, Flag, Tier
from bot.domain.schedule import ReminderTimes
from bot.domain.times import Half, TypedTime, When
from bot.domain.understanding import ClockHere, Offset, Words
from tests.knowledge import the_catalog

CATALOG = the_catalog()
WORDS = Words(phrasebook=CATALOG.phrasebooks["en"], time_words=CATALOG.time_words["en"])
NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
HOLD = Hold(tier=Tier.URGENT, flag=Flag.FALL_INJURY, rule_id="fall", since=NOW)
PAGES = {State.SCREENING: 0, State.SCREENING_PAIN: 2}  # as content/safety/screening.yaml has them
PLACES = {
    "oslo": (("Europe/Oslo", "Oslo"),),
    "paris": (("Europe/Paris", "Paris"), ("America/Chicago", "Paris, Texas")),
    "done": (("Europe/Dublin", "Done, a place nobody means"),),
}


def find_place(text: str) -> tuple[tuple[str, str], ...]:
    """Know three places."""
    return PLACES.get(text.lower(), ())


def find_zone(place: ClockHere | Offset) -> tuple[tuple[str, str], ...]:
    """Know one place two hours ahead of UTC, and no clock."""
    return (("Europe/Oslo", "Oslo"),) if place == Offset(120) else ()


SEVEN = TimeProposed(When(times=(TypedTime(time(7, 0), Half.OPEN),)))
HALF_PAST = TimeProposed(When(times=(TypedTime(time(7, 30), Half.ASSUMED),)))
READER = Reader(WORDS, CATALOG.language_requests, find_place, find_zone)


def chat_in(state: State, *, under: State | None = None, hold: Hold | None = None) -> Chat:
    """Return a chat in a state; `under` is the session's phase when the state asks about a setting over it."""
    phase = state if state in SESSION_STATES else under
    session = None
    if phase is not None:
        session = Session(number=1, started_at=NOW, prescriptions=CATALOG.routine.prescriptions, phase=phase)
    screening = Screening(NOW, page=PAGES[state], phase=state) if state in SCREENING_STATES else None
    return Chat(chat_id=1, language="en", state=state, session=session, screening=screening, hold=hold)


def read(chat: Chat, text: str) -> Event:
    """Read a message."""
    return read_text(chat, text, first_name="Ada", reader=READER)


def reread(chat: Chat, text: str) -> Event:
    """Read a message that was changed afterwards."""
    return read_edit(chat, text, first_name="Ada", reader=READER)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("/start", Greeted("Ada")),
        ("/start leaflet-42", Greeted("Ada")),
        ("/START@lumbar_bot", Greeted("Ada")),
        ("/routine", CommandGiven(Command.ROUTINE)),
        ("/time 7:30", CommandGiven(Command.TIME)),
        ("/Stop", CommandGiven(Command.STOP)),
        ("/frobnicate", TextUnknown(is_command=True)),
        ("/", TextUnknown(is_command=True)),
        ("/ \n", TextUnknown(is_command=True)),
    ],
)
def test_a_command_is_a_command_in_every_state(state: State, text: str, event: Event) -> None:
    """Whatever question is open, a slash outranks it."""
    assert read(chat_in(state), text) == event


@pytest.mark.parametrize(
    ("state", "text", "event"),
    [
        (State.NEW, "yes", TextUnknown()),
        (State.ASKING_CONSENT, "yes", ConsentGiven()),
        (State.ASKING_CONSENT, "I agree", ConsentGiven()),
        (State.ASKING_CONSENT, "no", TextUnknown()),
        (State.ASKING_CONSENT, "start", TextUnknown()),
        (State.ASKING_ZONE, "Oslo", ZoneNamed("Europe/Oslo")),
        (State.ASKING_ZONE, "Paris", ZoneAmbiguous(PLACES["paris"])),
        (State.ASKING_ZONE, "nowhere", ZoneUnreadable()),
        (State.ASKING_ZONE, "done", ZoneNamed("Europe/Dublin")),
        (State.ASKING_TIME, "7", SEVEN),
        (State.ASKING_TIME, "7:30pm", TimeProposed(When(times=(TypedTime(time(19, 30)),)))),
        (State.ASKING_TIME, "done", TimeUnreadable()),
        (State.IDLE, "start", RoutineStarted()),
        (State.IDLE, "skip", DaySkipped()),
        (State.IDLE, "later", Snoozed(SNOOZE_MINUTES)),
        (State.IDLE, "stop", CommandGiven(Command.STOP)),
        (State.IDLE, "done", TextUnknown()),
        (State.IDLE, "I have spoken to someone", TextUnknown()),
        (State.EXERCISING, "did it ✅", StepAnswered(Outcome.DONE)),
        (State.EXERCISING, "it hurts", StepAnswered(Outcome.PAIN)),
        (State.EXERCISING, "skip", StepAnswered(Outcome.SKIPPED)),
        (State.EXERCISING, "stop", StepAnswered(Outcome.STOPPED)),
        (State.EXERCISING, "too hard", EasierChosen()),
        (State.EXERCISING, "start", RoutineStarted()),
        (State.EXERCISING, "how do I do it?", HowToAsked()),
        (State.EXERCISING, "later", TextUnknown()),
        (State.EXERCISING, "7", TextUnknown()),
        (State.RATING_PAIN, "7/10", Rated(7)),
        (State.RATING_PAIN, "seven", Rated(7)),
        (State.RATING_PAIN, "no pain", Rated(0)),
        (State.RATING_PAIN, "skip", StepAnswered(Outcome.SKIPPED)),
        (State.RATING_PAIN, "start", RatingUnreadable()),
        (State.RATING_PAIN, "a lot", RatingUnreadable()),
        (State.OFFERING_EASIER, "yes", EasierChosen()),
        (State.OFFERING_EASIER, "easier", EasierChosen()),
        (State.OFFERING_EASIER, "no", NextChosen()),
        (State.OFFERING_EASIER, "next", NextChosen()),
        (State.OFFERING_EASIER, "stop", StepAnswered(Outcome.STOPPED)),
        (State.OFFERING_CLINIC, "go on", NextChosen()),
        (State.OFFERING_CLINIC, "yes", NextChosen()),
        (State.OFFERING_CLINIC, "no", StepAnswered(Outcome.STOPPED)),
        (State.OFFERING_CLINIC, "hmm", TextUnknown()),
        (State.RATING_BACK, "3", Rated(3)),
        (State.RATING_BACK, "it hurts", RatingUnreadable()),
        (State.RATING_BACK, "done", StepAnswered(Outcome.DONE)),
        (State.RATING_BACK, "start", RoutineStarted()),
        (State.RATING_BACK, "later", Snoozed(SNOOZE_MINUTES)),
        (State.RATING_BACK, "blue", RatingUnreadable()),
    ],
)
def test_words_mean_what_the_open_question_makes_of_them(state: State, text: str, event: Event) -> None:
    """The same word is a place, a time, a rating or an answer, by what was asked."""
    assert read(chat_in(state), text) == event


@pytest.mark.parametrize("state", sorted(SETTING_STATES))
@pytest.mark.parametrize(
    ("under", "text", "event"),
    [
        (State.EXERCISING, "done", StepAnswered(Outcome.DONE)),
        (State.EXERCISING, "it hurts", StepAnswered(Outcome.PAIN)),
        (State.RATING_PAIN, "stop", StepAnswered(Outcome.STOPPED)),
        (State.RATING_BACK, "skip", StepAnswered(Outcome.SKIPPED)),
    ],
)
def test_over_a_session_its_own_words_still_count(state: State, under: State, text: str, event: Event) -> None:
    """Whoever goes on exercising is heard although a setting is being asked for."""
    assert read(chat_in(state, under=under), text) == event


@pytest.mark.parametrize(
    ("state", "text", "event"),
    [
        (State.ASKING_TIME, "7", SEVEN),
        (State.ASKING_TIME, "hmm", TimeUnreadable()),
        (State.ASKING_ZONE, "Oslo", ZoneNamed("Europe/Oslo")),
        (State.ASKING_ZONE, "7", ZoneUnreadable()),
    ],
)
def test_over_a_session_the_setting_is_answered_first(state: State, text: str, event: Event) -> None:
    """A bare 7 is the time that was asked for, although the session underneath waits for a rating."""
    assert read(chat_in(state, under=State.RATING_PAIN), text) == event


@pytest.mark.parametrize("state", [State.IDLE, State.ASKING_ZONE, State.ASKING_TIME])
def test_having_spoken_to_someone_ends_a_hold_wherever_one_can_be(state: State) -> None:
    """In words as by the button; without a hold the same words end nothing."""
    assert read(chat_in(state, hold=HOLD), "I've spoken to my doctor") == HoldReleased()
    assert read(chat_in(state), "I've spoken to my doctor") != HoldReleased()


@pytest.mark.parametrize(
    ("state", "text", "event"),
    [
        (State.ASKING_TIME, "7:30", HALF_PAST),
        (State.ASKING_ZONE, "Oslo", ZoneNamed("Europe/Oslo")),
        (State.RATING_PAIN, "8/10", Rated(8)),
        (State.RATING_BACK, "2", Rated(2)),
        (State.EXERCISING, "pain", StepAnswered(Outcome.PAIN)),
        (State.RATING_PAIN, "skip", StepAnswered(Outcome.SKIPPED)),
        (State.OFFERING_EASIER, "yes", EasierChosen()),
    ],
)
def test_an_edit_answers_the_question_that_its_message_answered(state: State, text: str, event: Event) -> None:
    """Whatever answers there may be mended in place."""
    assert reread(chat_in(state), text) == event


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (State.ASKING_CONSENT, "yes"),
        (State.IDLE, "start"),
        (State.IDLE, "/delete"),
        (State.EXERCISING, "start over"),
        (State.ASKING_TIME, "7:3O"),
        (State.ASKING_TIME, "/stop"),
    ],
)
def test_an_edit_is_otherwise_no_answer(state: State, text: str) -> None:
    """A correction must not agree to anything, begin anything or run a command."""
    assert reread(chat_in(state), text) == TextUnknown(is_edit=True)


def test_an_edit_of_an_older_message_is_no_answer() -> None:
    """Nobody knows what it answered."""
    assert read_edit(None, "done", first_name="Ada", reader=READER) == TextUnknown(is_edit=True)


@pytest.mark.parametrize("state", State)
def test_only_the_rating_that_was_asked_for_is_left_to_the_conversation(state: State) -> None:
    """8 of 10 is a rating where one is asked for, and a finding everywhere else."""
    severe = Finding(Tier.URGENT, Flag.SEVERE_PAIN, "severe", ())
    asked = state in {State.RATING_PAIN, State.RATING_BACK, State.RATING_DAY, State.SCREENING_PAIN}
    assert answers_rating(chat_in(state), "8/10", severe, WORDS) is asked


@pytest.mark.parametrize(
    ("text", "flag"), [("8/10 and I cannot feel my legs", Flag.SEVERE_PAIN), ("8/10", Flag.CAUDA_EQUINA)]
)
def test_more_than_a_rating_is_never_left_to_the_conversation(text: str, flag: Flag) -> None:
    """Other words, or another kind of finding, stay a finding."""
    finding = Finding(Tier.URGENT, flag, "rule", ())
    assert not answers_rating(chat_in(State.RATING_PAIN), text, finding, WORDS)


def test_nothing_found_is_nothing_to_leave() -> None:
    """Without a finding there is nothing that a rating would stand for."""
    assert not answers_rating(chat_in(State.RATING_PAIN), "8", NOTHING, WORDS)


@settings(deadline=None)
@given(text=st.text(max_size=300), state=st.sampled_from(State), under=st.sampled_from([None, *sorted(SESSION_STATES)]))
def test_any_text_is_some_event(text: str, state: State, under: State | None) -> None:
    """Nothing a person can type raises, first or edited."""
    chat = chat_in(state, under=under)
    assert read(chat, text) is not None
    assert reread(chat, text) is not None


SAID: tuple[str, ...] = (
    "done",
    "it hurts",
    "skip",
    "stop",
    "start",
    "later",
    "easier",
    "yes",
    "no",
    "7",
    "hello",
    "Oslo",
    "Paris",
)
SAID += ("I've spoken to my doctor", "/start", "/frobnicate", *(f"/{command}" for command in Command))


def situations() -> Iterator[Chat]:
    """Give every state, with and without a session under it, settings, a hold and a pause."""
    for state, hold, paused_at in product(State, (None, HOLD), (None, NOW)):
        if state in {State.NEW, State.ASKING_CONSENT}:
            yield chat_in(state)
            continue
        for under in (None, *sorted(SESSION_STATES)) if state in SETTING_STATES and hold is None else (None,):
            chat = replace(chat_in(state, under=under, hold=hold), consented_at=NOW, entered_at=NOW)
            if hold is None or (chat.session is None and chat.screening is None):
                yield replace(
                    chat, zone="Europe/Oslo", reminder_times=ReminderTimes((time(7, 30),)), paused_at=paused_at
                )
            if state in SETTING_STATES and chat.session is None:
                yield replace(chat, zone=None if state is State.ASKING_ZONE else "Europe/Oslo", paused_at=paused_at)


@pytest.mark.parametrize("reading", [read, reread], ids=["said", "edited"])
@pytest.mark.parametrize("later", [timedelta(minutes=5), timedelta(days=1, hours=1)], ids=["soon", "next day"])
def test_no_words_are_met_with_silence(reading: Callable[[Chat, str], Event], later: timedelta) -> None:
    """Whatever is typed, wherever the conversation stands, a message comes back."""
    for chat, text in product(situations(), SAID):
        transition = step(chat, reading(chat, text), NOW + later, CATALOG.routine)
        assert any(isinstance(effect, Message) for effect in transition.effects), (chat, text)
