"""What is no log of curl's, whatever words of curl's it holds.

Of a file that begins as no log does (`curlx/strangers.py`), only a whole call is believed. And where PowerShell tells
of its own command that it also calls curl, the command is no call of curl's unless curl itself says a word.
"""

from __future__ import annotations

import msgspec

from curlx.timeline import Body, Timeline, Transfer


def unless_strange(timeline: Timeline, *, strange: bool) -> Timeline:
    """Return the timeline; of a strange file that shows no whole call, one in which curl says nothing."""
    if strange and ("loose-words" in timeline.quirks or not any(map(_is_whole, timeline.transfers))):
        return msgspec.structs.replace(timeline, transfers=(), curl_lines=0, loose=Body(), secrets=())
    if timeline.loose.mark("powershell") and not any(map(_is_curls, timeline.transfers)):
        return msgspec.structs.replace(timeline, transfers=(), curl_lines=0)
    return timeline


def _is_whole(call: Transfer) -> bool:
    """Tell whether something was asked on a connection, or went wrong on one: by chance no file holds both.

    Nor does one hold a command and, below it, the word on which it ended.
    """
    failed = bool(call.complaints or call.exit)
    return (bool(call.connections) and (failed or bool(call.exchanges))) or (call.command is not None and failed)


def _is_curls(call: Transfer) -> bool:
    """Tell whether curl said anything of a call: the command alone is only what somebody typed."""
    return bool(call.connections or call.exchanges or call.complaints or call.exit)
