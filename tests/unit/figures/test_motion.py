"""Movement starts and stops at ease and comes back to where it began; breath goes in and out in step."""

import numpy as np
import pytest

from bot.figures.motion import Breath, Motion, eased

UP_AND_DOWN = Motion(4.0, (0.0, 2.0), ({"x": 0.0}, {"x": 1.0}), flows=False)


def test_a_movement_starts_and_stops_without_a_jolt() -> None:
    """Hardly anything happens right after a start and right before a stop, the middle is half way."""
    assert eased(0.05) < 0.002
    assert eased(0.95) > 0.998
    assert eased(0.5) == 0.5


@pytest.mark.parametrize("flows", [True, False])
def test_the_loop_closes(flows: bool) -> None:  # noqa: FBT001 - a row of the table
    """The end of the loop is its beginning, for movements that stop and for those that flow."""
    motion = Motion(4.0, (0.0, 2.0), ({"x": 0.0}, {"x": 1.0}), flows=flows)
    assert motion.at(3.999)["x"] == pytest.approx(motion.at(0.0)["x"], abs=2e-3)
    assert motion.at(4.0) == motion.at(0.0)


def test_keys_are_met_at_their_times() -> None:
    """At the time of a key the body is in its pose."""
    assert [UP_AND_DOWN.at(second)["x"] for second in (0.0, 2.0)] == [0.0, 1.0]


def test_a_flowing_movement_does_not_stop_at_its_keys() -> None:
    """Half way up a flight of three keys it still moves; a pausing one stands still there."""
    keys = ({"x": 0.0}, {"x": 1.0}, {"x": 2.0}, {"x": 1.0})
    flowing, pausing = (Motion(4.0, (0.0, 1.0, 2.0, 3.0), keys, flows=flows) for flows in (True, False))
    step = 0.02
    assert flowing.at(1 + step)["x"] - flowing.at(1.0)["x"] > step / 2
    assert pausing.at(1 + step)["x"] - pausing.at(1.0)["x"] < step / 100


def test_the_breath_fills_and_empties_in_its_phases() -> None:
    """Empty when the in-breath begins, full when the out-breath begins, also round the end of the loop."""
    breath = Breath(8.0, ((1.0, "out"), (4.0, "in")))
    fullness = [breath.fullness(second) for second in (1.0, 2.5, 4.0, 8.5, 0.5)]
    assert fullness == pytest.approx([1.0, 0.5, 0.0, fullness[4], fullness[4]])
    assert np.all(np.diff([breath.fullness(second) for second in np.linspace(4.1, 8.9, 20)]) > 0)
