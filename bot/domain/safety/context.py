"""Context: whether something mentioned is meant here and now, in the manner of ConText.

A cue ("no", "years ago", "what if", "my mum had") casts a scope over the words after it, before it, or the whole
sentence; whatever is mentioned inside is said to be absent, past, only asked about, or somebody else's. The cues are
data (`content/safety/lexicon.<language>.yaml`, under `context`). The rules here:

- A scope ends with the sentence, at a terminator ("but", "except") and after `SCOPE_WORDS` words (`NEXT_WORDS` for a
  cue that speaks of what follows at once: the bare "no" of Spanish, which stands before every denied verb). A negation
  also ends at a comma, unless the comma stands in a list that "or" goes on ("no fever, chills or sweats").
- A cue of `question` answers a short question right before it ("fever? no"); one of `earlier` speaks of everything said
  before ("all of that went").
- A cue speaks of its own words too: "is sciatica dangerous" may stand as one.
- Cues are read after concepts: words that belong to a phrase of a concept ("no feeling", "never stops") are part of the
  symptom and no cue, and neither are those inside a longer phrase under `not_a_cue` ("not only", "no doubt").
- Somebody else's trouble is theirs alone while the sentence says nothing of now (`present`): "mum had a fall just now"
  is a person in danger.

Source: reading rules 1 to 5 of the tier rules; Harkema and others, ConText (2009), for the idea of direction and
terminators.
"""

from collections.abc import Container, Mapping, Sequence
from enum import StrEnum

from bot.domain.safety.concepts import Mention
from bot.domain.safety.spelling import NO_BREAK, QUESTION, STOP, Sentence

SCOPE_WORDS = 9
NEXT_WORDS = 3
_LIST_ITEM_WORDS = 5
_LIST_WORDS = 40
_QUESTION_WORDS = 6


class Context(StrEnum):
    """What a scope says of the things inside it."""

    NEGATED = "negated"
    PAST = "past"
    ASKED = "asked"
    OTHER = "other"


class Reach(StrEnum):
    """Which words a cue speaks of."""

    NEXT = "next"
    AFTER = "after"
    BEFORE = "before"
    SENTENCE = "sentence"
    QUESTION = "question"
    EARLIER = "earlier"


CUES: Mapping[str, tuple[Context, Reach]] = {
    f"{context.value}_{reach.value}": (context, reach) for context in Context for reach in Reach
}
TERMINATOR = "terminator"
LIST_WORD = "list_word"
NOT_A_CUE = "not_a_cue"
PRESENT = "present"


def contexts_of(
    message: Sentence, mentions: Sequence[Mention], symptoms: Container[str]
) -> Sequence[frozenset[Context]]:
    """Return what the contexts say of each word of the message; empty when they say nothing at all.

    `symptoms` are the concepts that a rule names: a cue inside a phrase of one of them is no cue.
    """
    cues = [mention for mention in mentions if mention.concept in CUES]
    if not cues:
        return ()
    reach = _reach_of_phrases(message, mentions, symptoms)
    symptoms_own = {cue for cue in cues if reach[cue.start] >= cue.end}
    terminators = {m.start for m in mentions if m.concept == TERMINATOR}
    denials = terminators | {cue.start for cue in symptoms_own if CUES[cue.concept][0] is Context.NEGATED}
    list_words = {m.start for m in mentions if m.concept == LIST_WORD}
    parts = _parts(message, terminators)
    sentences = _parts(message, set())
    of_now = {sentences[m.start] for m in mentions if m.concept == PRESENT}
    edges = {context: [0] * (len(message) + 1) for context in Context}
    for cue in cues:
        if cue in symptoms_own:
            continue
        context, direction = CUES[cue.concept]
        if context is Context.OTHER and sentences[cue.start] in of_now:
            continue
        ends_at_comma = context is Context.NEGATED
        if direction is Reach.AFTER:
            ends = denials if ends_at_comma else terminators
            start, end = cue.start, _forward(message, cue.end, ends, list_words, ends_at_comma=ends_at_comma)
        elif direction is Reach.NEXT:
            start, end = cue.start, _forward(message, cue.end, terminators, set(), ends_at_comma=True, words=NEXT_WORDS)
        elif direction is Reach.BEFORE:
            start, end = _backward(message, cue.start, terminators, ends_at_comma=ends_at_comma), cue.end
        elif direction is Reach.QUESTION:
            start, end = _question_before(message, cue)
        elif direction is Reach.EARLIER:
            start, end = 0, cue.end
        else:
            start, end = parts[cue.start]
        edges[context][start] += 1
        edges[context][max(start, end)] -= 1
    return _scopes(edges, len(message))


