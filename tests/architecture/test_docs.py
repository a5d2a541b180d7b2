"""The documents are true where a machine can tell: links lead somewhere, files, commands and libraries exist."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.storage.tables import metadata

CHECKOUT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "content/*.md")
    for path in CHECKOUT.glob(pattern)
    if not path.name.startswith(".")
)

_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_OUR_FILE = re.compile(r"(?:bot|content|docs|tests)/[\w./-]+|[A-Z]+\.md|[\w-]+\.(?:toml|txt)|Makefile|Procfile|LICENSE")
_MAKE = re.compile(r"\bmake ([a-z]+)\b")
_DEPENDENCY = re.compile(r"^\| `([\w.-]+)` \|", re.MULTILINE)


def anchors(document: Path) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    headings = _HEADING.findall(_FENCED.sub("", document.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def code_of(document: Path) -> list[str]:
    """Return what stands between backticks, outside of fenced blocks."""
    return _CODE.findall(_FENCED.sub("", document.read_text(encoding="utf-8")))


def canonical(requirement: str) -> str:
    """Return the name in a requirement, in the spelling that ignores case and punctuation."""
    name = re.match(r"[\w.-]+", requirement)
    assert name is not None, requirement
    return re.sub(r"[-_.]+", "-", name.group()).lower()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
class TestDocument:
    """What holds for every document."""

    def test_its_links_lead_somewhere(self, document: Path) -> None:
        """A relative link names a file that exists and, where it has an anchor, a heading in it."""
        text = _FENCED.sub("", document.read_text(encoding="utf-8"))
        for target in _LINK.findall(text):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            file = (document.parent / name).resolve() if name else document
            assert file.exists(), f"{target} leads nowhere"
            assert not anchor or anchor in anchors(file), f"{target} names no heading"

    def test_the_files_it_names_exist(self, document: Path) -> None:
        """A path in backticks is one of the checkout, or of the document's own folder; <placeholders> are free."""
        for name in filter(_OUR_FILE.fullmatch, code_of(document)):
            assert (CHECKOUT / name).exists() or (document.parent / name).exists(), f"there is no {name}"

    def test_the_make_targets_it_names_exist(self, document: Path) -> None:
        """Every `make something` can be typed."""
        makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
        targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
        text = "\n".join([*code_of(document), *_FENCED.findall(document.read_text(encoding="utf-8"))])
        assert set(_MAKE.findall(text)) <= targets


def test_every_direct_dependency_has_its_reason() -> None:
    """docs/dependencies.md names the dependencies of pyproject.toml, those and no others."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    page = (CHECKOUT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert sorted(map(canonical, _DEPENDENCY.findall(page))) == sorted(map(canonical, wanted))


def _first_column(document: str, heading: str) -> set[str]:
    """Return the names in backticks that begin the rows of a section's table."""
    text = (CHECKOUT / "docs" / document).read_text(encoding="utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)
    return {name for cell in cells for name in _CODE.findall(cell)}


@pytest.mark.parametrize(
    ("document", "heading"),
    [("privacy.md", "What is stored"), ("privacy.md", "For how long"), ("architecture.md", "Tables")],
)
def test_every_table_has_its_row(document: str, heading: str) -> None:
    """What is stored, for how long and why: the pages name the tables of the database, those and no others."""
    assert _first_column(document, heading) == set(metadata.tables)
