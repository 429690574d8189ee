"""This curl does not speak the protocol that the URL asks for.

## What it means

The word before `://` names the protocol. curl knows many, and every build has its own list; the one in this URL is
not on it.

## How curlx knows

curl says so (`Protocol "..." not supported`, exit code 1). With `-s` it says nothing of a redirect to a protocol that
it does not follow: there curlx goes by the address, and says `likely`.
A redirect to such an address (`mailto:`, an app's own) is told apart: the URL is not at fault then.

## What to do

Look at that word first: a typing mistake (`htps`), a blank or a quote before it, is the most common reason. `curl
-V` lists what this curl supports.

## When it is something else

`Received HTTP/0.9 when not allowed` has the same exit code and means something different: see `network-not-http`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.shared.trouble import Trouble, ended_by
from curlx.diagnoses.silence import unfollowed
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.statuses import REDIRECTS
from curlx.timeline import Header, Timeline

DIAGNOSIS = Diagnosis(code="curl-protocol-unsupported", title="curl does not know this protocol")

_FOLLOWED = ("http", "https", "ftp", "ftps")
"""What curl follows redirects to (`--proto-redir`, curl(1))."""
_ELSEWHERE = "A redirect to a protocol that curl does not follow"


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the protocol that this curl does not have."""
    for trouble in ended_by(timeline, "protocol-unsupported"):
        name = trouble.complaint.subject
        location = _left_for(trouble)
        if location is not None:
            yield _to_another_program(trouble, location)
            continue
        which = f' "{name}"' if name else " in the URL"
        nobody = "" if trouble.transfer.connections else " It contacted nobody."
        # curl's exit code 1 alone is also that of an answer that is no HTTP.
        yield DIAGNOSIS.found(
            "certain"
            if name or not trouble.complaint.from_exit or trouble.complaint.tells("names-protocol")
            else "likely",
            f"This curl does not know, or may not use, the protocol{which}.{nobody}",
            [trouble.says("curl rejects the protocol")],
            transfer=trouble.index,
            causes=tuple(_causes(trouble)),
            remedies=(
                Remedy(
                    "client",
                    "Check the start of the URL, and what this curl supports",
                    ("The command lists what this curl supports, after the word Protocols.",),
                    ("curl -V",),
                ),
            ),
        )
    for index, location, url in unfollowed(timeline):
        scheme = url.partition("://")[0]
        if scheme.lower() not in _FOLLOWED and scheme != url:
            yield DIAGNOSIS.found(
                "likely",
                f"The server redirects to a URL of the protocol {scheme}, to which curl follows no redirect. It gave "
                "up without a word, as it does with -s.",
                [cite(timeline, location.line, "the address to ask instead")],
                transfer=index,
                title=_ELSEWHERE,
                remedies=(
                    Remedy("server", "Redirect to an address of http:// or https://"),
                    Remedy(
                        "client",
                        "Ask for that address directly, if you trust it",
                        ("`curl -V` lists the protocols of this curl. `--proto-redir` lets it follow to others.",),
                    ),
                ),
            )


def _left_for(trouble: Trouble) -> Header | None:
    """Return the redirect to an address of the protocol that curl rejects: the URL that was asked is right then."""
    exchange, name = trouble.exchange, trouble.complaint.subject
    response = exchange.response if exchange is not None else None
    location = response.header("location") if response is not None and response.status in REDIRECTS else None
    scheme, colon, _ = location.value.partition(":") if location is not None else ("", "", "")
    leaves = colon and scheme[:1].isalpha() and scheme.isalnum() and scheme.lower() not in _FOLLOWED
    return location if leaves and (name or scheme).lower() == scheme.lower() else None


def _to_another_program(trouble: Trouble, location: Header) -> Finding:
    return DIAGNOSIS.found(
        "likely" if trouble.complaint.from_exit else "certain",
        f"The answer is a redirect to {location.value}, and curl follows none to this protocol. The URL that was "
        "asked is not at fault.",
        [trouble.says("curl rejects the protocol"), cite(trouble.timeline, location.line, "where the server sends to")],
        transfer=trouble.index,
        title=_ELSEWHERE,
        causes=(
            "The address is for another program: a mail program, or an app, where a login of the app ends as it "
            "should, with what it needs in this address.",
            "The server has the wrong address to redirect to.",
        ),
        remedies=(
            Remedy("client", "Leave -L out, and read the Location header", ("curl has nothing to fetch there.",)),
            Remedy("server", "If curl is to get something there, redirect to an address of http:// or https://"),
        ),
    )


def _causes(trouble: Trouble) -> Iterator[str]:
    name = (trouble.complaint.subject or "").lower()
    if trouble.complaint.tells("opening-quote"):
        yield "A quote (') stands before the URL: cmd.exe does not take single ones away. Put the URL in double quotes."
        return
    if name not in ("http", "https"):
        yield "The part before :// is misspelt, or has a blank or a quote before it."
    yield "This curl was built without " + ("TLS." if name == "https" else "the protocol.")
    yield "The option --proto does not allow this protocol."
    if trouble.transfer.exchanges:
        yield "A redirect leads to a protocol that curl may not follow (--proto-redir)."
