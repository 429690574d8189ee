"""The proxy does not allow this target.

## What it means

To reach an https server through a proxy, curl asks the proxy for a tunnel (the request `CONNECT host:port`). This
proxy understood the request and refused it. The server has not been asked anything; its certificates and its rules
play no part.

## How curlx knows

The proxy answered CONNECT with a status such as 403, or with words behind any status that say no (`denied the
specified URL`, as Forefront TMG writes behind 502). Words that may be about the target, as `permission denied`, are
only `likely` the proxy's own no. The status and the page belong to the proxy, even if they look
like the server's. Up to 8.20 curl prints nothing of what a proxy answers that speaks HTTP/2: where it then gives up
without a word, that is only `possible`.

## What to do

Ask whoever runs the proxy to allow this host and port. Many proxies allow CONNECT to port 443 only. If the target
is in your own network, it should not go through the proxy at all. Where the proxy answers with a redirect, open the
address that it names in a browser: a portal wants a login there, and curl follows no redirect of a proxy.

## When it is something else

407 asks for a login: see `proxy-authentication`. 5xx says that the proxy could not reach the target: see
`proxy-target-unreachable`. 404, 405 or 400 often means that the address is that of a web server, which is no proxy;
where nginx names itself behind such a status, it is: by itself it opens no tunnels.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.products import Seen, server_seen
from curlx.diagnoses.network.shared.trouble import place
from curlx.diagnoses.proxy.shared.tunnels import PROXY_LOG, ProxyAnswer, bypass, proxy_refusals
from curlx.diagnoses.silence import dropped
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.ports import HTTPS_PORT
from curlx.statuses import PROXY_AUTHENTICATION_REQUIRED, is_redirection
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="proxy-denied",
    title="The proxy does not allow this target",
    needs="refusal",
    explains=("http-forbidden", "http-bad-gateway"),
)

_ACCESS_DENIED = "err_access_denied"

_FORBIDS = (403, 451)
"""Statuses that mean no, and nothing else."""

NO_PROXY_AT_ALL = (501, 505)
"""5xx statuses that speak of the method or the version, not of the target."""


_OF_OTHERS = {
    False: "the answer of a web server that is no proxy",
    True: "what its own system, or the target, said when it tried",
}
_RULE = "A rule of the proxy blocks this host, its category, or this user."


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the tunnel that a proxy refused."""
    yield from _without_a_word(timeline)
    for answer in proxy_refusals(timeline):
        failed = answer.status >= 500 and answer.status not in NO_PROXY_AT_ALL
        if not answer.tunnel and answer.squid_error == _ACCESS_DENIED and answer.status in _FORBIDS:
            yield _of_request(answer)
        if not answer.tunnel or answer.status == PROXY_AUTHENTICATION_REQUIRED or (failed and not answer.denies):
            continue
        forbids = _forbids(answer)
        portal = _portal(answer)
        ending = f", and points to `{portal}`" if portal else ""
        if not forbids:
            ending += f"{'. That' if portal else ', which'} may also be {_OF_OTHERS[answer.denies]}"
        yield DIAGNOSIS.found(
            "certain" if forbids else "likely",
            f"The {answer.proxy} refused to open a tunnel to {answer.target} with status "
            f"{answer.status}{ending}. The server was not asked.",
            (*answer.evidence("the proxy refused the tunnel"), *_names_itself(answer)),
            transfer=answer.index,
            causes=tuple(_causes(answer)),
            remedies=_remedies(answer),
            title="" if forbids else "The tunnel was refused",
        )


def _no_proxy(answer: ProxyAnswer) -> Seen | None:
    """Return the server that names itself in the answer, where it is one that opens no tunnels."""
    seen = (
        () if _forbids(answer) or answer.denies else server_seen(answer.exchange.response if answer.exchange else None)
    )
    return next((each for each in seen if not each.vendor.opens_tunnels), None)


def _names_itself(answer: ProxyAnswer) -> Iterator[Evidence]:
    seen = _no_proxy(answer)
    if seen:
        yield cite(answer.timeline, seen.line, f"{seen.vendor.name} answered, which by itself opens no tunnels")


def _portal(answer: ProxyAnswer) -> str:
    """Return the page to which a proxy sends instead of opening the tunnel: curl follows no such redirect."""
    location = answer.header("location")
    return location if is_redirection(answer.status) and location.startswith(("http://", "https://")) else ""


