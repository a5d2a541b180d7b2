"""Concepts: what the words of a message stand for, found in one walk through a tree of words.

A concept is a named list of phrases (`saddle: genital*, down below, between my legs`). In a phrase a word matches
itself, `tingl*` any word that begins so, `<saddle>` any mention of another concept, and `...` lets a few words stand in
between. A phrase may be built from concepts built from concepts, but not in a circle.

A message is read from its last word to its first: whatever a phrase needs further on is known by then, and a concept
found at a word opens the phrases that begin with it at once. So one tree serves all concepts, and a word costs what it
may begin.

A phrase never reaches across the end of a sentence, and only `...` reaches across a comma.
"""

from collections.abc import Iterable, Mapping, Sequence
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


class _Concept(NamedTuple):
    """A concept by its name, and as what other phrases refer to it; None where none does."""

    name: str
    reference: str | None


_Ending: TypeAlias = tuple[_Concept, ...]


class _Node:
    """Where a phrase stands after some of its steps: what is complete here, and how phrases go on.

    Most nodes only end phrases; all that end the same concepts are one.
    """

    __slots__ = ("branches", "concepts", "gap")

    def __init__(self, concepts: _Ending = ()) -> None:
        self.concepts = concepts
        self.branches = _NO_BRANCHES
        self.gap: _Node | None = None

    @property
    def is_end(self) -> bool:
        """Whether no phrase goes on from here."""
        return not self.branches and self.gap is None

    def grow(self, step: str) -> "_Node":
        """Return the node after one more step, from which a phrase goes on; made if need be."""
        if step == GAP:
            self.gap = self.gap or _Node()
            return self.gap
        known = self.branches.get(step)
        if known is None or known.is_end:
            known = _Node(known.concepts if known else ())
            self._follow(step, known)
        return known

    def end(self, step: str, concept: _Concept, ends: dict[_Ending, "_Node"]) -> None:
        """Let a phrase of a concept end with this step; `ends` are the nodes that only end phrases."""
        known = self.branches.get(step)
        concepts = known.concepts if known else ()
        if concept not in concepts:
            concepts = (*concepts, concept)
        if known is None or known.is_end:
            self._follow(step, ends.setdefault(concepts, _Node(concepts)))
        else:
            known.concepts = concepts

    def _follow(self, step: str, node: "_Node") -> None:
        if self.branches is _NO_BRANCHES:
            self.branches = {}
        self.branches[step] = node


_NO_BRANCHES: dict[str, _Node] = {}
_NOWHERE = _Node()


_Skipped: TypeAlias = tuple[tuple[int, int], ...]
_Step: TypeAlias = tuple[str, int, _Skipped]


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
        root, ends = _Node(), dict[_Ending, _Node]()
        for name, given in phrases.items():
            concept = _Concept(name, f"<{name}>" if name in referred else None)
            for *steps, last in given:
                node = root
                for step in steps:
                    node = node.grow(step)
                node.end(last, concept, ends)
        words = {step for given in phrases.values() for steps in given for step in steps if not _is_special(step)}
        return cls(root, frozenset(words), gap_words)

    def mentions(self, message: Sentence, readings: Sequence[Sequence[str]]) -> list[Mention]:
        """Find every mention of every concept; `readings` are the steps that each word can stand for."""
        length, breaks, begin = len(message), message.breaks, self.root.branches.get
        steps: list[list[_Step]] = [[(step, at + 1, ()) for step in own] for at, own in enumerate(readings)]
        present = {step for own in readings for step in own}
        found: list[Mention] = []
        for start in range(length - 1, -1, -1):
            places = [(node, end, nothing) for step, end, nothing in steps[start] if (node := begin(step))]
            seen: set[tuple[str, int]] = set()
            while places:
                node, at, skipped = places.pop()
                for name, reference in node.concepts:
                    if (name, at) not in seen:
                        seen.add((name, at))
                        found.append(Mention(name, start, at, skipped))
                        if reference:
                            steps[start].append((reference, at, skipped))
                            present.add(reference)
                            places.append((begin(reference, _NOWHERE), at, skipped))
                if at == length or breaks[at] >= STOP:
                    continue
                if node.gap and not present.isdisjoint(node.gap.branches):
                    branches = node.gap.branches
                    for place in self._after_gap(at, breaks):
                        gap = (*skipped, (at, place)) if place > at else skipped
                        places += [
                            (branches[step], end, gap + own) for step, end, own in steps[place] if step in branches
                        ]
                if node.branches and breaks[at] == NO_BREAK:
                    branches = node.branches
                    places += [(branches[step], end, skipped + own) for step, end, own in steps[at] if step in branches]
        return found

    def _after_gap(self, at: int, breaks: Sequence[int]) -> Sequence[int]:
        """Return where a phrase may go on after a gap, the farthest first: within the sentence."""
        end = min(len(breaks), at + self.gap_words + 1)
        last = next((place for place in range(at, end) if breaks[place] >= STOP), end)
        return range(last - 1, at - 1, -1)


def _checked(name: str, phrase: str) -> Sequence[str]:
    steps = phrase_steps(phrase)
    if not steps or (GAP in steps and (GAP in (steps[0], steps[-1]) or list(steps).count(GAP) > MOST_GAPS)):
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
