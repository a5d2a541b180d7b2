"""The state diagram of docs/architecture.md, drawn from the conversation's transition table.

    python -m tests.architecture.state_diagram

writes it anew between its two markers; a test fails while the document differs from what this would write. The
diagram shows what changes the state from where somebody stands; what is answered alike in every state stands in the
tables below it, one line per answer, in the words of the move's own docstring.
"""

import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from bot.domain.chat import SESSION_STATES, State
from bot.domain.conversation import BEFORE_CONSENT, EVERYWHERE, TABLE, Row
from bot.domain.events import Event, Greeted
from bot.domain.moves.commands import answer_old_button

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "architecture.md"
BEGIN = "<!-- state diagram: generated, see CONTRIBUTING -->"
END = "<!-- end -->"

_EVENTS: tuple[type[Any], ...] = get_args(Event)
_BEFORE = {State.NEW, State.ASKING_CONSENT}
_SESSION = "session"
_LABEL_EVENTS = 4  # an arrow names more events than this by what it leaves out


def draw() -> str:
    """Return the diagram and its tables as Markdown, markers included."""
    answered = {event: row for event, row in EVERYWHERE.items() if row.move is not answer_old_button}
    old_button = _answer(Row(answer_old_button))
    lines = [
        BEGIN,
        "```mermaid",
        *_diagram(),
        "```",
        "",
        "Before consent, in `new` and `asking_consent`, where every event that is not listed counts as `Greeted`:",
        "",
        *_table(BEFORE_CONSENT),
        "",
        "After consent, in every state whose own arrows do not name the event:",
        "",
        *_table(answered),
        "",
        f"Whatever is left answers a question that is no longer open: {old_button[0].lower()}{old_button[1:]}",
        END,
    ]
    return "\n".join(lines)


def drawn_in(text: str) -> str:
    """Return the part of a document between the markers, both included; raises ValueError when they are missing."""
    begin = text.index(BEGIN)
    return text[begin : text.index(END, begin) + len(END)]


def main() -> None:
    """Write the diagram into the document."""
    text = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else f"# Architecture\n\n{BEGIN}\n{END}\n"
    DOCUMENT.write_text(text.replace(drawn_in(text), draw()), encoding="utf-8")
    sys.stdout.write(f"{DOCUMENT.name}: the state diagram is drawn anew.\n")


def _diagram() -> Iterator[str]:
    yield "stateDiagram-v2"
    yield "    direction TB"
    yield f"    [*] --> {State.NEW}"
    yield f"    state {_SESSION} {{"
    yield from (f"    {line}" for line in _arrows(within_session=True))
    yield "    }"
    yield from _arrows(within_session=False)


def _arrows(*, within_session: bool) -> Iterator[str]:
    """Give one arrow for each pair of states, labelled with its events; seen from outside the session is one state."""
    labels: dict[tuple[str, str], set[type[Any]]] = {}
    for source in State:
        for event, to in _leads(source).items():
            for target in (state for state in State if state in to):
                if ({source, target} <= SESSION_STATES) is within_session:
                    pair = (source.value, target.value) if within_session else (_outside(source), _outside(target))
                    labels.setdefault(pair, set()).add(event)
    for (source_name, target_name), events in labels.items():
        yield f"    {source_name} --> {target_name} : {_label(events)}"


def _outside(state: State) -> str:
    return _SESSION if state in SESSION_STATES else state.value


def _leads(state: State) -> Mapping[type[Any], Collection[State]]:
    """Return where each event drawn at a state leads: its own rows, and for somebody idle what starts a session."""
    if state in _BEFORE:
        rows = {
            event: TABLE[state].get(event) or BEFORE_CONSENT.get(event, BEFORE_CONSENT[Greeted]) for event in _EVENTS
        }
        return {event: row.to - {state} for event, row in rows.items()}
    if state is State.IDLE:
        return {event: row.to - {state} for event, row in EVERYWHERE.items() if row.to & SESSION_STATES}
    return {event: row.to or {state} for event, row in TABLE[state].items()}


def _label(events: set[type[Any]]) -> str:
    names = [event.__name__ for event in _EVENTS if event in events]
    if len(names) <= _LABEL_EVENTS:
        return ", ".join(names)
    rest = [event.__name__ for event in _EVENTS if event not in events]
    return f"all but {', '.join(rest)}"


def _table(rows: Mapping[type[Any], Row]) -> Iterator[str]:
    yield "| event | answer | may lead to |"
    yield "|---|---|---|"
    alike: dict[tuple[str, frozenset[State]], list[str]] = {}
    for event, row in rows.items():
        alike.setdefault((_answer(row), row.to), []).append(f"`{event.__name__}`")
    for (answer, to), names in alike.items():
        yield f"| {', '.join(names)} | {answer} | {_targets(to)} |"


def _answer(row: Row) -> str:
    return (row.move.__doc__ or "").partition("\n")[0]


def _targets(to: frozenset[State]) -> str:
    """Name the target states in their order, those of a running session as one."""
    names = dict.fromkeys(_outside(state) for state in State if state in to)
    return ", ".join(f"`{name}`" for name in names) or "-"


if __name__ == "__main__":
    main()
