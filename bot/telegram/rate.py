"""How fast a bot may send: in all, and to one chat.

Telegram allows about 30 messages a second for a bot (up to 1,000 where each beyond is paid for) and one a second for a
chat, with a short burst. The bot's limit is a sliding window, so that no second ever holds more calls than allowed; a
bucket would let a full burst and a second's refill pass together. Only calls that send something to a chat count for
the chat; taking the buttons off an old message does not.

Bulk (reminders, broadcasts) never takes the window's last places and leaves evenly instead of in one gulp: whatever
else comes up, an answer or a referral, finds a place free at once and the next one a moment later.

A new relay cannot know what the last one sent a moment ago, so it begins as if the last second had been used up
evenly: one call at once, the next as those imagined ones grow old.

A 429 does not say whose limit was hit. `slow_down` works it out: a group, or a chat that was written to in quick
succession, has hit its own; two others told to wait at the same time mean the bot. A wrong first guess costs one more
call; the other guess would let one flooding chat silence everybody.

Time is the `clock` given, in seconds and never going back.
"""

from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Literal

CHAT_BURST = 10
CHAT_PER_SECOND = 1.0
BULK_BURST_SECONDS = 0.1
_RESERVED_SHARE = 30  # one place in 30 is nobody's but an answer's
_HURRIED_SECONDS = 60.0  # for so long a chat's own 429 is explained by what it was sent
_LONGEST_WINDOW_CALLS = 1000
_FEW_CHATS = 1000

Scope = Literal["chat", "bot"]


class Rates:
    """What may be called now: at most `per_second` calls in any second, and fewer to any one chat."""

    def __init__(self, per_second: float, *, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._most = min(max(1, int(per_second)), _LONGEST_WINDOW_CALLS)
        self._window_seconds = self._most / per_second
        self._reserved = max(1, self._most // _RESERVED_SHARE) if self._most > 1 else 0
        self.bulk_per_second = (self._most - self._reserved) / self._window_seconds
        self._bulk_burst = max(1.0, per_second * BULK_BURST_SECONDS)
        self._rests_until = clock()
        self._full_at: dict[int, float] = {}  # when a chat's burst will be whole again
        self._hurried_until: dict[int, float] = {}
        self._chat_rests_until: dict[int, float] = {}
        self._forget_at_size = _FEW_CHATS
        self._unexplained: tuple[int | None, float] = (None, 0.0)
        self.begin()

    def begin(self) -> None:
        """Begin as if the last second had been used up."""
        now = self._clock()
        apart = self._window_seconds / self._most
        self._calls = deque(now - apart * place for place in range(self._most, 0, -1))
        self._bulk, self._bulk_at = 1.0, now

    def available(self, *, bulk: bool = False) -> int:
        """How many calls may be made now, or how many of them in bulk."""
        now = self._clock()
        while self._calls and self._calls[0] + self._window_seconds <= now:
            self._calls.popleft()
        if now < self._rests_until:
            return 0
        free = self._most - len(self._calls)
        return max(0, min(free - self._reserved, int(self._bulk_ready(now)))) if bulk else free

    def seconds_until_available(self, *, bulk: bool = False) -> float:
        """How long until a call may be made; 0 when one may be made now."""
        if self.available(bulk=bulk):
            return 0.0
        now = self._clock()
        kept = self._reserved if bulk else 0
        surplus = len(self._calls) - (self._most - kept)  # how many must grow old before one more fits
        oldest = self._calls[surplus] + self._window_seconds if surplus >= 0 else now
        paced = now + max(0.0, 1.0 - self._bulk_ready(now)) / self.bulk_per_second if bulk else now
        return max(self._rests_until, oldest, paced) - now

    def spend(self, chat_id: int, method: str, *, bulk: bool = False) -> None:
        """Count one call."""
        now = self._clock()
        self._calls.append(now)
        if bulk:
            self._bulk, self._bulk_at = self._bulk_ready(now) - 1.0, now
        if not method.startswith("send"):
            return
        before = max(self._full_at.get(chat_id, now), now)
        if before > now:
            self._hurried_until[chat_id] = now + _HURRIED_SECONDS
        full_at = self._full_at[chat_id] = before + 1 / CHAT_PER_SECOND
        empty_until = full_at + (1 - CHAT_BURST) / CHAT_PER_SECOND
        if empty_until > now:
            self.rest(chat_id, empty_until - now)
        self._forget_whole_ones(now)

    def slow_down(self, chat_id: int, seconds: float) -> Scope:
        """Heed a 429 that a call to this chat met: rest the chat, or everybody; return which of the two."""
        now = self._clock()
        last_chat, until = self._unexplained
        explained = chat_id < 0 or self._hurried_until.get(chat_id, now) > now
        if explained or last_chat is None or last_chat == chat_id or now >= until:
            if not explained:
                self._unexplained = (chat_id, now + seconds)
            self.rest(chat_id, seconds)
            return "chat"
        self.rest(None, seconds)
        return "bot"

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

    def _bulk_ready(self, now: float) -> float:
        return min(self._bulk_burst, self._bulk + (now - self._bulk_at) * self.bulk_per_second)

    def _forget_whole_ones(self, now: float) -> None:
        """Drop chats whose burst is whole again, now and then, so that a send costs the same however many there are."""
        if len(self._full_at) >= self._forget_at_size:
            self._full_at = {chat: full_at for chat, full_at in self._full_at.items() if full_at > now}
            self._hurried_until = {chat: until for chat, until in self._hurried_until.items() if until > now}
            self._forget_at_size = max(_FEW_CHATS, 2 * len(self._full_at))
