"""A figure.yaml that no body can follow is refused by file, line, key and in words."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.figures.figure import unfold
from bot.figures.schema import FigureFile
from bot.figures.workshop import FigureError, figure_ids, load_figures
from tests.unit.figures.small_figure import small_figure, small_file


def written(folder: Path, table: dict[str, Any]) -> Path:
    """Write a figure.yaml and return the content folder it stands in."""
    content = folder / "content"
    (content / "exercises" / "table").mkdir(parents=True)
    (content / "exercises" / "table" / "figure.yaml").write_text(yaml.safe_dump(table, sort_keys=False))
    return content


def test_a_sound_figure_is_read(tmp_path: Path) -> None:
    """The exercise is found by its folder and its figure has no faults."""
    content = written(tmp_path, small_file())
    assert figure_ids(content) == ("table",)
    assert list(load_figures(content, ["table"])) == ["table"]


@pytest.mark.parametrize(
    ("pose", "complaint"),
    [
        ({"joints": {"hips": {"flex": 170}}}, "hips.flex is 170, this joint goes from -25 to 148 degrees"),
        ({"joints": {"left-knee": {"turn": 5}}}, "left-knee.turn is no angle of this joint; use flex"),
        ({"joints": {"tail": {"flex": 5}}}, "tail is no joint"),
        ({"reach": {"nose": {"at": [0, 0, 0]}}}, "nose cannot hold a place"),
        ({"glow": {"soul": 1}}, "soul is no working area"),
        ({"contacts": ["ear"]}, "ear is no contact"),
        ({"from": "nowhere"}, "odd comes from nowhere, which is no pose above it"),
        ({"from": "table", "mirror": "back"}, "give from or mirror, not both"),
        ({"smile": True}, "poses.odd.smile: is not a known key"),
    ],
)
def test_a_pose_that_cannot_be_is_named(tmp_path: Path, pose: dict[str, Any], complaint: str) -> None:
    """The line names the file, the line, the key, and what the joint allows."""
    table = small_file()
    table["poses"]["odd"] = pose
    with pytest.raises(FigureError) as refused:
        load_figures(written(tmp_path, table), ["table"])
    assert complaint in str(refused.value)
    assert str(refused.value).startswith("content/exercises/table/figure.yaml:")
    assert "poses" in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"moves": [{"at": 0, "pose": "table"}, {"at": 9, "pose": "back"}]}, "9.0 is not before the end"),
        ({"moves": [{"at": 1, "pose": "table"}, {"at": 2, "pose": "back"}]}, "the first pose is at 0"),
        ({"moves": [{"at": 0, "pose": "table"}, {"at": 2, "pose": "moon"}]}, "there is no pose moon"),
        ({"breath": [{"at": 0, "air": "in"}, {"at": 2, "air": "in"}]}, "in and out must take turns"),
        ({"breath": [{"at": 0, "air": "in"}, {"at": 0.2, "air": "out"}]}, "a breath takes at least"),
        ({"still": [0, 4]}, "still: 4.0 is not before the end at 4.0 seconds"),
        ({"seconds": 20}, "seconds: Input should be less than or equal to 12"),
    ],
)
def test_times_that_do_not_fit_are_named(tmp_path: Path, changes: dict[str, Any], complaint: str) -> None:
    """Poses, breaths and the length of the loop are checked against each other."""
    with pytest.raises(FigureError) as refused:
        load_figures(written(tmp_path, small_file(**changes)), ["table"])
    assert complaint in str(refused.value)


@pytest.mark.parametrize(
    ("pose", "complaint"),
    [
        ({"reach": {"hands": {"at": [1.6, 0.17, 0]}}}, "poses.odd.reach.left-hand: is"),
        ({"at": [0, 0, -0.2]}, "below the floor"),
        ({"at": [0, 0, 0.1]}, "contacts.left-knee: is 2.1 cm above its support"),
        ({"at": [0.2, 0, 0]}, "contacts.left-knee.slides: has moved"),
    ],
)
def test_a_body_that_cannot_be_there_is_named(tmp_path: Path, pose: dict[str, Any], complaint: str) -> None:
    """Out of reach, sunk into the floor, floating above it or sliding over it."""
    table = small_file(moves=[{"at": 0, "pose": "table"}, {"at": 2, "pose": "odd"}])
    table["poses"]["odd"] = {"from": "table", **pose}
    with pytest.raises(FigureError) as refused:
        load_figures(written(tmp_path, table), ["table"])
    assert complaint in str(refused.value)


def test_a_limb_holds_a_place_in_every_pose_or_in_none() -> None:
    """Half a reach would make the limb jump."""
    table = small_file()
    table["poses"]["free"] = {"at": [0, 0, 0]}
    table["moves"].append({"at": 3, "pose": "free"})
    with pytest.raises(ValueError, match="left-hand holds a place in other poses but not here"):
        unfold(FigureFile.model_validate(table))


def test_a_mirrored_pose_exchanges_left_and_right() -> None:
    """Angles, places, contacts and glow of one side become those of the other; turns change their sign."""
    table = small_file()
    table["poses"]["one"] = {
        "from": "table",
        "joints": {"left-hip": {"out": 10}, "chest": {"turn": 5}, "pelvis": {"roll": 7}},
        "reach": {"left-hand": {"at": [0.5, 0.2, 0], "point": 20}},
        "glow": {"left-waist": 1},
        "contacts": ["left-knee"],
    }
    table["poses"]["other"] = {"mirror": "one"}
    figure = small_figure(poses=table["poses"])
    one, other = figure.keys["one"], figure.keys["other"]
    assert other.contacts == {"right-knee"}
    assert other.stance["right-hip.out"] == one.stance["left-hip.out"] == 10
    assert (other.stance["chest.turn"], other.stance["pelvis.roll"]) == (-5, -7)
    assert (other.stance["right-hand.y"], other.stance["right-hand.point"]) == (-0.2, -20)
    assert other.stance["glow.right-waist"] == 1
