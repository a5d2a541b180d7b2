"""Understanding: what a typed text says to the question that is open, before anybody decides what it leads to.

Short answers (`replies`), times (`times`) and places are read here and nowhere else; `interpretation` makes events of
what was said, and `lumbar understand` prints it. What words mean depends on the question: "7" is a rating after "how
strong is the pain?", a time when the reminder is being set, and nothing in the middle of an exercise.

A wish may carry a time: "pause until monday", "snooze for an hour", "I am away for two weeks". Then one end of the text
is the wish, in words of the phrasebook, and the rest says when.

Safety has read the text before. Look-ups of places are handed in as a function, so that this module knows no atlas.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum

from bot.domain.replies import Intent, Phrasebook, is_filler, read_intent, read_openings, read_rating, words_of
from bot.domain.times import Half, TimeWords, When, read_when

FindPlace = Callable[[str], tuple[tuple[str, str], ...]]
"""A typed place to pairs of IANA zone and label, likeliest first; empty when it names none."""

_HIGHEST_OFFSET, _LOWEST_OFFSET = 14 * 60, -12 * 60  # minutes
_LONGEST_ANSWER = 200  # characters
_LONGEST_LEAD = 8  # words
_OFFSET = re.compile(r"(utc|gmt)?\s*([+\-\u2212\u2013])\s*(\d{1,2})(?::?([0-5]\d))?\s*h?", re.IGNORECASE)
_TAKES_WHEN = frozenset({Intent.SNOOZE, Intent.PAUSE, Intent.SKIP, Intent.NO_TIME})


class Question(StrEnum):
    """What the person has just been asked or shown."""

    IDLE = "idle"
    REMINDED = "reminded"
    EXERCISING = "exercising"
    RATING = "rating"
    ASKING_TIME = "asking_time"
    ASKING_ZONE = "asking_zone"


_OF_A_SESSION = frozenset({Question.EXERCISING, Question.RATING})


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language that typed answers are read with."""

    phrasebook: Phrasebook
    time_words: TimeWords


@dataclass(frozen=True, slots=True)
class ClockHere:
    """What the clock shows where the person is; `times` are two where the half of the day is open."""

    times: tuple[time, ...]


@dataclass(frozen=True, slots=True)
class Offset:
    """How far the person's clock is ahead of UTC, in minutes; no zone yet, for it knows no summer time."""

    minutes: int


Place = tuple[tuple[str, str], ...] | ClockHere | Offset
"""Where somebody is: zones with their labels, more than one where the name is ambiguous, or what their clock shows."""


FindZone = Callable[[ClockHere | Offset], tuple[tuple[str, str], ...]]
"""What a clock shows, or its offset, to pairs of IANA zone and label where it is so now, likeliest first."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says: a wish, perhaps with a time, or a time, a rating or a place; nothing if it is not clear."""

    intent: Intent | None = None
    when: When | None = None
    rating: int | None = None
    place: Place | None = None


NOTHING = Said()


def understand(question: Question, text: str, words: Words, find_place: FindPlace) -> Said:
    """Tell what `text` says in answer to `question`; never raises."""
    match question:
        case Question.RATING:
            rating = read_rating(text, words.phrasebook)
            return Said(rating=rating) if rating is not None else _wish(question, text, words)
        case Question.ASKING_TIME:
            when = read_when(text, words.time_words)
            if when is not None and not when.until:
                return Said(when=when)
            return _wish(question, text, words)
        case Question.ASKING_ZONE:
            place = _answered_place(text, words, find_place)
            return _wish(question, text, words) if place is None else Said(place=place)
    said = _wish(question, text, words)
    place = _told_place(text, words, find_place) if said.intent is None else None
    return said if place is None else Said(place=place)


def _wish(question: Question, text: str, words: Words) -> Said:
    """Read a wish, with a time or without, or a time alone."""
    intent = read_intent(text, words.phrasebook)
    if intent is Intent.PAIN:
        return Said(intent, rating=read_rating(text, words.phrasebook))
    if intent is not None:
        return Said(_answer(intent) if question is Question.REMINDED else intent)
    if (timed := _timed_wish(text, words)) is not None:
        return timed
    if question is Question.ASKING_ZONE or (question in _OF_A_SESSION and _is_number(text, words)):
        return NOTHING
    when = read_when(text, words.time_words, bare_lengths=question is Question.REMINDED)
    return NOTHING if when is None or when.until else _about_when(question, when)


