"""Replies: what a short typed answer means, so that "did it ✅" does what the Done button does.

People type while lying on a mat: they stretch words, slip on a letter, add "please" and an emoji. A reply is therefore
read as words that are all accounted for: each is a filler or belongs to a phrase of one intent. A single word left
over means that the message is not that simple, and the answer is None: the conversation then asks instead of recording
an exercise nobody did. For the same reason "not done" and "no pain" are None.

Pain is the exception, because overlooking it is worse than asking about it once too often: mentioned anywhere in a
short message that neither denies it nor asks a question, it wins over everything else ("done but it hurts").

A pain rating is read from an answer to "how much, from 0 to 10?". In doubt it is the higher number: halves round up, a
range counts as its upper end.

The words are data (`content/locales/<language>/replies.yaml`). Not here: what the conversation does with an intent,
times and places, and anything about safety, which has read the message before.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Self

from bot.domain.levels import Morning
from bot.domain.safety import fold
from bot.domain.slips import LONGEST_WORD, SHORTEST_SLIP, index_slips, slips_of, squeeze

_AGE = "#"  # where the number stands in a phrase about somebody's age
_LONGEST_REPLY = 200  # characters; whoever writes more is telling something
_LONGEST_PHRASE = 6  # words
_MOST_OTHER_WORDS = 8  # around a mention of pain
_HIGHEST_RATING = 10
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_][\w'\u2018\u2019\u02bc\u0300-\u036f]*|\S")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_IGNORED = re.compile("[\ufe0e\ufe0f\u20e3\u200b-\u200f\u2060\ufeff\u00ad\U0001f3fb-\U0001f3ff]")


class Intent(StrEnum):
    """What the person wants."""

    PAIN = "pain"
    DONE = "done"
    SKIP = "skip"
    NO_TIME = "no_time"
    ILL = "ill"
    STOP = "stop"
    START = "start"
    SNOOZE = "snooze"
    EASIER = "easier"
    HARDER = "harder"
    BAD_DAY = "bad_day"
    HOW_TO = "how_to"
    PAUSE = "pause"
    HELP = "help"
    THANKS = "thanks"
    SPOKEN = "spoken"
    CLEARED = "cleared"
    NO = "no"
    YES = "yes"


class PhrasebookError(ValueError):
    """A phrase of the phrasebook cannot be used; the message names it."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Phrasebook:
    """The reply words of one language, folded for comparison; build it with `from_data`.

    `phrases` leads fillers to None, `vocabulary` leads every known word, as it is and with its repeated letters
    squeezed, to itself, and `alike` leads the two ends of the longer ones to them.
    """

    phrases: Mapping[tuple[str, ...], Intent | None]
    vocabulary: Mapping[str, str]
    alike: Mapping[str, tuple[str, ...]]
    negations: frozenset[str]
    numbers: Mapping[str, int]
    out_of: frozenset[tuple[str, ...]]
    rating_fillers: frozenset[str]
    no_pain: frozenset[tuple[str, ...]]
    openings: Mapping[tuple[str, ...], Intent]
    place_leads: frozenset[tuple[str, ...]]
    clock_leads: frozenset[tuple[str, ...]]
    mornings: Mapping[tuple[str, ...], Morning]
    told_done: frozenset[str]
    ages: frozenset[tuple[str, ...]]

    @classmethod
    def from_data(
        cls,
        *,
        intents: Mapping[str, Iterable[str]],
        fillers: Iterable[str],
        negations: Iterable[str],
        numbers: Mapping[str, int],
        out_of: Iterable[str],
        rating_fillers: Iterable[str],
        no_pain: Iterable[str],
        openings: Mapping[str, Iterable[str]],
        place_leads: Iterable[str],
        clock_leads: Iterable[str],
        mornings: Mapping[str, Iterable[str]],
        told_done: Iterable[str],
        ages: Iterable[str],
    ) -> Self:
        """Build a phrasebook from the keys of its YAML file; raise PhrasebookError naming what is wrong."""
        phrases: dict[tuple[str, ...], Intent | None] = {_phrase(filler): None for filler in fillers}
        for name in (*intents, *openings):
            if name not in set(Intent):
                raise PhrasebookError(f"{name!r} is not an intent; use one of {', '.join(Intent)}")
        for name, spellings in intents.items():
            for spelling in spellings:
                if phrases.get(words := _phrase(spelling)) is not None:
                    raise PhrasebookError(f"{spelling!r} under {name!r} already means something else, or stands twice")
                phrases[words] = Intent(name)
        for name in mornings:
            if name not in set(Morning):
                raise PhrasebookError(f"{name!r} is no morning; use one of {', '.join(Morning)}")
        folded_negations = frozenset(word for negation in negations for word in _phrase(negation))
        opened = {_phrase(phrase): Intent(name) for name, phrases in openings.items() for phrase in phrases}
        known = {*folded_negations, *(word for words in (*phrases, *opened) for word in words)}
        vocabulary = {squeeze(word): word for word in sorted(known)} | {word: word for word in known}
        folded_numbers = {fold(word): value for word, value in numbers.items()}
        if wrong := [word for word, value in folded_numbers.items() if not 0 <= value <= _HIGHEST_RATING]:
            raise PhrasebookError(f"{wrong[0]!r} is not a rating from 0 to {_HIGHEST_RATING}")
        return cls(
            phrases=phrases,
            vocabulary=vocabulary,
            alike=index_slips(vocabulary),
            negations=folded_negations,
            numbers=folded_numbers,
            out_of=frozenset(_phrase(phrase) for phrase in out_of),
            rating_fillers=frozenset(word for filler in rating_fillers for word in _phrase(filler)),
            no_pain=frozenset(_phrase(phrase) for phrase in no_pain),
            openings=opened,
            place_leads=frozenset(_phrase(lead) for lead in place_leads),
            clock_leads=frozenset(_phrase(lead) for lead in clock_leads),
            mornings={_phrase(phrase): Morning(name) for name, phrases in mornings.items() for phrase in phrases},
            told_done=frozenset(word for told in told_done for word in _phrase(told)),
            ages=frozenset(_phrase(age) for age in ages),
        )


