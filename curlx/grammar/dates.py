"""Read the dates in certificates and headers, in the spellings of all TLS libraries."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from curlx.patterns import Pattern

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
_ZONE = r"(?: ?(?:GMT|UTC|Z))?"
_DATES = tuple(
    Pattern(pattern)
    for pattern in (
        rf"(?P<month>[A-Za-z]{{3}}) {{1,2}}(?P<day>\d{{1,2}}) {_CLOCK} (?P<year>\d{{4}}){_ZONE}",
        rf"[A-Za-z]{{3}}, (?P<day>\d{{1,2}})[ -](?P<month>[A-Za-z]{{3}})[ -](?P<year>\d{{4}}) {_CLOCK}{_ZONE}",
        rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})[ T]{_CLOCK}{_ZONE}",
        rf"[A-Za-z]{{3}} (?P<month>[A-Za-z]{{3}}) {{1,2}}(?P<day>\d{{1,2}}) {_CLOCK} (?P<year>\d{{4}}){_ZONE}",
    )
)


@lru_cache(maxsize=1024)
def parse_date(text: str) -> str | None:
    """Return a date of a certificate or a header as ISO 8601 in UTC (`2026-10-24T08:42:02Z`); None when unreadable.

    All libraries print certificates' dates in UTC (RFC 5280, 4.1.2.5), whether or not they say so.
    """
    for pattern in _DATES:
        match = pattern.fullmatch(text.strip())
        if match is None:
            continue
        month = match["month"].lower()
        if not month.isdigit() and month not in _MONTHS:
            return None
        try:
            moment = datetime(
                int(match["year"]),
                int(month) if month.isdigit() else _MONTHS.index(month) + 1,
                int(match["day"]),
                int(match["hour"]),
                int(match["minute"]),
                int(match["second"] or 0),
            )
        except ValueError:
            return None
        return moment.isoformat() + "Z"
    return None
