"""The pages of the report: finished labels and rows in, the bytes of a PDF out. Two pages of A4, in portrait.

Black on white, to be printed; the lines of pain and the two kinds of bars differ in shape as well as in shade. Text
stays text, so that it can be searched, copied and read aloud. As `charts`, this module is imported by the easel alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from bot.presentation.charts import HIGHEST_PAIN, LIGHT, PainPoint, add_logo, pain_lines, read_logo

WIDTH, HEIGHT = 210.0, 297.0  # millimetres
_INCH = 25.4
_LEFT, _RIGHT = 18.0, 192.0
_LINE = 6.0
_INK, _SOFT, _RULE = "#111111", "#444444", "#8a8a8a"
_BODY, _HEAD, _TITLE = 9.5, 12, 17
_LEAST = 5.0
_WIDEST_LETTER = 0.3  # millimetres for each point of its size
_LOGO_TOP, _LOGO_WIDTH, _LOGO_HEIGHT = 9.0, 60.0, 14.0  # millimetres


@dataclass(frozen=True, slots=True)
class ReportPages:
    """What the report says, worded. `weeks` hold a label and the days due and done, oldest first.

    `pain` holds days since the first week began, and ratings before the routine, the highest during it, and after it.
    Each of `tables` has a `title`, `heads`, the `widths` of its columns as shares, `rows`, what to say where it is
    `empty`, and that there is `more`.
    """

    clinic: str
    title: str
    period: str
    blanks: Sequence[str]
    note: str
    facts: Sequence[tuple[str, str]]
    weeks_title: str
    weeks: Sequence[tuple[str, int, int]]
    pain_title: str
    before: str
    during: str
    after: str
    no_pain: str
    pain: Sequence[PainPoint]
    tables: Sequence[dict[str, Any]]
    page: str
    colour: str | None = None


def draw_report(report: ReportPages, logo: bytes = b"") -> bytes:
    """Draw the report as a PDF of two pages, with the clinic's logo, a PNG, at the top of the first."""
    stream = BytesIO()
    with rc_context({"pdf.fonttype": 42}), PdfPages(stream, metadata={"Title": report.title}) as file:
        for figure in report_figures(report, logo):
            file.savefig(figure)
            figure.clear()
    return stream.getvalue()


def report_figures(report: ReportPages, logo: bytes = b"") -> tuple[Figure, Figure]:
    """Draw the two pages."""
    return _first(report, logo), _second(report)


def _first(report: ReportPages, logo: bytes) -> Figure:
    figure, page = _sheet(report, 1)
    if logo:
        _place_logo(figure, logo)
    _write(page, _LEFT, 20, report.clinic, size=_HEAD, color=report.colour or _SOFT)
    _write(page, _LEFT, 29, report.title, size=_TITLE, weight="bold", color=report.colour or _INK)
    _write(page, _LEFT, 37, report.period)
    for index, blank in enumerate(report.blanks):
        left = _LEFT + index * 100
        page.plot([left, left + 74], [56, 56], color=_RULE, linewidth=0.8)
        _write(page, left, 60, blank, room=74, size=8, color=_SOFT)
    _write(page, _LEFT, 66, report.note, size=8.5, color=_SOFT, va="top", linespacing=1.4)
    width = (_RIGHT - _LEFT) / len(report.facts)
    for index, (label, value) in enumerate(report.facts):
        left = _LEFT + index * width
        _write(page, left, 86, value, room=width - 3, size=15, weight="bold")
        _write(page, left, 94, label, room=width - 3, size=8, color=_SOFT, va="top", linespacing=1.3)
    _write(page, _LEFT, 116, report.weeks_title, size=_HEAD, weight="bold")
    _draw_weeks(_area(figure, 122, 58), report)
    _write(page, _LEFT, 202, report.pain_title, size=_HEAD, weight="bold")
    if report.pain:
        _draw_pain(_area(figure, 208, 60), report)
    else:
        _write(page, _LEFT, 211, report.no_pain)
    return figure


def _second(report: ReportPages) -> Figure:
    figure, page = _sheet(report, 2)
    top = 20.0
    for table in report.tables:
        top = _draw_table(page, top, table) + 9
    return figure


def _sheet(report: ReportPages, number: int) -> tuple[Figure, Axes]:
    """Return a page and an area over all of it, whose units are millimetres from the upper left."""
    figure = Figure(figsize=(WIDTH / _INCH, HEIGHT / _INCH), facecolor="white")
    FigureCanvasAgg(figure)
    page = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    page.set_xlim(0, WIDTH)
    page.set_ylim(HEIGHT, 0)
    page.axis("off")
    _write(page, _LEFT, 286, f"{report.clinic} · {report.period}", size=8, color=_SOFT)
    _write(page, _RIGHT, 286, f"{report.page} {number} / 2", size=8, color=_SOFT, ha="right")
    return figure, page


