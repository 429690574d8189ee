"""The answer breaks the rules by which HTTP marks where headers and body begin and end.

## What it means

The server began an HTTP answer, but its chunk sizes, lengths or headers do not fit together, so that curl
cannot tell where it ends. curl stops rather than guess.

## How curlx knows

curl names the rule: an invalid chunk size, a Content-Length that is no number, a header that is none, and the
like; without `-v` this is `curl: (56)` or `(8)`, with a sentence. Over HTTP/2 its library nghttp2 names the header
that it refuses (`Invalid HTTP header field was received`), and curl ends the stream with PROTOCOL_ERROR, `curl: (92)`.
Or the answer has two Content-Length headers that differ, and curl waited in vain for the rest by the longer. With `-s`
curl may give up in the middle of the headers without a word, which is only `possible`. Where more comes than
Content-Length says (`Excess found ...`), curl writes what was announced, drops the rest and does not fail: a warning.

## What to do

This is a fault of the server, or of a proxy on the way. Ask past the proxy, and with `--http1.0` or HTTP/2 to
compare. Over HTTP/1.1 curl takes most headers that HTTP/2 forbids.

## When it is something else

If the very first line is no HTTP at all, another service listens on that port: that is the diagnosis
network-not-http.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.complaints import Detail
from curlx.diagnoses.http.shared.asking import again, over_http1
from curlx.diagnoses.silence import dropped
from curlx.diagnoses.trying_again import unanswered
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Complaint, Exchange, Response, Timeline, Transfer

DIAGNOSIS = Diagnosis(
    code="http-malformed-response",
    title="The answer is not valid HTTP",
    explains=("http-stream-reset", "network-transfer-interrupted", "network-empty-reply"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find answers whose framing curl cannot read."""
    for index, transfer in enumerate(timeline.transfers):
        response = transfer.last_exchange.response if transfer.last_exchange is not None else None
        complaint = transfer.complaint("malformed-response")
        interrupted = complaint is None and transfer.complaint("transfer-interrupted") is not None
        lengths = response.all_of("content-length") if response is not None and interrupted else ()
        if complaint is not None and complaint.subject is not None:
            if unanswered(transfer, complaint.line):
                yield _header_refused(timeline, index, transfer, complaint)
            continue
        if complaint is not None:
            said = f"The answer breaks the rules of HTTP, and curl stopped: {complaint.text}."
            evidence = [cite(timeline, complaint.line, "curl names the rule that the answer breaks")]
        elif len({length.value for length in lengths}) > 1:
            said = "The answer gives two different lengths for its body (RFC 9112, 6.3), so nobody can tell its end."
            evidence = [cite(timeline, length.line, "a length of the body") for length in reversed(lengths)]
        else:
            if response is not None:
                yield from _broken_off(timeline, index, transfer, response)
            for exchange in transfer.exchanges:
                yield from _exceeded(timeline, index, transfer, exchange)
            continue
        for name in ("transfer-encoding", "content-length"):
            header = response.header(name) if response is not None else None
            if header is not None and not lengths:
                evidence.append(cite(timeline, header.line, "how the answer says where its body ends"))
        yield DIAGNOSIS.found(
            "certain",
            said,
            evidence,
            transfer=index,
            causes=(
                "The program that answered puts its headers or lengths together by hand, and wrongly.",
                "A proxy on the way changed the body or the headers.",
            ),
            remedies=(
                Remedy(
                    who="server",
                    title="Mend the framing of the answer",
                    steps=(complaint.meaning(_RULES, _RULE) if complaint is not None else _RULE,),
                ),
                Remedy(
                    who="client",
                    title="Find out who breaks it",
                    steps=("See what comes with `--trace-ascii -`, once through the proxy, if any, and once past it.",),
                    commands=again(transfer, transfer.last_exchange, "--trace-ascii", "-"),
                ),
            ),
        )


_OF_ONE_CONNECTION = ("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade")
"""Headers that HTTP/2 has not (RFC 9113, 8.2.2)."""


def _header_refused(timeline: Timeline, index: int, transfer: Transfer, complaint: Complaint) -> Finding:
    """Tell of a header for which curl's HTTP/2 library ends the stream (RFC 9113, 8.1.1)."""
    name = str(complaint.subject)
    evidence = [cite(timeline, complaint.line, "curl's HTTP/2 library names the header")]
    reset = transfer.complaint("stream-reset")
    if reset is not None:
        evidence.append(cite(timeline, reset.line, "so it ends the stream"))
    return DIAGNOSIS.found(
        "certain",
        f"The answer came over HTTP/2 with the header `{name}` as HTTP/2 forbids it, so curl's own HTTP/2 library "
        "refused the answer.",
        evidence,
        transfer=index,
        title=f"The answer has a header that HTTP/2 forbids: {name}",
        causes=(_forbidden(name.lower()), "A gateway passes on over HTTP/2 what a server said over HTTP/1.1."),
        remedies=(
            Remedy(
                "server",
                f"Take `{name}` out of the answer, or mend it",
                ("Look in the program that answers, and in each gateway or filter before it: either may have set it.",),
            ),
            over_http1(transfer, "Ask over HTTP/1.1 meanwhile, which may allow it"),
        ),
    )


