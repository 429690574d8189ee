"""curl cannot make sense of the URL.

## What it means

The address that curl was given does not have the form of a URL, so curl stopped before it contacted anybody.

## How curlx knows

curl says so (`URL rejected`, `URL using bad/illegal format`, exit code 3). With `-s` it says nothing
of a redirect to an address that is no URL: there curlx looks at the address itself, and says `likely`.

## What to do

Print the URL before it is used and look for blanks, line ends, quotes from a web page (curly ones), an empty
variable, or brackets. Put the URL in quotes: `&`, `?`, `*` and `(` mean something to the shell. Square brackets and
braces mean something to curl itself; `-g` turns that off.

## When it is something else

If the host part is well-formed and just does not exist, see `network-host-not-found`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.shared.trouble import Trouble, ended_by
from curlx.diagnoses.silence import unfollowed
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Complaint, Timeline

DIAGNOSIS = Diagnosis(code="curl-url-malformed", title="The URL is not well-formed")

_LAST, _DIGITS = 65535, 5
"""The last port there is (RFC 9293, 3.1: 16 bits), and its length."""

_DATA = (
    "Data (JSON) stands where curl expects a URL: -d is missing before it, or the quotes around it were lost (to "
    "cmd.exe a single quote is a letter)."
)
_WITH_D = Remedy(
    "client",
    "Give the data with -d",
    ('Write `-d` before what begins with `{`. In cmd.exe put it in double quotes, and write `\\"` for one within.',),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the URL that curl could not parse."""
    for trouble in ended_by(timeline, "url-malformed"):
        reason = trouble.complaint.quoted
        port = next(filter(None, map(_port_too_large, trouble.transfer.arguments)), "")
        of_data = _is_data(timeline, trouble)
        nobody = "" if trouble.transfer.connections else " It contacted nobody."
        yield DIAGNOSIS.found(
            "certain",
            f"curl could not make sense of the URL{f': {reason}' if reason else ''}.{nobody}",
            [trouble.says("curl rejects the URL")],
            transfer=trouble.index,
            causes=(_DATA,) if of_data else _causes(trouble.complaint, port),
            remedies=(_WITH_D,) if of_data else (_remedy(trouble.complaint, port),),
        )
    for index, location, url in unfollowed(timeline):
        wrong = _wrong(url)
        if wrong:
            yield DIAGNOSIS.found(
                "likely",
                f"The server redirects to an address that is no URL: {wrong}. curl set out to follow, and gave up "
                "without a word, as it does with -s.",
                [cite(timeline, location.line, "the address to ask instead")],
                transfer=index,
                title="A redirect to something that is not a URL",
                remedies=(Remedy("server", "Correct the address in the Location header (RFC 9110, 10.2.2)"),),
            )


def _is_data(timeline: Timeline, trouble: Trouble) -> bool:
    """Whether the URL is shown to be JSON: the command's last, of this transfer or the one before of the same call.

    With two braces it may be a template that nobody has filled in.
    """
    near = timeline.transfers[max(trouble.index - 1, 0) : trouble.index + 1]
    urls = (each.option("url") or "" for each in near)
    return trouble.complaint.tells("braces") and any(url.startswith("{") and url[:2] != "{{" for url in urls)


def _wrong(url: str) -> str:
    """Say what of a redirect's URL curl does not take; empty when it looks right."""
    authority = url.partition("://")[2].partition("/")[0]
    port = _port_too_large(url)
    if port:
        return f"there is no port {port}"
    return "its host has a blank" if " " in authority else "" if authority else "it has no host"


def _port_too_large(url: str) -> str:
    """Return the port in a URL that is none, for its size."""
    _, mark, rest = url.partition("://")
    authority = rest.partition("/")[0].partition("?")[0]
    host, colon, port = authority.rpartition(":")
    too_large = port.isascii() and port.isdigit() and (len(port) > _DIGITS or int(port) > _LAST)
    return port if mark and host and colon and too_large else ""


def _remedy(said: Complaint, port: str) -> Remedy:
    literal = "For a URL with [ ] or { } that are meant literally, add --globoff."
    if port:
        return Remedy(
            "client", "Correct the port in the URL", (f"Ports go up to {_LAST}; https:// without one means 443.",)
        )
    if said.tells("pattern"):
        steps = (literal, *_WITH_D.steps) if said.tells("braces") else (literal,)
        return Remedy("client", "Mend the brackets or braces of the URL", steps)
    quoted = "Put the whole URL in quotes, and write special characters in it as %XX (a blank is %20)."
    return Remedy("client", "Write the URL anew, in quotes", (quoted, literal))


def _causes(said: Complaint, port: str) -> tuple[str, ...]:
    if port:
        return (f"The port {port} is too large: there is none above {_LAST}.",)
    pattern = "The URL has brackets or braces, which curl takes as a pattern of several URLs."
    if said.tells("pattern"):
        return (pattern, _DATA) if said.tells("braces") else (pattern,)
    return (
        "A blank, a line end, or a quote from a web page is in the URL (in a list from Windows: a CR).",
        "A variable in the URL is empty, so that the host or the port is missing.",
        *(() if said.tells("port-number") else (pattern,)),
    )
