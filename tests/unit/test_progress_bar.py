"""Progress of a long command: a line that moves on a terminal, plain lines elsewhere."""

import io
import os
import pty
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread

import pytest

from bot.progress_bar import LINE_EVERY_SECONDS, progress_bar


class Watch:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.seconds


class Terminal:
    """A terminal to write to, which is read as it fills."""

    def __init__(self) -> None:
        self._reader, writer = pty.openpty()
        self.stream = os.fdopen(writer, "w", encoding="utf-8")
        self._shown = b""
        self._reading = Thread(target=self._read)
        self._reading.start()

    def close(self) -> str:
        """Return everything that was shown on it."""
        if not self.stream.closed:
            self.stream.close()
            self._reading.join()
            os.close(self._reader)
        return self._shown.decode()

    def _read(self) -> None:
        with suppress(OSError):  # how Linux tells that the other end is closed
            while piece := os.read(self._reader, 4096):
                self._shown += piece


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """Return a terminal."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    terminal = Terminal()
    yield terminal
    terminal.close()


def test_a_log_gets_a_line_now_and_then() -> None:
    """Each line says how far it is and how long it will take at this pace; between two there is some time."""
    log, watch = io.StringIO(), Watch()
    with progress_bar("backup", stream=log, clock=watch) as tell:
        for done in range(101):
            tell(done, 100)
            watch.seconds += LINE_EVERY_SECONDS / 10
    assert log.getvalue().splitlines() == [
        f"backup: {done}% done, about {(100 - done) / 2:.0f} s left" for done in range(10, 100, 10)
    ]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        pytest.param(10, "90 s", id="seconds"),
        pytest.param(60, "9 min 0 s", id="minutes"),
        pytest.param(3600, "9 h 0 min", id="hours"),
    ],
)
def test_the_time_left_is_told_in_units_people_use(seconds: float, words: str) -> None:
    """A tenth is done after so many seconds, so nine times as many are left."""
    log, watch = io.StringIO(), Watch()
    with progress_bar("simulate", stream=log, clock=watch) as tell:
        watch.seconds += seconds
        tell(1, 10)
    assert log.getvalue() == f"simulate: 10% done, about {words} left\n"


def test_a_quick_command_says_nothing() -> None:
    """What is over before anybody wonders needs no progress; nor does what has not begun, or has ended."""
    log, watch = io.StringIO(), Watch()
    with progress_bar("backup", stream=log, clock=watch) as tell:
        tell(1, 2)
        watch.seconds += LINE_EVERY_SECONDS
        for done, total in ((0, 2), (2, 2), (0, 0)):
            tell(done, total)
    assert log.getvalue() == ""


def test_a_terminal_gets_one_line_that_is_redrawn_and_goes_away(terminal: Terminal) -> None:
    """Name, share and time left are shown, and the line is erased in the end."""
    with progress_bar("simulate", stream=terminal.stream) as tell:
        tell(42, 100)
    shown = terminal.close()
    assert "simulate" in shown
    assert "42%" in shown
    assert "-:--:--" in shown
    assert shown.rstrip().endswith("\x1b[2K")


def test_a_terminal_that_cannot_redraw_gets_plain_lines(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor's shell (TERM=dumb) is a terminal and still no place for escape codes."""
    monkeypatch.setenv("TERM", "dumb")
    watch = Watch()
    with progress_bar("simulate", stream=terminal.stream, clock=watch) as tell:
        watch.seconds += 60
        tell(50, 100)
    assert terminal.close() == "simulate: 50% done, about 60 s left\r\n"
