"""How often one address, and one person, may ask the Mini App's API: a bucket for each, in this process's memory.

A bucket holds `burst` requests and fills up again at `per_second`. The page asks a handful of times when it is opened
and once for each press, so nobody who uses it meets a limit; what does meet it is a program. Several processes each
count for themselves, which allows a program so many times more and costs nobody a look at the database. Buckets that
are full again are forgotten, so memory follows what is asked at the moment; where too many are in use at once, those
that were used longest ago are forgotten first.

What is limited is what takes work: each request to the API, its document included. The page's files are not: they are
the same for everybody, kept by browsers, and a waiting room of phones loads dozens of each at once.
"""

from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from math import ceil

from starlette.requests import Request

MOST_BUCKETS = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `burst` requests at once, `per_second` in the long run."""

    burst: float
    per_second: float


PER_ADDRESS = Rate(burst=120, per_second=4.0)  # a clinic's waiting room may share one address
PER_PERSON = Rate(burst=40, per_second=1.0)
IPV6_PREFIX = 64
"""So many bits of an IPv6 address name a network; the rest its owner chooses as they like."""


class Limit:
    """Buckets by name, all of one rate."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # what is left, at which second

    def wait_seconds(self, name: str, now: float) -> int:
        """Take one request out of a bucket at `now` (monotonic seconds); return 0, or how long to wait if it is empty.

        What is refused takes nothing.
        """
        left, at = self._buckets.pop(name, (self._rate.burst, now))
        left = min(self._rate.burst, left + (now - at) * self._rate.per_second)
        allowed = left >= 1
        self._buckets[name] = (left - allowed, now)
        self._forget(now)
        return 0 if allowed else ceil((1 - left) / self._rate.per_second)

    def _forget(self, now: float) -> None:
        """Forget the bucket used longest ago, if it is full again or there are too many."""
        name, (left, at) = next(iter(self._buckets.items()))
        is_full = left + (now - at) * self._rate.per_second >= self._rate.burst
        if is_full or len(self._buckets) > MOST_BUCKETS:
            del self._buckets[name]


def address_of(request: Request) -> str | None:
    """Return by which address a request is counted, of IPv6 the network; None where that cannot be told.

    It is the one that the request came from; behind a reverse proxy, what the proxy says.

    A proxy stands on this machine or in its private network, and appends to X-Forwarded-For the address it was called
    from, or adds a line of that name. Of all of it only the last entry is believed, for anybody can write the ones
    before; and from a peer on the internet none is. Where a proxy tells no address, all would share its own, so that
    nothing can be counted.
    """
    host = request.client.host if request.client else ""
    peer = _parsed(host)
    if peer is None or not peer.is_private:
        return _counted(host)
    told = ",".join(request.headers.getlist("x-forwarded-for")).rpartition(",")[2].strip()
    return _counted(told) if told else None


def _parsed(host: str) -> IPv4Address | IPv6Address | None:
    """Read an address; one of IPv4 that comes in IPv6's clothes, as to a socket for both, is itself."""
    try:
        address = ip_address(host)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _counted(host: str) -> str:
    match _parsed(host):
        case None:
            return host
        case IPv6Address() as address:
            return str(ip_network((int(address), IPV6_PREFIX), strict=False))
        case address:
            return str(address)
