"""This curl does not speak the protocol that the URL asks for.

## What it means

The word before `://` names the protocol. curl knows many, and every build has its own list; the one in this URL is
not on it.

## How curlx knows

curl says so (`Protocol "..." not supported`, exit code 1). With `-s` it says nothing of a redirect to a protocol that
it does not follow: there curlx goes by the address, and says `likely`.

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
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="curl-protocol-unsupported", title="curl does not know this protocol")

_FOLLOWED = ("http", "https", "ftp", "ftps")
"""What curl follows redirects to (`--proto-redir`, curl(1))."""


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the protocol that this curl does not have."""
    for trouble in ended_by(timeline, "protocol-unsupported"):
        name = trouble.complaint.subject
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
                title="A redirect to a protocol that curl does not follow",
                remedies=(
                    Remedy("server", "Redirect to an address of http:// or https://"),
                    Remedy(
                        "client",
                        "Ask for that address directly, if you trust it",
                        ("`curl -V` lists the protocols of this curl. `--proto-redir` lets it follow to others.",),
                    ),
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
