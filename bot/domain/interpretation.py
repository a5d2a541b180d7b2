"""Typed words to events: the same answer, whether tapped or typed.

What a text says is read by `understanding`; here it becomes an event by the state the chat is in. Over a running
session, words that answer no question about settings are read as answers to its step. Safety has read the text before
it comes here.
"""

from dataclasses import dataclass
from datetime import time

from bot.domain.chat import Chat, State
from bot.domain.correction import Answer
from bot.domain.events import (
    Command,
    CommandGiven,
    ConsentGiven,
    DaySkipped,
    DayToldDone,
    EasierChosen,
    Event,
    Greeted,
    HoldReleased,
    HowToAsked,
    LanguageChosen,
    MinorTold,
    MorningTold,
    NextChosen,
    NotYetSpoken,
    Outcome,
    PauseAsked,
    Rated,
    RatingUnreadable,
    RemindedOnce,
    RoutineStarted,
    ScreeningAnswered,
    ScreeningUnreadable,
    Snoozed,
    StepAnswered,
    TextUnknown,
    Thanked,
    TimeProposed,
    TimesNamed,
    TimeUnreadable,
    WishTold,
    ZoneAmbiguous,
    ZoneNamed,
    ZoneUnreadable,
)
from bot.domain.languages import LanguageRequests, read_language
from bot.domain.levels import Wish
from bot.domain.missing import Reason, ReasonTold
from bot.domain.proposals import ProposedTimes
from bot.domain.reminded import Reminded
from bot.domain.replies import Intent, read_age, read_intent, read_morning, read_rating, tells_done, words_of
from bot.domain.safety import Finding, Flag
from bot.domain.times import DayPart, TypedTime, When, read_when
from bot.domain.understanding import FindPlace, FindZone, Place, Question, Said, Words, understand

SNOOZE_MINUTES = 30
LONGEST_SNOOZE_MINUTES = 24 * 60
MINUTES_AN_HOUR, HOURS_A_DAY = 60, 24
HOURS_INTO_PART = 2  # "tonight", which begins at 18:00, is 20:00
YOUNGEST = 16  # the guideline behind the exercises covers people from 16 on: clinical brief, section 5

_OUTCOMES = {
    Intent.DONE: Outcome.DONE,
    Intent.PAIN: Outcome.PAIN,
    Intent.SKIP: Outcome.SKIPPED,
    Intent.STOP: Outcome.STOPPED,
    Intent.NO_TIME: Outcome.SKIPPED,
}
_REASONS = {Intent.NO_TIME: Reason.NO_TIME, Intent.ILL: Reason.ILL}


_QUESTIONS = {
    State.ASKING_ZONE: Question.ASKING_ZONE,
    State.ASKING_TIME: Question.ASKING_TIME,
    State.EXERCISING: Question.EXERCISING,
    State.OFFERING_EASIER: Question.EXERCISING,
    State.OFFERING_CLINIC: Question.EXERCISING,
    State.RATING_PAIN: Question.RATING,
    State.RATING_BACK: Question.RATING,
    State.RATING_DAY: Question.RATING,
}


@dataclass(frozen=True, slots=True)
class Reader:
    """What typed text is read with: the words of the person's language, those of all in which another is asked for.

    Places are looked up by the two functions.
    """

    words: Words
    languages: LanguageRequests
    find_place: FindPlace
    find_zone: FindZone


def read_text(  # noqa: C901, PLR0911 - one line per state
    chat: Chat, text: str, *, first_name: str, reader: Reader, reminded: Reminded | None = None
) -> Event:
    """Read what `text` means in the state `chat` is in; anything unreadable is an event too, never an exception.

    `reminded`: the reminder was the last thing that was said to somebody who is idle.
    """
    if text.startswith("/"):
        return _command(text, first_name)
    if request := read_language(text, reader.languages):
        return CommandGiven(Command.LANGUAGE) if request.code is None else LanguageChosen(request.code)
    phrasebook = reader.words.phrasebook
    age = read_age(text, phrasebook)
    if age is not None and age < YOUNGEST:
        return MinorTold()
    if chat.hold is not None and (intent := read_intent(text, phrasebook)) in {Intent.SPOKEN, Intent.CLEARED}:
        return HoldReleased(cleared=intent is Intent.CLEARED)
    match chat.state:
        case State.NEW | State.ASKING_CONSENT:
            agrees = chat.state is State.ASKING_CONSENT and read_intent(text, phrasebook) is Intent.YES
            return ConsentGiven() if agrees else TextUnknown()
        case State.SCREENING | State.SCREENING_PAIN:
            return _screening_answer(chat.state, text, reader.words)
        case State.ASKING_ZONE:
            said = _said(chat.state, text, reader)
            return _over_session(chat, text, reader) or _zone_answer(said, reader.find_zone)
        case State.ASKING_TIME:
            said = _said(chat.state, text, reader)
            elsewhere = _over_session(chat, text, reader) or _told_anywhere(said, reader.find_zone)
            return _time_answer(chat, said) or elsewhere or TimeUnreadable()
        case State.RATING_DAY if tells_done(text, phrasebook):
            return DayToldDone()
        case State.RATING_DAY:
            return _day_rating(_said(chat.state, text, reader), reader.find_zone)
        case State.IDLE:
            return _unasked(chat, text, reader) if reminded is None else _to_reminder(text, reader, reminded)
        case _:
            return _session_answer(chat.state, text, reader)


