"""A lexicon of a handful of words, made where a test needs it: no test of the mechanism depends on the real words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.domain.safety import NOTHING, Lexicon, Rule, triage

Words = Mapping[str, Sequence[str]]


def rule(*ways: str, id: str = "U-test", tier: str = "urgent", flag: str = "neuro", **more: Any) -> Rule:  # noqa: A002 - as in the YAML
    """Make an urgent rule of these ways to say it."""
    return Rule.from_data(id=id, tier=tier, flag=flag, ways=ways, **more)


def lexicon(
    concepts: Words,
    *rules: Rule,
    context: Words | None = None,
    numbers: Mapping[str, int] | None = None,
    ordinary: Iterable[str] = (),
    sounds: Mapping[str, str] | None = None,
    short_forms: Mapping[str, str] | None = None,
    gap_words: int = 2,
) -> Lexicon:
    """Compile a lexicon; without rules there is one, of the first concept alone."""
    return Lexicon.build(
        language="en",
        concepts=concepts,
        context=context or {},
        numbers=numbers or {},
        ordinary=ordinary,
        sounds=sounds or {},
        short_forms=short_forms or {},
        rules=rules or (rule(f"<{next(iter(concepts))}>"),),
        gap_words=gap_words,
    )


def phrases(*given: str, **more: Any) -> Lexicon:
    """Compile a lexicon of one concept, with one rule that it alone makes."""
    return lexicon({"it": given}, **more)


def finds(text: str, words: Lexicon) -> bool:
    """Tell whether triage finds anything."""
    return triage(text, words) != NOTHING
