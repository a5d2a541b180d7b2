"""Checks of the safety words that need the file and its lines: what an author is told beside "it loads".

Four kinds of fault: a rule that no message can make in any language (each of its ways names a concept without phrases),
a flag that a language has no words for, a phrase that stands twice in its concept, and a short word that a starred one
of the same concept covers already; a long one is of use all the same, for it can be known with a slip in it. Faults of
form (an unknown concept, a gap at the end) are refused when the catalogue is loaded.
"""

from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.domain.safety import Flag, Lexicon, Rule
from bot.domain.safety.ratings import HIGH, LOW, MIDDLE
from bot.domain.safety.spelling import SHORTEST_SLIP, phrase_steps, split_phrases

_FOUND_BY_NUMBERS = {HIGH, MIDDLE, LOW}


def lexicon_faults(path: Path, lexicon: Lexicon) -> Iterator[str]:
    """Yield every fault as `file:line: what is wrong`; raise OSError when the file cannot be read."""
    concepts = _phrases(path)
    usable = {name for name, (_, phrases) in concepts.items() if phrases} | _FOUND_BY_NUMBERS
    reachable = {rule.flag for rule in lexicon.rules if _can_match(rule, usable)}
    for flag in Flag:
        if flag is not Flag.NONE and flag not in reachable:
            yield f"{path.name}:1: no rule can find {flag.value}"
    for name, (_, phrases) in concepts.items():
        yield from (f"{path.name}:{line}: {name}: {fault}" for line, fault in _doubled(phrases))


def idle_rules(lexicons: Mapping[Path, Lexicon]) -> Iterator[str]:
    """Yield every rule that no message can make in any language, with the line of a concept that lacks phrases."""
    phrases = {path: _phrases(path) for path in lexicons}
    usable = {
        name for concepts in phrases.values() for name, (_, found) in concepts.items() if found
    } | _FOUND_BY_NUMBERS
    for path, lexicon in list(lexicons.items())[:1]:
        for rule in lexicon.rules:
            if not _can_match(rule, usable):
                lacking = min({concept for way in rule.ways for concept in way.concepts} - usable)
                line = phrases[path][lacking][0]
                yield f"{path.name}:{line}: rule {rule.id} can never match: <{lacking}> has no phrases"


def _can_match(rule: Rule, usable: Container[str]) -> bool:
    return any(all(concept in usable for concept in way.concepts) for way in rule.ways)


def _doubled(phrases: list[tuple[str, int]]) -> Iterator[tuple[int, str]]:
    seen: dict[tuple[str, ...], int] = {}
    stems = {steps[0][:-1] for phrase, _ in phrases if len(steps := phrase_steps(phrase)) == 1 and steps[0][-1] == "*"}
    for phrase, line in phrases:
        steps = tuple(phrase_steps(phrase))
        if steps in seen:
            yield line, f"{phrase!r} stands in line {seen[steps]} already"
        seen.setdefault(steps, line)
        if len(steps) == 1 and not steps[0].endswith("*") and len(steps[0]) < SHORTEST_SLIP:
            covering = next((stem for stem in sorted(stems) if steps[0].startswith(stem)), None)
            if covering is not None:
                yield line, f"{phrase!r} is covered by {covering + '*'!r}"


def _phrases(path: Path) -> dict[str, tuple[int, list[tuple[str, int]]]]:
    """Return each concept's line and its phrases with theirs."""
    root: Any = yaml.compose(path.read_text(encoding="utf-8"))
    found: dict[str, tuple[int, list[tuple[str, int]]]] = {}
    for section, content in root.value:
        if section.value == "concepts":
            for name, text in content.value:
                first = text.start_mark.line + 1 + (text.style == "|")
                lines = [
                    (phrase, number)
                    for number, line in enumerate(text.value.splitlines(), start=first)
                    for phrase in split_phrases(line)
                ]
                found[name.value] = (name.start_mark.line + 1, lines)
    return found