def read_intent(text: str, phrasebook: Phrasebook) -> Intent | None:
    """Tell what a typed reply asks for, or None when it is not one plain wish; never raises."""
    tokens = _tokens(text)
    if tokens[:1] == ["/"]:  # a command is no reply
        return None
    words = _known_words(tokens, phrasebook)
    if (whole := phrasebook.phrases.get(tuple(words))) is not None:
        return whole
    intents, left_over = _segment(words, phrasebook)
    if Intent.PAIN in intents and Intent.NO not in intents:
        unsure = left_over and ("?" in tokens or len(left_over) > _MOST_OTHER_WORDS)
        return None if unsure or not phrasebook.negations.isdisjoint(left_over) else Intent.PAIN
    if left_over:
        return None
    if not intents and any(phrasebook.phrases.get((word,)) is Intent.THANKS for word in words):
        return Intent.THANKS
    if reasons := intents & _REASONS:
        intents = reasons | (intents - _LEFT_OUT)  # "skip today, no time"
    if intents == {Intent.NO, Intent.SKIP}:
        return Intent.SKIP  # "no, not today"
    if Intent.NO not in intents:
        intents = intents - {Intent.YES} or intents
    return next(iter(intents)) if len(intents) == 1 else None


def tells_done(text: str, phrasebook: Phrasebook) -> bool:
    """Tell whether "done" is said of the routine as something past ("already did it"), and is no "next" or thumb up."""
    return not phrasebook.told_done.isdisjoint(words_of(text)) and read_intent(text, phrasebook) is Intent.DONE


def read_morning(text: str, phrasebook: Phrasebook) -> Morning | None:
    """Read an answer to "better, the same, or worse than yesterday?"; None when it is no plain one."""
    words = words_of(text)
    plain = tuple(word for word in words if phrasebook.phrases.get((word,), Intent.NO) is not None)
    return phrasebook.mornings.get(words) or phrasebook.mornings.get(plain)


def read_openings(text: str, phrasebook: Phrasebook) -> Iterator[tuple[Intent, str]]:
    """Yield what each end of a text may ask for, the longest first, with the rest of it, which should say when.

    An end is a whole wish ("pause my reminders" until monday) or an opening ("give me" 20 minutes).
    """
    pieces = text.split() if len(text) <= _LONGEST_REPLY else []
    words = [_known_words(_tokens(piece), phrasebook) for piece in pieces]
    strange = [at for at, piece in enumerate(words) if not phrasebook.vocabulary.keys() >= set(piece)]
    first, last = (strange[0], strange[-1]) if strange else (len(pieces), -1)  # no wish goes beyond a strange word
    for at in range(min(first, len(pieces) - 1), 0, -1):
        if intent := _opening([word for piece in words[:at] for word in piece], phrasebook):
            yield intent, " ".join(pieces[at:])
    for at in range(max(last + 1, 1), len(pieces)):
        if intent := _opening([word for piece in words[at:] for word in piece], phrasebook):
            yield intent, " ".join(pieces[:at])


_REASONS = {Intent.NO_TIME, Intent.ILL}
_LEFT_OUT = {Intent.NO, Intent.SKIP}
_CHANGING_NOTHING = {None, Intent.THANKS}  # beside anything else, thanks are a filler


def _opening(words: list[str], phrasebook: Phrasebook) -> Intent | None:
    if intent := phrasebook.openings.get(tuple(words)):
        return intent
    intents, left_over = _segment(words, phrasebook)
    intents = intents - _REASONS or intents  # "i'm ill, pause" for a week
    if len(intents) == 1 and not left_over:
        return next(iter(intents))
    plain = tuple(word for word in words if phrasebook.phrases.get((word,), Intent.NO) not in _CHANGING_NOTHING)
    return phrasebook.openings.get(plain)


def is_filler(word: str, phrasebook: Phrasebook) -> bool:
    """Tell whether a word changes nothing."""
    return phrasebook.phrases.get(words_of(word), Intent.NO) in _CHANGING_NOTHING


def words_of(text: str) -> tuple[str, ...]:
    """Split a text into its words as the phrases are split, without signs."""
    return tuple(token for token in _tokens(text) if token[0].isalnum())


