"""curl failed, and the log does not say more than that.

## What it means

curl ended with an exit code (the number in `curl: (NN)`) or a complaint for which curlx has no better explanation.
The number says at which kind of step curl gave up, and seldom why.

## How curlx knows

The last line of curl's, and nothing more specific before it. curlx says `possible`, because one exit code has many
causes.

## What to do

Run the command again with `-v` and read the new log: the lines before the last one usually have the reason.

## When it is something else

Whenever the log has more lines, curlx names the reason itself and does not report this.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.exit_codes import meaning
from curlx.diagnoses.network.probes import repeat
from curlx.diagnoses.network.trouble import is_about_own_address, standing
from curlx.events import ComplaintKind
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Complaint, Timeline, Transfer

DIAGNOSIS = Diagnosis(code="curl-error", title="curl failed")

_UNEXPLAINED: tuple[ComplaintKind, ...] = ("other", "aborted", "socks-failed", "http2-error")
"""What no other diagnosis explains (of `socks-failed`: only what has no reply number)."""


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the failures that nothing else explains."""
    for index, transfer in enumerate(timeline.transfers):
        complaints = standing(transfer)
        code = transfer.exit.code if transfer.exit else None
        if not is_about_own_address(transfer) and any(not _is_unexplained(each) for each in complaints):
            continue
        evidence = tuple(_evidence(timeline, transfer, complaints))
        if not evidence:
            continue
        known = meaning(code) if code is not None else None
        yield DIAGNOSIS.found(
            "possible",
            f"curl ended with exit code {code}: {known or 'curlx does not know this code'}. The log does not say more."
            if code is not None
            else "curl says that something failed. curlx does not know these words.",
            evidence,
            transfer=index,
            remedies=(
                Remedy(
                    "client",
                    "Run it again with -v and read the new log",
                    ("Keep your other options; add --show-error if you use --silent.",),
                    repeat(timeline, index),
                ),
            ),
        )


def _is_unexplained(complaint: Complaint) -> bool:
    return complaint.kind in _UNEXPLAINED and not (complaint.kind == "socks-failed" and complaint.number is not None)


def _evidence(timeline: Timeline, transfer: Transfer, complaints: tuple[Complaint, ...]) -> Iterator[Evidence]:
    final = transfer.last_exchange.response if transfer.last_exchange else None
    if transfer.exit is None:
        # Without an exit code a complaint may be one that curl got over; a good answer settles it.
        if final is None or not complaints:
            for complaint in complaints[:3]:
                yield cite(timeline, complaint.line, "curl says so")
        return
    if transfer.exit.code == 0 or (transfer.exit.code == 22 and final is not None):
        return  # 22 is --fail: the HTTP status is the reason
    for complaint in complaints[:3]:
        if complaint.line != transfer.exit.line:
            yield cite(timeline, complaint.line, "curl says so")
    yield cite(timeline, transfer.exit.line, "curl's last word")
