"""Every exercise has its pictures: a body that could be there, a film that loops, a still that is drawn from the data.

The committed files are decoded, not trusted: size, frame rate, length, weight and loop are those of the film itself.
"""

import itertools
import re
import subprocess
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe
from PIL import Image

from bot.figures.figure import Figure
from bot.figures.render import FRAMES_PER_SECOND, SIZE, still
from bot.figures.skeleton import FOREARM, SHIN, THIGH, UPPER_ARM
from bot.figures.workshop import ANIMATION, FIGURE, STILL, figure_ids, load_figures
from bot.media import mark_of, read_still
from bot.picture_check import check_pictures

EXERCISES = Path(__file__).parents[2] / "content" / "exercises"
IDS = sorted(path.parent.name for path in EXERCISES.glob("*/exercise.yaml"))
MOST_FILM_BYTES = 300 * 1024
MOST_STILL_BYTES = 60 * 1024
SMALL = 80  # pixels that pictures are compared at
DRAWN_ANEW = "bottom-to-heels"  # one still is rendered here; drawing all would take a minute
BOTH_SIDES = ("knee-rolls", "knee-hug", "bird-dog", "side-plank", "sciatic-slider", "walking")
LIMBS = {
    ("upper-arm", "forearm"): UPPER_ARM,
    ("forearm", "hand"): FOREARM,
    ("thigh", "shin"): THIGH,
    ("shin", "foot"): SHIN,
}


@cache
def figure_of(content: Path, name: str) -> Figure:
    """Read one exercise's figure; faults of the body fail the test by file and key."""
    return load_figures(content, [name])[name]


def test_every_exercise_has_a_figure(content: Path) -> None:
    """None is left to words alone, and no figure is left over."""
    assert list(figure_ids(content)) == IDS


@pytest.mark.parametrize("name", IDS)
def test_the_body_could_be_there(content: Path, name: str) -> None:
    """Joints within their range, nothing sunk, what touches neither floats nor slides; bones never change length."""
    figure = figure_of(content, name)
    for second in np.linspace(0, figure.file.seconds, 9):
        _, body = figure.body(float(second))
        for (upper, lower), length in LIMBS.items():
            for side in ("left", "right"):
                span = np.linalg.norm(body.joint(f"{side}-{upper}") - body.joint(f"{side}-{lower}"))
                assert span == pytest.approx(length, abs=1e-6), (side, upper, second)


@pytest.mark.parametrize("name", IDS)
def test_something_carries_the_body(content: Path, name: str) -> None:
    """Every pose of an exercise on the floor names what touches it; walking changes its feet."""
    figure = figure_of(content, name)
    held = [key.contacts for key in figure.keys.values()]
    assert all(held) or name == "walking"


@pytest.mark.parametrize("name", BOTH_SIDES)
def test_left_and_right_take_turns(content: Path, name: str) -> None:
    """Half a loop later the body stands as in a mirror: the knees' heights are exchanged."""
    figure = figure_of(content, name)
    half = 0.55 if name == "walking" else figure.file.seconds / 2
    for second in np.linspace(0, half, 8):
        here, there = (figure.body(float(second) + shift)[1] for shift in (0.0, half))
        for side, other in (("left", "right"), ("right", "left")):
            height = float(there.joint(f"{other}-shin")[2])
            assert float(here.joint(f"{side}-shin")[2]) == pytest.approx(height, abs=1e-6)


def decoded(path: Path) -> tuple[str, list[np.ndarray[tuple[int], np.dtype[np.int64]]]]:
    """Return what the decoder says of a film, and its frames, made small."""
    small = ["-vf", f"scale={SMALL}:{SMALL}:flags=neighbor", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"]
    done = subprocess.run([get_ffmpeg_exe(), "-i", path, *small], capture_output=True, check=True)
    frames = np.frombuffer(done.stdout, dtype=np.uint8).reshape(-1, SMALL * SMALL * 3)
    return done.stderr.decode(), list(frames.astype(int))


@pytest.mark.parametrize("name", IDS)
def test_the_film_is_what_phones_play_and_loops(content: Path, name: str) -> None:
    """Square, 20 to 25 frames a second, 4 to 12 seconds, H.264, light; its end leads into its beginning."""
    path = content / "exercises" / name / ANIMATION
    assert path.stat().st_size < MOST_FILM_BYTES
    about, pictures = decoded(path)
    seconds = figure_of(content, name).file.seconds
    assert re.search(rf"Video: h264 .*yuv420p.* {SIZE}x{SIZE}.* {FRAMES_PER_SECOND} fps", about), about
    assert "Audio:" not in about
    assert len(pictures) == round(seconds * FRAMES_PER_SECOND)
    assert 4 <= seconds <= 12
    steps = [np.abs(later - earlier).mean() for earlier, later in itertools.pairwise(pictures)]
    assert np.abs(pictures[0] - pictures[-1]).mean() <= max(steps) * 1.5
    assert max(steps) > 0.05, "nothing moves"


@pytest.mark.parametrize("name", IDS)
def test_the_still_is_light_and_square(content: Path, name: str) -> None:
    """As large as the film's frames, under the limit."""
    path = content / "exercises" / name / STILL
    assert path.stat().st_size < MOST_STILL_BYTES
    with Image.open(path) as picture:
        assert (picture.size, picture.format) == ((SIZE, SIZE), "PNG")


def test_no_picture_is_older_than_its_figure(content: Path) -> None:
    """Every still carries the mark of its figure.yaml as it is now; whoever changes one renders both pictures."""
    for name in IDS:
        still_file = read_still((content / "exercises" / name / STILL).read_bytes())
        assert still_file is not None
        assert still_file.mark == mark_of((content / "exercises" / name / FIGURE).read_text(encoding="utf-8")), name
    assert check_pictures(content, IDS).faults == ()


def test_a_still_is_drawn_from_its_data(content: Path) -> None:
    """Drawn anew, coarsely, it looks like the committed one; whoever changes a figure renders it again."""
    drawn = small(still(figure_of(content, DRAWN_ANEW), fine=1))
    with Image.open(content / "exercises" / DRAWN_ANEW / STILL) as picture:
        difference = np.abs(drawn - small(picture)).max(axis=2)
    assert (difference > 20).mean() < 0.002, "run: lumbar content render"


def small(picture: Image.Image) -> np.ndarray[tuple[int, int, int], np.dtype[np.int64]]:
    """Return a picture as few pixels, each the mean of those it stands for."""
    few = picture.convert("RGB").resize((SMALL, SMALL), Image.Resampling.BOX)
    return np.asarray(few).astype(np.int64)
