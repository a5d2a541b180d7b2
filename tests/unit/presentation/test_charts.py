"""Pictures: legible in light and dark, and drawn from whatever a journal may hold."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.domain.journal import Journal, overview_of
from bot.domain.report import report_of
from bot.presentation.charts import DARK, HEIGHT, LIGHT, WIDTH, Look, ProgressChart, draw_progress
from bot.presentation.pages import ReportPages, draw_report
from bot.presentation.progress import chart_of
from bot.presentation.report import pages_of
from tests.unit.presentation.rendered import CATALOG, CHAT, FULL, JOURNAL, NOW, REPORT, TEXTS

READABLE = 4.5  # WCAG 2.2, contrast of text


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(share * one for share, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(look: Look) -> None:
    """Every pair of text and ground that the picture uses, 4.5 to 1 or more; lines and edges 3 to 1."""
    texts = [
        (look.ink, look.ground),
        (look.soft_ink, look.ground),
        (look.ink, look.panel),
        (look.soft_ink, look.panel),
        (look.on_done, look.done),
        (look.ink, look.short),
        (look.ink, look.frozen),
    ]
    assert [pair for pair in texts if contrast(*pair) < READABLE] == []
    lines = [(look.before, look.ground), (look.during, look.ground), (look.done, look.ground), (look.edge, look.ground)]
    assert [pair for pair in lines if contrast(*pair) < 3] == []


def test_the_contrast_check_can_fail() -> None:
    """Black on white is 21, grey on white is not enough."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#999999", "#ffffff") < READABLE


def test_the_picture_is_a_png_for_a_phone() -> None:
    """1080 by 1440 pixels, as its header says, in either look."""
    for chat in (CHAT, replace(CHAT, wants_dark=True)):
        content = draw_progress(ProgressChart(**chart_of(FULL, chat, TEXTS)))
        assert content.startswith(b"\x89PNG")
        assert [int.from_bytes(content[at:end]) for at, end in pairwise((16, 20, 24))] == [WIDTH, HEIGHT]
        assert len(content) < 1_000_000


def test_nothing_on_record_can_be_drawn_too() -> None:
    """A first day has neither pain nor days before it."""
    overview = overview_of(Journal(), CHAT, NOW)
    assert draw_progress(ProgressChart(**chart_of(overview, CHAT, TEXTS))).startswith(b"\x89PNG")
    report = report_of(Journal(), CHAT, NOW)
    assert draw_report(ReportPages(**pages_of(report, TEXTS))).startswith(b"%PDF")


def test_a_report_has_two_pages_however_much_there_is() -> None:
    """Long tables say how many rows they leave out, in either language."""
    for texts in (TEXTS, replace(TEXTS, translator=CATALOG.translators["es"])):
        content = draw_report(ReportPages(**pages_of(REPORT, texts)))
        assert content.count(b"/Type /Page ") + content.count(b"/Type /Page\n") == 2
    much = pages_of(report_of(replace(JOURNAL, findings=JOURNAL.findings * 9), CHAT, NOW + timedelta(days=1)), TEXTS)
    assert [table["more"] != "" for table in much["tables"]] == [False, True, False, False]
