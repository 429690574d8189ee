"""The answer breaks the rules by which HTTP marks where headers and body begin and end.

## What it means

The server began an HTTP answer, but its chunk sizes, lengths or headers do not fit together, so that curl
cannot tell where it ends. curl stops rather than guess.

## How curlx knows

curl names the rule: an invalid chunk size, a Content-Length that is no number, a header that is none, and the
like; without `-v` this is `curl: (56)` or `(8)`, with a sentence. Or the answer has two Content-Length headers that
differ, and curl waited in vain for the rest by the longer. With `-s` curl may give up in the middle of the headers
without a word, which is only `possible`.

## What to do

This is a fault of the server, or of a proxy on the way. Ask past the proxy, and with `--http1.0` or HTTP/2 to
compare.

## When it is something else

If the very first line is no HTTP at all, another service listens on that port: that is the diagnosis
network-not-http.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.shared.asking import again
from curlx.diagnoses.silence import dropped
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Header, Response, Timeline, Transfer

DIAGNOSIS = Diagnosis(
    code="http-malformed-response",
    title="The answer is not valid HTTP",
    explains=("network-transfer-interrupted", "network-empty-reply"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find answers whose framing curl cannot read."""
    for index, transfer in enumerate(timeline.transfers):
        response = transfer.last_exchange.response if transfer.last_exchange is not None else None
        complaint = transfer.complaint("malformed-response")
        lengths = _lengths(response) if complaint is None and transfer.complaint("transfer-interrupted") else []
        if complaint is not None:
            said = f"The answer breaks the rules of HTTP, and curl stopped: {complaint.text}."
            evidence = [cite(timeline, complaint.line, "curl names the rule that the answer breaks")]
        elif len({length.value for length in lengths}) > 1:
            said = "The answer gives two different lengths for its body (RFC 9112, 6.3), so nobody can tell its end."
            evidence = [cite(timeline, length.line, "a length of the body") for length in reversed(lengths)]
        else:
            if response is not None:
                yield from _broken_off(timeline, index, transfer, response)
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
                    steps=(_rule(complaint.text if complaint is not None else ""),),
                ),
                Remedy(
                    who="client",
                    title="Find out who breaks it",
                    steps=("See what comes with `--trace-ascii -`, once through the proxy, if any, and once past it.",),
                    commands=again(transfer, transfer.last_exchange, "--trace-ascii", "-"),
                ),
            ),
        )


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


def _rule(said: str) -> str:
    """Say what the server has to keep to, by the rule that curl names."""
    text = said.lower()
    if any(word in text for word in ("version", "status line", "response code", "server reply", "subversion")):
        return "Begin the answer with a status line such as `HTTP/1.1 200 OK` (RFC 9112, 4)."
    if "transfer-encoding" in text:
        return "Name `chunked` as the last and only transfer coding, and compress with Content-Encoding instead."
    if "header" in text or "content-length" in text:
        return "Send each header once, as a name, a colon and a value in one line without control characters."
    if "chunk" in text:
        return "Send valid chunks: the size in hexadecimal digits, a line end, the data, a line end (RFC 9112, 7.1)."
    return "Send either a right Content-Length or valid chunks, and each header once."


def _lengths(response: Response | None) -> list[Header]:
    return [header for header in response.headers if header.name.lower() == "content-length"] if response else []
