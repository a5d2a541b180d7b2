"""Every language is complete and says the same: keys, arguments, exercises, safety words, wishes.

That no key is left over is seen where every message is rendered: `tests/unit/presentation/test_messages.py`.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalog import Catalog
from bot.domain.events import Command
from bot.domain.keys import Note, Opening, Text
from bot.domain.languages import FALLBACK
from bot.domain.replies import Intent
from bot.lexicon_check import lexicon_faults
from bot.presentation import content as worded
from bot.settings import CHECKOUT

CODE = sorted(CHECKOUT.glob("bot/**/*.py"))
WORDINGS = {"html", "plain"}  # the methods that take a key and its arguments


@pytest.fixture(params=sorted(path.parent.name for path in CHECKOUT.glob("content/locales/*/ui.ftl")))
def language(request: pytest.FixtureRequest) -> str:
    """Return each language in turn."""
    code: str = request.param
    return code


def keys_in_code() -> Iterator[tuple[str, str, frozenset[str] | None]]:
    """Yield each key that Python writes out, where, and the arguments it fills in; None where they are not written."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
                continue
            key = node.args[0]
            if node.func.attr in WORDINGS and isinstance(key, ast.Constant) and isinstance(key.value, str):
                names = [keyword.arg for keyword in node.keywords]
                filled = None if None in names else frozenset(name for name in names if name)
                yield key.value, f"{path.relative_to(CHECKOUT)}:{node.lineno}", filled


def test_every_key_that_python_uses_is_there_and_gets_its_arguments(catalog: Catalog, language: str) -> None:
    """A text that asks for more than Python fills in would come out with a hole."""
    arguments = catalog.translators[language].arguments
    found = list(keys_in_code())
    assert len(found) > 100
    for key, place, filled in found:
        assert key in arguments, place
        assert filled is None or arguments[key] <= filled, f"{place}: {key}"
    named = {*Text, *Opening, *Note, *(f"command-{command}" for command in Command)}
    assert named <= arguments.keys()


def test_a_message_uses_the_same_arguments_in_every_language(catalog: Catalog, language: str) -> None:
    """What is filled in matters to whoever reads it, a telephone number above all."""
    assert catalog.translators[language].arguments == catalog.translators[FALLBACK].arguments


def test_every_exercise_is_worded_in_every_field(catalog: Catalog, language: str) -> None:
    """The card, the way to do it, the picture in words."""
    for name, texts in catalog.exercises.items():
        assert all(getattr(texts[language], field) for field in worded.ExerciseText.__dataclass_fields__), name


def test_every_flag_of_safety_has_words(catalog: Catalog, content: Path, language: str) -> None:
    """A language without words for a flag would let it pass."""
    assert list(lexicon_faults(content / "safety" / f"lexicon.{language}.yaml", catalog.lexicons[language])) == []


def test_every_wish_can_be_typed(catalog: Catalog, language: str) -> None:
    """Each intent has phrases of its own, and what opens a wish with a time does in every language."""
    phrasebook = catalog.phrasebooks[language]
    assert set(phrasebook.phrases.values()) - {None} == set(Intent)
    assert set(phrasebook.openings.values()) == set(catalog.phrasebooks[FALLBACK].openings.values())


def test_python_knows_no_language_by_name(catalog: Catalog) -> None:
    """But the one that all fall back on, in one place: a new language is a matter of content alone."""
    places = [
        f"{path.relative_to(CHECKOUT)}:{node.lineno}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in catalog.languages
    ]
    assert [place.partition(":")[0] for place in places] == ["bot/domain/languages.py"]
