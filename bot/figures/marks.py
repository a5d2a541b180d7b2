"""What is drawn over the picture, without words: the arrow of the movement and the cue for the breath.

An arrow grows along its path while the movement lasts and fades at both ends. The cue is a disc that fills its ring as
the lungs fill; the two lobes in it say what it is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from bot.figures import palette
from bot.figures.motion import eased

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.figures.camera import Camera
    from bot.figures.skeleton import Array

_FADE_SECONDS = 0.3
_STROKE = 7.0  # pixels of the outcome
_EDGE = 2.5
_HEAD = 2.1  # strokes to each side of the arrow's line
_CUE_RADIUS = 36.0
_CUE_MARGIN = 18.0
_EMPTY = 0.5  # the disc's share of the ring after breathing out
_LOBE = (
    (0.06, -0.22),
    (0.16, -0.44),
    (0.30, -0.42),
    (0.46, -0.10),
    (0.54, 0.28),
    (0.46, 0.44),
    (0.26, 0.42),
    (0.10, 0.30),
)


def arrow_at(second: float, show: tuple[float, float]) -> tuple[float, float]:
    """Return how much of an arrow is drawn and how strongly, both 0 to 1, at a time."""
    start, end = show
    if not start <= second <= end:
        return 0.0, 0.0
    strength = min((second - start) / _FADE_SECONDS, (end - second) / _FADE_SECONDS, 1.0)
    return 0.35 + 0.65 * eased((second - start) / (end - start) * 1.25), strength


def draw_arrow(picture: Image.Image, path: Array, fine: int, *, drawn: float = 1.0, strength: float = 1.0) -> None:
    """Draw an arrow along a path of picture points; ``fine`` is how many fine pixels make one."""
    if strength <= 0:
        return
    line = _share(path, drawn)
    for width, head, colour in (
        (_STROKE + 2 * _EDGE, _EDGE, palette.ARROW_EDGE),
        (_STROKE, 0.0, palette.ARROW),
    ):
        mask = Image.new("L", picture.size, 0)
        draw = ImageDraw.Draw(mask)
        tip, back = line[-1], _share(line, 1.0, short=_STROKE * _HEAD * 1.5 * fine)
        _stroke(draw, back, width * fine)
        along = tip - back[-1]
        along = along / max(float(np.linalg.norm(along)), 1e-6)
        across = np.array([-along[1], along[0]])
        wide, more = _STROKE * _HEAD * fine, head * fine
        corners = [tip + along * more * 2.0, back[-1] + across * (wide + more * 1.8) - along * more]
        corners.append(back[-1] - across * (wide + more * 1.8) - along * more)
        draw.polygon([(float(x), float(y)) for x, y in corners], fill=255)
        picture.paste(colour, mask=mask.point(lambda value: int(value * strength)))


def smooth_path(camera: Camera, points: Sequence[tuple[float, float, float]]) -> Array:
    """Return the picture points of a smooth curve through points of the room."""
    knots = np.array(points)
    ends = np.concatenate([2 * knots[:1] - knots[1:2], knots, 2 * knots[-1:] - knots[-2:-1]])
    rows = np.concatenate([_curve(*ends[number : number + 4], steps=16) for number in range(len(knots) - 1)])
    return camera.look(np.concatenate([rows, knots[-1:]]))[:, :2]


def draw_breath(picture: Image.Image, fullness: float, fine: int) -> None:
    """Draw the cue for the breath in the upper right corner; ``fullness`` goes from 0 to 1."""
    radius = _CUE_RADIUS * fine
    centre = np.array([picture.size[0] - (_CUE_MARGIN + _CUE_RADIUS) * fine, (_CUE_MARGIN + _CUE_RADIUS) * fine])
    draw = ImageDraw.Draw(picture)
    _disc(draw, centre, radius, palette.BREATH_RING)
    _disc(draw, centre, radius - 2.5 * fine, palette.BACKGROUND)
    disc = radius * (_EMPTY + (1 - _EMPTY) * fullness)
    _disc(draw, centre, disc, palette.BREATH)
    for sign in (1.0, -1.0):
        lobe = _rounded([(sign * x, y) for x, y in _LOBE])
        draw.polygon([tuple(centre + disc * point) for point in lobe], fill=palette.ARROW_EDGE)
    top, fork = centre + disc * np.array([0.0, -0.62]), centre + disc * np.array([0.0, -0.12])
    _stroke(draw, np.array([top, fork]), disc * 0.11, palette.ARROW_EDGE)
    for sign in (1.0, -1.0):
        end = centre + disc * np.array([sign * 0.22, 0.04])
        _stroke(draw, np.array([fork, end]), disc * 0.09, palette.ARROW_EDGE)


def _disc(draw: ImageDraw.ImageDraw, centre: Array, radius: float, colour: palette.Colour) -> None:
    (x, y), r = centre, radius
    draw.ellipse([float(x - r), float(y - r), float(x + r), float(y + r)], fill=colour)


def _stroke(draw: ImageDraw.ImageDraw, line: Array, width: float, colour: palette.Colour | int = 255) -> None:
    points = [(float(x), float(y)) for x, y in line]
    draw.line(points, fill=colour, width=round(width), joint="curve")
    for x, y in (points[0], points[-1]):
        r = width / 2
        draw.ellipse([x - r, y - r, x + r, y + r], fill=colour)


def _share(line: Array, drawn: float, *, short: float = 0.0) -> Array:
    """Return the first part of a line: a share of its length, less ``short``."""
    steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    lengths = np.concatenate([[0.0], np.cumsum(steps)])
    end = max(lengths[-1] * drawn - short, lengths[-1] * 0.05)
    tip = np.array([np.interp(end, lengths, line[:, i]) for i in (0, 1)])
    return np.concatenate([line[lengths < end], tip[None]])


def _rounded(corners: Sequence[tuple[float, float]]) -> list[Array]:
    """Return a closed smooth outline through the corners."""
    points = np.array(corners)
    around = np.concatenate([points[-1:], points, points[:2]])
    return [point for number in range(len(points)) for point in _curve(*around[number : number + 4], steps=6)]


def _curve(before: Array, start: Array, end: Array, after: Array, *, steps: int) -> Array:
    """Return points from start to end, end left out, on a smooth curve (Catmull and Rom) through all four."""
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    bend = (2 * before - 5 * start + 4 * end - after) * t**2 + (3 * start - before - 3 * end + after) * t**3
    curve: Array = 0.5 * (2 * start + (end - before) * t + bend)
    return curve
