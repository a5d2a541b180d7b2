"""The schema of ``figure.yaml``: which keys there are, and which values a body can take.

Whoever writes a figure is told the file, the line, the key and what a joint allows. What needs a placed body to judge
(can the hand reach, does the foot float) is judged in ``bot.figures.checks``.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence  # noqa: TC003 - beside annotations that pydantic reads
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.figures.glow import REGIONS
from bot.figures.skeleton import LIMITS, SIDES

_Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
_Share = Annotated[float, Field(ge=-1, le=1)]
_Place = tuple[float, float, float]
_Spot = tuple[float, float]

SHORTEST_BREATH_SECONDS = 0.8
CONTACTS = (
    "pelvis",
    "chest",
    "head",
    *(f"{side}-{part}" for side in SIDES for part in ("hand", "elbow", "knee", "foot")),
)
_PLURALS = {"hands": "hand", "elbows": "elbow", "feet": "foot", "shoulders": "shoulder", "wrists": "wrist"}
_PLURALS |= {"hips": "hip", "knees": "knee", "ankles": "ankle", "shins": "shin"}
_PELVIS = {"lean": (-180.0, 180.0), "roll": (-180.0, 180.0), "turn": (-180.0, 180.0)}


class _Piece(BaseModel):
    """A piece of the file: known keys only."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Camera(_Piece):
    """Where the picture is taken from, in degrees."""

    around: float = Field(ge=-180, le=180)
    height: float = Field(ge=0, le=85)


class Mat(_Piece):
    """A mat around a spot, in metres."""

    at: _Spot = (0.0, 0.0)
    length: float = Field(default=1.8, gt=0.3, le=2.5)
    width: float = Field(default=0.64, gt=0.3, le=1.5)


class Cushion(_Piece):
    """A cushion around a spot, in metres."""

    at: _Spot
    length: float = Field(default=0.3, gt=0.1, le=0.8)
    width: float = Field(default=0.42, gt=0.1, le=0.8)
    height: float = Field(default=0.05, gt=0.01, le=0.4)


class Chair(_Piece):
    """A chair that faces +x, in metres."""

    at: _Spot
    seat_height: float = Field(default=0.45, gt=0.3, le=0.6)


class Wall(_Piece):
    """A wall behind a spot, in metres."""

    at: _Spot
    width: float = Field(default=1.6, gt=0.3, le=3)
    height: float = Field(default=1.9, gt=0.3, le=2.4)


class Props(_Piece):
    """What stands in the room."""

    mat: Mat | None = None
    cushions: tuple[Cushion, ...] = ()
    chair: Chair | None = None
    wall: Wall | None = None


class Reach(_Piece):
    """The place a hand, elbow or foot holds, in metres, and how it lies there; for a pair y is that of the left one."""

    at: _Place
    point: float = Field(default=0.0, ge=-180, le=180)
    flat: float = Field(default=1.0, ge=0, le=1)
    tilt: float = Field(default=0.0, ge=-60, le=60)
    heel: float = Field(default=0.0, ge=-90, le=90)
    bend: _Place = (0.0, 0.0, 1.0)


