"""The easel: a process that draws, is replaced when it dies, and never holds anybody up."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from subprocess import PIPE

import pytest
import pytest_asyncio

from bot import easel as module
from bot.easel import Easel
from bot.presentation.letterhead import letterheads_of
from bot.presentation.progress import chart_of
from bot.presentation.report import pages_of
from tests.unit.presentation.rendered import CHAT, FULL, REPORT, TEXTS
from tests.unit.test_letterhead import png

CHART = chart_of(FULL, CHAT, TEXTS)
AT_THE_EASEL = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def easel() -> AsyncIterator[Easel]:
    """Return one easel for all tests: matplotlib takes seconds to come, and no drawing leaves a trace there."""
    one = Easel()
    yield one
    await one.close()


def process_of(easel: Easel) -> int:
    """Return the id of the process that draws."""
    assert easel._process is not None  # noqa: SLF001 - the process is what is tested
    return easel._process.pid  # noqa: SLF001 - as above


@AT_THE_EASEL
async def test_one_process_draws_pictures_and_pages(easel: Easel) -> None:
    """The second drawing finds it at work; the bot's own process has not imported matplotlib."""
    picture = await easel.draw("progress", CHART)
    first = process_of(easel)
    pages = await easel.draw("report", pages_of(REPORT, TEXTS))
    assert picture is not None
    assert picture.startswith(b"\x89PNG")
    assert pages is not None
    assert pages.startswith(b"%PDF")
    assert process_of(easel) == first


async def test_the_report_has_the_clinics_logo() -> None:
    """It waits at the easel, and lies in no letter."""
    easel = Easel(png(64, 64))
    try:
        pages = await easel.draw("report", pages_of(REPORT, TEXTS))
    finally:
        await easel.close()
    assert pages is not None
    assert b"/Image" in pages


@AT_THE_EASEL
async def test_the_letterhead_has_the_clinics_logo(easel: Easel) -> None:
    """Drawn from what the letter does not hold; with another logo it is another picture."""
    (letterhead, _) = letterheads_of(TEXTS.clinic).values()
    other = Easel(png(64, 64))
    try:
        assert await easel.draw("letterhead", letterhead.data) != await other.draw("letterhead", letterhead.data)
    finally:
        await other.close()


@AT_THE_EASEL
async def test_what_cannot_be_drawn_is_none_and_harms_no_other(easel: Easel) -> None:
    """An unknown kind, fields that are none: the next drawing is drawn."""
    assert await easel.draw("portrait", {}) is None
    assert await easel.draw("progress", {"title": "only this"}) is None
    assert await easel.draw("progress", CHART)


@AT_THE_EASEL
async def test_a_process_that_was_killed_is_replaced(easel: Easel) -> None:
    """As one that ended by itself."""
    assert await easel.draw("progress", CHART)
    first = process_of(easel)
    os.kill(first, signal.SIGKILL)
    assert await easel.draw("progress", CHART)
    assert process_of(easel) != first


@AT_THE_EASEL
async def test_drawings_that_come_at_once_take_turns(easel: Easel) -> None:
    """Each gets its own."""
    drawn = await asyncio.gather(*(easel.draw("progress", CHART) for _ in range(3)))
    assert len({picture for picture in drawn if picture is not None}) == 1
    assert None not in drawn


@AT_THE_EASEL
async def test_too_many_are_not_kept_waiting(easel: Easel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond so many that wait, words have to do."""
    monkeypatch.setattr(module, "MOST_WAITING", 1)
    first, second = await asyncio.gather(*(easel.draw("progress", CHART) for _ in range(2)))
    assert first is not None
    assert second is None


def test_it_ends_when_the_bot_is_gone() -> None:
    """Its pipe ends then, however the bot ended."""
    process = subprocess.Popen([sys.executable, "-m", "bot.easel"], stdin=PIPE, stdout=PIPE)
    process.communicate(timeout=30)
    assert process.returncode == 0


def test_it_ends_without_a_word_when_the_bot_goes_while_it_draws() -> None:
    """A bot that was killed wants no drawing any more: that is no crash, and no line of the log tells of one."""
    process = subprocess.Popen([sys.executable, "-m", "bot.easel"], stdin=PIPE, stdout=PIPE, stderr=PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.close()
    process.stdin.write(json.dumps({"kind": "qr", "data": {"url": "https://example.org"}, "logo": ""}).encode() + b"\n")
    process.stdin.close()
    assert process.stderr is not None
    with process:
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_the_bot_does_not_import_matplotlib() -> None:
    """It costs memory and a second of start-up."""
    code = "import sys, bot.bootstrap; sys.exit('matplotlib' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
