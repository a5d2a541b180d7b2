"""Is the figure true to a body: what a schema cannot see, because it needs the body placed.

Hands reach what they hold, joints stay within their range while they are bent from their ends, nothing sinks into the
floor, and what is declared as in contact neither floats nor slides. Faults come back as (key, what is wrong).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.figures.body import seat, skin
from bot.figures.kinematics import limb_angles, place, shortfall
from bot.figures.skeleton import ELBOW_RADIUS, KNEE_RADIUS, LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.figures.figure import Figure
    from bot.figures.kinematics import Placed
    from bot.figures.skeleton import Array

CHECKS_PER_SECOND = 3
MOST_SUNK = 0.02  # metres: flesh and mat give that much
MOST_FLOATING = 0.015
MOST_SLIDING = 0.006
MOST_MISSED = 0.004
_BENT_TOLERANCE = 3.0  # degrees, beyond what is allowed for angles that are written down
_SIDEWAYS = 60.0  # degrees
_HELD_BONE = {"hand": "hand", "foot": "foot", "knee": "shin", "elbow": "forearm"}
_CHEST_HEIGHT = 0.3  # metres above the hips, in rest position


def faults(figure: Figure) -> list[tuple[str, str]]:
    """Return everything about the body that cannot be, each fault once, with its key in the file."""
    found: dict[str, str] = {}
    for name, key in figure.keys.items():
        body = place(key.stance, figure.file.anchor, seat())
        for where, text in _bent_wrongly(body, key.stance):
            found.setdefault(f"poses.{name}.{where}", text)
    first_place: dict[str, Array] = {}
    for second in np.arange(0, figure.file.seconds, 1 / CHECKS_PER_SECOND):
        stance, body = figure.body(float(second))
        points = skin(shoes=figure.file.shoes).points_on(body, tummy=stance.get("tummy", 0.0))
        moment = f"at {second:.1f} seconds"
        if (lowest := float(points[:, 2].min())) < -MOST_SUNK:
            part = skin(shoes=figure.file.shoes).part_at(int(points[:, 2].argmin()))
            found.setdefault(f"sunk.{part}", f"{part} is {-lowest * 100:.1f} cm below the floor {moment}")
        touching = _contacts(figure, float(second))
        for contact in first_place.keys() - touching:
            del first_place[contact]
        for contact in sorted(touching):
            if abs(gap := _gap(figure, contact, body, points)) > (MOST_SUNK if gap < 0 else MOST_FLOATING):
                where = "above" if gap > 0 else "below"
                found.setdefault(f"contacts.{contact}", f"is {abs(gap) * 100:.1f} cm {where} its support {moment}")
            side, _, part = contact.partition("-")
            if part in _HELD_BONE:
                here = body.joint(f"{side}-{_HELD_BONE[part]}")[:2]
                slid = float(np.linalg.norm(here - first_place.setdefault(contact, here)))
                if slid > MOST_SLIDING:
                    found.setdefault(f"contacts.{contact}.slides", f"has moved {slid * 100:.1f} cm {moment}")
    return list(found.items())


def _bent_wrongly(body: Placed, stance: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    for end, missed in shortfall(body, stance).items():
        if missed > MOST_MISSED:
            yield f"reach.{end}", f"is {missed * 100:.1f} cm too far away for the limb"
    angles = limb_angles(body)
    for name, degrees in angles.items():
        joint, _, angle = name.partition(".")
        if angle == "flex" and abs(angles.get(f"{joint}.out", 0.0)) > _SIDEWAYS:
            continue  # a limb held out sideways points neither forward nor backward
        least, most = LIMITS[joint][angle]
        if not least - _BENT_TOLERANCE <= degrees <= most + _BENT_TOLERANCE:
            yield f"joints.{name}", f"comes to {degrees:.0f}, this joint goes from {least:g} to {most:g} degrees"


def _contacts(figure: Figure, second: float) -> frozenset[str]:
    """Return what stays in contact at a time: what the key before and the key after both name."""
    moves = figure.file.moves
    here = max(number for number, move in enumerate(moves) if move.at <= second)
    then = moves[(here + 1) % len(moves)]
    return figure.keys[moves[here].pose].contacts & figure.keys[then.pose].contacts


def _gap(figure: Figure, contact: str, body: Placed, points: Array) -> float:
    """Return how far a contact is above what carries it, in metres; below it is negative."""
    person = skin(shoes=figure.file.shoes)
    side, _, part = contact.partition("-")
    if part == "knee":
        return float(body.joint(f"{side}-shin")[2]) - KNEE_RADIUS
    if part == "elbow":
        return float(body.joint(f"{side}-forearm")[2]) - ELBOW_RADIUS
    if contact == "pelvis":
        return float(body.carry("pelvis", seat())[:, 2].min())
    if contact == "chest":
        return float(points[person.of("shirt") & (person.points[:, 2] > _CHEST_HEIGHT)][:, 2].min())
    if contact == "head":
        cushions = figure.file.props.cushions
        carried = max((cushion.height for cushion in cushions), default=0.0)
        return float(points[person.of("head") | person.of("hair") | person.of("face")][:, 2].min()) - carried
    return float(points[person.of(contact)][:, 2].min())
