"""The connection ended without TLS's own goodbye.

## What it means

TLS ends a connection with a message of its own (`close_notify`), so that a missing end cannot be hidden. The server
closed without it. If the body came with its length and is complete, that is only bad manners. If it did not, nobody can
tell whether the end of the body is missing.

## How curlx knows

curl says so after the answer had begun: `unexpected eof while reading`, `TLS connection was non-properly terminated`,
`Connection closed abruptly`, `missing close_notify`. curlx compares the length that was announced with what arrived,
where the log shows both.

## What to do

The server should close TLS properly, or send `Content-Length` or chunks, so that clients can tell. OpenSSL 3 reports
what older builds passed over in silence.

## When it is something else

* The same words during the handshake are another case: see `tls-closed`.
* A body that is shorter than announced, and a curl that failed for it: see `network-transfer-interrupted`.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.advice.commands import PLACEHOLDER, endpoint_of
from curlx.diagnoses.network.shared.trouble import RECV_ERROR, lacks_bytes
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Complaint, Response, Timeline, Transfer

DIAGNOSIS = Diagnosis(
    code="tls-truncated",
    title="The connection ended without TLS's own goodbye (close_notify)",
    needs="complaint",
    severity="warning",
    explains=("network-transfer-interrupted",),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find answers whose connection ended without close_notify."""
    for index, transfer in enumerate(timeline.transfers):
        said = transfer.complaint("tls-truncated")
        if said is None or not _after_the_handshake(transfer, said) or lacks_bytes(transfer):
            continue
        exchange = transfer.last_exchange
        response = exchange.response if exchange is not None else None
        if exchange is not None and response is None and said.phase in ("request", "response"):
            continue  # nothing had been answered: that is an empty reply, not a cut one
        whole = _whole(response)
        evidence = [cite(timeline, said.line, "the connection ended without close_notify")]
        if response is not None:
            evidence.append(cite(timeline, response.first_line, "the answer had begun before"))
            length = response.header("content-length")
            if length is not None:
                evidence.append(cite(timeline, length.line, "the length that was announced"))
        finding = DIAGNOSIS.found(
            "certain" if response is not None else "likely",
            f"The connection{_to(transfer)} ended without TLS's own goodbye. {_judgement(whole)}",
            evidence,
            transfer=index,
            causes=(
                "The server (or a load balancer) closes TCP without close_notify.",
                "The connection was cut on the way.",
            ),
            remedies=(
                Remedy("client", "Check that the body is complete before you use it"),
                Remedy("server", "End TLS properly, and send Content-Length or chunks, so that a cut body shows"),
            ),
        )
        failed = transfer.git or (response is None and not said.tells("only-remarked"))
        if transfer.exit is not None:
            failed = transfer.exit.code != 0
        yield msgspec.structs.replace(finding, severity="error") if failed and whole is None else finding


def _to(transfer: Transfer) -> str:
    host = endpoint_of(transfer).host
    return "" if host == PLACEHOLDER else f" to {host}"


def _after_the_handshake(transfer: Transfer, said: Complaint) -> bool:
    """Tell whether data had been read: by what came before, or by curl's call, exit code 56 or git's word alone."""
    alone = said.phase in ("start", "resolve", "connect")
    received = transfer.exit.code == RECV_ERROR if transfer.exit is not None else said.tells("in-reading")
    return said.phase in ("request", "response", "done") or (alone and (received or transfer.git))


def _whole(response: Response | None) -> bool | None:
    """Tell whether the body arrived whole, as far as the log shows it."""
    if response is None or response.body.announced is None:
        return None
    return response.body.seen >= response.body.announced if response.body.seen else None


def _judgement(whole: bool | None) -> str:
    if whole:
        return "The body had arrived in full, so nothing is lost."
    if whole is False:
        return "Less of the body arrived than was announced."
    return "Whether the end of the body is missing, the log cannot tell."
