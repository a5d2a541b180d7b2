"""Typed words to events: the same answer, whether tapped or typed.

What words mean depends on the question that is open: "7" is a rating after "pain" and a time when the reminder is being
set. Over a running session, words that answer no question about settings are read as answers to its step. Safety has
read the text before it comes here. Look-ups of places are handed in as a function, so that this module knows the rules
and not the atlas.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.chat import SETTING_STATES, Chat, State
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
    NotYetSpoken,
    Outcome,
    Rated,
    RatingUnreadable,
    RoutineStarted,
    ScreeningAnswered,
    ScreeningReply,
    ScreeningUnreadable,
    Snoozed,
    StepAnswered,
    TextUnknown,
    TimeNamed,
    TimeUnreadable,
    WishTold,
    ZoneAmbiguous,
    ZoneNamed,
    ZoneUnreadable,
)
from bot.domain.levels import Wish
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


def read_text(chat: Chat, text: str, *, first_name: str, words: Words, find_place: FindPlace) -> Event:  # noqa: PLR0911 - one line per state
    """Read what `text` means in the state `chat` is in; anything unreadable is an event too, never an exception."""
    if text.startswith("/"):
        return _command(text, first_name)
    if chat.hold is not None and (intent := read_intent(text, words.phrasebook)) in {Intent.SPOKEN, Intent.CLEARED}:
        return HoldReleased(cleared=intent is Intent.CLEARED)
    match chat.state:
        case State.ASKING_ZONE:
            return _over_session(chat, text, words) or _zone(find_place(text))
        case State.ASKING_TIME:
            reading = read_time(text, words.time_words)
            if reading is not None:
                return TimeNamed(reading.time)
            return _over_session(chat, text, words) or TimeUnreadable()
        case State.NEW | State.ASKING_CONSENT:
            agrees = chat.state is State.ASKING_CONSENT and read_intent(text, words.phrasebook) is Intent.YES
            return ConsentGiven() if agrees else TextUnknown()
        case State.IDLE if chat.hold is not None and read_intent(text, words.phrasebook) in {Intent.NO, Intent.SNOOZE}:
            return NotYetSpoken()
        case State.IDLE:
            return _idle_wish(text, words, is_held=chat.hold is not None)
        case State.SCREENING | State.SCREENING_PAIN:
            return _screening_answer(chat.state, text, words)
        case _:
            return _session_answer(chat.state, text, words)


def read_edit(chat: Chat, text: str, *, first_name: str, words: Words, find_place: FindPlace) -> Event:
    """Read a message that was changed afterwards: an answer where one is still asked for, otherwise not read at all."""
    event = read_text(chat, text, first_name=first_name, words=words, find_place=find_place)
    answers = isinstance(event, Rated) or (chat.state in SETTING_STATES and not isinstance(event, StepAnswered))
    return event if answers and not text.startswith("/") else TextUnknown(is_edit=True)


def answers_rating(chat: Chat, text: str, finding: Finding, words: Words) -> bool:
    """Whether a finding is only the number that was asked for: "7/10" after "how strong is the pain?".

    The conversation answers such a rating itself, with the same cut-offs and the same referral.
    """
    is_asked = chat.state in {State.RATING_PAIN, State.RATING_BACK, State.SCREENING_PAIN}
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


def _over_session(chat: Chat, text: str, words: Words) -> Event | None:
    """Read an answer to the session that a question about settings lies over; None when it is none."""
    if chat.session is None:
        return None
    event = _session_answer(chat.session.phase, text, words)
    return event if isinstance(event, StepAnswered) else None


def _session_answer(state: State, text: str, words: Words) -> Event:  # noqa: C901, PLR0911, PLR0912 - one line per meaning
    is_rating = state in {State.RATING_PAIN, State.RATING_BACK}
    rating = read_rating(text, words.phrasebook) if is_rating else None
    if rating is not None:
        return Rated(rating)
    intent = read_intent(text, words.phrasebook)
    match state, intent:
        case State.EXERCISING, Intent.EASIER:
            return EasierChosen()
        case State.OFFERING_EASIER, Intent.EASIER | Intent.YES:
            return EasierChosen()
        case State.OFFERING_EASIER, Intent.NO | Intent.DONE:
            return NextChosen()
        case State.OFFERING_CLINIC, Intent.DONE | Intent.YES | Intent.START:
            return NextChosen()
        case State.OFFERING_CLINIC, Intent.NO:
            return StepAnswered(Outcome.STOPPED)
        case State.RATING_BACK, Intent.PAIN:
            return RatingUnreadable()
        case State.EXERCISING | State.OFFERING_EASIER | State.RATING_BACK, Intent.START:
            return RoutineStarted()
        case State.RATING_BACK, Intent.SNOOZE:
            return Snoozed(SNOOZE_MINUTES)
        case State.EXERCISING | State.RATING_BACK, Intent.HARDER:
            return WishTold(Wish.HARDER)
        case State.RATING_BACK, Intent.EASIER:
            return WishTold(Wish.EASIER)
        case State.EXERCISING, Intent.HOW_TO:
            return HowToAsked()
        case State.EXERCISING, Intent.BAD_DAY:
            return RoutineStarted(minimum=True)
    if intent in _OUTCOMES:
        return StepAnswered(_OUTCOMES[intent])
    return RatingUnreadable() if is_rating else TextUnknown()


def _screening_answer(state: State, text: str, words: Words) -> Event:  # noqa: PLR0911 - one line per meaning
    """Read "2", "none of these" or "no" for a page of questions, and a rating where one is asked for."""
    rating = read_rating(text, words.phrasebook)
    if state is State.SCREENING_PAIN and rating is not None:
        return ScreeningAnswered(rating)
    match read_intent(text, words.phrasebook):
        case Intent.START:
            return RoutineStarted()
        case Intent.SNOOZE:
            return Snoozed(SNOOZE_MINUTES)
        case Intent.STOP:
            return CommandGiven(Command.STOP)
        case Intent.YES:
            return ScreeningAnswered(ScreeningReply.YES)
        case Intent.SKIP:
            return ScreeningAnswered(ScreeningReply.SKIP)
        case Intent.NO:
            return ScreeningAnswered(ScreeningReply.NONE)
    if rating is None:
        return ScreeningUnreadable()
    return ScreeningAnswered(rating or ScreeningReply.NONE)


def _idle_wish(text: str, words: Words, *, is_held: bool) -> Event:  # noqa: PLR0911 - one line per meaning
    match read_intent(text, words.phrasebook):
        case Intent.START:
            return RoutineStarted()
        case Intent.YES if is_held:  # "yes" alone does not tell to what: the hold is shown, with its button
            return RoutineStarted()
        case Intent.SKIP:
            return DaySkipped()
        case Intent.SNOOZE:
            return Snoozed(SNOOZE_MINUTES)
        case Intent.STOP:
            return CommandGiven(Command.STOP)
        case Intent.BAD_DAY:
            return RoutineStarted(minimum=True)
        case Intent.EASIER:
            return WishTold(Wish.EASIER)
        case Intent.HARDER:
            return WishTold(Wish.HARDER)
        case _:
            return TextUnknown()
