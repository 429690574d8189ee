"""curl was told to use a socket file, and could not open it.

## What it means

With `--unix-socket` curl talks to a program on the same machine through a file, not through the network; Docker is
the best-known example (`/var/run/docker.sock`). Here the file could not be opened: it does not exist, nobody is
listening behind it, or this user may not use it. The host name in the URL plays no part.

## How curlx knows

curl tried a path instead of an address, and says that it failed: `No such file or directory`, `Permission denied`
or `Connection refused`.

## What to do

Check the path (it is read from the current folder when it does not begin with `/`), that the service runs, and that
the user may write to the socket.

## When it is something else

If the socket was opened and the answer is an error, the answer is the problem: look at its HTTP status.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.complaints import Detail
from curlx.diagnoses.network.shared.connecting import failed_connects
from curlx.diagnoses.network.shared.probes import quoted
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="network-unix-socket", title="The socket file could not be opened", needs="complaint")

_PATH = "The path is wrong; a path without a leading / is looked for in the current folder."
_NOT_RUNNING = "The service that makes the socket is not running."
_LEFT_OVER = "Nobody listens behind the file: the service is not running, or left the file behind when it ended."
_RIGHTS = "This user may not read and write the socket, or may not enter a folder on the way to it."
_CAUSES: dict[Detail, tuple[str, ...]] = {
    "nobody-listens": (_LEFT_OVER,),
    "not-permitted": (_RIGHTS,),
    "no-such-file": (_PATH, _NOT_RUNNING),
}


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the socket file that curl could not open."""
    for failed in failed_connects(timeline, "unix-socket-failed"):
        transfer, connection, complaint = failed.trouble.transfer, failed.trouble.connection, failed.trouble.complaint
        attempt = next((each for each in connection.attempts if each.failure), None) if connection else None
        path = attempt.address if attempt else complaint.subject
        reason, told = (attempt.reason, attempt.details) if attempt else ("", ())
        yield DIAGNOSIS.found(
            "certain",
            f"curl could not open the socket file {path or 'it was given'}" + (f": {reason}." if reason else "."),
            failed.evidence,
            transfer=failed.trouble.index,
            causes=next((_CAUSES[each] for each in told if each in _CAUSES), (_PATH, _NOT_RUNNING, _RIGHTS)),
            remedies=(
                Remedy(
                    "client",
                    "Check the path and the rights",
                    ("The file must exist, begin with an `s` in the listing, and be writable for this user.",),
                    () if not path or transfer.windows else (f"ls -l -- {quoted(transfer, path)}",),
                ),
                Remedy("server", "Start the service that owns the socket", ()),
            ),
        )
