"""There is no way from this machine to that address.

## What it means

Before a packet leaves, the machine (or a router on the way) must know which way to send it. Here somebody answered
that there is none: `Network is unreachable`, `No route to host` and the like. Either this machine has no suitable
network, or the address does not belong to anything that can be reached from here.

## How curlx knows

The operating system said so to curl for every address that was tried, or of a connection that stood before: its way
was lost then (a VPN that ended, a network that was left, a machine that went down). An IPv6 address that cannot be
reached beside an IPv4 address that answers is normal on many machines, and not reported.

## What to do

Check that the machine is online and that the VPN is up if one is needed. If only IPv6 addresses were tried, either
the name has no others or `-6` kept curl from them. `No route to host` for a machine nearby often means that its
firewall rejects the connection.

## When it is something else

No answer at all is `network-connect-timeout`; `Connection refused` is `network-refused`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.hosts import is_address, is_here, is_own, split_url
from curlx.diagnoses.network.shared import metadata
from curlx.diagnoses.network.shared.connecting import Failed, failed_connects
from curlx.diagnoses.network.shared.probes import again, quoted
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, peer, worked
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

_ANY = ("0.0.0.0", "::")  # noqa: S104 - nothing is bound to it
"""To connect there is to connect to this machine (Linux, macOS)."""

DIAGNOSIS = Diagnosis(code="network-unreachable", title="The address cannot be reached from here", needs="complaint")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the transfers for which no address had a route."""
    for failed in failed_connects(timeline, "connect-unreachable"):
        whom = f"the proxy {failed.where}" if failed.at_proxy else failed.where
        source = _source(failed)
        start = f"`--interface {source}`" if source else "this machine"
        summary = f"There is no way from {start} to {whom}: the network said so before any connection was made."
        if _forbidden(failed):
            summary = f"This machine does not let curl connect to {whom}: the system forbids it, and nothing was sent."
        yield DIAGNOSIS.found(
            failed.certainty,
            summary,
            failed.evidence,
            transfer=failed.trouble.index,
            causes=metadata.causes(failed) if metadata.is_metadata(failed) else tuple(_causes(failed)),
            remedies=metadata.remedies() if metadata.is_metadata(failed) else _remedies(failed),
        )
    for trouble in ended_by(timeline, "way-lost"):
        yield _lost(trouble)


def _lost(trouble: Trouble) -> Finding:
    return DIAGNOSIS.found(
        "certain",
        f"The connection to {peer(trouble)} stood, and then this machine found no way to it any more.",
        [trouble.says("the system says that there is no way"), *worked(trouble)],
        transfer=trouble.index,
        causes=(
            "The network of this machine changed meanwhile: a VPN ended, Wi-Fi or a cable was lost.",
            "The other machine, or a router on the way, went down.",
            "A firewall on the way answers that the address cannot be reached.",
        ),
        remedies=(
            Remedy(
                "client",
                "Check the connection of this machine, and try again",
                ("Check that the machine is online, and that the VPN is connected if this server needs one.",),
                again(trouble),
            ),
            Remedy("network", "Check routes and firewalls", (f"Check that a route leads to {peer(trouble)}.",)),
        ),
        title="The way to the server was lost",
    )


def _tried(failed: Failed) -> tuple[str, ...]:
    """Return the addresses that the log shows; without -v it is that of curl's last word alone."""
    attempts = failed.trouble.connection.attempts if failed.trouble.connection else ()
    shown = tuple(attempt.address for attempt in attempts) or (failed.host or "",)
    return tuple(each.removeprefix("::ffff:") if "." in each else each for each in shown)  # so IPv6 writes one of IPv4


def _only_ipv6(failed: Failed) -> bool:
    """Whether every address that the log shows is one of IPv6."""
    return all(":" in address for address in _tried(failed))


def _here(failed: Failed) -> str:
    """Return the address that was tried, where it is that of this machine itself."""
    address = _tried(failed)[-1]
    return address if address in _ANY or is_here(address) else ""


