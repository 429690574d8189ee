"""Of a file that begins as no log does (`curlx/strangers.py`), only a whole call is believed."""

from __future__ import annotations

import msgspec

from curlx.timeline import Body, Timeline, Transfer


def unless_strange(timeline: Timeline, *, strange: bool) -> Timeline:
    """Return the timeline; of a strange file that shows no whole call, one in which curl says nothing."""
    if not strange or any(map(_is_whole, timeline.transfers)):
        return timeline
    return msgspec.structs.replace(timeline, transfers=(), curl_lines=0, loose=Body(), secrets=())


def _is_whole(call: Transfer) -> bool:
    """Tell whether something was asked on a connection, or went wrong on one: by chance no file holds both."""
    return bool(call.connections) and bool(call.exchanges or call.complaints or call.exit)
