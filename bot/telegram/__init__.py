"""Telegram: the adapter between the Bot API and the rest of Lumbar.

Everything that knows python-telegram-bot, aiohttp or the shape of a Bot API answer lives here and stays here: use cases
get plain values, the domain gets events.
"""

import os

# PTB's coming type for durations (RetryAfter.retry_after and the like are timedeltas); without it every 429 warns.
os.environ.setdefault("PTB_TIMEDELTA", "true")
