"""500 ways to be let into the Mini App without having been signed in: none may succeed.

They are made from one good `initData`, always the same ones: its signature, its fields and its words tampered with one
at a time; good signatures of another bot, by another scheme, of another time; and fields that are well signed and still
name nobody. What reads the same once decoded (another order of the fields, another way to escape a letter) is no
forgery and is not here.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from bot.web.init_data import MOST_CHARACTERS, sign

TOKEN = "424242:a-token-that-only-the-sandbox-knows-of"
OTHER_TOKEN = "424243:a-token-that-only-the-sandbox-knows-of"
NOW = datetime(2026, 5, 6, 10, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
ADA, EVE = 4242, 6666
HOUR = 3600
COUNT = 500


def fields_of(user_id: object = ADA, seconds: object = SECONDS) -> dict[str, str]:
    """Return what Telegram signs for a person at a time (Unix seconds)."""
    user = {"id": user_id, "first_name": "Ada", "language_code": "es"}
    return {"auth_date": str(seconds), "query_id": "AAHq1", "user": json.dumps(user, separators=(",", ":"))}


def signed(fields: dict[str, str], token: str = TOKEN) -> str:
    """Return `initData` with these fields, well signed by a bot."""
    return urlencode({**fields, "hash": sign(fields, token)})


GOOD = signed(fields_of())


def forgeries() -> list[str]:
    """Return 500 different strings."""
    made = dict.fromkeys(
        [
            *_tampered_hashes(),
            *_tampered_fields(),
            *_other_signers(),
            *_other_times(),
            *_nobodies(),
            *_no_query_strings(),
            *_tampered_words(),
        ]
    )
    assert GOOD not in made
    return list(made)[:COUNT]


def _tampered_hashes() -> Iterator[str]:
    fields = fields_of()
    digest = sign(fields, TOKEN)
    for at, digit in enumerate(digest):
        yield urlencode({**fields, "hash": digest[:at] + f"{int(digit, 16) ^ 1:x}" + digest[at + 1 :]})
    for wrong in (digest.upper(), digest[:-1], f"{digest}0", f"0x{digest[2:]}", "0" * 64, " " * 64, "é" * 64, ""):
        yield urlencode({**fields, "hash": wrong})
    yield urlencode(fields)
    yield urlencode({**fields, "signature": digest})


def _tampered_fields() -> Iterator[str]:
    fields = fields_of()
    digest = sign(fields, TOKEN)
    for name, value in fields.items():
        rest = {key: one for key, one in fields.items() if key != name}
        yield urlencode({**rest, "hash": digest})
        yield urlencode({**rest, name: "", "hash": digest})
        yield urlencode({**rest, f"{name} ": value, "hash": digest})
        yield urlencode({**rest, name.upper(): value, "hash": digest})
        yield f"{GOOD}&{name}={quote(value)}"  # twice the same
        yield f"{name}={quote(value)}&{GOOD}"
        yield signed({**rest, name: f"{value}\n"})
        for other, its in rest.items():  # one field that passes for two where they are signed
            joined = {key: one for key, one in rest.items() if key != other}
            yield urlencode({**joined, name: f"{value}\n{other}={its}", "hash": digest})
    for name in ("start_param", "chat_type", "can_send_after", "signature", "a", "zz"):
        yield urlencode({**fields, name: "1", "hash": digest})
    yield f"{GOOD}&hash={digest}"
    yield f"{GOOD}&user={quote(fields_of(EVE)['user'])}"
    yield f"user={quote(fields_of(EVE)['user'])}&{GOOD}"
    yield urlencode({**fields_of(EVE), "hash": digest})
    yield urlencode({**fields_of(seconds=SECONDS + 1), "hash": digest})


def _other_signers() -> Iterator[str]:
    fields = fields_of()
    lines = "\n".join(f"{key}={fields[key]}" for key in sorted(fields))
    yield signed(fields, OTHER_TOKEN)
    yield signed(fields, "")
    yield signed(fields, TOKEN.partition(":")[2])
    keys = {
        "the token": TOKEN.encode(),
        "of the login widget": hashlib.sha256(TOKEN.encode()).digest(),
        "the other way round": hmac.new(TOKEN.encode(), b"WebAppData", hashlib.sha256).digest(),
        "in hexadecimal": hmac.new(b"WebAppData", TOKEN.encode(), hashlib.sha256).hexdigest().encode(),
        "the word": b"WebAppData",
        "none": b"",
    }
    for key in keys.values():
        yield urlencode({**fields, "hash": hmac.new(key, lines.encode(), hashlib.sha256).hexdigest()})
    yield urlencode({**fields, "hash": hashlib.sha256(lines.encode()).hexdigest()})
    yield urlencode({**fields, "hash": hmac.new(keys["the token"], lines.encode(), hashlib.sha512).hexdigest()[:64]})


def _other_times() -> Iterator[str]:
    for minutes in range(61, 121):
        yield signed(fields_of(seconds=SECONDS - 60 * minutes))
    for seconds in (
        SECONDS - HOUR - 1,
        SECONDS - 24 * HOUR,
        SECONDS + 61,
        SECONDS + HOUR,
        SECONDS + 366 * 24 * HOUR,
        0,
    ):
        yield signed(fields_of(seconds=seconds))
    for words in ("", "now", f"-{SECONDS}", f"+{SECONDS}", f"{SECONDS}.0", f"{SECONDS}e0", hex(SECONDS), f" {SECONDS}"):
        yield signed(fields_of(seconds=words))
    for words in ("9" * 12, "9" * 13, "9" * 400, "٢٠٢٦", "NaN", "1_778_061_600", "null", "true"):
        yield signed(fields_of(seconds=words))


def _nobodies() -> Iterator[str]:
    ids: tuple[object, ...] = (
        0,
        -1,
        -ADA,
        2**52,
        2**63,
        2**64,
        10**400,
        1.5,
        4242.0,
        True,
        False,
        None,
        "4242",
        "",
        [ADA],
        {},
    )
    for user_id in ids:
        yield signed(fields_of(user_id))
    for user in ("", "null", "4242", '"4242"', "[]", "{}", "[4242]", "{", '{"id":4242', '{"first_name":"Ada"}', "NaN"):
        yield signed({**fields_of(), "user": user})
    yield signed({**fields_of(), "user": "[" * 3000})
    yield signed({**fields_of(), "user": '{"id":4242,"id":0}'})
    without = {key: one for key, one in fields_of().items() if key != "user"}
    yield signed(without)
    for name in ("chat", "receiver", "User", "user_id"):
        yield signed({**without, name: fields_of()["user"]})
    yield signed({**fields_of(), "query_id": "a" * MOST_CHARACTERS})
    yield signed({**fields_of(), **{f"field{number}": "1" for number in range(40)}})


def _no_query_strings() -> Iterator[str]:
    yield from ("", " ", "&", "=", "hash", "hash=", "user", "null", "undefined", "{}", "\x00", "💊", "tma", "%", "%00")
    yield from (f"{GOOD}&", f"&{GOOD}", f"{GOOD}&&", f"{GOOD}&lonely", f"{GOOD}\x00", f"{GOOD} ", f"{GOOD};a=b")
    yield from (f"?{GOOD}", f"#{GOOD}", quote(GOOD), GOOD.replace("&", ";"), GOOD.replace("=", ":"), GOOD * 2)
    yield from (GOOD.replace("Ada", "%ff%fe"), GOOD.replace("Ada", "%ed%a0%80"), "a=" + "b" * 100_000, "a=b&" * 2000)
    yield json.dumps(fields_of())
    yield from (GOOD[:length] for length in range(10, len(GOOD), 10))


def _tampered_words() -> Iterator[str]:
    """Change every letter of every field, one at a time: what is signed stays as it was."""
    fields = fields_of()
    digest = sign(fields, TOKEN)
    for name, value in fields.items():
        for at, letter in enumerate(value):
            for other in ("0" if letter != "0" else "1", "", letter * 2, "\u200b"):
                yield urlencode({**fields, name: value[:at] + other + value[at + 1 :], "hash": digest})
