"""Where every bone is, given the angles of its joints: forward, and backward for hands and feet that hold a place.

A stance is a flat table of numbers (``left-hip.flex``, ``left-hand.x``), so that poses can be blended number by number
before they are put here. What is not in the table is nought. A limb whose end has a place (``left-hand.x`` and so on)
is bent to reach it, in the plane that its ``elbow`` or ``knee`` direction asks for; where the place is too far the limb
ends short of it, and the loader refuses such a figure. Bones never change their length.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, atan2, cos, degrees, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from bot.figures.skeleton import (
    BONES,
    ELBOW_RADIUS,
    FOREARM,
    INDEX,
    KNEE_RADIUS,
    PALM,
    PARENTS,
    REST,
    SHIN,
    SIDES,
    SOLE,
    THIGH,
    UPPER_ARM,
    Array,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    Stance = Mapping[str, float]

_DOWN = np.array([0.0, 0.0, -1.0])
_STRAIGHT = 1e-4  # metres short of a limb's full length, where its bending plane would be lost
_GIRDLE_RISE = 0.05  # metres that the shoulder joint rises when the arm points up
_GIRDLE_REACH = 0.025  # metres that it comes forward when the arm points forward
_SOLE_OUTLINE = np.array(
    [[x, y, -SOLE] for x, y in ((-0.055, 0.03), (-0.055, -0.03), (0.15, 0.042), (0.15, -0.042), (0.185, 0.0))]
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A body in the room: the origin and the turning of each bone, in the order of ``BONES``."""

    origins: Array
    rotations: Array

    def joint(self, bone: str) -> Array:
        """Return where a bone begins, in metres."""
        origin: Array = self.origins[INDEX[bone]]
        return origin

    def rotation(self, bone: str) -> Array:
        """Return how a bone is turned from its rest position."""
        rotation: Array = self.rotations[INDEX[bone]]
        return rotation

    def carry(self, bone: str, points: Array) -> Array:
        """Return where points of the rest position come to lie when they move with a bone."""
        carried: Array = (points - REST[INDEX[bone]]) @ self.rotation(bone).T + self.joint(bone)
        return carried


def turned(axis: str, angle: float) -> Array:
    """Return the rotation about one axis by an angle in degrees."""
    c, s = cos(radians(angle)), sin(radians(angle))
    if axis == "x":
        return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])
    if axis == "y":
        return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])


def place(stance: Stance, anchor: str, seat: Array) -> Placed:
    """Return the body for a stance, its anchor at the stance's ``x``, ``y``, ``z``.

    ``anchor`` is ``pelvis`` or ``knees`` (z is the clearance below it), one knee, ``hips`` or ``shoulders`` (z is
    the height of these joints). ``seat`` is the skin of the pelvis in rest position.
    """
    origins, rotations = REST.copy(), np.tile(np.eye(3), (len(BONES), 1, 1))
    body = Placed(origins, rotations)
    rotations[0] = (
        turned("z", stance.get("pelvis.turn", 0.0))
        @ turned("y", stance.get("pelvis.lean", 0.0))
        @ turned("z", stance.get("pelvis.roll", 0.0))
    )
    origins[0] = 0.0
    for bone in ("lumbar", "thorax", "chest", "neck", "head"):
        _attach(body, bone, _spine_turn(stance, bone))
    for side in SIDES:
        _swing_leg(body, stance, side)
    origins += _anchor_shift(body, stance, anchor, seat)
    for side in SIDES:
        if f"{side}-foot.x" in stance:
            _reach_foot(body, stance, side)
        if f"{side}-elbow.x" in stance:
            _lean_on_elbow(body, stance, side)
        elif f"{side}-hand.x" in stance:
            _reach_hand(body, stance, side)
        else:
            _swing_arm(body, stance, side)
    return body


def limb_angles(body: Placed) -> dict[str, float]:
    """Return the angles of hips, knees, shoulders and elbows in degrees, however the limbs were bent."""
    angles = {}
    for side, sign in zip(SIDES, (1.0, -1.0), strict=True):
        for upper, lower, parent, joint, hinge in (
            ("thigh", "shin", "pelvis", "hip", "knee"),
            ("upper-arm", "forearm", "chest", "shoulder", "elbow"),
        ):
            relative = body.rotation(parent).T @ body.rotation(f"{side}-{upper}")
            along = relative @ _DOWN
            angles[f"{side}-{joint}.out"] = degrees(asin(float(np.clip(sign * along[1], -1.0, 1.0))))
            angles[f"{side}-{joint}.flex"] = degrees(atan2(along[0], -along[2]))
            bend = body.rotation(f"{side}-{upper}").T @ body.rotation(f"{side}-{lower}") @ _DOWN
            angles[f"{side}-{hinge}.flex"] = degrees(atan2(bend[0] * (-1 if hinge == "knee" else 1), -bend[2]))
    return angles


