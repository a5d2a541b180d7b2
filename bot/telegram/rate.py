"""How fast a bot may send: one bucket for the bot, one for each chat, on the monotonic clock.

Telegram allows about 30 messages a second for a bot and one a second for a chat, with a short burst. Only calls that
send something to a chat count for the chat; taking the buttons off an old message does not. A new relay starts with an
empty bucket, because it cannot know what the last one sent a moment ago.
"""

from time import monotonic

CHAT_BURST = 8
CHAT_PER_SECOND = 1.0


class Rates:
    """The bot's bucket (`per_second`, as many at once) and the chats'."""

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._capacity = max(1.0, per_second)
        self._tokens = 1.0
        self._filled_at = monotonic()
        self._rests_until = 0.0
        self._chats: dict[int, float] = {}
        self._resting: dict[int, float] = {}

    def available(self) -> int:
        """How many calls may be made now."""
        now = monotonic()
        self._tokens = min(self._capacity, self._tokens + (now - self._filled_at) * self._per_second)
        self._filled_at = now
        return 0 if now < self._rests_until else int(self._tokens)

    def seconds_until_available(self) -> float | None:
        """How long until a call may be made; None when one may be made now."""
        if self.available() >= 1:
            return None
        return max(self._rests_until - monotonic(), (1 - self._tokens) / self._per_second)

    def spend(self, chat_id: int, method: str) -> None:
        """Count one call."""
        self._tokens -= 1
        if not method.startswith("send"):
            return
        now = monotonic()
        # The moment at which this chat's bucket would be full again; a full bucket needs no entry.
        full_at = max(self._chats.get(chat_id, now), now) + 1 / CHAT_PER_SECOND
        self._chats[chat_id] = full_at
        if full_at - now > CHAT_BURST / CHAT_PER_SECOND:
            self._resting[chat_id] = full_at - CHAT_BURST / CHAT_PER_SECOND

    def rest(self, chat_id: int | None, seconds: float) -> None:
        """Send nothing to a chat, or nothing at all, for `seconds`."""
        until = monotonic() + seconds
        if chat_id is None:
            self._rests_until = max(self._rests_until, until)
        else:
            self._resting[chat_id] = max(self._resting.get(chat_id, 0.0), until)

    def resting_chats(self) -> set[int]:
        """Return the chats that get nothing just now, forgetting those that need no memory any more."""
        now = monotonic()
        self._chats = {chat: full_at for chat, full_at in self._chats.items() if full_at > now}
        self._resting = {chat: until for chat, until in self._resting.items() if until > now}
        return set(self._resting)
