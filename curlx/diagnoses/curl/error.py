"""curl failed, and the log does not say more than that.

## What it means

curl ended with an exit code (the number in `curl: (NN)`) or a complaint for which curlx has no better explanation.
The number says at which kind of step curl gave up, and seldom why.

## How curlx knows

curl's exit code or its own words, and nothing that says more. curlx says `possible`, because one exit code has many
causes.

## What to do

Run the command again with `-v` and read the new log: the lines before the last one usually have the reason.

## When it is something else

Where curl's words name a reason that curlx knows, that reason is reported instead of this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from curlx.advice import git
from curlx.advice.exit_codes import meaning
from curlx.diagnoses.http.shared.asking import again
from curlx.diagnoses.network.shared.probes import repeat
from curlx.diagnoses.network.shared.trouble import INTERFACE_FAILED, is_about_own_address, standing
from curlx.events import ComplaintKind
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Complaint, Timeline, Transfer

DIAGNOSIS = Diagnosis(code="curl-error", title="curl failed", needs="complaint")

_FAIL = 22
"""The exit code of --fail."""
_HTTP2 = 16
"""CURLE_HTTP2, of which curl says that it is one of several problems (libcurl-errors(3))."""
_RANGE_ERROR = 33
_BEYOND = 416
"""The range asked for lies outside the file, as the answer says; curl calls that a server without ranges."""
_REDIRECTS, _FAILURES = 300, 400
"""The first statuses of their kinds (RFC 9110, 15)."""

_MISFIT = 2
"""The exit code of a libcurl that cannot begin."""

_UNEXPLAINED: tuple[ComplaintKind, ...] = ("other", "aborted", "http2-error", "unanswered")
"""What no other diagnosis explains."""

_KNOWN: dict[int, tuple[str, str]] = {
    # exit code: what usually lies behind it, and what to do
    _MISFIT: (
        "Most often the tool and the library do not fit: curl runs with the libcurl of another version or build.",
        "`curl -V` names the version of each in its first line: they should be the same. Where they are not, another "
        "libcurl stands first on the way (LD_LIBRARY_PATH, a bundled copy), or only one of the two was updated.",
    ),
    _RANGE_ERROR: (
        "Parts of the file were asked for (--range, --continue-at), and the server sends only whole files.",
        "Leave --range and --continue-at out, and fetch the whole file.",
    ),
    97: (
        "The port is not that of a SOCKS proxy, or of one of another version.",
        "Compare the scheme in front of the proxy's address (socks4://, socks5h://, http://) with what listens there.",
    ),
    INTERFACE_FAILED: (
        "The interface, name or address given with --interface is none of this machine, or it is an IPv6 address and "
        "the server's is IPv4, or the other way round.",
        "Compare it with the interfaces of this machine (`ip address` on Linux, `ifconfig` on macOS).",
    ),
}

_WEBSOCKET = (
    "The address is not that of a WebSocket service, or a proxy in front of it does not pass `Upgrade` on.",
    "Compare host and path with what the service documents; let a proxy pass Upgrade and Connection on (RFC 6455, 4).",
)

_SSH_KEY = (
    "The key is not in `~/.ssh/known_hosts` (check 2), it is another than there (1: the server has a new key, or "
    "somebody answers in its place), or it could not be compared (3).",
    "Compare the server's key with what its owner says, and put that into `~/.ssh/known_hosts`; "
    "`--hostpubsha256` accepts one key alone.",
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the failures that nothing else explains."""
    for index, transfer in enumerate(timeline.transfers):
        complaints = standing(transfer)
        code = transfer.exit.code if transfer.exit else _RANGE_ERROR if _is_about_range(complaints) else None
        if not is_about_own_address(transfer) and any(not _is_unexplained(each, transfer) for each in complaints):
            continue
        evidence = tuple(_evidence(timeline, transfer, complaints))
        if not evidence:
            continue
        final = transfer.last_exchange.response if transfer.last_exchange else None
        if code == _RANGE_ERROR and final is not None and final.status == _BEYOND:
            continue
        cause, step = _KNOWN.get(INTERFACE_FAILED if is_about_own_address(transfer) else code or 0, ("", ""))
        summary = _summary(code, evidence) if transfer.exit or code is None else f"curl says that {meaning(code)}."
        if any(each.tells("not-started") for each in complaints):
            cause, step = _KNOWN[_MISFIT]
            summary = "curl did not start: a library that it needs is missing, or does not fit."
        if any(each.tells("ssh-key") for each in complaints):
            cause, step = _SSH_KEY
            summary = "The key of the SSH server was not accepted."
        if _refused_websocket(transfer, complaints):
            cause, step = _WEBSOCKET
            summary = "The server answered as it does to an ordinary request, and did not switch to WebSocket."
        if any(each.kind == "unanswered" for each in complaints):
            if _is_shown_by_another(timeline, transfer):
                continue
            yield _unanswered(timeline, index, evidence)
            continue
        if code == _HTTP2 or any(each.kind == "http2-error" for each in complaints):
            yield _of_http2(transfer, index, code, evidence)
            continue
        yield DIAGNOSIS.found(
            "possible",
            summary,
            evidence,
            transfer=index,
            causes=(cause,) if cause else (),
            remedies=(Remedy("client", "Change what curl is asked to do", (step,)),)
            if step
            else _remedies(timeline, index),
        )


