"""The light in the room: body, props and shadows as colours of pixels.

A studio is one figure's room seen from its camera: what does not move is painted once. Each picture then adds the soft
shadow that the body casts where it comes near its support, the body in two calm tones of each colour, and a fine line
where something stands out in front of something else. Pixels here are the fine ones, several to one of the outcome.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.figures import palette
from bot.figures.body import MATERIALS
from bot.figures.raster import rasterise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.figures.body import Skin
    from bot.figures.camera import Camera
    from bot.figures.mesh import Indices
    from bot.figures.props import Prop
    from bot.figures.skeleton import Array

Pixels = NDArray[np.float32]
Picture = NDArray[np.uint8]

_LIGHT = np.array([-0.35, 0.75, 0.56])  # from the upper left of the picture, in front
_CELL = 0.02  # metres, of the shadow's grid
_REACH = 2.0  # metres to each side that shadows are kept for
_INK = np.float32(0.42)
_LINE_STEP = np.float32(0.024)  # metres that one thing must stand out for a line
_FAR_SIDE = np.float32(0.86)
_NOTHING = -20.0  # metres: the depth where there is nothing
_SAME_PART_STEP = np.float32(0.05)  # metres: folds within one limb need more for a line
_FLOOR_BEHIND = 0.9  # metres of floor that are seen behind the middle of the picture


@dataclass(frozen=True, slots=True)
class Look:
    """What one picture shows: the skin's points and normals, and how strongly each point glows (0 to 1)."""

    points: Array
    normals: Array
    glow: Array


