"""Who is let into the Mini App: whom Telegram signed in within the hour, and nobody else."""

from urllib.parse import parse_qsl, quote, urlencode

import pytest

from bot.sandbox.web_app import init_data
from bot.web.init_data import AppUser, Refused, sign, validate
from tests.unit.web.forgeries import ADA, COUNT, GOOD, NOW, SECONDS, TOKEN, fields_of, forgeries, signed

# Reckoned by `openssl dgst -sha256`: with -hmac WebAppData over the token, then with that as hexkey over the lines.
BY_OPENSSL = "84bba51956eef52b3a68b7c69a8cca8c71ee4b74f8d4dff7bf8ba9e43fce1a08"


def test_the_signature_is_telegrams() -> None:
    """What another program reckons by Telegram's description is what we reckon."""
    assert sign(fields_of(), TOKEN) == BY_OPENSSL


def test_whoever_telegram_signed_in_is_let_in() -> None:
    """By number and language; Telegram's own second signature and fields of later versions change nothing."""
    assert validate(GOOD, TOKEN, NOW) == AppUser(ADA, "es")
    later = signed({**fields_of(), "signature": "ab_-", "start_param": "x", "chat_instance": "1"})
    assert validate(later, TOKEN, NOW) == AppUser(ADA, "es")


def test_the_sandbox_signs_as_telegram_does() -> None:
    """What the emulated Telegram hands to a Mini App is let in, whatever letters the name has."""
    user = {"id": ADA, "is_bot": False, "first_name": "Zoë & 李=1\n", "language_code": "pt-br"}
    assert validate(init_data(user, TOKEN, NOW), TOKEN, NOW) == AppUser(ADA, "pt-br")


@pytest.mark.parametrize(
    ("seconds_ago", "let_in"),
    [(0, True), (3600, True), (3601, False), (-60, True), (-61, False)],
    ids=["now", "an hour ago", "a second more", "a minute ahead", "a second more ahead"],
)
def test_it_is_good_for_an_hour(seconds_ago: int, let_in: bool) -> None:  # noqa: FBT001 - a column of the table
    """Clocks may differ by a minute; beyond that nobody signs for tomorrow."""
    found = validate(signed(fields_of(seconds=SECONDS - seconds_ago)), TOKEN, NOW)
    assert isinstance(found, AppUser) is let_in


def test_how_it_is_escaped_and_ordered_does_not_matter() -> None:
    """The fields are signed, not the way in which they were written down."""
    pairs = parse_qsl(GOOD)
    assert validate(urlencode(pairs[::-1]), TOKEN, NOW) == AppUser(ADA, "es")
    assert validate("&".join(f"{key}={quote(one, safe='')}" for key, one in pairs), TOKEN, NOW) == AppUser(ADA, "es")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("", Refused.MISSING),
        ("a" * 5000, Refused.TOO_LONG),
        ("hash", Refused.MALFORMED),
        (f"{GOOD}&user=1", Refused.MALFORMED),
        (GOOD.replace("AAHq1", "AAHq2"), Refused.FORGED),
        (signed(fields_of(seconds=SECONDS - 7200)), Refused.STALE),
        (signed(fields_of(seconds=SECONDS + 7200)), Refused.FROM_THE_FUTURE),
        (signed(fields_of(0)), Refused.NOBODY),
    ],
    ids=["missing", "too long", "malformed", "a key twice", "forged", "stale", "from the future", "nobody"],
)
def test_every_refusal_has_its_reason(given: str, why: Refused) -> None:
    """For counters and tests; the person at the other end learns none."""
    assert validate(given, TOKEN, NOW) is why


def test_five_hundred_forgeries_are_refused() -> None:
    """Each of them is different, and none is let in."""
    made = forgeries()
    assert len(set(made)) == COUNT
    assert [one for one in made if isinstance(validate(one, TOKEN, NOW), AppUser)] == []
