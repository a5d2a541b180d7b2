"""The picture of /stats: finished labels and counts in, the bytes of a PNG out.

Bars in groups, each with its count beside it, so that nothing depends on length or colour alone; what is not told has
no bar. Made for a phone, as `charts`, whose sizes and colours it shares and beside which the easel imports it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.presentation.charts import DPI, HEIGHT, LIGHT, WIDTH, add_box, as_png, blank_page, write

_MARGIN, _LABELS, _COUNTS = 40, 420, 110
_TOP, _ROW, _BAR, _HEAD, _GAP = 168, 54, 30, 54, 26
_TITLE, _HEADING, _NOTE = 22, 16, 11.5
_ROOM = WIDTH - 2 * _MARGIN


@dataclass(frozen=True, slots=True)
class ClinicChart:
    """What the picture shows, worded. Each of `groups` has a `title` and `bars`: a label, and a count or None."""

    title: str
    subtitle: str
    groups: Sequence[dict[str, Any]]
    hidden: str
    note: str


def draw_clinic(chart: ClinicChart) -> bytes:
    """Draw how all people together are doing as PNG, 1080 by 1440 pixels."""
    figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=LIGHT.ground)
    FigureCanvasAgg(figure)
    page = blank_page(figure)
    write(page, _MARGIN, 62, chart.title, LIGHT.ink, size=_TITLE, room=_ROOM, weight="bold")
    write(page, _MARGIN, 118, chart.subtitle, LIGHT.soft_ink, room=_ROOM)
    top = float(_TOP)
    for group in chart.groups:
        top = _draw_group(page, group, top, chart.hidden)
    write(page, _MARGIN, HEIGHT - 34, chart.note, LIGHT.soft_ink, size=_NOTE, room=_ROOM)
    return as_png(figure)


def _draw_group(page: Axes, group: dict[str, Any], top: float, hidden: str) -> float:
    """Draw one group of bars from `top` on; return where the next one begins."""
    write(page, _MARGIN, top + 18, group["title"], LIGHT.ink, size=_HEADING, room=_ROOM, weight="bold")
    top += _HEAD
    most = max((count for _, count in group["bars"] if count), default=1)
    left, room = _MARGIN + _LABELS, _ROOM - _LABELS - _COUNTS
    for label, count in group["bars"]:
        middle = top + _ROW / 2
        write(page, _MARGIN, middle, label, LIGHT.soft_ink, room=_LABELS - 16)
        add_box(page, left, middle - _BAR / 2, room, _BAR, facecolor=LIGHT.panel, edgecolor="none")
        if count:
            length = max(room * count / most, _BAR)
            add_box(page, left, middle - _BAR / 2, length, _BAR, facecolor=LIGHT.done, edgecolor="none")
        said = hidden if count is None else str(count)
        write(page, WIDTH - _MARGIN, middle, said, LIGHT.ink, room=_COUNTS - 16, weight="bold", ha="right")
        top += _ROW
    return top + _GAP
