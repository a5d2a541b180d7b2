"""The authors' commands as they are typed: what each prints where, and its exit code."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import CHECKOUT
from tests.integration.program import Ended, Program, typed
from tests.unit.made_content import edit
from tests.unit.small_content import CASES, copy_small_content

Lumbar = Callable[..., Ended]
TOKEN = "424242:demo-token-of-the-sandbox-on-this-machine"
MISSED = '{"text": "warm toes 1", "tier": "emergency", "flag": "neuro"}\n'


@pytest.fixture
def lumbar(tmp_path: Path) -> Lumbar:
    """Return what runs a command on a small content."""
    folder = copy_small_content(tmp_path)

    def run(*arguments: str, given: str = "") -> Ended:
        return typed(*arguments, given=given, CONTENT_DIR=str(folder))

    return run


def test_triage_of_a_text_explains_it(lumbar: Lumbar) -> None:
    """One message is told in words."""
    ended = lumbar("triage", "NUMB toes, no fever")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Read in en as: numb toes no fever\n")
    assert ended.out.endswith("Result: emergency, cauda_equina, by rule cauda_equina.\n")


def test_triage_of_an_empty_text_finds_nothing(lumbar: Lumbar) -> None:
    """An empty message is a message, and does not wait for standard input."""
    ended = lumbar("triage", "")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith("Result: nothing that needs a safety reply.\n")


def test_triage_of_lines_answers_each_with_a_line(lumbar: Lumbar) -> None:
    """JSON lines in, JSON lines out, letters as they are."""
    lines = [{"id": "é1", "text": "¡Numb toes!", "lang": "en"}, {"id": 2, "text": "hello"}]
    ended = lumbar("triage", given="\n".join(json.dumps(line) for line in lines))
    assert (ended.code, ended.err) == (0, "")
    assert [json.loads(line) for line in ended.out.splitlines()] == [
        {"id": "é1", "tier": "emergency", "flag": "cauda_equina", "rule": "cauda_equina", "evidence": ["Numb toes"]},
        {"id": 2, "tier": "none", "flag": "none", "rule": None, "evidence": []},
    ]
    assert "é1" in ended.out


def test_triage_reads_a_file(lumbar: Lumbar, tmp_path: Path) -> None:
    """`--file` stands for standard input; one that is not there is one line."""
    path = tmp_path / "asked.jsonl"
    path.write_text('{"id": 1, "text": "fever"}\n', encoding="utf-8")
    assert json.loads(lumbar("triage", "--file", str(path)).out)["tier"] == "urgent"
    refused = lumbar("triage", "--file", str(tmp_path / "absent.jsonl"))
    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert "absent.jsonl" in refused.err


def test_triage_of_nothing_answers_nothing(lumbar: Lumbar) -> None:
    """Empty input is no mistake."""
    ended = lumbar("triage")
    assert (ended.code, ended.out, ended.err) == (0, "", "")


def test_a_bad_line_ends_in_one_line_that_names_it(lumbar: Lumbar) -> None:
    """What stood before it is answered; the exit code is 2."""
    ended = lumbar("triage", given='{"id": 1, "text": "fever"}\nfever\n')
    assert (ended.code, ended.out.count("\n")) == (2, 1)
    assert ended.err == 'lumbar: line 2 is not JSON of the form {"id": ..., "text": "..."}\n'


def test_an_unknown_language_ends_in_one_line(lumbar: Lumbar) -> None:
    """The languages there are words for are named."""
    ended = lumbar("triage", "fever", "--lang", "xx")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "lumbar: there are no safety words for 'xx'; there are for en\n"


def test_a_check_of_sound_content_prints_the_tables(lumbar: Lumbar) -> None:
    """Headline, tiers and flags, and nothing to complain of."""
    ended = lumbar("content", "check", "--brief")
    assert (ended.code, ended.err) == (0, "")
    assert "red flags that get some safety reply" in ended.out
    assert "Tiers (en): wanted in rows, given in columns" in ended.out
    assert "Flags (en)" in ended.out


def test_a_check_refuses_content_in_which_an_emergency_fails(lumbar: Lumbar, tmp_path: Path) -> None:
    """The case is named with file and line, the exit code is 1."""
    (tmp_path / "content" / "safety" / "cases.en.jsonl").write_text(CASES + MISSED, encoding="utf-8")
    ended = lumbar("content", "check", "--brief")
    assert ended.code == 1
    assert ended.err.splitlines() == [
        "cases.en.jsonl:3: an emergency is not read as one: warm toes 1",
        "lumbar: this content is refused; reasons named above: 1.",
    ]


def test_a_check_refuses_pictures_that_cannot_be_sent_or_drawn(lumbar: Lumbar, tmp_path: Path) -> None:
    """Film and figure are named by file, line and key; a picture that is missing is a warning."""
    bridge = tmp_path / "content" / "exercises" / "bridge"
    edit(bridge / "figure.yaml", "seconds: 9", "seconds: 90")
    (bridge / "animation.mp4").write_bytes(b"?")
    (bridge / "still.png").unlink()
    ended = lumbar("content", "check", "--brief")
    assert ended.code == 1
    assert ended.err.splitlines() == [
        "content/exercises/bridge/figure.yaml:2: seconds: Input should be less than or equal to 12",
        "content/exercises/bridge/animation.mp4: is no MP4 with one picture track",
        "lumbar: this content is refused; reasons named above: 2.",
    ]
    missing = "content/exercises/bridge/still.png: is missing; lumbar content render bridge draws it"
    assert f"warning: {missing}" in ended.out.splitlines()


def test_a_sheet_of_the_exercises_is_written_where_asked(lumbar: Lumbar, tmp_path: Path) -> None:
    """Its links are relative to the file."""
    sheet = tmp_path / "sheet.md"
    assert (ended := lumbar("content", "sheet", str(sheet))).code == 0, ended.err
    assert '<img src="content/exercises/bridge/still.png"' in sheet.read_text(encoding="utf-8")


def test_a_check_of_content_that_does_not_load_is_a_mistake(lumbar: Lumbar, tmp_path: Path) -> None:
    """What is missing is named; the exit code is 2."""
    (tmp_path / "content" / "safety" / "rules.yaml").unlink()
    ended = lumbar("content", "check")
    assert (ended.code, ended.out) == (2, "")
    assert "rules.yaml" in ended.err


HISTORY = """\
days:
  - {date: 2026-01-05, session: complete, peak: 2}
  - {date: 2026-01-06, session: complete, peak: 3, morning: same}
  - {date: 2026-01-07, session: complete, peak: 2, morning: same}
