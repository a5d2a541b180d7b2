"""The body bends as bodies do: constant bones, joints that turn the right way, hands that stay."""

import numpy as np
import pytest

from bot.figures.body import seat, skin
from bot.figures.kinematics import limb_angles, place, shortfall
from bot.figures.skeleton import FOREARM, REST, SHIN, THIGH, UPPER_ARM
from tests.unit.figures.small_figure import small_figure

LIMBS = (
    ("upper-arm", "forearm", UPPER_ARM),
    ("forearm", "hand", FOREARM),
    ("thigh", "shin", THIGH),
    ("shin", "foot", SHIN),
)


def stand(**angles: float) -> dict[str, float]:
    """Return somebody standing, with joints bent as named: left_hip__flex=90."""
    return {name.replace("__", ".").replace("_", "-"): degrees for name, degrees in angles.items()}


def test_bones_keep_their_length_in_every_stance() -> None:
    """Forward or backward, near or out of reach: no limb is ever stretched."""
    figure = small_figure()
    for second in np.linspace(0, 4, 9):
        _, body = figure.body(float(second))
        for side in ("left", "right"):
            for upper, lower, length in LIMBS:
                span = np.linalg.norm(body.joint(f"{side}-{upper}") - body.joint(f"{side}-{lower}"))
                assert span == pytest.approx(length, abs=1e-6)


@pytest.mark.parametrize(
    ("angle", "bone", "moves"),
    [
        ("left_hip__flex", "left-shin", (1, 0, 0)),
        ("left_hip__out", "left-shin", (0, 1, 0)),
        ("right_hip__out", "right-shin", (0, -1, 0)),
        ("left_knee__flex", "left-foot", (-1, 0, 0)),
        ("left_shoulder__flex", "left-forearm", (1, 0, 0)),
        ("right_shoulder__out", "right-forearm", (0, -1, 0)),
        ("left_elbow__flex", "left-hand", (1, 0, 0)),
        ("lumbar__flex", "head", (1, 0, 0)),
        ("lumbar__side", "head", (0, 1, 0)),
    ],
)
def test_a_joint_turns_the_way_its_angle_says(angle: str, bone: str, moves: tuple[int, int, int]) -> None:
    """Flex bends forward (the knee backward), out leads away from the midline, side leans to the left."""
    at_rest, bent = (place(stand(**{angle: degrees}), "hips", seat()) for degrees in (0.0, 40.0))
    assert (bent.joint(bone) - at_rest.joint(bone)) @ np.array(moves) > 0.05


def test_a_hand_holds_its_place_while_the_body_moves() -> None:
    """The wrist stays where it is within a hair, however the trunk travels."""
    figure = small_figure()
    places = [figure.body(float(second))[1].joint("left-hand") for second in np.linspace(0, 4, 9)]
    assert np.ptp(np.array(places), axis=0).max() < 1e-6


def test_what_is_out_of_reach_is_told() -> None:
    """A hand that should hold a place two metres away misses it by what the arm is too short."""
    stance = {**stand(), "left-hand.x": 2.0, "left-hand.y": 0.17, "left-hand.z": 0.45}
    assert shortfall(place(stance, "hips", seat()), stance)["left-hand"] > 1.0


def test_limbs_that_reach_tell_their_angles() -> None:
    """Angles are read back from the placed body, for the check of the joints."""
    stance = stand(left_hip__flex=80, left_knee__flex=70, right_shoulder__out=30, right_elbow__flex=20)
    angles = limb_angles(place(stance, "hips", seat()))
    expected = {"left-hip.flex": 80, "left-knee.flex": 70, "right-shoulder.out": 30, "right-elbow.flex": 20}
    assert {name: angles[name] for name in expected} == pytest.approx(expected, abs=1e-6)


def test_a_body_at_rest_wears_its_skin_unchanged() -> None:
    """Posing nothing moves nothing."""
    points, normals = skin().posed(place({}, "hips", seat()))
    assert np.abs(points - skin().points).max() < 1e-9
    assert np.abs(np.linalg.norm(normals, axis=1) - 1).max() < 1e-9
    assert REST.shape[0] == len(set(map(tuple, REST)))


def test_the_tummy_draws_in_and_the_ribs_fill() -> None:
    """Both move the front of the shirt, and nothing but the trunk."""
    body = place({}, "hips", seat())
    rest, _ = skin().posed(body)
    drawn_in, _ = skin().posed(body, tummy=1.0)
    filled, _ = skin().posed(body, breath=1.0)
    assert (drawn_in - rest)[:, 0].min() < -0.01
    assert (filled - rest)[:, 0].max() > 0.005
    assert np.abs((filled - rest)[skin().of("left-hand")]).max() < 1e-9
