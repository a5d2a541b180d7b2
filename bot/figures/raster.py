"""Triangles to pixels, nearest first: a depth buffer in a few array operations.

Every pixel below every triangle that faces the camera becomes a candidate; the nearest one wins. Nothing here knows
bodies or colours. Results do not depend on the order of the triangles or on the machine's number of processors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.figures.mesh import Indices
    from bot.figures.skeleton import Array

_CANDIDATES_AT_ONCE = 2_000_000
_DEPTH_STEP = 1e-5  # metres
_DEPTH_ORIGIN = 8.0  # metres; nothing is further away than this


@dataclass(frozen=True, slots=True)
class Hits:
    """What is seen: the pixels (flat indices), the triangle in each, its corners' shares, and the depth in metres."""

    pixels: Indices
    triangles: Indices
    shares: Array
    depths: Array


def rasterise(seen: Array, triangles: Indices, width: int, height: int) -> Hits:
    """Return the nearest triangle of each pixel; ``seen`` is (n, 3) from the camera."""
    corners = seen[triangles]
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = (corners[:, i].T for i in range(3))
    area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    left = np.clip(np.ceil(corners[:, :, 0].min(axis=1) - 0.5), 0, width).astype(np.int64)
    right = np.clip(np.floor(corners[:, :, 0].max(axis=1) - 0.5) + 1, 0, width).astype(np.int64)
    top = np.clip(np.ceil(corners[:, :, 1].min(axis=1) - 0.5), 0, height).astype(np.int64)
    bottom = np.clip(np.floor(corners[:, :, 1].max(axis=1) - 0.5) + 1, 0, height).astype(np.int64)
    kept = np.flatnonzero((area < -1e-9) & (right > left) & (bottom > top))
    ax, ay, bx, by, cx, cy, az, bz, cz, area = (one[kept] for one in (ax, ay, bx, by, cx, cy, az, bz, cz, area))
    left, top, wide = left[kept], top[kept], (right - left)[kept]
    counts = wide * (bottom[kept] - top)
    # Each share is a plane over the picture: share = x * right + y * down + at the origin.
    b_right, b_down = (cy - ay) / area, (ax - cx) / area
    c_right, c_down = (ay - by) / area, (bx - ax) / area
    b_origin, c_origin = -(ax * b_right + ay * b_down), -(ax * c_right + ay * c_down)
    nearest = np.zeros(width * height, dtype=np.uint64)
    for chunk in _chunks(counts):
        owner = np.repeat(chunk, counts[chunk])
        ends = np.cumsum(counts[chunk])
        inside = np.arange(ends[-1]) - np.repeat(ends - counts[chunk], counts[chunk])
        row = inside // wide[owner]
        x, y = left[owner] + inside - row * wide[owner], top[owner] + row
        px, py = x + 0.5, y + 0.5
        b = px * b_right[owner] + py * b_down[owner] + b_origin[owner]
        c = px * c_right[owner] + py * c_down[owner] + c_origin[owner]
        hit = np.flatnonzero((b >= 0) & (c >= 0) & (b + c <= 1))
        owner, b, c = owner[hit], b[hit], c[hit]
        depth = az[owner] + b * (bz - az)[owner] + c * (cz - az)[owner]
        level = ((depth + _DEPTH_ORIGIN) / _DEPTH_STEP).astype(np.uint64)
        np.maximum.at(nearest, y[hit] * width + x[hit], (level << np.uint64(32)) | owner.astype(np.uint64))
    pixels = np.flatnonzero(nearest)
    owner = (nearest[pixels] & np.uint64(0xFFFFFFFF)).astype(np.int64)
    px, py = pixels % width + 0.5, pixels // width + 0.5
    b = px * b_right[owner] + py * b_down[owner] + b_origin[owner]
    c = px * c_right[owner] + py * c_down[owner] + c_origin[owner]
    depths = az[owner] + b * (bz - az)[owner] + c * (cz - az)[owner]
    return Hits(pixels, kept[owner], np.column_stack([1 - b - c, b, c]), depths)


def _chunks(counts: Indices) -> list[NDArray[np.int64]]:
    """Return the triangles in groups whose candidates fit into memory at once."""
    if not len(counts):
        return []
    group = np.cumsum(counts) // _CANDIDATES_AT_ONCE
    return np.split(np.arange(len(counts)), np.flatnonzero(np.diff(group)) + 1)
