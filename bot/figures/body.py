"""The person: one skin over the skeleton, posed by the bones that each point follows.

The belly follows two numbers beside the bones: ``tummy`` draws the lower belly in, ``breath`` fills the ribs.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from bot.figures.anatomy import SHIRT_HEM, arm, buttock, foot, head, leg, trunk
from bot.figures.skeleton import REST, SIDES, Array

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bot.figures.anatomy import Part
    from bot.figures.kinematics import Placed
    from bot.figures.mesh import Indices

MATERIALS = ("skin", "hair", "shirt", "leggings", "eye", "shoe")
_TUMMY_METRES = 0.022
_BREATH_METRES = 0.007


@dataclass(frozen=True, slots=True, eq=False)
class Skin:
    """All parts in one: what the renderer draws. ``part_of`` and ``material_of`` are by triangle."""

    points: Array
    normals: Array
    triangles: Indices
    bones: Indices
    shares: Array
    part_of_point: Indices
    part_of: Indices
    material_of: Indices
    side_of: Indices
    names: tuple[str, ...]

    def posed(self, body: Placed, *, tummy: float = 0.0, breath: float = 0.0) -> tuple[Array, Array]:
        """Return points and normals of the skin on a placed body."""
        normals = np.zeros_like(self.normals)
        for number, mine, shares in _followers(self):
            normals[mine] += shares * (self.normals[mine] @ body.rotations[number].T)
        points = self.points_on(body, tummy=tummy, breath=breath)
        return points, normals / np.linalg.norm(normals, axis=1, keepdims=True)

    def points_on(self, body: Placed, *, tummy: float = 0.0, breath: float = 0.0) -> Array:
        """Return the points of the skin on a placed body, which is half the work when nothing is painted."""
        rest = self.points + _belly(self.points, self.part_of_point, self.names, tummy, breath)
        points = np.zeros_like(rest)
        for number, mine, shares in _followers(self):
            turn = body.rotations[number].T
            points[mine] += shares * (rest[mine] @ turn + (body.origins[number] - REST[number] @ turn))
        return points

    def part_at(self, point: int) -> str:
        """Return the name of the part that a point belongs to."""
        return self.names[int(self.part_of_point[point])]

    def of(self, name: str) -> NDArray[np.bool_]:
        """Return which points belong to a part."""
        found: NDArray[np.bool_] = self.part_of_point == self.names.index(name)
        return found


@cache
def skin(*, shoes: bool = False) -> Skin:
    """Return the whole person, barefoot or in shoes."""
    parts = [*trunk(), *head()]
    for side in SIDES:
        parts += [*arm(side), *leg(side), *foot(side, shoes=shoes)]
    return _joined(parts)


@cache
def seat() -> Array:
    """Return the skin of the pelvis in rest position: what one sits and lies on."""
    points = skin().points[skin().of("hips")]
    return np.concatenate([points[points[:, 2] < SHIRT_HEM], *(buttock(side).points for side in SIDES)])


@cache
def _followers(skin: Skin) -> list[tuple[int, Indices, Array]]:
    """Return each bone's number, the points that follow it, and how much of their way they do."""
    found = []
    for number, column in itertools.product(range(len(REST)), range(skin.bones.shape[1])):
        mine = np.flatnonzero((skin.bones[:, column] == number) & (skin.shares[:, column] > 0))
        if len(mine):
            found.append((number, mine, skin.shares[mine, column, None]))
    return found


def _joined(parts: Sequence[Part]) -> Skin:
    offsets = np.cumsum([0, *(len(part.mesh.points) for part in parts)])
    names = tuple(dict.fromkeys(part.name for part in parts))
    number = [names.index(part.name) for part in parts]
    sizes = [len(part.mesh.triangles) for part in parts]
    sides = [0 if part.side is None else SIDES.index(part.side) + 1 for part in parts]
    return Skin(
        points=np.concatenate([part.mesh.points for part in parts]),
        normals=np.concatenate([part.mesh.normals for part in parts]),
        triangles=np.concatenate([part.mesh.triangles + start for part, start in zip(parts, offsets, strict=False)]),
        bones=np.concatenate([part.bones for part in parts]),
        shares=np.concatenate([part.shares for part in parts]),
        part_of_point=np.repeat(number, [len(part.mesh.points) for part in parts]),
        part_of=np.repeat(number, sizes),
        material_of=np.repeat([MATERIALS.index(part.material) for part in parts], sizes),
        side_of=np.repeat(sides, sizes),
        names=names,
    )


def _belly(points: Array, part_of_point: Indices, names: tuple[str, ...], tummy: float, breath: float) -> Array:
    """Return how the belly and the ribs differ from rest."""
    moved = np.zeros_like(points)
    trunk = np.isin(part_of_point, [names.index("hips"), names.index("shirt")])
    x, z = points[:, 0], points[:, 2]
    front = np.clip(x / 0.09, 0.0, 1.0) * trunk
    low = np.exp(-(((z - 0.10) / 0.065) ** 2))
    ribs = np.exp(-(((z - 0.26) / 0.12) ** 2))
    moved[:, 0] = front * (breath * _BREATH_METRES * ribs - tummy * _TUMMY_METRES * low)
    return moved
