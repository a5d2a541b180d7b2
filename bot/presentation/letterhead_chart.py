"""The clinic's letterhead as a picture: its name, colour and logo in, the bytes of a PNG out.

Wide and low, for a chat on a phone, where 1280 pixels become some 300 points: so letters are as large as they fit, and
a long name has up to four lines. It stands in white on the clinic's colour, which the content check holds to the
contrast that needs; the logo on white, as on the report. With a telephone number it is a card: the band above, number
and hours below it, in the colour and in black on white. A letter that the font lacks makes it fail: words are better
than boxes.

As `charts`, whose means it shares, this module is imported by the easel alone.
"""

import warnings
from dataclasses import dataclass
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.presentation.charts import DPI, LIGHT, add_box, add_logo, as_png, blank_page, read_logo, write

WIDTH, BAND, CARD_HEIGHT = 1280, 320, 640
_MARGIN, _PADDING = 48.0, 24.0
_BOX = BAND - 2 * _MARGIN
_LOGO_WIDTH = 400.0
_MOST_LINES, _LINE = 4, 1.3
_POINTS = 72 / DPI  # of a pixel


@dataclass(frozen=True, slots=True)
class LetterheadChart:
    """What the picture shows: `colour` as #rrggbb, None for black on white; with a `phone`, it is a card."""

    name: str
    colour: str | None
    phone: str | None = None
    hours: str = ""


def draw_letterhead(chart: LetterheadChart, logo: bytes = b"") -> bytes:
    """Draw the letterhead as PNG, 1280 by 320 pixels, as a card 1280 by 640; `logo` is a PNG or nothing.

    Raises UserWarning where the font lacks a letter.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return as_png(letterhead_figure(chart, logo))


def letterhead_figure(chart: LetterheadChart, logo: bytes) -> Figure:
    """Draw it."""
    height = BAND if chart.phone is None else CARD_HEIGHT
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    page = blank_page(figure)
    page.fill_between([-1, WIDTH + 1], -1, BAND, color=chart.colour or "white", clip_on=False)
    left = _place_logo(figure, page, logo) if logo else _MARGIN
    ink, name = (LIGHT.ink, LIGHT.ink) if chart.colour is None else (chart.colour, "white")
    _write_block(page, chart.name, _Letters(name, 84), (left, BAND / 2, _BOX))
    if chart.colour is None:
        page.plot([_MARGIN, WIDTH - _MARGIN], [BAND - 4] * 2, color=LIGHT.edge, linewidth=1.5)
    if chart.phone is not None:
        _write_block(page, chart.phone, _Letters(ink, 112), (_MARGIN, BAND + 120, 150))
        _write_block(page, chart.hours, _Letters(LIGHT.ink, 50, "normal"), (_MARGIN, BAND + 245, 110))
    return figure


def _place_logo(figure: Figure, page: Axes, logo: bytes) -> float:
    """Put the logo on a white ground at the left of the band; return where the name may begin."""
    picture, width, height = read_logo(logo, _LOGO_WIDTH, _BOX - 2 * _PADDING)
    box = width + 2 * _PADDING
    add_box(page, _MARGIN, _MARGIN, box, _BOX, facecolor="white", edgecolor="none")
    bottom = 1 - (BAND + height) / 2 / figure.bbox.height
    place = ((_MARGIN + _PADDING) / WIDTH, bottom, width / WIDTH, height / figure.bbox.height)
    add_logo(figure, picture, place)
    return float(2 * _MARGIN + box)


@dataclass(frozen=True, slots=True)
class _Letters:
    """How words are written: in a colour, and at most so many pixels high."""

    colour: str
    largest: float
    weight: str = "bold"


def _write_block(page: Axes, words: str, letters: _Letters, place: tuple[float, float, float]) -> None:
    """Write words as large as they fit, on as many lines as it takes; a place is left, middle and height in pixels."""
    left, middle, height = place
    room = (WIDTH - _MARGIN - left, height)
    fitted = [_fitted(page, words, letters, count, room) for count in range(1, _MOST_LINES + 1)]
    pixels, lines = max(fitted, key=lambda one: one[0])  # of equals the one with fewer lines
    for number, line in enumerate(lines):
        y = middle + (number - (len(lines) - 1) / 2) * pixels * _LINE
        write(page, left, y, line, letters.colour, size=pixels * _POINTS, room=room[0], weight=letters.weight)


def _fitted(page: Axes, words: str, letters: _Letters, most: int, room: tuple[float, float]) -> tuple[float, list[str]]:
    """Return the words on at most so many lines, as even as may be, and how high letters may be then, in pixels."""
    ways = (wrap(words, width, break_long_words=False, break_on_hyphens=False) for width in range(1, len(words) + 1))
    lines = next(lines for lines in ways if len(lines) <= most)
    size, largest = letters.largest * _POINTS, letters.largest
    text = page.text(0, 0, "\n".join(lines), size=size, weight=letters.weight, parse_math=False)
    width = text.get_window_extent().width
    text.remove()
    return min(largest, 0.95 * largest * room[0] / width, room[1] / (len(lines) * _LINE)), lines
