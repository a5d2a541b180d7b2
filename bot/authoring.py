"""The authors' commands, without their command line: how one message is read, what many get, is the content sound.

They read content/ as the bot does. Nothing here runs the bot or opens a database; printing and exit codes are
`bot.__main__`'s.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot import phrase_cases, safety_cases
from bot.catalog import Catalog, ContentError, load_catalog
from bot.domain.safety import Finding, Lexicon, Tier, explain, triage, triage_in
from bot.domain.understanding import Question, Words
from bot.lexicon_check import idle_rules, lexicon_faults
from bot.picture_check import check_pictures
from bot.plan_cases import failed_cases
from bot.settings import Settings
from bot.understood import told
from bot.zones import ZoneFinder


class NotALine(ValueError):  # noqa: N818 - says what is the case
    """A line of input, or a language asked for, is not what it should be; `str()` is one line that says so."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the content check found: the report's lines, and in one line each warnings, and why it is refused."""

    report: tuple[str, ...]
    warnings: tuple[str, ...]
    refusals: tuple[str, ...]


def check_content(settings: Settings, *, brief: bool, require_review: bool = False) -> Checked:
    """Check safety words and pictures, and run all cases; raise ContentError for content that does not even load.

    Content is refused for a fault in the words or in a picture, for every emergency case of the built-on half that is
    not read as an emergency, for every phrase that is read otherwise, and for every case of the plan that leads
    elsewhere; with `require_review` it does not load while nobody has signed an exercise. `brief` leaves out the list
    of other safety cases with the wrong tier.
    """
    folder = settings.content_dir / "safety"
    catalog = load_catalog(settings.content_dir, require_review=require_review)
    lexicons = catalog.lexicons
    by_path = {folder / f"lexicon.{language}.yaml": lexicon for language, lexicon in lexicons.items()}
    faults = [fault for path, lexicon in by_path.items() for fault in lexicon_faults(path, lexicon)]
    faults += idle_rules(by_path)
    try:
        scored = safety_cases.score(safety_cases.load_cases(settings.content_dir), lexicons)
        phrases = phrase_cases.load_phrases(settings.content_dir)
    except ValueError as error:
        raise ContentError([str(error)]) from error
    missed = safety_cases.failed_emergencies(scored)
    faults += [f"{one.case.place}: an emergency is not read as one: {one.case.text}" for one in missed]
    zones = ZoneFinder.from_content(settings.content_dir)
    heard = phrase_cases.hear(phrases, _words(catalog), lexicons, zones.pairs)
    faults += phrase_cases.failures(heard)
    plans, wrong_plans = failed_cases(settings.content_dir, catalog.programme)
    pictures = check_pictures(settings.content_dir, catalog.exercises)
    return Checked(
        report=(
            f"{len(catalog.exercises)} exercises, {len(catalog.programme.levels)} levels, {plans} cases of the plan",
            *phrase_cases.table(heard),
            "",
            *safety_cases.tables(scored),
            *(() if brief else ("", *safety_cases.failures(scored))),
        ),
        warnings=(*catalog.warnings, *pictures.warnings),
        refusals=(*faults, *wrong_plans, *pictures.faults),
    )


def explained(text: str, language: str | None, settings: Settings) -> Iterator[str]:
    """Tell in words how a message is read: what matched, what context did to it, which rule won."""
    lexicons = _chosen(load_catalog(settings.content_dir).lexicons, language)
    for lexicon in lexicons:
        reading, matches = explain(text, lexicon)
        words = reading.message.words
        yield f"Read in {lexicon.language} as: {' '.join(words)}"
        for mention in sorted(reading.mentions, key=lambda mention: mention.start):
            yield f"  {' '.join(words[mention.start : mention.end])!r} is {mention.concept}"
        for match in matches:
            context = f", but context says {', '.join(sorted(match.contexts))}" if match.contexts else ""
            outcome = match.tier.label if match.tier is not Tier.NONE else "nothing"
            rule = f"{match.rule.id} ({match.rule.tier.label}, {match.rule.flag.value})"
            yield f"  rule {rule} matches{context}: {outcome}"
    finding = triage_in(text, lexicons)
    if finding.tier is Tier.NONE:
        yield "Result: nothing that needs a safety reply."
    else:
        yield f"Result: {finding.tier.label}, {finding.flag.value}, by rule {finding.rule_id}."


def answers(lines: Iterable[str], settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield the answer to each JSON line {"id", "text", "lang"?}; raise NotALine for one that is not of that form.

    Without `lang`, or with one that there are no safety words for, every language is tried.
    """
    lexicons = load_catalog(settings.content_dir).lexicons
    for _, asked in _asked(lines):
        text, language = asked["text"], asked.get("lang")
        lexicon = lexicons.get(str(language))
        finding = triage_in(text, lexicons.values()) if lexicon is None else triage(text, lexicon)
        yield {"id": asked.get("id"), **_told(finding, text)}


def understood(lines: Iterable[str], settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield what each JSON line {"id", "text", "lang"?, "state"?} says; raise NotALine for one of another form.

    Without `lang`, or with one that there are no words for, the first language that makes something of it counts.
    """
    catalog, zones = load_catalog(settings.content_dir), ZoneFinder.from_content(settings.content_dir)
    words = _words(catalog)
    for number, asked in _asked(lines):
        language, state = asked.get("lang"), asked.get("state") or Question.IDLE
        if state not in set(Question):
            raise NotALine(f"line {number}: {state!r} is not a state; use one of {', '.join(Question)}")
        languages = [str(language)] if isinstance(language, str) and language in words else list(words)
        said = (
            told(Question(state), asked["text"], words[code], catalog.lexicons[code], zones.pairs) for code in languages
        )
        first = next(said)
        answer = (
            first if first["event"] != "unknown" else next((one for one in said if one["event"] != "unknown"), first)
        )
        yield {"id": asked.get("id"), **answer}


def _asked(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield number and content of each line that is not empty."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            yield number, {**asked, "text": str(asked["text"])}
        except (ValueError, TypeError, KeyError, AttributeError):
            raise NotALine(f'line {number} is not JSON of the form {{"id": ..., "text": "..."}}') from None


def _words(catalog: Catalog) -> dict[str, Words]:
    return {code: Words(catalog.phrasebooks[code], catalog.time_words[code]) for code in catalog.languages}


def _told(finding: Finding, text: str) -> dict[str, Any]:
    return {
        "tier": finding.tier.label,
        "flag": finding.flag.value,
        "rule": finding.rule_id or None,
        "evidence": [text[start:end] for start, end in finding.evidence],
    }


def _chosen(lexicons: Mapping[str, Lexicon], language: str | None) -> list[Lexicon]:
    if language is None:
        return list(lexicons.values())
    if language not in lexicons:
        raise NotALine(f"there are no safety words for {language!r}; there are for {', '.join(lexicons)}")
    return [lexicons[language]]
