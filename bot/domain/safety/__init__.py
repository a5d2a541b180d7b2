"""Triage finds what an exercise bot must not work through.

Every text a person sends is read here before anything else reads it. The answer is a `Finding`. How a message is read,
step by step, each in its own module:

1. `spelling`: characters to comparable words. 2. `concepts`: words to concepts (body part, change, mechanism, ...).
3. `ratings`: numbers to pain ratings. 4. `context`: what is denied, past, only asked about, or somebody else's.
5. `rules`: concepts together to a tier and a flag; the highest tier wins, then the rule that stands first.

The knowledge is data that a physiotherapist edits: `content/safety/lexicon.<language>.yaml` and `rules.yaml`. Nothing
here raises for any text, backtracks, or looks anything up outside. The source of every rule is the tier rules for
safety messages, version 1.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain.safety.concepts import ConceptTree, Mention
from bot.domain.safety.context import CUES, LIST_WORD, NOT_A_CUE, PRESENT, TERMINATOR, Context, contexts_of
from bot.domain.safety.findings import NOTHING, Finding, Flag, LexiconError, Tier
from bot.domain.safety.ratings import CONCEPTS as RATING_CONCEPTS
from bot.domain.safety.ratings import HIGH, LOW, MIDDLE, rating_mentions
from bot.domain.safety.rules import Mentions, Rule, RuleBook
from bot.domain.safety.spelling import Sentence, Speller, fold, phrase_steps, split_phrases, tokens

__all__ = [
    "NOTHING",
    "Finding",
    "Flag",
    "Lexicon",
    "LexiconError",
    "Reading",
    "Rule",
    "Tier",
    "explain",
    "fold",
    "split_phrases",
    "triage",
    "triage_in",
]

IDIOM, ONGOING, HAVING = "idiom", "ongoing", "having"
_OPTIONAL = {*CUES, *RATING_CONCEPTS, TERMINATOR, LIST_WORD, NOT_A_CUE, PRESENT, IDIOM, ONGOING, HAVING}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Lexicon:
    """The words of one language and the rules, compiled; build it with `build`."""

    language: str
    rules: tuple[Rule, ...]
    book: RuleBook
    _tree: ConceptTree
    _speller: Speller
    _numbers: Mapping[str, int]
    _symptoms: frozenset[str]
    _exceptions: frozenset[str]

    @classmethod
    def build(
        cls,
        *,
        language: str,
        concepts: Mapping[str, Iterable[str]],
        context: Mapping[str, Iterable[str]],
        numbers: Mapping[str, int],
        ordinary: Iterable[str],
        sounds: Mapping[str, str],
        short_forms: Mapping[str, str],
        rules: Iterable[Rule],
        gap_words: int,
    ) -> "Lexicon":
        """Compile a language; raise LexiconError naming the concept, cue or rule that cannot be used.

        `context` holds the cues (the keys of `context.CUES`, `terminator`, `list_word`, `not_a_cue`,
        `present`, `idiom`, `ongoing`, `having`), `numbers`
        the words for 0 to 10, `ordinary` words that are not to be taken for a misspelled one, `sounds` letters to
        write as others, so that words that sound the same are spelled the same, and `short_forms` words by how they
        are shortened.
        """
        if unknown := set(context) - _OPTIONAL:
            raise LexiconError(f"context: {min(unknown)!r} is no cue; use one of {', '.join(sorted(_OPTIONAL))}")
        ranked = tuple(sorted(rules, key=lambda rule: -rule.tier))
        known = {*concepts, HIGH, MIDDLE, LOW}
        for rule in ranked:
            if missing := rule.concepts - known:
                raise LexiconError(f"rule {rule.id}: <{min(missing)}> is no concept of the lexicon ({language})")
        symptoms = frozenset(concept for rule in ranked for way in rule.ways for concept in way.concepts)
        exceptions = frozenset(concept for rule in ranked for concept in rule.unless) - symptoms
        folded_numbers = {fold(word): value for word, value in numbers.items()}
        tree = ConceptTree.build({**concepts, **context}, gap_words)
        protected = {step for word in ordinary for step in phrase_steps(word)} | set(folded_numbers)
        return cls(
            language,
            ranked,
            RuleBook(ranked),
            tree,
            Speller(tree.steps, protected, sounds, {fold(short): fold(long) for short, long in short_forms.items()}),
            folded_numbers,
            symptoms,
            exceptions,
        )

    def read(self, text: str) -> "Reading":
        """Read a message as far as its concepts and contexts."""
        return self.read_words(tokens(text))

    def read_words(self, message: Sentence) -> "Reading":
        """Do `read` with a message that is split into words, which is the same for every language."""
        known = {word: self._speller.readings(word) for word in set(message.words)}
        mentions = self._tree.mentions(message, [known[word] for word in message.words])
        mentions += rating_mentions(message, mentions, self._numbers)
        idioms = [mention for mention in mentions if mention.concept == IDIOM]
        if idioms:
            mentions = _outside(idioms, mentions, self._exceptions)
        return Reading(message, mentions, self._symptoms)


@dataclass(frozen=True, eq=False)
class Reading:
    """A message as it was read: words, mentions of concepts, and each word's contexts, looked for when asked for."""

    message: Sentence
    mentions: list[Mention]
    symptoms: Container[str]

    @cached_property
    def contexts(self) -> Sequence[frozenset[Context]]:
        """What the contexts say of each word; empty when they say nothing at all."""
        return contexts_of(self.message, self.mentions, self.symptoms)

    def contexts_of(self, chain: Iterable[Mention]) -> frozenset[Context]:
        """Return what the contexts say of any of these mentions."""
        if not self.contexts:
            return frozenset()
        return frozenset().union(*(self.contexts[at] for mention in chain for at in range(mention.start, mention.end)))


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that a message makes, and what context did to it: `tier` NONE when it was taken back."""

    rule: Rule
    mentions: tuple[Mention, ...]
    contexts: frozenset[Context]
    tier: Tier


def triage(text: str, lexicon: Lexicon) -> Finding:
    """Find the gravest thing a message mentions, or `NOTHING`; never raises."""
    return _gravest(tokens(text), lexicon)


def triage_in(text: str, lexicons: Iterable[Lexicon]) -> Finding:
    """Find the gravest thing that a message mentions in any of these languages; among equals the first one's."""
    message = tokens(text)
    return max((_gravest(message, lexicon) for lexicon in lexicons), key=lambda finding: finding.tier, default=NOTHING)


