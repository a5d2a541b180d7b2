"""Spelling: from the characters of a message to words that can be compared.

A word is compared without case, accents, apostrophes and invisible characters, with look-alike letters of other scripts
read as Latin ones; the Spanish ñ stays a letter of its own. What the lexicon does not know is then tried as letters
written with digits and signs ("p@in", "unb3arable"), without a final s ("the bladder's full") or with it for a z
("legz"), as a stretched word ("paaain") and, if it is long, as a word with one slip; a language may list letters that
sound alike (Spanish b and v), so that a long word is known by its sound ("cebero"), and short forms of words ("q" for
"que"), which may stand for themselves too. A word the lexicon knows is never changed into another, nor is an ordinary
word that it lists.

Everything is linear in the length of the message: words are cut at `LONGEST_WORD` characters, and no expression here
can backtrack.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import TypeAlias

LONGEST_WORD = 32
SHORTEST_STEM = 3
SHORTEST_REPEATING = 60
MOST_REPEATS = 3
SHORTEST_SLIP = 5
_LONG_WORD = 7

_APOSTROPHES = "'\u2018\u2019\u02bb\u02bc\u00b4`\u2032"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ufe0e\ufe0f"
_EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55"
_TOKEN = re.compile(
    rf"(?P<mixed>\d[^\W\d_]{{2,}}\d[\w]*|0[^\W\d_]{{2,}}[\w]*)|(?P<number>\d+(?:[.,:]\d+)?)|(?P<word>[^\W\d_][\w{_APOSTROPHES}{_INVISIBLE}\u0300-\u036f@$]*)"
    rf"|(?P<sign>[/%]|[{_EMOJI}])|(?P<stop>[.!?;\n\r\u2026\u3002]+)|(?P<pause>[,:()\u2013\u2014\u00b7\u2022*]|\s-+\s)"
    rf"|(?P<leet>[$@][\w$@]+)"
)
_RUN = re.compile(r"(.)\1")
_DROPPED = str.maketrans("", "", _APOSTROPHES + _INVISIBLE + "_")
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s"})
_LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0501\u0432\u043c\u043d\u0442\u043a"
    "\u03b1\u03b5\u03bf\u03c1\u03c4\u03c5\u03bd\u03b9\u03ba\u0131",
    "aeopcyxisdbmhtkaeoptuvik" + "i",
)

NO_BREAK, PAUSE, STOP, QUESTION = 0, 1, 2, 3  # from STOP on a sentence ends


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a message, their spans in the original text, and the break before each word."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    breaks: tuple[int, ...]

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.words)

    def is_unbroken(self, start: int, end: int) -> bool:
        """Whether no sentence ends between the words `start` and `end`."""
        return max(self.breaks[start : end + 1], default=NO_BREAK) < STOP


def fold(word: str) -> str:
    """Spell a word without case, accents, apostrophes or invisible characters; ñ stays."""
    if word.isascii():
        return word.lower() if word.isalpha() else word.lower().translate(_DROPPED)
    word = unicodedata.normalize("NFKC", word).casefold().translate(_DROPPED).translate(_LOOKALIKES)
    if word.isascii():
        return word
    spelled = []
    for letter in word:
        if letter == "ñ":
            spelled.append(letter)
        else:
            spelled.extend(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    return "".join(spelled)


def tokens(text: str) -> Sentence:
    """Split a text into folded words, numbers and signs; never raises."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    breaks: list[int] = []
    pending = STOP
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "stop":
            marks = match.group()
            pending = max(pending, PAUSE if marks in _DOTS else QUESTION if "?" in marks else STOP)
            continue
        if kind == "pause":
            pending = max(pending, PAUSE)
            continue
        raw = match.group()
        if kind == "number" and raw.isascii():
            word = raw.replace(",", ".")  # the decimal comma of most languages
        else:
            word = raw if kind == "sign" else fold(raw[:LONGEST_WORD])
        if not word:
            continue
        words.append(word)
        spans.append(match.span())
        breaks.append(pending)
        pending = NO_BREAK
    return _join_spaced_letters(*_without_repeats(words, spans, breaks))


_Spans: TypeAlias = list[tuple[int, int]]


