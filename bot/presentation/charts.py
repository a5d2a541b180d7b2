"""Pictures of progress: finished labels and numbers in, the bytes of a PNG out.

Made for a phone: 1080 pixels wide, in portrait, text of 28 pixels, which is what a caption has there; a long word gets
smaller, a very long one is cut off. Nothing depends on colour alone: a day done holds its minutes, a missed one a dash,
a frozen one two bars; the lines of pain differ in marks and strokes as well. Text stands out from its ground by 4.5 to
1 or more, in light and in dark.

This module and `pages` need matplotlib, whose import takes longer than a drawing and 60 MiB: they are imported by the
process that draws (`bot.easel`), never by the bot. Figures are made without pyplot, so nothing is left open.
What the labels say is decided elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imread
from matplotlib.patches import FancyBboxPatch

WIDTH, HEIGHT, DPI = 1080, 1440, 150
WEEKDAYS = 7
HIGHEST_PAIN = 10
LONG_MINUTES = 10
DONE, MISSED, FROZEN, EMPTY, AHEAD = "done", "missed", "frozen", "empty", "ahead"

_MARGIN, _LABELS = 40, 150
_TILES_TOP, _TILE_HEIGHT, _TILE_GAP = 165, 150, 16
_GRID_TOP, _ROW, _CELL_GAP = 400, 52, 6
_LEGEND_TOP = 945
_PAIN_TOP, _PAIN_HEIGHT = 1060, 260
_SMALLEST, _LEAST = 13.5, 10
_TITLE, _BODY, _VALUE = 22, 14, 26
_BOLD: dict[str, Any] = {"ha": "center", "weight": "bold"}


PainPoint = tuple[int, int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a picture; `on_done` is the text on a day that was done, `short` the ground of a short one."""

    ground: str
    panel: str
    ink: str
    soft_ink: str
    edge: str
    done: str
    on_done: str
    short: str
    frozen: str
    before: str
    during: str


LIGHT = Look(
    ground="#f6f8f6",
    panel="#e6ede8",
    ink="#1c2b2a",
    soft_ink="#44524f",
    edge="#7d8d89",
    done="#1b665e",
    on_done="#ffffff",
    short="#a9d3ca",
    frozen="#d3ddd7",
    before="#5a4a9c",
    during="#a3470f",
)
DARK = Look(
    ground="#14201f",
    panel="#20302e",
    ink="#eaf2f0",
    soft_ink="#b4c4c0",
    edge="#758a85",
    done="#6fd0c1",
    on_done="#0c1716",
    short="#2f6f66",
    frozen="#31433f",
    before="#b9aef5",
    during="#f5aa6c",
)


@dataclass(frozen=True, slots=True)
class ProgressChart:
    """What a picture of progress shows, worded.

    `tiles` pair a value with its label; `weeks` labels the rows of the calendar and `days` fills them, seven a row,
    with a mark and the minutes (0: not known); `today` indexes `days`. `pain` holds the index of a day and three
    ratings, 0-10 each: before the routine, the highest during it, and after it; oldest first. `legend` pairs a mark
    with its meaning.
    """

    title: str
    subtitle: str
    tiles: Sequence[tuple[str, str]]
    weekdays: Sequence[str]
    weeks: Sequence[str]
    days: Sequence[tuple[str, int]]
    today: int
    legend: Sequence[tuple[str, str]]
    pain_title: str
    before: str
    during: str
    after: str
    pain: Sequence[PainPoint]
    no_pain: str
    is_dark: bool = False


def draw_progress(chart: ProgressChart) -> bytes:
    """Draw a picture of progress as PNG, 1080 by 1440 pixels."""
    look = DARK if chart.is_dark else LIGHT
    figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=look.ground)
    FigureCanvasAgg(figure)
    page = blank_page(figure)
    write(page, _MARGIN, 62, chart.title, look.ink, size=_TITLE, room=WIDTH - 2 * _MARGIN, weight="bold")
    write(page, _MARGIN, 122, chart.subtitle, look.soft_ink, room=WIDTH - 2 * _MARGIN)
    _draw_tiles(page, chart.tiles, look)
    _draw_calendar(page, chart, look)
    _draw_legend(page, chart.legend, look)
    write(page, _MARGIN, _PAIN_TOP - 34, chart.pain_title, look.ink, size=_BODY + 2, room=WIDTH - 80, weight="bold")
    if chart.pain:
        _draw_pain(figure, page, chart, look)
    else:
        write(page, _MARGIN, _PAIN_TOP + 40, chart.no_pain, look.soft_ink, room=WIDTH - 2 * _MARGIN)
    return as_png(figure)


