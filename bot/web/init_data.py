"""Who opened the Mini App: Telegram's signed `initData`, checked.

The scheme is Telegram's own ("Validating data received via the Mini App"): the fields without `hash`, one `key=value`
to a line in the order of their keys, signed with HMAC-SHA-256 under a key that is itself the HMAC of the bot's token
under the word WebAppData. Whoever knows the token can sign, and nobody else.

What is refused is refused for one reason, and the reasons are for tests and counters: the person at the other end is
told nothing but 401. Nothing is parsed further than it has to be before the signature was found right.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import parse_qsl

MOST_CHARACTERS = 4096  # Telegram's are some 500
MOST_FIELDS = 32
FRESH_FOR = timedelta(hours=1)
CLOCKS_DIFFER_BY = timedelta(minutes=1)

_HASH_HEX_DIGITS = 64
_USER_IDS_END = 2**52  # Telegram: an id has at most 52 significant bits
_MOST_SECONDS_DIGITS = 12


@dataclass(frozen=True, slots=True)
class AppUser:
    """Who opened the page: Telegram's number of them, which is also that of their private chat, and their language."""

    id: int
    language_code: str | None = None


class Refused(StrEnum):
    """Why `initData` was refused."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    MALFORMED = "malformed"
    FORGED = "forged"
    STALE = "stale"
    FROM_THE_FUTURE = "from_the_future"
    NOBODY = "nobody"


def validate(init_data: str, bot_token: str, now: datetime) -> AppUser | Refused:
    """Return who signed in with `init_data` at most an hour before `now` (UTC), or why nobody did.

    The signature is compared in constant time.
    """
    if not init_data:
        return Refused.MISSING
    if len(init_data) > MOST_CHARACTERS:
        return Refused.TOO_LONG
    fields = _fields(init_data)
    if fields is None:
        return Refused.MALFORMED
    given = fields.pop("hash", "")
    if not hmac.compare_digest(sign(fields, bot_token).encode(), given.encode()):
        return Refused.FORGED
    signed_at = _instant(fields.get("auth_date", ""))
    if signed_at is None:
        return Refused.MALFORMED
    if now - signed_at > FRESH_FOR:
        return Refused.STALE
    if signed_at - now > CLOCKS_DIFFER_BY:
        return Refused.FROM_THE_FUTURE
    return _user(fields.get("user", ""))


def sign(fields: dict[str, str], bot_token: str) -> str:
    """Return the `hash` of these fields, in hexadecimal digits, as Telegram reckons it for the bot of this token."""
    lines = "\n".join(f"{key}={fields[key]}" for key in sorted(fields))
    secret = hmac.new(b"WebAppData", bot_token.encode(), hashlib.sha256).digest()
    return hmac.new(secret, lines.encode(), hashlib.sha256).hexdigest()


def _fields(init_data: str) -> dict[str, str] | None:
    """Read the fields; None for what no client of Telegram writes.

    That is a key twice, a field without "=", bytes that are no UTF-8, or a line break, which would let one field pass
    for two where they are signed.
    """
    try:
        pairs = parse_qsl(
            init_data, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=MOST_FIELDS
        )
        everything = "".join(key + value for key, value in pairs)
        everything.encode()  # a lone surrogate is no text
    except ValueError:
        return None
    fields = dict(pairs)
    if len(fields) != len(pairs) or "\n" in everything or len(fields.get("hash", "")) != _HASH_HEX_DIGITS:
        return None
    return fields


def _instant(seconds: str) -> datetime | None:
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= _MOST_SECONDS_DIGITS):
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _user(user: str) -> AppUser | Refused:
    try:
        read = json.loads(user)
    except (ValueError, RecursionError):
        return Refused.NOBODY
    if not isinstance(read, dict):
        return Refused.NOBODY
    user_id, language = read.get("id"), read.get("language_code")
    if type(user_id) is not int or not 0 < user_id < _USER_IDS_END:
        return Refused.NOBODY
    return AppUser(user_id, language if isinstance(language, str) else None)
