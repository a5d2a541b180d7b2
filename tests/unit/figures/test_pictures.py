"""Pictures: the nearest surface is seen, arrows and breath keep step, the same figure gives the same bytes."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.figures import palette, props, render
from bot.figures.camera import Camera
from bot.figures.film import EncodingError, write_film
from bot.figures.marks import arrow_at, draw_breath
from bot.figures.raster import rasterise
from bot.figures.render import Stage, still
from tests.unit.figures.small_figure import small_figure

SQUARE = np.array([[2.0, 2.0, 0.0], [2.0, 8.0, 0.0], [8.0, 8.0, 0.0], [8.0, 2.0, 0.0]])
FRONT = np.array([[0, 1, 2], [0, 2, 3]])


def test_the_nearest_triangle_is_seen() -> None:
    """A square one metre nearer hides the other, whatever their order; what faces away is not drawn."""
    nearer = SQUARE + np.array([0.0, 0.0, 1.0])
    for points in (np.concatenate([SQUARE, nearer]), np.concatenate([nearer, SQUARE])):
        hits = rasterise(points, np.concatenate([FRONT, FRONT + 4]), 10, 10)
        assert len(hits.pixels) == 36
        assert hits.depths == pytest.approx(1.0)
    assert len(rasterise(SQUARE, FRONT[:, ::-1], 10, 10).pixels) == 0


def test_shares_tell_where_in_its_triangle_a_pixel_lies() -> None:
    """The corners, weighted by the shares, give the middle of the pixel."""
    hits = rasterise(SQUARE, FRONT, 10, 10)
    middles = np.einsum("nk,nki->ni", hits.shares, SQUARE[FRONT[hits.triangles]])[:, :2]
    assert middles == pytest.approx(np.column_stack([hits.pixels % 10 + 0.5, hits.pixels // 10 + 0.5]), abs=1e-4)


def test_a_camera_frames_what_it_is_shown() -> None:
    """The points fill the frame, and a floor point is found again from its pixel."""
    points = np.array([[-1.0, -0.5, 0.0], [1.0, 0.5, 0.0], [0.0, 0.0, 0.8]])
    camera = Camera(-70, 20).framed(points, (10, 10, 90, 60))
    seen = camera.look(points)
    assert (seen[:, 0].min() >= 9.9, seen[:, 0].max() <= 90.1, seen[:, 1].max() <= 60.1) == (True, True, True)
    floor = np.stack(camera.on_floor(seen[:2, 0], seen[:2, 1]))
    assert floor == pytest.approx(points[:2, :2].T, abs=1e-6)


def test_an_arrow_grows_and_fades_within_its_time() -> None:
    """Nothing before and after; more of it in the middle than at the start; faint at both ends."""
    assert arrow_at(0.9, (1, 3)) == arrow_at(3.1, (1, 3)) == (0.0, 0.0)
    (early, faint), (middle, strong) = arrow_at(1.05, (1, 3)), arrow_at(2.0, (1, 3))
    assert early < middle
    assert faint < strong == 1.0


def test_the_breath_cue_grows_with_the_breath() -> None:
    """The disc covers more of the picture when the lungs are full."""
    covered = []
    for fullness in (0.0, 0.5, 1.0):
        picture = Image.new("RGB", (200, 200), palette.BACKGROUND)
        draw_breath(picture, fullness, 1)
        covered.append(int((np.asarray(picture) == palette.BREATH).all(axis=2).sum()))
    assert covered[0] * 1.5 < covered[1]
    assert covered[1] * 1.3 < covered[2]


def test_the_same_figure_gives_the_same_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two renderings of a still are the same pixel by pixel."""
    monkeypatch.setattr(render, "SIZE", 160)
    first, second = (still(small_figure(), fine=1) for _ in range(2))
    assert first.tobytes() == second.tobytes()
    assert first.size == (160, 160)


def test_the_end_pose_differs_from_the_start_and_the_working_area_glows() -> None:
    """What moves is seen to move, what works is warmer than the shirt."""
    stage = Stage.build(small_figure(), 160, 160, 1)
    start, end = (np.asarray(stage.picture(second)).astype(int) for second in (0.0, 2.0))
    assert (np.abs(start - end).max(axis=2) > 40).mean() > 0.02
    warm = [(picture[:, :, 1] > 150) & (picture[:, :, 2] < 110) & (picture[:, :, 0] > 200) for picture in (start, end)]
    assert warm[1].sum() > warm[0].sum()


def test_furniture_stands_on_the_floor() -> None:
    """Chair, wall and cushion begin at the floor; the top of a mat is the floor."""
    for pieces in (props.chair(0, 0, 0.45), props.wall(0, 0, 1.6, 1.9), props.cushion(0, 0, 0.3, 0.4, 0.05)):
        assert min(piece.mesh.points[:, 2].min() for piece in pieces) == pytest.approx(0.0)
    assert max(piece.mesh.points[:, 2].max() for piece in props.mat(0, 0, 1.8, 0.6)) == pytest.approx(0.0)


def test_the_same_frames_give_the_same_film(tmp_path: Path) -> None:
    """Byte for byte: nothing is dated, one thread encodes."""
    frames = [Image.new("RGB", (64, 64), (10 * shade, 90, 200)) for shade in range(20)]
    films = [tmp_path / "one.mp4", tmp_path / "two.mp4"]
    for film in films:
        write_film(frames, film, size=64, frames_per_second=20)
    assert films[0].read_bytes() == films[1].read_bytes()
    assert b"moov" in films[0].read_bytes()[:200]


def test_an_encoder_that_gives_up_says_why(tmp_path: Path) -> None:
    """A folder that is not there is told in the encoder's words."""
    with pytest.raises(EncodingError, match="No such file or directory"):
        write_film([Image.new("RGB", (64, 64))], tmp_path / "gone" / "film.mp4", size=64, frames_per_second=20)
