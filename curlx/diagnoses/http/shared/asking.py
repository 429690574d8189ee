"""How to ask again for what an exchange asked for: its address, and the commands that go the same way."""

from __future__ import annotations

from typing import TypeGuard
from urllib.parse import urljoin

import msgspec

from curlx.advice.commands import PLACEHOLDER, endpoint_of, way_of
from curlx.advice.repeating import following
from curlx.findings import Remedy
from curlx.options import NOWHERE, OF_DATA
from curlx.timeline import Exchange, Request, Transfer

_PERHAPS_DONE = (500, 502, 504)
"""Statuses behind which a server may have done the work all the same."""


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
    # Some builds print nothing of TLS: then the URL that led to the connection tells.
    told = transfer.url if connection is transfer.connections[0] else _location(transfer, exchange)
    secure = connection.tls is not None or (told or "").startswith("https:")
    # Where the log lacks the connection, HTTP/2 and HTTP/3 tell of TLS: without, curl speaks HTTP/2 only where told to.
    unseen = connection.connected is None and transfer.command is None and request.version[:1] in ("2", "3")
    if unseen and connection.tls is None:
        return endpoint.over_tls().url()
    return endpoint.url("https" if secure else "http")


def _location(transfer: Transfer, exchange: Exchange) -> str | None:
    """Return the last whole address to which an answer before an exchange sent curl."""
    before = (
        each for each in reversed(transfer.exchanges) if each.superseded and each.first_line < exchange.first_line
    )
    headers = (each.response.header("location") for each in before if each.response is not None)
    return next((header.value for header in headers if header is not None and "://" in header.value), None)


def is_shown(request: Request | None, *, elided: bool) -> TypeGuard[Request]:
    """Whether the log shows all headers of a request: where nothing was taken out, the host is among them."""
    return request is not None and request.header("host") is not None and not elided


def lacks_data(request: Request | None, *, elided: bool) -> bool:
    """Whether a request went out without a body (RFC 9112, 6.3), which its headers tell where all are shown."""
    if not is_shown(request, elided=elided) or request.header("transfer-encoding") is not None:
        return False
    length = request.header("content-length")
    if length is not None and length.value not in ("", "0"):
        return False
    return request.version[:1] == "1" or request.method in ("GET", "HEAD")


def led_to(transfer: Transfer, exchange: Exchange, location: str) -> str:
    """Return the URL that the Location of an exchange leads to."""
    return resolved(address(transfer, exchange), location)


def resolved(asked: str, location: str) -> str:
    """Return where a Location leads from the URL that was asked (RFC 9110, 10.2.2); of a broken one, what it says."""
    try:
        return urljoin(asked, location)
    except ValueError:  # a broken IPv6 literal, here or there
        return location


def again(transfer: Transfer, exchange: Exchange | None, *options: str) -> tuple[str, ...]:
    """Return the command that asks the same again with these options.

    Nothing, unless the log shows a GET or HEAD: without its data, which no log shows whole, another would be another
    request.
    What a GET carried besides, credentials or cookies, a step names (`caveats.py`).
    """
    request = exchange.request if exchange is not None else None
    if exchange is None or request is None or request.method not in ("GET", "HEAD"):
        return ()
    url, head = address(transfer, exchange), request if request.method == "HEAD" else None
    return (way_of(transfer, transfer.connection_of(exchange), head).curl(url, *options),) if url else ()


def as_told(transfer: Transfer, *options: str) -> tuple[str, ...]:
    """Return the command that asks again, where the log shows no request, and its command tells of a GET or HEAD."""
    if transfer.exchanges or transfer.command is None or transfer.option(*OF_DATA, "request") is not None:
        return ()
    url = transfer.url
    return (way_of(transfer).curl(url, *options),) if url else ()


def over_http1(transfer: Transfer, title: str) -> Remedy:
    """Tell how to do without the version of HTTP that a transfer used last."""
    return Remedy(
        "client",
        title,
        ("Send the same request over HTTP/1.1 (`--http1.1`) and compare.",),
        again(transfer, transfer.last_exchange, "-v", "--http1.1")
        or as_told(transfer, "-v", "--http1.1", *following(transfer)),
    )


def resend(transfer: Transfer, exchange: Exchange, url: str, *options: str) -> tuple[str, ...]:
    """Return the command that sends the data of a POST or PUT, from a file, to a URL.

    Nothing where it takes more: the URL may be another host's, which must not get the credentials or cookies.
    """
    request = exchange.request
    if not url or request is None or request.method not in ("POST", "PUT"):
        return ()
    kind = request.header("content-type")
    many = kind is not None and kind.value.lower().startswith("multipart/")
    if many or carried(request):
        return ()
    data: tuple[str, ...] = ("--data-binary", "@FILE") if request.method == "POST" else ("-T", "FILE")
    if kind is not None and kind.value != "application/x-www-form-urlencoded":
        data = ("-H", f"Content-Type: {kind.value}", *data)
    return (way_of(transfer, transfer.connection_of(exchange)).curl(url, "-v", *options, *data),)


def whither(transfer: Transfer | None) -> str:
    """Say where curl wrote the text of an answer that the log does not show."""
    name = transfer.option("output") if transfer is not None else None
    if transfer is not None and transfer.option("fail") is not None:
        return "with `-f` curl does not write it; `--fail-with-body` (curl 7.76 and later) does."
    if name in NOWHERE:
        return f"the command throws it away (`-o {name}`)."
    if name and name != "-":
        return f"curl wrote it to the file `{name}`."
    return "curl writes it to standard output or to the file of `-o`, and with `-f` nowhere."


def sent_before(transfer: Transfer, exchange: Exchange) -> str:
    """Say so where curl's own retry sent what may change something, and a gateway or server failed it before."""
    request = exchange.request
    before = [
        each.response.status
        for each in transfer.exchanges
        if each.superseded and each.first_line < exchange.first_line and each.request and each.response
        and request and (each.request.method, each.request.target) == (request.method, request.target)
        and each.response.status in _PERHAPS_DONE
    ]  # fmt: skip
    if not before or request is None or request.method not in ("POST", "PATCH"):
        return ""
    return (
        f"curl's own retry sent the {request.method} again, which had got {before[-1]} before: the server may have "
        "carried it out twice."
    )


def carried(request: Request) -> list[str]:
    """Return the headers with credentials or cookies that a request had."""
    return [name for name in ("Authorization", "Cookie") if request.header(name) is not None]
