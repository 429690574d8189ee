"""The words that messages are built from: named pieces of regular expressions, each without a capturing group."""

from __future__ import annotations

HOST = r"[^\s/,;()]+"
"""A host name, an address, or whatever stands in its place once a log was anonymised."""

PORT = r"\d{1,5}"

NUMBER = r"\d{1,18}"
"""Any other number; bounded, since Python refuses to read a number of thousands of digits."""


def without_port(authority: str) -> str:
    """Return the host of `host:443`, `[2001:db8::1]:443`, or of either without a port."""
    if authority.startswith("["):
        return authority[1:].partition("]")[0]
    host, colon, rest = authority.partition(":")
    return host if colon and ":" not in rest else authority
