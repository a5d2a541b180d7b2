"""`lumbar content render` draws what is named, and says in one line what it cannot draw."""

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from bot.__main__ import app
from bot.figures import render, workshop
from bot.media import Still, mark_of, read_still
from tests.unit.figures.small_figure import small_file


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a content folder with one figure, named by the environment; pictures are small and few."""
    folder = tmp_path / "content" / "exercises" / "table"
    folder.mkdir(parents=True)
    (folder / "figure.yaml").write_text(yaml.safe_dump(small_file(), sort_keys=False))
    monkeypatch.setenv("CONTENT_DIR", str(tmp_path / "content"))
    for module in (render, workshop):
        monkeypatch.setattr(module, "SIZE", 96)
        monkeypatch.setattr(module, "FRAMES_PER_SECOND", 2)
    return tmp_path / "content"


def test_both_pictures_are_written_beside_their_figure(content: Path) -> None:
    """Without an id all figures are drawn; a line names each file."""
    done = CliRunner().invoke(app, ["content", "render"])
    assert done.exit_code == 0, done.output
    assert [line.partition(":")[0] for line in done.output.splitlines()] == [
        "exercises/table/still.png",
        "exercises/table/animation.mp4",
    ]
    still = read_still((content / "exercises" / "table" / "still.png").read_bytes())
    figure = (content / "exercises" / "table" / "figure.yaml").read_text(encoding="utf-8")
    assert still == Still(96, 96, mark_of(figure))


@pytest.mark.usefixtures("content")
def test_an_exercise_without_a_figure_is_named() -> None:
    """Nothing is drawn, the missing file is named, exit code 2."""
    done = CliRunner().invoke(app, ["content", "render", "handstand"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "lumbar: content/exercises/handstand/figure.yaml: is missing\n"
