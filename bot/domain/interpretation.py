"""Typed words to events: the same answer, whether tapped or typed.

What words mean depends on the question that is open: "7" is a rating after "pain" and a time when the reminder is being
set. Safety has read the text before it comes here. Look-ups of places are handed in as a function, so that this
module knows the rules and not the atlas.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.chat import Chat, State
from bot.domain.events import (
    Command,
    CommandGiven,
    DaySkipped,
    EasierChosen,
    Event,
    Greeted,
    HoldReleased,
    NextChosen,
    Outcome,
    Rated,
    RatingUnreadable,
    RoutineStarted,
    Snoozed,
    StepAnswered,
    TextUnknown,
    TimeNamed,
    TimeUnreadable,
    ZoneAmbiguous,
    ZoneNamed,
    ZoneUnreadable,
)
from bot.domain.replies import Intent, Phrasebook, read_intent, read_rating
from bot.domain.safety import Finding, Flag
from bot.domain.timewords import TimeWords, read_time

SNOOZE_MINUTES = 30

FindPlace = Callable[[str], tuple[tuple[str, str], ...]]
"""A typed place to pairs of IANA zone and label, likeliest first; empty when it names none."""

_OUTCOMES = {
    Intent.DONE: Outcome.DONE,
    Intent.PAIN: Outcome.PAIN,
    Intent.SKIP: Outcome.SKIPPED,
    Intent.STOP: Outcome.STOPPED,
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language that typed answers are read with."""

    phrasebook: Phrasebook
    time_words: TimeWords


def read_text(chat: Chat, text: str, *, first_name: str, words: Words, find_place: FindPlace) -> Event:
    """Read what `text` means in the state `chat` is in; anything unreadable is an event too, never an exception."""
    if text.startswith("/"):
        return _command(text, first_name)
    match chat.state:
        case State.ASKING_ZONE:
            return _zone(find_place(text))
        case State.ASKING_TIME:
            reading = read_time(text, words.time_words)
            return TimeUnreadable() if reading is None else TimeNamed(reading.time)
        case State.RATING_PAIN | State.RATING_BACK:
            return _rating_or_outcome(text, words)
        case State.EXERCISING | State.OFFERING_EASIER | State.OFFERING_CLINIC:
            return _session_answer(chat.state, text, words)
        case State.NEW | State.ASKING_CONSENT | State.IDLE:
            return _idle_wish(chat, text, words)


def answers_rating(chat: Chat, text: str, finding: Finding, words: Words) -> bool:
    """Whether a finding is only the number that was asked for: "7/10" after "how strong is the pain?".

    The conversation answers such a rating itself, with the same cut-offs and the same referral.
    """
    is_asked = chat.state in {State.RATING_PAIN, State.RATING_BACK}
    return is_asked and finding.flag is Flag.SEVERE_PAIN and read_rating(text, words.phrasebook) is not None


def _command(text: str, first_name: str) -> Event:
    """Read `/name@bot anything`; the part after the name is ignored."""
    name = text[1:].split(maxsplit=1)[0].partition("@")[0].lower() if text[1:].strip() else ""
    if name == "start":
        return Greeted(first_name)
    try:
        return CommandGiven(Command(name))
    except ValueError:
        return TextUnknown(is_command=True)


def _zone(places: tuple[tuple[str, str], ...]) -> Event:
    match places:
        case ():
            return ZoneUnreadable()
        case ((zone, _label),):
            return ZoneNamed(zone)
        case _:
            return ZoneAmbiguous(places)


def _rating_or_outcome(text: str, words: Words) -> Event:
    rating = read_rating(text, words.phrasebook)
    if rating is not None:
        return Rated(rating)
    intent = read_intent(text, words.phrasebook)
    if intent is not None and intent in _OUTCOMES:
        return StepAnswered(_OUTCOMES[intent])
    return RatingUnreadable()


def _session_answer(state: State, text: str, words: Words) -> Event:
    intent = read_intent(text, words.phrasebook)
    if state is State.OFFERING_EASIER and intent in {Intent.EASIER, Intent.YES}:
        return EasierChosen()
    if state is State.OFFERING_EASIER and intent is Intent.NO:
        return NextChosen()
    if state is State.OFFERING_CLINIC and intent in {Intent.DONE, Intent.YES, Intent.START}:
        return NextChosen()
    if state is State.OFFERING_CLINIC and intent is Intent.NO:
        return StepAnswered(Outcome.STOPPED)
    if intent is Intent.START:
        return RoutineStarted()
    return StepAnswered(_OUTCOMES[intent]) if intent is not None and intent in _OUTCOMES else TextUnknown()


def _idle_wish(chat: Chat, text: str, words: Words) -> Event:
    match read_intent(text, words.phrasebook):
        case Intent.SPOKEN if chat.hold is not None:
            return HoldReleased()
        case Intent.START:
            return RoutineStarted()
        case Intent.SKIP:
            return DaySkipped()
        case Intent.SNOOZE:
            return Snoozed(SNOOZE_MINUTES)
        case Intent.STOP:
            return CommandGiven(Command.STOP)
        case _:
            return TextUnknown()