def blank_page(figure: Figure) -> Axes:
    """Return an area over a whole picture whose units are pixels, counted from the upper left."""
    page = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    page.set_xlim(0, figure.bbox.width)
    page.set_ylim(figure.bbox.height, 0)
    page.axis("off")
    return page


def write(
    page: Axes, x: float, y: float, words: str, colour: str, *, size: float = _BODY, room: float, **style: Any
) -> float:
    """Write a line, smaller where it does not fit into `room` pixels, and cut off where that is not enough.

    Returns how wide it came out.
    """
    text = page.text(x, y, words, color=colour, size=size, va="center", parse_math=False, **style)
    renderer = page.figure.canvas.get_renderer()  # type: ignore[attr-defined]  # Agg's canvas, which has one
    width = text.get_window_extent(renderer).width
    if width > room:
        text.set_fontsize(max(_LEAST, 0.97 * size * room / width))  # a little less: letters keep to whole pixels
        width = text.get_window_extent(renderer).width
    if width > room:
        text.set_text(words[: max(1, int(len(words) * room / width) - 1)] + "…")
        width = text.get_window_extent(renderer).width
    return float(width)


def add_box(page: Axes, x: float, y: float, width: float, height: float, **style: Any) -> None:
    """Draw a box with round corners."""
    shape = FancyBboxPatch((x, y), width, height, boxstyle="round,pad=0,rounding_size=10", **style)
    page.add_patch(shape)


def read_logo(logo: bytes, most_width: float, most_height: float) -> tuple[Any, float, float]:
    """Read a PNG; return the picture and how large it is, in the units of the page, where it is as large as fits."""
    picture = imread(BytesIO(logo), format="png")
    height, width = picture.shape[:2]
    scale = min(most_width / width, most_height / height)
    return picture, width * scale, height * scale


def add_logo(figure: Figure, picture: Any, place: tuple[float, float, float, float]) -> None:
    """Put a logo at a place: left, bottom, width and height, as shares of the figure."""
    area = figure.add_axes(place, label="logo")
    area.imshow(picture, aspect="auto", cmap="gray", vmin=0, vmax=1)  # the last three count where it has no colours
    area.axis("off")


def _draw_tiles(page: Axes, tiles: Sequence[tuple[str, str]], look: Look) -> None:
    width = (WIDTH - 2 * _MARGIN - (len(tiles) - 1) * _TILE_GAP) / len(tiles)
    for index, (value, label) in enumerate(tiles):
        left = _MARGIN + index * (width + _TILE_GAP)
        add_box(page, left, _TILES_TOP, width, _TILE_HEIGHT, facecolor=look.panel, edgecolor="none")
        middle = left + width / 2
        write(page, middle, _TILES_TOP + 55, value, look.ink, size=_VALUE, room=width - 24, weight="bold", ha="center")
        write(page, middle, _TILES_TOP + 114, label, look.soft_ink, room=width - 20, ha="center")


def _draw_calendar(page: Axes, chart: ProgressChart, look: Look) -> None:
    width = (WIDTH - 2 * _MARGIN - _LABELS) / WEEKDAYS
    for index, weekday in enumerate(chart.weekdays):
        middle = _MARGIN + _LABELS + (index + 0.5) * width
        write(page, middle, _GRID_TOP - 32, weekday, look.soft_ink, room=width - 4, ha="center")
    for index, week in enumerate(chart.weeks):
        write(page, _MARGIN, _GRID_TOP + (index + 0.5) * _ROW, week, look.soft_ink, room=_LABELS - 12)
    for index, (mark, minutes) in enumerate(chart.days):
        row, column = divmod(index, WEEKDAYS)
        left, top = _MARGIN + _LABELS + column * width, _GRID_TOP + row * _ROW
        place = (left + _CELL_GAP / 2, top + _CELL_GAP / 2, width - _CELL_GAP, _ROW - _CELL_GAP)
        _draw_day(page, place, mark, minutes, look, is_today=index == chart.today)


