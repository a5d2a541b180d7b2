"""Time words: what a person typed, as a time of day, so that `7:30`, `730` and "half past seven" are one answer.

Read in three steps that know nothing of each other:

1. Lexemes: the text in compatibility form and folded case, cut into digits, words and single signs.
2. Items: what each stretch of lexemes is. Words and phrases are data (`content/locales/<language>/times.yaml`); the
   longest phrase wins, and a word that nobody listed makes the whole answer unreadable.
3. Grammar: what the items say together (`timegrammar`).

No text whatever raises, and reading is linear. An answer that is no time is None, and the conversation asks again.
Not here: ratings, places, and whether the words are safe to pass over, which was settled before.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from bot.domain.timegrammar import (
    DAY_HOURS,
    HALF_DAY_HOURS,
    HOUR,
    LONGEST_DIGITS,
    DayPart,
    Digits,
    Fraction,
    Item,
    Mark,
    Named,
    Spelled,
    TypedTime,
    read_items,
)

__all__ = ["TimeWords", "TimeWordsError", "TypedTime", "read_time"]

_LONGEST_ANSWER = 200  # characters; whoever writes more is telling something
_LOOKALIKES = str.maketrans({**dict.fromkeys("’‘ʼʻ`´", "'"), **dict.fromkeys("∶꞉ː", ":"), "‐": "-", "‑": "-"})
_LEXEME = re.compile(r"\d+|[^\W\d_]+|\S")
_HYPHEN_IN_WORDS = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_SIGNS = {":": Mark.COLON, ".": Mark.POINT}
_SILENT_SIGNS = frozenset(',;!?()"“”„«»')
_SILENT_CATEGORIES = frozenset({"So", "Sk", "Mn", "Me", "Cf"})  # emoji and what modifies them
_HOURS = re.compile(r"(\d{1,2})-(\d{1,2})")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


class TimeWordsError(ValueError):
    """A word for times cannot be used; the message names it."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class TimeWords:
    """The words for times in one language; build it with `from_data`."""

    phrases: Mapping[tuple[str, ...], Item]
    longest: int

    @classmethod
    def from_data(
        cls,
        *,
        numbers: Mapping[str, int],
        fractions: Mapping[str, int],
        fractions_before_hour: Iterable[str],
        past: Iterable[str],
        to: Iterable[str],
        named: Mapping[str, Iterable[str]],
        day_parts: Mapping[str, Iterable[str]],
        hour_marks: Iterable[str],
        fillers: Iterable[str],
    ) -> Self:
        """Take the words as the authors write them; raise TimeWordsError naming the first that cannot be used.

        `named` leads clock times (`12:00`) to words, `day_parts` hours (`18-5`, the end excluded) to phrases.
        """
        leading = set(fractions_before_hour)
        if unknown := leading - set(fractions):
            raise TimeWordsError(f"fractions_before_hour: {min(unknown)!r} is not among the fractions")
        listed: list[tuple[str, Item]] = []
        listed += [(word, Spelled(_below(HOUR, value, word))) for word, value in numbers.items()]
        listed += [(word, Fraction(_below(HOUR, value, word), word in leading)) for word, value in fractions.items()]
        listed += [(word, Named(_clock_time(text))) for text, words in named.items() for word in words]
        listed += [(word, _hours(text)) for text, words in day_parts.items() for word in words]
        marks = {Mark.PAST: past, Mark.TO: to, Mark.HOUR: hour_marks, Mark.FILLER: fillers}
        listed += [(word, mark) for mark, words in marks.items() for word in words]
        phrases: dict[tuple[str, ...], Item] = {}
        for word, item in listed:
            phrase = tuple(_lexemes(word))
            if not phrase or phrase[0].isdecimal():
                raise TimeWordsError(f"{word!r} does not begin with a word")
            if phrase in phrases:
                raise TimeWordsError(f"{word!r} is listed twice")
            phrases[phrase] = item
        return cls(MappingProxyType(phrases), max(map(len, phrases), default=0))


def read_time(text: str, words: TimeWords) -> TypedTime | None:
    """Read a time of day that is all the text says; None for anything else, whatever it is."""
    if len(text) > _LONGEST_ANSWER:
        return None
    items = _items(list(_lexemes(text)), words)
    return None if items is None else read_items(items)


def _below(limit: int, value: int, word: str) -> int:
    if not 0 < value < limit:
        raise TimeWordsError(f"{word!r} must be between 1 and {limit - 1}, not {value}")
    return value


def _clock_time(text: str) -> int:
    if not (match := _CLOCK.fullmatch(text)):
        raise TimeWordsError(f"named: {text!r} is not a time such as '12:00'")
    return int(match[1]) * HOUR + int(match[2])


def _hours(text: str) -> DayPart:
    if not (match := _HOURS.fullmatch(text)):
        raise TimeWordsError(f"day_parts: {text!r} is not a pair of hours such as '18-5'")
    begins, ends = int(match[1]), int(match[2])
    if max(begins, ends) > DAY_HOURS or not 0 < (ends - begins) % DAY_HOURS <= HALF_DAY_HOURS:
        raise TimeWordsError(f"day_parts: {text!r} must span 1 to 12 hours of one day")
    return DayPart(begins * HOUR, ends * HOUR)


def _lexemes(text: str) -> Iterator[str]:
    """Cut a text into digits, words and signs, with every writing of the same character made one."""
    folded = unicodedata.normalize("NFKC", text.translate(_LOOKALIKES)).casefold()
    return (match[0] for match in _LEXEME.finditer(_HYPHEN_IN_WORDS.sub(" ", folded)))


def _items(lexemes: list[str], words: TimeWords) -> list[Item] | None:
    """Say what each stretch is, the longest phrase first; None as soon as one is nothing known."""
    items: list[Item] = []
    at = 0
    while at < len(lexemes):
        for length in range(min(words.longest, len(lexemes) - at), 0, -1):
            if found := words.phrases.get(tuple(lexemes[at : at + length])):
                items.append(found)
                at += length
                break
        else:
            single = _single(lexemes[at])
            if single is None:
                return None
            items.append(single)
            at += 1
    return items


def _single(lexeme: str) -> Item | None:
    """Say what a lexeme is in any language: digits, a sign of the clock, or a sign that means nothing here."""
    if lexeme.isdecimal():
        return Digits("".join(str(int(digit)) for digit in lexeme)) if len(lexeme) <= LONGEST_DIGITS else None
    if lexeme in _SIGNS:
        return _SIGNS[lexeme]
    silent = len(lexeme) == 1 and (lexeme in _SILENT_SIGNS or unicodedata.category(lexeme) in _SILENT_CATEGORIES)
    return Mark.FILLER if silent else None
