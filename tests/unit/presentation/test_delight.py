"""Delight: praise in words, and what Telegram shows beside them."""

import re
from dataclasses import replace

import pytest

from bot.domain import effects as do
from bot.domain.praise import WORDINGS, Occasion, Praise
from bot.presentation import delight, messages
from bot.presentation.messages import Texts
from tests.knowledge import the_catalog
from tests.unit.presentation.rendered import TEXTS, TOKEN, VIEW, read, render, seen

SPANISH = replace(TEXTS, translator=the_catalog().translators["es"])
PRESUMPTUOUS = re.compile(r"cure|heal|will help|only|miss|fail|streak|curar|sanar|solo |perdi|fall", re.IGNORECASE)
LANGUAGES = [pytest.param(TEXTS, id="en"), pytest.param(SPANISH, id="es")]


@pytest.mark.parametrize("texts", LANGUAGES)
def test_praise_places_the_day_in_its_week_in_as_many_wordings_as_there_are(texts: Texts) -> None:
    """Monday and Thursday done; every occasion has four wordings of its own, but for the very first."""
    outgoing = render(do.PraiseSession(TOKEN), replace(VIEW, texts=texts))
    assert "●○○●○○○\n" in seen(outgoing)
    assert len(read(outgoing.payload["text"]).times) == 1
    openings = {
        delight.praise_words(Praise(occasion, wording), texts) for occasion in Occasion for wording in range(WORDINGS)
    }
    assert len(openings) == WORDINGS * (len(Occasion) - 1) + 1


@pytest.mark.parametrize("texts", LANGUAGES)
def test_no_praise_promises_or_counts_what_was_left_out(texts: Texts) -> None:
    """No cure, no "only", no "missed", in either language."""
    for occasion in Occasion:
        for wording in range(WORDINGS):
            words = delight.praise_words(Praise(occasion, wording, 7), texts)
            assert not re.search(
                r"cure|heal|will help|only|miss|fail|streak|curar|sanar|solo |perdi|fall", words, re.IGNORECASE
            )


def test_a_milestone_has_its_effect_and_an_ordinary_day_has_none() -> None:
    """And a reaction stands behind the praise where the last done was typed, unless there was pain."""
    typed = do.PraiseSession(TOKEN, was_typed=True)
    festive = messages.render(typed, replace(VIEW, praise=Praise(Occasion.ORDINARY, 1, 30)))
    assert [outgoing.method for outgoing in festive] == ["sendMessage", "setMessageReaction"]
    assert festive[0].payload["message_effect_id"] == delight.PARTY_POPPER
    assert festive[1].payload["message_id"] == VIEW.message_id
    (painful,) = messages.render(typed, replace(VIEW, praise=Praise(Occasion.PAIN, 1)))
    assert "message_effect_id" not in painful.payload
