"""curl could not decode the compressed answer.

## What it means

The answer says that its body is compressed (`Content-Encoding: gzip`, `br`, `zstd` ...), and decoding it
failed: the data is not what the header says, it is damaged, or this curl was built without that method.

## How curlx knows

curl says that it does not know the content encoding, or that an error came up while decoding; without `-v` this
is `curl: (61)`.

## What to do

Ask without `--compressed` and see whether a plain answer comes. `curl -V` lists what this curl can decode
(libz, brotli, zstd).

## When it is something else

A proxy that changes bodies but leaves the header as it was breaks the encoding for everybody behind it.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.asking import again
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="http-content-encoding",
    title="curl could not decode the compressed answer",
    needs="complaint",
    explains=("curl-write-failed",),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find answers that curl could not decode."""
    for index, transfer in enumerate(timeline.transfers):
        complaint = transfer.complaint("content-encoding")
        if complaint is None:
            continue
        evidence = [cite(timeline, complaint.line, "curl cannot decode the body")]
        response = transfer.last_exchange.response if transfer.last_exchange is not None else None
        header = response.header("content-encoding") if response is not None else None
        if header is not None:
            evidence.append(cite(timeline, header.line, "how the server says that the body is compressed"))
        unknown = "unrecognized content encoding" in complaint.text.lower()
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
            remedies=(
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
            ),
        )
