"""The staff's log: each request has a name there, which holds nothing that anybody wrote and opens nothing."""

import pytest

from bot.domain.audit import Action, ending, name_of
from bot.domain.staff import (
    Act,
    Asked,
    BroadcastPressed,
    BroadcastWritten,
    HelpAsked,
    Invitation,
    InvitationAsked,
    InvitationWithdrawn,
    StatsAsked,
    WhoAsked,
)
from bot.settings import CHECKOUT

CODE = "D9QHK23Q9V"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (HelpAsked(), "help"),
        (StatsAsked(), "stats"),
        (WhoAsked("K7QM4XRD"), "who"),
        (BroadcastWritten("Mrs Jones, your back!"), "broadcast"),
        (BroadcastPressed(3, Act.LANGUAGE, "es"), "broadcast 3 language es"),
        (BroadcastPressed(3, Act.SEND), "broadcast 3 send"),
        (InvitationAsked(Invitation(), is_made=False, unread=("Jones",)), "invite"),
        (InvitationAsked(Invitation(), is_made=True), "invite make"),
        (InvitationWithdrawn(CODE), "invite drop …3Q9V"),
        (None, ""),
    ],
)
def test_what_a_request_is_called(asked: Asked | None, name: str) -> None:
    """Neither text nor code of a person; of an invitation's code the end, which tells it from another."""
    assert name_of(asked) == name


def test_an_ending_opens_nothing() -> None:
    """Most of the code's signs are missing."""
    assert ending(CODE) == "…3Q9V"


def test_the_operators_page_explains_every_action() -> None:
    """Whoever reads the log finds each of its words in docs/operating.md, and no word that is none."""
    page = (CHECKOUT / "docs/operating.md").read_text(encoding="utf-8")
    table = page.partition("| action | means | detail |")[2].partition("\n\n")[0].splitlines()[2:]
    named = {word.strip("` ") for line in table for word in line.split("|")[1].split(",")}
    assert named == {action.value for action in Action}
