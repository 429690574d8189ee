"""Recognize the programs that print libcurl's message on a line of its own, without a mark."""

from __future__ import annotations

from collections.abc import Sequence

from curlx.patterns import Pattern
from curlx.signs import FIELD, MARKED, PROOF
from curlx.wrappings.wrapping import Wrapping

_ANNOUNCED = Pattern(r"curl::curl_fetch|curl_fetch_memory|Download error \(\d")
_OWN_LINE = Pattern(r"[ \t!]{0,8}(?=" + FIELD.pattern + r")")
# CMake: file(DOWNLOAD ... STATUS ... LOG ...) tells how it ended before it shows what curl said.
_STATUS = Pattern(r"-- status: (?P<code>[1-9]\d{0,2});\"(?P<text>[^\"]{1,2000})\"")
_OTHERWISE = Pattern(r"curl: \(\d{1,3}\)|HTTP/[\d.]{1,3} \d{3}|.{0,80}[$#%>] ?curl(?:\.exe)? -(?!V\b|-version)")


def program_error(lines: Sequence[str]) -> Wrapping | None:
    """`Error in curl::curl_fetch_memory(...)` and the message below: where curl itself, and a server, say nothing."""
    if any(MARKED.match(line) or _OTHERWISE.match(line) for line in lines):
        return None
    if any(map(_STATUS.match, lines)) and not any(map(PROOF.match, lines)):
        return Wrapping("program-error", _status)
    if any(_ANNOUNCED.search(line[:400]) for line in lines):
        return Wrapping("program-error", _marked)
    return None


def _status(text: str) -> str:
    match = _STATUS.fullmatch(text)
    return f"curl: ({match['code']}) {match['text']}" if match else text


def _marked(text: str) -> str:
    match = _OWN_LINE.match(text)
    return f"* {text[match.end() :].strip()}" if match else text
