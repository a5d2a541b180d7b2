"""What holds for every message in every language, one of them written by nobody: long, accented, right to left."""

import re

import pytest

from bot.catalog import load_catalog
from bot.presentation import messages
from bot.presentation.messages import Outgoing, Texts
from tests.pseudo_language import CODE, add_pseudo_language
from tests.unit.presentation.rendered import CATALOG, CONTENT, everything, read, rows, seen, texts_of

MOST_CHARACTERS = {"sendMessage": 4096, "sendAnimation": 1024, "sendPhoto": 1024, "sendDocument": 1024}
MOST_IN_A_LABEL = 64  # Telegram shortens what a phone cannot show; nothing is said about it
MOST_IN_A_DESCRIPTION = 256
MARKS = "\u200e\u2068\u2069"  # of direction; they are not seen
LEADING_SIGN = re.compile(r"[^\w\s¿¡«\"'(/•+-]")


@pytest.fixture(scope="module", params=(*CATALOG.languages, CODE))
def texts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Texts:
    """Return the texts of a language."""
    code: str = request.param
    if code != CODE:
        return texts_of(code)
    folder = add_pseudo_language(CONTENT, tmp_path_factory.mktemp("pseudo"))
    return texts_of(code, load_catalog(folder, strict=True))


@pytest.fixture(scope="module")
def said(texts: Texts) -> list[Outgoing]:
    """Return every message there is in the language; a reaction has no words."""
    return [outgoing for outgoing in everything(texts) if outgoing.method != "setMessageReaction"]


def test_every_message_keeps_within_telegrams_limits(said: list[Outgoing]) -> None:
    """Counted as Telegram counts, in UTF-16 units, without tags."""
    for outgoing in said:
        assert 1 <= len(seen(outgoing).encode("utf-16-le")) // 2 <= MOST_CHARACTERS[outgoing.method]
        for row in rows(outgoing):
            assert all(1 <= len(button["text"]) <= MOST_IN_A_LABEL for button in row)


def test_the_command_menu_keeps_within_telegrams_limits(texts: Texts) -> None:
    """A description of more than 256 characters, and Telegram takes none of the menu."""
    for command in messages.command_list(texts):
        assert 1 <= len(command["description"].strip()) <= MOST_IN_A_DESCRIPTION


def test_every_button_says_what_it_does_in_words(said: list[Outgoing]) -> None:
    """A picture alone tells nothing to whoever hears the screen."""
    labels = {button["text"] for outgoing in said for row in rows(outgoing) for button in row}
    assert [label for label in labels if not label.lstrip(MARKS)[0].isalnum()] == []


def test_no_line_begins_with_a_sign_that_carries_its_meaning(said: list[Outgoing]) -> None:
    """A telephone in front of a number is silent, or read as "black telephone"."""
    lines = {line.strip().lstrip(MARKS) for outgoing in said for line in seen(outgoing).split("\n")}
    assert [line for line in lines if LEADING_SIGN.match(line)] == []


def test_every_tag_is_closed(said: list[Outgoing]) -> None:
    """Telegram refuses a message whose HTML is broken."""
    for outgoing in said:
        read(outgoing.payload.get("text") or outgoing.payload["caption"])
