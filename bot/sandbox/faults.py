"""Faults: calls fail the way Telegram or the network would, and updates come as no queue should bring them.

Two sources. Faults on order meet the next calls in the order they come; without a method one leaves getUpdates alone,
so that a bot keeps hearing while its answers fail: name getUpdates to break polling. `Weather` strikes calls at random,
polls included, from a seed. What strikes is counted.

`Deliveries` changes how updates travel, also from a seed: one chat's updates overtake another's, and updates that were
acknowledged already come once more, after newer ones. What one person sent keeps its order among itself, as in
Telegram's own queue.
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal, get_args

FaultKind = Literal[
    "too_many_requests", "server_error", "bad_gateway", "drop_before", "drop_after", "stall_before", "stall_after"
]
FAULT_KINDS: tuple[str, ...] = get_args(FaultKind)
_COPIES_KEPT = 200
_AHEAD = 10  # so many chats may overtake the one whose turn it is

Update = dict[str, Any]


@dataclass(slots=True)
class Fault:
    """The next `times` calls (of `method`, to `chat_id`, where given) fail.

    `too_many_requests` answers 429 with `retry_after` seconds, `server_error` answers 500 and `bad_gateway` 502 without
    carrying the call out, `drop_before` closes the connection without carrying it out, `drop_after` carries it out and
    loses the answer. `stall_before` and `stall_after` do the same and leave the connection open until the bot hangs up.
    """

    kind: FaultKind
    times: int = 1
    method: str | None = None
    chat_id: int | None = None
    retry_after: int = 1

    def meets(self, method: str, arguments: dict[str, Any]) -> bool:
        """Tell whether this call is one of those to fail."""
        if self.method is None:
            if method == "getUpdates":
                return False
        elif self.method.lower() != method.lower():
            return False
        return self.chat_id is None or arguments.get("chat_id") in {self.chat_id, str(self.chat_id)}


@dataclass(slots=True)
class Weather:
    """Strikes any call but getMe, without which no bot starts, with the share (0 to 1) of each kind."""

    random: Random
    shares: Mapping[FaultKind, float]

    def strikes(self, method: str) -> Fault | None:
        """Return the fault a call meets, if any."""
        chance = self.random.random()
        if method == "getMe":
            return None
        for kind, share in self.shares.items():
            chance -= share
            if chance < 0:
                return Fault(kind)
        return None


@dataclass(slots=True)
class FaultPlan:
    """The faults still to come, and how many of each kind have struck."""

    pending: list[Fault] = field(default_factory=list)
    weather: Weather | None = None
    struck: Counter[str] = field(default_factory=Counter)

    def take(self, method: str, arguments: dict[str, Any]) -> Fault | None:
        """Return the fault this call meets, counting it off."""
        fault = self._on_order(method, arguments) or (self.weather.strikes(method) if self.weather else None)
        if fault is not None:
            self.struck[fault.kind] += 1
        return fault

    def _on_order(self, method: str, arguments: dict[str, Any]) -> Fault | None:
        for fault in self.pending:
            if fault.meets(method, arguments):
                fault.times -= 1
                if fault.times <= 0:
                    self.pending.remove(fault)
                return fault
        return None


@dataclass(slots=True)
class Deliveries:
    """How updates travel: as they came, unless `random` is set; then `twice` is the share (0 to 1) that comes again."""

    random: Random | None = None
    twice: float = 0.0
    struck: Counter[str] = field(default_factory=Counter)
    _delivered: deque[Update] = field(default_factory=lambda: deque(maxlen=_COPIES_KEPT))

    def batch(self, updates: Iterable[Update]) -> list[Update]:
        """Return what a poll is answered with."""
        batch = list(updates)
        if self.random is None or not batch:
            return batch
        mixed = self._mixed(batch, self.random)
        for copy in [copy for copy in self._delivered if self.random.random() < self.twice]:
            mixed.insert(self.random.randrange(len(mixed) + 1), copy)
            self.struck["update_twice"] += 1
        return mixed

    def next(self, pending: deque[Update]) -> Update:
        """Return what is posted to the webhook next; `pending` is not empty."""
        if self.random is None:
            return pending[0]
        if self._delivered and self.random.random() < self.twice:
            self.struck["update_twice"] += 1
            return self.random.choice(self._delivered)
        firsts: dict[object, Update] = {}
        for update in list(pending)[: 5 * _AHEAD]:
            firsts.setdefault(_sender(update), update)
        chosen = self.random.choice(list(firsts.values())[:_AHEAD])
        self.struck["update_overtook"] += chosen is not pending[0]
        return chosen

    def arrived(self, update: Update) -> None:
        """Remember an update that was acknowledged; it may come again."""
        if self.random is not None:
            self._delivered.append(update)

    def _mixed(self, batch: list[Update], random: Random) -> list[Update]:
        """Return the updates in another order, but each sender's in theirs."""
        senders = [_sender(update) for update in batch]
        queues: dict[object, deque[Update]] = {}
        for sender, update in zip(senders, batch, strict=True):
            queues.setdefault(sender, deque()).append(update)
        random.shuffle(senders)
        mixed = [queues[sender].popleft() for sender in senders]
        self.struck["update_overtook"] += sum(a is not b for a, b in zip(mixed, batch, strict=True))
        return mixed


def _sender(update: Update) -> object:
    """Return whose update it is; one without a sender is nobody else's."""
    contents = [content for content in update.values() if isinstance(content, dict)]
    return next((content["from"]["id"] for content in contents if "from" in content), update.get("update_id"))