def _forbids(answer: ProxyAnswer) -> bool:
    return answer.status in _FORBIDS or answer.denies_access


def _without_a_word(timeline: Timeline) -> Iterator[Finding]:
    """Find the tunnels that never stood, where curl closed the connection and said nothing.

    Up to 8.20 it does not print what a proxy answers that speaks HTTP/2 (seen with 8.14; lib/cf-h2-proxy.c).
    """
    for index, transfer in enumerate(timeline.transfers):
        connection, closed = transfer.last_connection, dropped(transfer)
        proxy = connection.proxy if connection is not None else None
        if connection is None or proxy is None or closed is None:
            continue
        answered = proxy.connect is not None and proxy.connect.response is not None
        if proxy.kind != "tunnel" or proxy.established is not None or answered or transfer.phase != "proxy":
            continue
        tls = connection.proxy_tls
        if tls is None or tls.alpn is None or tls.alpn.value != "h2":
            continue
        target = place(connection.target_host, connection.target_port) if connection.target_host else "the target"
        yield DIAGNOSIS.found(
            "possible",
            f"The proxy {place(connection.host, connection.port)} did not open a tunnel to {target}. curl does not say "
            "why: this build prints nothing of what a proxy answers that speaks HTTP/2.",
            (
                cite(timeline, closed.line, "curl closes the connection to the proxy, and no tunnel stood"),
                cite(timeline, proxy.first_line, "the proxy that curl was to go through"),
            ),
            transfer=index,
            title="The proxy opened no tunnel",
            causes=(
                _RULE,
                "The proxy cannot reach the target, or wants a password.",
            ),
            remedies=(
                Remedy("client", "See what the proxy answers", ("Leave `--proxy-http2` out: then curl prints it.",)),
                PROXY_LOG,
            ),
        )


def _of_request(answer: ProxyAnswer) -> Finding:
    # A server behind squid (an accelerator) would answer so too.
    return DIAGNOSIS.found(
        "likely",
        f"The {answer.proxy} refused to pass the request on to {answer.target} with status {answer.status}: the page "
        "is squid's own.",
        answer.evidence("the proxy refused the request"),
        transfer=answer.index,
        causes=(_RULE,),
        remedies=(
            Remedy(
                "gateway",
                "Allow the target",
                (f"In the rules of the {answer.proxy}: allow requests to {answer.target} for this client.",),
            ),
            *bypass(answer.transfer, answer.connection),
        ),
    )


def _port(answer: ProxyAnswer) -> int | None:
    return answer.connection.target_port if answer.connection else None


def _causes(answer: ProxyAnswer) -> Iterator[str]:
    if _portal(answer):
        yield "The proxy is a portal that wants a login in a browser first, or its page says why it blocks."
    seen = _no_proxy(answer)
    if seen:
        yield (
            f"The address given as a proxy leads to {seen.vendor.name}, which is no proxy for clients: without an "
            "added module it opens no tunnel, however it is configured."
        )
        return
    if not _forbids(answer) and not answer.denies:
        yield "The address given as a proxy is a web server, or a proxy that does not know CONNECT."
    yield _RULE
    if answer.denies and not _forbids(answer):
        yield "The target, or a firewall on the way to it, refused the proxy's connection."
    port = _port(answer)
    if port not in (None, HTTPS_PORT):
        yield f"The proxy opens tunnels only to certain ports, and {port} is not one of them ({HTTPS_PORT} usually is)."


def _remedies(answer: ProxyAnswer) -> Iterator[Remedy]:
    step = "Compare its host and port with what your network asks for."
    check = Remedy("client", "Check the address of the proxy", (step,))
    portal = _portal(answer)
    if portal:
        step = f"In a browser on this machine: `{portal}`. If it asks for a login, log in there and run curl again."
        yield Remedy("client", "Open the page that the proxy points to", (step,))
    if not _forbids(answer) and not answer.denies:
        yield check
    seen = _no_proxy(answer)
    if seen:
        step = (
            f"A proxy for clients is another program, such as squid; {seen.vendor.name} passes requests on to servers."
        )
        yield Remedy("gateway", "Set up a proxy that opens tunnels", (step,))
    else:
        step = f"In the rules of the {answer.proxy}: allow CONNECT to {answer.target} for this client."
        yield Remedy("gateway", "Allow the tunnel", (step,))
    yield from bypass(answer.transfer, answer.connection)
