"""`lumbar schedule`: tables of what people get around gaps, folds and lost dates, worked out by hand."""

from datetime import datetime, timedelta

import pytest

from bot.timetable import NotATimetable, timetable

TABLES = {
    "a gap in Madrid moves 02:30 on by its length": (
        ("02:30", "Europe/Madrid", "2026-03-28", 3),
        """
        2026-03-28T02:30:00+01:00 2026-03-28T01:30:00Z
        2026-03-29T03:30:00+02:00 2026-03-29T01:30:00Z
        2026-03-30T02:30:00+02:00 2026-03-30T00:30:00Z
        """,
    ),
    "a fold in Madrid counts the first time": (
        ("02:30", "Europe/Madrid", "2026-10-24", 3),
        """
        2026-10-24T02:30:00+02:00 2026-10-24T00:30:00Z
        2026-10-25T02:30:00+02:00 2026-10-25T00:30:00Z
        2026-10-26T02:30:00+01:00 2026-10-26T01:30:00Z
        """,
    ),
    "a gap in New York": (
        ("02:00", "America/New_York", "2026-03-07", 3),
        """
        2026-03-07T02:00:00-05:00 2026-03-07T07:00:00Z
        2026-03-08T03:00:00-04:00 2026-03-08T07:00:00Z
        2026-03-09T02:00:00-04:00 2026-03-09T06:00:00Z
        """,
    ),
    "a fold in New York": (
        ("01:30", "America/New_York", "2026-10-31", 3),
        """
        2026-10-31T01:30:00-04:00 2026-10-31T05:30:00Z
        2026-11-01T01:30:00-04:00 2026-11-01T05:30:00Z
        2026-11-02T01:30:00-05:00 2026-11-02T06:30:00Z
        """,
    ),
    "a gap of half an hour on Lord Howe": (
        ("02:15", "Australia/Lord_Howe", "2026-10-03", 3),
        """
        2026-10-03T02:15:00+10:30 2026-10-02T15:45:00Z
        2026-10-04T02:45:00+11:00 2026-10-03T15:45:00Z
        2026-10-05T02:15:00+11:00 2026-10-04T15:15:00Z
        """,
    ),
    "a fold of half an hour on Lord Howe": (
        ("01:45", "Australia/Lord_Howe", "2026-04-04", 3),
        """
        2026-04-04T01:45:00+11:00 2026-04-03T14:45:00Z
        2026-04-05T01:45:00+11:00 2026-04-04T14:45:00Z
        2026-04-06T01:45:00+10:30 2026-04-05T15:15:00Z
        """,
    ),
    "a gap at midnight, when Sao Paulo still had summer time": (
        ("00:00", "America/Sao_Paulo", "2018-11-03", 3),
        """
        2018-11-03T00:00:00-03:00 2018-11-03T03:00:00Z
        2018-11-04T01:00:00-02:00 2018-11-04T03:00:00Z
        2018-11-05T00:00:00-02:00 2018-11-05T02:00:00Z
        """,
    ),
    "a fold before midnight in Sao Paulo": (
        ("23:30", "America/Sao_Paulo", "2018-02-17", 2),
        """
        2018-02-17T23:30:00-02:00 2018-02-18T01:30:00Z
        2018-02-18T23:30:00-03:00 2018-02-19T02:30:00Z
        """,
    ),
    "no summer time in Sao Paulo since 2019": (
        ("00:00", "America/Sao_Paulo", "2019-11-02", 2),
        """
        2019-11-02T00:00:00-03:00 2019-11-02T03:00:00Z
        2019-11-03T00:00:00-03:00 2019-11-03T03:00:00Z
        """,
    ),
    "Casablanca goes back for Ramadan": (
        ("02:30", "Africa/Casablanca", "2026-02-14", 3),
        """
        2026-02-14T02:30:00+01:00 2026-02-14T01:30:00Z
        2026-02-15T02:30:00+01:00 2026-02-15T01:30:00Z
        2026-02-16T02:30:00+00:00 2026-02-16T02:30:00Z
        """,
    ),
    "and forward again after it": (
        ("02:30", "Africa/Casablanca", "2026-03-21", 3),
        """
        2026-03-21T02:30:00+00:00 2026-03-21T02:30:00Z
        2026-03-22T03:30:00+01:00 2026-03-22T02:30:00Z
        2026-03-23T02:30:00+01:00 2026-03-23T01:30:00Z
        """,
    ),
    "half past on the wall is on the hour in UTC": (
        ("07:30", "Asia/Kolkata", "2026-03-28", 2),
        """
        2026-03-28T07:30:00+05:30 2026-03-28T02:00:00Z
        2026-03-29T07:30:00+05:30 2026-03-29T02:00:00Z
        """,
    ),
    "Apia had no 30 December 2011": (
        ("07:30", "Pacific/Apia", "2011-12-29", 3),
        """
        2011-12-29T07:30:00-10:00 2011-12-29T17:30:00Z
        2011-12-31T07:30:00+14:00 2011-12-30T17:30:00Z
        """,
    ),
    "nor therefore a Friday": (("07:30", "Pacific/Apia", "2011-12-24", 13, "fri"), ""),
    "a gap over midnight belongs to the date it began on": (
        ("23:45", "America/Toronto", "1919-03-30", 1),
        "1919-03-31T00:45:00-04:00 1919-03-31T04:45:00Z",
    ),
    "several times, in the order of the day": (
        ("19:00, 7:30", "Europe/Madrid", "2026-03-28", 2),
        """
        2026-03-28T07:30:00+01:00 2026-03-28T06:30:00Z
        2026-03-28T19:00:00+01:00 2026-03-28T18:00:00Z
        2026-03-29T07:30:00+02:00 2026-03-29T05:30:00Z
        2026-03-29T19:00:00+02:00 2026-03-29T17:00:00Z
        """,
    ),
    "two times that a gap moves to one moment": (
        ("02:30,03:30", "Europe/Madrid", "2026-03-29", 1),
        "2026-03-29T03:30:00+02:00 2026-03-29T01:30:00Z",
    ),
    "and is not counted to the next": (
        ("23:45", "America/Toronto", "1919-03-31", 1),
        "1919-03-31T23:45:00-04:00 1919-04-01T03:45:00Z",
    ),
}


