"""Things a body lies on, sits on or leans against; the top of a mat is the floor of the exercise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.figures import palette
from bot.figures.mesh import Mesh, box

if TYPE_CHECKING:
    from bot.figures.palette import Colour

MAT_THICKNESS = 0.012


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing that stands still."""

    mesh: Mesh
    colour: Colour


def mat(x: float, y: float, length: float, width: float) -> list[Prop]:
    """Return a mat around a place on the floor, its long side along x; in metres."""
    low = (x - length / 2, y - width / 2, -MAT_THICKNESS)
    high = (x + length / 2, y + width / 2, 0.0)
    return [Prop(box(low, high, 0.03), palette.MAT)]


def cushion(x: float, y: float, length: float, width: float, height: float) -> list[Prop]:
    """Return a soft cushion that lies around a place on the floor."""
    low = (x - length / 2, y - width / 2, 0.0)
    return [Prop(box(low, (x + length / 2, y + width / 2, height), 0.05), palette.CUSHION)]


def chair(x: float, y: float, seat_height: float) -> list[Prop]:
    """Return a chair whose seat has its middle above a place and whose back stands on the far -x side."""
    half, leg = 0.21, 0.02
    pieces = [((x - half, y - half, seat_height - 0.03), (x + half, y + half, seat_height))]
    for sign_x in (-1, 1):
        for sign_y in (-1, 1):
            corner_x, corner_y = x + sign_x * (half - leg), y + sign_y * (half - leg)
            top = seat_height + 0.42 if sign_x < 0 else seat_height - 0.02
            pieces.append(((corner_x - leg, corner_y - leg, 0.0), (corner_x + leg, corner_y + leg, top)))
    pieces.append(
        ((x - half, y - half, seat_height + 0.22), (x - half + 2 * leg, y + half, seat_height + 0.42)),
    )
    return [Prop(box(low, high, 0.015), palette.FURNITURE) for low, high in pieces]


def wall(x: float, y: float, width: float, height: float) -> list[Prop]:
    """Return a wall that stands behind a place, along y."""
    return [Prop(box((x - 0.06, y - width / 2, 0.0), (x, y + width / 2, height), 0.02), palette.WALL)]
