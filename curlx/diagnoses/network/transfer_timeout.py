"""The answer began, and was not complete in time.

## What it means

The server answered, but the rest of the answer came too slowly or not at all, and curl's time was up. What has
arrived so far is incomplete; do not use it.

## How curlx knows

curl says `Operation timed out` (or `Operation too slow`, exit code 28) after the status line of the answer, or
names the bytes that had come by then; or a row of its progress meter tells of some.

## What to do

Compare the bytes that came with the size that was announced. Many bytes: the connection is slow, so allow more
time. Few bytes, and none for a long while: the server or something on the way stalled.

## When it is something else

If no status line had come, it is `network-response-timeout`. A connection that was closed in the middle is
`network-transfer-interrupted`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.shared.interim import only_interim
from curlx.diagnoses.network.shared.probes import again, caution
from curlx.diagnoses.network.shared.silence import CAUSES, IN_PLACE, SPEED, gave_up, is_slow, kept_alive, time_was_up
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, peer, worked
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="network-transfer-timeout", title="The answer was not complete in time", needs="complaint")


_STALLS = "The server stalls in the middle of the answer, or produces it slowly."
_TOO_SLOW = "The connection is too slow for an answer of this size within the time limit (--max-time)."
_TOO_STRICT = "The connection is slower than the limit that curl was given."
_HELD = "Something on the way (a scanner, a proxy) holds the data back."
_ENDLESS = "The answer is a stream that never ends by design (events, long polling)."


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the answers that had begun when the time was up."""
    for trouble in ended_by(timeline, "timeout", phases=("request", "response", "done", "start")):
        slow = is_slow(trouble.complaint)
        if trouble.complaint.phase == "request" and not trouble.complaint.number:
            continue
        if only_interim(trouble.exchange) and not trouble.complaint.number:
            continue
        if trouble.complaint.phase == "start" and not (slow or trouble.complaint.number or trouble.transfer.came):
            continue
        yield DIAGNOSIS.found(
            "likely" if trouble.complaint.phase == "start" and (slow or not trouble.complaint.number) else "certain",
            _summary(trouble),
            _evidence(trouble),
            transfer=trouble.index,
            causes=CAUSES if gave_up(trouble.complaint) else _causes(trouble),
            remedies=(
                kept_alive(trouble)
                if gave_up(trouble.complaint)
                else Remedy(
                    "client",
                    "Allow more time, and stop only when nothing moves",
                    (
                        "`--speed-limit 1 --speed-time 30` gives up after 30 seconds with less than 1 byte a second.",
                        *((IN_PLACE,) if slow else ()),
                        *caution(trouble),
                    ),
                    again(trouble, "--speed-limit", "1", "--speed-time", "30"),
                ),
                Remedy("server", "Compare with the time that the server logs for this request", ()),
            ),
        )


def _summary(trouble: Trouble) -> str:
    if trouble.complaint.phase == "start" and not (trouble.complaint.number or trouble.transfer.came):
        return (
            f"The transfer moved more slowly than curl was told to put up with ({SPEED}). The log does not show how "
            "far it had come."
        )
    when = time_was_up(trouble.complaint)
    return f"The answer from {peer(trouble)} had begun, and was not complete when {when}{_progress(trouble)}."


def _announced(trouble: Trouble) -> int | None:
    response = trouble.exchange.response if trouble.exchange is not None else None
    return response.body.announced if response is not None else None


def _causes(trouble: Trouble) -> tuple[str, ...]:
    causes = (_STALLS, _TOO_STRICT if is_slow(trouble.complaint) else _TOO_SLOW, _HELD)
    return causes if _announced(trouble) else (*causes, _ENDLESS)  # what has a length has an end


def _progress(trouble: Trouble) -> str:
    came, announced = trouble.complaint.number, _announced(trouble)
    if came is None:
        return ""
    if announced:
        return f" ({came} of {announced} bytes of the body had come)"
    return f" ({came} bytes of the body had come)"


def _evidence(trouble: Trouble) -> Iterator[Evidence]:
    yield trouble.says("the answer was not complete when this came")
    exchange = trouble.exchange
    if exchange and exchange.response:
        yield cite(trouble.timeline, exchange.response.first_line, "the answer had begun")
        length = exchange.response.header("content-length")
        if length:
            yield cite(trouble.timeline, length.line, "the size of the body as the server announced it, in bytes")
    yield from worked(trouble)
