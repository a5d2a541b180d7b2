"""Faults on order: the next calls fail the way Telegram or the network would.

A fault meets calls in the order they come. Without a method it leaves getUpdates alone, so that a bot keeps
hearing while its answers fail; name getUpdates to break polling.
"""

from dataclasses import dataclass
from typing import Any, Literal, get_args

FaultKind = Literal["too_many_requests", "server_error", "drop_before", "drop_after"]
FAULT_KINDS: tuple[str, ...] = get_args(FaultKind)


@dataclass(slots=True)
class Fault:
    """The next `times` calls (of `method`, to `chat_id`, where given) fail.

    `too_many_requests` answers 429 with `retry_after` seconds, `server_error` answers 500 without carrying the call
    out, `drop_before` closes the connection without carrying it out, `drop_after` carries it out and loses the answer.
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


class FaultPlan:
    """The faults still to come."""

    def __init__(self) -> None:
        self.pending: list[Fault] = []

    def take(self, method: str, arguments: dict[str, Any]) -> Fault | None:
        """Return the fault this call meets, counting it off."""
        for fault in self.pending:
            if fault.meets(method, arguments):
                fault.times -= 1
                if fault.times <= 0:
                    self.pending.remove(fault)
                return fault
        return None
