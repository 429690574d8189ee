"""The HTTP/2 or HTTP/3 stream of the request was broken off.

## What it means

HTTP/2 and HTTP/3 carry many requests as streams on one connection, and either side may break off one stream
(RST_STREAM, RESET_STREAM) and give a code. The request got no complete answer, although the connection may live
on.

## How curlx knows

curl says that the stream was not closed cleanly or was reset, usually with the code (`ENHANCE_YOUR_CALM (err
11)`; RFC 9113, 7, and RFC 9114, 8.1). Without `-v` this is `curl: (92)`.

## What to do

The code says what kind of trouble; the reason is in the log of the server or of the proxy in front of it.
`--http1.1` shows whether HTTP/2 has to do with it.

## When it is something else

With PROTOCOL_ERROR and a few others curl's own HTTP/2 library may have closed the stream, because it could not
read the answer. A proxy that waits too long for the server behind it, or that meets a body or header over its
limit, often breaks the stream instead of answering 504 or 413.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice import git
from curlx.diagnoses.http.shared.asking import over_http1
from curlx.diagnoses.network.shared.trouble import arrived
from curlx.diagnoses.trying_again import unanswered
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Complaint, Connection, Header, Timeline, Transfer

DIAGNOSIS = Diagnosis(
    code="http-stream-reset",
    title="The HTTP/2 or HTTP/3 stream was broken off",
    needs="complaint",
    explains=("network-transfer-interrupted", "network-empty-reply", "network-reset"),
)

# RFC 9113, 7. HTTP/3 numbers its codes from 0x100 (RFC 9114, 8.1).
_CODES: dict[int | None, tuple[str, str]] = {
    0: ("NO_ERROR", "no error: all was said, perhaps without reading the whole request"),
    1: ("PROTOCOL_ERROR", "the protocol was broken; proxies also use it for trouble with the server behind"),
    2: ("INTERNAL_ERROR", "a failure inside, often because of the server behind"),
    3: ("FLOW_CONTROL_ERROR", "more data was sent than allowed"),
    5: ("STREAM_CLOSED", "data came for a stream that was already closed"),
    6: ("FRAME_SIZE_ERROR", "a frame had a wrong size"),
    7: ("REFUSED_STREAM", "work on the request was not begun, so it may be sent again"),
    8: ("CANCEL", "the stream is no longer wanted; often a timeout"),
    9: ("COMPRESSION_ERROR", "the compressed headers could not be read"),
    11: ("ENHANCE_YOUR_CALM", "the caller is too demanding: too many requests, or too much data"),
    12: ("INADEQUATE_SECURITY", "the TLS of the connection is too weak"),
    13: ("HTTP_1_1_REQUIRED", "HTTP/1.1 is wanted for this"),
}

_NEXT_TRY = " curl asks again on a new connection; how that went, the log does not show."
_OWN_REASONS = ("PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "FRAME_SIZE_ERROR", "COMPRESSION_ERROR")
"""Codes that curl's own HTTP/2 library gives too, when it cannot read what came (nghttp2, lib/nghttp2_session.c)."""

_WEAK = "INADEQUATE_SECURITY"
_NEWEST = "TLSv1.3"
_ENDED = (
    "The server broke it off, or a proxy or load balancer on the way, because of its limits or the server behind it."
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find streams that were broken off, where curl got no answer in the end."""
    for index, transfer in enumerate(timeline.transfers):
        complaint = transfer.complaint("stream-reset")
        goaway = transfer.complaint("goaway")
        if complaint is None or not unanswered(transfer, complaint.line):
            continue
        if goaway is not None and goaway.line < complaint.line:
            continue  # what was under way on the connection that the server ended
        open_ended = complaint.again and not (transfer.finished or transfer.complaint("connection-died"))
        name, meaning = code_of(complaint)
        causes = list(_of_weak_tls(transfer.connection_at(complaint.line))) if name == _WEAK else [_ENDED]
        if name == "PROTOCOL_ERROR" and _asks_for_head(transfer):
            causes.append("The server answered HEAD with a body: HTTP/2 does not allow that, and curl's library ends "
                          "the stream; a GET (without `-I`) works then.")  # fmt: skip
        if name in _OWN_REASONS:
            causes.append("curl's own HTTP/2 library could not read what came, and closed the stream itself.")
        announced = _announced(transfer) if name == "PROTOCOL_ERROR" else None
        if announced is not None:
            causes.insert(
                0,
                f"The answer ended short of the {announced.value} bytes that it announces (Content-Length): "
                "that is an error in HTTP/2 (RFC 9113, 8.1.1), and curl's library closes the stream.",
            )
        if name == "INTERNAL_ERROR":
            causes.append("A filter against robots in front of the server broke it off: a browser that gets an answer "
                          "from the same machine points at that.")  # fmt: skip
        if name == "REFUSED_STREAM":
            causes.insert(0, "The server is ending its connections (GOAWAY, which older builds do not print), or is at "
                             "a limit of streams.")  # fmt: skip
        yield DIAGNOSIS.found(
            "possible" if open_ended else "certain",
            "The stream of the request was broken off before the answer was complete"
            + (f", with the code {name}: {meaning}." if name else "; the log does not name the reason.")
            + (_NEXT_TRY if open_ended else ""),
            (
                cite(timeline, complaint.line, _shows(complaint, name)),
                *((cite(timeline, announced.line, "the length that the answer announces"),) if announced else ()),
            ),
            transfer=index,
            causes=causes,
            remedies=(
                Remedy(
                    who="server",
                    title="Read the log of the server and of any proxy in front of it",
                    steps=("Look for the request at its time: whoever broke off may have written down why.",),
                ),
                git.older_http()
                if transfer.git
                else over_http1(transfer, "See whether HTTP/2 or HTTP/3 has to do with it"),
            ),
        )


def _announced(transfer: Transfer) -> Header | None:
    """Return the header with the length of an answer of which the log shows less."""
    response = transfer.last_exchange.response if transfer.last_exchange is not None else None
    if response is None or _asks_for_head(transfer) or arrived(response.body) or not response.body.announced:
        return None
    return response.header("content-length")


def _asks_for_head(transfer: Transfer) -> bool:
    request = transfer.last_exchange.request if transfer.last_exchange is not None else None
    return request.method == "HEAD" if request is not None else transfer.asks_for_heads


def _of_weak_tls(connection: Connection | None) -> Iterator[str]:
    """Say whose TLS is meant: HTTP/2 wants 1.2 at least, and of its ciphers only some (RFC 9113, 9.2)."""
    tls = connection.tls if connection is not None else None
    if tls is not None and tls.version is not None and tls.version.value == _NEWEST:
        yield (
            "TLS 1.3 between curl and this server suits HTTP/2: most likely the TLS between it (a proxy, a load "
            "balancer) and the server behind it is meant."
        )
    else:
        yield "HTTP/2 wants TLS 1.2 or newer, and forbids many ciphers of TLS 1.2 (RFC 9113, 9.2.2 and appendix A)."
        yield "The TLS of another connection is meant: between a proxy or load balancer and the server behind it."


def _shows(complaint: Complaint, name: str) -> str:
    if name and complaint.again:
        return "the server refused the stream"
    return f"curl gives the code {name}" if name else "curl says so"


def code_of(complaint: Complaint) -> tuple[str, str]:
    """Return the name and meaning of the code that a stream or a connection ended with; empty where curl tells none."""
    return _CODES.get(complaint.number, ("", ""))
