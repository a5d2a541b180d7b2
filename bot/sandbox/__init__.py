"""An emulated Telegram Bot API on 127.0.0.1 with a chat page, for trying and testing a bot without a token.

It speaks Telegram's public HTTP API only, so any Bot API client can use it, and imports nothing of ours outside
this package. Three doors lead in:

    /bot<TOKEN>/<method>, /file/bot<TOKEN>/<path>   the bot's side, as api.telegram.org has it
    /sandbox/...                                    the person's side as JSON, for the page and for tests
    /                                               the chat page itself

State lives in memory and ends with the process. What a person may do is in `people`, what a bot may do in
`methods`; whether a call is well formed is decided by data (`bot-api.json` through `schema`).
"""

from bot.sandbox.clock import SandboxClock
from bot.sandbox.faults import Fault
from bot.sandbox.server import PortTaken, Sandbox

__all__ = ["Fault", "PortTaken", "Sandbox", "SandboxClock"]
