"""This is not the output of curl.

## What it means

curlx explains what `curl -v` prints: lines that begin with `*`, `>` or `<`, or the lines of `--trace`. Nothing in
this input looks like that.

## How curlx knows

No line has one of curl's marks with words that curl can say, and there is no final `curl: (NN)` line and no HTTP
answer either.

## What to do

Run curl with `-v` and keep both of its outputs: `curl -sv URL > log.txt 2>&1`. If only the answer was saved, the
`-v` lines are missing because curl writes them to the error output.

## When it is something else

In Windows PowerShell the word `curl` alone runs `Invoke-WebRequest`, which prints a table or an error record of its
own. `curl.exe` is the real one.

Other programs print lines that look alike: wget, HTTPie, `openssl s_client`, `kubectl -v=10`. curlx does not
explain those.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="log-not-curl", title="This is not the output of curl")
NAMESAKE = "This is Invoke-WebRequest, which Windows PowerShell also calls curl"
"""The title for the other program of this name (Microsoft, about_Aliases, Windows PowerShell 5.1)."""


def namesake(timeline: Timeline) -> Evidence | None:
    """Return the line with which PowerShell's `Invoke-WebRequest` shows that it ran, and nothing is curl's."""
    mark = timeline.loose.mark("invoke-webrequest")
    calls = timeline.transfers
    if mark is None or any(call.connections or call.exchanges or call.complaints or call.exit for call in calls):
        return None
    return cite(timeline, mark.line, "PowerShell's own program says this")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the input in which curl says nothing."""
    other = namesake(timeline)
    if other is not None:
        yield DIAGNOSIS.found(
            "certain",
            "In Windows PowerShell the word `curl` runs Invoke-WebRequest, another program, which knows no -v.",
            [other],
            title=NAMESAKE,
            remedies=(
                Remedy(
                    "client",
                    "Run the real curl",
                    ("Windows 10 and later have it as curl.exe. Replace URL by yours.",),
                    ("curl.exe -sv URL 2>&1 | Out-File -Encoding utf8 log.txt",),
                ),
            ),
        )
        return
    if timeline.transfers or timeline.curl_lines or timeline.loose.marks:
        return
    line = min(timeline.quotes, default=1)
    # Programs that use curl's library name it in messages of their own, which are not curl's lines.
    mentioned = any("curl" in text.lower() for text in timeline.quotes.values())
    yield DIAGNOSIS.found(
        "likely" if mentioned else "certain",
        "Nothing in this input looks like a line of curl -v." if timeline.size else "The input is empty.",
        [cite(timeline, line, "the first line; curl's would begin with *, > or <")],
        remedies=(
            Remedy(
                "client",
                "Save what curl -v prints",
                ("Replace URL by yours. The lines that curlx needs go to the error output, so 2>&1 is needed.",),
                ("curl -sv URL > log.txt 2>&1",),
            ),
        ),
    )
