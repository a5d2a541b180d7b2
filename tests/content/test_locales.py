"""Every language is whole, and its messages are HTML that Telegram accepts."""

import re
from pathlib import Path

from fluent.syntax import FluentParser, ast

from bot.catalog import Catalog

TELEGRAM_TAGS = {
    *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote"),
    *("tg-spoiler", "tg-emoji", "tg-time", "span"),
}


def test_english_is_there_and_comes_first(catalog: Catalog) -> None:
    """English is the language that all others fall back on."""
    assert catalog.languages[0] == "en"


def test_every_language_has_every_kind_of_word(catalog: Catalog) -> None:
    """A language brings messages, reply words, a safety lexicon and the words for times."""
    for words in (catalog.translators, catalog.lexicons, catalog.phrasebooks, catalog.time_words):
        assert set(words) == set(catalog.languages)


def pieces(pattern: ast.Pattern) -> list[str]:
    """Spell a pattern out with 0 for each value; every branch of a choice is a piece of its own."""
    text, others = "", []
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            text += element.value
            continue
        text += "0"
        if isinstance(element.expression, ast.SelectExpression):
            for variant in element.expression.variants:
                others += pieces(variant.value)
    return [text, *others]


def html_fault(text: str) -> str | None:
    """Return what Telegram would refuse in a piece of HTML, None if nothing."""
    if re.search(r"&(?!amp;|lt;|gt;|quot;|#\d+;)", text):
        return "a bare &"
    open_tags: list[str] = []
    rest = re.sub(r"</?([a-z-]+)(?: [a-z-]+=\"[^\"<>]*\")*>", "", text)
    if "<" in rest or ">" in rest:
        return "a bare < or >"
    for slash, tag in re.findall(r"<(/?)([a-z-]+)", text):
        if tag not in TELEGRAM_TAGS:
            return f"<{tag}> is not a tag of Telegram"
        if not slash:
            open_tags.append(tag)
        elif not open_tags or open_tags.pop() != tag:
            return f"</{tag}> closes nothing"
    return f"<{open_tags[-1]}> stays open" if open_tags else None


def test_every_message_is_html_that_telegram_accepts(catalog: Catalog, content: Path) -> None:
    """Tags are known, nested and closed, in each branch; signs that mean something in HTML are escaped."""
    faults = []
    for language in catalog.languages:
        source = (content / "locales" / language / "ui.ftl").read_text(encoding="utf-8")
        for entry in FluentParser().parse(source).body:
            if isinstance(entry, ast.Message) and entry.value is not None:
                faults += [
                    f"{language}: {entry.id.name}: {fault}"
                    for piece in pieces(entry.value)
                    if (fault := html_fault(piece)) is not None
                ]
    assert not faults


def test_the_html_check_can_fail() -> None:
    """The check above notices what it is there for."""
    for bad in ("<b>x", "x</b>", "<b><i>x</b></i>", "<br>", "a & b", "1 < 2", "<b><u></b>"):
        assert html_fault(bad), bad
    assert html_fault('<b>a</b> &amp; <a href="https://0">b</a>') is None
