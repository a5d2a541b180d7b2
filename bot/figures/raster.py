"""Triangles to pixels, nearest first: a depth buffer in a few array operations.

Every pixel below every triangle that faces the camera becomes a candidate; the nearest one wins. Nothing here knows
bodies or colours. Results do not depend on the order of the triangles or on the machine's number of processors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from bot.figures.mesh import Indices
    from bot.figures.skeleton import Array

Small = NDArray[np.float32]
Owners = NDArray[np.int32]

_CANDIDATES_AT_ONCE = 2_000_000
_EDGE_ON = -1e-9  # fine pixels squared; the front of a triangle counts as negative here
_DEPTH_STEP = 1e-5  # metres
_DEPTH_ORIGIN = 8.0  # metres; nothing is further away than this


@dataclass(frozen=True, slots=True)
class Hits:
    """What is seen: the pixels (flat indices), the triangle in each, its corners' shares, and the depth in metres."""

    pixels: Indices
    triangles: Indices
    shares: Small
    depths: Small


def rasterise(seen: Array, triangles: Indices, width: int, height: int) -> Hits:
    """Return the nearest triangle of each pixel; ``seen`` is (n, 3) from the camera."""
    corners = seen.astype(np.float32)[triangles]
    area = _areas(corners)
    low, high = corners[:, :, :2].min(axis=1), corners[:, :, :2].max(axis=1)
    edges = np.array([width, height])
    first = np.clip(np.ceil(low - 0.5), 0, edges).astype(np.int32)
    size = np.clip(np.floor(high - 0.5) + 1, 0, edges).astype(np.int32) - first
    kept = np.flatnonzero((area < _EDGE_ON) & (size > 0).all(axis=1))
    left, top, wide = first[kept, 0], first[kept, 1], size[kept, 0]
    counts = wide * size[kept, 1]
    planes = _share_planes(corners[kept], area[kept])
    nearest = np.zeros(width * height, dtype=np.uint64)
    for chunk in _chunks(counts):
        owner = np.repeat(chunk, counts[chunk])
        ends = np.cumsum(counts[chunk], dtype=np.int32)
        inside = np.arange(ends[-1], dtype=np.int32) - np.repeat(ends - counts[chunk], counts[chunk])
        row, column = np.divmod(inside, wide[owner])
        x, y = left[owner] + column, top[owner] + row
        b, c, depth = _at(planes, owner, x, y)
        hit = np.flatnonzero((b >= 0) & (c >= 0) & (b + c <= 1))
        level = ((depth[hit] + _DEPTH_ORIGIN) / _DEPTH_STEP).astype(np.uint64)
        np.maximum.at(nearest, y[hit] * width + x[hit], (level << np.uint64(32)) | owner[hit].astype(np.uint64))
    pixels = np.flatnonzero(nearest)
    owner = (nearest[pixels] & np.uint64(0xFFFFFFFF)).astype(np.int32)
    b, c, depth = _at(planes, owner, (pixels % width).astype(np.int32), (pixels // width).astype(np.int32))
    return Hits(pixels, kept[owner], np.column_stack([1 - b - c, b, c]), depth)


def _areas(corners: Small) -> Small:
    """Return twice the area of each triangle in the picture; it is negative when the front is seen."""
    (ax, ay), (bx, by), (cx, cy) = (corners[:, corner, :2].T for corner in range(3))
    areas: Small = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    return areas


def _share_planes(corners: Small, area: Small) -> Small:
    """Return nine rows: a's place, slopes right and down of b's and of c's share, a's depth, its rise to b and c."""
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = (corners[:, corner].T for corner in range(3))
    b_right, b_down = (cy - ay) / area, (ax - cx) / area
    c_right, c_down = (ay - by) / area, (bx - ax) / area
    return np.stack([ax, ay, b_right, b_down, c_right, c_down, az, bz - az, cz - az])


def _at(planes: Small, owner: Indices | Owners, x: Owners, y: Owners) -> tuple[Small, Small, Small]:
    """Return the shares of corners b and c and the depth, at the middle of pixels."""
    ax, ay, b_right, b_down, c_right, c_down, az, b_rise, c_rise = planes
    right, down = (at.astype(np.float32) + np.float32(0.5) - a[owner] for at, a in ((x, ax), (y, ay)))
    b = right * b_right[owner] + down * b_down[owner]
    c = right * c_right[owner] + down * c_down[owner]
    return b, c, az[owner] + b * b_rise[owner] + c * c_rise[owner]


def _chunks(counts: Owners) -> list[NDArray[np.int64]]:
    """Return the triangles in groups whose candidates fit into memory at once."""
    if not len(counts):
        return []
    group = np.cumsum(counts, dtype=np.int64) // _CANDIDATES_AT_ONCE
    return np.split(np.arange(len(counts)), np.flatnonzero(np.diff(group)) + 1)
