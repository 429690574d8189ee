"""A request that was answered, and not with the last word: 100 Continue, and no final answer behind it."""

from __future__ import annotations

from collections.abc import Iterator

from curlx.findings import Evidence, Remedy, cite
from curlx.timeline import Exchange, Response, Timeline


def only_interim(exchange: Exchange | None) -> Response | None:
    """Return the last interim answer where no final one had begun (RFC 9110, 15.2)."""
    if exchange is None or exchange.response is not None:
        return None
    return next(reversed(exchange.interim), None)


def cite_interim(timeline: Timeline, exchange: Exchange | None) -> Iterator[Evidence]:
    """Quote what was answered: the host is up, and nothing on the way drops its packets."""
    interim = only_interim(exchange)
    if interim is not None:
        yield cite(timeline, interim.first_line, "the server answered, and this is not its last word")


def causes(exchange: Exchange | None) -> Iterator[str]:
    """Say why a server that answered once may stay silent then."""
    if _expects(exchange):
        yield "The server, or a proxy before it, does not master `Expect: 100-continue`: it said go on, and waits."
    yield "The server is still working on the request, or waits for something behind it (a database, another service)."


def remedies(exchange: Exchange | None) -> Iterator[Remedy]:
    """Ask without the question that was answered."""
    if only_interim(exchange) is not None and _expects(exchange):
        step = "Add `-H 'Expect:'`: curl then sends the data at once, and the server has nothing to say before."
        yield Remedy("client", "Leave the Expect header out, and compare", (step,))


def _expects(exchange: Exchange | None) -> bool:
    request = exchange.request if exchange is not None else None
    return request is not None and request.header("expect") is not None