"""


def test_a_plan_is_told_with_its_reason(lumbar: Lumbar, tmp_path: Path) -> None:
    """Level, why, each exercise with its dose, and the minimum of a bad day."""
    path = tmp_path / "history.yaml"
    path.write_text(HISTORY, encoding="utf-8")
    ended = lumbar("plan", "--history", str(path))
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "Thursday 2026-01-08: level 1, Settle",
        "  The four basic exercises, a few times each, to get used to them.",
        "Why: A few more times each from today: it has been going well.",
        "1. Bottom to heels stretch: 6 times, holding for one slow breath each time.",
        "2. Knee rolls: 8 times in all, 4 to each side, holding for one slow breath each time.",
        "3. Back extensions: 6 times, holding for 5 seconds each time.",
        "4. Deep abdominal strengthening: 5 times, holding for 5 slow breaths each time.",
        "In all about 7 minutes.",
        (
            "On a bad day: Knee rolls, the easier way: 4 times in all, 2 to each side, "
            "holding for one slow breath each time."
        ),
    ]


def test_a_plan_of_another_day_is_another(lumbar: Lumbar, tmp_path: Path) -> None:
    """The same history as JSON, three weeks later."""
    path = tmp_path / "history.json"
    days = [{"date": f"2026-01-0{day}", "session": "complete", "peak": 7} for day in (5, 6, 7)]
    path.write_text(json.dumps({"start": "strong", "days": days}), encoding="utf-8")
    told = lumbar("plan", "--history", str(path), "--today", "2026-01-29").out
    assert "Why: We begin again gently: your last routine was 22 days ago." in told
    assert "See the clinic: Strong pain on three days within a month: please talk it over with the clinic." in told


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("days:\n  - {date: 2026-01-05, peak: 11}\n", ":2: days.0.peak: Input should be less than or equal to 10"),
        (
            "days:\n  - {date: 2026-01-05}\n  - {date: 2026-01-04}\n",
            ":1: days: 2026-01-04 does not come after 2026-01-05",
        ),
        ("start: zenith\n", "start: zenith is none of the levels (flare, settle, base, build, strong, keep)"),
        ("days: [\n", "not YAML"),
        ("days:\n  - {date: 2026-01-05, until: 9999-12-31, session: complete}\n", "days.0.until: "),
        ("days: &days [*days]\n", "refers to itself"),
    ],
)
def test_a_history_with_a_slip_is_refused(lumbar: Lumbar, tmp_path: Path, text: str, fault: str) -> None:
    """File, line and key, as for content."""
    path = tmp_path / "history.yaml"
    path.write_text(text, encoding="utf-8")
    ended = lumbar("plan", "--history", str(path))
    assert (ended.code, ended.out) == (2, "")
    assert "history.yaml" in ended.err
    assert fault in ended.err


def test_a_day_that_is_none_is_refused(lumbar: Lumbar, tmp_path: Path) -> None:
    """The form is named."""
    ended = lumbar("plan", "--history", str(tmp_path / "history.yaml"), "--today", "tomorrow")
    assert (ended.code, ended.err) == (2, "lumbar: --today tomorrow is not a date; write it as 2026-01-31.\n")


def test_a_check_warns_of_what_nobody_has_signed(lumbar: Lumbar) -> None:
    """And refuses it where a review is required."""
    assert "warning: content/exercises/bridge/exercise.yaml" in lumbar("content", "check", "--brief").out
    ended = lumbar("content", "check", "--brief", "--require-review")
    assert (ended.code, ended.out) == (2, "")
    assert "nobody has reviewed this exercise yet" in ended.err


async def test_the_program_says_the_same_and_does_not_start_without_a_review(tmp_path: Path) -> None:
    """In a process of its own, before it looks for Telegram or for a database."""
    folder = copy_small_content(tmp_path)
    program = Program(CHECKOUT, tmp_path)
    ended = await program.ends("run", "--require-review", TELEGRAM_BOT_TOKEN=TOKEN, CONTENT_DIR=str(folder))
    assert (ended.code, ended.out) == (2, "")
    assert "bridge/exercise.yaml:16: reviewer: nobody has reviewed this exercise yet" in ended.err


def test_understand_of_lines_answers_each_with_a_line(lumbar: Lumbar, tmp_path: Path) -> None:
    """JSON lines in, from standard input or a file, JSON lines out; a bad one ends in one line that names it."""
    lines = tmp_path / "lines.jsonl"
    lines.write_text(
        '{"id": "é1", "text": "weekdays 7:30", "lang": "en"}\n\n{"id": 2, "text": "hm"}\n', encoding="utf-8"
    )
    told = [
        {"id": "é1", "event": "time", "value": {"times": ["07:30"], "weekdays": [1, 2, 3, 4, 5]}},
        {"id": 2, "event": "unknown", "value": {}},
    ]
    for ended in (
        lumbar("understand", "--file", str(lines)),
        lumbar("understand", given=lines.read_text(encoding="utf-8")),
    ):
        assert (ended.code, ended.err) == (0, "")
        assert [json.loads(line) for line in ended.out.splitlines()] == told
    ended = lumbar("understand", given='{"id": 1, "text": "7", "state": "asleep"}')
    assert ended.code == 2
    assert ended.err.startswith("lumbar: line 1: 'asleep' is not a state")
