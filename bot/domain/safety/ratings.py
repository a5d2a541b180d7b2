"""Ratings: which numbers in a message say how strong the pain is now.

"pain 9/10", "a solid 7", "from a 3 to an 8" are ratings; "7:30", "8 reps", "day 9", "10/10 session" are not. A number
counts when it stands on a scale of ten ("8/10", "ocho de diez") or after words that announce a rating ("pain is",
"duele un"); it does not when a unit follows it, a label precedes it, or somebody praises something. Of a change only the
later number counts. Halves round up: in doubt the safer side.

The words are concepts of the lexicon (`number`-less ones named in `_NAMES`); the numbers spelled out are its `numbers`.
"""

from collections.abc import Mapping, Sequence
from math import ceil

from bot.domain.safety.concepts import Mention
from bot.domain.safety.spelling import STOP, Sentence

HIGH, MIDDLE, LOW = "rating_high", "rating_middle", "rating_low"
FRAME, OUT_OF, UNIT, LABEL, PRAISE, TO, EARLIER = (
    "rating_frame",
    "rating_out_of",
    "rating_unit",
    "rating_label",
    "rating_praise",
    "rating_to",
    "rating_earlier",
)
CONCEPTS = (FRAME, OUT_OF, UNIT, LABEL, PRAISE, TO, EARLIER)
_TEN = 10
_FRAME_WORDS = 3


def rating_mentions(message: Sentence, mentions: Sequence[Mention], numbers: Mapping[str, int]) -> list[Mention]:
    """Return a mention of `rating_high` (8-10), `rating_middle` (6-7) or `rating_low` (0-5) for every pain rating."""
    values = [_value(word, numbers) for word in message.words]
    if all(value is None for value in values):
        return []
    marks: dict[str, list[Mention]] = {name: [] for name in CONCEPTS}
    for mention in mentions:
        if mention.concept in marks:
            marks[mention.concept].append(mention)
    praised = bool(marks[PRAISE])
    found: list[Mention] = []
    at = 0
    while at < len(message):
        value = values[at]
        if value is None or value > _TEN:
            at += 1
            continue
        start, end = at, at + 1
        scale = next((m.end for m in marks[OUT_OF] if m.start == end and m.end < len(message)), None)
        on_scale = scale is not None and values[scale] == _TEN
        if scale is not None and not on_scale:
            at = scale + 1
            continue
        if on_scale and scale is not None:
            end = scale + 1
        framed = any(0 <= start - m.end <= _FRAME_WORDS and _together(message, m.end, start) for m in marks[FRAME])
        changed = any(m.end == start or m.end == start - 1 for m in marks[TO])
        is_counted = any(m.start == end for m in marks[UNIT]) or any(m.end == start for m in marks[LABEL])
        is_earlier = any(m.start == end for m in marks[TO]) or any(
            0 <= m.start - end <= 1 or 0 <= start - m.end <= 1 for m in marks[EARLIER]
        )
        if (on_scale or framed or (changed and found)) and not is_counted and not (praised and not framed):
            found.append(Mention("earlier" if is_earlier else _name(value), start, end))
        at = end
    return [mention for mention in found if mention.concept != "earlier"]


def _together(message: Sentence, start: int, end: int) -> bool:
    return all(message.breaks[place] != STOP for place in range(start, end + 1))


def _name(value: float) -> str:
    rating = ceil(value)
    return HIGH if rating >= 8 else MIDDLE if rating >= 6 else LOW  # noqa: PLR2004 - tier rules U1 and R2


def _value(word: str, numbers: Mapping[str, int]) -> float | None:
    if word in numbers:
        return float(numbers[word])
    if word[0].isdecimal() and ":" not in word:
        try:
            return float(word.replace(",", "."))
        except ValueError:
            return None
    return None