def _without_repeats(words: list[str], spans: _Spans, breaks: list[int]) -> tuple[list[str], _Spans, list[int]]:
    """Leave out what has been said in the same words `MOST_REPEATS` times: it says nothing new and costs time."""
    if len(words) < SHORTEST_REPEATING:
        return words, spans, breaks
    times: dict[tuple[str, ...], int] = {}
    kept: list[int] = []
    for at in range(len(words)):
        said = tuple(words[max(0, at - 2) : at + 1])
        times[said] = times.get(said, 0) + 1
        if times[said] <= MOST_REPEATS:
            kept.append(at)
    return [words[at] for at in kept], [spans[at] for at in kept], [breaks[at] for at in kept]


_DOTS = {"..", "...", "....", "\u2026", "\n"}
_SHORTEST_SPACED = 3


def _join_spaced_letters(words: list[str], spans: list[tuple[int, int]], breaks: list[int]) -> Sentence:
    """Read "s e v e r e" as one word: three or more single letters in a row, as far apart as the first two."""
    singles = "".join("1" if len(word) == 1 and word.isalpha() else " " for word in words)
    if "1" * _SHORTEST_SPACED not in singles:
        return Sentence(tuple(words), tuple(spans), tuple(breaks))
    joined: tuple[list[str], list[tuple[int, int]], list[int]] = ([], [], [])
    start = 0
    while start < len(words):
        end = start + 1
        if singles[start] == "1":
            while end < len(words) and singles[end] == "1":
                if end > start + 1 and spans[end][0] - spans[end - 1][1] != spans[start + 1][0] - spans[start][1]:
                    break
                end += 1
            goes_on = end < len(words) and singles[end] == "1"
            if end - start < _SHORTEST_SPACED - goes_on:
                end = start + 1
        joined[0].append("".join(words[start:end])[:LONGEST_WORD])
        joined[1].append((spans[start][0], spans[end - 1][1]))
        joined[2].append(breaks[start])
        start = end
    return Sentence(tuple(joined[0]), tuple(joined[1]), tuple(joined[2]))


class Speller:
    """Brings a message's words to the lexicon's spelling; knows words, stems, and ordinary words to leave alone."""

    __slots__ = ("_alike", "_by_sound", "_by_squeezed", "_known", "_ordinary", "_sounds", "_stem_lengths", "_stems")

    def __init__(
        self,
        steps: Iterable[str],
        ordinary: Iterable[str],
        sounds: Mapping[str, str],
        short_forms: Mapping[str, str],
    ) -> None:
        known = {step for step in steps if not step.endswith("*")}
        self._stems = {step[:-1]: step for step in steps if step.endswith("*")}
        self._stem_lengths = tuple(sorted({len(stem) for stem in self._stems}))
        self._known = {word: (word, *self._stems_of(word)) for word in known}
        for short, long in short_forms.items():
            self._known[short] = tuple(dict.fromkeys((*self._exact(short), *self._exact(long))))
        self._ordinary = frozenset(ordinary)
        self._by_squeezed = {
            _squeeze(word, 1): word for word in sorted(known | set(self._stems)) if len(word) >= SHORTEST_STEM
        }
        self._sounds = tuple(sounds.items())
        self._by_sound = {
            self._sound(word): word for word in sorted(known) if self._sounds and len(word) >= SHORTEST_SLIP
        }
        self._alike: dict[str, list[str]] = {}
        for word in sorted(known):
            if len(word) >= SHORTEST_SLIP and word.isalpha():
                for key in _keys(word, len(word)):
                    self._alike.setdefault(key, []).append(word)

    def readings(self, word: str) -> tuple[str, ...]:
        """List the steps (a word, and any stems) that a message's word can stand for, correcting it if need be."""
        found = self._exact(word)
        if found and word not in self._known and word not in self._ordinary and len(word) >= _LONG_WORD:
            # Only a stem fits ("abdo*" in "abdormecidos"), so it may as well be a slip of a word known whole.
            found = tuple(dict.fromkeys((*found, *self._slipped(word))))
        if found or word in self._ordinary or word.isdigit() or not any(map(str.isalnum, word)):
            return found
        for form in _other_spellings(word):
            if found := self._exact(form):
                return found
        if (meant := self._by_squeezed.get(_squeeze(word, 1))) and _is_stretched(word):
            return self._exact(meant)
        if len(word) < SHORTEST_SLIP:
            return ()
        if self._sounds and (sounded := self._by_sound.get(self._sound(word))):
            return self._exact(sounded)
        return self._slipped(word)

    def _sound(self, word: str) -> str:
        """Spell a word as it sounds: the language's replacements, one after the other."""
        for letters, sound in self._sounds:
            word = word.replace(letters, sound)
        return word

    def _exact(self, word: str) -> tuple[str, ...]:
        known = self._known.get(word)
        return self._stems_of(word) if known is None else known

    def _stems_of(self, word: str) -> tuple[str, ...]:
        begins = (word[:length] for length in self._stem_lengths if length <= len(word))
        return tuple(self._stems[begin] for begin in begins if begin in self._stems)

    def _slipped(self, word: str) -> tuple[str, ...]:
        """List the steps of each known word with the same first letter that one letter or one swap makes this one."""
        keys = (key for length in (-1, 0, 1) for key in _keys(word, len(word) + length))
        alike = {meant for key in keys for meant in self._alike.get(key, ())}
        steps = (self._exact(meant) for meant in sorted(alike) if meant != word and _one_apart(word, meant))
        return tuple(dict.fromkeys(step for found in steps for step in found))


