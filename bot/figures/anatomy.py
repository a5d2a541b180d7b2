"""The parts of the person: their shapes, measured after an average adult, and the bones they follow.

Everything is drawn by us. The trunk is one smooth skin that bends with the spine; limbs are rounded segments that meet
in ball-shaped joints, so that a bent knee stays round. All shapes stand in the rest position of the skeleton.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.figures.mesh import Indices, Mesh, Station, ellipsoid, loft
from bot.figures.skeleton import FOREARM, INDEX, KNEE_RADIUS, REST, SHIN, SOLE, THIGH, UPPER_ARM, Array

if TYPE_CHECKING:
    from collections.abc import Sequence

SHIRT_HEM = 0.035  # metres above the hips
_WAIST = 0.2  # the leggings end here, below the shirt

# place, middle, half-width, middle in depth, front, back
_TRUNK: list[Station] = [
    (-0.085, 0, 0.085, -0.012, 0.070, 0.085),
    (-0.05, 0, 0.140, -0.010, 0.086, 0.108),
    (0.00, 0, 0.170, -0.008, 0.098, 0.122),
    (0.05, 0, 0.168, -0.006, 0.102, 0.116),
    (0.11, 0, 0.149, -0.004, 0.100, 0.094),
    (0.17, 0, 0.131, -0.002, 0.095, 0.080),
    (0.24, 0, 0.135, -0.002, 0.098, 0.086),
    (0.31, 0, 0.150, 0.000, 0.106, 0.098),
    (0.37, 0, 0.163, 0.000, 0.112, 0.106),
    (0.42, 0, 0.172, -0.004, 0.102, 0.104),
    (0.46, 0, 0.160, -0.012, 0.078, 0.090),
    (0.485, 0, 0.118, -0.020, 0.060, 0.074),
    (0.51, 0, 0.068, -0.024, 0.050, 0.058),
]
_SKULL: list[Station] = [
    (0.572, 0, 0.040, 0.032, 0.044, 0.048),
    (0.590, 0, 0.054, 0.026, 0.062, 0.068),
    (0.620, 0, 0.064, 0.018, 0.075, 0.086),
    (0.660, 0, 0.071, 0.010, 0.086, 0.096),
    (0.700, 0, 0.075, 0.004, 0.092, 0.100),
    (0.735, 0, 0.074, 0.000, 0.091, 0.098),
    (0.766, 0, 0.063, -0.004, 0.075, 0.082),
]
# The heights at which a point of the trunk follows one bone alone.
_TRUNK_BONES = (("pelvis", 0.05), ("lumbar", 0.155), ("thorax", 0.29), ("chest", 0.43))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the body: its skin, its material, the bones of each point with their shares, and its side if any."""

    name: str
    mesh: Mesh
    material: str
    bones: Indices
    shares: Array
    side: str | None = None


def _rigid(name: str, mesh: Mesh, material: str, bone: str, side: str | None = None) -> Part:
    count = len(mesh.points)
    bones = np.full((count, 2), INDEX[bone])
    return Part(name, mesh, material, bones, np.tile([1.0, 0.0], (count, 1)), side)


def _between(name: str, mesh: Mesh, material: str, bones: tuple[str, str], side: str) -> Part:
    """Return a part that follows two bones alike, as flesh does that lies over a joint."""
    count = len(mesh.points)
    both = np.tile([INDEX[bone] for bone in bones], (count, 1))
    return Part(name, mesh, material, both, np.full((count, 2), 0.5), side)


def _along_spine(mesh: Mesh, stops: Sequence[tuple[str, float]]) -> tuple[Indices, Array]:
    """Return bones and shares of points that follow the spine: between two stops, some of each."""
    heights = np.array([height for _, height in stops])
    z = mesh.points[:, 2]
    cell = np.clip(np.searchsorted(heights, z, side="right") - 1, 0, len(heights) - 2)
    upper = np.clip((z - heights[cell]) / np.diff(heights)[cell], 0.0, 1.0)
    upper = upper * upper * (3 - 2 * upper)
    numbers = np.array([INDEX[bone] for bone, _ in stops])
    return np.column_stack([numbers[cell], numbers[cell + 1]]), np.column_stack([1 - upper, upper])


