"""Recognize the error message of libcurl inside that of a program which uses it."""

from __future__ import annotations

from collections.abc import Sequence

from curlx.patterns import Pattern
from curlx.signs import FIELD, MARKED, PROOF
from curlx.wrappings.wrapping import Wrapping

# What curl_easy_strerror() begins with (lib/strerror.c), for the programs that print a bare number before it.
_STRERROR = (
    r"(?:SSL |Could(?:n't| not) |Failed |Failure |Timeout was |Server returned nothing|Error in the HTTP"
    r"|HTTP response code|Transferred a partial|Unsupported protocol|URL using bad|Problem with|Peer certificate"
    r"|Number of redirects)"
)
_NUMBERED = tuple(
    Pattern(expression)
    for expression in (
        # Guzzle, Requests for PHP, WordPress; Composer
        r".{0,400}?\bcURL error (?P<code>\d{1,3}): (?P<text>.{1,2000}?)"
        r"(?: \(see https?://[^)]{1,200}\).*| \(http_request_failed\))?",
        r".{0,200}?\bcurl error (?P<code>\d{1,3}) while downloading \S{1,1000}: (?P<text>.{1,2000})",
        # librepo (dnf, microdnf, PackageKit); yum
        r".{0,200}?\bCurl error \((?P<code>\d{1,3})\): [^\[]{1,1200} \[(?P<text>[^\]]{1,2000})\].*",
        r".{0,400}?\bcurl#(?P<code>\d{1,3}) - \"(?P<text>[^\"]{1,2000}?)(?:; Unknown error)?\".*",
        # cargo, pycurl
        r".{0,200}?\[(?P<code>\d{1,3})\] " + _STRERROR + r"[^(]{1,200}\((?P<text>.{1,2000})\)",
        r"(?:\w{1,40}\.)?error: \((?P<code>\d{1,3}), ['\"](?P<text>.{1,2000})['\"]\)",
        # Hurl points at the place in its own file
        r"[\s\d|]{0,12} \^{3,200} \((?P<code>\d{1,3})\) (?P<text>.{1,2000})",
        # Nix, mamba
        r".{0,20}?unable to download '[^']{1,1000}': "
        + _STRERROR
        + r"[^(]{1,200}\((?P<code>\d{1,3})\) ?(?P<text>.{0,2000})",
        r".{0,80}?Download error \((?P<code>\d{1,3})\) (?P<text>" + _STRERROR + r"[^\[]{1,400}?) \[.{1,1000}",
    )
)
_PACMAN = Pattern(r"error: failed retrieving file .{1,400} : (?P<text>.{1,2000})")
# The programs that print libcurl's message on a line of its own.
_ANNOUNCED = Pattern(r"curl::curl_fetch|curl_fetch_memory|Download error \(\d")
_OWN_LINE = Pattern(r"[ \t!]{0,8}(?=" + FIELD.pattern + r")")
# CMake: file(DOWNLOAD ... STATUS ... LOG ...) tells how it ended before it shows what curl said.
_STATUS = Pattern(r"-- status: (?P<code>[1-9]\d{0,2});\"(?P<text>[^\"]{1,2000})\"")
_OTHERWISE = Pattern(r"curl: \(\d{1,3}\)|HTTP/[\d.]{1,3} \d{3}|.{0,80}[$#%>] ?curl(?:\.exe)? -(?!V\b|-version)")


def program_error(lines: Sequence[str]) -> Wrapping | None:
    """`cURL error 60: ...`, `error: failed retrieving file ...`: where curl itself, and a server, say nothing."""
    if any(MARKED.match(line) or _OTHERWISE.match(line) for line in lines):
        return None
    if any(map(_STATUS.match, lines)) and not any(map(PROOF.match, lines)):
        return Wrapping("program-error", _status)
    announced = any(_ANNOUNCED.search(line[:400]) for line in lines)
    if any(_said(line) is not None for line in lines) or announced:
        return Wrapping("program-error", lambda text: _said(text, announced=announced) or text)
    return None


def _status(text: str) -> str:
    match = _STATUS.fullmatch(text)
    return f"curl: ({match['code']}) {match['text']}" if match else text


def _said(text: str, *, announced: bool = False) -> str | None:
    """Return the message as curl itself would print it, or None."""
    if "rror" in text or "unable to" in text or "curl#" in text or "[" in text[:240] or "^ (" in text:
        for numbered in _NUMBERED:
            if match := numbered.fullmatch(text):
                return f"curl: ({match['code']}) {match['text']}"
        if match := _PACMAN.fullmatch(text):
            return f"* {match['text']}"
    if announced and (match := _OWN_LINE.match(text)):
        return f"* {text[match.end() :].strip()}"
    return None
