"""What a URL names, and what a host is: an address, this machine, one of a private network."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from urllib.parse import urlsplit

_DOCUMENTED = tuple(map(ipaddress.ip_network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")))
"""RFC 5737, RFC 3849."""


@lru_cache(maxsize=256)  # what several diagnoses ask of one call
def split_url(url: str | None) -> tuple[str, str | None, int | None, str]:
    """Return scheme, host, port and path (with the query) of a URL; of a broken one only the usual ones.

    A command may give one without its scheme.
    """
    try:
        parts = urlsplit(url if url and "://" in url else f"//{url or ''}")
        query = f"?{parts.query}" if parts.query else ""
        return parts.scheme or "https", parts.hostname, parts.port, (parts.path or "/") + query
    except ValueError:  # a broken IPv6 literal or port
        return "https", None, None, "/"


def is_address(host: str) -> bool:
    """Tell whether a host is an IP address."""
    if ":" not in host and not host.rstrip("]")[-1:].isdigit():
        return False  # most are names, and to raise an exception takes its time
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def is_here(host: str) -> bool:
    """Tell whether a host is the machine itself that curl ran on."""
    return host.lower() == "localhost" or (is_address(host) and ipaddress.ip_address(host.strip("[]")).is_loopback)


def is_own(host: str) -> bool:
    """Tell whether a host is this machine itself, or an address of a private network.

    Those for documentation stand for public ones, where somebody has hidden them.
    """
    address = ipaddress.ip_address(host.strip("[]")) if is_address(host) else None
    private = address is not None and address.is_private
    return is_here(host) or (private and not any(address in network for network in _DOCUMENTED))
