"""Figures from their files, as far as this can be told without a body: keys, values, joints, times.

It takes numpy and nothing that draws, so that the check of content can do it. Whether a body can follow the figure is
judged in ``bot.figures.checks``, before it is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.figures.figure import Figure, NotAFigure, unfold
from bot.figures.schema import FigureFile

if TYPE_CHECKING:
    from pathlib import Path

    from bot.content_files import ContentFiles


def read_figure(files: ContentFiles, path: Path) -> Figure | None:
    """Return the figure of a file, None where it was refused; every fault is reported by file, line and key."""
    if (file := files.read_yaml(path, FigureFile)) is None:
        return None
    try:
        return unfold(file)
    except NotAFigure as error:
        files.report(path, error.problem, key=error.key)
    return None
