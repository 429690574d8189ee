"""The answer is larger than curl was allowed to take.

## What it means

curl was told a largest size (`--max-filesize`), and the answer is larger. It stopped as it was told to.

## How curlx knows

curl says so (`Maximum file size exceeded`, exit code 63).

## What to do

Allow more, or find out why the answer is so large: an error page or a login page in place of the file has another
size too.

## When it is something else

Headers that are too large are `http-headers-too-large`. A request that is too large for the server is
`http-payload-too-large`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.shared.trouble import Trouble, ended_by
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="curl-size-limit", title="The answer is larger than allowed", needs="complaint")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the answers that went over curl's own limit."""
    for trouble in ended_by(timeline, "size-limit"):
        yield DIAGNOSIS.found(
            "certain",
            "The answer is larger than the limit that curl was given, so curl stopped.",
            _evidence(trouble),
            transfer=trouble.index,
            causes=("The limit (--max-filesize) is smaller than the file.", "Another file than expected was sent."),
            remedies=(Remedy("client", "Raise the limit, if the size is right", ("Give --max-filesize more bytes.",)),),
        )


def _evidence(trouble: Trouble) -> Iterator[Evidence]:
    yield trouble.says("curl's limit was reached")
    response = trouble.exchange.response if trouble.exchange else None
    length = response.header("content-length") if response else None
    if length:
        yield cite(trouble.timeline, length.line, "the size as the server announced it, in bytes")
