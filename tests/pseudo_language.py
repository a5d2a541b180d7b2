"""A language that nobody speaks, made from English: right to left, accented, and 40 % longer. It shows what breaks.

Every letter becomes one that is written from right to left, every fifth carries an accent, and every word grows; what
the bot fills in, tags, commands and names of zones stay. Exercises do not grow, for in every language they are held to
a length. What people type in it has neither accents nor growth, as people type.

It is written into a copy of `content/`, and nowhere else: that is all a new language takes.
"""

import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml
from fluent.syntax import FluentParser, FluentSerializer, ast

CODE = "xx"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשתםןףץ"
_LETTERS = str.maketrans(_LATIN + _LATIN.upper(), _HEBREW * 2)
_ACCENT = "\u05b8"
_KEPT = re.compile(r"</?[a-z][^>]*>?|&\w+;|(?<![\w<])/[a-z]+|\w+/\w+")
_WORD = re.compile(r"[A-Za-z][A-Za-z']*")


def typed(text: str) -> str:
    """Write English as somebody types it in this language."""
    return _WORD.sub(lambda word: word[0].replace("'", "").translate(_LETTERS), text)


def written(text: str) -> str:
    """Write English as the bot says it in this language; tags, commands and names of zones stay."""
    kept, rest = _KEPT.findall(text), _KEPT.split(text)
    grown = [_WORD.sub(lambda word: _accented(_grown(typed(word[0]))), piece) for piece in rest]
    return "".join(piece for pair in zip(grown, [*kept, ""], strict=True) for piece in pair)


def _grown(word: str) -> str:
    return word + word[: (2 * len(word) + 4) // 5]


def _accented(letters: str) -> str:
    return "".join(letter + _ACCENT * (at % 5 == 4) for at, letter in enumerate(letters))


def add_pseudo_language(content: Path, to: Path) -> Path:
    """Copy the content and write the language into the copy; return the copy's folder."""
    folder = to / "content"
    shutil.copytree(content, folder)
    (folder / "locales" / CODE).mkdir()
    _write(folder, "locales/{}/ui.ftl", _messages)
    _write(folder, "locales/{}/replies.yaml", _typed_words)
    _write(folder, "locales/{}/times.yaml", _typed_words)
    _write(folder, "routines/getting-down.{}.md", written)
    # Safety reads every text with the words of all languages, so that of English will do for both.
    _write(folder, "safety/lexicon.{}.yaml", lambda source: source.replace("language: en", f"language: {CODE}", 1))
    for exercise in folder.glob("exercises/*/en.md"):
        _write(folder, f"exercises/{exercise.parent.name}/{{}}.md", _exercise)
    return folder


def _write(folder: Path, name: str, translate: Callable[[str], str]) -> None:
    source = (folder / name.format("en")).read_text(encoding="utf-8")
    (folder / name.format(CODE)).write_text(translate(source), encoding="utf-8")


def _exercise(source: str) -> str:
    """Translate all but the headings, which are labels for the bot."""
    return "\n".join(line if line.startswith("## ") else typed(line) for line in source.split("\n"))


def _messages(source: str) -> str:
    resource = FluentParser().parse(source)
    for entry in resource.body:
        if isinstance(entry, ast.Message) and entry.value is not None:
            _translate(entry.value)
    return FluentSerializer().serialize(resource)


def _translate(pattern: ast.Pattern) -> None:
    """Translate the texts of a pattern; a tag may begin in one of them and end in another."""
    inside_tag = False
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            inside, end, rest = element.value.partition(">") if inside_tag else ("", "", element.value)
            inside_tag = rest.rfind("<") > rest.rfind(">") if not inside_tag or end else True
            element.value = inside + end + written(rest)
        elif isinstance(element.expression, ast.SelectExpression):
            for variant in element.expression.variants:
                _translate(variant.value)


def _typed_words(source: str) -> str:
    return yaml.safe_dump(_translated(yaml.safe_load(source)), allow_unicode=True, sort_keys=False)


def _words(words: Iterable[object]) -> list[str]:
    return list(dict.fromkeys(typed(str(word)) for word in words))


def _translated(data: dict[str, Any]) -> dict[str, Any]:
    """Translate what people type: lists of words, and words that lead to a number."""
    translated: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            translated[key] = _translated(value)
        elif isinstance(value, list):
            translated[key] = _words(value)
        else:
            translated[typed(key)] = value
    if "language" in translated:
        translated["language"]["names"] = ["pseudo", typed("pseudo")]
    return translated
