"""What the staff get to read: within Telegram's limits, in every language, and of nobody in particular."""

from dataclasses import replace

import pytest

from bot.domain.buttons import decode
from bot.domain.events import ButtonUnknown
from bot.domain.staff import read_button
from bot.presentation import staff
from bot.presentation.messages import Texts
from bot.usecases.clinic import words_of
from tests.knowledge import the_knowledge
from tests.unit.presentation.rendered import CATALOG, CHAT, TEXTS, read, rows
from tests.unit.presentation.staffed import everything_for_staff

SPANISH = replace(TEXTS, translator=CATALOG.translators["es"])
CAPTION, MESSAGE = 1024, 4096


@pytest.mark.parametrize("texts", [TEXTS, SPANISH], ids=["en", "es"])
def test_every_message_keeps_within_telegrams_limits(texts: Texts) -> None:
    """Texts, captions and labels are of a length that Telegram takes, and their HTML is whole."""
    for outgoing in everything_for_staff(texts):
        payload = outgoing.payload
        longest = CAPTION if outgoing.method == "sendPhoto" else MESSAGE
        text = read(payload["caption" if outgoing.method == "sendPhoto" else "text"]).seen
        assert 1 <= len(text.encode("utf-16-le")) // 2 <= longest, text
        for row in rows(outgoing):
            assert 1 <= len(row) <= 4
            assert all(1 <= len(button["text"]) <= 40 for button in row)


def test_every_button_is_read_here_and_nowhere_else() -> None:
    """The staff's desk knows each; pressed in a private chat it would mean nothing."""
    words = words_of(the_knowledge())
    data = {
        button["callback_data"] for outgoing in everything_for_staff(TEXTS) for row in rows(outgoing) for button in row
    }
    known = {one for one in data if "gentle" not in one}
    assert known
    assert all(read_button(one, words) is not None for one in known)
    assert all(decode(one) == ButtonUnknown() for one in data)


def test_nobody_is_named() -> None:
    """Neither a chat's number nor a link to a person stands in any message, nor in what a picture is drawn from."""
    for outgoing in everything_for_staff(TEXTS):
        assert "tg://user" not in str(outgoing.payload)
        assert f"'{CHAT.chat_id}'" not in str(outgoing.payload)


def test_commands_are_told_to_telegram_in_every_language() -> None:
    """Four, each with a description."""
    for texts in (TEXTS, SPANISH):
        assert [one["command"] for one in staff.command_list(texts)] == ["stats", "who", "broadcast", "invite"]
        assert all(1 <= len(one["description"]) <= 256 for one in staff.command_list(texts))
