"""Lookups of a name (DNS) that took too long: of the server's, or of a proxy's."""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import PLACEHOLDER, endpoint_of
from curlx.diagnoses.network.shared.connecting import failed_connects
from curlx.diagnoses.network.shared.probes import again, lookup
from curlx.diagnoses.network.shared.trouble import Trouble
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

_PATIENCE = 5_000
"""Milliseconds: glibc waits so long for a server before it asks the next (resolv.conf(5)), so that under a shorter
limit one lost packet ends the call."""


def timed_out(timeline: Timeline, diagnosis: Diagnosis, *, of_proxy: bool) -> Iterator[Finding]:
    """Yield a finding of this diagnosis for each lookup that timed out, of a proxy's name or of another.

    Whether the name exists is not known then. curl's limits count the lookup too (`Curl_resolver_wait_resolv`).
    """
    for failed in failed_connects(timeline, "resolve-timeout"):
        trouble = failed.trouble
        if trouble.complaint.tells("of-proxy") is not of_proxy:
            continue
        name = _name(trouble)
        shown = f"the proxy{f' {name}' if name else ''}" if of_proxy else name or "the name"
        took = trouble.complaint.number
        waited = f" within {took / 1000:.1f} seconds" if took else ""
        hasty = 0 < (took or 0) < _PATIENCE
        short = "The time limit (--connect-timeout or --max-time), which counts the lookup too, is too short" + (
            f": {(took or 0) / 1000:.1f} seconds, where many systems wait 5 before they ask a second DNS server."
            if hasty
            else "."
        )
        yield diagnosis.found(
            "certain",
            f"Name resolution (DNS) timed out: no answer for {shown} came{waited}, so curl gave up. It did not get as "
            "far as connecting, and the log does not tell whether the name exists.",
            [trouble.says("curl gave up while it was looking up the name")],
            transfer=trouble.index,
            causes=(
                *((short,) if hasty else ()),
                "The DNS server that this machine is set to use is down or cannot be reached.",
                "The name belongs to an internal zone that this DNS server asks somebody else for, in vain.",
                *(() if hasty else (short,)),
            ),
            remedies=(
                *((_more_time(trouble),) if hasty else ()),
                Remedy(
                    "client",
                    "Ask for the name on this machine",
                    ("If that takes long too, it is the DNS of this machine, and not curl.",),
                    lookup(trouble.transfer, name),
                ),
                Remedy(
                    "network", "Check the DNS servers", ("Check which ones this machine uses, and that they answer.",)
                ),
            ),
            title="The lookup of the name (DNS) timed out",
        )


def _more_time(trouble: Trouble) -> Remedy:
    steps = ("Give --connect-timeout and --max-time 30 seconds, in the place of those that your call had.",)
    options = ("--connect-timeout", "30", "--max-time", "30")
    return Remedy("client", "Try again, with more time", steps, again(trouble, *options))


def _name(trouble: Trouble) -> str | None:
    """Return the name that was looked up; behind a proxy that is the proxy's, whatever the URL says."""
    if trouble.host or trouble.proxy is not None or any("proxy" in name for name, _ in trouble.transfer.way):
        return trouble.host
    host = endpoint_of(trouble.transfer, trouble.connection).host
    return None if host == PLACEHOLDER else host
