"""Ports: those of a URL that names none, and how one is read."""

from __future__ import annotations

HTTP_PORT, HTTPS_PORT = 80, 443
"""The ports that a URL of http:// and of https:// stands for when it names none (RFC 9110, 4.2)."""
_DIGITS = 5
"""So many has the last there is (RFC 9293, 3.1: 16 bits)."""


def port_of(text: str) -> int | None:
    """Return the port that a text names; None where it names none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None
