"""The state diagram in docs/architecture.md is the one the transition table gives."""

import re

import pytest

from bot.domain import conversation
from bot.domain.chat import State
from bot.domain.conversation import Row
from bot.domain.events import Snoozed
from tests.architecture import state_diagram


def test_the_diagram_is_up_to_date() -> None:
    """Whoever changes the table draws the diagram anew: `make diagram`."""
    document = state_diagram.DOCUMENT.read_text(encoding="utf-8")
    assert state_diagram.drawn_in(document) == state_diagram.draw(), "run `make diagram` and commit the result"


def test_a_changed_table_changes_the_diagram(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that leads somewhere new shows in the diagram and in its tables."""
    before = state_diagram.draw()
    row = Row(conversation.EVERYWHERE[Snoozed].move, frozenset({State.NEW}))
    monkeypatch.setitem(conversation.TABLE, State.ASKING_TIME, {Snoozed: row})  # type: ignore[arg-type] # read-only to the code
    after = state_diagram.draw()
    assert "asking_time --> new : Snoozed" in after
    assert after != before


def test_every_state_is_on_the_diagram() -> None:
    """No state is left out, and every state can be come to."""
    targets = set(re.findall(r"^ +\S+ --> (\w+)", state_diagram.draw(), re.MULTILINE))
    assert targets == {*map(str, State), "session"}
