"""The clinic's own colour and logo: which are taken, and that the report carries them."""

import re
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalog import load_catalog
from bot.letterhead import contrast_with_white, logo_faults
from bot.presentation.pages import ReportPages, draw_report, report_figures
from bot.presentation.report import pages_of
from tests.unit.made_content import edit, make_content, problems
from tests.unit.presentation.rendered import REPORT, TEXTS

PLAIN_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><use href="#a"/><circle r="4" fill="url(#b)"/></svg>'
)

EXAMPLE = {"colour": '"#1f5f8b"', "logo": "logo.png"}


def png(width: int, height: int) -> bytes:
    """Draw a plain square of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = (b"\0" + b"\x20\x60\x90" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("colour", "contrast"), [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54), ("#777777", 4.48)]
)
def test_contrast_is_reckoned_as_wcag_does(colour: str, contrast: float) -> None:
    """The two greys are the examples everybody knows: one passes, one does not."""
    assert contrast_with_white(colour) == pytest.approx(contrast, abs=0.005)


@pytest.mark.parametrize(
    ("suffix", "data", "fault"),
    [
        (".png", png(64, 300), None),
        (".svg", PLAIN_SVG, None),
        (".png", PLAIN_SVG, "is no PNG"),
        (".png", png(63, 64), "is 63 x 64 pixels"),
        (".png", png(1025, 64), "is 1025 x 64 pixels"),
        (".png", png(64, 64) + bytes(101 * 1024), "100 at most"),
        (".svg", PLAIN_SVG + b" " * 51 * 1024, "50 at most"),
        (".svg", b"hello", "is no SVG"),
        (".svg", PLAIN_SVG.replace(b"<use", b"<script>alert(1)</script><use"), "may only draw"),
        (".svg", PLAIN_SVG.replace(b"<circle", b"<circle onload='x()'"), "may only draw"),
        (".svg", PLAIN_SVG.replace(b'href="#a"', b'href="https://example.org/a.svg"'), "may only draw"),
        (".svg", b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + PLAIN_SVG, "may only draw"),
    ],
)
def test_a_logo_is_small_and_only_draws(suffix: str, data: bytes, fault: str | None) -> None:
    """Whatever else it does is named, and refused."""
    faults = list(logo_faults(suffix, data))
    assert len(faults) == (0 if fault is None else 1)
    assert fault is None or fault in faults[0]


def test_a_clinic_may_have_both(tmp_path: Path) -> None:
    """The catalogue hands them to whoever draws."""
    content = make_content(tmp_path)
    (content / "logo.png").write_bytes(png(64, 64))
    edit(content / "clinic.yaml", 'colour: "#1f5f8b"', 'colour: "#9a3412"')
    clinic = load_catalog(content).clinic
    assert clinic.colour == "#9a3412"
    assert clinic.logo is not None
    assert (clinic.logo.content, clinic.logo.media_type) == (png(64, 64), "image/png")


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("colour", '"#ffcc00"', r"content/clinic.yaml:\d+: colour: has a contrast of 1.5 to 1 with white"),
        ("colour", "blue", r"content/clinic.yaml:\d+: colour: "),
        ("logo", "ours.png", r"content/clinic.yaml:\d+: logo: names ours.png, which cannot be read"),
        ("logo", "../.env", r"content/clinic.yaml:\d+: logo: "),
    ],
)
def test_what_nobody_could_see_is_refused_by_line(tmp_path: Path, key: str, value: str, problem: str) -> None:
    """`lumbar content check` names file, line and key; a logo lies in the content folder and nowhere else."""
    content = make_content(tmp_path)
    edit(content / "clinic.yaml", f"{key}: {EXAMPLE[key]}", f"{key}: {value}")
    (found,) = problems(content)
    assert re.match(problem, found), found


def test_the_report_carries_them() -> None:
    """The title is written in the clinic's colour, and its logo stands at the top; without either all is as it was."""
    texts = replace(TEXTS, clinic=replace(TEXTS.clinic, colour="#1f5f8b"))
    pages = ReportPages(**pages_of(REPORT, texts))
    first, second = report_figures(pages, png(128, 64))
    assert "#1f5f8b" in {str(text.get_color()) for text in first.axes[0].texts}
    assert [axes.get_label() for figure in (first, second) for axes in figure.axes].count("logo") == 1
    plain, _ = report_figures(ReportPages(**pages_of(REPORT, TEXTS)))
    assert "logo" not in [axes.get_label() for axes in plain.axes]
    assert b"/Image" in draw_report(pages, png(128, 64))
