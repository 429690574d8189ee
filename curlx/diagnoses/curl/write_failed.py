"""curl could not write what it received.

## What it means

The answer was on its way, and curl could not put it where it was told to: into a file, onto the terminal, or into
the program that reads its output. The server has nothing to do with it.

## How curlx knows

curl says so (`Failed writing body`, `Failure writing output to destination`, exit code 23).

## What to do

Check that the folder exists and may be written to, and that the disk has room. In a pipe such as `curl ... | head`
the reader goes away as soon as it has enough; that is normal, and reported as a warning only, as it is where the
answer was a success. On a terminal curl
refuses to show binary data: give it a file with `--output`.

## When it is something else

An answer that stopped coming is `network-transfer-interrupted` or `network-transfer-timeout`.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.complaints import Detail
from curlx.diagnoses.network.shared.probes import again
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.statuses import is_success
from curlx.timeline import Aside, Timeline

DIAGNOSIS = Diagnosis(code="curl-write-failed", title="curl could not write what it received", needs="complaint")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the output that curl could not write."""
    for trouble in ended_by(timeline, "write-failed"):
        answered = _succeeded(trouble)
        finding = DIAGNOSIS.found(
            "certain",
            "curl could not write the answer to where it was told to."
            + (" It could not open the file." if _warning(trouble, "unopened-file") else "")
            + (" The server had answered with success." if answered else ""),
            _evidence(trouble),
            transfer=trouble.index,
            causes=tuple(_causes(trouble)),
            remedies=_remedies(trouble),
        )
        # With a good answer, nearly always somebody did not want more of it (`| head`, `| grep -q`, a terminal).
        unwanted = (answered or _reader(trouble)) and not _warning(trouble, "unopened-file")
        yield msgspec.structs.replace(finding, severity="warning") if unwanted else finding


def _succeeded(trouble: Trouble) -> bool:
    response = trouble.exchange.response if trouble.exchange else None
    return response is not None and is_success(response.status)


def _warning(trouble: Trouble, detail: Detail) -> Aside | None:
    """Return the first warning of curl's that tells this."""
    return next((each for each in trouble.transfer.warnings if each.tells(detail)), None)


_LEAVING = ("head", "less", "more")
"""Programs that end before they have read all that comes."""
_FEW = ("-m", "-q", "--max-count", "--quiet", "--silent")
"""Options with which grep ends so."""


def _reader(trouble: Trouble) -> str:
    """Return the program behind the pipe of the command, where it is one that leaves when it has enough."""
    for name, *words in trouble.transfer.readers:
        if name in _LEAVING:
            return name
        if name == "grep" and any(word.startswith(_FEW) for word in words):
            return name
    return ""


def _evidence(trouble: Trouble) -> Iterator[Evidence]:
    yield trouble.says("writing failed here")
    command = trouble.transfer.command
    if command is not None and (reader := _reader(trouble)):
        yield cite(trouble.timeline, command.line, f"curl's output goes to `{reader}`")
    warning, not_opened = _warning(trouble, "binary-output"), _warning(trouble, "unopened-file")
    if warning:
        yield cite(trouble.timeline, warning.line, "curl does not show binary data on a terminal")
    if not_opened:
        yield cite(trouble.timeline, not_opened.line, "the file that curl could not open, and why")
    if trouble.exchange and trouble.exchange.response:
        yield cite(trouble.timeline, trouble.exchange.response.first_line, "the server had answered")


_NO_ROOM = "The disk is full, or the file or folder may not be written to."
_BINARY = "The answer is binary, and curl was to show it on a terminal."


def _causes(trouble: Trouble) -> Iterator[str]:
    if _warning(trouble, "binary-output"):
        yield _BINARY
        return
    if not_opened := _warning(trouble, "unopened-file"):
        yield f"Line {not_opened.line} names the file that could not be opened, and the reason."
        return
    if reader := _reader(trouble):
        yield f"`{reader}`, which the command gives curl's output to, ends as soon as it has enough: this does no harm."
        return
    if _is_left_on_the_terminal(trouble):
        yield _BINARY
        yield _NO_ROOM
        return
    yield "The program that reads curl's output ended before all was written (curl ... | head, a closed viewer)."
    yield _NO_ROOM
    yield _BINARY


def _is_left_on_the_terminal(trouble: Trouble) -> bool:
    """Whether the command names neither a file nor a program for curl's output."""
    command = trouble.transfer.command
    if command is None or any(sign in command.value for sign in "|>"):
        return False
    return trouble.transfer.option("output", "remote-name", "remote-name-all") is None


def _remedies(trouble: Trouble) -> Iterator[Remedy]:
    steps = ("With `--output FILE`: choose a folder that exists, with room on its disk, in which you may write.",)
    yield Remedy("client", "Write to a file", steps, again(trouble, "--output", "answer"))
