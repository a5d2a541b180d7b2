"""Surfaces: points, triangles and what they are made of, and the two ways to make them.

A loft stretches a skin over rings along an axis, with rounded ends; an ellipsoid is a ball. Both are built in the rest
position of the skeleton. Which bones a point follows stands beside it: at most two, with their shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.figures.skeleton import Array

Indices = NDArray[np.int64]
Station = tuple[float, float, float, float, float, float]

_CAP_RINGS = 7


@dataclass(frozen=True, slots=True)
class Mesh:
    """Points (n, 3), outward normals (n, 3) and triangles (m, 3) of indices, counter-clockwise from outside."""

    points: Array
    normals: Array
    triangles: Indices


def loft(stations: Sequence[Station], *, axis: str, rings: int, around: int, cap: tuple[float, float]) -> Mesh:
    """Return the skin over a row of cross-sections.

    A station is (place along the axis, middle and half-width sideways, middle in depth, half-depth in front, half-depth
    behind); ``cap`` says how far the rounded ends reach beyond the first and last station. Along ``z`` depth is x and
    sideways is y; along ``x`` depth is z.
    """
    rows = _resampled(np.array(stations, dtype=float), rings)
    rows = np.concatenate([_cap(rows[0], -cap[0])[::-1], rows, _cap(rows[-1], cap[1])])
    angles = np.linspace(0.0, 2 * np.pi, around, endpoint=False)
    c, s = np.cos(angles), np.sin(angles)
    depth = np.where(c[None, :] >= 0, rows[:, 4:5], rows[:, 5:6]) * c[None, :] + rows[:, 3:4]
    across = rows[:, 2:3] * s[None, :] + rows[:, 1:2]
    along = np.repeat(rows[:, 0:1], around, axis=1)
    order = (depth, across, along) if axis == "z" else (along, across, depth)
    points = np.stack(order, axis=-1).reshape(-1, 3)
    return _outward(points, _grid(len(rows), around))


def ellipsoid(centre: Sequence[float], radii: Sequence[float], *, fineness: int = 14) -> Mesh:
    """Return a ball stretched to three radii, in metres."""
    x, y, z = centre
    front, across, up = radii
    return loft(
        [(z - 1e-4 * up, y, across, x, front, front), (z + 1e-4 * up, y, across, x, front, front)],
        axis="z",
        rings=2,
        around=2 * fineness,
        cap=(up, up),
    )


def box(low: Sequence[float], high: Sequence[float], rounding: float) -> Mesh:
    """Return a block with rounded edges, its corners at ``low`` and ``high``."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    corners = []
    angles = np.linspace(0, 2 * np.pi, 32, endpoint=False) + np.pi / 32
    r = min(rounding, (x1 - x0) / 2, (y1 - y0) / 2)
    for angle in angles:
        c, s = np.cos(angle), np.sin(angle)
        corners.append((x1 - r if c > 0 else x0 + r, y1 - r if s > 0 else y0 + r, c * r, s * r))
    outline = np.array(corners)
    edge = min(r, (z1 - z0) / 2)
    turns = np.linspace(-np.pi / 2, np.pi / 2, 8)
    layers = [(z0 + edge + edge * np.sin(turn), 1 - edge / r * (1 - np.cos(turn))) for turn in turns[:4]]
    layers += [(z1 - edge + edge * np.sin(turn), 1 - edge / r * (1 - np.cos(turn))) for turn in turns[4:]]
    middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2])
    rows = []
    for height, scale in ((z0, 0.0), *layers, (z1, 0.0)):
        flat = outline[:, :2] + outline[:, 2:] * scale if scale else np.tile(middle, (len(outline), 1))
        rows.append(np.column_stack([flat, np.full(len(outline), height)]))
    return _outward(np.concatenate(rows), _grid(len(rows), len(outline)))


def _resampled(stations: Array, rings: int) -> Array:
    """Return smooth cross-sections between the stations (monotone cubic, so that nothing bulges by itself)."""
    places = stations[:, 0]
    if len(places) < 3 or rings <= len(places):  # noqa: PLR2004 - two stations make a straight line
        return stations
    steps = np.diff(places)[:, None]
    slopes = np.diff(stations, axis=0) / steps
    tangents = np.concatenate([slopes[:1], (slopes[:-1] + slopes[1:]) / 2, slopes[-1:]])
    flat = np.zeros_like(tangents, dtype=bool)
    flat[1:-1] = slopes[:-1] * slopes[1:] <= 0
    tangents[flat] = 0.0
    wanted = np.linspace(places[0], places[-1], rings)
    cell = np.clip(np.searchsorted(places, wanted, side="right") - 1, 0, len(places) - 2)
    t = ((wanted - places[cell]) / np.diff(places)[cell])[:, None]
    h = steps[cell]
    rows: Array = (
        (1 + 2 * t) * (1 - t) ** 2 * stations[cell]
        + t * (1 - t) ** 2 * h * tangents[cell]
        + t**2 * (3 - 2 * t) * stations[cell + 1]
        + t**2 * (t - 1) * h * tangents[cell + 1]
    )
    rows[:, 0] = wanted
    return rows


def _cap(row: Array, reach: float) -> Array:
    """Return rings that close an end with half an ellipsoid."""
    rings = []
    for turn in np.linspace(0, np.pi / 2, _CAP_RINGS)[1:]:
        ring = row.copy()
        ring[0] += reach * np.sin(turn)
        ring[[2, 4, 5]] *= max(float(np.cos(turn)), 1e-3)
        rings.append(ring)
    return np.array(rings)


def _grid(rows: int, around: int) -> Indices:
    row, column = np.meshgrid(np.arange(rows - 1), np.arange(around), indexing="ij")
    here = row * around + column
    beside = row * around + (column + 1) % around
    triangles = [
        np.stack([here, beside, here + around], axis=-1),
        np.stack([beside, beside + around, here + around], axis=-1),
    ]
    return np.concatenate([one.reshape(-1, 3) for one in triangles]).astype(np.int64)


def _outward(points: Array, triangles: Indices) -> Mesh:
    """Return the mesh with normals; the triangles are turned round if they look inward."""
    a, b, c = (points[triangles[:, corner]] for corner in range(3))
    faces = np.cross(b - a, c - a)
    middle = points.mean(axis=0)
    if float(np.sum(faces * ((a + b + c) / 3 - middle))) < 0:
        triangles, faces = triangles[:, ::-1], -faces
    normals = np.zeros_like(points)
    for corner in range(3):
        np.add.at(normals, triangles[:, corner], faces)
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    return Mesh(points, normals / np.maximum(lengths, 1e-12), np.ascontiguousarray(triangles))
