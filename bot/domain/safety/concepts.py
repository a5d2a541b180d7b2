"""Concepts: what the words of a message stand for, found in one walk through a tree of words.

A concept is a named list of phrases (`saddle: genital*, down below, between my legs`). In a phrase a word matches
itself, `tingl*` any word that begins so, `<saddle>` any mention of another concept, and `...` lets a few words stand in
between. A phrase may be built from concepts built from concepts, but not in a circle.

A message is read from its last word to its first: whatever a phrase needs further on is known by then, and a concept
found at a word opens the phrases that begin with it at once. So one tree serves all concepts, and a word costs what it
may begin.

A phrase never reaches across the end of a sentence, and only `...` reaches across a comma.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
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


class _Node:
    """Where a phrase stands after some of its steps: what is complete here, and how phrases go on."""

    __slots__ = ("branches", "concepts", "gap")

    def __init__(self) -> None:
        self.concepts: tuple[_Concept, ...] = ()
        self.branches: dict[str, _Node] = {}
        self.gap: _Node | None = None

    def grow(self, step: str) -> "_Node":
        """Return the node after one more step, made if need be."""
        if step != GAP:
            node = self.branches.get(step)
            if node is None:
                node = self.branches[step] = _Node()
            return node
        if self.gap is None:
            self.gap = _Node()
        return self.gap


class _Concept(NamedTuple):
    """A concept by its name, and where other phrases stand once they begin with it; None where none refers to it."""

    name: str
    reference: str | None
    opened: _Node | None


_Skipped: TypeAlias = tuple[tuple[int, int], ...]
_Place: TypeAlias = tuple[_Node, int, _Skipped]


@dataclass(frozen=True, slots=True)
class ConceptTree:
    """Compiled concepts; `steps` are the words and stems that its phrases hold."""

    root: _Node
    steps: frozenset[str]
    gap_words: int

    @classmethod
    def build(cls, concepts: Mapping[str, Iterable[str]], gap_words: int) -> "ConceptTree":
        """Compile concepts; raise LexiconError for an unusable phrase, an unknown reference or a circle."""
        phrases = {name: [_checked(name, phrase) for phrase in given] for name, given in concepts.items()}
        references = {name: _references(given) for name, given in phrases.items()}
        _check(references)
        referred = set[str]().union(*references.values())
        root = _Node()
        for name, given in phrases.items():
            reference = f"<{name}>" if name in referred else None
            concept = _Concept(name, reference, root.grow(reference) if reference else None)
            for steps in given:
                node = root
                for step in steps:
                    node = node.grow(step)
                if concept not in node.concepts:
                    node.concepts = (*node.concepts, concept)
        words = {step for given in phrases.values() for steps in given for step in steps if not _is_special(step)}
        return cls(root, frozenset(words), gap_words)

    def mentions(self, message: Sentence, readings: Sequence[Sequence[str]]) -> list[Mention]:
        """Find every mention of every concept; `readings` are the steps that each word can stand for."""
        walk = _Walk(message, readings, self.gap_words)
        begin = self.root.branches.get
        found: list[Mention] = []
        for start in range(len(message) - 1, -1, -1):
            places: list[_Place] = [(node, start + 1, ()) for step in readings[start] if (node := begin(step))]
            seen: set[tuple[str, int]] = set()
            while places:
                node, at, skipped = places.pop()
                for name, reference, opened in node.concepts:
                    if (name, at) in seen:
                        continue
                    seen.add((name, at))
                    found.append(Mention(name, start, at, skipped))
                    if reference and opened:
                        walk.mentioned(reference, start, at, skipped)
                        places.append((opened, at, skipped))
                if node.branches or node.gap:
                    walk.go_on(node, at, skipped, places)
        return found


class _Walk:
    """One message: which steps can be made at each of its words."""

    __slots__ = ("_breaks", "_gap_words", "_length", "_present", "_readings", "_starting")

    def __init__(self, message: Sentence, readings: Sequence[Sequence[str]], gap_words: int) -> None:
        self._breaks = message.breaks
        self._length = len(message)
        self._gap_words = gap_words
        self._readings = readings
        self._starting: list[list[tuple[str, int, _Skipped]]] = [[] for _ in readings]
        self._present = {step for steps in readings for step in steps}

    def mentioned(self, reference: str, start: int, end: int, skipped: _Skipped) -> None:
        """Let phrases step over a mention of a concept."""
        self._starting[start].append((reference, end, skipped))
        self._present.add(reference)

    def go_on(self, node: _Node, at: int, skipped: _Skipped, places: list[_Place]) -> None:
        """Add the places that one more step leads to; the nearest are walked first."""
        if at >= self._length or self._breaks[at] == STOP:
            return
        gap = node.gap
        if gap is not None and not gap.branches.keys().isdisjoint(self._present):
            for place in self._within_gap(at):
                stepped_over = (*skipped, (at, place)) if place > at else skipped
                self._step(gap.branches, place, stepped_over, places)
        if node.branches and self._breaks[at] == NO_BREAK:
            self._step(node.branches, at, skipped, places)

    def _step(self, branches: Mapping[str, _Node], at: int, skipped: _Skipped, places: list[_Place]) -> None:
        places += [(branches[step], at + 1, skipped) for step in self._readings[at] if step in branches]
        places += [
            (branches[step], end, skipped + within) for step, end, within in self._starting[at] if step in branches
        ]

    def _within_gap(self, at: int) -> Iterator[int]:
        """Yield where a phrase may go on after a gap, the farthest first: within the sentence."""
        end = min(self._length, at + self._gap_words + 1)
        last = next((place for place in range(at, end) if self._breaks[place] == STOP), end)
        return iter(range(last - 1, at - 1, -1))


def _checked(name: str, phrase: str) -> Sequence[str]:
    steps = phrase_steps(phrase)
    if not steps or GAP in (steps[0], steps[-1]) or list(steps).count(GAP) > MOST_GAPS:
        raise LexiconError(f"{name}: {phrase!r} needs words at both ends and at most {MOST_GAPS} gaps")
    return steps


def _is_special(step: str) -> bool:
    return step == GAP or step[0] == "<"


def _references(given: Iterable[Sequence[str]]) -> set[str]:
    return {step[1:-1] for steps in given for step in steps if step[0] == "<"}


def _check(references: Mapping[str, set[str]]) -> None:
    """Raise LexiconError for a reference to no concept, or to itself by way of others."""
    for name, names in references.items():
        if unknown := names - references.keys():
            raise LexiconError(f"{name}: <{min(unknown)}> is no concept")
    try:
        TopologicalSorter(references).prepare()
    except CycleError as circle:
        raise LexiconError(f"{min(circle.args[1])}: refers to itself in a circle") from None
