"""`lumbar schedule` as an operator types it: the lines and nothing else, or one line that says what to type."""

from tests.integration.program import typed

ASKED = ("--time", "02:30", "--zone", "Europe/Madrid", "--from", "2026-03-28", "--days", "3")


def test_it_prints_one_occurrence_a_line() -> None:
    """Local time and UTC, on the chosen weekdays."""
    ended = typed("schedule", *ASKED, "--weekdays", "sun,mon")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "2026-03-29T03:30:00+02:00 2026-03-29T01:30:00Z\n2026-03-30T02:30:00+02:00 2026-03-30T00:30:00Z\n"
    )


def test_a_slip_is_one_line_and_exit_code_2() -> None:
    """The line names the option and shows how it is typed."""
    ended = typed("schedule", *ASKED, "--zone", "Europe/Madird")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        'lumbar: --zone "Europe/Madird" is not an IANA time zone: give one such as Europe/Madrid or America/New_York.\n'
    )
