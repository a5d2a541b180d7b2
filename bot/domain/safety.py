"""Triage: whether a message mentions something that an exercise bot must not work through.

Every text a person sends is read here before anything else reads it. The answer is a `Finding`: how soon somebody
qualified should hear of it (the tier), what kind of thing it is (the flag), and which row of the table said so. It
routes a message; it diagnoses nothing. The tiers and flags come from the tier rules for safety messages, version 1.

The knowledge is a table that a physiotherapist edits (`content/safety/lexicon.<language>.yaml`). A row lists phrases;
in a phrase a word matches itself, `tingl*` any word that begins so, `<saddle>` any word or phrase of that named group,
and `...` lets a few words stand between. Case, accents, apostrophes, invisible characters and punctuation never matter.
The highest tier wins, then the row that stands first. An idiom listed under `unless` ("fell asleep") silences a match
only when it covers the whole of it: in doubt the safer tier.

The table is compiled once into a tree of words, so that a message costs a few look-ups per word whatever the size of
the table. Nothing here backtracks over characters, and no text whatever raises.

Not here: negation, other people, the past, what-if questions (a flat table cannot tell them apart and does not try),
bare numbers (only the conversation knows what it asked), and the reply itself. Evidence is spans, never words: the
text of a message is health data and is not to be logged.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from itertools import product
from typing import Self

_JOINERS = "'\u2018\u2019\u02bb\u02bc\u00b4`\u00ad\u0300-\u036f\u200b-\u200f\u2060-\u2064\ufeff"
_WORD = re.compile(rf"\d+[.,:]\d+|[\w{_JOINERS}]+|/")
_LONGEST_WORD = 40  # characters that are compared; no phrase holds a longer word
_SHORTEST_STEM = 3  # letters before a "*": fewer would match half the dictionary
_GAP = "..."
_MOST_GAPS = 2  # in one phrase; each multiplies the ways to walk through it


class Tier(IntEnum):
    """How soon somebody qualified should hear of it; a higher tier outranks a lower one."""

    NONE = 0
    REFERRAL = 1
    URGENT = 2
    EMERGENCY = 3

    @property
    def label(self) -> str:
        """Give the name under which the tier is stored and written in content."""
        return self.name.lower()

    @classmethod
    def from_label(cls, label: str) -> "Tier":
        """Read a stored name; raise ValueError for any other."""
        for tier in cls:
            if tier.label == label:
                return tier
        raise ValueError(f"{label!r} is not a tier; use one of {', '.join(tier.label for tier in cls)}")


class Flag(StrEnum):
    """What kind of thing was found."""

    NONE = "none"
    CAUDA_EQUINA = "cauda_equina"
    NEURO = "neuro"
    FALL_INJURY = "fall_injury"
    FRACTURE = "fracture"
    CARDIAC = "cardiac"
    ABDOMINAL = "abdominal"
    INFECTION = "infection"
    CANCER = "cancer"
    SUICIDE = "suicide"
    PREGNANCY = "pregnancy"
    SEVERE_PAIN = "severe_pain"


@dataclass(frozen=True, slots=True)
class Finding:
    """What triage found: `evidence` holds (start, end) character spans of the original text."""

    tier: Tier
    flag: Flag
    rule_id: str
    evidence: tuple[tuple[int, int], ...]


NOTHING = Finding(tier=Tier.NONE, flag=Flag.NONE, rule_id="", evidence=())


class LexiconError(ValueError):
    """A row or phrase of the table cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: phrases that mean the same tier and flag."""

    id: str
    tier: Tier
    flag: Flag
    phrases: tuple[str, ...]

    @classmethod
    def from_labels(cls, *, id: str, tier: str, flag: str, phrases: Iterable[str]) -> Self:  # noqa: A002 - the YAML key
        """Build a row from its four YAML values; raise LexiconError naming the row."""
        try:
            return cls(id=id, tier=Tier.from_label(tier), flag=Flag(flag), phrases=tuple(phrases))
        except ValueError as problem:
            raise LexiconError(f"row {id}: {problem}") from problem


@dataclass(slots=True)
class _Node:
    """A place in the tree of words; `rank` is set where a phrase ends."""

    branches: dict[str, "_Node"] = field(default_factory=dict)
    rank: int | None = None

    def add(self, steps: Iterable[str], rank: int) -> None:
        """Grow the branch for one phrase; a lower rank outranks a higher one at the same place."""
        node = self
        for step in steps:
            if step not in node.branches:
                node.branches[step] = _Node()
            node = node.branches[step]
        node.rank = rank if node.rank is None else min(rank, node.rank)

    def shared(self, known: "dict[object, _Node]") -> "_Node":
        """Give the one branch of all that are alike, which makes the tree forty times smaller."""
        self.branches = {step: branch.shared(known) for step, branch in self.branches.items()}
        alike = (self.rank, frozenset((step, id(branch)) for step, branch in self.branches.items()))
        return known.setdefault(alike, self)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Lexicon:
    """A table compiled for one language; build it with `from_rows`."""

    language: str
    rows: tuple[Row, ...]
    gap_words: int
    _findings: _Node
    _idioms: _Node
    _words: frozenset[str]
    _stems: Mapping[str, str]
    _stem_lengths: tuple[int, ...]

    @classmethod
    def from_rows(
        cls,
        *,
        language: str,
        rows: Iterable[Row],
        groups: Mapping[str, Sequence[str]],
        unless: Iterable[str],
        gap_words: int,
    ) -> Self:
        """Compile a table; raise LexiconError for a doubled id or an unusable phrase.

        `groups` are the named word lists that phrases use as `<name>`, `unless` the idioms, and `gap_words` the most
        words that `...` may stand for.
        """
        ranked = tuple(sorted(rows, key=lambda row: -row.tier))
        ids = [row.id for row in ranked]
        if twice := {row_id for row_id in ids if ids.count(row_id) > 1}:
            raise LexiconError(f"row {min(twice)} stands twice")
        findings, idioms = _Node(), _Node()
        known: set[str] = set()
        for rank, row in enumerate(ranked):
            for steps in _expand(row.phrases, groups, place=f"row {row.id}"):
                findings.add(steps, rank)
                known.update(steps)
        for steps in _expand(unless, groups, place="unless"):
            idioms.add(steps, 0)
            known.update(steps)
        return cls(
            language=language,
            rows=ranked,
            gap_words=gap_words,
            _findings=findings.shared({}),
            _idioms=idioms.shared({}),
            _words=frozenset(known),
            _stems={step[:-1]: step for step in known if step.endswith("*")},
            _stem_lengths=tuple(sorted({len(step) - 1 for step in known if step.endswith("*")})),
        )

    def matches(self, words: Sequence[str]) -> list[tuple[int, tuple[int, ...]]]:
        """List every phrase found that is more than an idiom, best first: index into `rows`, positions of its words."""
        readings_of = {word: self._readings(word) for word in set(words)}
        readings = [readings_of[word] for word in words]
        found = sorted(_walk(self._findings, readings, self.gap_words))
        if not found:
            return []
        idiomatic = {place for _, path in _walk(self._idioms, readings, self.gap_words) for place in path}
        return [(rank, path) for rank, path in found if not idiomatic.issuperset(path)]

    def _readings(self, word: str) -> list[str]:
        """List the steps of any phrase that a word can stand for."""
        readings = [word] if word in self._words else []
        for length in self._stem_lengths:
            if length > len(word):
                break
            if word[:length] in self._stems:
                readings.append(self._stems[word[:length]])
        return readings


def triage(text: str, lexicon: Lexicon) -> Finding:
    """Find the gravest thing a message mentions, or `NOTHING`; never raises."""
    words, spans = words_in(text)
    matches = lexicon.matches(words)
    if not matches:
        return NOTHING
    rank, path = matches[0]
    row = lexicon.rows[rank]
    return Finding(tier=row.tier, flag=row.flag, rule_id=row.id, evidence=tuple(spans[place] for place in path))


def words_in(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Split a text into words as they are compared ("7", "8.5", "7:30" and "/" are words) and their spans in it."""
    words = []
    spans = []
    for match in _WORD.finditer(text):
        if folded := fold(match.group()[:_LONGEST_WORD]):
            words.append(folded)
            spans.append(match.span())
    return words, spans


