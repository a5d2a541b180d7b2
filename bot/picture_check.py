"""Are the pictures of the exercises fit to be sent: the files themselves, and the figures they are drawn from.

Telegram and slow phones set the limits: a film is a silent, square H.264 of 480 to 720 pixels and 4 to 12 seconds,
under 300 KB; a still is a square PNG, under 60 KB. What is over them is a fault, and so is a figure.yaml that is wrong
or was changed after its pictures were drawn. A picture that is missing is none: the exercise is shown without it, and
the catalogue warns.

Figures are read with numpy, which comes with the extra `authoring`; without it they are not checked, and warnings say
so. Whether a body can follow a figure is told when it is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.content_files import ContentFiles
from bot.media import mark_of, read_film, read_still

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bot.media import Film

KIB = 1024
MOST_FILM_KIB, MOST_STILL_KIB = 300, 60
LEAST_PIXELS, MOST_PIXELS = 480, 720
LEAST_SECONDS, MOST_SECONDS = 4, 12
H264 = "avc1"
_UNCHECKED = "is not checked: that takes {missing}, of the extra `authoring` (pip install -e '.[authoring]')"


@dataclass(frozen=True, slots=True)
class PicturesChecked:
    """What is wrong with the pictures and what could not be checked, one to a line, with file, line and key."""

    faults: tuple[str, ...]
    warnings: tuple[str, ...]


def check_pictures(content_dir: Path, exercises: Iterable[str]) -> PicturesChecked:
    """Check the pictures that are there, and their figures."""
    files = ContentFiles(content_dir)
    folders = [content_dir / "exercises" / name for name in sorted(exercises)]
    _figures(files, [folder / "figure.yaml" for folder in folders])
    for folder in folders:
        _film(files, folder / "animation.mp4")
        _still(files, folder / "still.png", folder / "figure.yaml")
    return PicturesChecked(tuple(files.problems), tuple(files.warnings))


def _figures(files: ContentFiles, paths: Iterable[Path]) -> None:
    there = [path for path in paths if path.is_file()]
    try:
        from bot.figures.reading import read_figure  # noqa: PLC0415 - it takes an extra that may not be installed
    except ModuleNotFoundError as error:
        for path in there:
            files.warn(path, _UNCHECKED.format(missing=error.name))
        return
    for path in there:
        read_figure(files, path)


def _film(files: ContentFiles, path: Path) -> None:
    if not path.is_file():
        return
    data = path.read_bytes()
    film = read_film(data)
    if film is None:
        files.report(path, "is no MP4 with one picture track")
        return
    for fault in (*_too_heavy(len(data), MOST_FILM_KIB), *_misshapen(film.width, film.height), *_unplayable(film)):
        files.report(path, fault)


def _still(files: ContentFiles, path: Path, figure: Path) -> None:
    if not path.is_file():
        return
    data = path.read_bytes()
    still = read_still(data)
    if still is None:
        files.report(path, "is no PNG")
        return
    for fault in (*_too_heavy(len(data), MOST_STILL_KIB), *_misshapen(still.width, still.height)):
        files.report(path, fault)
    if still.mark is not None and figure.is_file() and still.mark != mark_of(figure.read_text(encoding="utf-8")):
        files.report(path, f"is older than figure.yaml; lumbar content render {figure.parent.name} draws both anew")


def _too_heavy(weight: int, most_kib: int) -> Iterator[str]:
    if weight > most_kib * KIB:
        yield f"weighs {weight / KIB:.1f} KB; {most_kib} at most are allowed"


def _misshapen(width: int, height: int) -> Iterator[str]:
    if width != height or not LEAST_PIXELS <= width <= MOST_PIXELS:
        yield f"is {width} x {height} pixels; it has to be square, {LEAST_PIXELS} to {MOST_PIXELS} each way"


def _unplayable(film: Film) -> Iterator[str]:
    if not LEAST_SECONDS <= film.seconds <= MOST_SECONDS:
        yield f"takes {film.seconds:.1f} seconds; {LEAST_SECONDS} to {MOST_SECONDS} are allowed"
    if film.coding != H264:
        yield f"is coded as {film.coding}; phones play H.264 ({H264})"
    if film.has_sound:
        yield "has sound; Telegram plays only silent films by themselves"