def unexplained(timeline: Timeline, explained: Collection[int]) -> Iterator[Finding]:
    """Find the transfers that failed, by an exit code, git's word or curl's alone, and that no diagnosis speaks of.

    `explained` are the numbers of the transfers of which more is known.
    """
    for index, transfer in enumerate(timeline.transfers):
        last = transfer.exit
        alone = not transfer.exchanges and not any(each.attempts or each.connected for each in transfer.connections)
        told = transfer.complaints if alone or (transfer.git and not transfer.exchanges) else ()
        if index in explained or (last.code == 0 if last is not None else not told):
            continue
        if _is_shown_by_another(timeline, transfer):
            continue
        said = [each for each in transfer.complaints[-3:] if last is None or each.line != last.line]
        evidence = tuple(cite(timeline, each.line, "curl says so") for each in said)
        if last is not None:
            evidence = (*evidence, cite(timeline, last.line, "curl's last word"))
        yield DIAGNOSIS.found(
            "possible",
            _summary(last.code if last is not None else None, evidence),
            evidence,
            transfer=index,
            remedies=_remedies(timeline, index),
        )


def _is_shown_by_another(timeline: Timeline, transfer: Transfer) -> bool:
    """Tell whether curl was silent in a run (`-s`), and another one of the log shows how the same call failed."""
    silent = not transfer.exchanges and not transfer.connections and transfer.url is not None
    code = transfer.exit.code if transfer.exit else None
    return silent and any(
        other.url == transfer.url
        and bool(other.connections and standing(other))
        and (code is None or other.exit is None or other.exit.code == code)
        for other in timeline.transfers
    )


def _unanswered(timeline: Timeline, index: int, evidence: tuple[Evidence, ...]) -> Finding:
    return DIAGNOSIS.found(
        "likely",
        "The status that `--write-out` tells is 000: no answer came. The name was not found, nothing listens there, "
        "the server's certificate was refused, or time was up; with `-s` curl does not say what.",
        evidence,
        transfer=index,
        title="No answer came (status 000)",
        remedies=_remedies(timeline, index),
    )


def _of_http2(transfer: Transfer, index: int, code: int | None, evidence: tuple[Evidence, ...]) -> Finding:
    """HTTP/1.1 has no frames: to ask over it helps, or shows that something else is wrong (libcurl-errors(3))."""
    older = Remedy(
        "client",
        "Ask over HTTP/1.1",
        ("Add `--http1.1` to the command. If that helps, HTTP/2 has to do with it.",),
        again(transfer, transfer.last_exchange, "-v", "--http1.1"),
    )
    return DIAGNOSIS.found(
        "possible",
        f"{f'curl ended with exit code {code}: ' if code else 'curl says that '}something went wrong in HTTP/2. "
        "The log does not show what.",
        evidence,
        transfer=index,
        causes=(
            "The server, or a proxy or gateway on the way, makes mistakes in HTTP/2, or closed the connection without "
            "a word.",
            "An old HTTP/2 library on this side (`curl -V` names it: nghttp2) makes one.",
        ),
        remedies=(git.older_http() if transfer.git else older,),
    )


def _summary(code: int | None, evidence: tuple[Evidence, ...]) -> str:
    if code is None:
        return "curl says that something failed. curlx knows no better explanation than curl's own words."
    more = "curlx knows no better explanation than curl's own words." if len(evidence) > 1 else "The log says no more."
    return f"curl ended with exit code {code}: {meaning(code) or 'curlx does not know this code'}. {more}"


def _is_about_range(complaints: tuple[Complaint, ...]) -> bool:
    """Tell whether the answer is not the part that was asked for: that it is a good one settles nothing then."""
    return any(each.tells("range") for each in complaints)


def _refused_websocket(transfer: Transfer, complaints: tuple[Complaint, ...]) -> bool:
    """Tell whether the server did not switch to WebSocket: that its answer is a good one settles nothing then."""
    request = transfer.last_exchange.request if transfer.last_exchange else None
    asked = request is not None and request.header("upgrade") is not None
    return asked and any(complaint.tells("websocket") for complaint in complaints)


def _remedies(timeline: Timeline, index: int) -> tuple[Remedy, ...]:
    if timeline.transfers[index].connections:
        return ()  # the log is one of -v already
    title, step = "Run it again with -v and read the new log", "Keep your other options; leave --silent out."
    return (Remedy("client", title, (step,), repeat(timeline.transfers[index])),)


def _is_unexplained(complaint: Complaint, transfer: Transfer) -> bool:
    final = transfer.last_exchange.response if transfer.last_exchange else None
    if complaint.kind == "socks-failed":
        return complaint.number is None  # a reply's number is the SOCKS proxy's reason
    if complaint.kind == "http-status":  # --fail, beside a status that is no failure, or without any
        return complaint.number is None and (final is None or final.status < _FAILURES)
    if complaint.kind == "redirect-loop":
        return final is not None and final.status < _REDIRECTS
    return complaint.kind in _UNEXPLAINED


def _evidence(timeline: Timeline, transfer: Transfer, complaints: tuple[Complaint, ...]) -> Iterator[Evidence]:
    final = transfer.last_exchange.response if transfer.last_exchange else None
    if transfer.exit is None:
        # Without an exit code a complaint may be one that curl got over; a good answer settles it.
        if final is None or _is_about_range(complaints) or _refused_websocket(transfer, complaints):
            for complaint in complaints[:3]:
                yield cite(timeline, complaint.line, "curl says so")
        return
    if transfer.exit.code == 0 or (transfer.exit.code == _FAIL and final is not None and final.status >= _FAILURES):
        return  # the HTTP status is the reason
    for complaint in complaints[:3]:
        if complaint.line != transfer.exit.line:
            yield cite(timeline, complaint.line, "curl says so")
    yield cite(timeline, transfer.exit.line, "curl's last word")
