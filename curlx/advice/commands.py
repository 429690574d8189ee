"""Commands that a reader can paste into a POSIX shell, filled in with what the log shows."""

from __future__ import annotations

import ipaddress
import shlex
from urllib.parse import urlsplit

import msgspec

from curlx.timeline import Connection, Transfer

PLACEHOLDER = "HOST"
"""Stands where a host belongs and the log shows none."""


class Endpoint(msgspec.Struct, frozen=True):
    """Where a transfer went. `host` is also the name in SNI (RFC 6066, 3); `proxy` is `host:port` of an HTTP tunnel."""

    host: str
    port: int
    path: str = "/"
    proxy: str | None = None

    @property
    def authority(self) -> str:
        """`host:port`, an IPv6 address in brackets."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_address(self) -> bool:
        """Whether the host is an IP address: no SNI is sent for one."""
        return is_address(self.host)

    def url(self, scheme: str = "https") -> str:
        """Return the URL; a default port is left out."""
        standard = {"https": 443, "http": 80}.get(scheme)
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host if self.port == standard else self.authority}{self.path}"


def quote(word: str) -> str:
    """Quote one word for a POSIX shell; what cannot be printed is left out."""
    if not word.isprintable():
        word = "".join(char for char in word if char.isprintable())
    return shlex.quote(word)


def is_address(host: str) -> bool:
    """Tell whether a host is an IP address."""
    if ":" not in host and not host.rstrip("]")[-1:].isdigit():
        return False  # most are names, and to raise an exception takes its time
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def endpoint_of(transfer: Transfer, connection: Connection | None = None) -> Endpoint:
    """Return where a transfer (or one connection of it) went: the origin, never the proxy."""
    scheme, host, port, path = _split(transfer.url)
    connection = connection or transfer.last_connection
    proxy = None
    if connection is not None:
        behind = connection.proxy
        target = connection.target_host or (connection.host if behind is None else None)
        if target and target != host:
            # A redirect went elsewhere: the path of the first URL does not belong to this host.
            host, path = target, "/" if host else path
            port = connection.target_port or (connection.port if behind is None else None)
        elif target:
            port = connection.target_port or (connection.port if behind is None else None) or port
        if behind is not None and behind.kind == "tunnel" and behind.host and behind.port and not behind.secure:
            proxy = f"{behind.host}:{behind.port}"
        if not host and behind is None and connection.attempts:
            # No name stands anywhere: with an IP address in the URL curl prints only the address that it tries.
            host, port = connection.attempts[-1].address, port or connection.attempts[-1].port
    return Endpoint(host or PLACEHOLDER, port or (80 if scheme == "http" else 443), path, proxy)


def _split(url: str | None) -> tuple[str, str | None, int | None, str]:
    try:
        parts = urlsplit(url or "")
        return parts.scheme or "https", parts.hostname, parts.port, parts.path or "/"
    except ValueError:  # a broken IPv6 literal or port
        return "https", None, None, "/"


def show_chain(endpoint: Endpoint, name: str | None = None) -> str:
    """Return the command that shows which certificates the peer really sends when it is asked for a name (SNI)."""
    name = name or endpoint.host
    words = ["openssl", "s_client", "-connect", endpoint.authority]
    if endpoint.proxy:
        words += ["-proxy", endpoint.proxy]
    if not is_address(name):
        words += ["-servername", name]
    return " ".join(map(quote, [*words, "-showcerts"])) + " </dev/null"


def curl(endpoint: Endpoint, *options: str, scheme: str = "https") -> str:
    """Return a curl command for the endpoint with these options."""
    return " ".join(map(quote, ["curl", "-v", *options, endpoint.url(scheme)]))
