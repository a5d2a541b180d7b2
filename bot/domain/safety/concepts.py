"""Concepts: what the words of a message stand for, found in one walk through a tree of words.

A concept is a named list of phrases (`saddle: [genital*, down below, between my legs]`). In a phrase a word matches
itself, `tingl*` any word that begins so, `<saddle>` any mention of another concept, and `...` lets a few words stand in
between. Concepts that others refer to are found first, so a phrase may be built from concepts built from concepts, but
not in a circle.

A phrase never reaches across the end of a sentence, and only `...` reaches across a comma.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from bot.domain.safety.findings import LexiconError
from bot.domain.safety.spelling import NO_BREAK, STOP, Sentence, phrase_steps

GAP = "..."
MOST_GAPS = 2


class Mention(NamedTuple):
    """A concept found in a message, by the positions of its first word and of the word after its last.

    `skipped` holds the stretches, from word to word, that `...` stepped over: they stand in the phrase, not for it.
    """

    concept: str
    start: int
    end: int
    skipped: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _Node:
    branches: dict[str, "_Node"] = field(default_factory=dict)
    concepts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ConceptTree:
    """Compiled concepts, one tree for each level of reference."""

    levels: tuple[_Node, ...]
    steps: frozenset[str]
    gap_words: int

    @classmethod
    def build(cls, concepts: Mapping[str, Iterable[str]], gap_words: int) -> "ConceptTree":
        """Compile concepts; raise LexiconError for an unusable phrase, an unknown reference or a circle."""
        phrases = {name: [_checked(name, phrase) for phrase in given] for name, given in concepts.items()}
        level_of = _levels({name: _references(name, given, phrases) for name, given in phrases.items()})
        levels = tuple(_Node() for _ in range(max(level_of.values(), default=0) + 1))
        for name, given in phrases.items():
            for steps in given:
                node = levels[level_of[name]]
                for step in steps:
                    node = node.branches.setdefault(step, _Node())
                if name not in node.concepts:
                    node.concepts.append(name)
        words = {step for given in phrases.values() for steps in given for step in steps if not _is_special(step)}
        return cls(levels, frozenset(words), gap_words)

    def mentions(self, message: Sentence, readings: Sequence[Sequence[str]]) -> list[Mention]:
        """Find every mention of every concept; `readings` are the steps that each word can stand for."""
        found: list[Mention] = []
        starting: list[list[_Step]] = [[] for _ in range(len(message))]
        openings = [set(steps) for steps in readings]
        for level in self.levels:
            begin = level.branches.keys()
            starts = [at for at, steps in enumerate(openings) if not begin.isdisjoint(steps)]
            new = set(_walk(level, starts, message, readings, starting, gap_words=self.gap_words)) if starts else ()
            for mention in new:
                step = f"<{mention.concept}>"
                starting[mention.start].append((step, mention.end, mention.skipped))
                openings[mention.start].add(step)
            found.extend(new)
        return found


_Skipped: TypeAlias = tuple[tuple[int, int], ...]
_Step: TypeAlias = tuple[str, int, _Skipped]


def _walk(
    root: _Node,
    starts: Iterable[int],
    message: Sentence,
    readings: Sequence[Sequence[str]],
    starting: Sequence[Sequence[_Step]],
    *,
    gap_words: int,
) -> Iterator[Mention]:
    length, breaks = len(message), message.breaks
    for start in starts:
        waiting = _steps_from(root, start, (), readings, starting)
        while waiting:
            node, at, skipped = waiting.pop()
            for concept in node.concepts:
                yield Mention(concept, start, at, skipped)
            if at >= length or not node.branches or breaks[at] == STOP:
                continue
            if breaks[at] == NO_BREAK:
                waiting += _steps_from(node, at, skipped, readings, starting)
            if GAP in node.branches:
                for place in _places_after(at, message, gap_words):
                    gap = (*skipped, (at, place)) if place > at else skipped
                    waiting += _steps_from(node.branches[GAP], place, gap, readings, starting)


def _places_after(at: int, message: Sentence, gap_words: int) -> range:
    """Return where a phrase may go on after a gap: within the sentence."""
    end = min(len(message), at + gap_words + 1)
    return range(at, next((place for place in range(at, end) if message.breaks[place] == STOP), end))


def _steps_from(
    node: _Node,
    at: int,
    skipped: _Skipped,
    readings: Sequence[Sequence[str]],
    starting: Sequence[Sequence[_Step]],
) -> list[tuple[_Node, int, _Skipped]]:
    branches = node.branches
    steps = [(branches[step], at + 1, skipped) for step in readings[at] if step in branches]
    for step, end, within in starting[at]:
        if step in branches:
            steps.append((branches[step], end, skipped + within))
    return steps


def _is_special(step: str) -> bool:
    return step == GAP or step.startswith("<")


def _checked(name: str, phrase: str) -> Sequence[str]:
    steps = phrase_steps(phrase)
    if not steps or GAP in (steps[0], steps[-1]) or list(steps).count(GAP) > MOST_GAPS:
        raise LexiconError(f"{name}: {phrase!r} needs words at both ends and at most {MOST_GAPS} gaps")
    return steps


def _references(name: str, given: Iterable[Sequence[str]], known: Mapping[str, object]) -> set[str]:
    names = {step[1:-1] for steps in given for step in steps if step.startswith("<")}
    if unknown := names - set(known):
        raise LexiconError(f"{name}: <{min(unknown)}> is no concept")
    return names


def _levels(references: Mapping[str, set[str]]) -> dict[str, int]:
    """Give every concept a level above those it refers to; raise LexiconError for a circle."""
    levels: dict[str, int] = {}
    waiting = dict(references)
    while waiting:
        ready = [name for name, names in waiting.items() if names.isdisjoint(waiting)]
        if not ready:
            raise LexiconError(f"{min(waiting)}: refers to itself in a circle")
        for name in ready:
            levels[name] = max((levels[other] + 1 for other in waiting.pop(name)), default=0)
    return levels
