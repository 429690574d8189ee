"""The other side broke the connection off.

## What it means

TCP, the protocol underneath, has a way to say "this conversation is over, now": a reset. The server, or something
between you and the server, sent one while curl was waiting for the answer or reading it. Programs do so when they
crash, when they are restarted, when they refuse a client without a word; firewalls and intrusion filters do so on
purpose.

## How curlx knows

curl says `Connection reset by peer` (errno 104 on Linux, 54 on macOS, 10054 on Windows) after the request was sent.
`certain` means that it was a reset; who sent it, the log cannot tell. Where curl only says that receiving failed,
curlx says `likely`.

## What to do

Try again: a restart of the server goes away by itself. If it happens every time, look in the server's log at this
moment. No entry there means that something in front of it (firewall, load balancer, antivirus) sent the reset. If
only large requests or one kind of request fail, think of a filter or a limit.

## When it is something else

A reset during the TLS handshake is `tls-reset`. If the server asked for a client certificate and none was sent,
that is the more likely reason: see `client-certificate-missing`. A connection that was closed politely without an
answer is `network-empty-reply`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.loopback import on_the_way, stays_here
from curlx.diagnoses.network.shared.probes import again, caution
from curlx.diagnoses.network.shared.trouble import RECV_ERROR, WITHHELD, Trouble, ended_by, peer, worked
from curlx.findings import Certainty, Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="network-reset",
    title="The connection was reset",
    needs="complaint",
    explains=("network-send-failed", "network-transfer-interrupted", "network-empty-reply", "tls-truncated"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the connections that were reset after the handshakes."""
    found = set()
    for trouble in ended_by(timeline, "reset", but=("tls", "proxy")):
        if not trouble.in_handshake:
            found.add(trouble.index)
            yield _finding(trouble, "certain")
    # An end that curl tells as one of TLS (`SSL_ERROR_SYSCALL, errno 0`) is one of reading, once the handshake is over.
    for trouble in ended_by(timeline, "receive-failed", "connection-died", "tls-closed", but=("tls", "proxy")):
        early = trouble.complaint.kind == "tls-closed" and not _reading(trouble)
        if early or trouble.in_handshake:
            continue
        if trouble.index not in found and not trouble.is_told_better:
            yield _finding(trouble, "possible" if trouble.complaint.from_exit else "likely")


def _finding(trouble: Trouble, certainty: Certainty) -> Finding:
    when = _when(trouble)
    if certainty == "certain":
        summary = f"The connection to {peer(trouble)} was reset {when}. The log does not show by whom."
    else:
        summary = f"The connection to {peer(trouble)} failed {when}. Usually it was reset or closed by the other side."
    return DIAGNOSIS.found(
        certainty,
        summary,
        [trouble.says("the connection broke here"), *worked(trouble)],
        transfer=trouble.index,
        causes=tuple(_causes(trouble)),
        remedies=_remedies(trouble),
        title="" if certainty == "certain" else "The connection broke",
    )


def _reading(trouble: Trouble) -> bool:
    code = trouble.transfer.exit.code if trouble.transfer.exit else None
    # CURLE_RECV_ERROR comes of reading: a log that begins in the middle shows no more.
    begun = trouble.complaint.phase in ("start", "resolve", "connect")
    return trouble.complaint.phase in ("request", "response") or (begun and code == RECV_ERROR)


def _agreed(trouble: Trouble) -> bool:
    """Whether the server accepted the protocol within TLS."""
    tls = trouble.connection.tls if trouble.connection else None
    return tls is not None and tls.alpn is not None


def _answering(trouble: Trouble) -> bool:
    """Whether an answer was coming in, by curl's own lines or by its progress meter."""
    return trouble.complaint.phase == "response" or trouble.transfer.came is not None


def _when(trouble: Trouble) -> str:
    if _answering(trouble):
        return "while the answer was coming in"
    if trouble.complaint.phase == "request":
        return "after the request was sent, before any answer came"
    return "before an answer was complete"


def _causes(trouble: Trouble) -> Iterator[str]:
    if trouble.withheld_certificate:
        yield WITHHELD
    answering = _answering(trouble)
    if answering:
        yield "The program behind the port crashed or was restarted."
    else:
        yield "The program behind the port crashed, was restarted, or refuses this request without a word."
    yield from on_the_way(trouble.connection, "A firewall, filter or load balancer on the way cut the connection.")
    if answering:
        yield "A time or size limit on the way ended the answer early."
    elif not _agreed(trouble):
        yield "The program on this port speaks another protocol than the URL says."


def _remedies(trouble: Trouble) -> Iterator[Remedy]:
    may_be_newer = not trouble.spoke_http1 and not trouble.complaint.tells("of-ping-pong")
    yield Remedy(
        "client",
        "Try again, and once more over HTTP/1.1" if may_be_newer else "Try again",
        (
            "If it fails only sometimes, a restart or an overload is likely; if it fails always, go on below.",
            *caution(trouble),
        ),
        again(trouble, "--http1.1") if may_be_newer else again(trouble),
    )
    silent = "never reached it" if not _answering(trouble) else "was cut on the way, or its program died"
    yield Remedy(
        "server",
        "Look in the server's log at this moment",
        (f"An entry tells why the server broke off. No entry means that the request {silent}.",),
    )
    if stays_here(trouble.connection):
        return
    step = "Check firewalls, filters and load balancers between the two."
    yield Remedy("network", "Look for what cuts the connection", (step,))