def _is_number(text: str, words: Words) -> bool:
    """Tell whether a text is a number more likely than a time: "10", or "about a 7"."""
    return not any(map(str.isalpha, text)) or read_rating(text, words.phrasebook) is not None


def _about_when(question: Question, when: When) -> Said:
    """Tell whether a time alone changes the reminder or only puts off today's."""
    if when.minutes is not None:
        return Said(when=when) if question is Question.ASKING_TIME else Said(Intent.SNOOZE, when)
    is_plain = not when.weekdays and len(when.times) <= 1
    if question is Question.REMINDED and is_plain:
        only_the_day = not when.times and when.part is None
        return Said(Intent.SKIP) if only_the_day else Said(Intent.SNOOZE, when)
    return Said(when=when)


def _answer(intent: Intent) -> Intent:
    """Read yes and no as answers to a reminder."""
    return {Intent.YES: Intent.START, Intent.NO: Intent.SKIP}.get(intent, intent)


def _timed_wish(text: str, words: Words) -> Said | None:
    """Read a wish at one end of the text and when it is for at the other, the longest wish first."""
    for intent, rest in read_openings(text, words.phrasebook):
        if intent not in _TAKES_WHEN:
            continue
        when = read_when(rest, words.time_words, bare_lengths=True, bare_minutes=intent is Intent.SNOOZE)
        if when is None:
            continue
        if intent is Intent.SNOOZE and not when.weekdays:
            return Said(intent, replace(when, until=False))
        if intent in {Intent.SKIP, Intent.NO_TIME} and not when.times and when.minutes is None:
            return Said(intent, None if when.days == 0 else when)
        if intent is Intent.PAUSE and when.minutes is None:
            return Said(intent, replace(when, until=True))
    return None


def _leads(text: str, leads: frozenset[tuple[str, ...]], phrasebook: Phrasebook) -> Iterator[str]:
    """Yield what follows each lead that the text begins with, the longest lead first."""
    pieces = text.split() if len(text) <= _LONGEST_ANSWER else []
    words = [words_of(piece) for piece in pieces[:_LONGEST_LEAD]]
    for at in range(min(len(pieces) - 1, _LONGEST_LEAD), 0, -1):
        if tuple(word for piece in words[:at] for word in piece) in leads:
            yield " ".join(pieces[at:])
            while pieces[at + 1 :] and is_filler(pieces[-1], phrasebook):  # "i'm in Lima now"
                pieces = pieces[:-1]
                yield " ".join(pieces[at:])


def _answered_place(text: str, words: Words, find_place: FindPlace) -> Place | None:
    """Read an answer to "where are you?"."""
    if (offset := _offset(text)) is not None:
        return offset
    if (clock := _clock_here(text, words)) is not None:
        return clock
    return find_place(text) or _after_lead(text, words, find_place)


def _told_place(text: str, words: Words, find_place: FindPlace) -> Place | None:
    """Read where somebody is who was not asked: only what can be nothing else."""
    offset = _offset(text)
    if offset is not None and text.strip()[:1].isalpha():
        return offset
    for rest in _leads(text, words.phrasebook.clock_leads, words.phrasebook):
        if (clock := _clock_here(rest, words)) is not None:
            return clock
    if "/" in text and [zone.casefold() for zone, _ in find_place(text)] == [text.strip().casefold()]:
        return find_place(text)
    return _after_lead(text, words, find_place)


def _after_lead(text: str, words: Words, find_place: FindPlace) -> Place | None:
    for rest in _leads(text, words.phrasebook.place_leads, words.phrasebook):
        if places := find_place(rest):
            return places
    return None


def _clock_here(text: str, words: Words) -> ClockHere | None:
    """Read what a clock shows, to the minute or with its half of the day; a bare "7" is none."""
    when = read_when(text, words.time_words)
    if when is None or len(when.times) != 1 or when != When(times=when.times):
        return None
    (typed,) = when.times
    if typed.half is Half.OPEN and typed.time.minute == 0:
        return None
    return ClockHere((typed.time,) if typed.half is Half.SAID else (typed.time, typed.other_half))


def _offset(text: str) -> Offset | None:
    """Read "+2", "UTC-5" or "GMT+5:30"."""
    match = _OFFSET.fullmatch(text.strip())
    if match is None:
        return None
    minutes = int(match[3]) * 60 + int(match[4] or 0)
    minutes = minutes if match[2] == "+" else -minutes
    return Offset(minutes) if _LOWEST_OFFSET <= minutes <= _HIGHEST_OFFSET else None
