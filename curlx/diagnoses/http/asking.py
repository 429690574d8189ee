"""How to ask again for what an exchange asked for: its address, and the commands that go the same way."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

import msgspec

from curlx.advice.commands import PLACEHOLDER, endpoint_of, way_of
from curlx.timeline import Exchange, Header, Request, Timeline, Transfer


def address(transfer: Transfer, exchange: Exchange) -> str:
    """Return the URL that an exchange asked; empty when the log does not show it."""
    request, connection = exchange.request, transfer.connection_of(exchange)
    if request is None or connection is None:
        return ""
    if not request.target.startswith("/"):  # a proxy gets the whole URL (RFC 9112, 3.2.2)
        return request.target if "://" in request.target else ""
    endpoint = msgspec.structs.replace(endpoint_of(transfer, connection), path=request.target)
    if endpoint.host == PLACEHOLDER:
        return ""
    # Some builds print nothing of TLS: then the first connection is as the URL says.
    first = connection is transfer.connections[0] and (transfer.url or "").startswith("https:")
    return endpoint.url("https" if connection.tls is not None or first else "http")


def again(transfer: Transfer, exchange: Exchange | None, *options: str) -> tuple[str, ...]:
    """Return the command that asks the same again with these options.

    Nothing, unless the log shows a GET without credentials or cookies: any other request needs what the log does not
    show, and without it the command would ask for something else.
    """
    request = exchange.request if exchange is not None else None
    if exchange is None or request is None or request.method != "GET":
        return ()
    url = address(transfer, exchange)
    if not url or _needs_more(request):
        return ()
    return (way_of(transfer, transfer.connection_of(exchange)).curl(url, *options),)


def unfollowed(timeline: Timeline) -> Iterator[tuple[int, Header, str]]:
    """Yield the redirects that curl set out to follow, and was done without a word: with `-s` it says not why.

    Each with its transfer's index and the URL that it leads to.
    """
    for index, transfer in enumerate(timeline.transfers):
        exchange, connection = transfer.last_exchange, transfer.last_connection
        response = exchange.response if exchange is not None else None
        if exchange is None or response is None or not exchange.superseded or transfer.complaints or transfer.exit:
            continue
        location = response.header("location")
        left = connection.closed if connection is not None else None
        if location is not None and left is not None and left.line > response.last_line:
            yield index, location, urljoin(address(transfer, exchange), location.value)


def resend(transfer: Transfer, exchange: Exchange, url: str, *options: str) -> tuple[str, ...]:
    """Return the command that sends the data of a POST or PUT, from a file, to a URL; nothing where it takes more."""
    request = exchange.request
    if not url or request is None or request.method not in ("POST", "PUT"):
        return ()
    kind = request.header("content-type")
    many = kind is not None and kind.value.lower().startswith("multipart/")
    if many or _needs_more(request):
        return ()
    data: tuple[str, ...] = ("--data-binary", "@FILE") if request.method == "POST" else ("-T", "FILE")
    if kind is not None and kind.value != "application/x-www-form-urlencoded":
        data = ("-H", f"Content-Type: {kind.value}", *data)
    return (way_of(transfer, transfer.connection_of(exchange)).curl(url, "-v", *options, *data),)


def _needs_more(request: Request) -> bool:
    """Whether it carried credentials or cookies."""
    return request.header("authorization") is not None or request.header("cookie") is not None