def _scopes(edges: Mapping[Context, Sequence[int]], words: int) -> list[frozenset[Context]]:
    """Return the contexts open at each word; `edges` counts the scopes that open there, less those that close."""
    depth = dict.fromkeys(edges, 0)
    scope: frozenset[Context] = frozenset()
    scopes = []
    for at in range(words):
        changes = [(context, edge[at]) for context, edge in edges.items() if edge[at]]
        if changes:
            for context, change in changes:
                depth[context] += change
            scope = frozenset(context for context, deep in depth.items() if deep > 0)
        scopes.append(scope)
    return scopes


def _reach_of_phrases(message: Sentence, mentions: Sequence[Mention], symptoms: Container[str]) -> list[int]:
    """Return for each word how far one phrase of a symptom that has begun by then reaches, without its gaps.

    Only phrases of two words or more count; what `...` steps over stands in a phrase, not for it.
    """
    reach = [0] * (len(message) + 1)
    for mention in mentions:
        if mention.end - mention.start > 1 and (mention.concept in symptoms or mention.concept == NOT_A_CUE):
            start = mention.start
            for gap_start, gap_end in sorted(mention.skipped):
                reach[start] = max(reach[start], gap_start)
                start = gap_end
            reach[start] = max(reach[start], mention.end)
    for at in range(1, len(reach)):
        reach[at] = max(reach[at], reach[at - 1])
    return reach


def _parts(message: Sentence, terminators: set[int]) -> list[tuple[int, int]]:
    """Return for each word the part of the sentence it stands in, from terminator to terminator."""
    opens = [at for at in range(len(message)) if at == 0 or message.breaks[at] >= STOP or at in terminators]
    parts: list[tuple[int, int]] = []
    for start, end in zip(opens, [*opens[1:], len(message)], strict=True):
        parts += [(start, end)] * (end - start)
    return parts


def _forward(
    message: Sentence,
    at: int,
    terminators: set[int],
    list_words: set[int],
    *,
    ends_at_comma: bool,
    words: int = SCOPE_WORDS,
) -> int:
    end = at
    limit = min(len(message), at + words)
    while end < limit and message.breaks[end] < STOP and end not in terminators:
        if message.breaks[end] != NO_BREAK and ends_at_comma and end > at and not _in_list(message, end, list_words):
            break
        if end in list_words or message.breaks[end] != NO_BREAK:
            limit = min(len(message), end + words)
        end += 1
    return end


def _in_list(message: Sentence, comma: int, list_words: set[int]) -> bool:
    """Whether the words after this comma are short items of a list that "or" goes on."""
    item = comma
    for place in range(comma, min(len(message), comma + _LIST_WORDS)):
        if place > comma and message.breaks[place] >= STOP:
            return False
        if place in list_words:
            return place - item <= _LIST_ITEM_WORDS
        if message.breaks[place] != NO_BREAK:
            if place - item > _LIST_ITEM_WORDS:
                return False
            item = place
    return False


def _question_before(message: Sentence, cue: Mention) -> tuple[int, int]:
    """Return the short question that the cue is the whole answer to, else nothing: "fever? no, never had one"."""
    is_answer = message.breaks[cue.start] == QUESTION and (cue.end == len(message) or message.breaks[cue.end])
    start = cue.start - 1
    while start > 0 and not message.breaks[start]:
        start -= 1
    return (start, cue.end) if is_answer and cue.start - start <= _QUESTION_WORDS else (cue.start, cue.start)


def _backward(message: Sentence, at: int, terminators: set[int], *, ends_at_comma: bool) -> int:
    start = at
    while start > max(0, at - SCOPE_WORDS):
        here = message.breaks[start]
        if here >= STOP or (here != NO_BREAK and ends_at_comma) or start - 1 in terminators:
            break
        start -= 1
    return start
