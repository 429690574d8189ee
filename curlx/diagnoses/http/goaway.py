"""The server ended the HTTP/2 connection before it answered (GOAWAY).

## What it means

With a GOAWAY frame a server says: no more requests on this connection. In a friendly shutdown that is harmless,
and curl opens another. Here it came before the answer, and new connections met the same.

## How curlx knows

curl prints `received GOAWAY` and then gets no answer: it reports a refused stream, tries again, and gives up.
The number after `error=` is a code of RFC 9113, 7.

## What to do

Look in the server's log; `--http1.1` avoids HTTP/2 meanwhile.

## When it is something else

A GOAWAY with error 0 after a complete answer is how servers end a connection, and no problem.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.shared.asking import over_http1
from curlx.diagnoses.http.stream_reset import code_of
from curlx.diagnoses.network.shared.trouble import arrived
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Timeline, Transfer

DIAGNOSIS = Diagnosis(
    code="http-goaway",
    title="The server ended the HTTP/2 connection before it answered (GOAWAY)",
    needs="complaint",
    explains=("http-stream-reset", "network-"),
)


_LEAVES = "The server or a proxy in front of it is shutting down, restarting, or at a limit of connections."
_FAILED = "The server or a proxy in front of it met a failure, or holds that curl broke a rule of HTTP/2."


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find GOAWAY frames after which no answer came."""
    for index, transfer in enumerate(timeline.transfers):
        complaint = transfer.complaint("goaway")
        if complaint is None or not _no_answer(transfer):
            continue
        evidence = [cite(timeline, complaint.line, "the server ends the connection")]
        died = transfer.complaint("connection-died")
        if died is not None and died.line != complaint.line:
            evidence.append(cite(timeline, died.line, "curl gives up"))
        when = "its answer was whole" if _is_cut(transfer) else "it answered the request"
        name, meaning = code_of(complaint)
        yield DIAGNOSIS.found(
            "likely" if _may_be_answered(transfer) else "certain",
            f"The server ended the HTTP/2 connection with GOAWAY before {when}"
            + (f"; its code is {name}: {meaning}." if name else "."),
            evidence,
            transfer=index,
            # NO_ERROR (0) is what a server sends that ends in good order (RFC 9113, 6.8).
            causes=(_FAILED, _LEAVES) if complaint.number else (_LEAVES, _FAILED),
            remedies=(
                Remedy(
                    who="server",
                    title="Read why the server ends its HTTP/2 connections",
                    steps=("Look in its log, and that of any proxy in front of it, at the time of the request.",),
                ),
                over_http1(transfer, "Avoid HTTP/2 meanwhile"),
            ),
        )


def _no_answer(transfer: Transfer) -> bool:
    """Whether curl was done and the log shows no answer: GOAWAY after an answer ends a connection politely.

    An answer of which curl misses a part is none, where the server named an error.
    """
    last = transfer.last_exchange
    if _is_cut(transfer):
        return True
    answered = last is not None and last.response is not None and not last.superseded
    given_up = any(each.kind in ("connection-died", "stream-reset") and not each.again for each in transfer.complaints)
    return not answered and (transfer.finished or given_up)


def _may_be_answered(transfer: Transfer) -> bool:
    """Whether curl kept the connection and does not say that it failed: the lines of the answer may have been lost."""
    closed = transfer.last_connection.closed if transfer.last_connection else None
    return closed is not None and not closed.value and transfer.exit is None


def _is_cut(transfer: Transfer) -> bool:
    """Whether a part of the announced answer is missing behind a GOAWAY with an error, and curl failed."""
    goaway, last = transfer.complaint("goaway"), transfer.last_exchange
    body = last.response.body if last is not None and last.response is not None else None
    given_up = [each for each in transfer.complaints if not each.again]
    failed = goaway is not None and bool(goaway.number) and len(given_up) > 1
    return failed and body is not None and body.announced is not None and not arrived(body)
