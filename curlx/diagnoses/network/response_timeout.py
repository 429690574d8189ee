"""The request was sent, and no answer came in time.

## What it means

The connection works and the request is on its way, but the server had not begun to answer when curl's time was up.
Usually the server is still working on it, or waits for something behind it: a database, another service.

## How curlx knows

curl says `Operation timed out` with no byte of an answer received (exit code 28), after the request lines and with
no status line behind them. While a proxy is asked for the way, curl says `Connection timed out`, although it is
connected to the proxy. Where the operating system gives up first, curl says `Recv failure: Connection timed out`
(exit code 56). Where only curl's last line was kept, curlx says `likely` or `possible`, because a slow
TLS handshake ends in the same words.

## What to do

Give it more time once (`--max-time`), to learn whether an answer comes at all. If it does, the server is slow; if
it never does, it hangs. Then the server's log, and what the server itself waits for, are the places to look.

## When it is something else

No connection at all is `network-connect-timeout`; an answer that began and stopped is `network-transfer-timeout`. A
gateway that opens TLS connections can hang in this way when the real server wants a client certificate: see
`tls-intercepted`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.hosts import is_own
from curlx.diagnoses.network.shared import interim
from curlx.diagnoses.network.shared.probes import again, caution
from curlx.diagnoses.network.shared.silence import (
    CAUSES,
    IN_PLACE,
    gave_up,
    is_hasty,
    is_slow,
    kept_alive,
    more_time,
    time_was_up,
    too_short,
    waited,
)
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, peer, worked
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

_FILTERED = (
    "A filter against robots in front of the server lets programs wait: a browser that gets an answer from the same "
    "machine points at that."
)
_TOO_STRICT = (
    "The limit of speed that curl was given is too strict: it counts the time in which the server works on its answer, "
    "too."
)
_TOO_SHORT = "The time limit (--max-time){} is shorter than this request needs."
DIAGNOSIS = Diagnosis(code="network-response-timeout", title="No answer came in time", needs="complaint")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the requests that nobody had begun to answer when the time was up."""
    for trouble in ended_by(timeline, "timeout", phases=("request", "response")):
        if trouble.complaint.phase == "response" and not interim.only_interim(trouble.exchange):
            continue
        if trouble.complaint.number:
            continue  # the log lacks the beginning of the answer: network-transfer-timeout
        until = time_was_up(trouble.complaint)
        what = "No final answer" if interim.only_interim(trouble.exchange) else "No byte of an answer"
        yield _finding(trouble, f"{_sent(trouble)} {what} came before {until}.")
    for trouble in ended_by(timeline, "timeout", "connect-timeout", phases=("proxy",)):
        yield _finding(
            trouble, f"{_sent(trouble)} The way to the target was not open when {time_was_up(trouble.complaint)}."
        )
    for trouble in ended_by(timeline, "timeout", "connect-timeout", phases=("connect",)):
        connected = trouble.connection.connected if trouble.connection else None
        begun = trouble.complaint.tells("waited-for-reply")  # FTP, SMTP: the server has to begin
        if begun or (connected and connected.line < trouble.complaint.line):
            yield _finding(trouble, f"{_sent(trouble)} Nothing more had come when {time_was_up(trouble.complaint)}.")
    for trouble in ended_by(timeline, "proxy-connect-aborted"):
        if trouble.complaint.tells("time-was-up"):
            yield _finding(trouble, f"{_sent(trouble)} The proxy did not answer CONNECT in time.")
    for trouble in ended_by(timeline, "timeout", phases=("start",)):
        came = trouble.complaint.number
        if trouble.transfer.came:
            continue  # by the meter the answer had begun: network-transfer-timeout
        if came == 0:
            plain = (trouble.transfer.url or "").startswith("http://")
            yield DIAGNOSIS.found(
                "likely",
                f"No byte of an answer had come before {time_was_up(trouble.complaint)}. The log does not show what "
                f"came before: the server was slow to answer{'' if plain else ', or the TLS handshake did not end'}.",
                [trouble.says("time was up with 0 bytes received")],
                transfer=trouble.index,
                causes=_causes(trouble),
                remedies=_remedies(trouble),
            )
        elif came is None and not trouble.complaint.tells("too-slow"):
            silent = gave_up(trouble.complaint)
            yield DIAGNOSIS.found(
                "possible",
                "The operating system gave the connection up, having heard nothing of the other side for too long. The "
                "log does not show whether an answer had begun."
                if silent
                else "curl ran out of time. The log does not show at which step: connecting, the TLS handshake, or "
                "waiting for the answer.",
                [trouble.says("time was up")],
                transfer=trouble.index,
                causes=_causes(trouble),
                remedies=(Remedy("client", "Run it again with -v and read the new log", (), again(trouble)),),
                title="The other side fell silent" if silent else "curl ran out of time",
            )


