"""The page's words: it says nothing of its own, asks for nothing that is not there, and leaves nothing unused."""

import re
from pathlib import Path

import pytest

from bot.presentation.app_pages import failure_words, words
from bot.usecases.miniapp import Page
from tests.knowledge import the_catalog, the_knowledge

APP = Path(__file__).parents[3] / "bot" / "web" / "app"
MODULES = sorted(APP.glob("*.js"))
_ASKED = re.compile(r"""\bt\((?:"([\w-]+)"|`([\w-]+)\$\{[^}]+\}([\w-]*)`)""")
_NAMES = re.compile(r"""\{([a-z_]+)\}""")
_IMPORTED = re.compile(r'^import .* from "\./(\w+\.js)";$', re.MULTILINE)
LANGUAGES = sorted(the_catalog().languages)


def asked() -> tuple[set[str], set[tuple[str, str]]]:
    """Return the keys that the modules ask for, and of those that they put together the beginning and the end."""
    found = [match for module in MODULES for match in _ASKED.findall(module.read_text(encoding="utf-8"))]
    return {key for key, _, _ in found if key}, {(start, end) for _, start, end in found if start}


def test_every_word_is_asked_for_and_every_asked_word_is_there() -> None:
    """A key that is put together is known by its beginning and end."""
    known = words(the_knowledge().languages["en"].texts).keys()
    keys, patterns = asked()
    assert keys <= known
    unused = {
        key for key in known - keys if not any(key.startswith(start) and key.endswith(end) for start, end in patterns)
    }
    assert unused == set()
    assert all(f"tab-{page}" in known for page in Page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_page_fills_in_stands_in_braces(language: str) -> None:
    """Every argument of a label arrives as its name in braces, and no label has a tag."""
    texts = the_knowledge().languages[language].texts
    for key, text in words(texts).items():
        assert set(_NAMES.findall(text)) == texts.translator.arguments[f"app-{key}"]
        assert "<" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_failures_have_their_words_before_anything_was_asked(language: str) -> None:
    """Each kind of failure has a title and a sentence, and the two ways out have theirs."""
    kinds = {"offline", "expired", "not-started", "busy", "broken"}
    wanted = {f"failure-{kind}{part}" for kind in kinds for part in ("", "-title")} | {"again", "close"}
    assert failure_words(the_knowledge().languages[language].texts).keys() == wanted


def test_the_page_is_small() -> None:
    """All of our own code together stays far below 100 KB, uncompressed."""
    assert sum(path.stat().st_size for path in APP.iterdir()) < 100_000


def test_what_the_first_page_needs_is_fetched_at_once() -> None:
    """The page names the frame, Today and all that they import, so that no line asks for one after the other."""
    page = (APP / "index.html").read_text(encoding="utf-8")
    needed: set[str] = set()
    wanted = ["main.js", "today.js"]
    while wanted:
        name = wanted.pop()
        needed.add(name)
        wanted += set(_IMPORTED.findall((APP / name).read_text(encoding="utf-8"))) - needed
    assert set(re.findall(r'(?:href|src)="\{\{ digest \}\}/(\w+\.js)"', page)) == needed


def test_no_module_says_anything_of_its_own() -> None:
    """Text between tags or quotes with a blank between two words is a sentence, and belongs to content/."""
    spoken = re.compile(r"""el\([^()]*?,\s*"[A-Z][a-z]+ [a-z]""")
    assert [module.name for module in MODULES if spoken.search(module.read_text(encoding="utf-8"))] == []


def test_no_module_parses_html_or_code() -> None:
    """Whatever a text says ends up in text nodes: there is nothing to inject into."""
    dangerous = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|style=")
    texts = {path.name: path.read_text(encoding="utf-8") for path in [*MODULES, APP / "index.html"]}
    assert [name for name, text in texts.items() if dangerous.search(text)] == []
