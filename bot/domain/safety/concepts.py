"""Concepts: what the words of a message stand for, found in one walk through a tree of words.

A concept is a named list of phrases (`saddle: [genital*, down below, between my legs]`). In a phrase a word matches
itself, `tingl*` any word that begins so, `<saddle>` any mention of another concept, and `...` lets a few words stand in
between. Concepts that others refer to are found first, so a phrase may be built from concepts built from concepts, but
not in a circle.

A phrase never reaches across the end of a sentence, and only `...` reaches across a comma.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.domain.safety.findings import LexiconError
from bot.domain.safety.spelling import NO_BREAK, STOP, Sentence, phrase_steps

GAP = "..."
MOST_GAPS = 2


class Mention(NamedTuple):
    """A concept found in a message, by the positions of its first word and of the word after its last."""

    concept: str
    start: int
    end: int


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
        starting: list[list[tuple[str, int]]] = [[] for _ in range(len(message))]
        for level in self.levels:
            new = set(_walk(level, message, readings, starting, self.gap_words))
            for mention in new:
                starting[mention.start].append((f"<{mention.concept}>", mention.end))
            found.extend(new)
        return found


def _walk(
    root: _Node,
    message: Sentence,
    readings: Sequence[Sequence[str]],
    starting: Sequence[Sequence[tuple[str, int]]],
    gap_words: int,
) -> Iterator[Mention]:
    length = len(message)
    for start in range(length):
        waiting = [(node, end) for node, end in _steps_from(root, start, readings, starting)]
        while waiting:
            node, at = waiting.pop()
            for concept in node.concepts:
                yield Mention(concept, start, at)
            if at >= length or message.breaks[at] == STOP:
                continue
            if message.breaks[at] == NO_BREAK:
                waiting.extend(_steps_from(node, at, readings, starting))
            if GAP in node.branches:
                after = node.branches[GAP]
                for place in range(at, min(length, at + gap_words + 1)):
                    if message.breaks[place] == STOP:
                        break
                    waiting.extend(_steps_from(after, place, readings, starting))


def _steps_from(
    node: _Node,
    at: int,
    readings: Sequence[Sequence[str]],
    starting: Sequence[Sequence[tuple[str, int]]],
) -> Iterator[tuple[_Node, int]]:
    branches = node.branches
    for step in readings[at]:
        if step in branches:
            yield branches[step], at + 1
    for step, end in starting[at]:
        if step in branches:
            yield branches[step], end


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
