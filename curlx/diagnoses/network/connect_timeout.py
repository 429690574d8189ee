"""Nothing answered when curl tried to connect.

## What it means

curl asked a machine for a connection, and for as long as it was willing to wait nobody answered: not yes, not no.
That is what a firewall looks like that drops what it does not allow, and what a wrong address or a machine that is
switched off looks like. No certificate and no password has been looked at yet.

## How curlx knows

curl says `Connection timed out` (exit code 28, or 7 when the operating system gave up) before any connection was
made. Where it says only `Couldn't connect to server`, and that 20 seconds or more had passed, curlx says `likely`: a
refusal comes sooner, and 21 seconds is what Windows gives a machine that keeps silent.

## What to do

Find out whether this machine is allowed to reach that address and port at all: ask for the port alone, then from
another network. In a company, the usual reason is that the outside can be reached through a proxy only. In a cloud,
it is a security group that does not list your address.

## When it is something else

If the connection was made and only the answer is missing, it is `network-response-timeout`; if it stops during the
TLS handshake, `tls-timeout`. An answer that says no is `network-refused`. Where the lookup of the name took too long
(`Resolving timed out`), no machine was asked for a connection: `network-host-not-found`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice import git
from curlx.advice.commands import PROXY, endpoint_of
from curlx.diagnoses.network.shared import metadata
from curlx.diagnoses.network.shared.connecting import Failed, failed_connects
from curlx.diagnoses.network.shared.probes import again, knock
from curlx.diagnoses.network.shared.silence import is_patient, waited
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.ports import HTTP_PORT, HTTPS_PORT
from curlx.timeline import Timeline

_USUAL = (HTTP_PORT, HTTPS_PORT)

DIAGNOSIS = Diagnosis(
    code="network-connect-timeout", title="Nothing answered in time", needs="complaint", rests_on="absence"
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the transfers that ran out of time before they had a connection."""
    for failed in failed_connects(timeline, "connect-timeout"):
        yield _connect_timed_out(failed)


def _connect_timed_out(failed: Failed) -> Finding:
    whom = f"The proxy {failed.where}" if failed.at_proxy else failed.where
    perhaps_proxy = _perhaps_proxy(failed)
    within = waited(failed.trouble.complaint)
    summary = (
        f"{whom} did not answer the request for a connection {f'within {within}' if within else 'in time'}: neither "
        "yes nor no."
    )
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
        causes=metadata.causes(failed)
        if metadata.is_metadata(failed)
        else (
            "A firewall or security group drops the packets between this machine and that address.",
            f"The address{' in --resolve' if failed.given else ''} is wrong or out of date, or the machine is off.",
            "This network reaches the outside only through a proxy or a VPN.",
            *(() if failed.took or is_patient(failed.trouble.complaint) else (_SHORT,)),
            *((_A_PROXY.format(failed.trouble.port),) if perhaps_proxy else ()),
        ),
        remedies=metadata.remedies() if metadata.is_metadata(failed) else _remedies(failed),
    )


_SHORT = "The time limit (--connect-timeout or --max-time) is too short for the way there."
_SOONER = "To have curl give up sooner, add `--connect-timeout 10`: the limit is in seconds."
_A_PROXY = (
    "If port {} is that of a SOCKS proxy, it may have answered and then been silent: curl 8.11 and later says that it "
    "is connected only when the proxy has let it through, so this log would look the same."
)


def _perhaps_proxy(failed: Failed) -> bool:
    """Tell whether only curl's own limit speaks, and not the system, at a port where a proxy may listen."""
    connection = failed.trouble.connection
    silent = connection is not None and all(each.failure is None for each in connection.attempts)
    limit = failed.trouble.complaint.tells("by-own-limit")
    return silent and limit and failed.trouble.port not in (None, *_USUAL) and failed.trouble.proxy is None


def _remedies(failed: Failed) -> Iterator[Remedy]:
    trouble = failed.trouble
    yield Remedy(
        "client",
        "See whether the port can be reached at all",
        (
            "Try the port alone, then the same from another network (a phone, a server elsewhere).",
            "If it works from elsewhere, something between this machine and the server drops the packets.",
            *((_SOONER,) if is_patient(trouble.complaint) else ()),
        ),
        knock(trouble.transfer, failed.given or failed.host, trouble.port),
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
