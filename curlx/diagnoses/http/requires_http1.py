"""The server wants HTTP/1.1 for this request, and curl asked over HTTP/2.

## What it means

A server may break off an HTTP/2 stream with the code HTTP_1_1_REQUIRED when it cannot do over HTTP/2 what the
request needs: most often asking for a client certificate late (HTTP/2 forbids renegotiation), or NTLM
authentication.

## How curlx knows

curl names the code (`HTTP_1_1_REQUIRED (err 13)`; RFC 9113, 7) or says `Downgrades to HTTP/1.1`, and no answer
came after it.

## What to do

Ask with `--http1.1`. curl 7.64 and later do so by themselves.

## When it is something else

If the second try over HTTP/1.1 was answered, this is only a note on the way there.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.statuses import unanswered
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Complaint, Timeline, Transfer

DIAGNOSIS = Diagnosis(
    code="http-requires-http1",
    title="The server wants HTTP/1.1 for this request",
    # What an HTTP/1.1 retry on the same port then meets is the continuation of the same trouble.
    explains=("http-stream-reset", "http-goaway", "http-malformed-response", "network-not-http", "network-empty-reply"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find streams broken off with HTTP_1_1_REQUIRED after which no answer came."""
    for index, transfer in enumerate(timeline.transfers):
        complaint = _required(transfer)
        if complaint is None or not unanswered(transfer, complaint.line):
            continue
        again = transfer.complaint("not-http", "empty-reply", "reset", "tls-alert")
        retried = again is not None and again.line > complaint.line and again.kind != "empty-reply"
        evidence = [cite(timeline, complaint.line, "the server wants HTTP/1.1")]
        if again is not None and retried:
            evidence.append(cite(timeline, again.line, "curl tried again over HTTP/1.1, and that failed too"))
        yield DIAGNOSIS.found(
            "certain",
            "The server broke off the HTTP/2 stream with HTTP_1_1_REQUIRED: it wants HTTP/1.1 for this request."
            + (" curl tried again over HTTP/1.1, and that failed too." if retried else ""),
            evidence,
            transfer=index,
            causes=(
                "The server must ask for a client certificate or NTLM credentials on this connection, which HTTP/2 "
                "does "
                "not allow.",
                "The server, or a proxy in front of it, offers HTTP/2 but cannot speak it for this address.",
            ),
            remedies=(
                Remedy(
                    who="client",
                    title="Ask over HTTP/1.1",
                    steps=("curl before 7.64 does not change by itself; newer ones do.",),
                    commands=("curl -v --http1.1 https://...",),
                ),
                Remedy(
                    who="server",
                    title="Do not offer HTTP/2 where it cannot be used",
                    steps=("Ask for client certificates in the first handshake, for the whole host name.",),
                ),
            ),
        )


def _required(transfer: Transfer) -> Complaint | None:
    complaint = transfer.complaint("requires-http1")
    if complaint is not None:
        return complaint
    reset = transfer.complaint("stream-reset")
    return reset if reset is not None and (reset.number == 13 or "HTTP_1_1_REQUIRED" in reset.text) else None
