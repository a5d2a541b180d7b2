"""A figure's pictures: the frames of its animation and its still.

Everything that has to fit is measured over the whole loop first, so that the camera stands still. Nothing is random:
the same figure gives the same pictures.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from bot.figures import palette
from bot.figures.body import seat, skin
from bot.figures.camera import Camera
from bot.figures.glow import glow_of
from bot.figures.kinematics import place
from bot.figures.marks import arrow_at, draw_arrow, draw_breath, smooth_path
from bot.figures.paint import Look, Studio

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.figures.figure import Figure
    from bot.figures.skeleton import Array

SIZE = 640  # pixels, each side
FRAMES_PER_SECOND = 20
FINE = {"film": 2, "still": 3}  # fine pixels to one of the outcome, each way; coding blurs a film a little anyway
_STILL_COLOURS = 144
_RARE_ROWS = 12  # rows of a rare colour, enough for a place in the palette
_MARGIN = 0.06
_WIDE = 1.15  # a picture this much wider than high is stacked in the still
_GAP = 6  # pixels between the panels of a still
_SAMPLES = 24
_BREATH_STEPS = 6  # the ribs rise in steps too small to see, so that frames of a hold can be used again
_FRAMES_KEPT = 64

_Moment = tuple[tuple[tuple[str, float], ...], float]  # a stance and how full the ribs are


@dataclass(frozen=True, slots=True)
class Stage:
    """A figure before its camera, framed for a picture of ``width`` and ``height`` pixels."""

    figure: Figure
    camera: Camera
    studio: Studio
    width: int
    height: int
    fine: int
    painted: dict[_Moment, Image.Image] = field(default_factory=dict)

    @classmethod
    def build(cls, figure: Figure, width: int, height: int, fine: int, *, seen: Array | None = None) -> Stage:
        """Frame everything that is ``seen`` in the loop."""
        seen = _extent(figure) if seen is None else seen
        inset = _MARGIN * min(width, height) * fine
        frame = (inset, inset, width * fine - inset, height * fine - inset)
        view = figure.file.camera
        camera = Camera(view.around, view.height).framed(seen, frame)
        studio = Studio(camera, (width * fine, height * fine), fine, figure.props(), skin(shoes=figure.file.shoes))
        studio.put_in_shade(_far_side(figure, camera))
        return cls(figure, camera, studio, width, height, fine)

    def picture(self, second: float) -> Image.Image:
        """Return the body in its room at a time of the loop, in fine pixels."""
        stance = self.figure.motion.at(second)
        breath = round(self.figure.breath.fullness(second) * _BREATH_STEPS) / _BREATH_STEPS
        look = tuple((number, round(value, 4)) for number, value in stance.items())
        return self._painted((look, breath)).copy()

    def _painted(self, look: _Moment) -> Image.Image:
        if look not in self.painted:
            if len(self.painted) >= _FRAMES_KEPT:
                self.painted.pop(next(iter(self.painted)))
            self.painted[look] = Image.fromarray(self.studio.paint(_look(self.figure, dict(look[0]), look[1])))
        return self.painted[look]

    def frame(self, second: float) -> Image.Image:
        """Return one frame of the animation."""
        picture = self.picture(second)
        for arrow in self.figure.file.arrows:
            drawn, strength = arrow_at(second, arrow.show)
            draw_arrow(picture, smooth_path(self.camera, arrow.points), self.fine, drawn=drawn, strength=strength)
        draw_breath(picture, self.figure.breath.fullness(second), self.fine)
        return self._outcome(picture)

    def panel(self, second: float, until: float) -> Image.Image:
        """Return a still of one moment, with the arrows of the movement that begins before ``until``."""
        picture = self.picture(second)
        for arrow in self.figure.file.arrows:
            if arrow.still and second <= arrow.show[0] < until:
                draw_arrow(picture, smooth_path(self.camera, arrow.points), self.fine)
        return self._outcome(picture)

    def _outcome(self, picture: Image.Image) -> Image.Image:
        return picture.resize((self.width, self.height), Image.Resampling.LANCZOS)


def frames(figure: Figure, *, fine: int = FINE["film"], every: int = 1) -> Iterator[Image.Image]:
    """Yield the frames of the animation; ``every`` leaves some out."""
    stage = Stage.build(figure, SIZE, SIZE, fine)
    for number in range(0, round(figure.file.seconds * FRAMES_PER_SECOND), every):
        yield stage.frame(number / FRAMES_PER_SECOND)


def still(figure: Figure, *, fine: int = FINE["still"]) -> Image.Image:
    """Return the still: the poses that tell the exercise, one below the other or side by side."""
    count = len(figure.file.still)
    view = figure.file.camera
    seen = _extent(figure)
    spread = Camera(view.around, view.height).look(seen)
    wide, high = np.ptp(spread[:, 0]), np.ptp(spread[:, 1])
    stacked = wide > high * _WIDE
    length = (SIZE - _GAP * (count - 1)) // count
    size = (SIZE, length) if stacked else (length, SIZE)
    stage = Stage.build(figure, *size, fine, seen=seen)
    sheet = Image.new("RGB", (SIZE, SIZE), palette.PANEL_EDGE)
    ends = (*figure.file.still[1:], figure.file.seconds)
    for number, (second, until) in enumerate(zip(figure.file.still, ends, strict=True)):
        start = number * (SIZE - length) // (count - 1)
        sheet.paste(stage.panel(second, until), (0, start) if stacked else (start, 0))
    return _few_colours(sheet)


def _few_colours(sheet: Image.Image) -> Image.Image:
    """Return the picture in a palette that keeps the rare colours, those of arrows and glow, as they are."""
    rare = Image.new("RGB", (SIZE, SIZE + _RARE_ROWS * len(palette.RARE)))
    rare.paste(sheet)
    for number, colour in enumerate(palette.RARE):
        rare.paste(colour, (0, SIZE + number * _RARE_ROWS, SIZE, SIZE + (number + 1) * _RARE_ROWS))
    colours = rare.quantize(_STILL_COLOURS, method=Image.Quantize.MEDIANCUT, kmeans=2)
    return sheet.quantize(palette=colours, dither=Image.Dither.NONE)


def _look(figure: Figure, stance: Mapping[str, float], breath: float) -> Look:
    person = skin(shoes=figure.file.shoes)
    body = place(stance, figure.file.anchor, seat())
    points, normals = person.posed(body, tummy=stance.get("tummy", 0.0), breath=breath)
    return Look(points, normals, glow_of(person, stance))


def _extent(figure: Figure) -> Array:
    """Return points of everything that is seen in the loop."""
    seconds = np.linspace(0, figure.file.seconds, _SAMPLES, endpoint=False)
    person = skin(shoes=figure.file.shoes)
    moments = [figure.body(float(second)) for second in seconds]
    clouds = [person.points_on(body, tummy=stance.get("tummy", 0.0), breath=1.0)[::5] for stance, body in moments]
    clouds += [np.array(arrow.points) for arrow in figure.file.arrows]
    clouds += [prop.mesh.points for prop in figure.props()]
    return np.concatenate(clouds)


def _far_side(figure: Figure, camera: Camera) -> int | None:
    """Return the side of the body that is further from the camera (1 left, 2 right), if one clearly is."""
    person = skin(shoes=figure.file.shoes)
    depths = camera.look(_look(figure, figure.motion.at(0.0), 0.0).points)[:, 2]
    sides = np.zeros(len(depths), dtype=np.int64)
    for side in (1, 2):
        sides[np.unique(person.triangles[person.side_of == side])] = side
    left, right = (float(depths[sides == side].mean()) for side in (1, 2))
    if abs(left - right) < 0.12:  # noqa: PLR2004 - metres; less is not a far side
        return None
    return 1 if left < right else 2
