"""The server wants HTTP/1.1 for this request, and curl asked over HTTP/2.

## What it means

A server may break off an HTTP/2 stream with the code HTTP_1_1_REQUIRED when it cannot do over HTTP/2 what the
request needs: most often asking for a client certificate late (HTTP/2 forbids renegotiation), or NTLM
authentication.

## How curlx knows

curl names the code (`HTTP_1_1_REQUIRED (err 13)`; RFC 9113, 7) or says `Downgrades to HTTP/1.1`, and no answer
came after it. Where nghttp2 misses the SETTINGS frame with which HTTP/2 begins, it is `likely` that the server speaks
only HTTP/1.1.

## What to do

Ask with `--http1.1`. curl 7.63 and later does so by itself.

## When it is something else

If the second try over HTTP/1.1 was answered, this is only a note on the way there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from curlx.diagnoses.http.shared.asking import again
from curlx.diagnoses.trying_again import unanswered
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.statuses import SWITCHING_PROTOCOLS
from curlx.timeline import Complaint, Timeline, Transfer

DIAGNOSIS = Diagnosis(
    code="http-requires-http1",
    title="The server wants HTTP/1.1 for this request",
    needs="complaint",
    # What an HTTP/1.1 retry on the same port then meets is the continuation of the same trouble.
    explains=(
        "http-stream-reset",
        "http-goaway",
        "http-malformed-response",
        "network-not-http",
        "network-empty-reply",
        "network-reset",
    ),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find streams broken off with HTTP_1_1_REQUIRED after which no answer came."""
    for index, transfer in enumerate(timeline.transfers):
        complaint = transfer.complaint("requires-http1")
        if complaint is None or not unanswered(transfer, complaint.line):
            continue
        if complaint.subject is None:  # no code of HTTP/2
            yield _without_settings(timeline, index, transfer, complaint)
            continue
        failed = _retry(transfer, complaint.line)
        evidence = [cite(timeline, complaint.line, "the server wants HTTP/1.1")]
        if failed is not None:
            evidence.append(cite(timeline, failed.line, "curl tried again over HTTP/1.1, and that failed too"))
        yield DIAGNOSIS.found(
            "certain",
            "The server broke off the HTTP/2 stream with HTTP_1_1_REQUIRED: it wants HTTP/1.1 for this request."
            + (" curl tried again over HTTP/1.1, and that failed too." if failed is not None else ""),
            evidence,
            transfer=index,
            causes=(
                "The server wants to ask for a client certificate late, or for NTLM or Negotiate credentials, which it "
                "cannot do over HTTP/2.",
                "The server, or a proxy in front of it, offers HTTP/2 but cannot speak it for this address.",
            ),
            remedies=(
                Remedy(
                    who="client",
                    title="Ask over HTTP/1.1",
                    steps=("curl 7.63 and later turns to HTTP/1.1 by itself; older ones need `--http1.1`.",),
                    commands=again(transfer, transfer.last_exchange, "-v", "--http1.1"),
                )
                if failed is None
                else Remedy(
                    who="client",
                    title="Find out what the server does speak",
                    steps=("HTTP/2 and HTTP/1.1 both failed: see that host and port are those of the service.",),
                ),
                Remedy(
                    who="server",
                    title="Do not offer HTTP/2 where it cannot be used",
                    steps=(
                        "If the reason is client certificates: ask for them in the first handshake, for the whole host "
                        "name.",
                    ),
                ),
            ),
        )


class _Agreed(NamedTuple):
    """How curl came to speak HTTP/2 to who does not, and what there is to say of that."""

    summary: str
    causes: tuple[str, ...]
    ask: str
    serve: tuple[str, ...]


_ONLY_1, _OTHER_SERVICE = "most likely it speaks only HTTP/1.1 here.", "The port is that of another service."
_LOOK = "Add `--http1.1`; its answer also shows what listens there."
_IN_TLS = _Agreed(
    _ONLY_1,
    ("The server agrees to HTTP/2 in TLS (ALPN), and what answers behind it does not speak it.", _OTHER_SERVICE),
    _LOOK,
    ("What is behind the one that ends TLS must speak HTTP/2 too, or HTTP/2 be left off.",),
)
_BY_THE_SWITCH = _Agreed(
    "it had agreed to switch (`Upgrade: h2c`), and then did not.",
    (
        "The server says yes to the switch, and does not carry it out.",
        "A proxy on the way passes `Upgrade` and the 101 on, and not the HTTP/2 that follows.",
    ),
    "Leave --http2 out, as `--http1.1` does. If the server does speak HTTP/2, `--http2-prior-knowledge` begins with "
    "it and asks for no switch.",
    ("Do not answer 101 to `Upgrade: h2c` where nobody goes on with HTTP/2; to ignore it is allowed.",),
)
_NEVER = _Agreed(
    _ONLY_1,
    (
        "curl was told to begin with HTTP/2 (`--http2-prior-knowledge`), and this server speaks HTTP/1.1.",
        _OTHER_SERVICE,
    ),
    _LOOK,
    (),
)


def _without_settings(timeline: Timeline, index: int, transfer: Transfer, complaint: Complaint) -> Finding:
    """HTTP/2 begins with a SETTINGS frame from either side (RFC 9113, 3.4)."""
    tls = transfer.last_connection.tls if transfer.last_connection else None
    agreed, evidence = _NEVER, [cite(timeline, complaint.line, "what came is not what HTTP/2 begins with")]
    if tls is not None and tls.alpn is not None and tls.alpn.value == "h2":
        agreed = _IN_TLS
        evidence.append(cite(timeline, tls.alpn.line, "in TLS the server had agreed to HTTP/2"))
    elif switched := _switched(transfer):
        agreed = _BY_THE_SWITCH
        evidence.append(cite(timeline, switched, "the server had agreed to go on with HTTP/2"))
    return DIAGNOSIS.found(
        "likely",
        f"curl spoke HTTP/2, and what the server sent back is not HTTP/2: {agreed.summary}",
        evidence,
        transfer=index,
        causes=agreed.causes,
        remedies=(
            Remedy(
                who="client",
                title="Ask over HTTP/1.1",
                steps=(agreed.ask,),
                commands=again(transfer, transfer.last_exchange, "-v", "--http1.1"),
            ),
            Remedy(who="server", title="Offer HTTP/2 only where it is spoken", steps=agreed.serve),
        ),
        title="The server does not speak HTTP/2 here",
    )


def _switched(transfer: Transfer) -> int | None:
    """Return the line of the answer by which the server agreed to go on with HTTP/2 (RFC 7540, 3.2)."""
    for exchange in transfer.exchanges:
        for answer in (*exchange.interim, exchange.response):
            header = answer.header("upgrade") if answer is not None and answer.status == SWITCHING_PROTOCOLS else None
            if header is not None and header.value.lower() == "h2c":
                return header.line
    return None


def _retry(transfer: Transfer, line: int) -> Complaint | None:
    """Return what was wrong with the try that followed; newer builds end the first one as an empty reply."""
    kinds = ("not-http", "reset", "receive-failed", "tls-alert", "malformed-response")
    return next((each for each in transfer.complaints if each.kind in kinds and each.line > line), None)
