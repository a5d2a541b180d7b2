"""What happened, in order, for whoever watches: the chat page and tests wait here instead of sleeping.

Each entry is a dict with `seq` (from 1, without gaps), `kind` and, where it concerns a chat, `chat_id`. Only the
latest entries are kept; one who has fallen behind them starts over from a snapshot.
"""

import asyncio
from collections import deque
from typing import Any

_KEPT = 20_000

Entry = dict[str, Any]


class Journal:
    """A bounded list of entries that can be awaited from the event loop."""

    def __init__(self) -> None:
        self.seq = 0
        self.closed = False
        self._entries: deque[Entry] = deque(maxlen=_KEPT)
        self._changed = asyncio.Event()

    def add(self, kind: str, chat_id: int | None = None, **details: Any) -> None:
        """Append an entry and wake everybody who waits."""
        self.seq += 1
        entry: Entry = {"seq": self.seq, "kind": kind, **details}
        if chat_id is not None:
            entry["chat_id"] = chat_id
        self._entries.append(entry)
        self._wake()

    def close(self) -> None:
        """Send everybody who waits home."""
        self.closed = True
        self._wake()

    def since(self, after: int, chat_id: int | None = None) -> list[Entry]:
        """Return entries later than `after`, those of one chat where `chat_id` is given."""
        found: list[Entry] = []
        for entry in reversed(self._entries):
            if entry["seq"] <= after:
                break
            if chat_id is None or entry.get("chat_id") == chat_id:
                found.append(entry)
        return found[::-1]

    async def wait(self, after: int, *, chat_id: int | None = None, timeout_seconds: float) -> list[Entry]:
        """Return entries later than `after`, waiting up to `timeout_seconds` for the first; empty when none came."""
        try:
            async with asyncio.timeout(timeout_seconds):
                while True:
                    changed = self._changed
                    found = self.since(after, chat_id)
                    if found or self.closed:
                        return found
                    await changed.wait()
        except TimeoutError:
            return []

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
