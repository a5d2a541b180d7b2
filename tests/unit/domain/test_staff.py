"""What the staff's commands and buttons are read as, and who may use them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.staff import (
    Act,
    Asked,
    BroadcastPressed,
    BroadcastWritten,
    HelpAsked,
    Invitation,
    InvitationAsked,
    InvitationWithdrawn,
    Role,
    Segment,
    StaffWords,
    StatsAsked,
    WhoAsked,
    encode,
    read_button,
    read_command,
    role_needed,
    toggled,
)

WORDS = StaffWords(
    languages={"en": "en", "es": "es", "español": "es"},
    levels={"base": "base", "build": "build"},
    programmes={"lower-back": "lower-back"},
    active=frozenset({"active"}),
    once=frozenset({"once"}),
    uses=frozenset({"people"}),
    days=frozenset({"days", "day"}),
    many=frozenset({"many"}),
)
HALF_PAST_SEVEN = time(7, 30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/stats", StatsAsked()),
        ("/stats@lumbar_bot please", StatsAsked()),
        ("/STATS", StatsAsked()),
        ("/who k7qm-4xrd", WhoAsked("K7QM4XRD")),
        ("/who K7QM 4XRD", WhoAsked("K7QM4XRD")),
        ("/who", WhoAsked(None)),
        ("/who K7QM4XR", WhoAsked(None)),
        ("/who K7QM4XRA", WhoAsked(None)),
        ("/broadcast", BroadcastWritten("")),
        ("/broadcast Closed tomorrow.", BroadcastWritten("Closed tomorrow.")),
        ("/broadcast\nClosed.\n\nSorry.", BroadcastWritten("Closed.\n\nSorry.")),
        ("/broadcast es active\nCerrado.", BroadcastWritten("Cerrado.", Segment("es", None, active=True))),
        ("/broadcast Base Español\nHola", BroadcastWritten("Hola", Segment("es", "base"))),
        ("/broadcast es mañana\ncerramos", BroadcastWritten("es mañana\ncerramos")),
        ("/broadcast active", BroadcastWritten("", Segment(active=True))),
        ("/invite", InvitationAsked(Invitation(), is_made=False)),
        (
            "/invite es 07:30 once 14 days",
            InvitationAsked(Invitation("es", HALF_PAST_SEVEN, None, uses=1, days=14), is_made=True),
        ),
        (
            "/invite 30 days lower-back 20 people 7.30",
            InvitationAsked(Invitation(None, HALF_PAST_SEVEN, "lower-back", uses=20, days=30), is_made=True),
        ),
        ("/invite many", InvitationAsked(Invitation(uses=None), is_made=True)),
        ("/invite 25:30", InvitationAsked(Invitation(), is_made=False, unread=("25:30",))),
        ("/invite es 400 days", InvitationAsked(Invitation("es"), is_made=False, unread=("400", "days"))),
        ("/invite de", InvitationAsked(Invitation(), is_made=False, unread=("de",))),
        ("/routine", HelpAsked()),
        ("@lumbar_bot hello", HelpAsked()),
        ("", HelpAsked()),
    ],
)
def test_commands_are_read(text: str, expected: Asked) -> None:
    """Words in any order and case; what is no choice is told back instead of guessed."""
    assert read_command(text, WORDS) == expected


BUTTONS: list[BroadcastPressed | InvitationAsked | InvitationWithdrawn] = [
    BroadcastPressed(12, Act.LANGUAGE, "es"),
    BroadcastPressed(12, Act.LEVEL, "base"),
    *(BroadcastPressed(10**9, act) for act in Act if act not in {Act.LANGUAGE, Act.LEVEL}),
    InvitationAsked(Invitation("es", HALF_PAST_SEVEN, "lower-back", uses=None, days=365), is_made=True),
    InvitationAsked(Invitation(), is_made=False),
    InvitationWithdrawn("BCDFGHJKMN"),
]


@pytest.mark.parametrize("asked", BUTTONS, ids=str)
def test_buttons_are_read_as_they_were_spelled(
    asked: BroadcastPressed | InvitationAsked | InvitationWithdrawn,
) -> None:
    """Every button comes back as what it was, within Telegram's 64 bytes."""
    assert read_button(encode(asked), WORDS) == asked
    assert len(encode(asked).encode()) <= 64


@pytest.mark.parametrize(
    "data",
    [
        *("", "b", "b:1", "b:x:send", "b:01:send", "b:1:send:", "b:1:level:gone", "b:1:language:de", "b:1:explode"),
        *("i:make:de:-:1:14:-", "i:make:es:2530:1:14:-", "i:make:es:-:-1:14:-", "i:make:es:-:1:0:-"),
        *("i:make:es:-:1:366:-", "i:make:es:-:1:14:gone", "i:drop:short", "start", "erase:1", "staff:1"),
    ],
)
def test_data_that_nobody_spelled_means_nothing(data: str) -> None:
    """Another version's, a patient's, or made up."""
    assert read_button(data, WORDS) is None


@given(st.text(max_size=80))
def test_nothing_typed_or_sent_raises(text: str) -> None:
    """Whatever it is, it is read as something."""
    assert read_command(text, WORDS) is not None
    read_button(text, WORDS)


def test_only_administrators_write_and_invite() -> None:
    """Members may look at what is told of all, and of one by their code."""
    looking: tuple[Asked, ...] = (HelpAsked(), StatsAsked(), WhoAsked(None))
    assert {role_needed(asked) for asked in looking} == {Role.MEMBER}
    writing: tuple[Asked, ...] = (*BUTTONS, BroadcastWritten("x"))
    assert {role_needed(asked) for asked in writing} == {Role.ADMIN}


def test_a_choice_pressed_again_is_taken_back() -> None:
    """Each part of the segment by itself."""
    segment = Segment("es", "base", active=True)
    for act, value in ((Act.LANGUAGE, "es"), (Act.LEVEL, "base"), (Act.ACTIVE, "")):
        segment = toggled(segment, BroadcastPressed(1, act, value))
    assert segment == Segment()
    assert toggled(segment, BroadcastPressed(1, Act.LANGUAGE, "en")) == Segment("en")