def _sent(trouble: Trouble) -> str:
    exchange = trouble.exchange
    connect = trouble.proxy.connect if trouble.proxy else None
    if _is_proxys(trouble) and connect and connect.request:
        return f"curl asked {peer(trouble)} for a tunnel to {connect.request.target}."
    if exchange and exchange.request:
        return f"The request ({exchange.request.method}) to {peer(trouble)} was sent."
    return f"The connection to {peer(trouble)} was made."


def _finding(trouble: Trouble, summary: str) -> Finding:
    heard = interim.only_interim(trouble.exchange) is not None
    return DIAGNOSIS.found(
        "certain",
        summary,
        [
            trouble.says(f"no {'final ' if heard else ''}answer had begun when this came"),
            *interim.cite_interim(trouble.timeline, trouble.exchange),
            *worked(trouble),
        ],
        transfer=trouble.index,
        causes=_causes(trouble),
        remedies=_remedies(trouble),
    )


def _is_proxys(trouble: Trouble) -> bool:
    return trouble.complaint.phase == "proxy" or trouble.complaint.kind == "proxy-connect-aborted"


def _causes(trouble: Trouble) -> tuple[str, ...]:
    if gave_up(trouble.complaint):
        return CAUSES
    if _is_proxys(trouble):
        return (
            "The proxy cannot reach the target, and waits longer for it than curl waits for the proxy.",
            "The proxy is overloaded, or this port of it does not speak the protocol of a proxy.",
            *too_short(trouble.complaint),
        )
    if _is_before_a_request(trouble):
        return (
            "What listens there speaks another protocol than the URL, or the option for the proxy, says: each side "
            "waits for the other.",
            "The server is overloaded.",
            "The time limit (--max-time, --connect-timeout) is too short.",
        )
    after = waited(trouble.complaint)
    limit = _TOO_STRICT if is_slow(trouble.complaint) else _TOO_SHORT.format(f", {after}," if after else "")
    if interim.only_interim(trouble.exchange):
        return (*interim.causes(trouble.exchange), limit)
    hang = ("The server asked for a client certificate, got none, and hangs.",) if trouble.withheld_certificate else ()
    hasty = is_hasty(trouble.complaint)
    return (
        *hang,
        *((limit,) if hasty else ()),
        "The server is still working on the request, or is overloaded.",
        "The server waits for something behind it that does not answer (a database, another service).",
        *(() if hasty else (limit,)),
        "Large packets are lost on the way (a wrong MTU, often with a VPN).",
        *(() if trouble.host and is_own(trouble.host) else (_FILTERED,)),
    )


def _is_before_a_request(trouble: Trouble) -> bool:
    """The log shows the connection, and neither TLS nor a request on it (SOCKS, FTP: there the server has to begin)."""
    connection, exchange = trouble.connection, trouble.exchange
    shown = exchange is not None and exchange.request is not None
    return connection is not None and connection.connected is not None and connection.tls is None and not shown


def _remedies(trouble: Trouble) -> Iterator[Remedy]:
    if gave_up(trouble.complaint):
        yield kept_alive(trouble)
        yield Remedy("server", "See in the server's log whether the request arrived, and when it was answered")
        return
    if not _is_proxys(trouble) and _is_before_a_request(trouble):
        step = "Compare the schemes of the URL and of the proxy, if any, with what the service on this port speaks."
        yield Remedy("client", "Check port and protocol", (step,))
        yield Remedy("server", "See in the server's log whether the connection arrived")
        return
    yield from interim.remedies(trouble.exchange)
    connecting = _is_proxys(trouble) or trouble.complaint.kind == "connect-timeout"
    options = more_time(trouble.complaint, connecting=connecting)
    who = "proxy" if _is_proxys(trouble) else "server"
    yield Remedy(
        "client",
        "Give it more time, once",
        (
            f"With `{' '.join(options)}`: if an answer comes, the {who} is slow; if none ever comes, it hangs.",
            *((IN_PLACE,) if is_slow(trouble.complaint) else ()),
            *caution(trouble),
        ),
        again(trouble, *options),
    )
    if _is_proxys(trouble):
        step = "The proxy's log tells whether it could reach the target."
        yield Remedy("gateway", "Check what the proxy waits for", (step,))
        return
    yield Remedy(
        "server",
        "Find out what the request waits for",
        ("Look for the request in the server's log: did it arrive, and how long did it take?",),
    )
