"""The skeleton: which bones there are, how long they are, how far each joint may go.

One adult of 1.68 metres, standing upright with hanging arms, is the rest position: x points forward, y to the left, z
up, the origin lies between the hip joints, and everything is in metres. A joint's angle is nought in that position and
counts in degrees in the words of an examination: ``flex`` bends (the hip and the shoulder lift the limb forward, the
knee brings the heel to the bottom, the trunk bends forward), ``out`` leads away from the midline, ``turn`` turns the
limb outward and the trunk to the left, ``side`` leans to the left.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

SIDES = ("left", "right")
LIMB_BONES = ("upper-arm", "forearm", "hand", "thigh", "shin", "foot")

UPPER_ARM = 0.28
FOREARM = 0.245
THIGH = 0.41
SHIN = 0.395
KNEE_RADIUS = 0.054
ELBOW_RADIUS = 0.036
SOLE = 0.07  # the height of the ankle above the sole
PALM = 0.03  # the height of the wrist above a palm that lies flat

_HIP = (0.0, 0.088, 0.0)
_SHOULDER = (-0.012, 0.172, 0.45)

_TRUNK: dict[str, tuple[str | None, tuple[float, float, float]]] = {
    "pelvis": (None, (0.0, 0.0, 0.0)),
    "lumbar": ("pelvis", (-0.03, 0.0, 0.09)),
    "thorax": ("lumbar", (-0.028, 0.0, 0.22)),
    "chest": ("thorax", (-0.035, 0.0, 0.36)),
    "neck": ("chest", (-0.03, 0.0, 0.505)),
    "head": ("neck", (-0.005, 0.0, 0.575)),
}


def _limbs() -> dict[str, tuple[str | None, tuple[float, float, float]]]:
    bones: dict[str, tuple[str | None, tuple[float, float, float]]] = {}
    for side, sign in zip(SIDES, (1.0, -1.0), strict=True):
        x, y, z = _SHOULDER
        bones[f"{side}-upper-arm"] = ("chest", (x, sign * y, z))
        bones[f"{side}-forearm"] = (f"{side}-upper-arm", (x, sign * y, z - UPPER_ARM))
        bones[f"{side}-hand"] = (f"{side}-forearm", (x, sign * y, z - UPPER_ARM - FOREARM))
        x, y, z = _HIP
        bones[f"{side}-thigh"] = ("pelvis", (x, sign * y, z))
        bones[f"{side}-shin"] = (f"{side}-thigh", (x, sign * y, z - THIGH))
        bones[f"{side}-foot"] = (f"{side}-shin", (x, sign * y, z - THIGH - SHIN))
    return bones


_BONES = {**_TRUNK, **_limbs()}
BONES = tuple(_BONES)
INDEX = {bone: number for number, bone in enumerate(BONES)}
PARENTS = {bone: parent for bone, (parent, _) in _BONES.items()}
REST: Array = np.array([place for _, place in _BONES.values()])

# The joint that moves each bone, and its range in degrees: (least, most) for each angle.
_SPINE_LIMITS = {
    "lumbar": {"flex": (-35.0, 45.0), "side": (-25.0, 25.0), "turn": (-12.0, 12.0)},
    "thorax": {"flex": (-20.0, 30.0), "side": (-20.0, 20.0), "turn": (-25.0, 25.0)},
    "chest": {"flex": (-20.0, 25.0), "side": (-15.0, 15.0), "turn": (-25.0, 25.0)},
    "neck": {"flex": (-40.0, 40.0), "side": (-30.0, 30.0), "turn": (-50.0, 50.0)},
    "head": {"flex": (-30.0, 25.0), "side": (-20.0, 20.0), "turn": (-40.0, 40.0)},
}
_LIMB_LIMITS = {
    "shoulder": {"flex": (-60.0, 185.0), "out": (-45.0, 180.0), "turn": (-100.0, 100.0)},
    "elbow": {"flex": (0.0, 150.0)},
    "wrist": {"flex": (-90.0, 90.0)},
    "hip": {"flex": (-25.0, 148.0), "out": (-35.0, 60.0), "turn": (-50.0, 60.0)},
    "knee": {"flex": (0.0, 165.0)},
    "ankle": {"flex": (-70.0, 40.0), "tilt": (-40.0, 40.0)},
}
JOINT_OF = {
    "upper-arm": "shoulder",
    "forearm": "elbow",
    "hand": "wrist",
    "thigh": "hip",
    "shin": "knee",
    "foot": "ankle",
}
LIMITS: dict[str, dict[str, tuple[float, float]]] = {
    **_SPINE_LIMITS,
    **{f"{side}-{joint}": limits for joint, limits in _LIMB_LIMITS.items() for side in SIDES},
}
