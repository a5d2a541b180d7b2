"""Rules: which concepts together mean what. Shared by all languages (`content/safety/rules.yaml`).

A rule has an id, a tier, a flag, and ways to say it. A way is one concept (`<suicide_plan>`), or two or three joined by
`&` (near each other in either order) or `>` (in this order). `within` is the most words between neighbours; a way stays
within a sentence unless the rule says `across: true`. `unless` names concepts whose presence near it takes the rule
back, `keeps` contexts that do not matter to it (a past cancer is still a history of cancer).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, KeysView, Sequence
from dataclasses import dataclass
from itertools import accumulate, permutations
from operator import attrgetter, itemgetter

from bot.domain.safety.concepts import Mention
from bot.domain.safety.context import Context
from bot.domain.safety.findings import Flag, LexiconError, Tier
from bot.domain.safety.spelling import Sentence

WITHIN_WORDS = 8
UNLESS_WORDS = 8


@dataclass(frozen=True, slots=True)
class Way:
    """Concepts that together make a rule, and the orders in which they may come."""

    concepts: tuple[str, ...]
    orders: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `within` counts the words between two neighbouring concepts."""

    id: str
    tier: Tier
    flag: Flag
    ways: tuple[Way, ...]
    within: int = WITHIN_WORDS
    across: bool = False
    unless: tuple[str, ...] = ()
    keeps: frozenset[Context] = frozenset()

    @classmethod
    def from_data(
        cls,
        *,
        id: str,  # noqa: A002 - the YAML key
        tier: str,
        flag: str,
        ways: Iterable[str],
        within: int = WITHIN_WORDS,
        across: bool = False,
        unless: Iterable[str] = (),
        keeps: Iterable[str] = (),
    ) -> "Rule":
        """Build a rule from the values of its YAML; raise LexiconError naming it."""
        try:
            return cls(
                id=id,
                tier=Tier.from_label(tier),
                flag=Flag(flag),
                ways=tuple(_way(way) for way in ways),
                within=within,
                across=across,
                unless=tuple(unless),
                keeps=frozenset(Context(context) for context in keeps),
            )
        except ValueError as problem:
            raise LexiconError(f"rule {id}: {problem}") from problem

    @property
    def concepts(self) -> set[str]:
        """Every concept that the rule names."""
        return {concept for way in self.ways for concept in way.concepts} | set(self.unless)


def _way(text: str) -> Way:
    is_ordered = "> > <" in text.replace("><", "> <")
    parts = tuple(part.strip() for part in (text.split("> > <") if is_ordered else text.split("&")))
    if is_ordered:
        parts = tuple(f"<{part.strip('<>')}>" for part in parts)
    if not all(_CONCEPT.fullmatch(part) for part in parts):
        raise ValueError(f"{text!r} is not concepts in <angle brackets> joined by & or by >")
    concepts = tuple(part[1:-1] for part in parts)
    return Way(concepts, (concepts,) if is_ordered else tuple(permutations(concepts)))


_CONCEPT = re.compile(r"<[a-z][a-z0-9_]*>")


class Mentions:
    """The mentions of a message by concept, in order, for looking up what stands near what."""

    __slots__ = ("_by_concept", "_reach")

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._by_concept: dict[str, list[Mention]] = {}
        for mention in sorted(mentions, key=_START):
            self._by_concept.setdefault(mention.concept, []).append(mention)
        self._reach: dict[str, list[int]] = {}

    @property
    def concepts(self) -> KeysView[str]:
        """Every concept that is mentioned."""
        return self._by_concept.keys()

    def __contains__(self, concept: str) -> bool:
        """Whether a concept is mentioned at all."""
        return concept in self._by_concept

    def of(self, concept: str) -> Sequence[Mention]:
        """Return the mentions of a concept, in order."""
        return self._by_concept.get(concept, ())

    def starting_in(self, concept: str, first: int, last: int) -> Sequence[Mention]:
        """Return the mentions of a concept that start at a word from `first` to `last`."""
        found = self._by_concept[concept]
        return found[bisect_left(found, first, key=_START) : bisect_right(found, last, key=_START)]

    def is_near(self, concept: str, first: int, last: int) -> bool:
        """Whether a concept is mentioned within `UNLESS_WORDS` of the words from `first` to before `last`."""
        found = self._by_concept.get(concept)
        if not found:
            return False
        if concept not in self._reach:
            self._reach[concept] = list(accumulate((mention.end for mention in found), max))
        begun = bisect_right(found, last + UNLESS_WORDS, key=_START)
        return begun > 0 and self._reach[concept][begun - 1] >= first - UNLESS_WORDS


_START = attrgetter("start")


class RuleBook:
    """The rules in order of rank, found by the concepts of a message instead of one by one."""

    __slots__ = ("_by_concept",)

    def __init__(self, ranked: Iterable[Rule]) -> None:
        self._by_concept: dict[str, list[tuple[tuple[int, int], Rule, Way, frozenset[str]]]] = {}
        for rank, rule in enumerate(ranked):
            for place, way in enumerate(rule.ways):
                self._by_concept.setdefault(way.concepts[0], []).append(
                    ((rank, place), rule, way, frozenset(way.concepts))
                )

    def matches(self, message: Sentence, mentions: Mentions) -> Iterator[tuple[Rule, tuple[Mention, ...]]]:
        """Yield every rule with a chain of mentions that makes it, by rank; only what stands near is looked at."""
        ways = [
            entry
            for concept in mentions.concepts
            for entry in self._by_concept.get(concept, ())
            if entry[3] <= mentions.concepts
        ]
        for _, rule, way, _ in sorted(ways, key=itemgetter(0)):
            for order in way.orders:
                for first in mentions.of(order[0]):
                    for chain in _chains((first,), order[1:], rule, message, mentions):
                        if not _is_taken_back(rule, chain, mentions):
                            yield rule, chain


def _is_taken_back(rule: Rule, chain: Sequence[Mention], mentions: Mentions) -> bool:
    """Whether a concept that takes the rule back stands near the chain, so that it speaks of the same thing."""
    if not rule.unless:
        return False
    first, last = min(m.start for m in chain), max(m.end for m in chain)
    return any(mentions.is_near(concept, first, last) for concept in rule.unless)


def _chains(
    chain: tuple[Mention, ...], rest: Sequence[str], rule: Rule, message: Sentence, mentions: Mentions
) -> Iterator[tuple[Mention, ...]]:
    if not rest:
        yield chain
        return
    end = chain[-1].end
    for following in mentions.starting_in(rest[0], end, end + rule.within):
        if rule.across or message.is_unbroken(end, following.start):
            yield from _chains((*chain, following), rest[1:], rule, message, mentions)
