"""The clinic's letterhead: is its logo fit to be shown, and can its colour be read.

A logo is a PNG or an SVG in ``content/``. It is shown by the Mini App, to whoever opens it, and a PNG in the chat and
on the report as well. So it is small, and an SVG draws and does nothing else: no script, nothing fetched from
elsewhere. The colour stands on white paper, and under white letters on buttons and on the letterhead of the chat: all
of these need the contrast that WCAG 2.2 asks of text.
"""

import re
from collections.abc import Iterator

from bot.media import read_still

KIB = 1024
MOST_PNG_KIB, MOST_SVG_KIB = 100, 50
LEAST_PIXELS, MOST_PIXELS = 64, 1024
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
_NEARLY_BLACK = 0.04045  # up to here sRGB is linear

MEDIA_TYPES = {".png": "image/png", ".svg": "image/svg+xml"}
_DOES_MORE_THAN_DRAW = re.compile(
    rb"<script|<foreignobject|<!doctype|<!entity|<iframe|\son\w+\s*=|javascript:|href\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)|@import",
    re.IGNORECASE,
)


def logo_faults(suffix: str, data: bytes) -> Iterator[str]:
    """Say what is wrong with a logo, by the ending of its name; nothing if it is fit."""
    most = MOST_PNG_KIB if suffix == ".png" else MOST_SVG_KIB
    if len(data) > most * KIB:
        yield f"weighs {len(data) / KIB:.1f} KB; {most} at most are allowed"
    if suffix == ".svg":
        if not re.search(rb"<svg[\s>]", data):
            yield "is no SVG"
        elif found := _DOES_MORE_THAN_DRAW.search(data):
            yield f"may only draw, and has {found[0].decode('ascii', 'replace').strip()!r}: export it as a plain SVG"
        return
    still = read_still(data)
    if still is None:
        yield "is no PNG"
    elif not all(LEAST_PIXELS <= side <= MOST_PIXELS for side in (still.width, still.height)):
        yield f"is {still.width} x {still.height} pixels; {LEAST_PIXELS} to {MOST_PIXELS} each way are allowed"


def contrast_with_white(colour: str) -> float:
    """Return the contrast (1 to 21) of a colour such as #1f5f8b with white, as WCAG 2.2 defines it."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(share: float) -> float:
    return float(share / 12.92 if share <= _NEARLY_BLACK else ((share + 0.055) / 1.055) ** 2.4)
