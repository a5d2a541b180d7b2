"""What counts as this machine talking to itself."""

import ipaddress


def is_loopback(hostname: str | None) -> bool:
    """Tell whether a host name or address is this machine's loopback."""
    if hostname == "localhost":
        return True
    try:
        return hostname is not None and ipaddress.ip_address(hostname).is_loopback
    except ValueError:
        return False
