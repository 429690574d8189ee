"""curl cannot make sense of the URL.

## What it means

The address that curl was given does not have the form of a URL, so curl stopped before it contacted anybody.

## How curlx knows

curl says so (`URL rejected`, `URL using bad/illegal format`, exit code 3).

## What to do

Print the URL before it is used and look for blanks, line ends, quotes from a web page (curly ones), an empty
variable, or brackets. Put the URL in quotes: `&`, `?`, `*` and `(` mean something to the shell. Square brackets and
braces mean something to curl itself; `-g` turns that off.

## When it is something else

If the host part is well-formed and just does not exist, see `network-host-not-found`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.trouble import ended_by
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="curl-url-malformed", title="The URL is not well-formed", needs="complaint")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the URL that curl could not parse."""
    for trouble in ended_by(timeline, "url-malformed"):
        reason = trouble.complaint.text.partition("URL rejected: ")[2].rstrip(".")
        nobody = "" if trouble.transfer.connections else " It contacted nobody."
        yield DIAGNOSIS.found(
            "certain",
            f"curl could not make sense of the URL{f': {reason}' if reason else ''}.{nobody}",
            [trouble.says("curl rejects the URL")],
            transfer=trouble.index,
            causes=_causes(trouble.complaint.text.lower()),
            remedies=(
                Remedy(
                    "client",
                    "Write the URL anew, in quotes",
                    (
                        "Put the whole URL in quotes, and write special characters in it as %XX (a blank is %20).",
                        "For a URL with [ ] or { } that are meant literally, add --globoff.",
                    ),
                ),
            ),
        )


def _causes(text: str) -> tuple[str, ...]:
    pattern = "The URL has brackets or braces, which curl takes as a pattern of several URLs."
    if "url position" in text:  # the words of curl's globbing (src/tool_urlglob.c)
        return (pattern,)
    return (
        "A blank, a line end, or a quote from a web page is in the URL (in a list from Windows: a CR).",
        "A variable in the URL is empty, so that the host or the port is missing.",
        *(() if "port number" in text else (pattern,)),
    )