def fold(word: str) -> str:
    """Spell a word without case, accents, apostrophes or invisible characters."""
    if word.isascii():
        return word.lower() if word.isalnum() else word.lower().translate(_DROPPED)
    spelled = unicodedata.normalize("NFKD", word).casefold().translate(_DROPPED)
    if spelled.isalnum():
        return spelled
    return "".join(character for character in spelled if character.isalnum() or character in "/.,:")


_DROPPED = str.maketrans("", "", "'`_\u02bb\u02bc")


def _expand(phrases: Iterable[str], groups: Mapping[str, Sequence[str]], place: str) -> Iterator[list[str]]:
    """Spell out every phrase once for every choice from its groups."""
    for phrase in phrases:
        alternatives: list[list[list[str]]] = []
        for part in phrase.split():
            if part.startswith("<") and part.endswith(">"):
                if part[1:-1] not in groups:
                    raise LexiconError(f"{place}: {phrase!r} uses the group {part}, which is not listed under groups")
                alternatives.append([_steps(member, place) for member in groups[part[1:-1]]])
            else:
                alternatives.append([[_GAP] if part == _GAP else _steps(part, place)])
        for choice in product(*alternatives):
            steps = [step for part in choice for step in part]
            if not steps or _GAP in (steps[0], steps[-1]) or steps.count(_GAP) > _MOST_GAPS:
                raise LexiconError(f"{place}: {phrase!r} needs words at both ends and at most {_MOST_GAPS} gaps")
            yield steps


def _steps(words: str, place: str) -> list[str]:
    """Fold the words of a phrase as a message's words are folded, keeping a final star."""
    steps = []
    for word in words.split():
        folded, _ = words_in(word)
        if word.endswith("*"):
            if len("".join(folded)) < _SHORTEST_STEM or len(folded) != 1:
                raise LexiconError(f"{place}: {word!r} needs at least {_SHORTEST_STEM} letters before its star")
            folded[-1] += "*"
        if not folded:
            raise LexiconError(f"{place}: {word!r} is not a word")
        steps += folded
    return steps


_Visit = tuple[_Node, int, tuple[int, ...]]  # a place in the tree, the next word, and the words that led there


def _walk(root: _Node, readings: Sequence[list[str]], gap_words: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield every phrase of the tree found in a message, as its rank and the positions of its words."""
    for start, opening in enumerate(readings):
        waiting: list[_Visit] = [
            (root.branches[step], start + 1, (start,)) for step in opening if step in root.branches
        ]
        while waiting:
            node, position, path = waiting.pop()
            if node.rank is not None:
                yield node.rank, path
            branches = node.branches
            for step in readings[position] if position < len(readings) else ():
                if step in branches:
                    waiting.append((branches[step], position + 1, (*path, position)))  # noqa: PERF401 - it is faster
            if _GAP in branches:
                branches = branches[_GAP].branches
                for place, steps in enumerate(readings[position : position + gap_words + 1], position):
                    for step in steps:
                        if step in branches:
                            waiting.append((branches[step], place + 1, (*path, place)))  # noqa: PERF401 - it is faster