def _private(failed: Failed) -> str:
    """Return the address that was tried, where it is one of a private network."""
    address = _tried(failed)[-1]
    return address if is_address(address) and is_own(address) else ""


def _forbidden(failed: Failed) -> bool:
    """Tell whether the system did not permit it (EACCES, EPERM)."""
    attempts = failed.trouble.connection.attempts if failed.trouble.connection else ()
    return any("not-permitted" in each.details for each in attempts)


def _source(failed: Failed) -> str | None:
    """Return the address or network of this machine from which the command has curl start."""
    return failed.trouble.transfer.option("interface")


def _causes(failed: Failed) -> Iterator[str]:
    if _forbidden(failed):
        yield "A firewall on this machine, a route marked as prohibited, or a sandbox (SELinux, a jail) forbids it."
        return
    source = _source(failed)
    if source:
        yield f"The network of `{source}`, from where the command has curl start, has no way there; another may have."
    ranges = "10.x, 172.16-31.x, 192.168.x"
    if _only_ipv6(failed):
        ranges = "it begins with fc, fd or fe80"
        tried = "curl had only IPv6 addresses to try" if failed.trouble.connection else "The log shows an IPv6 address"
        yield f"{tried}, and this machine has no IPv6 connection."
    here = _here(failed)
    if here:
        yield f"{here} is this machine itself: its loopback interface is down, as in a sandbox without a network."
        yield "A firewall rule or a route of this machine (REJECT, unreachable) answers that it cannot be reached."
        return
    offline = "This machine is offline, or the VPN that leads to this network is down."
    private = _private(failed)
    if private:
        yield f"{private} is a private address: it leads somewhere only within its own network, or by way of a VPN."
        yield offline
    else:
        yield offline
        yield f"The address is a private one of another network ({ranges}), or it is wrong."
    yield "A firewall on the way, or the server's own (a rule with REJECT), answers that it cannot be reached."


def _without_interface(failed: Failed, source: str) -> Remedy:
    transfer, connection = failed.trouble.transfer, failed.trouble.connection
    attempts = connection.attempts if connection is not None else ()
    asks = is_address(source) and attempts and not transfer.windows
    ask = (f"ip route get {quoted(transfer, attempts[-1].address)} from {quoted(transfer, source)}",) if asks else ()
    steps = (
        f"Leave `--interface {source}` out: the system then chooses where to start from.",
        *(("On Linux, the command asks the system for the way from that address.",) if ask else ()),
    )
    return Remedy("client", "See whether curl gets there from another address of this machine", steps, ask)


def _over_ipv4(failed: Failed) -> Remedy:
    transfer = failed.trouble.transfer
    asked = split_url(transfer.url)[1]
    steps: tuple[str, ...] = (
        "curl tries all addresses it has: the name has none for IPv4, or -6 or an IPv6 address in the URL kept curl "
        "from it.",
        "Leave out -6 if it was given. Otherwise this machine needs IPv6, or the server an IPv4 address.",
    )
    if failed.at_proxy or not transfer.url or is_address(asked or ""):
        return Remedy("client", "Find out whether IPv6 is needed", steps)
    if not failed.trouble.connection:
        steps = ("With `-4` curl asks for IPv4 addresses alone: if the name has none, it says that it cannot find it.",)
    return Remedy("client", "See whether curl gets there over IPv4", steps, again(failed.trouble, "-4"))


def _remedies(failed: Failed) -> Iterator[Remedy]:
    source = _source(failed)
    if source:
        yield _without_interface(failed, source)
    if _only_ipv6(failed):
        yield _over_ipv4(failed)
    if not _here(failed):
        yield Remedy(
            "client",
            "Check the connection of this machine",
            ("Check that the machine is online, and that the VPN is connected if this server needs one.",),
        )
    yield Remedy(
        "network",
        "Check routes and firewalls",
        (f"Check that a route leads to {failed.where} and that no firewall rejects the connection.",),
    )
