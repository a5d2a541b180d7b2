"""The safety cases: how well triage reads the messages that the authors wrote down, told in tables.

`content/safety/cases.<language>.jsonl` holds a message a line with the tier and flag it should get. Half of them,
chosen by a hash of the text and so for ever, are the held-out half: nobody looks at those while words are added, so
their figures estimate how triage does on messages it has never seen. `fresh.<language>.jsonl` holds messages that were
written after the words, in an everyday style: nobody looks at any of them until newer ones take their place.

Scoring is pure; only `load_cases` reads files.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.domain.safety import Finding, Flag, Lexicon, Tier, triage

BUILT_ON, HELD_OUT, FRESH = "built on", "held out", "fresh"
_NEVER_MISSED = {Flag.SUICIDE, Flag.CAUDA_EQUINA}


@dataclass(frozen=True, slots=True)
class Case:
    """One message and the answer it should get; `line` is where it stands in `file`."""

    file: str
    language: str
    text: str
    tier: Tier
    flag: Flag
    line: int

    @property
    def place(self) -> str:
        """File and line, as an editor takes them."""
        return f"{self.file}:{self.line}"

    @property
    def part(self) -> str:
        """Whether the case may be looked at while words are added: only what they are built on."""
        if self.file.startswith(FRESH):
            return FRESH
        return HELD_OUT if sha256(self.text.encode()).digest()[-1] % 2 else BUILT_ON


@dataclass(frozen=True, slots=True)
class Scored:
    """A case with what triage made of it."""

    case: Case
    finding: Finding

    @property
    def is_right(self) -> bool:
        """Whether the tier is the one asked for."""
        return self.finding.tier is self.case.tier


def load_cases(content_dir: Path) -> list[Case]:
    """Read every language's cases; raise ValueError naming file and line of one that is not a case."""
    cases = []
    folder = content_dir / "safety"
    for path in sorted([*folder.glob("cases.*.jsonl"), *folder.glob(f"{FRESH}.*.jsonl")]):
        language = path.name.split(".")[1]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                data = json.loads(line)
                tier, flag = Tier.from_label(data["tier"]), Flag(data["flag"])
                cases.append(Case(path.name, language, data["text"], tier, flag, number))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path.name}:{number}: is no case ({error})") from error
    return cases


def score(cases: Iterable[Case], lexicons: Mapping[str, Lexicon]) -> list[Scored]:
    """Triage every case in its own language; cases of a language without lexicon are left out."""
    return [Scored(case, triage(case.text, lexicons[case.language])) for case in cases if case.language in lexicons]


def failed_emergencies(scored: Iterable[Scored]) -> list[Scored]:
    """Return the emergency cases of the built-on half that were not read as an emergency; nobody looks at the other."""
    return [one for one in scored if one.case.tier is Tier.EMERGENCY and not one.is_right and one.case.part == BUILT_ON]


def headline(scored: Sequence[Scored]) -> list[tuple[str, int, int]]:
    """Return the figures that decide, each as its name, how many, and out of how many."""
    red = [one for one in scored if one.case.tier is not Tier.NONE]
    ordinary = [one for one in scored if one.case.tier is Tier.NONE]
    emergencies = [one for one in red if one.case.tier is Tier.EMERGENCY]
    gravest = [one for one in emergencies if one.case.flag in _NEVER_MISSED]
    return [
        ("red flags that get some safety reply", sum(one.finding.tier > Tier.NONE for one in red), len(red)),
        ("ordinary messages left alone", sum(one.is_right for one in ordinary), len(ordinary)),
        ("emergencies answered as emergency", sum(one.is_right for one in emergencies), len(emergencies)),
        ("emergencies without any reply", sum(one.finding.tier is Tier.NONE for one in emergencies), len(emergencies)),
        ("suicide or cauda equina missed", sum(one.finding.tier is Tier.NONE for one in gravest), len(gravest)),
        (
            "ordinary messages answered as emergency",
            sum(one.finding.tier is Tier.EMERGENCY for one in ordinary),
            len(ordinary),
        ),
        ("red flags given a lower tier", sum(one.finding.tier < one.case.tier for one in red), len(red)),
    ]


def tables(scored: Sequence[Scored]) -> Iterator[str]:
    """Yield the lines of the whole report: the headline for each language and part, tiers, and flags."""
    languages = sorted({one.case.language for one in scored})
    columns = [(language, part) for language in languages for part in (BUILT_ON, HELD_OUT, FRESH)]
    parts = {column: [one for one in scored if (one.case.language, one.case.part) == column] for column in columns}
    yield _row("", *(f"{language}, {part}" for language, part in columns))
    yield _row("messages", *(str(len(parts[column])) for column in columns))
    for rows in zip(*(headline(parts[column]) for column in columns), strict=True):
        yield _row(rows[0][0], *(_share(right, total) for _, right, total in rows))
    for language in languages:
        own = [one for one in scored if one.case.language == language]
        yield ""
        yield f"Tiers ({language}): wanted in rows, given in columns"
        yield _row("", *(tier.label for tier in Tier))
        given = Counter((one.case.tier, one.finding.tier) for one in own)
        for wanted in reversed(Tier):
            yield _row(wanted.label, *(str(given[wanted, tier]) for tier in Tier))
        yield ""
        yield f"Flags ({language})"
        yield _row("", "messages", "some reply", "right tier")
        for flag in Flag:
            of_flag = [one for one in own if one.case.flag is flag and flag is not Flag.NONE]
            if of_flag:
                replied = sum(one.finding.tier > Tier.NONE for one in of_flag)
                right = sum(one.is_right for one in of_flag)
                counts = (str(len(of_flag)), _share(replied, len(of_flag)), _share(right, len(of_flag)))
                yield _row(flag.value, *counts)


def failures(scored: Iterable[Scored]) -> Iterator[str]:
    """Yield a line for every case that words were built on and that gets the wrong tier, the gravest first."""
    wrong = [one for one in scored if one.case.part == BUILT_ON and not one.is_right]
    for one in sorted(wrong, key=lambda one: (one.finding.tier - one.case.tier, one.case.line)):
        case, finding = one.case, one.finding
        got = f"{finding.tier.label} ({finding.rule_id})" if finding.rule_id else finding.tier.label
        yield f"{case.place}: {case.tier.label} expected, {got} given: {case.text}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} % ({part}/{whole})" if whole else "-"


def _row(name: str, *cells: str) -> str:
    return f"{name:<40}" + "".join(f"{cell:>22}" for cell in cells)