def read_edit(before: Chat | None, text: str, *, first_name: str, reader: Reader) -> Event:
    """Read the last answer in its new wording, as it would have been read then; anything else is not read at all.

    `before` is the chat as that answer met it, None where the message is an older one.
    """
    if before is None or text.startswith("/"):
        return TextUnknown(is_edit=True)
    event = read_text(before, text, first_name=first_name, reader=reader)
    return event if isinstance(event, Answer) else TextUnknown(is_edit=True)


def is_unread(event: Event) -> bool:
    """Whether a text says nothing about the open question; it may still answer a reminder that came after that."""
    is_command = isinstance(event, TextUnknown) and event.is_command
    unread = TextUnknown | TimeUnreadable | ZoneUnreadable | ScreeningUnreadable | RatingUnreadable
    return isinstance(event, unread) and not is_command


def answers_rating(chat: Chat, text: str, finding: Finding, words: Words) -> bool:
    """Whether a finding is only the number that was asked for: "7/10" after "how strong is the pain?".

    The conversation answers such a rating itself, with the same cut-offs and the same referral.
    """
    is_asked = chat.state in {State.RATING_PAIN, State.RATING_BACK, State.RATING_DAY, State.SCREENING_PAIN}
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


def _said(state: State, text: str, reader: Reader) -> Said:
    return understand(_QUESTIONS.get(state, Question.IDLE), text, reader.words, reader.find_place)


def _zone_answer(said: Said, find_zone: FindZone) -> Event:
    """Read an answer to "where are you?"; what a clock shows leads to the places where it shows that."""
    if said.place is None:
        return _told_anywhere(said, find_zone) or ZoneUnreadable()
    choices = _choices(said.place, find_zone)
    if isinstance(said.place, tuple) and len(choices) == 1:
        return ZoneNamed(choices[0][0])
    return ZoneAmbiguous(choices) if choices else ZoneUnreadable()


def _time_answer(chat: Chat, said: Said) -> Event | None:
    """Read times, or what settles those that were shown: "yes", "no", "in the evening"."""
    match chat.proposed, said:
        case ProposedTimes() as shown, Said(intent=Intent.YES) if (times := shown.agreed()) is not None:
            return TimesNamed(times)
        case ProposedTimes(), Said(intent=Intent.YES | Intent.NO):
            return CommandGiven(Command.TIME)
        case ProposedTimes() as shown, Said(intent=None, when=When(times=(), part=DayPart() as part)):
            times = shown.within(part)
            return TimeUnreadable() if times is None else TimesNamed(times)
        case _, Said(intent=None, when=When() as when):
            return TimeProposed(when)
        case _, Said(intent=Intent.START) if chat.session is None:
            return RoutineStarted()
    return None


def _choices(place: Place, find_zone: FindZone) -> tuple[tuple[str, str], ...]:
    return place if isinstance(place, tuple) else find_zone(place)


def _told_anywhere(said: Said, find_zone: FindZone) -> Event | None:
    """Read what may be said at any time: another reminder, another place, a pause, help."""
    if said.place is not None and (choices := _choices(said.place, find_zone)):
        return ZoneAmbiguous(choices)
    match said:
        case Said(intent=None, when=When() as when):
            return _once(when) or TimeProposed(when)
        case Said(intent=Intent.PAUSE, when=When() as when):
            return PauseAsked(when)
        case Said(intent=Intent.PAUSE):
            return CommandGiven(Command.PAUSE)
        case Said(intent=Intent.HELP | Intent.HOW_TO):
            return CommandGiven(Command.HELP)
    return None


def _once(when: When) -> RemindedOnce | None:
    """Read "tomorrow at 9", which is no daily reminder."""
    is_one_time = len(when.times) == 1 and not when.weekdays and when.date is None
    return RemindedOnce(when.times[0], when.days) if is_one_time and when.days is not None else None


