"""Progress of a long command: how far it is and how much time is left.

Somebody at a terminal sees one line that is redrawn and goes away in the end; a log or a pipe gets a plain line now and
then. Both go to standard error, so that standard output holds the result and nothing else. A command that is done
before the first plain line is due stays silent.

    with progress_bar("backup") as tell:
        tell(done, total)  # in any unit, as often as is convenient

Not here: anything a command found out; that is its result.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

Tell = Callable[[float, float], None]
"""Say how much of how much is done."""

LINE_EVERY_SECONDS = 5.0


@contextmanager
def progress_bar(what: str, *, stream: TextIO | None = None, clock: Callable[[], float] = monotonic) -> Iterator[Tell]:
    """Show how far `what` is while the context is open; `stream` is standard error, `clock` in seconds."""
    stream = stream or sys.stderr
    console = Console(file=stream)
    if stream.isatty() and not console.is_dumb_terminal:
        with _bar(console) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
    else:
        yield _lines(what, stream, clock)


def _bar(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True)


def _lines(what: str, stream: TextIO, clock: Callable[[], float]) -> Tell:
    begun_at = said_at = clock()

    def tell(done: float, total: float) -> None:
        nonlocal said_at
        now = clock()
        if not 0 < done < total or now - said_at < LINE_EVERY_SECONDS:
            return
        said_at = now
        left = (now - begun_at) * (total - done) / done
        print(f"{what}: {done / total:.0%} done, about {_in_words(left)} left", file=stream, flush=True)

    return tell


def _in_words(seconds: float) -> str:
    whole = round(seconds)
    if whole < 100:  # noqa: PLR2004 - people count seconds up to about there
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60} s" if whole < 6000 else f"{whole // 3600} h {whole % 3600 // 60} min"  # noqa: PLR2004 - and minutes up to here
