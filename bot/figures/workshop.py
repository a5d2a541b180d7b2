"""What an author asks for: read the figures below a content folder, check them, draw them, write the files.

An exercise's pictures are ``animation.mp4`` and ``still.png`` beside its ``figure.yaml``. Faults are told all at once,
one to a line, by file, line and key, before anything is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.content_files import ContentFiles
from bot.figures.checks import faults
from bot.figures.film import EncodingError, write_film, write_still
from bot.figures.reading import read_figure
from bot.figures.render import FRAMES_PER_SECOND, SIZE, frames, still
from bot.media import mark_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.figures.figure import Figure

FIGURE = "figure.yaml"
ANIMATION = "animation.mp4"
STILL = "still.png"


class FigureError(Exception):
    """Figures cannot be drawn; ``str()`` lists every reason, one to a line."""


def figure_ids(content_dir: Path) -> tuple[str, ...]:
    """Return the exercises that have a figure, by name."""
    return tuple(sorted(path.parent.name for path in content_dir.glob(f"exercises/*/{FIGURE}")))


def load_figures(content_dir: Path, ids: Sequence[str]) -> dict[str, Figure]:
    """Read and check the figures of exercises; raise FigureError with everything that is wrong with them."""
    files = ContentFiles(content_dir)
    figures: dict[str, Figure] = {}
    for name in ids:
        path = content_dir / "exercises" / name / FIGURE
        if (figure := read_figure(files, path)) is None:
            continue
        figures[name] = figure
        for key, problem in faults(figure):
            files.report(path, problem, key=key)
    if files.problems:
        raise FigureError("\n".join(files.problems))
    return figures


def render(content_dir: Path, ids: Sequence[str]) -> Iterator[str]:
    """Draw the exercises named, without a name all; yield a line for each file written; raise FigureError."""
    for name, figure in load_figures(content_dir, ids or figure_ids(content_dir)).items():
        folder = content_dir / "exercises" / name
        mark = mark_of((folder / FIGURE).read_text(encoding="utf-8"))
        try:
            write_still(still(figure), folder / STILL, mark=mark)
            write_film(frames(figure), folder / ANIMATION, size=SIZE, frames_per_second=FRAMES_PER_SECOND)
        except (EncodingError, OSError) as error:
            raise FigureError(f"{name}: the pictures cannot be written: {error}") from error
        for file in (STILL, ANIMATION):
            yield f"exercises/{name}/{file}: {(folder / file).stat().st_size // 1024} KB"