def _other_spellings(word: str) -> Iterator[str]:
    """Yield what a word may stand for: letters for digits and signs, another ending, fewer doubled letters."""
    if not word.isalpha() and (plain := word.translate(_LEET)).isalpha():
        yield plain
    if len(word) > SHORTEST_STEM and word[-1] in "sz":
        yield from (word[:-1] + "s", word[:-1])
    for most in (2, 1):
        if (squeezed := _squeeze(word, most)) != word:
            yield squeezed


def _keys(word: str, length: int) -> tuple[str, str]:
    """Under what a word of that length is found: a slip behind its first letter spares two at one of its ends."""
    return f"{length}{word[:2]}", f"{length}{word[0]} {word[-2:]}"


def _one_apart(word: str, other: str) -> bool:
    """Whether two different words are one insertion, deletion, substitution or swap of neighbours apart."""
    if len(word) > len(other):
        word, other = other, word
    start = 0
    while start < len(word) and word[start] == other[start]:
        start += 1
    if len(word) < len(other):
        return word[start:] == other[start + 1 :]
    swapped = word[start : start + 2][::-1] == other[start : start + 2] and word[start + 2 :] == other[start + 2 :]
    return swapped or word[start + 1 :] == other[start + 1 :]


def _is_stretched(word: str) -> bool:
    return any(word[at] == word[at + 1] == word[at + 2] for at in range(len(word) - 2))


def _squeeze(word: str, most: int) -> str:
    """Shorten every run of one letter to at most `most`; a word without runs, as most are, is returned as it is."""
    if not _RUN.search(word):
        return word
    kept: list[str] = []
    run = 0
    for letter in word:
        run = run + 1 if kept and kept[-1] == letter else 1
        if run <= most:
            kept.append(letter)
    return "".join(kept)


def split_phrases(text: str) -> list[str]:
    """Split a text into its phrases, which commas and line ends part."""
    return [phrase for line in text.splitlines() for part in line.split(",") if (phrase := part.strip())]


def phrase_steps(phrase: str) -> Sequence[str]:
    """Split a phrase of the lexicon as a message is split; a final star, `...` and `<concept>` stay as they are."""
    parts = phrase.split()
    if phrase.isascii() and "".join(parts).isalpha():  # as most phrases are, of which there are tens of thousands
        return list(map(intern, phrase.lower().split()))
    steps: list[str] = []
    for part in parts:
        if part.isascii() and part.isalpha():
            steps.append(intern(part.lower()))
        elif part == "..." or (part.startswith("<") and part.endswith(">")):
            steps.append(intern(part))
        elif part.endswith("*") and len(part) > SHORTEST_STEM:
            steps.append(intern(fold(part[:-1]) + "*"))
        else:
            steps.extend(tokens(part).words)
    return steps