def shortfall(body: Placed, stance: Stance) -> dict[str, float]:
    """Return by how many metres each hand, elbow or foot misses the place it should hold."""
    missed = {}
    for side in SIDES:
        for end, bone in (("foot", "foot"), ("hand", "hand"), ("elbow", "forearm")):
            key = f"{side}-{end}"
            if f"{key}.x" in stance:
                x, y, _ = body.joint(f"{side}-{bone}")
                missed[key] = float(np.hypot(x - stance[f"{key}.x"], y - stance[f"{key}.y"]))
    return missed


def _attach(body: Placed, bone: str, rotation: Array) -> None:
    parent = PARENTS[bone] or "pelvis"
    here, there = INDEX[bone], INDEX[parent]
    body.origins[here] = body.carry(parent, REST[here])
    body.rotations[here] = body.rotations[there] @ rotation


def _spine_turn(stance: Stance, bone: str) -> Array:
    return (
        turned("z", stance.get(f"{bone}.turn", 0.0))
        @ turned("x", -stance.get(f"{bone}.side", 0.0))
        @ turned("y", stance.get(f"{bone}.flex", 0.0))
    )


def _ball(stance: Stance, joint: str, sign: float) -> Array:
    return (
        turned("y", -stance.get(f"{joint}.flex", 0.0))
        @ turned("x", sign * stance.get(f"{joint}.out", 0.0))
        @ turned("z", sign * stance.get(f"{joint}.turn", 0.0))
    )


def _swing_leg(body: Placed, stance: Stance, side: str) -> None:
    sign = 1.0 if side == "left" else -1.0
    _attach(body, f"{side}-thigh", _ball(stance, f"{side}-hip", sign))
    _attach(body, f"{side}-shin", turned("y", stance.get(f"{side}-knee.flex", 0.0)))
    ankle = turned("y", -stance.get(f"{side}-ankle.flex", 0.0)) @ turned(
        "x", sign * stance.get(f"{side}-ankle.tilt", 0.0)
    )
    _attach(body, f"{side}-foot", ankle)


def _swing_arm(body: Placed, stance: Stance, side: str) -> None:
    sign = 1.0 if side == "left" else -1.0
    rotation = _ball(stance, f"{side}-shoulder", sign)
    _attach(body, f"{side}-upper-arm", rotation)
    body.origins[INDEX[f"{side}-upper-arm"]] = _shoulder(body, side, body.rotation("chest") @ rotation @ _DOWN)
    _attach(body, f"{side}-forearm", turned("y", -stance.get(f"{side}-elbow.flex", 0.0)))
    _attach(body, f"{side}-hand", turned("x", -sign * stance.get(f"{side}-wrist.flex", 0.0)))


def _shoulder(body: Placed, side: str, along: Array) -> Array:
    """Return the shoulder joint for an arm that points ``along``: the girdle goes with the arm a little."""
    x, _, z = body.rotation("chest").T @ along
    slide = np.array([_GIRDLE_REACH * max(x, 0.0), 0.0, _GIRDLE_RISE * (1 + z) / 2])
    place = REST[INDEX[f"{side}-upper-arm"]] + slide
    return body.carry("chest", place)


def _anchor_shift(body: Placed, stance: Stance, anchor: str, seat: Array) -> Array:
    target: Array = np.array([stance.get("x", 0.0), stance.get("y", 0.0), stance.get("z", 0.0)])
    if anchor == "pelvis":
        target[2] -= body.carry("pelvis", seat)[:, 2].min()
    elif anchor == "shoulders":
        target -= body.carry("chest", REST[[INDEX[f"{side}-upper-arm"] for side in SIDES]]).mean(axis=0)
    elif anchor != "hips":
        bones = [f"{side}-shin" for side in SIDES if anchor in {"knees", f"{side}-knee"}]
        target[2] += KNEE_RADIUS
        target -= np.mean([body.joint(bone) for bone in bones], axis=0)
    return target


def _vector(stance: Stance, key: str, otherwise: tuple[float, float, float]) -> Array:
    given = np.array([stance.get(f"{key}-{axis}", 0.0) for axis in "xyz"])
    return given if np.any(given) else np.array(otherwise)


def _two_bones(start: Array, end: Array, lengths: tuple[float, float], pole: Array) -> tuple[Array, Array, Array]:
    """Return elbow, reached end and the unit vector from the line start-end towards the elbow."""
    upper, lower = lengths
    line = end - start
    distance = float(np.linalg.norm(line))
    line = line / distance
    distance = min(distance, upper + lower - _STRAIGHT)
    across = pole - line * float(pole @ line)
    across /= np.linalg.norm(across)
    along = (upper**2 - lower**2 + distance**2) / (2 * distance)
    height = max(upper**2 - along**2, 0.0) ** 0.5
    return start + line * along + across * height, start + line * distance, across


