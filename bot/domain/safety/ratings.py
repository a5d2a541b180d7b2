"""Ratings: which numbers in a message say how strong the pain is now.

"pain 9/10", "a solid 7", "from a 3 to an 8" are ratings; "7:30", "8 reps", "day 9", "10/10 session" are not. A number
counts when it stands on a scale of ten ("8/10", "ocho de diez"), after words that announce a rating ("pain is",
"duele un") or before words that only a rating has ("8 today"); it does not when a unit follows it, a label precedes
it, or somebody praises something. Of a change only the later number counts ("was a 3, now an 8"), but what is said
only of before is still a rating. Halves round up: in doubt the safer side.

The words are concepts of the lexicon (`CONCEPTS`); the numbers spelled out are its `numbers`.
"""

from collections.abc import Mapping, Sequence
from math import ceil

from bot.domain.safety.concepts import Mention
from bot.domain.safety.spelling import NO_BREAK, Sentence

HIGH, MIDDLE, LOW = "rating_high", "rating_middle", "rating_low"
FRAME, FRAME_AFTER, OUT_OF, UNIT, LABEL, PRAISE, TO, EARLIER = (
    "rating_frame",
    "rating_frame_after",
    "rating_out_of",
    "rating_unit",
    "rating_label",
    "rating_praise",
    "rating_to",
    "rating_earlier",
)
CONCEPTS = (FRAME, FRAME_AFTER, OUT_OF, UNIT, LABEL, PRAISE, TO, EARLIER)
_TEN = 10
_FRAME_WORDS = 3
_PRAISE_WORDS = 7


def rating_mentions(message: Sentence, mentions: Sequence[Mention], numbers: Mapping[str, int]) -> list[Mention]:
    """Return a mention of `rating_high` (8-10), `rating_middle` (6-7) or `rating_low` (0-5) for every pain rating."""
    values = [_value(word, numbers) for word in message.words]
    if all(value is None for value in values):
        return []
    marks = _Marks(message, mentions)
    found: list[tuple[Mention, bool]] = []
    at = 0
    while at < len(message):
        value = values[at]
        if value is None or value > _TEN:
            at += 1
            continue
        start, end = at, at + 1
        scale = marks.scale_end.get(end, len(message))
        if scale < len(message):
            if values[scale] != _TEN:
                at = scale + 1
                continue
            end = scale + 1
            if end in marks.scale_end:  # a date: 9/10/25
                at = marks.scale_end[end]
                continue
        is_announced = marks.is_announced(start)
        is_next = bool(found) and marks.is_changed(start)
        is_followed = marks.is_followed(end)
        if (end > at + 1 or is_announced or is_followed or is_next) and marks.is_of_pain(
            start, end, is_announced=is_announced or is_next, is_followed=is_followed
        ):
            found.append((Mention(_name(value), start, end), marks.is_earlier(start, end, values)))
        at = end
    is_change = not all(earlier for _, earlier in found)
    return [mention for mention, earlier in found if not (earlier and is_change)]


class _Marks:
    """The words around numbers that make them ratings or something else."""

    def __init__(self, message: Sentence, mentions: Sequence[Mention]) -> None:
        self._message = message
        starts: dict[str, set[int]] = {name: set() for name in CONCEPTS}
        ends: dict[str, set[int]] = {name: set() for name in CONCEPTS}
        self.scale_end: dict[int, int] = {}
        self._first: dict[tuple[str, int], int] = {}
        for mention in mentions:
            if mention.concept in starts:
                starts[mention.concept].add(mention.start)
                ends[mention.concept].add(mention.end)
                key = mention.concept, mention.end
                self._first[key] = min(mention.start, self._first.get(key, mention.start))
                if mention.concept == OUT_OF:
                    self.scale_end[mention.start] = mention.end
        for mention in mentions:
            if mention.concept == PRAISE:  # "I rate your jokes 7" announces no pain
                ends[FRAME].difference_update(range(mention.start + 1, mention.end))
        self._starts, self._ends = starts, ends

    def is_announced(self, start: int) -> bool:
        """Whether words that announce a rating stand shortly before."""
        for place in range(start, max(-1, start - _FRAME_WORDS - 1), -1):
            if place in self._ends[FRAME] and not _stops(self._message, place, start):
                return True
        return False

    def is_followed(self, end: int) -> bool:
        """Whether words that only a rating has stand behind."""
        return end in self._starts[FRAME_AFTER] and self._joined(end)

    def is_changed(self, start: int) -> bool:
        """Whether it is what an earlier rating went to."""
        return not self._ends[TO].isdisjoint((start, start - 1))

    def is_of_pain(self, start: int, end: int, *, is_announced: bool, is_followed: bool) -> bool:
        """Whether nothing says that it counts or praises something."""
        if (end in self._starts[UNIT] and self._joined(end)) or (self._is_labelled(start) and self._joined(start)):
            return False
        praised = self._ends[PRAISE]
        if is_followed and not is_announced:
            return praised.isdisjoint(range(start - 1, start + 1))
        return is_announced or praised.isdisjoint(range(start - _PRAISE_WORDS, end + _PRAISE_WORDS + 1))

    def _is_labelled(self, start: int) -> bool:
        """Whether a label stands right before ("level 8"), but not as part of an announcement ("pain level 8")."""
        label = self._first.get((LABEL, start))
        return label is not None and self._first.get((FRAME, start), label) >= label

    def is_earlier(self, start: int, end: int, values: Sequence[float | None]) -> bool:
        """Whether it is what the pain was before: "was a 3", "3 yesterday", "from 3"."""
        if end in self._starts[TO] and self._is_followed_by_number(end, values):
            return True
        if any(self._is_led(place, start, values) for place in (start, start - 1)):
            return True
        return any(
            place in self._starts[EARLIER] and not self._is_followed_by_number(place, values)
            for place in (end, end + 1)
        )

    def _is_led(self, place: int, start: int, values: Sequence[float | None]) -> bool:
        """Whether a word of earlier ends there and speaks of the number at `start`, not of one right before itself."""
        word = self._first.get((EARLIER, place))
        if word is None:
            return False
        is_parted = any(self._message.breaks[place : start + 1])
        return not (is_parted and word > 0 and values[word - 1] is not None and self._joined(word))

    def _is_followed_by_number(self, place: int, values: Sequence[float | None]) -> bool:
        """Whether the word there speaks of a number behind it, which no comma parts from it."""
        for at in range(place + 1, min(place + 3, len(values))):
            if self._message.breaks[at] != NO_BREAK:
                return False
            if values[at] is not None:
                return True
        return False

    def _joined(self, place: int) -> bool:
        return place < len(self._message) and self._message.breaks[place] == NO_BREAK


def _stops(message: Sentence, start: int, end: int) -> bool:
    return not message.is_unbroken(start, end)


def _name(value: float) -> str:
    rating = ceil(value)
    return HIGH if rating >= 8 else MIDDLE if rating >= 6 else LOW  # noqa: PLR2004 - tier rules U1 and R2


def _value(word: str, numbers: Mapping[str, int]) -> float | None:
    if word in numbers:
        return float(numbers[word])
    if word[0].isdecimal() and ":" not in word:
        try:
            return float(word)
        except ValueError:
            return None
    return None
