"""What a line can say of HTTP: requests, responses, bodies, and what curl does about them."""

from __future__ import annotations

from curlx.events.event import Direction, Event

_DIGITS = 16
"""So many have a length that no body has."""


class HttpChosen(Event, frozen=True):
    """`using HTTP/2`, `Using HTTP2, server supports multiplexing`. `version` as in a status line: 1.x, 2, 3."""

    version: str


class PseudoHeader(Event, frozen=True):
    """`[HTTP/2] [1] [:authority: example.com]`: a header as HTTP/2 sends it."""

    name: str
    value: str


class StreamOpened(Event, frozen=True):
    """`[HTTP/2] [1] OPENED stream for https://example.com/path`."""

    url: str


def is_for_a_tunnel(method: str, target: str) -> bool:
    """Whether a request asks a proxy for a tunnel; `-X CONNECT` only changes the word before a path."""
    return method == "CONNECT" and not target.startswith("/")


class RequestLine(Event, frozen=True):
    """`> GET /path HTTP/1.1`."""

    method: str
    target: str
    version: str

    @property
    def for_a_tunnel(self) -> bool:
        """Whether it asks a proxy for a tunnel."""
        return is_for_a_tunnel(self.method, self.target)


class StatusLine(Event, frozen=True):
    """`< HTTP/1.1 400 Bad Request`."""

    version: str
    status: int
    reason: str
    rtsp: bool = False
    """It is an answer of RTSP, which has some numbers of its own (RFC 2326, 11.3)."""


class Header(Event, frozen=True):
    """`> Host: example.com`, `< content-length: 237`. Name and value as printed, value without outer blanks."""

    direction: Direction
    name: str
    value: str

    def length(self) -> int | None:
        """Return the bytes of a body that `Content-Length` announces (RFC 9110, 8.6); None for what is no length."""
        told = self.value
        return int(told) if told.isascii() and told.isdigit() and len(told) < _DIGITS else None

    def asks_for_a_coding(self) -> bool:
        """Whether a request has it and asks for a coded body: otherwise curl writes whatever comes as it comes."""
        return self.direction == "out" and self.name.lower() == "accept-encoding"

    def tells_of_a_coding(self) -> bool:
        """Whether the body is coded (RFC 9110, 8.4.1); `identity` is none."""
        return self.name.lower() == "content-encoding" and self.value.lower() not in ("", "identity")


class HeadersEnd(Event, frozen=True):
    """The empty `>` or `<` line that ends a header block."""

    direction: Direction


class SentText(Event, frozen=True):
    """A `>` line that is no header: a body in a trace, or another protocol's command."""

    text: str


class ReceivedText(Event, frozen=True):
    """A `<` line that is no header: another protocol's reply (`220 mail.example.com ESMTP`)."""

    text: str


class DataMoved(Event, frozen=True):
    """`{ [237 bytes data]` / `} [8 bytes data]`. The size may be of TLS records or of a body: the line does not say."""

    direction: Direction
    size: int
    body: bool | None = None
    """True or False where the log says so (`Recv data`, `Recv SSL data` in a trace)."""


class RequestSent(Event, frozen=True):
    """`Request completely sent off`, `We are completely uploaded and fine`, `upload completely sent off`."""


class AnswerBegun(Event, frozen=True):
    """`Mark bundle as not supporting multiuse`: curl has read the status line of an answer of HTTP/1 (lib/http.c)."""


class BodyIgnored(Event, frozen=True):
    """`Ignoring the response-body`: the body of a redirect or an authentication round is not written."""

    of_tunnel: bool = False
    """`Ignore 3084 bytes of response-body`: said of a proxy's answer to CONNECT alone (`lib/http_proxy.c`)."""


class BodyExceeded(Event, frozen=True):
    """`Excess found in a read: excess = 347, size = 67, ...`: more came than Content-Length says; curl drops it."""

    excess: int


class Followed(Event, frozen=True):
    """`Issue another request to this URL: '...'`: a redirect, an authentication round, or a retry follows."""

    url: str


class Retried(Event, frozen=True):
    """`Connection died, retrying a fresh connect`, `REFUSED_STREAM, retrying a fresh connect`."""

    reason: str


class NegotiationFailed(Event, frozen=True):
    """`gss_init_sec_context() failed: No Kerberos credentials available`: curl sends the request without a token."""

    reason: str


class Authentication(Event, frozen=True):
    """`Server auth using Basic with user 'alice'` / `Proxy auth using ...`."""

    proxy: bool
    scheme: str
