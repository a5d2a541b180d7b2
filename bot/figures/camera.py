"""Where the picture is taken from: a mild perspective, turned about the upright axis and raised.

``around`` is the direction the camera stands in, in degrees: 0 looks at somebody who faces +x from the front, -90 sees
+x on the right-hand side. ``height`` is how many degrees it is raised; 90 looks straight down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.figures.kinematics import turned

if TYPE_CHECKING:
    from bot.figures.skeleton import Array

_DISTANCE = 6.5  # metres from the middle of the picture


@dataclass(frozen=True, slots=True)
class Camera:
    """A view of the room: world points become picture points, x to the right, y down, and a depth."""

    around: float
    height: float
    centre: tuple[float, float, float] = (0.0, 0.0, 0.0)
    scale: float = 1.0
    offset: tuple[float, float] = (0.0, 0.0)

    @property
    def axes(self) -> Array:
        """The camera's right, up and backward directions as rows."""
        toward = turned("z", self.around) @ turned("y", -self.height) @ np.array([1.0, 0.0, 0.0])
        right = turned("z", self.around) @ np.array([0.0, 1.0, 0.0])
        return np.stack([right, np.cross(toward, right), toward])

    def look(self, points: Array) -> Array:
        """Return (n, 3): pixels to the right, pixels down, and metres towards the camera."""
        seen = (points - np.array(self.centre)) @ self.axes.T
        near = _DISTANCE / (_DISTANCE - seen[:, 2])
        x = self.offset[0] + self.scale * seen[:, 0] * near
        y = self.offset[1] - self.scale * seen[:, 1] * near
        return np.column_stack([x, y, seen[:, 2]])

    def on_floor(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Return the place on the floor that each pixel shows; above the horizon it is not a number."""
        right, up, toward = self.axes
        across, upward = (x - self.offset[0]) / self.scale, (self.offset[1] - y) / self.scale
        origin = np.array(self.centre) + toward * _DISTANCE
        with np.errstate(divide="ignore", invalid="ignore"):
            rays = [right[i] * across + up[i] * upward - toward[i] * _DISTANCE for i in range(3)]
            reach = np.where(rays[2] < 0, -origin[2] / rays[2], np.nan)
        return origin[0] + reach * rays[0], origin[1] + reach * rays[1]

    def framed(self, points: Array, frame: tuple[float, float, float, float]) -> Camera:
        """Return the camera moved and zoomed so that the points fill a frame (left, top, right, bottom) in pixels."""
        centre = (points.min(axis=0) + points.max(axis=0)) / 2
        plain = Camera(self.around, self.height, (float(centre[0]), float(centre[1]), float(centre[2])))
        seen = plain.look(points)
        (x0, y0), (x1, y1) = seen[:, :2].min(axis=0), seen[:, :2].max(axis=0)
        left, top, right, bottom = frame
        scale = min((right - left) / (x1 - x0), (bottom - top) / (y1 - y0))
        offset = ((left + right) / 2 - scale * (x0 + x1) / 2, (top + bottom) / 2 - scale * (y0 + y1) / 2)
        return Camera(self.around, self.height, plain.centre, float(scale), (float(offset[0]), float(offset[1])))