def _draw_day(
    page: Axes, place: tuple[float, float, float, float], mark: str, minutes: int, look: Look, *, is_today: bool
) -> None:
    left, top, width, height = place
    is_short = mark == DONE and 0 < minutes < LONG_MINUTES
    ground = {DONE: look.short if is_short else look.done, FROZEN: look.frozen}.get(mark, look.ground)
    edge = look.ink if is_today else look.edge if mark == MISSED else "none"
    if mark != AHEAD:
        add_box(page, *place, facecolor=ground, edgecolor=edge, linewidth=3 if is_today else 1)
    sign = {DONE: str(minutes) if minutes else "✓", MISSED: "–", FROZEN: "‖", EMPTY: "·"}.get(mark)
    if sign is not None:
        colour = look.on_done if mark == DONE and not is_short else look.ink
        page.text(left + width / 2, top + height / 2, sign, color=colour, size=_BODY, va="center", **_BOLD)


def _draw_legend(page: Axes, legend: Sequence[tuple[str, str]], look: Look) -> None:
    room = (WIDTH - 2 * _MARGIN) / max(1, len(legend))
    for index, (mark, meaning) in enumerate(legend):
        left = _MARGIN + index * room
        _draw_day(page, (left, _LEGEND_TOP, 48, 40), mark, 12 if mark == DONE else 0, look, is_today=False)
        write(page, left + 60, _LEGEND_TOP + 20, meaning, look.soft_ink, size=_SMALLEST, room=room - 76)


def _draw_pain(figure: Figure, page: Axes, chart: ProgressChart, look: Look) -> None:
    left, bottom = _MARGIN + 50, HEIGHT - _PAIN_TOP - _PAIN_HEIGHT
    area = figure.add_axes(
        (left / WIDTH, bottom / HEIGHT, (WIDTH - left - _MARGIN) / WIDTH, _PAIN_HEIGHT / HEIGHT), facecolor="none"
    )
    lines = pain_lines(chart.before, chart.during, chart.after, look)
    for label, place, style in lines:
        points = [(point[0], point[place]) for point in chart.pain if point[place] is not None]
        if points:
            xs, ys = zip(*points, strict=True)
            area.plot(xs, ys, label=label, linewidth=2, markersize=6, clip_on=False, zorder=3, **style)
    weeks = range(0, len(chart.days), 2 * WEEKDAYS)
    area.set_xlim(0, len(chart.days) - 1)
    area.set_ylim(0, HIGHEST_PAIN)
    area.set_yticks([0, 5, HIGHEST_PAIN])
    area.set_xticks([])
    step = (WIDTH - left - _MARGIN) / (len(chart.days) - 1)
    for day in weeks:
        room = 2 * WEEKDAYS * step - 20
        write(page, left + day * step, HEIGHT - bottom + 28, chart.weeks[day // WEEKDAYS], look.soft_ink, room=room)
    area.tick_params(colors=look.soft_ink, labelsize=_SMALLEST, length=0, pad=8)
    area.grid(visible=True, axis="y", color=look.edge, linewidth=0.8, alpha=0.6)
    for side in area.spines.values():
        side.set_visible(False)
    at = float(_MARGIN)
    for label, _, style in lines:
        page.plot([at, at + 30, at + 60], [HEIGHT - 40] * 3, linewidth=2, markersize=7, markevery=[1], **style)
        at += 76 + write(page, at + 76, HEIGHT - 40, label, look.ink, size=_SMALLEST, room=WIDTH / 3 - 120) + 40


def pain_lines(before: str, during: str, after: str, look: Look) -> tuple[tuple[str, int, dict[str, Any]], ...]:
    """Return label, place in a point of pain, and style of each line: they differ in marks and strokes too."""
    return (
        (before, 1, {"color": look.before, "linestyle": ":", "marker": "s"}),
        (during, 2, {"color": look.during, "linestyle": "--", "marker": "^"}),
        (after, 3, {"color": look.done, "linestyle": "-", "marker": "o"}),
    )


def as_png(figure: Figure) -> bytes:
    """Return a figure's bytes, and let go of what it holds."""
    stream = BytesIO()
    figure.savefig(stream, format="png", metadata={"Software": None})
    figure.clear()
    return stream.getvalue()