@pytest.mark.parametrize(("asked", "table"), TABLES.values(), ids=TABLES)
def test_a_timetable_is_what_the_wall_clock_shows(asked: tuple[str, str, str, int], table: str) -> None:
    """Each local date of the span has its line, local and UTC; a lost date has none."""
    assert list(timetable(*asked)) == [line.strip() for line in table.split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("weekdays", "dates"),
    [
        pytest.param(None, range(23, 30), id="all of them"),
        pytest.param("1-5", range(23, 28), id="working days by number"),
        pytest.param("mon-fri", range(23, 28), id="and by name"),
        pytest.param("mon,wed,fri", (23, 25, 27), id="some names"),
        pytest.param("7, SAT", (28, 29), id="mixed, in any order and case"),
        pytest.param("sat-mon", (23, 28, 29), id="a span over the end of the week"),
        pytest.param("3-3", (25,), id="a span of one"),
    ],
)
def test_weekdays_are_those_of_the_local_date(weekdays: str | None, dates: tuple[int, ...]) -> None:
    """From Monday 23 November 2026 for a week; in Auckland it is already Monday while UTC has Sunday."""
    lines = timetable("08:00", "Pacific/Auckland", "2026-11-23", 7, weekdays)
    assert [datetime.fromisoformat(line.split()[0]).day for line in lines] == list(dates)


