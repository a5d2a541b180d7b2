"""Time words: what a person typed about times, as a value, so that `7:30`, `730` and "half past seven" are one answer.

Read in three steps that know nothing of each other:

1. Lexemes: the text in compatibility form, without case, accents and apostrophes, cut into digits, words and single
   signs.
2. Items: what each stretch of lexemes is. Words and phrases are data (`content/locales/<language>/times.yaml`); the
   longest phrase wins, a long word may have one slip, and a word that nobody listed makes the whole text unreadable.
3. Grammar: what the items say together (`sentence`).

No text whatever raises, and reading is linear. A text that is about no time is None.
Not here: ratings, places, and whether the words are safe to pass over, which was settled before.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from bot.domain.safety import fold
from bot.domain.slips import LONGEST_WORD, index_slips, slips_of
from bot.domain.times.items import (
    DAY_HOURS,
    HALF_DAY_HOURS,
    HOUR,
    LONGEST_DIGITS,
    DayPart,
    Digits,
    Fraction,
    Item,
    Length,
    Mark,
    Month,
    Named,
    RelativeDay,
    Spelled,
    Unit,
    Weekdays,
)
from bot.domain.times.sentence import When, read_items

_LONGEST_TEXT = 200  # characters; whoever writes more is telling something
_SHORTEST_TYPED_SLIP = 4  # letters, of a known word of five
_LOOKALIKES = str.maketrans({**dict.fromkeys("’‘ʼʻ`´'"), **dict.fromkeys("∶꞉ː", ":"), **dict.fromkeys("‐‑–—−", "-")})
_LEXEME = re.compile(r"\d+|[^\W\d_]+|\S")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_SIGNS = {
    ":": Mark.COLON,
    ".": Mark.POINT,
    "/": Mark.SLASH,
    "-": Mark.DASH,
    ",": Mark.AND,
    ";": Mark.AND,
    "&": Mark.AND,
}
_SILENT_SIGNS = frozenset('!?¡¿()"“”„«»')
_SILENT_CATEGORIES = frozenset({"So", "Sk", "Mn", "Me", "Cf"})  # emoji and what modifies them
_HOURS = re.compile(r"(\d{1,2})-(\d{1,2})")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_DAYS = re.compile(r"([1-7])(?:-([1-7]))?")


class TimeWordsError(ValueError):
    """A word for times cannot be used; the message names it."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class TimeWords:
    """The words for times in one language; build it with `from_data`."""

    phrases: Mapping[tuple[str, ...], Item]
    longest: int
    vocabulary: frozenset[str]
    alike: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_data(
        cls,
        *,
        numbers: Mapping[str, int],
        fractions: Mapping[str, int],
        fractions_before_hour: Iterable[str],
        named: Mapping[str, Iterable[str]],
        day_parts: Mapping[str, Iterable[str]],
        weekdays: Mapping[str, Iterable[str]],
        days: Mapping[int, Iterable[str]],
        months: Mapping[int, Iterable[str]],
        units: Mapping[int, Iterable[str]],
        lengths: Mapping[int, Iterable[str]],
        marks: Mapping[str, Iterable[str]],
    ) -> Self:
        """Take the words as the authors write them; raise TimeWordsError naming the first that cannot be used.

        `named` leads clock times (`12:00`) to words, `day_parts` hours (`18-5`, the end excluded), `weekdays` days
        (`1-5`) and `marks` what a word does (`past`, `and`); a word may do several such things, but only be one thing
        else.
        """
        leading = set(fractions_before_hour)
        if unknown := leading - set(fractions):
            raise TimeWordsError(f"fractions_before_hour: {min(unknown)!r} is not among the fractions")
        listed: list[tuple[str, Item]] = []
        listed += [(word, Spelled(_below(HOUR, value, word))) for word, value in numbers.items()]
        listed += [(word, Fraction(_below(HOUR, value, word), word in leading)) for word, value in fractions.items()]
        listed += [(word, Named(_clock_time(text))) for text, words in named.items() for word in words]
        listed += [(word, _hours(text)) for text, words in day_parts.items() for word in words]
        listed += [(word, _weekdays(text)) for text, words in weekdays.items() for word in words]
        listed += [(word, RelativeDay(value)) for value, words in days.items() for word in words]
        listed += [(word, Month(_below(13, value, word))) for value, words in months.items() for word in words]
        listed += [(word, Unit(value)) for value, words in units.items() for word in words]
        listed += [(word, Length(value)) for value, words in lengths.items() for word in words]
        listed += [(word, _mark(name)) for name, words in marks.items() for word in words]
        phrases: dict[tuple[str, ...], Item] = {}
        for word, item in listed:
            phrase = tuple(_lexemes(word))
            if not phrase or phrase[0].isdecimal():
                raise TimeWordsError(f"{word!r} does not begin with a word")
            before = phrases.get(phrase, Mark(0))
            if not isinstance(before, Mark) or (before and not isinstance(item, Mark)) or before == item:
                raise TimeWordsError(f"{word!r} is listed twice")
            phrases[phrase] = before | item if isinstance(item, Mark) else item
        vocabulary = frozenset(word for phrase in phrases for word in phrase)
        return cls(MappingProxyType(phrases), max(map(len, phrases), default=0), vocabulary, index_slips(vocabulary))


