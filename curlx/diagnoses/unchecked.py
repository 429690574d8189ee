"""A call with `-k`, repeated without it, may fail at the server's certificate before it gets to what it is to show."""

from __future__ import annotations

import msgspec

from curlx.findings import Finding, Remedy
from curlx.timeline import Timeline

_STEP = (
    "Your call had -k, and this command has not: if it stops at the server's certificate, name that certificate's CA "
    "with --cacert, or add your -k again for this trial (then anybody may answer: send no password or token)."
)


def with_a_word_on_it(finding: Finding, timeline: Timeline) -> Finding:
    """Return a finding that says so before the first command that asks the same server again."""
    transfer = timeline.transfers[finding.transfer] if 0 <= finding.transfer < len(timeline.transfers) else None
    if transfer is None or transfer.insecure is None or finding.code.startswith("server-certificate-"):
        return finding
    first = next((each for each in finding.remedies if each.who == "client" and any(map(_asks, each.commands))), None)
    if first is None:
        return finding
    remedies = tuple(_warned(each) if each is first else each for each in finding.remedies)
    return msgspec.structs.replace(finding, remedies=remedies)


def _asks(command: str) -> bool:
    return command.startswith(("curl ", "curl.exe ")) and "https://" in command


def _warned(remedy: Remedy) -> Remedy:
    return msgspec.structs.replace(remedy, steps=(*remedy.steps, _STEP))