def _gravest(message: Sentence, lexicon: Lexicon) -> Finding:
    reading = lexicon.read_words(message)
    best: Match | None = None
    for match in _matches(reading, lexicon):
        if match.tier is not Tier.NONE and (best is None or match.tier > best.tier):
            best = match
            if best.tier is Tier.EMERGENCY:
                break
    if best is None:
        return NOTHING
    spans = message.spans
    evidence = tuple((spans[m.start][0], spans[m.end - 1][1]) for m in sorted(best.mentions, key=lambda m: m.start))
    return Finding(tier=best.tier, flag=best.rule.flag, rule_id=best.rule.id, evidence=evidence)


def explain(text: str, lexicon: Lexicon) -> tuple[Reading, list[Match]]:
    """Return how a message was read and every rule it makes, those that context took back included."""
    reading = lexicon.read(text)
    return reading, list(_matches(reading, lexicon))


def _matches(reading: Reading, lexicon: Lexicon) -> Iterable[Match]:
    mentions = Mentions(reading.mentions)
    ongoing = ONGOING in mentions
    asked_for_oneself = frozenset({Context.ASKED}) if HAVING in mentions else frozenset()
    for rule, chain in lexicon.book.matches(reading.message, mentions):
        contexts = reading.contexts_of(chain) - rule.keeps - asked_for_oneself
        tier = rule.tier
        if contexts & _TAKE_BACK:
            tier = Tier.NONE
        elif Context.PAST in contexts:
            tier = Tier.REFERRAL if ongoing else Tier.NONE
        yield Match(rule, chain, contexts, tier)


_TAKE_BACK = frozenset({Context.NEGATED, Context.ASKED, Context.OTHER})


def _outside(idioms: Iterable[Mention], mentions: Iterable[Mention], spared: Container[str]) -> list[Mention]:
    """Drop what lies wholly inside a figure of speech; what takes a rule back does so there as well."""
    masked = {at for idiom in idioms for at in range(idiom.start, idiom.end)}
    return [
        m for m in mentions if m.concept == IDIOM or m.concept in spared or not masked.issuperset(range(m.start, m.end))
    ]