@pytest.mark.parametrize("zone", ["Europe/Madrid", "Pacific/Apia", "America/St_Johns", "UTC"])
def test_both_halves_of_a_line_are_one_instant(zone: str) -> None:
    """Read back, the local time and the UTC time of every line of a year name the same moment."""
    lines = [line.split() for line in timetable("02:30", zone, "2011-01-01", 365)]
    assert len(lines) == (364 if zone == "Pacific/Apia" else 365)
    for local, universal in lines:
        assert universal.endswith("Z")
        assert datetime.fromisoformat(universal).utcoffset() == timedelta(0)
        assert datetime.fromisoformat(local) == datetime.fromisoformat(universal)


SLIPS = {
    "no minutes": (("7", "UTC", "2026-03-28", 1), '--time "7" is not a time'),
    "an hour too late": (("24:00", "UTC", "2026-03-28", 1), '--time "24:00" is not a time'),
    "four times": (("7:00,8:00,9:00,10:00", "UTC", "2026-03-28", 1), "are too many: give 3 at most"),
    "a comma behind the time": (("7:00,", "UTC", "2026-03-28", 1), "is not a time"),
    "seconds": (("07:30:15", "UTC", "2026-03-28", 1), '--time "07:30:15" is not a time'),
    "digits of another script": (("٠٧:٣٠", "UTC", "2026-03-28", 1), "is not a time"),
    "a misspelt zone": (("07:30", "Europe/Madird", "2026-03-28", 1), '--zone "Europe/Madird" is not an IANA'),
    "an abbreviation": (("07:30", "PDT", "2026-03-28", 1), '--zone "PDT" is not an IANA'),
    "no zone": (("07:30", "", "2026-03-28", 1), '--zone "" is not an IANA'),
    "a path": (("07:30", "../etc/passwd", "2026-03-28", 1), "is not an IANA"),
    "two lines": (("07:30", "Europe/\nMadrid", "2026-03-28", 1), "is not an IANA"),
    "no such date": (("07:30", "UTC", "2026-02-29", 1), '--from "2026-02-29" is not a date'),
    "a date of another order": (("07:30", "UTC", "28/03/2026", 1), "is not a date"),
    "a week's date": (("07:30", "UTC", "2026-W13-7", 1), "is not a date"),
    "no days": (("07:30", "UTC", "2026-03-28", 0), "--days 0 is too few"),
    "days without end": (("07:30", "UTC", "2026-03-28", 10**9), "--from and --days leave the calendar"),
    "the first of all days": (("07:30", "UTC", "0001-01-01", 1), "--from and --days leave the calendar"),
    "the last of all days": (("07:30", "UTC", "9999-12-31", 1), "--from and --days leave the calendar"),
    "an eighth weekday": (("07:30", "UTC", "2026-03-28", 1, "1-8"), '--weekdays "1-8" are not weekdays'),
    "no weekday": (("07:30", "UTC", "2026-03-28", 1, ""), '--weekdays "" are not weekdays'),
    "a comma too many": (("07:30", "UTC", "2026-03-28", 1, "mon,"), "are not weekdays"),
    "a span without end": (("07:30", "UTC", "2026-03-28", 1, "mon-"), "are not weekdays"),
    "a span of three": (("07:30", "UTC", "2026-03-28", 1, "1-3-5"), "are not weekdays"),
}


@pytest.mark.parametrize(("asked", "said"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_one_line_with_an_example(asked: tuple[str, str, str, int], said: str) -> None:
    """What was typed wrong is named before any line is given, together with how to type it."""
    with pytest.raises(NotATimetable) as refusal:
        timetable(*asked)
    line = str(refusal.value)
    assert said in line
    assert "such as" in line or "as in" in line
    assert "\n" not in line


def test_the_whole_calendar_can_be_asked_for() -> None:
    """Up to the last year but one, every date has its line."""
    assert list(timetable("23:59", "Pacific/Kiritimati", "9998-12-30", 1)) == [
        "9998-12-30T23:59:00+14:00 9998-12-30T09:59:00Z"
    ]