def read_age(text: str, phrasebook: Phrasebook) -> int | None:
    """Read how old somebody says they are, in whole years; None where they do not, in so many words."""
    words = words_of(text)
    if not any(map(str.isdecimal, words)):
        return None
    for phrase in phrasebook.ages:
        for start in range(len(words) - len(phrase) + 1):
            said = words[start : start + len(phrase)]
            numbers = [word for word, known in zip(said, phrase, strict=True) if known == _AGE]
            is_alike = all(known in {word, _AGE} for word, known in zip(said, phrase, strict=True))
            if is_alike and len(numbers) == 1 and numbers[0].isdecimal():
                return int(numbers[0])
    return None


def read_rating(text: str, phrasebook: Phrasebook) -> int | None:
    """Read a pain rating, 0 to 10, from an answer to the question for one; None when there is no clear one."""
    tokens = _tokens(text)
    if tuple(token for token in tokens if token.isalnum()) in phrasebook.no_pain:
        return 0
    ratings: list[int] = []
    position = 0
    while position < len(tokens):
        rating = _number(tokens[position], phrasebook)
        if rating is None:
            if not _beside_the_number(tokens[position], phrasebook, leading=not ratings):
                return None
            position += 1
            continue
        ratings.append(rating)
        position += 1
        if scale := _scale_length(tokens[position:], phrasebook):
            position += scale
            if position == len(tokens) or _number(tokens[position], phrasebook) != _HIGHEST_RATING:
                return None
            position += 1
    if not 1 <= len(ratings) <= _MOST_RATINGS or max(ratings) > _HIGHEST_RATING:
        return None
    return max(ratings)


_NEVER_BESIDE_A_RATING = frozenset(":/%")
_MINUS = frozenset("-\u2013\u2212")
_MOST_RATINGS = 2  # the two ends of a range


def _number(token: str, phrasebook: Phrasebook) -> int | None:
    """Read one number, in digits or as a word, rounding up."""
    if token in phrasebook.numbers:
        return phrasebook.numbers[token]
    if _NUMBER.fullmatch(token):
        return ceil(float(token.replace(",", ".")))
    return None


def _beside_the_number(token: str, phrasebook: Phrasebook, *, leading: bool) -> bool:
    """Tell whether a rating may have this token beside it: a filler, or a sign that makes no other number of it."""
    if token[0].isalnum():
        return token in phrasebook.rating_fillers
    return token not in _NEVER_BESIDE_A_RATING and not (leading and token in _MINUS)


def _scale_length(tokens: list[str], phrasebook: Phrasebook) -> int:
    """Count the tokens, if any, that say "out of"."""
    return max((len(phrase) for phrase in phrasebook.out_of if tuple(tokens[: len(phrase)]) == phrase), default=0)


def _tokens(text: str) -> list[str]:
    """Split a reply into folded words, numbers and single other characters; into nothing when it is too long."""
    if len(text) > _LONGEST_REPLY:
        return []
    found = _TOKEN.findall(_IGNORED.sub("", text))
    return [token if len(token) == 1 and not token.isalnum() else fold(token) or token for token in found]


_PUNCTUATION = frozenset(".,;:!?'\"()-")


def _phrase(spelling: str) -> tuple[str, ...]:
    """Split a phrase of the phrasebook as a reply is split; raise PhrasebookError when nothing is left of it."""
    words = tuple(token for token in _tokens(spelling) if token not in _PUNCTUATION)
    if not words:
        raise PhrasebookError(f"{spelling!r} is not a phrase")
    return words


def _known_words(tokens: list[str], phrasebook: Phrasebook) -> list[str]:
    """Keep the words and the signs that mean something, each as the known word that was meant."""
    return [_corrected(token, phrasebook) for token in tokens if token.isalnum() or (token,) in phrasebook.phrases]


def _segment(words: list[str], phrasebook: Phrasebook) -> tuple[set[Intent], list[str]]:
    """Cover the words by phrases, longest first; give their intents and the words that no phrase holds."""
    intents: set[Intent] = set()
    left_over: list[str] = []
    start = 0
    while start < len(words):
        ends = range(min(len(words), start + _LONGEST_PHRASE), start, -1)
        end = next((end for end in ends if tuple(words[start:end]) in phrasebook.phrases), None)
        if end is None:
            left_over.append(words[start])
            start += 1
            continue
        intent = phrasebook.phrases[tuple(words[start:end])]
        if intent is not None and intent is not Intent.THANKS:
            intents.add(intent)
        start = end
    return intents, left_over


def _corrected(word: str, phrasebook: Phrasebook) -> str:
    """Give the known word that was meant: the same but for stretched letters or, in longer words, one slip."""
    if meant := phrasebook.vocabulary.get(word):
        return meant
    squeezed = squeeze(word)
    meant = phrasebook.vocabulary.get(squeezed)
    if meant is None and SHORTEST_SLIP <= len(squeezed) <= LONGEST_WORD:
        slips = slips_of(squeezed, phrasebook.alike)
        meant = phrasebook.vocabulary[slips[0]] if slips else None
    return meant or word