def _bone_frame(start: Array, end: Array, forward: Array) -> Array:
    """Return the rotation of a bone that leads from start to end and whose front faces ``forward``."""
    up = (start - end) / np.linalg.norm(start - end)
    front = forward - up * float(forward @ up)
    front /= np.linalg.norm(front)
    return np.stack([front, np.cross(up, front), up], axis=1)


def _set(body: Placed, bone: str, origin: Array, rotation: Array) -> None:
    body.origins[INDEX[bone]] = origin
    body.rotations[INDEX[bone]] = rotation


def _reach_foot(body: Placed, stance: Stance, side: str) -> None:
    key = f"{side}-foot"
    flat = (
        turned("z", stance.get(f"{key}.point", 0.0))
        @ turned("x", stance.get(f"{key}.tilt", 0.0))
        @ turned("y", stance.get(f"{key}.heel", 0.0))
    )
    hip = body.joint(f"{side}-thigh")
    lift = -float((_SOLE_OUTLINE @ flat.T)[:, 2].min())
    ankle = np.array([stance[f"{key}.x"], stance[f"{key}.y"], stance[f"{key}.z"] + lift])
    pole = _vector(stance, f"{key}.bend", (0.0, 0.0, 1.0))
    knee, ankle, front = _two_bones(hip, ankle, (THIGH, SHIN), pole)
    _set(body, f"{side}-thigh", hip, _bone_frame(hip, knee, front))
    _set(body, f"{side}-shin", knee, _bone_frame(knee, ankle, front))
    _set(body, key, ankle, flat)


def _reach_hand(body: Placed, stance: Stance, side: str) -> None:
    key = f"{side}-hand"
    wrist = np.array([stance[f"{key}.x"], stance[f"{key}.y"], stance[f"{key}.z"] + PALM])
    along = wrist - body.carry("chest", REST[INDEX[f"{side}-upper-arm"]])
    shoulder = _shoulder(body, side, along / np.linalg.norm(along))
    pole = _vector(stance, f"{key}.bend", (0.0, 0.0, 1.0))
    elbow, wrist, outward = _two_bones(shoulder, wrist, (UPPER_ARM, FOREARM), pole)
    _set(body, f"{side}-upper-arm", shoulder, _bone_frame(shoulder, elbow, -outward))
    _set(body, f"{side}-forearm", elbow, _bone_frame(elbow, wrist, -outward))
    _set(body, key, wrist, _palm(body, stance, side))


def _lean_on_elbow(body: Placed, stance: Stance, side: str) -> None:
    """Put the elbow where it is held and the forearm flat on the floor; the shoulder girdle gives what is missing."""
    key = f"{side}-elbow"
    elbow = np.array([stance[f"{key}.x"], stance[f"{key}.y"], stance[f"{key}.z"] + ELBOW_RADIUS])
    along = elbow - body.carry("chest", REST[INDEX[f"{side}-upper-arm"]])
    offset = _shoulder(body, side, along / np.linalg.norm(along)) - elbow
    shoulder = elbow + offset * UPPER_ARM / float(np.linalg.norm(offset))
    heading = turned("z", stance.get(f"{key}.point", 0.0))[:, 0]
    wrist = elbow + heading * FOREARM
    wrist[2] += PALM - ELBOW_RADIUS
    wrist = elbow + (wrist - elbow) * FOREARM / np.linalg.norm(wrist - elbow)
    _set(body, f"{side}-upper-arm", shoulder, _bone_frame(shoulder, elbow, heading))
    _set(body, f"{side}-forearm", elbow, _bone_frame(elbow, wrist, -_DOWN))
    _set(body, f"{side}-hand", wrist, _flat_palm(stance.get(f"{key}.point", 0.0), side))


def _palm(body: Placed, stance: Stance, side: str) -> Array:
    """Return the turning of a hand: flat on the floor, in line with the forearm, or between the two."""
    flatness = stance.get(f"{side}-hand.flat", 1.0)
    flat = _flat_palm(stance.get(f"{side}-hand.point", 0.0), side)
    along = body.rotation(f"{side}-forearm")[:, 2]
    level = flat[:, 2] * flatness + along * (1 - flatness)
    back = flat[:, 1] - level * float(flat[:, 1] @ level) / float(level @ level)
    level, back = level / np.linalg.norm(level), back / np.linalg.norm(back)
    return np.stack([np.cross(back, level), back, level], axis=1)


def _flat_palm(heading: float, side: str) -> Array:
    """Return the turning of a hand whose palm lies on the floor, its fingers towards ``heading`` in degrees."""
    fingers = turned("z", heading)[:, 0]
    back = -_DOWN if side == "left" else _DOWN
    return np.stack([np.cross(back, -fingers), back, -fingers], axis=1)
