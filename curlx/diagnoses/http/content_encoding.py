"""curl could not decode the compressed answer.

## What it means

The answer says that its body is compressed (`Content-Encoding: gzip`, `br`, `zstd` ...), and decoding it
failed: the data is not what the header says, it is damaged, or this curl was built without that method.

## How curlx knows

curl says that it does not know the content encoding, or that an error came up while decoding; without `-v` this
is `curl: (61)`. Of some encodings (br, zstd) `-v` does not say it: then curl closes a connection that both sides meant
to keep, behind an encoded answer, which is only `possible`.

## What to do

Ask without `--compressed` and see whether a plain answer comes. `curl -V` lists what this curl can decode
(libz, brotli, zstd).

## When it is something else

A proxy that changes bodies but leaves the header as it was breaks the encoding for everybody behind it.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.shared.asking import again
from curlx.diagnoses.silence import dropped
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Fact, Header, Timeline, Transfer

DIAGNOSIS = Diagnosis(
    code="http-content-encoding",
    title="curl could not decode the compressed answer",
    explains=("curl-write-failed",),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find answers that curl could not decode."""
    for index, transfer in enumerate(timeline.transfers):
        complaint = transfer.complaint("content-encoding")
        response = transfer.last_exchange.response if transfer.last_exchange is not None else None
        header = response.header("content-encoding") if response is not None else None
        if complaint is None:
            left = _left_early(transfer)
            if header is not None and left is not None:
                yield _without_a_word(timeline, index, header, left)
            continue
        evidence = [cite(timeline, complaint.line, "curl cannot decode the body")]
        if header is not None:
            evidence.append(cite(timeline, header.line, "how the server says that the body is compressed"))
        unknown = complaint.tells("unknown-encoding")
        yield DIAGNOSIS.found(
            "certain",
            "The answer came, but curl could not decode its body"
            + (f", which the server says is {header.value}." if header is not None else "."),
            evidence,
            transfer=index,
            causes=(
                "This curl does not know the encoding: the server uses one that was not asked for, or curl was "
                "built without it.",
            )
            if unknown
            else (
                "The body is not what the header says: a server or a proxy on the way set the wrong header.",
                "The data is damaged or cut off.",
            ),
            remedies=_remedies(transfer),
        )


def _left_early(transfer: Transfer) -> Fact[bool] | None:
    """Return where the tool closes a connection of HTTP/1.1 behind an answer, though neither side asked for that.

    When libcurl's brotli or zstd decoder fails, `-v` prints no reason (seen with 7.84 to 8.14; lib/content_encoding.c).
    """
    exchange, closed = transfer.last_exchange, dropped(transfer)
    if exchange is None or exchange.response is None or closed is None:
        return None
    response, request = exchange.response, exchange.request
    agent = request.header("user-agent") if request is not None else None
    if request is None or agent is None or not agent.value.startswith("curl/"):
        return None  # a program may have its connections closed behind each answer (CURLOPT_FORBID_REUSE)
    if response.header("content-length") is None and response.header("transfer-encoding") is None:
        return None  # its end is the close
    if request.header("accept-encoding") is None or response.version != "1.1":
        return None
    told = [each.header("connection") for each in (response, request)]
    asked = any(each is not None and "close" in each.value.lower() for each in told)
    return closed if closed.line > response.last_line and not asked else None


def _without_a_word(timeline: Timeline, index: int, header: Header, left: Fact[bool]) -> Finding:
    return DIAGNOSIS.found(
        "possible",
        f"curl closed the connection behind the answer although neither side had asked for that, and says not why. "
        f"The body is encoded ({header.value}): that curl could not decode it is the usual reason.",
        (
            cite(timeline, left.line, "curl closes a connection that could have been kept"),
            cite(timeline, header.line, "how the server says that the body is compressed"),
        ),
        transfer=index,
        title="curl may not have been able to decode the compressed answer",
        causes=("The body is not what the header says, or it is damaged.",),
        remedies=(
            Remedy("client", "Let curl say why it failed", ("Leave `-s` out, or add `-S`: exit code 61 proves it.",)),
            *_remedies(timeline.transfers[index]),
        ),
    )


def _remedies(transfer: Transfer) -> tuple[Remedy, ...]:
    return (
        Remedy(
            who="client",
            title="Ask for the answer as it is",
            steps=("Leave out `--compressed`; see with `curl -V` what this curl can decode.",),
            commands=again(transfer, transfer.last_exchange, "-v", "-H", "Accept-Encoding: identity"),
        ),
        Remedy(
            who="server",
            title="Send what the header says",
            steps=("Content-Encoding must name how the body is really compressed, also behind proxies.",),
        ),
    )
