"""The authors' commands: `lumbar triage` and `lumbar content check`.

They read content/ as the bot does and print what an author wants to know: how one message is read, what many messages
get, whether the words are sound, and how well the cases are read. Nothing here runs the bot or opens a database.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bot import safety_cases
from bot.catalog import Catalog, ContentError, load_catalog
from bot.domain.safety import Finding, Lexicon, Tier, explain, triage, triage_in
from bot.lexicon_check import lexicon_faults
from bot.settings import load_settings

_NOT_SOUND, _MISUSE = 1, 2

_Brief = Annotated[bool, typer.Option("--brief", help="Leave out the list of cases that get the wrong tier.")]

content = typer.Typer(help="Check what the authors wrote.", no_args_is_help=True)


def triage_command(
    text: Annotated[str | None, typer.Argument(help="One message, explained in words.")] = None,
    file: Annotated[Path | None, typer.Option(help="JSON lines to read instead of standard input.")] = None,
    lang: Annotated[str | None, typer.Option(help="Language of TEXT; without it every language is tried.")] = None,
) -> None:
    """Show how safety reads a message, or JSON lines {"id", "text", "lang"?}."""
    lexicons = _catalog().lexicons
    if text is not None:
        for line in _explained(text, _chosen(lexicons, lang)):
            typer.echo(line)
        return
    try:
        with file.open(encoding="utf-8") if file else sys.stdin as lines:
            for answer in _answers(lines, lexicons):
                typer.echo(json.dumps(answer, ensure_ascii=False))
    except (OSError, ValueError) as error:
        _fail(str(error), _MISUSE)


@content.command("check")
def check(
    brief: _Brief = False,  # noqa: FBT002 - how typer declares a switch
) -> None:
    """Check content/: schema, safety words and rules, and how well the cases are read."""
    settings = load_settings()
    catalog = _catalog()
    faults = [
        fault
        for language, lexicon in catalog.lexicons.items()
        for fault in lexicon_faults(settings.content_dir / "safety" / f"lexicon.{language}.yaml", lexicon)
    ]
    scored = safety_cases.score(_cases(settings.content_dir), catalog.lexicons)
    for line in (*faults, *safety_cases.tables(scored), *(() if brief else safety_cases.failures(scored))):
        typer.echo(line)
    missed = safety_cases.failed_emergencies(scored)
    if missed:
        for one in missed:
            typer.echo(f"cases.{one.case.language}.jsonl:{one.case.line}: an emergency is not read as one", err=True)
        _fail(
            f"{len(missed)} emergency cases fail: mend the words or the rules before this content is used.", _NOT_SOUND
        )
    if faults:
        _fail(f"{len(faults)} faults in the safety words.", _NOT_SOUND)


def _catalog() -> Catalog:
    return load_catalog(load_settings().content_dir)


def _cases(content_dir: Path) -> list[safety_cases.Case]:
    try:
        return safety_cases.load_cases(content_dir)
    except ValueError as error:
        raise ContentError([str(error)]) from error


def _chosen(lexicons: Mapping[str, Lexicon], language: str | None) -> list[Lexicon]:
    if language is None:
        return list(lexicons.values())
    if language not in lexicons:
        _fail(f"there is no lexicon for {language!r}; there is one for {', '.join(lexicons)}", _MISUSE)
    return [lexicons[language]]


def _answers(lines: Iterable[str], lexicons: Mapping[str, Lexicon]) -> Iterator[dict[str, Any]]:
    """Yield the answer to each line; raise ValueError for one that is not JSON with a text."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            text, language = str(asked["text"]), asked.get("lang")
        except (ValueError, TypeError, KeyError, AttributeError):
            raise ValueError(f'line {number} is not JSON of the form {{"id": ..., "text": "..."}}') from None
        finding = triage(text, lexicons[language]) if language in lexicons else triage_in(text, lexicons.values())
        yield {"id": asked.get("id"), **_told(finding, text)}


def _told(finding: Finding, text: str) -> dict[str, Any]:
    return {
        "tier": finding.tier.label,
        "flag": finding.flag.value,
        "rule": finding.rule_id or None,
        "evidence": [text[start:end] for start, end in finding.evidence],
    }


def _explained(text: str, lexicons: Iterable[Lexicon]) -> Iterator[str]:
    """Tell in words what matched, what context did to it, and which rule won."""
    lexicons = list(lexicons)
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


def _fail(line: str, code: int) -> NoReturn:
    typer.echo(f"lumbar: {line}", err=True)
    raise typer.Exit(code)
