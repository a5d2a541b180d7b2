"""The easel: a process of its own that draws, so that the bot never imports matplotlib nor waits for it.

`Easel.draw` starts that process when something is to be drawn, hands it the numbers and labels over a pipe, one
drawing at a time, and gets bytes back. Nothing touches a disk. The process ends by itself once a minute has passed
without a drawing, or as soon as the bot is gone: its pipe ends then, whatever killed the bot. One that dies, or takes
too long, is replaced at the next drawing.

On the wire: a line of JSON each way in, `{"kind": ..., "data": ..., "logo": ...}`; out, the length as eight bytes and
the file. A length of 0 says that it could not be drawn.
"""

import asyncio
import json
import os
import select
import signal
import sys
from asyncio.subprocess import PIPE, Process
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, BinaryIO

import structlog

from bot import telemetry

IDLE_SECONDS = 60.0
LONGEST_SECONDS = 30.0  # the first drawing on a slow machine waits for matplotlib
MOST_WAITING = 20
_LENGTH_BYTES = 8

log = structlog.get_logger()


class Easel:
    """Draws what `bot.presentation` laid out; belongs to one event loop."""

    def __init__(self, logo: bytes = b"") -> None:
        """Take the clinic's logo, a PNG, for what has a letterhead."""
        self._logo = b64encode(logo).decode()
        self._process: Process | None = None
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def draw(self, kind: str, data: Mapping[str, Any]) -> bytes | None:
        """Return the file, or None where it cannot be drawn, or not soon: words will have to do."""
        if self._waiting >= MOST_WAITING:
            log.warning("drawing_left_out", kind=kind, reason="too many are waiting")
            return None
        self._waiting += 1
        try:
            async with self._turn:
                return await self._drawn(kind, data)
        finally:
            self._waiting -= 1

    async def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def _drawn(self, kind: str, data: Mapping[str, Any]) -> bytes | None:
        line = json.dumps({"kind": kind, "data": data, "logo": self._logo}).encode() + b"\n"
        for _ in range(2):  # the process may have ended by itself this moment
            try:
                async with asyncio.timeout(LONGEST_SECONDS):
                    content = await self._exchange(line)
            except (OSError, EOFError):
                await self.close()
            except TimeoutError:
                await self.close()
                log.warning("drawing_left_out", kind=kind, reason="it took too long")
                return None
            except asyncio.CancelledError:
                await self.close()  # half an answer may be in the pipe
                raise
            else:
                return content or None
        log.error("easel_does_not_start", remedy='check that this works: python -c "import matplotlib"')
        return None

    async def _exchange(self, line: bytes) -> bytes:
        if self._process is None:
            command = (sys.executable, "-m", "bot.easel")
            self._process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
        into, out = self._process.stdin, self._process.stdout
        if into is None or out is None:
            raise EOFError
        into.write(line)
        await into.drain()
        length = int.from_bytes(await out.readexactly(_LENGTH_BYTES))
        return await out.readexactly(length)


def serve(lines: BinaryIO, answers: BinaryIO) -> None:
    """Draw what `lines` ask for until they end, or none comes for a while."""
    while select.select([lines], [], [], IDLE_SECONDS)[0]:
        line = lines.readline()
        if not line:
            return
        content = _draw(line)
        answers.write(len(content).to_bytes(_LENGTH_BYTES))
        answers.write(content)
        answers.flush()


def _draw(line: bytes) -> bytes:
    """Draw one thing; what goes wrong is an empty answer and a log line, without the numbers: they are somebody's."""
    from bot.presentation import charts, clinic_chart, letterhead_chart, pages, qr  # noqa: PLC0415 - matplotlib, in this process only

    try:
        wanted = json.loads(line)
        match wanted["kind"]:
            case "progress":
                return charts.draw_progress(charts.ProgressChart(**wanted["data"]))
            case "report":
                return pages.draw_report(pages.ReportPages(**wanted["data"]), b64decode(wanted["logo"]))
            case "clinic":
                return clinic_chart.draw_clinic(clinic_chart.ClinicChart(**wanted["data"]))
            case "letterhead":
                shown = letterhead_chart.LetterheadChart(**wanted["data"])
                return letterhead_chart.draw_letterhead(shown, b64decode(wanted["logo"]))
            case "qr":
                return qr.draw_qr(wanted["data"]["url"])
            case _:
                log.error("drawing_failed", reason="there is no such kind")
                return b""
    except Exception:
        log.exception("drawing_failed")
        return b""


if __name__ == "__main__":
    telemetry.configure(log_format="json", stream=sys.stderr)  # standard output is for what is drawn
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C on the terminal is the bot's to answer
    with suppress(BrokenPipeError):  # the bot is gone, and wants no drawing any more
        serve(sys.stdin.buffer, sys.stdout.buffer)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left of an answer goes nowhere
