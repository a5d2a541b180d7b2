"""`make bench` runs every benchmark there is, and the page has a place for each."""

import re
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as benchmarks

FOLDER = Path(benchmarks.__file__).parent


def test_every_benchmark_is_run() -> None:
    """Whoever adds a file adds it to the list, and says how long it takes."""
    assert {path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py")} == set(benchmarks.MINUTES)


def test_every_benchmark_has_its_place_on_the_page() -> None:
    """One place each, and none that is left over."""
    page = benchmarks.PAGE.read_text(encoding="utf-8")
    places = re.findall(r"<!-- bench: (\w+) -->\n.*?<!-- end -->", page, re.DOTALL)
    assert sorted(places) == sorted(benchmarks.MINUTES)


def test_what_a_benchmark_prints_takes_the_place_of_what_stood_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only its own place is written, with the circumstances above it; a page without the place is refused."""
    page = tmp_path / "benchmarks.md"
    page.write_text(
        "before\n<!-- bench: echo -->\nold\n<!-- end -->\nafter\n<!-- bench: triage -->\nkept\n<!-- end -->\n"
    )
    monkeypatch.setattr(benchmarks, "PAGE", page)
    benchmarks.write("echo", "| new |")
    written = page.read_text()
    assert "old" not in written
    assert re.fullmatch(
        r"before\n<!-- bench: echo -->\n\d\d \w+ \d{4}, .*:\n\n\| new \|\n<!-- end -->\nafter\n"
        r"<!-- bench: triage -->\nkept\n<!-- end -->\n",
        written,
    )
    with pytest.raises(SystemExit, match="0 places for memory"):
        benchmarks.write("memory", "| new |")
