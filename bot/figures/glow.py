"""Where the working area is: a soft glow on the clothes, by the names that ``figure.yaml`` uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from bot.figures.body import skin
from bot.figures.skeleton import SIDES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.figures.body import Skin
    from bot.figures.skeleton import Array

# Each region: centres in rest position with the radii of the glow; y is that of the left one.
_Blob = tuple[tuple[float, float, float], tuple[float, float, float]]
_MIDDLE: dict[str, tuple[_Blob, ...]] = {
    "lower-back": (((-0.10, 0.0, 0.135), (0.08, 0.16, 0.085)),),
    "upper-back": (((-0.10, 0.0, 0.36), (0.08, 0.16, 0.10)),),
    "tummy": (((0.10, 0.0, 0.105), (0.08, 0.12, 0.075)),),
    "front": (((0.10, 0.0, 0.19), (0.07, 0.14, 0.13)),),
}
_PAIRED: dict[str, tuple[_Blob, ...]] = {
    "waist": (((0.0, 0.15, 0.15), (0.14, 0.09, 0.10)),),
    "buttocks": (((-0.11, 0.08, -0.03), (0.08, 0.10, 0.08)),),
    "back-of-thigh": (((-0.07, 0.088, -0.22), (0.06, 0.09, 0.16)),),
    "thigh": (((0.07, 0.088, -0.20), (0.06, 0.09, 0.16)),),
    "outer-hip": (((-0.02, 0.17, 0.0), (0.11, 0.08, 0.10)),),
}
REGIONS = (*_MIDDLE, *_PAIRED, *(f"{side}-{name}" for side in SIDES for name in _PAIRED))
_STRENGTH = 0.85


def glow_of(person: Skin, stance: Mapping[str, float]) -> Array:
    """Return how strongly each point of the skin glows in a stance, 0 to 1."""
    glow = np.zeros(len(person.points))
    for region in REGIONS:
        strength = stance.get(f"glow.{region}", 0.0)
        if strength > 0:
            glow = np.maximum(glow, strength * _STRENGTH * _shape(region, shoes=person is skin(shoes=True)))
    return glow


@cache
def _shape(region: str, *, shoes: bool) -> Array:
    points = skin(shoes=shoes).points
    side, _, name = region.partition("-")
    blobs = [(blob, sign) for blob in _MIDDLE.get(region, ()) for sign in (1.0,)]
    if side in SIDES:
        blobs += [(blob, 1.0 if side == "left" else -1.0) for blob in _PAIRED[name]]
    else:
        blobs += [(blob, sign) for blob in _PAIRED.get(region, ()) for sign in (1.0, -1.0)]
    shape = np.zeros(len(points))
    for (centre, radii), sign in blobs:
        away = (points - np.array(centre) * (1.0, sign, 1.0)) / np.array(radii)
        shape = np.maximum(shape, np.exp(-((away**2).sum(axis=1) ** 1.5)))
    return shape
