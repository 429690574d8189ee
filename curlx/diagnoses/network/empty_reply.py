"""The server closed the connection without a single byte of an answer.

## What it means

curl sent the request, and the server hung up politely instead of answering. An HTTP server always answers
something, if only an error, so this is either not an HTTP server, or a program that gave up on this request.

## How curlx knows

curl says `Empty reply from server` (exit code 52), or, over TLS, that the connection ended while the first byte of
the answer was awaited. No status line follows the request in the log.

## What to do

Check that scheme and port belong together: `http://` to a port that speaks https is a common reason. Then look in
the server's log at this moment: a crash of the worker that handled the request looks exactly like this.

## When it is something else

If the server asked for a client certificate and none was sent, that is the more likely reason
(`client-certificate-missing`): some servers, Node.js and Java among them, refuse in this way. An answer that began
and was cut is `network-transfer-interrupted`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import endpoint_of
from curlx.advice.with_and_without import with_and_without
from curlx.diagnoses.network.shared.prior_knowledge import CAUSE, ask_over_http1, presumes_http2
from curlx.diagnoses.network.shared.probes import again, caution
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, peer, standing, worked
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.statuses import BAD_REQUEST
from curlx.timeline import Complaint, Request, Timeline, Transfer, Tri

DIAGNOSIS = Diagnosis(
    code="network-empty-reply",
    title="The server closed the connection without an answer",
    explains=("tls-truncated", "network-send-failed"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the requests that got no byte of an answer."""
    seen = set()
    for trouble in ended_by(timeline, "empty-reply", but=("tls", "proxy")):
        seen.add(trouble.index)
        yield _finding(trouble)
    # Over TLS an end without the farewell that TLS wants (close_notify) is told as a TLS error. Before the first byte
    # of the answer it is still an empty reply.
    for trouble in ended_by(timeline, "tls-truncated", phases=("request",)):
        if trouble.index not in seen and trouble.exchange is not None:  # else an answer may be left out of the log
            yield _finding(trouble)
    yield from _without_a_word(timeline)


def _without_a_word(timeline: Timeline) -> Iterator[Finding]:
    """Find the requests after which the connection was closed, with neither an answer nor a word from curl.

    Some builds (mbedTLS in 7.81) print nothing when reading fails.
    """
    for index, transfer in enumerate(timeline.transfers):
        last, connection = transfer.last_exchange, transfer.last_connection
        if last is None or last.request is None or last.response or last.interim or last.superseded:
            continue
        closed = connection.closed if connection else None
        if closed is None or closed.line < last.request.last_line or standing(transfer) or transfer.exit:
            continue
        if not closed.value:
            continue  # curl keeps a connection that has answered: the lines of the answer were left out
        if (timeline.loose.first_line or 0) > last.request.last_line and not _is_of_another(timeline, last.request):
            continue  # what follows may be the answer of a server that knows no headers (HTTP/0.9)
        silent = Complaint("empty-reply", "", closed.line, "request")
        trouble = Trouble(timeline, index, transfer, silent, connection)
        yield DIAGNOSIS.found(
            "possible",
            f"The log shows no answer from {peer(trouble)} before curl was done with the connection, and "
            "curl does not say why.",
            [trouble.says("curl is done, and no answer is in the log"), *worked(trouble)],
            transfer=index,
            causes=(*_causes(trouble), "The lines of the answer were taken out of the log."),
            remedies=_remedies(trouble),
            title="No answer to the request",
        )


def _is_of_another(timeline: Timeline, request: Request) -> bool:
    """Whether the text behind a request of HTTP/2 or 3 begins as an answer of HTTP/1 does, which `-i` writes."""
    return not request.version.startswith("1") and timeline.loose.sample.startswith("HTTP/1")


def _finding(trouble: Trouble) -> Finding:
    return DIAGNOSIS.found(
        "certain",
        f"The connection to {peer(trouble)} was closed by the other side before any answer came.",
        [trouble.says("the connection ended before the first byte of an answer"), *worked(trouble)],
        transfer=trouble.index,
        causes=tuple(_causes(trouble)),
        remedies=_remedies(trouble),
    )


