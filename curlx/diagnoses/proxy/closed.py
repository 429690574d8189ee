"""The proxy closed the connection instead of answering.

## What it means

curl asked the proxy for a way to the server, and the proxy hung up: no yes, no no. The server has not been asked
anything by curl.

## How curlx knows

curl says so (`Proxy CONNECT aborted`, `connection to proxy closed`), or the connection broke after CONNECT or the
SOCKS greeting and before any answer to it.

## What to do

Look in the proxy's log at this moment. Check that the port is the one for this kind of proxy: an HTTP proxy hangs
up on SOCKS, and a SOCKS proxy on HTTP. Some small proxies hang up when they cannot reach the target, or when the
target is an IPv6 address.

## When it is something else

A proxy that answers with a status is `proxy-denied`, `proxy-authentication` or `proxy-target-unreachable`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.shared.probes import again
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, place, standing
from curlx.diagnoses.proxy.shared.tunnels import PROXY_LOG, socks_request
from curlx.events import ComplaintKind
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="proxy-closed",
    title="The proxy closed the connection",
    needs="complaint",
    explains=("network-reset", "network-empty-reply", "network-send-failed"),
)

_BROKEN: tuple[ComplaintKind, ...] = (
    "reset", "empty-reply", "receive-failed", "send-failed", "connection-died", "tls-truncated",
)  # fmt: skip


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the proxies that hung up."""
    found = set()
    for trouble in ended_by(timeline, "proxy-connect-aborted", "socks-closed"):
        if not trouble.complaint.tells("time-was-up") and not _answered(trouble):
            found.add(trouble.index)
            yield _finding(trouble)
    for trouble in ended_by(timeline, *_BROKEN, phases=("proxy",)):
        if trouble.index not in found and not _answered(trouble):
            yield _finding(trouble)


def _answered(trouble: Trouble) -> bool:
    """Whether the proxy had given its answer: then the answer is the reason."""
    connect = trouble.proxy.connect if trouble.proxy else None
    return connect is not None and connect.response is not None and connect.response.status >= 300


def _was_reset(trouble: Trouble) -> bool:
    """Whether a reset ended it: the log cannot show who sent that."""
    return any(one.kind == "reset" for one in (trouble.complaint, *standing(trouble.transfer)))


def _is_socks(trouble: Trouble) -> bool:
    return trouble.complaint.kind == "socks-closed" or (trouble.proxy is not None and trouble.proxy.kind == "socks")


def _finding(trouble: Trouble) -> Finding:
    connection = trouble.connection
    known = connection is not None and connection.target_host is not None
    target = place(connection.target_host, connection.target_port) if connection and known else "the target"
    who = f"the proxy {place(trouble.host, trouble.port)}" if trouble.host else "the proxy"
    reset = _was_reset(trouble)
    return DIAGNOSIS.found(
        "likely" if reset else "certain",
        f"The connection to {who} was reset when curl asked for a way to {target}. Most likely the proxy itself broke "
        "off; a filter on the way can do so too."
        if reset
        else f"{who[0].upper()}{who[1:]} closed the connection when it was asked for a way to {target}, without an "
        "answer.",
        _evidence(trouble),
        transfer=trouble.index,
        causes=tuple(_causes(trouble)),
        remedies=_remedies(trouble),
    )


def _evidence(trouble: Trouble) -> Iterator[Evidence]:
    timeline, connection = trouble.timeline, trouble.connection
    yield trouble.says("the connection ended here: reset" if _was_reset(trouble) else "the proxy hung up")
    proxy = trouble.proxy
    if proxy and proxy.connect and proxy.connect.request:
        yield cite(timeline, proxy.connect.request.first_line, "curl asked for a tunnel, and no status line follows")
    else:
        yield from socks_request(trouble)
    if connection and connection.connected and connection.connected.line < trouble.complaint.line:
        yield cite(timeline, connection.connected.line, "the proxy itself can be reached")


def _causes(trouble: Trouble) -> Iterator[str]:
    if _is_socks(trouble):
        yield "The port is not that of a SOCKS proxy, or of another SOCKS version."
        yield "The proxy does not support what it was asked for, such as an IPv6 address as the target."
    else:
        yield "The port is not that of an HTTP proxy (SOCKS proxies and proxies with TLS hang up on plain CONNECT)."
    yield "The proxy could not reach the target, or does not allow it, and says so by hanging up."
    yield "The proxy lets only certain clients in, or it crashed."


def _remedies(trouble: Trouble) -> Iterator[Remedy]:
    host, port = trouble.host, trouble.port
    if host and port:
        others = [
            f"{scheme}://{place(host, port)}" for scheme in (("http",) if _is_socks(trouble) else ("socks5h", "https"))
        ]
        yield Remedy(
            "client",
            "Try another kind of proxy on the same port",
            (f"The scheme in front of the proxy's address tells curl which kind it is: {' or '.join(others)}.",),
            tuple(command for other in others for command in again(trouble, "--proxy", other)),
        )
    yield PROXY_LOG