def trunk() -> list[Part]:
    """Return hips, shirt and neck, which bend with the spine."""
    hips = loft(
        [row for row in _TRUNK if row[0] < _WAIST],
        axis="z",
        rings=22,
        around=48,
        cap=(0.03, 0.0),
    )
    rows = [(SHIRT_HEM, *_at(SHIRT_HEM)), *(row for row in _TRUNK if row[0] > SHIRT_HEM + 0.005)]
    wide = [(z, y, w + 0.009, x, front + 0.009, back + 0.009) for z, y, w, x, front, back in rows]
    shirt = loft(wide, axis="z", rings=46, around=48, cap=(0.002, 0.004))
    neck = loft(
        [
            (0.45, 0, 0.068, -0.028, 0.052, 0.056),
            (0.50, 0, 0.057, -0.024, 0.052, 0.054),
            (0.54, 0, 0.050, -0.018, 0.048, 0.052),
            (0.595, 0, 0.050, -0.010, 0.046, 0.056),
        ],
        axis="z",
        rings=12,
        around=28,
        cap=(0.0, 0.02),
    )
    return [
        Part("hips", hips, "leggings", *_along_spine(hips, _TRUNK_BONES)),
        Part("shirt", shirt, "shirt", *_along_spine(shirt, _TRUNK_BONES)),
        Part("neck", neck, "skin", *_along_spine(neck, (("chest", 0.485), ("neck", 0.535), ("head", 0.585)))),
    ]


def _at(height: float) -> tuple[float, float, float, float, float]:
    table = np.array(_TRUNK)
    y, w, x, front, back = (float(np.interp(height, table[:, 0], table[:, column])) for column in range(1, 6))
    return y, w, x, front, back


def head() -> list[Part]:
    """Return the head, which looks along x: nose and eyes in front, hair above and behind, tied in a knot."""
    skull = loft(_SKULL, axis="z", rings=30, around=40, cap=(0.012, 0.030))
    pieces = [
        ("head", skull, "skin"),
        ("hair", _hair(skull), "hair"),
        ("hair", ellipsoid((-0.066, 0, 0.812), (0.034, 0.036, 0.032)), "hair"),
        ("face", ellipsoid((0.094, 0, 0.657), (0.018, 0.011, 0.015)), "skin"),
        ("face", ellipsoid((0.091, 0, 0.673), (0.011, 0.008, 0.022)), "skin"),
    ]
    for sign in (1.0, -1.0):
        pieces += [
            ("face", ellipsoid((-0.002, sign * 0.075, 0.667), (0.017, 0.010, 0.026)), "skin"),
            ("face", ellipsoid((0.084, sign * 0.031, 0.686), (0.0065, 0.0065, 0.0095)), "eye"),
        ]
    return [_rigid(name, mesh, material, "head") for name, mesh, material in pieces]


def _hair(skull: Mesh) -> Mesh:
    """Return a shell that stands out from the skull above a line from the nape over the ear to the forehead."""
    above = skull.points[:, 2] - 0.677 - 0.85 * skull.points[:, 0]
    thickness = np.clip(above * 0.5, -0.012, 0.010)
    return Mesh(skull.points + skull.normals * thickness[:, None], skull.normals, skull.triangles)


def _limb(
    bone: str, side: str, rows: Sequence[tuple[float, float, float, float]], cap: tuple[float, float], rings: int
) -> Mesh:
    """Return a limb segment: rows are (distance down the bone, half-width, front, back)."""
    x, y, z = REST[INDEX[f"{side}-{bone}"]]
    stations = [(z - down, y, across, x, front, back) for down, across, front, back in rows]
    return loft(stations[::-1], axis="z", rings=rings, around=26, cap=cap[::-1])


def arm(side: str) -> list[Part]:
    """Return one arm with its sleeve and hand."""
    upper = _limb(
        "upper-arm",
        side,
        [
            (0.0, 0.044, 0.046, 0.046),
            (0.1, 0.043, 0.046, 0.045),
            (0.19, 0.04, 0.041, 0.039),
            (UPPER_ARM, 0.036, 0.036, 0.036),
        ],
        (0.042, 0.036),
        16,
    )
    sleeve = _limb(
        "upper-arm",
        side,
        [
            (0.0, 0.053, 0.058, 0.058),
            (0.05, 0.053, 0.057, 0.056),
            (0.1, 0.052, 0.055, 0.053),
            (0.15, 0.052, 0.054, 0.052),
        ],
        (0.048, 0.002),
        14,
    )
    fore = _limb(
        "forearm",
        side,
        [
            (0.0, 0.036, 0.036, 0.036),
            (0.06, 0.04, 0.04, 0.037),
            (0.15, 0.033, 0.032, 0.031),
            (FOREARM, 0.026, 0.024, 0.024),
        ],
        (0.036, 0.024),
        16,
    )
    parts = [
        _rigid(f"{side}-arm", upper, "skin", f"{side}-upper-arm", side),
        _rigid(f"{side}-arm", sleeve, "shirt", f"{side}-upper-arm", side),
        _rigid(f"{side}-arm", fore, "skin", f"{side}-forearm", side),
    ]
    return parts + [_rigid(f"{side}-hand", mesh, "skin", f"{side}-hand", side) for mesh in _hand(side)]