def _may_speak_https(trouble: Trouble) -> bool:
    """Whether plain HTTP may be what the port does not know: it has not answered any in the same log."""
    if trouble.is_over_tls:
        return False
    asked = endpoint_of(trouble.transfer, trouble.connection)
    return not any(
        endpoint_of(each).authority == asked.authority and (each.url or "").startswith("http:") and _answered(each)
        for each in trouble.timeline.transfers
    )


def _answered(transfer: Transfer) -> bool:
    """Whether the port answered it; 400 is also how one that speaks https answers plain HTTP."""
    return any(each.response is not None and each.response.status != BAD_REQUEST for each in transfer.exchanges)


def _requested(trouble: Trouble) -> Tri:
    tls = trouble.connection.tls if trouble.connection else None
    return tls.client_certificate.requested if tls is not None else "no"


def _agreed_on_http(trouble: Trouble) -> bool:
    """Whether the server took a protocol in ALPN: those that curl offers are HTTP's."""
    tls = trouble.connection.tls if trouble.connection else None
    return tls is not None and tls.alpn is not None


def _announced_in_vain(trouble: Trouble) -> int:
    """Return how many bytes of data a header of the command announces, where the command has no data."""
    transfer, request = trouble.transfer, trouble.exchange.request if trouble.exchange else None
    length = request.header("content-length") if request is not None else None
    if transfer.command is None or not trouble.is_without_data or length is None or not length.value.isdecimal():
        return 0
    return int(length.value) if "content-length:" in transfer.command.value.lower() else 0


def _causes(trouble: Trouble) -> Iterator[str]:
    lacking = _announced_in_vain(trouble)
    if lacking:
        yield (f"The request announces {lacking} bytes of data (`Content-Length`), and the command gives curl none to "
               "send: the server waited for them, and gave up.")  # fmt: skip
    if trouble.withheld_certificate:
        yield "The server asked for a client certificate, got none, and hung up without saying so."
    elif _requested(trouble) == "unknown":
        yield "The server wants a client certificate; this build of curl does not show whether it asked for one."
    if presumes_http2(trouble):
        yield CAUSE
    may_speak_https = _may_speak_https(trouble)
    if may_speak_https:
        yield "The port speaks https and the URL says http, so the server could make nothing of the request."
    yield "The program that handled the request crashed or was stopped."
    if may_speak_https or (trouble.is_over_tls and not _agreed_on_http(trouble)):
        yield "The program on this port does not speak HTTP."
    yield "Something in front of the server (load balancer, filter) closed the connection."


def _remedies(trouble: Trouble) -> Iterator[Remedy]:
    if _announced_in_vain(trouble):
        step = "With `-d DATA` curl announces the length by itself: leave the Content-Length header out."
        yield Remedy("client", "Send the data that the request announces", (step,))
    if presumes_http2(trouble):
        yield ask_over_http1(again(trouble, "--http1.1"), *caution(trouble))
    if _may_speak_https(trouble):
        step = "If the service uses TLS, write https:// in the URL, not http://."
        yield Remedy("client", "Check the scheme", (step,))
    else:
        if trouble.spoke_http1 or not trouble.is_over_tls:
            step = "If it fails only sometimes, a restart or a crash is likely."
            yield Remedy("client", "Try again", (step, *caution(trouble)), again(trouble))
        else:
            step = "Some servers hang up on what they do not know; `--http1.1` asks in the older way."
            yield Remedy("client", "Try HTTP/1.1", (step, *caution(trouble)), again(trouble, "--http1.1"))
        if _requested(trouble) == "unknown":
            tls = trouble.connection.tls if trouble.connection is not None else None
            yield with_and_without(endpoint_of(trouble.transfer, trouble.connection), tls)
    crash = "Look for a crash or an out-of-memory kill."
    if _requested(trouble) != "no":
        crash = "Look for a crash, an out-of-memory kill, or a refused client certificate."
    yield Remedy("server", "Look in the server's log at this moment", (crash,))
