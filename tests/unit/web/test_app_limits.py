"""How often one may ask: buckets that fill up again, and whose address counts."""

import pytest
from starlette.requests import Request

from bot.web import app_limits
from bot.web.app_limits import Limit, Rate, address_of


def test_a_bucket_empties_and_fills_up_again() -> None:
    """Two at once, then one every four seconds; what was refused costs nothing."""
    limit = Limit(Rate(burst=2, per_second=0.25))
    assert [limit.wait_seconds("ada", 0.0) for _ in range(4)] == [0, 0, 4, 4]
    assert limit.wait_seconds("ada", 3.0) == 1
    assert limit.wait_seconds("ada", 4.0) == 0
    assert limit.wait_seconds("ada", 4.0) == 4


def test_everybody_has_their_own() -> None:
    """One who asks too often takes nothing from anybody else."""
    limit = Limit(Rate(burst=1, per_second=0.1))
    assert [limit.wait_seconds(name, 0.0) for name in ("ada", "ada", "eve")] == [0, 10, 0]


def test_a_bucket_never_holds_more_than_its_burst() -> None:
    """A night without a request is worth no more than a moment."""
    limit = Limit(Rate(burst=2, per_second=1.0))
    limit.wait_seconds("ada", 0.0)
    assert [limit.wait_seconds("ada", 30_000.0) for _ in range(3)] == [0, 0, 1]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asked longest ago is forgotten first, and whoever is forgotten starts afresh."""
    monkeypatch.setattr(app_limits, "MOST_BUCKETS", 3)
    limit = Limit(Rate(burst=1, per_second=0.001))
    for name in "abcd":
        assert limit.wait_seconds(name, 0.0) == 0
    assert limit.wait_seconds("d", 0.0) > 0
    assert limit.wait_seconds("a", 0.0) == 0


@pytest.mark.parametrize(
    ("peer", "told", "address"),
    [
        ("9.9.9.9", "", "9.9.9.9"),
        ("9.9.9.9", "198.51.100.7", "9.9.9.9"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.1.2.3", "6.6.6.6, 198.51.100.7", "198.51.100.7"),
        ("10.1.2.3", "6.6.6.6\n198.51.100.7", "198.51.100.7"),
        ("::1", "2600:db8:1:2:3::7", "2600:db8:1:2::/64"),
        ("2600:db8:1:2:ffff:1:1:1", "", "2600:db8:1:2::/64"),
        ("::ffff:9.9.9.9", "198.51.100.7", "9.9.9.9"),
        ("::ffff:10.1.2.3", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "", None),
        ("no address", "198.51.100.7", "no address"),
    ],
    ids=[
        "direct",
        "a stranger's word",
        "behind a proxy",
        "its last entry",
        "its last line",
        "IPv6, by its network",
        "IPv6 without a proxy",
        "a stranger at a socket for both",
        "a proxy at a socket for both",
        "a proxy that says nothing",
        "a socket's name",
    ],
)
def test_whose_address_counts(peer: str, told: str, address: str | None) -> None:
    """The peer's; a proxy of one's own network is believed in the last address it names, and nobody else in any."""
    headers = [(b"x-forwarded-for", line.encode()) for line in told.splitlines()]
    assert address_of(Request({"type": "http", "headers": headers, "client": (peer, 1)})) == address
