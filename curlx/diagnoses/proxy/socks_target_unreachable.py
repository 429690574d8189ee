"""The SOCKS proxy could not reach the target.

## What it means

SOCKS is a simple kind of proxy. This one was asked to connect to the server, tried, and did not get through: the
port is closed, the address cannot be reached from there, or the name is not known to it.

## How curlx knows

The proxy's reply has a number (RFC 1928, section 6): 3 network unreachable, 4 host unreachable, 5 connection
refused, 6 TTL expired, which proxies send when nobody answered in time. Reply 1, a failure without a reason, and the
plain refusal of SOCKS4 say less, so curlx then says `possible`.

## What to do

Check the host and port of the target. If the log says `locally resolved`, your machine looked the name up and the
proxy got an address, which may be of no use where the proxy stands: let the proxy look the name up (`socks5h://`).

## When it is something else

Reply 2 means that the rules of the proxy forbid the target: see `proxy-socks-denied`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.shared.probes import again
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, place
from curlx.diagnoses.proxy.shared.tunnels import socks_request
from curlx.findings import Certainty, Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="proxy-socks-target-unreachable", title="The SOCKS proxy could not reach the target", needs="complaint"
)

_REPLIES = {
    # RFC 1928, section 6
    1: "the reply gives no reason",
    3: "the network of the target cannot be reached from there",
    4: "the target cannot be reached from there",
    5: "the target refused the connection",
    6: "the target did not answer in time",
    7: "the proxy does not know this command",
    8: "the proxy does not know this kind of address",
}


_REFUSED, _COMMAND, _ADDRESS = 5, 7, 8


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the SOCKS proxies that could not connect to the target."""
    for trouble in ended_by(timeline, "socks-unreachable", "socks-failed"):
        number = trouble.complaint.number
        if trouble.complaint.kind == "socks-failed" and number is None:
            continue  # a greeting that went wrong, not a target
        certainty: Certainty = "certain" if trouble.complaint.kind == "socks-unreachable" else "possible"
        reason = _REPLIES.get(number or 1, _REPLIES[1])
        yield DIAGNOSIS.found(
            certainty,
            f"The SOCKS proxy could not make the connection to {socks_target(trouble)}: {reason}"
            + (f" (reply {number})." if number is not None else "."),
            socks_evidence(trouble, f"the proxy's reply to the request for a connection: {reason}"),
            transfer=trouble.index,
            causes=tuple(_causes(trouble)),
            remedies=_remedies(trouble),
        )


def socks_target(trouble: Trouble) -> str:
    """Return what a SOCKS proxy was asked for, for a sentence."""
    connection = trouble.connection
    if connection and connection.target_host:
        return place(connection.target_host, connection.target_port)
    return "the target"


def socks_evidence(trouble: Trouble, shows: str) -> Iterator[Evidence]:
    """Cite the reply of a SOCKS proxy, the request before it, and that the proxy can be reached."""
    timeline, connection, limit = trouble.timeline, trouble.connection, trouble.complaint.line
    yield trouble.says(shows)
    yield from socks_request(trouble)
    if connection and connection.connected and connection.connected.line < limit:
        yield cite(timeline, connection.connected.line, "the proxy itself can be reached")


def _causes(trouble: Trouble) -> Iterator[str]:
    local = trouble.proxy is not None and trouble.proxy.local
    if trouble.complaint.number == _COMMAND:
        yield (
            "curl asks a SOCKS proxy for connections (CONNECT) and nothing else: this proxy is set up for something "
            "else, or is no complete SOCKS5 proxy."
        )
        return
    if trouble.complaint.number == _ADDRESS:
        yield (
            "The proxy takes no addresses of this kind (IPv6, perhaps)."
            if local
            else "The proxy takes addresses and no names, or does not know IPv6."
        )
        return
    yield "The host or port of the target is wrong, or the target is down."
    if trouble.complaint.number == _REFUSED:
        yield "Something in front of the target refuses in its place: a firewall that does not let the proxy in."
    elif local:
        yield "This machine looked the name up and got an address that the proxy cannot reach (another network, IPv6)."
    else:
        yield "The proxy cannot look the name up, or has no way to the target."
    if trouble.complaint.kind == "socks-failed":
        yield "The proxy does not allow this target and says so without a reason."


def _remedies(trouble: Trouble) -> Iterator[Remedy]:
    target = socks_target(trouble)
    local = trouble.proxy is not None and trouble.proxy.local
    if trouble.complaint.number == _COMMAND:
        yield Remedy("gateway", "Let the SOCKS proxy make connections", ("Look up which commands it is set up for.",))
        return
    if trouble.complaint.number == _ADDRESS and not local:
        yield Remedy(
            "client",
            "Look the name up on this machine",
            ("With socks5 (or --socks5) in place of socks5h the proxy gets an address.",),
            again(trouble, "--proxy", f"socks5://{place(trouble.host, trouble.port)}") if trouble.host else (),
        )
        return
    yield Remedy("client", "Check the target", (f"Compare {target} with the host and port you were given.",))
    if local and trouble.connection and trouble.connection.host:
        yield Remedy(
            "client",
            "Let the proxy look the name up",
            ("With socks5h (or --socks5-hostname) the name goes to the proxy, not an address.",),
            again(trouble, "--proxy", f"socks5h://{place(trouble.host, trouble.port)}"),
        )
    yield Remedy("gateway", "Look from the proxy's side", (f"On the proxy's machine, connect to {target}.",))
