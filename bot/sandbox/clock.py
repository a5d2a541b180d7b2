"""The sandbox's clock: real time plus an offset that can be moved, so that a month can be lived in a minute.

Every date the sandbox stamps comes from here, and the bot under test is given the same clock. Timeouts and retry
delays stay in real time. Reading is safe from any thread; moving belongs to the event loop's thread.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SandboxClock:
    """Real UTC time plus an offset, starting at `start` (aware) where given."""

    def __init__(self, start: datetime | None = None) -> None:
        self._offset = timedelta() if start is None else start - datetime.now(UTC)
        self._listeners: list[Callable[[], None]] = []

    @property
    def offset(self) -> timedelta:
        """How far this clock is ahead of the real one."""
        return self._offset

    def now(self) -> datetime:
        """Return the present moment as aware UTC with microseconds."""
        return datetime.now(UTC) + self._offset

    def move(self, by: timedelta, *, backwards: bool = False) -> datetime:
        """Move by `by` and return the new now; raises ValueError for a step back unless `backwards`."""
        if by < timedelta() and not backwards:
            raise ValueError(f"the clock goes forward only; {by} would turn it back")
        self._offset += by
        for listener in self._listeners:
            listener()
        return self.now()

    def move_to(self, at: datetime, *, backwards: bool = False) -> datetime:
        """Move to `at` (aware) and return the new now; raises ValueError when `at` is past unless `backwards`."""
        return self.move(at - self.now(), backwards=backwards)

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every move, from the mover's thread."""
        self._listeners.append(listener)
