"""A figure: one exercise's moving body, read from its ``figure.yaml``.

Poses are unfolded here: what a pose has from another, both sides of a pair, the other side for a mirrored one. The
outcome is a motion of plain numbers, ready to be placed and painted at any moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.figures import props as room
from bot.figures.body import seat
from bot.figures.kinematics import Placed, place
from bot.figures.motion import Breath, Motion
from bot.figures.skeleton import LIMITS, SIDES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.figures.props import Prop
    from bot.figures.schema import FigureFile, Pose, Reach

_REACH_NUMBERS = ("x", "y", "z", "point", "flat", "tilt", "heel", "bend-x", "bend-y", "bend-z")
_SIDE_SIGNED = {"pelvis.roll", "pelvis.turn", "y"}


class NotAFigure(ValueError):  # noqa: N818 - says what is the case
    """The poses of a file do not go together; ``key`` says where, ``problem`` what is wrong."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key = key
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Key:
    """A key pose unfolded: its numbers, and what is in contact while it is held."""

    stance: Mapping[str, float]
    contacts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figure:
    """An exercise's figure: its file, its key poses in the order of time, its motion and its breath."""

    file: FigureFile
    keys: Mapping[str, Key]
    motion: Motion
    breath: Breath

    def body(self, second: float) -> tuple[Mapping[str, float], Placed]:
        """Return the stance and the placed body at a time of the loop."""
        stance = self.motion.at(second)
        return stance, place(stance, self.file.anchor, seat())

    def props(self) -> list[Prop]:
        """Return what stands in the room."""
        given = self.file.props
        found: list[Prop] = []
        if given.mat:
            found += room.mat(*given.mat.at, given.mat.length, given.mat.width)
        for one in given.cushions:
            found += room.cushion(*one.at, one.length, one.width, one.height)
        if given.chair:
            found += room.chair(*given.chair.at, given.chair.seat_height)
        if given.wall:
            found += room.wall(*given.wall.at, given.wall.width, given.wall.height)
        return found


def unfold(file: FigureFile) -> Figure:
    """Return the figure of a file; raise NotAFigure when a limb holds a place in some poses only."""
    keys: dict[str, Key] = {}
    for name, pose in file.poses.items():
        keys[name] = _key(pose, keys)
    used = [keys[move.pose] for move in file.moves]
    names = sorted({number for key in used for number in key.stance})
    for key, move in zip(used, file.moves, strict=True):
        for number in names:
            if number.endswith(("hand.x", "foot.x", "elbow.x")) and number not in key.stance:
                raise NotAFigure(f"poses.{move.pose}.reach", f"{number[:-2]} holds a place in other poses but not here")
    stances = tuple({number: key.stance.get(number, 0.0) for number in names} for key in used)
    times = tuple(move.at for move in file.moves)
    return Figure(
        file=file,
        keys=keys,
        motion=Motion(file.seconds, times, stances, file.flows),
        breath=Breath(file.seconds, tuple((phase.at, phase.air) for phase in file.breath)),
    )


def _key(pose: Pose, above: Mapping[str, Key]) -> Key:
    name = pose.mirror or pose.from_
    origin = Key({}, frozenset()) if name is None else above[name]
    stance = dict(_mirrored(origin.stance) if pose.mirror else origin.stance)
    contacts = frozenset(_other_side(one) for one in origin.contacts) if pose.mirror else origin.contacts
    if pose.at is not None:
        stance.update(zip("xyz", pose.at, strict=True))
    for joint, angles in pose.joints.items():
        stance.update({f"{joint}.{angle}": degrees for angle, degrees in angles.items()})
    for end, reach in pose.reach.items():
        stance.update(zip((f"{end}.{number}" for number in _REACH_NUMBERS), _numbers(reach), strict=True))
    if pose.tummy is not None:
        stance["tummy"] = pose.tummy
    for region, strength in (pose.glow or {}).items():
        stance[f"glow.{region}"] = strength
    return Key(stance, contacts if pose.contacts is None else frozenset(pose.contacts))


def _numbers(reach: Reach) -> tuple[float, ...]:
    return (*reach.at, reach.point, reach.flat, reach.tilt, reach.heel, *reach.bend)


def _other_side(name: str) -> str:
    left, right = (f"{side}-" for side in SIDES)
    return name.replace(left, right, 1) if left in name else name.replace(right, left, 1)


def _mirrored(stance: Mapping[str, float]) -> dict[str, float]:
    """Return the stance with left and right exchanged, as in a mirror that stands along the body."""
    turned: dict[str, float] = {}
    for number, value in stance.items():
        joint, _, angle = number.partition(".")
        trunk = joint in LIMITS and not joint.startswith(SIDES) and angle in {"side", "turn"}
        reach = angle in {"y", "point", "tilt", "bend-y"} and joint.startswith(SIDES) and joint not in LIMITS
        flips = number in _SIDE_SIGNED or trunk or reach
        turned[_other_side(number)] = -value if flips else value
    return turned