class Studio:
    """One figure's room, ready to be painted at ``size`` fine pixels, ``fine`` of them to one of the outcome."""

    def __init__(self, camera: Camera, size: tuple[int, int], fine: int, props: Sequence[Prop], skin: Skin) -> None:
        """Paint what does not move."""
        self._camera, self._skin, self._props = camera, skin, props
        self._width, self._height, self._fine = *size, fine
        self._light = _LIGHT / np.linalg.norm(_LIGHT) @ camera.axes
        self._still = np.empty((self._height * self._width, 3), dtype=np.uint8)
        self._still[:] = palette.BACKGROUND
        self._parts = np.empty(self._height * self._width, dtype=np.int16)
        self._depth = np.full(self._height * self._width, _NOTHING, dtype=np.float32)
        rows, columns = np.divmod(np.arange(self._height * self._width), self._width)
        self._cells = self._lay_floor(columns + 0.5, rows + 0.5)
        for prop in props:
            self._add(prop)
        self._far = np.zeros(len(skin.side_of), dtype=bool)

    def put_in_shade(self, side: int | None) -> None:
        """Name the side of the body (1 left, 2 right) that is further away and a little darker."""
        self._far = self._skin.side_of == side if side else np.zeros(len(self._skin.side_of), dtype=bool)

    def paint(self, look: Look) -> Picture:
        """Return the picture as (height, width, 3)."""
        image, depth = self._still.copy(), self._depth.copy()
        self._cast_shadow(image, look.points)
        hits = rasterise(self._camera.look(look.points), self._skin.triangles, self._width, self._height)
        seen = hits.depths > depth[hits.pixels]
        pixels, owner, shares = hits.pixels[seen], hits.triangles[seen], hits.shares[seen]
        corners, material = self._skin.triangles[owner], self._skin.material_of[owner]
        normals = np.einsum("nk,nki->ni", shares, look.normals.astype(np.float32)[corners])
        glow = np.einsum("nk,nk->n", shares, look.glow.astype(np.float32)[corners])
        tone = _tone(normals @ self._light.astype(np.float32)) * np.where(self._far[owner], _FAR_SIDE, np.float32(1.0))
        depth[pixels] = hits.depths[seen]
        self._parts[:] = -1
        self._parts[pixels] = self._skin.part_of[owner]
        tone *= 1 - _INK * self._lines(depth, pixels)
        base = _BODY_COLOURS[material]
        image[pixels] = _as_bytes((base + (_GLOW_COLOURS[material] - base) * glow[:, None]) * tone[:, None])
        return image.reshape(self._height, self._width, 3)

    def _add(self, prop: Prop) -> None:
        mesh = prop.mesh
        hits = rasterise(self._camera.look(mesh.points), mesh.triangles, self._width, self._height)
        seen = hits.depths > self._depth[hits.pixels]
        corners = mesh.triangles[hits.triangles[seen]]
        normals = np.einsum("nk,nki->ni", hits.shares[seen], mesh.normals[corners])
        tone = _tone((normals @ self._light).astype(np.float32))
        self._still[hits.pixels[seen]] = _as_bytes(np.array(prop.colour, dtype=np.float32) * tone[:, None])
        self._depth[hits.pixels[seen]] = hits.depths[seen]

    def _lay_floor(self, x: Array, y: Array) -> NDArray[np.int64]:
        """Paint the floor; return the cell of the shadow's grid below each pixel, or the last cell, always bright."""
        wide = int(2 * _REACH / _CELL)
        floor_x, floor_y = self._camera.on_floor(x, y)
        away = self._camera.axes[2]
        behind = -((floor_x - self._camera.centre[0]) * away[0] + (floor_y - self._camera.centre[1]) * away[1])
        with np.errstate(invalid="ignore"):
            self._still[behind < _FLOOR_BEHIND * np.hypot(away[0], away[1])] = palette.FLOOR
        column, row = ((floor + _REACH) / _CELL for floor in (floor_x, floor_y))
        with np.errstate(invalid="ignore"):
            inside = (column >= 0) & (column < wide) & (row >= 0) & (row < wide)
        cells = np.full(len(x), wide * wide, dtype=np.int64)
        cells[inside] = row[inside].astype(np.int64) * wide + column[inside].astype(np.int64)
        return cells

    def _cast_shadow(self, image: Picture, points: Array) -> None:
        wide = int(2 * _REACH / _CELL)
        columns, rows = (np.clip(((points[:, i] + _REACH) / _CELL).astype(np.int64), 0, wide - 1) for i in (0, 1))
        height = np.maximum(points[:, 2], 0.0)
        shade = np.zeros(wide * wide)
        for fade, strength, blur in ((0.05, 0.42, 2), (0.45, 0.22, 6)):
            layer = np.zeros(wide * wide)
            np.maximum.at(layer, rows * wide + columns, strength * np.exp(-height / fade))
            shade = np.maximum(shade, _blurred(layer.reshape(wide, wide), blur).ravel())
        light = np.append(1.0 - shade, 1.0).astype(np.float32)
        touched = np.flatnonzero(light[self._cells] < 0.998)  # noqa: PLR2004 - darker than the eye can tell
        tint = light[self._cells[touched]][:, None] ** np.array([1.1, 1.0, 0.92], dtype=np.float32)
        image[touched] = _as_bytes(image[touched] * tint)

    def _lines(self, depth: Pixels, pixels: Indices) -> Pixels:
        """Return how much ink each pixel gets: the near side of every step in depth, about one final pixel wide."""
        deep, part = depth[pixels], self._parts[pixels]
        ink = np.zeros(len(pixels), dtype=np.float32)
        for reach in {max(1, self._fine // 2), max(1, self._fine - 1)}:
            for shift in (reach, -reach, reach * self._width, -reach * self._width):
                beside = np.clip(pixels + shift, 0, len(depth) - 1)
                least = np.where(part == self._parts[beside], _SAME_PART_STEP, _LINE_STEP)
                ink = np.maximum(ink, (deep - depth[beside] - least) / np.float32(_LINE_STEP))
        return np.minimum(ink, np.float32(1.0))


_BODY_COLOURS = np.array([palette.BODY[name] for name in MATERIALS], dtype=np.float32)
_GLOW_COLOURS = np.array([palette.GLOW.get(name, palette.BODY[name]) for name in MATERIALS], dtype=np.float32)


def _as_bytes(colours: Pixels) -> Picture:
    picture: Picture = np.clip(colours + np.float32(0.5), 0, 255).astype(np.uint8)
    return picture


def _tone(facing: Pixels) -> Pixels:
    """Return the brightness of a surface: two tones with a soft edge, and a little roundness."""
    edge = np.clip((facing + 0.25) / 0.55, 0.0, 1.0)
    tone: Pixels = 0.76 + 0.17 * edge * edge * (3 - 2 * edge) + 0.08 * np.clip(facing, -0.3, 1.0)
    return tone


def _blurred(values: Array, radius: int) -> Array:
    """Return the values smeared over about ``radius`` cells (three running means)."""
    for _ in range(3):
        for axis in (0, 1):
            padded = np.cumsum(np.insert(values, 0, 0.0, axis=axis), axis=axis)
            size = values.shape[axis]
            low = np.clip(np.arange(size) - radius // 2 - 1, 0, size)
            high = np.clip(np.arange(size) + radius // 2 + 1, 0, size)
            values = (np.take(padded, high, axis=axis) - np.take(padded, low, axis=axis)) / (radius // 2 * 2 + 2)
    return values