def _place_logo(figure: Figure, logo: bytes) -> None:
    """Put the logo into the upper right corner, as large as fits."""
    picture, width, height = read_logo(logo, _LOGO_WIDTH, _LOGO_HEIGHT)
    left, bottom = (_RIGHT - width) / WIDTH, 1 - (_LOGO_TOP + height) / HEIGHT
    add_logo(figure, picture, (left, bottom, width / WIDTH, height / HEIGHT))


def _area(figure: Figure, top: float, height: float) -> Axes:
    left = _LEFT + 8
    area = figure.add_axes(
        (left / WIDTH, 1 - (top + height) / HEIGHT, (_RIGHT - left) / WIDTH, height / HEIGHT), facecolor="none"
    )
    area.tick_params(colors=_SOFT, labelsize=8, length=0)
    area.grid(visible=True, axis="y", color="#cccccc", linewidth=0.6)
    area.set_axisbelow(True)
    for side in area.spines.values():
        side.set_visible(False)
    return area


def _write(page: Axes, x: float, y: float, words: str, *, room: float | None = None, **style: Any) -> None:
    """Write a line, smaller where it does not fit into `room` millimetres: those up to the margin if not told."""
    style = {"size": _BODY, "color": _INK, "va": "center", "parse_math": False, **style}
    room = (x - _LEFT if style.get("ha") == "right" else _RIGHT - x) if room is None else room
    text = page.text(x, y, words, **style)
    if max(map(len, words.split("\n"))) * style["size"] * _WIDEST_LETTER <= room:
        return
    renderer = page.figure.canvas.get_renderer()  # type: ignore[attr-defined]  # Agg's canvas, which has one
    width = text.get_window_extent(renderer).width / page.bbox.width * WIDTH
    if width > room:
        text.set_fontsize(max(_LEAST, 0.97 * style["size"] * room / width))


def _draw_weeks(area: Axes, report: ReportPages) -> None:
    """Draw a frame for the days due of each week, and fill as many of them as were done."""
    places = range(len(report.weeks))
    area.bar(places, [week[1] for week in report.weeks], width=0.7, fill=False, edgecolor=_RULE, linewidth=0.9)
    bars = area.bar(places, [week[2] for week in report.weeks], width=0.7, color=LIGHT.done)
    area.bar_label(bars, [f"{week[2]}/{week[1]}" for week in report.weeks], size=8, color=_INK, padding=2)
    area.set_xticks(list(places), [week[0] for week in report.weeks])
    area.set_ylim(0, 8)
    area.set_yticks([0, 7])


def _draw_pain(area: Axes, report: ReportPages) -> None:
    for label, place, style in pain_lines(report.before, report.during, report.after, LIGHT):
        points = [(point[0], point[place]) for point in report.pain if point[place] is not None]
        xs, ys = zip(*points, strict=True) if points else ((), ())
        area.plot(xs, ys, label=label, linewidth=1.2, markersize=3.5, clip_on=False, **style)
    area.set_xlim(0, 7 * len(report.weeks))
    area.set_ylim(0, HIGHEST_PAIN)
    area.set_yticks([0, 5, HIGHEST_PAIN])
    area.set_xticks([7 * index for index in range(len(report.weeks))], [week[0] for week in report.weeks], ha="left")
    area.legend(loc="upper right", frameon=False, fontsize=8, ncols=3, labelcolor=_INK)


def _draw_table(page: Axes, top: float, table: dict[str, Any]) -> float:
    """Draw a table from `top` on; return where it ends."""
    _write(page, _LEFT, top, table["title"], size=_HEAD, weight="bold")
    top += 1.4 * _LINE
    if not table["rows"]:
        _write(page, _LEFT, top, table["empty"], color=_SOFT)
        return top
    unit = (_RIGHT - _LEFT) / sum(table["widths"])
    lefts = [_LEFT + sum(table["widths"][:index]) * unit for index in range(len(table["widths"]))]
    rooms = [share * unit - 2 for share in table["widths"]]
    for left, room, head in zip(lefts, rooms, table["heads"], strict=True):
        _write(page, left, top, head, room=room, size=8, color=_SOFT)
    page.plot([_LEFT, _RIGHT], [top + _LINE / 2] * 2, color=_RULE, linewidth=0.8)
    for row in table["rows"]:
        top += _LINE
        for left, room, cell in zip(lefts, rooms, row, strict=True):
            _write(page, left, top, cell, room=room)
    if table["more"]:
        top += _LINE
        _write(page, _LEFT, top, table["more"], size=8, color=_SOFT)
    return top
