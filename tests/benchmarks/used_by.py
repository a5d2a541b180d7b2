"""What another process has used so far, as Linux tells it."""

import os
import re
import time
from pathlib import Path

_LOOK_SECONDS = 0.5
_REST_SECONDS = 0.05
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """Return seconds of processor time, user and system, of all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND


def wait_until_at_rest(pid: int) -> None:
    """Wait until a process has used next to nothing for half a second: it has started, and warmed up."""
    before, now = -1.0, cpu_seconds(pid)
    while now - before > _REST_SECONDS:
        time.sleep(_LOOK_SECONDS)
        before, now = now, cpu_seconds(pid)


def mebibytes(pid: int, field: str) -> float:
    """Return memory: what is resident now (VmRSS), or the most that ever was (VmHWM)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(rf"^{field}:\s+(\d+) kB$", status, re.MULTILINE)
    assert found is not None, field
    return int(found[1]) / 1024