def _snooze(said: Said) -> Event:
    """Read how long to put the reminder off, or until when; without either, for a while."""
    when = said.when
    if when is None:
        return Snoozed(SNOOZE_MINUTES)
    if when.minutes is not None:
        return Snoozed(min(when.minutes, LONGEST_SNOOZE_MINUTES))
    if len(when.times) == 1 and when.date is None:
        return RemindedOnce(when.times[0], when.days)
    if when == When(part=when.part) and when.part is not None:
        well_into = (when.part.begins // MINUTES_AN_HOUR + HOURS_INTO_PART) % HOURS_A_DAY
        return RemindedOnce(TypedTime(time(well_into)), days=0)
    if when == When(days=1):  # "tomorrow" is not today
        return DaySkipped()
    return Snoozed(SNOOZE_MINUTES) if when.days is None and when.date is None else TextUnknown()


def _over_session(chat: Chat, text: str, reader: Reader) -> Event | None:
    """Read an answer to the session that a question about settings lies over; None when it is none."""
    if chat.session is None:
        return None
    event = _session_answer(chat.session.phase, text, reader)
    return event if isinstance(event, StepAnswered) else None


def _session_answer(state: State, text: str, reader: Reader) -> Event:  # noqa: C901, PLR0911, PLR0912 - one line per meaning
    said = _said(state, text, reader)
    is_rating = state in {State.RATING_PAIN, State.RATING_BACK}
    if is_rating and said.intent is None and said.rating is not None:
        return Rated(said.rating)
    match state, said.intent:
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
            return _snooze(said)
        case State.EXERCISING | State.RATING_BACK, Intent.HARDER:
            return WishTold(Wish.HARDER)
        case State.RATING_BACK, Intent.EASIER:
            return WishTold(Wish.EASIER)
        case State.EXERCISING, Intent.HOW_TO:
            return HowToAsked()
        case State.EXERCISING, Intent.BAD_DAY:
            return RoutineStarted(minimum=True)
        case _, Intent.ILL:
            return ReasonTold(Reason.ILL, skips=True)
    if said.intent in _OUTCOMES:
        return StepAnswered(_OUTCOMES[said.intent])
    unknown = RatingUnreadable() if is_rating else TextUnknown()
    return _told_anywhere(said, reader.find_zone) or unknown


def _day_rating(said: Said, find_zone: FindZone) -> Event:
    """Read how strong the pain is today; whatever else is plain counts as well."""
    if said.intent is None and said.rating is not None:
        return Rated(said.rating)
    if said.intent in {Intent.SKIP, Intent.STOP, Intent.DONE} and said.when is None:
        return StepAnswered(_OUTCOMES[said.intent])
    event = TextUnknown() if said.intent is Intent.PAIN else _idle_wish(said, find_zone, is_held=False)
    return RatingUnreadable() if isinstance(event, TextUnknown) else event


def _screening_answer(state: State, text: str, words: Words) -> Event:
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
        case Intent.NO:
            return ScreeningAnswered(None)
    if rating is None:
        return ScreeningUnreadable()
    return ScreeningAnswered(rating or None)


def _unasked(chat: Chat, text: str, reader: Reader) -> Event:
    """Read what somebody says of their own accord."""
    if tells_done(text, reader.words.phrasebook):
        return DayToldDone()
    said = _said(chat.state, text, reader)
    if chat.paused_at is not None and said.intent is None:
        when = read_when(text, reader.words.time_words, bare_lengths=True)
        is_day = when is not None and not when.times and (when.days is not None or when.date is not None)
        if when is not None and (when.until or is_day):
            return PauseAsked(when)
    return _idle_wish(said, reader.find_zone, is_held=chat.hold is not None)


def _to_reminder(text: str, reader: Reader, reminded: Reminded) -> Event:
    """Read an answer to the reminder; a thumb up alone takes it up, and does not tell that the routine is done."""
    phrasebook = reader.words.phrasebook
    if reminded.asks_morning and (morning := read_morning(text, phrasebook)) is not None:
        return MorningTold(morning)
    if read_intent(text, phrasebook) is Intent.DONE:
        return DayToldDone() if words_of(text) else RoutineStarted()
    said = understand(Question.REMINDED, text, reader.words, reader.find_place)
    return _idle_wish(said, reader.find_zone, is_held=False)


def _idle_wish(said: Said, find_zone: FindZone, *, is_held: bool) -> Event:  # noqa: C901, PLR0911, PLR0912 - one line per meaning
    match said.intent:
        case Intent.NO | Intent.SNOOZE if is_held:
            return NotYetSpoken()
        case Intent.START:
            return RoutineStarted()
        case Intent.YES if is_held:  # "yes" alone does not tell to what: the hold is shown, with its button
            return RoutineStarted()
        case Intent.SKIP if said.when is None:
            return DaySkipped()
        case Intent.SNOOZE:
            return _snooze(said)
        case Intent.STOP:
            return CommandGiven(Command.STOP)
        case Intent.BAD_DAY:
            return RoutineStarted(minimum=True)
        case Intent.EASIER:
            return WishTold(Wish.EASIER)
        case Intent.HARDER:
            return WishTold(Wish.HARDER)
        case Intent.THANKS if not is_held:
            return Thanked()
        case Intent.PAIN:
            return ReasonTold(Reason.PAIN, rating=said.rating)
        case Intent.NO_TIME | Intent.ILL as intent if said.when is None:
            return ReasonTold(_REASONS[intent], skips=True)
        case _:
            return _told_anywhere(said, find_zone) or TextUnknown()
