"""curl could not read what it was to send.

## What it means

The request has a body or a file to upload, and curl could not read it from this machine. The server has nothing to
do with it.

## How curlx knows

curl says so (`Can't open ...`, `Failed to open/read local data`, exit code 26), or that it cannot rewind what it has
to send again (exit code 65), or that its file of users and passwords is malformed (`.netrc parser error`).

## What to do

Check the file name, the folder that curl was started in, and the rights. `-d @file` and `-F field=@file` read the
file named after the `@`; a text that begins with `@` is taken for a file name too.

## When it is something else

A client certificate or key that cannot be read is `client-certificate-not-loaded` or
`client-certificate-key-not-loaded`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.shared.probes import quoted
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

_LOGINS = ".netrc"

DIAGNOSIS = Diagnosis(code="curl-read-failed", title="curl could not read what it was to send", needs="complaint")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the local file that curl could not read."""
    for trouble in ended_by(timeline, "read-failed"):
        if trouble.complaint.tells("rewind"):
            yield _not_again(trouble)
            continue
        name = trouble.complaint.subject
        if name == _LOGINS:
            yield _not_understood(trouble)
            continue
        yield DIAGNOSIS.found(
            "certain",
            f"curl could not read {name or 'the data that it was to send'}.",
            [trouble.says("reading failed here")],
            transfer=trouble.index,
            causes=(
                "The file does not exist, or is looked for in another folder than you think.",
                "This user may not read it.",
                "A value that begins with @ was taken for a file name.",
            ),
            remedies=_remedies(trouble),
        )


def _not_understood(trouble: Trouble) -> Finding:
    """The file of users and passwords is there, and curl cannot make sense of what is in it (lib/netrc.c)."""
    return DIAGNOSIS.found(
        "certain",
        f"curl could not make sense of the file {_LOGINS}, where it looks for users and passwords. Nothing was sent.",
        [trouble.says("reading failed here")],
        transfer=trouble.index,
        title=f"curl could not read {_LOGINS}",
        causes=(
            "A line of the file is incomplete: `machine`, `login` and `password` each need a value behind them.",
            "A value holds quotes or control characters that this version of curl does not take.",
        ),
        remedies=(
            Remedy(
                "client",
                f"Correct the file {_LOGINS} (on Windows also _netrc)",
                (
                    "Each entry is `machine HOST login USER password PASSWORD`.",
                    "git and other programs with libcurl read it as well. To see whether it is to blame, move it away "
                    "for one call.",
                ),
            ),
        ),
    )


def _not_again(trouble: Trouble) -> Finding:
    """What came from a pipe or a callback is gone once it was read (CURLE_SEND_FAIL_REWIND, libcurl-errors(3))."""
    return DIAGNOSIS.found(
        "certain",
        "curl had to send the data of the request a second time, and could not go back to their beginning.",
        [trouble.says("curl could not begin to read again")],
        transfer=trouble.index,
        title="curl could not send the data again",
        causes=(
            "The connection was one that curl kept from before, and the server had closed it: curl began anew.",
            "The server, or a proxy, asked for a login or sent a redirect, which take the same request once more.",
        ),
        remedies=(
            Remedy(
                "client",
                "Let curl read from a file",
                (
                    "A pipe can be read once only: save the data, and name the file in --data-binary or --upload-file.",
                    "A program that hands them to libcurl through a callback sets CURLOPT_SEEKFUNCTION as well.",
                ),
            ),
        ),
    )


def _remedies(trouble: Trouble) -> Iterator[Remedy]:
    name = trouble.complaint.subject
    commands = (f"ls -l -- {quoted(trouble.transfer, name)}",) if name and not trouble.transfer.windows else ()
    yield Remedy(
        "client",
        "Check the file",
        ("Give the full path. For a text that begins with @, use --data-raw or --form-string.",),
        commands,
    )
