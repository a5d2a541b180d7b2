"""Plain language: every English text a person reads is read with ease at eleven or twelve, and explains its terms."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from tests.content.reading_age import reading_age, syllables, words_of

TOGETHER = 8.0  # years; what all texts together may ask for
ONE_TEXT = 12.5  # of a text that is long enough to tell
TELLING_WORDS = 15
FOR_OTHERS = ("staff-", "report-")  # the clinic's team and clinicians read these

EXPLAINED = {
    r"aneurysm": r"bulge in an artery",
    r"csv": r"tables \(CSV\) that a spreadsheet opens",
    r"json": r"JSON for other programs",
    r"pelvic floor": r"the muscles that hold in pee",
    r"spinal canal": r"little room for nerves",
    r"steroids": r"cortisone",
    r"vertebra": r"a bone of the spine",
    r"zip": r"in one ZIP file",
}
"""Terms that not everybody knows, and the words that must explain each in the same text."""

NEVER = (
    *(
        r"abdomen",
        r"acute",
        r"adherence",
        r"anterior",
        r"cauda equina",
        r"chronic",
        r"comorbid\w*",
        r"contraindicat\w*",
    ),
    *(
        r"flexion",
        r"iana",
        r"lateral\w*",
        r"ligament\w*",
        r"lumbar",
        r"neutral spine",
        r"palpitation\w*",
        r"posterior\w*",
    ),
    *(
        r"prone",
        r"radicular",
        r"regression",
        r"repetitions",
        r"saddle",
        r"sciatica",
        r"stenosis",
        r"supine",
        r"symptom\w*",
    ),
    *(r"therapeutic", r"thoracic", r"triage", r"urine", r"utc"),
)
"""Words that only clinicians or programmers use."""


def plain(pattern: ast.Pattern) -> Iterator[str]:
    """Yield the texts of a message as they are read, a word in each value's place; every branch is a text."""
    text = ""
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            text += element.value
        elif isinstance(element.expression, ast.SelectExpression):
            for variant in element.expression.variants:
                yield from plain(variant.value)
        else:
            text += "it"
    yield re.sub(r"<[^>]+>", "", unescape(text))


def every_text(content: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield all English texts that a person reads, with what to call them."""
    for entry in FluentParser().parse((content / "locales" / "en" / "ui.ftl").read_text(encoding="utf-8")).body:
        if isinstance(entry, ast.Message) and entry.value is not None and not entry.id.name.startswith(FOR_OTHERS):
            yield entry.id.name, list(plain(entry.value))
    for path in content.glob("exercises/*/en.md"):
        for part in re.split(r"^#+ ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            heading, _, text = part.partition("\n")
            yield f"{path.parent.name}: {heading}", [text or heading]
    yield "getting-down", [(content / "routines" / "getting-down.en.md").read_text(encoding="utf-8")]


@pytest.fixture(scope="module")
def texts(content: Path) -> dict[str, list[str]]:
    """Return every text by what to call it, without those that hold no words."""
    return {name: parts for name, parts in every_text(content) if words_of(" ".join(parts))}


def test_all_texts_together_are_read_with_ease(texts: dict[str, list[str]]) -> None:
    """Most texts ask for far less than the hardest may."""
    assert reading_age(text for parts in texts.values() for text in parts) <= TOGETHER


def test_no_text_is_too_hard(texts: dict[str, list[str]]) -> None:
    """A label or a line of few words is too short to be measured."""
    ages = {
        name: reading_age(parts) for name, parts in texts.items() if len(words_of(" ".join(parts))) >= TELLING_WORDS
    }
    assert len(ages) > 200
    assert {name: round(age, 1) for name, age in ages.items() if age > ONE_TEXT} == {}


def test_a_term_stands_beside_its_explanation(texts: dict[str, list[str]]) -> None:
    """In the same text, for nobody looks it up."""
    joined = {name: "\n".join(parts) for name, parts in texts.items()}
    for term, explanation in EXPLAINED.items():
        found = {name for name, text in joined.items() if re.search(rf"\b{term}\b", text, re.IGNORECASE)}
        assert found, f"{term} is nowhere; take it off the list"
        assert [name for name in found if not re.search(explanation, joined[name])] == [], term


def test_no_text_uses_a_clinicians_words(texts: dict[str, list[str]]) -> None:
    """Nor a programmer's."""
    for term in NEVER:
        used = [name for name, parts in texts.items() if re.search(rf"\b{term}\b", "\n".join(parts), re.IGNORECASE)]
        assert used == [], term


def test_the_measure_can_fail() -> None:
    """It knows a hard text from an easy one, and counts syllables as people do, most of the time."""
    easy = "Lie on your back. Bend your knees. Let them sink to one side."
    hard = "Contraindications necessitate consultation with an appropriately qualified practitioner beforehand."
    assert reading_age([easy]) < TOGETHER < ONE_TEXT < reading_age([hard])
    known = {1: "back moved legs", 2: "table gently quiet every", 3: "exercise idea", 4: "abdominal emergency"}
    assert [word for count, words in known.items() for word in words.split() if syllables(word) != count] == []
