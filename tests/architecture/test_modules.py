"""The shape of the sources: modules short enough to read in one sitting."""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
MOST_LINES = 400


def test_no_module_outgrows_a_reader() -> None:
    """Past 400 lines a module is split by noun."""
    modules = [path for folder in ("bot", "tests", "docs") for path in (CHECKOUT / folder).rglob("*.py")]
    lengths = {path.relative_to(CHECKOUT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in modules}
    assert lengths
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}
