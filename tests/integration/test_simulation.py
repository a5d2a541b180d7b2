"""`lumbar simulate`: the real planner, storage and relay in virtual time, and what an operator reads of it."""

import asyncio
import os
import pty
import re
import signal
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.domain.schedule import next_due
from bot.settings import CHECKOUT
from bot.simulation.days import START, Outcome, Rules, live
from bot.simulation.people import Person, Zones, crowd, crowd_of_one_minute
from bot.simulation.report import on_one_minute
from bot.usecases.knowledge import Knowledge
from tests.integration.program import PATIENCE_SECONDS, Program
from tests.knowledge import the_knowledge

GRACE = timedelta(hours=2)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """Return what the bot knows: the real content."""
    return the_knowledge()


@pytest.fixture
def lumbar(tmp_path: Path) -> Program:
    """Return the program; what it puts into the temporary folder is seen."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    return Program(CHECKOUT, temporary)


def lived(people: list[Person], rules: Rules, path: Path, *, days: int = 1) -> Outcome:
    """Let people live, and hear nothing of it meanwhile."""
    return live(people, days=days, rules=rules, path=path, tell=lambda _: None)


def occurrences(person: Person, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """Walk through the schedule alone."""
    due_at = begins - timedelta(seconds=1)
    while (due_at := next_due(person.daily, due_at).due_at) < ends:
        yield due_at


def test_everybody_is_reminded_once_a_day_over_a_change_of_clocks(tmp_path: Path, knowledge: Knowledge) -> None:
    """A week in which New York's clocks go forward: each occurrence of the schedule is sent, none early, none twice."""
    people = list(crowd(30, Zones.MIX, 3))
    outcome = lived(people, Rules(30, GRACE, knowledge), tmp_path / "days.db", days=7)
    expected = [due for person in people for due in occurrences(person, START, START + timedelta(days=7))]
    assert len(expected) >= 7 * len(people)
    assert outcome.minutes == Counter(expected)
    assert (outcome.due, outcome.sent, outcome.early, outcome.twice) == (len(expected), len(expected), 0, 0)
    assert outcome.lateness_seconds(1) < 3
    assert outcome.database_bytes > 0


def test_the_same_people_have_the_same_days(tmp_path: Path, knowledge: Knowledge) -> None:
    """Nothing in it is left to chance or to the machine, the size of the database included."""
    people, rules = list(crowd(60, Zones.MIX, 5)), Rules(1, GRACE, knowledge)
    assert lived(people, rules, tmp_path / "one.db") == lived(people, rules, tmp_path / "other.db")


def test_a_crowded_minute_takes_as_long_as_the_rate_allows(tmp_path: Path, knowledge: Knowledge) -> None:
    """Of 300 people at ten a second one place is kept for answers: nine reminders leave each second, evenly."""
    outcome = lived(list(crowd_of_one_minute(300)), Rules(10, GRACE, knowledge), tmp_path / "minute.db")
    assert outcome.sent == 300
    assert outcome.lateness_seconds(1) == pytest.approx(300 / 9, abs=2)
    assert outcome.lateness_seconds(0.5) == pytest.approx(150 / 9, abs=2)


def test_what_cannot_be_sent_in_time_is_told(tmp_path: Path, knowledge: Knowledge) -> None:
    """With a grace of ten seconds, most of a crowded minute is not sent at all, and is counted."""
    rules = Rules(2, timedelta(seconds=10), knowledge)
    outcome = lived(list(crowd_of_one_minute(100)), rules, tmp_path / "minute.db")
    assert outcome.due == 100
    assert 8 <= outcome.sent <= 22
    assert outcome.lateness_seconds(1) <= 11


def test_how_many_a_minute_holds_is_measured_or_computed() -> None:
    """The first who is more than five minutes late ends the count; where nobody is, the pace is carried on."""
    crowded = Outcome(due=400, sent=400, late=Counter(dict.fromkeys(range(0, 4000, 10), 1)))
    assert (on_one_minute(crowded).in_time, on_one_minute(crowded).is_measured) == (301, True)
    fewer = Outcome(due=200, sent=200, late=Counter(dict.fromkeys(range(10, 2010, 10), 1)))
    assert (on_one_minute(fewer).in_time, on_one_minute(fewer).is_measured) == (300, False)


def test_shares_of_the_lateness() -> None:
    """A percentile is the lateness that so many do not exceed; of nobody there is none."""
    outcome = Outcome(due=100, sent=100, late=Counter({5: 50, 10: 49, 3000: 1}))
    assert [outcome.lateness_seconds(share) for share in (0.5, 0.99, 1)] == [0.5, 1.0, 300.0]
    assert Outcome().lateness_seconds(0.5) == 0


async def test_an_operator_reads_what_it_found(lumbar: Program) -> None:
    """The lines name lateness, messages a day, database size and the limit; nothing is left behind."""
    ended = await lumbar.ends("simulate", "--people", "40", "--days", "1", "--rate", "1", "--zones", "one")
    assert (ended.code, list(lumbar.temporary.iterdir())) == (0, [])
    said = {line[:11].strip(): line[11:] for line in ended.out.splitlines() if line[0] != " "}
    assert said["people"] == "40, zones one, seed 1"
    assert said["time"] == "1 day from 2026-03-02, 1 messages a second at most"
    assert said["lateness"].startswith("p50 ")
    assert said["messages"].startswith("40 reminders a day")
    assert said["database"].endswith(" MB")
    limit = r"from (299|300|301) people on one minute, some are more than 5 minutes late \(measured\)"
    assert re.fullmatch(limit, said["limit"])


async def test_a_signal_leaves_nothing_behind(lumbar: Program) -> None:
    """Stopped by Ctrl-C while its progress is on the screen, even by an impatient operator, it takes its files."""
    screen, standard_error = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *lumbar.command("simulate", "--people", "100000", "--days", "100"),
        cwd=lumbar.checkout,
        env=lumbar.environment(TERM="xterm", COLUMNS="100"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=standard_error,
    )
    os.close(standard_error)
    shown = ""
    while not re.search(r"simulate .*\d%", shown):
        shown += (await asyncio.to_thread(os.read, screen, 10_000)).decode()
    assert list(lumbar.temporary.glob("*/days.db"))
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    out, _ = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    assert (process.returncode, out) == (0, b"")
    assert list(lumbar.temporary.iterdir()) == []
    os.close(screen)


@pytest.mark.parametrize("option", [("--people", "0"), ("--days", "0"), ("--rate", "0"), ("--zones", "moon")])
def test_what_cannot_be_simulated_is_refused(option: tuple[str, str]) -> None:
    """A number that makes no sense is named, with exit code 2."""
    ended = CliRunner().invoke(app, ["simulate", "--people", "10", "--days", "1", *option])
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert option[0] in ended.stderr
