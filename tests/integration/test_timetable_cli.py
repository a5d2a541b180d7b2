"""`lumbar schedule` as an operator types it: the lines and nothing else, or one line that says what to type."""

import pytest

from bot.settings import CHECKOUT
from tests.integration.program import Program

ASKED = ("--time", "02:30", "--zone", "Europe/Madrid", "--from", "2026-03-28", "--days", "3")


@pytest.fixture
def lumbar(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Return the program; this command reads no settings and writes nothing, so it may run in the real checkout."""
    return Program(CHECKOUT, tmp_path_factory.mktemp("temporary"))


async def test_it_prints_one_occurrence_a_line(lumbar: Program) -> None:
    """Local time and UTC, on the chosen weekdays."""
    ended = await lumbar.ends("schedule", *ASKED, "--weekdays", "sun,mon")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "2026-03-29T03:30:00+02:00 2026-03-29T01:30:00Z\n2026-03-30T02:30:00+02:00 2026-03-30T00:30:00Z\n"
    )


async def test_a_slip_is_one_line_and_exit_code_2(lumbar: Program) -> None:
    """The line names the option and shows how it is typed."""
    ended = await lumbar.ends("schedule", *ASKED, "--zone", "Europe/Madird")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        'lumbar: --zone "Europe/Madird" is not an IANA time zone: give one such as Europe/Madrid or America/New_York.\n'
    )
