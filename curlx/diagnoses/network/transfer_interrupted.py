"""The answer was cut before its end.

## What it means

The server had begun to answer and had told how long the answer would be (or how its end could be recognized), and
the connection ended before that. What has arrived is incomplete; do not use it.

## How curlx knows

curl compares the bytes that came with what was announced, and says that some are missing (exit code 18, `bytes
remaining to read`, `bytes missing`, `outstanding read data`). Or TLS ended without its farewell (exit code 56) although
a length was announced: at its last byte curl would have stopped reading.

## What to do

Try again; for a download, go on where it stopped. If it always stops at the same place, the server announces a
wrong length or dies there; if it stops after the same time, look for a time limit on the way.

## When it is something else

If the connection was reset, curl says so (`network-reset`). A server that ends TLS without the proper farewell, and
announced no length, is `tls-truncated`. Servers that use gRPC may refuse a client certificate in this way.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice import git
from curlx.advice.commands import endpoint_of
from curlx.diagnoses.network.shared.probes import again
from curlx.diagnoses.network.shared.trouble import WITHHELD, Trouble, arrived, ended_by, lacks_bytes, peer, worked
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="network-transfer-interrupted", title="The answer was cut before its end", needs="complaint")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the answers that ended early."""
    for trouble in ended_by(timeline, "transfer-interrupted", "tls-truncated", but=("tls", "proxy")):
        cut = lacks_bytes(trouble.transfer) if trouble.complaint.kind == "tls-truncated" else not _is_whole(trouble)
        if not cut:
            continue
        yield DIAGNOSIS.found(
            "certain",
            f"The connection to {peer(trouble)} ended before the answer was complete{_missing(trouble)}.",
            _evidence(trouble),
            transfer=trouble.index,
            causes=tuple(_causes(trouble)),
            remedies=_remedies(trouble),
        )


def _is_whole(trouble: Trouble) -> bool:
    """Return whether the log itself shows every announced byte, and no exit code speaks against it."""
    exchange = trouble.exchange
    if trouble.transfer.exit or exchange is None or exchange.response is None:
        return False
    if trouble.complaint.tells("counted-missing"):
        return False  # curl counts them, where a trace shows a line end more than there is
    if exchange.response.header("content-encoding"):
        return False  # what is written is longer than what came
    body = exchange.response.body
    return bool(body.announced) and arrived(body)


def _announced(trouble: Trouble) -> int | None:
    exchange = trouble.exchange
    return exchange.response.body.announced if exchange and exchange.response else None


def _missing(trouble: Trouble) -> str:
    announced = _announced(trouble)
    return f"; the server had announced {announced} bytes" if announced else ""


def _evidence(trouble: Trouble) -> Iterator[Evidence]:
    of_tls = trouble.complaint.kind == "tls-truncated" or trouble.complaint.tells("of-gnutls")
    counted = _announced(trouble) or trouble.complaint.tells("counted-missing", "counted-remaining")
    short = "curl got less than was announced" if counted else "the answer ended here, and was not whole"
    yield trouble.says("TLS ended here, without its farewell" if of_tls else short)
    exchange = trouble.exchange
    if exchange and exchange.response:
        yield cite(trouble.timeline, exchange.response.first_line, "the answer had begun")
        for name in ("content-length", "transfer-encoding"):
            header = exchange.response.header(name)
            if header:
                yield cite(trouble.timeline, header.line, "by this curl knows where the body must end")
    yield from worked(trouble)


def _causes(trouble: Trouble) -> Iterator[str]:
    if trouble.withheld_certificate:
        yield WITHHELD
    yield "The program that produces the answer crashed or was stopped in the middle."
    yield "A time or size limit of a proxy, load balancer or server ended the answer early."
    if _announced(trouble):
        yield "The server announces a wrong Content-Length (for instance after compressing or changing the body)."


def _remedies(trouble: Trouble) -> Iterator[Remedy]:
    exchange = trouble.exchange
    if trouble.transfer.git:
        yield Remedy("client", "Try again", (), (git.attempt(endpoint_of(trouble.transfer)),))
        if trouble.complaint.tells("of-http2"):
            yield git.older_http()
    elif exchange is None or exchange.request is None or exchange.request.method == "GET":
        if _announced(trouble):
            yield Remedy(
                "client",
                "Try again; go on where a download stopped",
                ("Replace FILE by the file that has the first part; not every server can go on.",),
                again(trouble, "--continue-at", "-", "--output", "FILE"),
            )
        else:
            yield Remedy("client", "Try again", (), again(trouble))
    else:
        yield Remedy("client", "Find out whether the request took effect before you repeat it", ())
    yield Remedy(
        "server",
        "Find what ends the answer",
        ("Look at the server's log for this request, and at the time and size limits of everything in front of it.",),
    )
