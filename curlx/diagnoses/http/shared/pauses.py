"""How long an answer asks to wait (`Retry-After`; RFC 9110, 10.2.3)."""

from __future__ import annotations

_MINUTE, _DIGITS = 60, 9
SHORT = 2 * _MINUTE
"""Seconds that need not be told in minutes."""


def waiting(value: str) -> str:
    """Say how long a `Retry-After` asks to wait: seconds, or until a date (RFC 9110, 10.2.3)."""
    if not value.isdecimal():
        return f"{value} seconds" if value.replace(".", "", 1).isdecimal() else f"until {value}"
    seconds = seconds_of(value)
    if seconds is None or seconds < SHORT:
        return f"{value} seconds"
    minutes = round(seconds / _MINUTE)
    return f"{value} seconds ({f'{minutes} minutes' if minutes < 120 else f'about {round(minutes / 60)} hours'})"


def seconds_of(value: str) -> int | None:
    """Return the seconds that a `Retry-After` asks to wait; None for a date, or for what is no time at all."""
    return int(value) if value.isdecimal() and len(value) <= _DIGITS else None
