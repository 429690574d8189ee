"""The other side broke off this one HTTP/2 or HTTP/3 stream.

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

A proxy that waits too long for the server behind it, or that meets a body or header over its limit, often
breaks the stream instead of answering 504 or 413.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.statuses import unanswered
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="http-stream-reset",
    title="The other side broke off the HTTP/2 or HTTP/3 stream",
    explains=("network-transfer-interrupted", "network-empty-reply"),
)

# RFC 9113, 7. HTTP/3 numbers its codes from 0x100 (RFC 9114, 8.1).
_CODES = {
    0: ("NO_ERROR", "no error: it had said all it wanted, perhaps without reading the whole request"),
    1: (
        "PROTOCOL_ERROR",
        "it holds that the protocol was broken; proxies also use it for trouble with the server behind",
    ),
    2: ("INTERNAL_ERROR", "it failed inside, often because the server behind it did"),
    3: ("FLOW_CONTROL_ERROR", "it holds that more data was sent than allowed"),
    5: ("STREAM_CLOSED", "data came for a stream that was already closed"),
    6: ("FRAME_SIZE_ERROR", "a frame had a wrong size"),
    7: ("REFUSED_STREAM", "it did not begin to work on the request, which may be sent again"),
    8: ("CANCEL", "it no longer wants the stream; often a timeout on its side"),
    9: ("COMPRESSION_ERROR", "the compressed headers could not be read"),
    11: ("ENHANCE_YOUR_CALM", "it holds the caller to be too demanding: too many requests or too much data"),
    12: ("INADEQUATE_SECURITY", "the TLS of the connection is too weak for it"),
    13: ("HTTP_1_1_REQUIRED", "it wants HTTP/1.1 for this"),
}


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find streams that the other side broke off, where curl got no answer in the end."""
    for index, transfer in enumerate(timeline.transfers):
        complaint = transfer.complaint("stream-reset")
        if complaint is None or not unanswered(transfer, complaint.line):
            continue
        name, meaning = _code(complaint.number, complaint.text)
        yield DIAGNOSIS.found(
            "certain",
            f"The request was sent, and the other side broke off its "
            f"stream{f' with {name}: {meaning}' if name else ''}.",
            (cite(timeline, complaint.line, f"curl gives the code{f' {name}' if name else ''}"),),
            transfer=index,
            causes=(
                f"By the code: {meaning}." if name else "The log does not give the code.",
                "A proxy or load balancer on the way broke off, because of its limits or the server behind it.",
            ),
            remedies=(
                Remedy(
                    who="server",
                    title="Read the log of the server and of any proxy in front of it",
                    steps=("Whoever sent the reset has the reason in its log at the time of the request.",),
                ),
                Remedy(
                    who="client",
                    title="See whether HTTP/2 has to do with it",
                    steps=("Send the same request over HTTP/1.1 and compare.",),
                    commands=("curl -v --http1.1 https://...",),
                ),
            ),
        )


def _code(number: int | None, text: str) -> tuple[str, str]:
    """Return the name and meaning of a code: by the name in curl's sentence, or else by its number."""
    for name, meaning in _CODES.values():
        if name in text:
            return name, meaning
    return _CODES.get(number, ("", "")) if number is not None else ("", "")
