"""The proxy refused the connection.

## What it means

curl was told to go through a proxy. The machine at the proxy's address answered, and nothing accepts connections on
that port. The server has not been asked anything; it may be perfectly well.

## How curlx knows

The log shows that curl was connecting to a proxy (an environment variable, the command, a tunnel), and that the
connection was refused for every address of it. git says less: where it could not connect to another host than its URL
names, curlx takes that for a proxy, and says `likely`. Where the log does not show that the address is a proxy's, curlx
reports `network-refused`.

## What to do

Check the proxy's host and port, and whether the proxy runs. If you need no proxy, leave it out.

## When it is something else

A proxy that accepts the connection and then says no is `proxy-denied` or `proxy-authentication`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice import git
from curlx.advice.commands import endpoint_of
from curlx.diagnoses.network.shared.connecting import Failed, failed_connects
from curlx.diagnoses.network.shared.probes import knock
from curlx.diagnoses.proxy.shared.tunnels import leave_out, origin, unasked
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="proxy-refused", title="The proxy refused the connection", needs="complaint", explains=("network-refused",)
)


_RUNS = "Check that the proxy runs and listens on {}."
_ELSEWHERE = (
    " The log does not call it a proxy, but git went there although its URL names another host: a setting of git or an "
    "environment variable leads there, or else a redirect."
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the proxies that could not be connected to."""
    for failed in failed_connects(timeline, "connect-refused", "connect-failed"):
        if not failed.at_proxy:
            continue
        refused = failed.kind == "connect-refused"
        verb = "refused the TCP connection" if refused else "could not be connected to; the log does not say why"
        server = unasked(failed.trouble.transfer, failed.trouble.connection, failed.host)
        yield DIAGNOSIS.found(
            failed.certainty if refused and not failed.elsewhere else "likely",
            f"The proxy {failed.where} {verb}. {server}{_ELSEWHERE if failed.elsewhere else ''}",
            _evidence(failed),
            transfer=failed.trouble.index,
            causes=(
                "The proxy is not running, or listens on another port.",
                "The proxy's address is wrong, or left over from another network.",
                "A firewall in front of the proxy refuses in its place.",
            ),
            remedies=_remedies(failed),
            title="" if refused else "curl could not connect to the proxy",
        )


def _evidence(failed: Failed) -> Iterator[Evidence]:
    yield from failed.evidence
    proxy = failed.trouble.proxy
    if proxy and proxy.from_environment:
        variable = proxy.from_environment
        shows = f"the address is that of the proxy in the environment variable {variable.value}"
        yield cite(failed.trouble.timeline, variable.line, shows)


def _remedies(failed: Failed) -> Iterator[Remedy]:
    trouble, proxy = failed.trouble, failed.trouble.proxy
    variable = proxy.from_environment.value if proxy and proxy.from_environment else None
    if failed.elsewhere or trouble.transfer.git:
        yield git.proxy(endpoint_of(trouble.transfer))
        yield Remedy("gateway", "Start the proxy", (_RUNS.format(failed.where),))
        return
    yield Remedy(
        "client",
        "Check the proxy's host and port",
        (f"Look at {origin(variable)}.",),
        knock(trouble.transfer, failed.host, trouble.port),
    )
    yield leave_out(trouble.transfer, variable)
    yield Remedy("gateway", "Start the proxy", (_RUNS.format(failed.where),))