def _hand(side: str) -> list[Mesh]:
    """Return palm, four fingers and thumb; the palm faces the thigh, the thumb points forward."""
    x, y, z = REST[INDEX[f"{side}-hand"]]
    sign = 1.0 if side == "left" else -1.0
    palm = loft(
        [
            (z - 0.092, y, 0.014, x + 0.001, 0.041, 0.038),
            (z - 0.06, y, 0.016, x + 0.001, 0.042, 0.038),
            (z - 0.02, y, 0.018, x, 0.034, 0.030),
            (z + 0.005, y, 0.020, x, 0.026, 0.024),
        ],
        axis="z",
        rings=10,
        around=24,
        cap=(0.012, 0.02),
    )
    fingers = []
    for offset, length, radius in (
        (0.031, 0.068, 0.0102),
        (0.0105, 0.077, 0.0105),
        (-0.0105, 0.071, 0.0102),
        (-0.030, 0.054, 0.0092),
    ):
        tip = z - 0.09 - length
        fingers.append(
            loft(
                [
                    (tip, y - sign * 0.006, radius * 0.8, x + offset * 1.12, radius * 0.85, radius * 0.85),
                    (z - 0.08, y, radius, x + offset, radius, radius),
                ],
                axis="z",
                rings=2,
                around=12,
                cap=(0.008, 0.006),
            )
        )
    thumb = loft(
        [
            (z - 0.088, y - sign * 0.006, 0.0095, x + 0.064, 0.0095, 0.0095),
            (z - 0.055, y - sign * 0.004, 0.0115, x + 0.050, 0.0125, 0.0125),
            (z - 0.02, y - sign * 0.002, 0.014, x + 0.022, 0.016, 0.016),
        ],
        axis="z",
        rings=8,
        around=14,
        cap=(0.010, 0.012),
    )
    return [palm, *fingers, thumb]


def buttock(side: str) -> Mesh:
    """Return the flesh over one hip joint's back."""
    sign = 1.0 if side == "left" else -1.0
    return ellipsoid((-0.040, sign * 0.082, -0.026), (0.084, 0.084, 0.086), fineness=16)


def leg(side: str) -> list[Part]:
    """Return one leg from buttock to ankle."""
    thigh = _limb(
        "thigh",
        side,
        [
            (0.0, 0.083, 0.086, 0.088),
            (0.08, 0.081, 0.086, 0.086),
            (0.2, 0.071, 0.076, 0.074),
            (0.32, 0.058, 0.061, 0.06),
            (THIGH, KNEE_RADIUS, KNEE_RADIUS, KNEE_RADIUS),
        ],
        (0.085, KNEE_RADIUS),
        22,
    )
    shin = _limb(
        "shin",
        side,
        [
            (0.0, KNEE_RADIUS, KNEE_RADIUS, KNEE_RADIUS),
            (0.05, 0.05, 0.05, 0.056),
            (0.12, 0.05, 0.045, 0.066),
            (0.22, 0.042, 0.04, 0.052),
            (0.32, 0.034, 0.033, 0.036),
        ],
        (KNEE_RADIUS, 0.004),
        20,
    )
    ankle = _limb(
        "shin",
        side,
        [(0.29, 0.031, 0.030, 0.034), (0.35, 0.030, 0.030, 0.031), (SHIN, 0.032, 0.032, 0.034)],
        (0.0, 0.03),
        10,
    )
    return [
        _between(f"{side}-leg", buttock(side), "leggings", ("pelvis", f"{side}-thigh"), side),
        _rigid(f"{side}-leg", thigh, "leggings", f"{side}-thigh", side),
        _rigid(f"{side}-leg", shin, "leggings", f"{side}-shin", side),
        _rigid(f"{side}-leg", ankle, "skin", f"{side}-shin", side),
    ]


def foot(side: str, *, shoes: bool) -> list[Part]:
    """Return one foot, bare or in a shoe."""
    x, y, z = REST[INDEX[f"{side}-foot"]]
    more = 0.006 if shoes else 0.0
    sole = z - SOLE
    # place, middle, half-width, height of the widest line, above it, below it
    rows = [
        (-0.042, 0.028, 0.034, 0.034),
        (-0.015, 0.032, 0.050, 0.037),
        (0.020, 0.033, 0.062, 0.036),
        (0.070, 0.037, 0.044, 0.026),
        (0.115, 0.042, 0.026, 0.018),
        (0.150, 0.040, 0.016, 0.013),
    ]
    stations = [
        (x + along, y, across + more, sole + low, high - low + low * 0.9 + more, low)
        for along, across, high, low in rows
    ]
    foot = loft(stations, axis="x", rings=22, around=28, cap=(0.016 + more, 0.034 + more))
    return [_rigid(f"{side}-foot", foot, "shoe" if shoes else "skin", f"{side}-foot", side)]
