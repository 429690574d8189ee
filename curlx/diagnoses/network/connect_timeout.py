"""Nothing answered when curl tried to connect.

## What it means

curl asked a machine for a connection, and for as long as it was willing to wait nobody answered: not yes, not no.
That is what a firewall looks like that drops what it does not allow, and what a wrong address or a machine that is
switched off looks like. No certificate and no password has been looked at yet.

## How curlx knows

curl says `Connection timed out` (exit code 28, or 7 when the operating system gave up) before any connection was
made. Where it says only `Couldn't connect to server`, and that 20 seconds or more had passed, curlx says `likely`: a
refusal comes sooner, and 21 seconds is what Windows gives a machine that keeps silent.

The time limit of `--connect-timeout` counts the lookup of the name too: where that is what took too long
(`Resolving timed out`), the finding says so. Then no machine was asked for a connection, and whether the name exists is
not known.

## What to do

Find out whether this machine is allowed to reach that address and port at all: ask for the port alone, then from
another network. In a company, the usual reason is that the outside can be reached through a proxy only. In a cloud,
it is a security group that does not list your address.

## When it is something else

If the connection was made and only the answer is missing, it is `network-response-timeout`; if it stops during the
TLS handshake, `tls-timeout`. An answer that says no is `network-refused`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice import git
from curlx.advice.commands import PLACEHOLDER, PROXY, endpoint_of
from curlx.diagnoses.network.connecting import Failed, failed_connects
from curlx.diagnoses.network.probes import again, knock, lookup
from curlx.diagnoses.network.trouble import Trouble
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import HTTP_PORT, HTTPS_PORT, Timeline

_USUAL = (HTTP_PORT, HTTPS_PORT)

DIAGNOSIS = Diagnosis(code="network-connect-timeout", title="Nothing answered in time", needs="complaint")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the transfers that ran out of time before they had a connection."""
    for failed in failed_connects(timeline, "connect-timeout"):
        complaint = failed.trouble.complaint
        if complaint.kind == "resolve-timeout" or (complaint.kind == "timeout" and complaint.phase == "resolve"):
            yield _lookup_timed_out(failed)
        else:
            yield _connect_timed_out(failed)


def _connect_timed_out(failed: Failed) -> Finding:
    whom = f"The proxy {failed.where}" if failed.at_proxy else failed.where
    perhaps_proxy = _perhaps_proxy(failed)
    summary = f"{whom} did not answer the request for a connection in time: neither yes nor no."
    if failed.took:
        summary = (
            f"{whom} most likely did not answer: curl could not connect, and gave up after {failed.took} ms. The log "
            "does not give the reason, but a machine that refuses says so sooner."
        )
    return DIAGNOSIS.found(
        "likely" if perhaps_proxy else failed.certainty,
        summary,
        failed.evidence,
        transfer=failed.trouble.index,
        causes=(
            "A firewall or security group drops the packets between this machine and that address.",
            f"The address{' in --resolve' if failed.given else ''} is wrong or out of date, or the machine is off.",
            "This network reaches the outside only through a proxy or a VPN.",
            *(() if failed.took else (_SHORT,)),
            *((_A_PROXY.format(failed.trouble.port),) if perhaps_proxy else ()),
        ),
        remedies=_remedies(failed),
    )


_SHORT = "The time limit (--connect-timeout or --max-time) is too short for the way there."
_A_PROXY = (
    "If port {} is that of a SOCKS proxy, it may have answered and then been silent: curl 8.11 and later says that it "
    "is connected only when the proxy has let it through, so this log would look the same."
)


def _perhaps_proxy(failed: Failed) -> bool:
    """Tell whether only curl's own limit speaks, and not the system, at a port where a proxy may listen."""
    connection = failed.trouble.connection
    silent = connection is not None and all(each.failure is None for each in connection.attempts)
    limit = failed.trouble.complaint.text.startswith("Connection timed out after")
    return silent and limit and failed.trouble.port not in (None, *_USUAL) and failed.trouble.proxy is None


def _lookup_timed_out(failed: Failed) -> Finding:
    trouble = failed.trouble
    name = _name(trouble)
    shown = name or "the name"
    if name and "proxy" in trouble.complaint.text:
        shown = f"the proxy {name}"
    took = trouble.complaint.number
    waited = f" within {took / 1000:.1f} seconds" if took else ""
    return DIAGNOSIS.found(
        "certain",
        f"Name resolution (DNS) timed out: no answer for {shown} came{waited}, so curl gave up. It did not get as far "
        "as connecting, and the log does not tell whether the name exists.",
        [trouble.says("curl gave up while it was looking up the name")],
        transfer=trouble.index,
        causes=(
            "The DNS server that this machine is set to use is down or cannot be reached.",
            "The name belongs to an internal zone that this DNS server asks somebody else for, in vain.",
            "The time limit (--connect-timeout or --max-time), which counts the lookup too, is too short.",
        ),
        remedies=(
            Remedy(
                "client",
                "Ask for the name on this machine",
                ("If that takes long too, it is the DNS of this machine, and not curl.",),
                lookup(trouble.timeline, name),
            ),
            Remedy("network", "Check the DNS servers", ("Check which ones this machine uses, and that they answer.",)),
        ),
        title="The lookup of the name (DNS) timed out",
    )


def _name(trouble: Trouble) -> str | None:
    """Return the name that was looked up; behind a proxy that is the proxy's, whatever the URL says."""
    if trouble.host or trouble.proxy is not None or any("proxy" in name for name, _ in trouble.transfer.way):
        return trouble.host
    host = endpoint_of(trouble.transfer, trouble.connection).host
    return None if host == PLACEHOLDER else host


def _remedies(failed: Failed) -> Iterator[Remedy]:
    trouble = failed.trouble
    yield Remedy(
        "client",
        "See whether the port can be reached at all",
        (
            "Try the port alone, then the same from another network (a phone, a server elsewhere).",
            "If it works from elsewhere, something between this machine and the server drops the packets.",
        ),
        knock(trouble.timeline, failed.given or failed.host, trouble.port),
    )
    if failed.elsewhere:
        yield git.proxy(endpoint_of(trouble.transfer))
    elif not failed.at_proxy and trouble.proxy is None and trouble.transfer.git:
        yield git.through_proxy(endpoint_of(trouble.transfer))
    elif not failed.at_proxy and trouble.proxy is None:
        command = again(trouble, "--proxy", f"http://{PROXY}")
        step = f"Replace {PROXY} by your proxy." if command else "Name it with --proxy."
        yield Remedy("client", "If you need a proxy to get out, name it", (step,), command)
    port = f"TCP port {trouble.port}" if trouble.port else "the port"
    yield Remedy(
        "network",
        "Allow the connection",
        (f"Open {port} from this machine to {failed.where}, in every firewall and security group on the way.",),
    )
