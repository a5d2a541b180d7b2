"""How fast a bot may send: in all, and to one chat.

Telegram allows about 30 messages a second for a bot and one a second for a chat, with a short burst. The bot's limit
is a sliding window, so that no second ever holds more calls than allowed; a bucket would let a full burst and a
second's refill pass together. Only calls that send something to a chat count for the chat; taking the buttons off an
old message does not.

A new relay cannot know what the last one sent a moment ago, so it begins as if the last second had been used up
evenly: one call at once, the next as those imagined ones grow old.

Time is the `clock` given, in seconds and never going back.
"""

from collections import deque
from collections.abc import Callable
from time import monotonic

CHAT_BURST = 20
CHAT_PER_SECOND = 1.0
_LONGEST_WINDOW_CALLS = 1000
_FEW_CHATS = 1000


class Rates:
    """What may be called now: at most `per_second` calls in any second, and fewer to any one chat."""

    def __init__(self, per_second: float, *, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._most = min(max(1, int(per_second)), _LONGEST_WINDOW_CALLS)
        self._window_seconds = self._most / per_second
        now = clock()
        apart = self._window_seconds / self._most
        self._calls = deque(now - apart * place for place in range(self._most, 0, -1))
        self._rests_until = now
        self._full_at: dict[int, float] = {}  # when a chat's burst will be whole again
        self._chat_rests_until: dict[int, float] = {}
        self._forget_at_size = _FEW_CHATS

    def available(self) -> int:
        """How many calls may be made now."""
        now = self._clock()
        while self._calls and self._calls[0] + self._window_seconds <= now:
            self._calls.popleft()
        return 0 if now < self._rests_until else self._most - len(self._calls)

    def seconds_until_available(self) -> float:
        """How long until a call may be made; 0 when one may be made now."""
        if self.available():
            return 0.0
        oldest = self._calls[0] + self._window_seconds if len(self._calls) == self._most else 0.0
        return max(self._rests_until, oldest) - self._clock()

    def spend(self, chat_id: int, method: str) -> None:
        """Count one call."""
        now = self._clock()
        self._calls.append(now)
        if not method.startswith("send"):
            return
        full_at = max(self._full_at.get(chat_id, now), now) + 1 / CHAT_PER_SECOND
        self._full_at[chat_id] = full_at
        empty_until = full_at + (1 - CHAT_BURST) / CHAT_PER_SECOND
        if empty_until > now:
            self.rest(chat_id, empty_until - now)
        self._forget_whole_ones(now)

    def rest(self, chat_id: int | None, seconds: float) -> None:
        """Send nothing to a chat, or (None) nothing at all, for `seconds`."""
        until = self._clock() + seconds
        if chat_id is None:
            self._rests_until = max(self._rests_until, until)
        else:
            self._chat_rests_until[chat_id] = max(self._chat_rests_until.get(chat_id, until), until)

    def resting_chats(self) -> set[int]:
        """Return the chats that get nothing just now."""
        now = self._clock()
        self._chat_rests_until = {chat: until for chat, until in self._chat_rests_until.items() if until > now}
        return set(self._chat_rests_until)

    def seconds_until_rested(self) -> float | None:
        """How long until the first of the resting chats may get something again; None when no chat rests."""
        if not self._chat_rests_until:
            return None
        return max(0.0, min(self._chat_rests_until.values()) - self._clock())

    def _forget_whole_ones(self, now: float) -> None:
        """Drop chats whose burst is whole again, now and then, so that a send costs the same however many there are."""
        if len(self._full_at) >= self._forget_at_size:
            self._full_at = {chat: full_at for chat, full_at in self._full_at.items() if full_at > now}
            self._forget_at_size = max(_FEW_CHATS, 2 * len(self._full_at))