def read_when(text: str, words: TimeWords, *, bare_lengths: bool = False, bare_minutes: bool = False) -> When | None:
    """Read what a text says of times if it says nothing else; None for anything else, whatever it is.

    With `bare_lengths` "20 minutes" is read as "in 20 minutes" is, as an answer to "when?"; with `bare_minutes` so is
    "20", as after "give me".
    """
    if len(text) > _LONGEST_TEXT:
        return None
    items = _items(list(_lexemes(text)), words)
    return None if items is None else read_items(items, bare_lengths=bare_lengths, bare_minutes=bare_minutes)


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


def _weekdays(text: str) -> Weekdays:
    if not (match := _DAYS.fullmatch(text)):
        raise TimeWordsError(f"weekdays: {text!r} is neither a day such as '1' (Monday) nor a range such as '1-5'")
    return Weekdays(frozenset(range(int(match[1]), int(match[2] or match[1]) + 1)))


def _mark(name: str) -> Mark:
    try:
        return Mark[name.upper()]
    except KeyError:
        known = ", ".join(member.lower() for member in Mark.__members__)
        raise TimeWordsError(f"marks: {name!r} is not one of {known}") from None


def _lexemes(text: str) -> Iterator[str]:
    """Cut a text into digits, words and signs, with every writing of the same character made one."""
    plain = _DECIMAL_COMMA.sub(".", unicodedata.normalize("NFKC", text.translate(_LOOKALIKES)).casefold())
    for match in _LEXEME.finditer(plain):
        yield fold(match[0]) or match[0]


def _items(lexemes: list[str], words: TimeWords) -> list[Item] | None:
    """Say what each stretch is, the longest phrase first; None as soon as one is nothing known."""
    for place, lexeme in enumerate(lexemes):
        if lexeme.isalpha() and lexeme not in words.vocabulary:
            known = _one_slip_away(lexeme, words)
            if known is None:
                return None
            lexemes[place] = known
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
    return _without_hyphens(items)


def _without_hyphens(items: list[Item]) -> list[Item]:
    """Read a hyphen between two weekdays as a range and drop one after or between words; between digits it stays."""
    kept: list[Item] = []
    for item, before, after in zip(items, [None, *items], [*items[1:], None], strict=False):
        if item is not Mark.DASH or before is None or after is None or isinstance(after, Digits):
            kept.append(item)
        elif isinstance(before, Weekdays) and isinstance(after, Weekdays):
            kept.append(Mark.RANGE)
    return kept


def _one_slip_away(lexeme: str, words: TimeWords) -> str | None:
    """Give the one known word, a long one, that is a slip away from a word nobody listed."""
    if not _SHORTEST_TYPED_SLIP <= len(lexeme) <= LONGEST_WORD:
        return None
    meant = slips_of(lexeme, words.alike)
    return meant[0] if len(meant) == 1 else None


def _single(lexeme: str) -> Item | None:
    """Say what a lexeme is in any language: digits, a sign of the clock, or a sign that means nothing here."""
    if lexeme.isdecimal():
        return Digits("".join(str(int(digit)) for digit in lexeme)) if len(lexeme) <= LONGEST_DIGITS else None
    if lexeme in _SIGNS:
        return _SIGNS[lexeme]
    silent = len(lexeme) == 1 and (lexeme in _SILENT_SIGNS or unicodedata.category(lexeme) in _SILENT_CATEGORIES)
    return Mark.FILLER if silent else None
