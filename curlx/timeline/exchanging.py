"""Requests and responses as the log tells them."""

from __future__ import annotations

import msgspec

from curlx.events import PageMark
from curlx.events.exchanging import is_for_a_tunnel
from curlx.statuses import refuses
from curlx.timeline.fact import Fact

RETRYABLE = (408, 429, 500, 502, 503, 504)
"""Statuses after which `--retry` asks again (curl(1)); newer versions know a few more."""
CHALLENGED = ("Digest", "NTLM", "Negotiate")
"""Schemes in which the server has to speak first (RFC 7616, RFC 4559): curl sends nothing before."""


class Header(msgspec.Struct, frozen=True, gc=False):
    """A header as printed; order and duplicates are kept."""

    name: str
    value: str
    line: int


class Body(msgspec.Struct, frozen=True, gc=False):
    """What the log shows of a body: never the whole, only a sample and the marks that curlx knows."""

    announced: int | None = None
    """Content-Length, in bytes."""
    seen: int = 0
    """Bytes of it in the log."""
    received: int = 0
    """Bytes that curl says it received behind the headers (`{ [n bytes data]`), chunk sizes included."""
    excess: Fact[int] | None = None
    """Bytes that came beyond the announced ones, as curl says."""
    percent: int | None = None
    """How much of it has come, as the last row of the progress meter says."""
    first_line: int | None = None
    last_line: int | None = None
    sample: str = ""
    """At most 4 096 characters of its beginning."""
    marks: tuple[Fact[PageMark], ...] = ()
    sentence: Fact[str] | None = None
    """What it says near its beginning in a field of JSON or XML that is for a reason (`"message"`)."""

    def mark(self, *names: str) -> Fact[PageMark] | None:
        """Return the first mark of one of these names that is not only quoted."""
        for mark in self.marks:
            if mark.value.name in names and not mark.value.embedded:
                return mark
        return None


class Request(msgspec.Struct, frozen=True, gc=False):
    """A request as printed: `target` is a path, or a whole URL or an authority for a proxy (RFC 9112, 3.2)."""

    method: str
    target: str
    version: str
    first_line: int
    last_line: int
    headers: tuple[Header, ...] = ()

    @property
    def for_a_tunnel(self) -> bool:
        """Whether it asks a proxy for a tunnel."""
        return is_for_a_tunnel(self.method, self.target)

    def header(self, name: str) -> Header | None:
        """Return the first header of this name, in any case."""
        return _header(self.headers, name)


class Response(msgspec.Struct, frozen=True, gc=False):
    """A response, final or interim (1xx)."""

    status: int
    reason: str
    version: str
    first_line: int
    last_line: int
    headers: tuple[Header, ...] = ()
    body: Body = Body()
    headers_complete: bool = True
    rtsp: bool = False
    """It is of RTSP, not of HTTP."""
    trailers: tuple[Header, ...] = ()
    """What looks like a header behind the body."""

    @property
    def refuses(self) -> bool:
        """Whether the status says no."""
        return refuses(self.status)

    @property
    def grpc_failure(self) -> Header | None:
        """How a call of gRPC failed: HTTP's status says nothing of it (doc/PROTOCOL-HTTP2.md of gRPC, "Responses")."""
        kind = self.header("content-type")
        if kind is None or not kind.value.lower().startswith("application/grpc"):
            return None
        told = self.header("grpc-status") or _header(self.trailers, "grpc-status")
        return told if told is not None and told.value.isdecimal() and told.value.strip("0") else None

    def all_of(self, name: str) -> tuple[Header, ...]:
        """Return all headers of this name, which is given in lower case."""
        return tuple(header for header in self.headers if header.name.lower() == name)

    def header(self, name: str) -> Header | None:
        """Return the first header of this name, in any case."""
        return _header(self.headers, name)


def _header(headers: tuple[Header, ...], name: str) -> Header | None:
    lowered = name.lower()
    for header in headers:
        if header.name.lower() == lowered:
            return header
    return None


class Exchange(msgspec.Struct, frozen=True, gc=False):
    """A request and its answers. Without `-v` a log may show the answer alone (`request` is None)."""

    connection: int
    """Index into `Transfer.connections`; -1 when the log shows no connection."""
    first_line: int
    last_line: int
    request: Request | None = None
    interim: tuple[Response, ...] = ()
    response: Response | None = None
    complete: bool = False
    """The log shows that curl was done with it (connection left intact, closed after the body, next request)."""
    superseded: bool = False
    """curl itself went on: a redirect it followed, an authentication round, a retry."""
