"""Checks of the safety words that need the file and its lines: what an author is told beside "it loads".

Four kinds of fault: a rule that no message can make in a language (each of its ways names a concept without phrases), a
flag without any such rule, a phrase that stands twice in its concept, and one that a starred word of the same concept
covers already. Faults of form (an unknown concept, a gap at the end) are refused when the catalogue is loaded.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.domain.safety import Flag, Lexicon
from bot.domain.safety.ratings import HIGH, LOW, MIDDLE
from bot.domain.safety.spelling import phrase_steps

_FOUND_BY_NUMBERS = {HIGH, MIDDLE, LOW}


def lexicon_faults(path: Path, lexicon: Lexicon) -> Iterator[str]:
    """Yield every fault as `file:line: what is wrong`; raise OSError when the file cannot be read."""
    concepts = _phrases(path)
    usable = {name for name, (_, phrases) in concepts.items() if phrases} | _FOUND_BY_NUMBERS
    reachable = set()
    for rule in lexicon.rules:
        if any(usable.issuperset(way.concepts) for way in rule.ways):
            reachable.add(rule.flag)
        else:
            lacking = min({concept for way in rule.ways for concept in way.concepts} - usable)
            line = concepts[lacking][0]
            yield f"{path.name}:{line}: rule {rule.id} can never match: <{lacking}> has no phrases"
    for flag in Flag:
        if flag is not Flag.NONE and flag not in reachable:
            yield f"{path.name}:1: no rule can find {flag.value}"
    for name, (_, phrases) in concepts.items():
        yield from (f"{path.name}:{line}: {name}: {fault}" for line, fault in _doubled(phrases))


def _doubled(phrases: list[tuple[str, int]]) -> Iterator[tuple[int, str]]:
    seen: dict[tuple[str, ...], int] = {}
    stems = {steps[0][:-1] for phrase, _ in phrases if len(steps := phrase_steps(phrase)) == 1 and steps[0][-1] == "*"}
    for phrase, line in phrases:
        steps = tuple(phrase_steps(phrase))
        if steps in seen:
            yield line, f"{phrase!r} stands in line {seen[steps]} already"
        seen.setdefault(steps, line)
        if len(steps) == 1 and not steps[0].endswith("*"):
            covering = next((stem for stem in sorted(stems) if steps[0].startswith(stem)), None)
            if covering is not None:
                yield line, f"{phrase!r} is covered by {covering + '*'!r}"


def _phrases(path: Path) -> dict[str, tuple[int, list[tuple[str, int]]]]:
    """Return each concept's line and its phrases with theirs."""
    root: Any = yaml.compose(path.read_text(encoding="utf-8"))
    found: dict[str, tuple[int, list[tuple[str, int]]]] = {}
    for section, content in root.value:
        if section.value == "concepts":
            for name, phrases in content.value:
                lines = [(phrase.value, phrase.start_mark.line + 1) for phrase in phrases.value]
                found[name.value] = (name.start_mark.line + 1, lines)
    return found
