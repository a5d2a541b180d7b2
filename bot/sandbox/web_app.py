"""What Telegram signs when somebody opens a Mini App: `initData`, by the public scheme.

The fields without `hash`, one `key=value` to a line in the order of their keys, are signed with HMAC-SHA-256 under the
HMAC of the bot's token under the word WebAppData.
"""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode


def init_data(user: dict[str, Any], token: str, now: datetime) -> str:
    """Return what the bot of `token` gets when `user` opens its Mini App at `now`."""
    shown = {key: value for key, value in user.items() if key != "is_bot"}
    fields = {
        "auth_date": str(int(now.timestamp())),
        "query_id": f"AAsandbox{user['id']}",
        "user": json.dumps(shown, separators=(",", ":"), ensure_ascii=False),
    }
    lines = "\n".join(f"{key}={fields[key]}" for key in sorted(fields))
    secret = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    return urlencode({**fields, "hash": hmac.new(secret, lines.encode(), hashlib.sha256).hexdigest()})
