"""Where curl gives up and says not why, as it does with `-s`: the reading that several diagnoses share."""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.shared.asking import led_to
from curlx.timeline import Fact, Header, Timeline, Transfer


def dropped(transfer: Transfer) -> Fact[bool] | None:
    """Return where curl closes the last connection of a transfer of which it told no failure; None elsewhere."""
    connection = transfer.last_connection
    closed = connection.closed if connection is not None else None
    return closed if closed is not None and closed.value and _is_silent(transfer) else None


def unfollowed(timeline: Timeline) -> Iterator[tuple[int, Header, str]]:
    """Yield the redirects that curl set out to follow, and was done without a word: with `-s` it says not why.

    Each with its transfer's index and the URL that it leads to.
    """
    for index, transfer in enumerate(timeline.transfers):
        exchange, connection = transfer.last_exchange, transfer.last_connection
        response = exchange.response if exchange is not None else None
        if exchange is None or response is None or not exchange.superseded or not _is_silent(transfer):
            continue
        location = response.header("location")
        left = connection.closed if connection is not None else None
        if location is not None and left is not None and left.line > response.last_line:
            yield index, location, led_to(transfer, exchange, location.value)


def _is_silent(transfer: Transfer) -> bool:
    return not transfer.complaints and transfer.exit is None
