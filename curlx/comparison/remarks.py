"""What has to be said before two logs are compared: whatever makes the comparison itself doubtful."""

from __future__ import annotations

from collections.abc import Iterator

from curlx.comparison.aligning import host_of
from curlx.report import Report

_HOSTS = 3


def remarks(good: Report, bad: Report) -> tuple[str, ...]:
    """Return what a reader has to know first, in whole sentences; the logs are called GOOD and BAD."""
    return (*_outcomes(good, bad), *_calls(good, bad))


def _outcomes(good: Report, bad: Report) -> Iterator[str]:
    states = {"failure": "fails", "unfinished": "does not show how it ended", "not-curl": "holds no output of curl"}
    ours, theirs = _code(good), _code(bad)
    if good.outcome == "failure" and bad.outcome == "success":
        yield "GOOD fails and BAD works: the two logs may be the wrong way round. Nothing in BAD needs an explanation."
    elif good.outcome == "failure" and bad.outcome == "failure":
        if ours == theirs:
            yield f"Both logs fail in the same way ({ours}): what differs between them cannot be the reason."
        else:
            yield f"GOOD fails too, in another way ({ours}): what differs may be due to that."
    elif good.outcome == "success" and bad.outcome == "success":
        yield "Both logs end well: there is no failure to explain."
    else:
        if good.outcome != "success":
            yield f"GOOD {states[good.outcome]}: it is no proof that the call works."
        if bad.outcome != "failure":
            yield f"BAD {states.get(bad.outcome, 'ends well')}: it shows no failure that could be explained."


def _code(report: Report) -> str:
    return next((one.code for one in report.findings if one.severity == "error"), "")


def _calls(good: Report, bad: Report) -> Iterator[str]:
    hosts = [list(dict.fromkeys(filter(None, map(host_of, one.timeline.transfers)))) for one in (good, bad)]
    if hosts[0] and hosts[1] and not set(hosts[0]) & set(hosts[1]):
        ours, theirs = (", ".join(one[:_HOSTS]) for one in hosts)
        yield f"The logs are about different hosts: {ours} in GOOD, {theirs} in BAD. Much can differ because of that."
    counts = [len(one.timeline.transfers) for one in (good, bad)]
    if counts[0] != counts[1]:
        yield f"GOOD has {counts[0]} and BAD has {counts[1]} transfers: some have nothing to be compared with."
