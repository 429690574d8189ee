"""A sentence of curl's that goes on in somebody else's words: quotes, brackets, a number, a link stand behind it."""

from __future__ import annotations

from itertools import islice

from curlx.events import Complaint, Unrecognized
from curlx.grammar import understand
from curlx.patterns import Pattern

_LONGEST = 1_000
_TRIES = 8
_STOPS = Pattern(r"[)\]}\"'`”’>;]{1,8}|\.{1,3} |\.$|,? \(|,? \[|</|\\n|, | - ")


def complaint_within(text: str) -> Complaint | None:
    """Return the failure that a line begins to tell of, up to where other words may begin; the longest reading wins."""
    if len(text) > _LONGEST:
        return None
    stops = [match.start() for match in _STOPS.finditer(text)]
    for stop in islice(reversed(stops), _TRIES):
        event = understand(text[:stop].rstrip()) if stop else None
        if event is not None and not isinstance(event, Unrecognized):
            return event if isinstance(event, Complaint) else None  # it tells of something else
    return None
