"""The machine was reached, and it refused the connection.

## What it means

Programs that wait for connections do so on a numbered port; 443 is the usual one for https. Here the machine at the
address answered at once: nothing accepts connections on this port. So the name was found and a machine is there,
but the program that should answer does not, or a firewall answers in its place. No certificate and no password has
been looked at yet.

## How curlx knows

curl says `Connection refused` for an address (exit code 7). Where several addresses were tried, curlx reports this
only when none of them could be connected to: one refused address beside one that answered is normal and not a
problem. Some curl versions say only `Could not connect to server`; curlx then says `likely` or `possible`.

## What to do

Check the port in the URL. On the server, check that the service runs and listens on this address and port, and not
only on 127.0.0.1. Inside a container `localhost` is the container itself, not the machine around it.

## When it is something else

No answer at all is a timeout (`network-connect-timeout`); `No route to host` is `network-unreachable`. If the
address is that of a proxy, the proxy refused, not the server: see `proxy-refused`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.shared import metadata
from curlx.diagnoses.network.shared.connecting import Failed, failed_connects
from curlx.diagnoses.network.shared.probes import knock
from curlx.findings import Certainty, Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="network-refused", title="The connection was refused", needs="complaint")

_PROXYS_OWN = (1080, 3128, 7890, 7897, 8118, 9050, 10808, 10809)
"""Ports on which hardly anything but a proxy listens (SOCKS, squid, Clash, Privoxy, Tor, v2rayN)."""
_PROXY_PORTS = (*_PROXYS_OWN, 8080, 8888)
_QUICK = 2000
"""Milliseconds: a machine that says no does so at once; silence takes the system's time limit, a minute or more."""


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the transfers whose every address refused, or failed in no stated way."""
    for failed in failed_connects(timeline, "connect-refused", "connect-failed"):
        if failed.at_proxy:
            continue
        certainty, summary = _judge(failed)
        yield DIAGNOSIS.found(
            certainty,
            summary,
            failed.evidence,
            transfer=failed.trouble.index,
            causes=metadata.causes(failed) if metadata.is_metadata(failed) else tuple(_causes(failed)),
            remedies=metadata.remedies() if metadata.is_metadata(failed) else _remedies(failed),
            title="" if failed.kind == "connect-refused" else "curl could not connect",
        )


def _judge(failed: Failed) -> tuple[Certainty, str]:
    if failed.kind == "connect-refused":
        return failed.certainty, (
            f"{failed.where} refused the TCP connection: the answer was that nothing accepts connections there."
        )
    took = failed.trouble.complaint.number
    if took is not None and took < _QUICK:
        return "likely", (
            f"curl could not connect to {failed.where}. It gave up after {took} ms: a quick no, most likely a refused "
            "connection; the log does not give the reason."
        )
    return "possible", (
        f"curl could not connect to {failed.where}. The log does not say why: a refused connection is the most common "
        "reason, silence and a missing route are the others."
    )


def _names_no_server(failed: Failed) -> bool:
    """Whether the log does not show what was asked for, so that the address may be another's."""
    return failed.trouble.transfer.url is None and failed.trouble.transfer.command is None


def _is_likely_proxy(failed: Failed) -> bool:
    return _names_no_server(failed) and failed.trouble.port in _PROXYS_OWN


def _causes(failed: Failed) -> Iterator[str]:
    if _is_likely_proxy(failed):
        yield f"Port {failed.trouble.port} is one of proxies: most likely a proxy is set there, and it does not run."
    if failed.given:
        yield f"The address that --resolve gives, {failed.given}, is not that of the server."
    yield "The service is not running, or has not finished starting."
    elsewhere = "It listens on another port, or only on another address of the machine"
    if failed.is_here:
        yield f"{elsewhere}."
        yield (
            "Inside a container or a virtual machine this address is the container itself: a service outside of it "
            "needs another name."
        )
    else:
        yield f"{elsewhere} (such as 127.0.0.1)."
        yield "A firewall or load balancer in front of it refuses in its place."
    if failed.is_here and failed.trouble.transfer.command is not None:
        return  # the command names it as the server
    named_so = failed.trouble.port in _PROXY_PORTS or (failed.host or "").startswith("proxy")
    if not _is_likely_proxy(failed) and (_names_no_server(failed) or named_so):
        yield "The address may be that of a proxy (--proxy or an environment variable): then the proxy is what refused."


def _remedies(failed: Failed) -> Iterator[Remedy]:
    host, port = failed.host, failed.trouble.port
    if _is_likely_proxy(failed):
        yield Remedy(
            "client",
            "If this is a proxy, start it, or take it out of the settings",
            (
                "It may be set in https_proxy, http_proxy, all_proxy, in ~/.curlrc, or in the program's own settings: "
                "for git `git config --get-all http.proxy`, for cargo `http.proxy` in ~/.cargo/config.toml.",
            ),
        )
    yield Remedy(
        "client",
        "Check host and port, and try the port alone",
        (
            "Compare the port in the URL with the one the service should have (http without a port means 80, https "
            "443).",
        ),
        knock(failed.trouble.transfer, failed.given or host, port),
    )
    yield Remedy(
        "server",
        "Make the service listen there",
        (
            f"Check that the service runs and listens on {f'port {port}' if port else 'that port'}, on 0.0.0.0, [::] "
            f"or the address that curl tried{'.' if failed.is_here else ', not on 127.0.0.1 alone.'}",
        ),
        (f"ss -ltn 'sport = :{port}'",) if port else (),
    )
    if not failed.is_here:
        yield Remedy("network", "Look for a rule that rejects", ("Check firewalls and security groups for this port.",))
