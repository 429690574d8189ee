"""The HTTP/3 connection failed.

## What it means

HTTP/3 uses QUIC, which runs over UDP instead of TCP and has TLS built in. Many networks let TCP port 443 out but
not UDP port 443, and many servers do not offer HTTP/3. Either way the same address may well answer over HTTP/2.

## How curlx knows

curl or its QUIC library says that the QUIC connection failed (`QUIC connect to ... failed`; exit code 7, 95 or 96),
and no answer follows over another protocol. Where TLS was done and curl still calls it a failure to connect, it is
`likely`: over TCP curl is connected before TLS begins.

## What to do

Try HTTP/2. If that works, allow UDP port 443 on the way, or leave HTTP/3 off.

## When it is something else

If the certificate was refused, curl says so, and that is the reason: see the `server-certificate-` diagnoses.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.shared.connecting import failed_connects
from curlx.diagnoses.network.shared.probes import again
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, place
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="network-quic", title="The HTTP/3 connection failed", needs="complaint")

_LOG = (
    "Look for this client and this moment: whether the server wanted a certificate of the client, and why it hung up."
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the HTTP/3 connections that failed."""
    found = set()
    for failed in failed_connects(timeline, "quic"):
        found.add(failed.trouble.index)
        yield _finding(failed.trouble, failed.evidence)
    for trouble in ended_by(timeline, "quic"):
        if trouble.index not in found:
            yield _finding(trouble, (trouble.says("QUIC failed here"),))
    for trouble in ended_by(timeline, "connect-failed"):
        # Over TCP curl is connected before TLS begins, or tells of TLS alone what failed in it.
        connection = trouble.connection
        tls = connection.tls if connection else None
        if connection is None or tls is None or tls.completed is None or not tls.completed.value:
            continue
        later = any(attempt.line > tls.completed.line for attempt in connection.attempts)
        if not later and connection.connected is None and trouble.complaint.subject in (None, connection.host):
            yield _after_tls(trouble, tls.completed.line)


def _after_tls(trouble: Trouble, line: int) -> Finding:
    where = place(trouble.host, trouble.port)
    return DIAGNOSIS.found(
        "likely",
        f"{where} ended the connection as soon as TLS was done, before curl was connected. That TLS is a part of "
        "connecting is so with HTTP/3 (QUIC).",
        (trouble.says("connecting failed here"), cite(trouble.timeline, line, "TLS was done as far as curl could see")),
        transfer=trouble.index,
        causes=(
            "The server asked for a client certificate and got none, or one that it refuses: with TLS 1.3 it says so "
            "only now, and the log does not show whether it asked.",
            "The server does not serve this host or protocol over HTTP/3.",
        ),
        remedies=(_over_http2(trouble), Remedy("server", "Look in the server's log", (_LOG,))),
        title="The server ended the HTTP/3 connection behind the handshake",
    )


def _finding(trouble: Trouble, evidence: tuple[Evidence, ...]) -> Finding:
    return DIAGNOSIS.found(
        "certain",
        f"The HTTP/3 (QUIC) connection to {place(trouble.host, trouble.port)} failed.",
        evidence,
        transfer=trouble.index,
        causes=(
            "UDP packets to this port are dropped or rejected on the way; QUIC needs UDP where HTTP/2 needs TCP.",
            "The server does not offer HTTP/3 on this port.",
            "The network reaches the outside through a proxy only; QUIC does not pass through most of them.",
        ),
        remedies=_remedies(trouble),
    )


def _over_http2(trouble: Trouble) -> Remedy:
    # HTTP/3 is always encrypted (RFC 9114, 3.1).
    command = again(trouble, "--http2", secure=True)
    return Remedy("client", "Use HTTP/2", ("If this works, only HTTP/3 is the problem.",), command)


def _remedies(trouble: Trouble) -> Iterator[Remedy]:
    yield _over_http2(trouble)
    where = place(trouble.host, trouble.port)
    yield Remedy("network", "Let UDP through", (f"Allow UDP from this machine to {where}.",))
    step = "A server that offers HTTP/3 says so in the Alt-Svc header of its HTTP/2 answers."
    yield Remedy("server", "Check that HTTP/3 is switched on", (step,))
