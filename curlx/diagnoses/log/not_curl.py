"""This is not the output of curl.

## What it means

curlx explains what `curl -v` prints: lines that begin with `*`, `>` or `<`, or the lines of `--trace`. Nothing in
this input looks like that.

## How curlx knows

No line has one of curl's marks with words that curl can say, and there is no final `curl: (NN)` line and no HTTP
answer either. Or PowerShell tells of its own command Invoke-WebRequest, which it also calls `curl`, and curl says
nothing.

## What to do

Run curl with `-v` and keep both of its outputs: `curl -sSv URL > log.txt 2>&1`. If only the answer was saved, the
`-v` lines are missing because curl writes them to the error output. In Windows PowerShell write `curl.exe`: there
`curl` alone is another program.

## When it is something else

Other programs print lines that look alike: wget, HTTPie, `openssl s_client`, `kubectl -v=10`. curlx does not
explain those.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.shared.stated import STATED
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="log-not-curl", title="This is not the output of curl")

_FEW = 2
_WORDS = ("curl", "http", "ssl", "tls", "certificate", "handshake", "timeout was reached")
"""What programs that use curl's library, or another one, say of a call that failed."""


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the input in which curl says nothing."""
    if timeline.transfers or timeline.curl_lines:
        return
    alias = timeline.loose.mark("powershell")
    if alias is not None:
        yield _of_powershell(timeline, alias.line)
    if any(mark.value.name not in STATED for mark in timeline.loose.marks):
        return
    line = min(timeline.quotes, default=1)
    written = " ".join((*timeline.quotes.values(), timeline.loose.sample)).lower()
    mentioned = any(word in written for word in _WORDS)
    mentioned = mentioned or "loose-words" in timeline.quirks  # words of its own, in somebody's source code
    begun = timeline.open_line is not None and timeline.open_line <= _FEW  # it may be cut within curl's first words
    yield DIAGNOSIS.found(
        "likely" if mentioned or begun else "certain",
        "Nothing in this input looks like a line of curl -v." if timeline.size else "The input is empty.",
        [cite(timeline, line, "the first line; curl's would begin with *, > or <")],
        remedies=(
            Remedy(
                "client",
                "Save what curl -v prints",
                ("Replace URL by yours. The lines that curlx needs go to the error output, so 2>&1 is needed.",),
                ("curl -sSv URL > log.txt 2>&1",),
            ),
        ),
    )


def _of_powershell(timeline: Timeline, line: int) -> Finding:
    """Tell of the alias (Microsoft, about_Aliases; Windows PowerShell 5.1 has it, PowerShell 7 has not)."""
    return DIAGNOSIS.found(
        "certain",
        "This is what PowerShell's own command Invoke-WebRequest says. Windows PowerShell also calls it `curl`, but it "
        "is not curl: it does not know curl's options, and shows nothing of the connection, TLS or certificates.",
        [cite(timeline, line, "PowerShell says this, not curl")],
        title="This is the output of PowerShell's alias `curl`, not of curl",
        remedies=(
            Remedy(
                "client",
                "Run curl itself: with .exe, the name is no alias",
                ("Replace URL by yours. Windows 10 (1803) and later have curl.exe.",),
                ("curl.exe -sSv URL > log.txt 2>&1",),
            ),
        ),
    )
