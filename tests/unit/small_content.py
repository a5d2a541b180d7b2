"""The shipped content with safety words small enough to know by heart: one word and one rule for each flag.

Tests of what the authors' tools say break a copy of it in one place, and know every line.
"""

import shutil
from pathlib import Path

from bot.domain.safety import Flag
from bot.settings import CHECKOUT

FLAGS = [flag.value for flag in Flag if flag is not Flag.NONE]
HEAD = "language: en\ngap_words: 2\nordinary: ''\nnumbers: {}\ncontext: {negated_after: 'no'}\nconcepts:\n"
PHRASES = {"cauda_equina": "numb toes", "infection": "fever"}
WORDS = "".join(f"  word_{at}: {PHRASES.get(flag, flag.replace('_', ' '))}\n" for at, flag in enumerate(FLAGS))
RULES = "rules:\n" + "".join(
    f"  - {{id: {flag}, tier: {'emergency' if at == 0 else 'urgent'}, flag: {flag}, ways: [<word_{at}>]}}\n"
    for at, flag in enumerate(FLAGS)
)
CASES = (
    '{"text": "numb toes", "tier": "emergency", "flag": "cauda_equina"}\n'
    '{"text": "hello", "tier": "none", "flag": "none"}\n'
)
NEXT_LINE = (HEAD + WORDS).count("\n") + 1


def copy_small_content(to: Path) -> Path:
    """Copy the content in English alone, with the small safety words; return the copy's folder."""
    folder = to / "content"
    shutil.copytree(CHECKOUT / "content", folder)
    for path in [*folder.glob("safety/lexicon.*.yaml"), *folder.glob("safety/cases.*.jsonl")]:
        path.unlink()
    for path in folder.glob("locales/*"):
        if path.name != "en":
            shutil.rmtree(path)
    write_words(folder, WORDS, RULES)
    (folder / "safety" / "cases.en.jsonl").write_text(CASES, encoding="utf-8")
    return folder


def write_words(folder: Path, words: str, rules: str) -> Path:
    """Write other concepts and rules into a copy; return the file of the concepts."""
    path = folder / "safety" / "lexicon.en.yaml"
    path.write_text(HEAD + words, encoding="utf-8")
    (folder / "safety" / "rules.yaml").write_text(rules, encoding="utf-8")
    return path