class Pose(_Piece):
    """One key pose; what it does not name it has from the pose it comes ``from``."""

    from_: _Name | None = Field(default=None, alias="from")
    mirror: _Name | None = None
    at: _Place | None = None
    joints: dict[str, dict[str, float]] = Field(default_factory=dict)
    reach: dict[str, Reach] = Field(default_factory=dict)
    tummy: _Share | None = None
    glow: dict[str, Annotated[float, Field(ge=0, le=1)]] | None = None
    contacts: tuple[str, ...] | None = None

    @field_validator("joints")
    @classmethod
    def _within_reach_of_the_joints(cls, joints: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
        return {one: angles for name, given in joints.items() for one, angles in _checked(name, given)}

    @field_validator("glow")
    @classmethod
    def _known_regions(cls, glow: dict[str, float] | None) -> dict[str, float] | None:
        if unknown := (glow or {}).keys() - set(REGIONS):
            raise ValueError(f"{', '.join(sorted(unknown))} is no working area; use {', '.join(REGIONS)}")
        return glow

    @field_validator("contacts")
    @classmethod
    def _known_contacts(cls, contacts: tuple[str, ...] | None) -> tuple[str, ...] | None:
        named = tuple(one for name in contacts or () for one in _both(name))
        if unknown := set(named) - set(CONTACTS):
            raise ValueError(f"{', '.join(sorted(unknown))} is no contact; use {', '.join(CONTACTS)}")
        return None if contacts is None else named

    @field_validator("reach")
    @classmethod
    def _known_ends(cls, reach: dict[str, Reach]) -> dict[str, Reach]:
        ends: dict[str, Reach] = {}
        for name, given in reach.items():
            part = _PLURALS.get(name, name.partition("-")[2])
            if part not in {"hand", "elbow", "foot"} or (name not in _PLURALS and name.partition("-")[0] not in SIDES):
                raise ValueError(
                    f"{name} cannot hold a place; use hands, left-hand, elbows, left-elbow, feet, left-foot"
                )
            for side in SIDES if name in _PLURALS else (name.partition("-")[0],):
                ends[f"{side}-{part}"] = _mirrored(given) if name in _PLURALS and side == "right" else given
        return ends

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if self.from_ is not None and self.mirror is not None:
            raise ValueError("give from or mirror, not both")
        return self


class Move(_Piece):
    """The pose that is reached at a time, in seconds."""

    at: float = Field(ge=0)
    pose: _Name


class Phase(_Piece):
    """When a breath begins, in seconds, and which way the air goes."""

    at: float = Field(ge=0)
    air: Literal["in", "out"]


class Arrow(_Piece):
    """The way something moves, as points in the room; when it is shown, in seconds, and whether in the still too."""

    points: tuple[_Place, ...] = Field(min_length=2, max_length=8)
    show: tuple[float, float]
    still: bool = True


class FigureFile(_Piece):
    """``exercises/<id>/figure.yaml``."""

    seconds: float = Field(ge=4, le=12)
    camera: Camera
    anchor: Literal["pelvis", "knees", "left-knee", "right-knee", "hips", "shoulders"] = "pelvis"
    flows: bool = False
    shoes: bool = False
    props: Props = Props()
    poses: dict[_Name, Pose] = Field(min_length=1)
    moves: tuple[Move, ...] = Field(min_length=2)
    breath: tuple[Phase, ...] = Field(min_length=2)
    arrows: tuple[Arrow, ...] = ()
    still: tuple[float, ...] = Field(min_length=2, max_length=3)

    @field_validator("poses")
    @classmethod
    def _origins_stand_above(cls, poses: dict[str, Pose]) -> dict[str, Pose]:
        above: list[str] = []
        for name, pose in poses.items():
            origin = pose.from_ or pose.mirror
            if origin is not None and origin not in above:
                raise ValueError(f"{name} comes from {origin}, which is no pose above it")
            above.append(name)
        return poses

    @field_validator("moves")
    @classmethod
    def _moves_fit(cls, moves: tuple[Move, ...], info: ValidationInfo) -> tuple[Move, ...]:
        if moves[0].at != 0:
            raise ValueError("the first pose is at 0")
        _in_order([one.at for one in moves], info)
        poses = info.data.get("poses", {one.pose for one in moves})
        if unknown := [one.pose for one in moves if one.pose not in poses]:
            raise ValueError(f"there is no pose {', '.join(unknown)}")
        return moves

    @field_validator("breath")
    @classmethod
    def _breath_fits(cls, breath: tuple[Phase, ...], info: ValidationInfo) -> tuple[Phase, ...]:
        starts = [one.at for one in breath]
        _in_order(starts, info)
        airs = [one.air for one in breath]
        if any(one == other for one, other in zip(airs, (*airs[1:], airs[0]), strict=True)):
            raise ValueError("in and out must take turns, round the loop as well")
        ends = (*starts[1:], starts[0] + info.data.get("seconds", math.inf))
        if any(end - start < SHORTEST_BREATH_SECONDS for start, end in zip(starts, ends, strict=True)):
            raise ValueError(f"a breath takes at least {SHORTEST_BREATH_SECONDS} seconds each way")
        return breath

    @field_validator("still")
    @classmethod
    def _still_is_of_the_loop(cls, still: tuple[float, ...], info: ValidationInfo) -> tuple[float, ...]:
        _in_order(still, info)
        return still


def _in_order(times: Sequence[float], info: ValidationInfo) -> None:
    """Refuse times that do not follow one another, or that lie behind the end of the loop, if that is known."""
    if any(later <= earlier for earlier, later in itertools.pairwise(times)):
        raise ValueError("each time must be later than the one before")
    if times[-1] >= (end := info.data.get("seconds", math.inf)):
        raise ValueError(f"{times[-1]} is not before the end at {end} seconds")


def _checked(name: str, given: dict[str, float]) -> list[tuple[str, dict[str, float]]]:
    names = _both(name)
    limits = _PELVIS if name == "pelvis" else LIMITS.get(names[0])
    if limits is None:
        raise ValueError(f"{name} is no joint; use pelvis, {', '.join(LIMITS)} or hips, knees, elbows ... for both")
    for angle, degrees in given.items():
        if angle not in limits:
            raise ValueError(f"{name}.{angle} is no angle of this joint; use {', '.join(limits)}")
        least, most = limits[angle]
        if not least <= degrees <= most:
            raise ValueError(f"{name}.{angle} is {degrees:g}, this joint goes from {least:g} to {most:g} degrees")
    return [(one, given) for one in names]


def _both(name: str) -> list[str]:
    """Return both sides of a pair, or the one thing that is named."""
    return [f"{side}-{_PLURALS[name]}" for side in SIDES] if name in _PLURALS else [name]


def _mirrored(reach: Reach) -> Reach:
    (x, y, z), (bend_x, bend_y, bend_z) = reach.at, reach.bend
    turned = {"at": (x, -y, z), "point": -reach.point, "tilt": -reach.tilt, "bend": (bend_x, -bend_y, bend_z)}
    return reach.model_copy(update=turned)