def _forbidden(name: str) -> str:
    if name in _OF_ONE_CONNECTION:
        return f"`{name}` is about one HTTP/1.1 connection, and no answer over HTTP/2 may have it (RFC 9113, 8.2.2)."
    if name == "content-length":
        return (
            "`content-length` is there twice, is no number, or is in an answer that may have none: 204 or a CONNECT's "
            "(RFC 9110, 8.6)."
        )
    if name.startswith(":"):
        return f"`{name}` is no pseudo-header of an answer, or is no valid one (RFC 9113, 8.3.2)."
    return "Its name has capitals, or its value a control character, or a blank at an end (RFC 9113, 8.2.1)."


def _broken_off(timeline: Timeline, index: int, transfer: Transfer, response: Response) -> Iterator[Finding]:
    """Find the status line behind which curl closes the connection, before any header was whole.

    With `-s` curl does not say why (seen with 7.84 to 8.23: a header of more than its limit, 100 kB).
    """
    exchange, closed = transfer.last_exchange, dropped(transfer)
    if exchange is None or exchange.request is None or not exchange.request.headers:
        return  # somebody kept only some lines of the log
    if response.headers or response.headers_complete or timeline.elided:
        return
    if closed is None or closed.line < response.last_line:
        return
    yield DIAGNOSIS.found(
        "possible",
        "curl closed the connection behind the status line, before it had a whole header, and says not why.",
        (
            cite(timeline, closed.line, "curl gives up, without a word"),
            cite(timeline, response.first_line, "the status line, and no header behind it"),
        ),
        transfer=index,
        title="curl gave up in the middle of the answer's headers",
        causes=(
            "A header is longer than curl takes (100 kB), or all together are (300 kB).",
            "The connection broke, or a header has bytes that may not be in one.",
        ),
        remedies=(
            Remedy("client", "Let curl say why it failed", ("Leave `-s` out, or add `-S`.",)),
            Remedy("server", "Look at the headers that it sends, a cookie or a redirect above all"),
        ),
    )


def _exceeded(timeline: Timeline, index: int, transfer: Transfer, exchange: Exchange) -> Iterator[Finding]:
    """Find the answer that is longer than it says: curl cuts it, and does not fail."""
    response = exchange.response
    excess = response.body.excess if response is not None else None
    length = response.header("content-length") if response is not None else None
    if excess is None or length is None:
        return
    more = f"at least {excess.value} byte{'s' if excess.value != 1 else ''} more"
    finding = DIAGNOSIS.found(
        "certain",
        f"The server sent {more} than its Content-Length of {length.value} announces. curl wrote what was announced, "
        "dropped the rest and closed the connection: the text that you have may be cut off.",
        (
            cite(timeline, excess.line, "curl found more than it was to get"),
            cite(timeline, length.line, "so long the answer says that its body is"),
        ),
        transfer=index,
        title="The answer is longer than its Content-Length says",
        causes=(
            "The length counts characters instead of bytes, or was taken before the body was changed.",
            "The server writes the body twice, or something behind it.",
        ),
        remedies=(
            Remedy(
                "server",
                "Send the length that the body has",
                ("Count the bytes that are sent, last of all, or leave Content-Length to the server or framework.",),
            ),
            Remedy(
                "client",
                "See the whole of what is sent",
                ("`--ignore-content-length` makes curl read on until the server closes the connection.",),
                again(transfer, exchange, "-v", "--ignore-content-length"),
            ),
        ),
    )
    yield msgspec.structs.replace(finding, severity="warning")  # curl has what was announced


_RULES: dict[Detail, str] = {
    "status-line": "Begin the answer with a status line such as `HTTP/1.1 200 OK` (RFC 9112, 4).",
    "transfer-encoding": "Name `chunked` as the last and only transfer coding, and compress with Content-Encoding "
                         "instead.",
    "header": "Send each header once, as a name, a colon and a value in one line without control characters.",
    "chunks": "Send valid chunks: the size in hexadecimal digits, a line end, the data, a line end (RFC 9112, 7.1).",
}  # fmt: skip
"""What the server has to keep to, by the rule that curl names."""
_RULE = "Send either a right Content-Length or valid chunks, and each header once."
