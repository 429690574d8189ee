"""Recognize other programs that print what libcurl tells them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curlx.patterns import Pattern
from curlx.signs import MARKED
from curlx.wrappings.wrapping import Wrapping, mostly

# curl_infotype (include/curl/curl.h): TEXT 0, HEADER_IN 1, HEADER_OUT 2, DATA_IN 3, DATA_OUT 4, SSL_DATA_IN 5, OUT 6.
_CALLBACK = Pattern(
    r"^[^\n]{0,200}?(?:cURL:type\[(?P<number>[0-6])\]-"
    r"|CURLINFO_(?P<name>TEXT|HEADER_IN|HEADER_OUT|DATA_IN|DATA_OUT)\b[\])]?[:=-]? ?"
    r"(?:\d\d[.:]\d\d[.:]\d\d[.,]\d{3} ?)?)"
)
_CALLBACK_MARKS = {
    "0": "* ", "TEXT": "* ", "CURLINFO": "* ", "INFO": "* ",
    "1": "< ", "HEADERIN": "< ", "RECEIVEDHEADER": "< ", "RECEIVEDHEADERFROMSERVER": "< ",
    "2": "> ", "HEADEROUT": "> ", "SENTHEADER": "> ", "SENTHEADERTOSERVER": "> ",
}  # fmt: skip
_LABELLED = Pattern(  # in a program's own words: `[header in ]:  HTTP/2 200`, `... HEADER_IN :HTTP/1.1 200 OK`
    r"^[^\n]{0,160}?(?:[\[\]( ](?P<name>text|header[ _]?(?:in|out)|(?:ssl[ _]?)?data[ _]?(?:in|out))[ \t]{0,12}[\])]?"
    r"[ \t]?:[ \t]{0,2}|\((?P<cased>text|header(?:in|out)|(?:ssl)?data(?:in|out))\) "  # AWS's SDK
    # px, BOINC
    r"|(?<!== )(?P<told>(?:Curl )?info|Sent header(?: to server)?|Received header(?: from server)?)(?::| =>) )",
    re.I,
)
_OF_KODI = "Curl::Debug - "
_HEADER_TOLD = Pattern(r"HTTP/[\d.]{1,3} \d{3}|[A-Z]{3,10} \S{1,2000} HTTP/[\d.]{1,3}")
# `debug(0): b'  Trying ...\\n'`: the callback of pycurl's own documentation.
_REPRESENTED = Pattern(r"(?i:debug) ?\((?P<number>[0-6])\): b?(?P<quote>['\"])(?P<shown>.*)(?P=quote)")
# Unreal Engine keeps what curl tells, and prints it where a request fails.
_CACHED = Pattern(r".{0,200}?\blibcurl info message cache \d{1,4} \((?P<said>.*)\)\s{0,4}")
_ARROW = Pattern(r"-> [A-Z]{3,10} \S{1,2000} HTTP/[\d.]{1,3}|<- HTTP/[\d.]{1,3} \d")
# git's http.c, GIT_TRACE_CURL: `=> Send header: GET ...`, where curl's own trace has `=> Send header, 9 bytes (0x9)`.
_GIT_HEADER = Pattern(r"(?:=> Send|<= Recv) header: ?")
_GIT_BYTES = r"bytes \(0x[0-9a-f]{8}\)"
_GIT_SIZE = Pattern(rf"(?:=> Send|<= Recv) (?:header|data), \d{{10}}(?: {_GIT_BYTES})?|{_GIT_BYTES}")
"""Of a block; a mailer may have broken it in two."""


def debug_callback(lines: Sequence[str]) -> Wrapping | None:
    """A CURLOPT_DEBUGFUNCTION that prints the type instead of curl's mark."""
    if any(MARKED.match(line) for line in lines):
        return None
    if mostly(lines, _CALLBACK.match, 0.5):
        return Wrapping("debug-callback", _marked_by_type)
    if mostly(lines, _LABELLED.match, 0.5) and any(_OF_KODI in line or _labels_a_head(line) for line in lines):
        return Wrapping("debug-callback", _marked_by_label)
    if mostly(lines, _CACHED.match, 0.5):
        return Wrapping(
            "debug-callback", lambda text: f"* {match['said']}" if (match := _CACHED.fullmatch(text)) else text
        )
    if mostly(lines, _REPRESENTED.match, 0.5):
        return Wrapping("debug-callback", _marked_as_shown)
    return None


def _marked_by_type(text: str) -> str:
    match = _CALLBACK.match(text)
    return _mark(match["number"] or match["name"]) + text[match.end() :] if match else text


def _mark(name: str) -> str:
    """Return curl's mark for a type, by its number or by any spelling of its name."""
    return _CALLBACK_MARKS.get(name.upper().replace(" ", "").replace("_", ""), "")


def _labels_a_head(line: str) -> bool:
    match = _LABELLED.match(line)
    return match is not None and bool(_HEADER_TOLD.match(line, match.end()))


def _marked_by_label(text: str) -> str:
    match = _LABELLED.match(text)
    if match is None:
        return text
    return _mark(match["name"] or match["cased"] or match["told"]) + text[match.end() :]


def _marked_as_shown(text: str) -> str:
    match = _REPRESENTED.fullmatch(text)
    if match is None:
        return text
    mark = _mark(match["number"])
    shown = match["shown"].replace("\\r", "").replace("\\t", "\t").replace("\\'", "'").removesuffix("\\n")
    return "\n".join(mark + line for line in shown.split("\\n"))


def arrows(lines: Sequence[str]) -> Wrapping | None:
    """`-> GET / HTTP/1.1`, `<- HTTP/1.1 200 OK`: verbose() of R's httr and httr2."""
    if any(match and not match["star"] for match in map(MARKED.match, lines)) or not any(map(_ARROW.match, lines)):
        return None
    return Wrapping("debug-callback", _marked_by_arrow)


def _marked_by_arrow(text: str) -> str:
    if text.startswith(("<<", ">>")):
        return text[2:].lstrip()
    mark = {"->": "> ", "<-": "< "}.get(text[:2])
    return mark + text[3:] if mark else text


def git_trace(lines: Sequence[str]) -> Wrapping | None:
    """`== Info: Trying ...`, `=> Send header: GET ...`: GIT_TRACE_CURL and GIT_CURL_VERBOSE."""
    if any(line.startswith("* ") for line in lines) or not any(_GIT_HEADER.match(line) for line in lines):
        return None
    return Wrapping("git-trace", _marked_as_curl)


def _marked_as_curl(text: str) -> str:
    if text.startswith("== Info: "):
        return "* " + text[9:]
    if match := _GIT_HEADER.match(text):
        return ("> " if text.startswith("=>") else "< ") + text[match.end() :]
    return "" if _GIT_SIZE.fullmatch(text) else text


# Windows PowerShell 5.1 prints what a program writes to stderr as an error record (NativeCommandError).
_RECORD_START = Pattern(r"(?:\S{0,200}[\\/])?curl(?:\.exe)? : ?")
_RECORD_REST = Pattern(
    r"\+ ~+\s*|\s{1,8}\+ (?:CategoryInfo|FullyQualifiedErrorId)\s.*|[^:*<>]{2,30}:\d{1,5} [^:]{2,20}: ?\d{1,5}\s*"
)
_RECORD_COMMAND = Pattern(r"\+ (?=[^\n]{0,200}\bcurl)")


def powershell(lines: Sequence[str]) -> Wrapping | None:
    """`curl.exe : * Trying ...`, and the rest of the error record around it."""
    start = next((number for number, line in enumerate(lines) if "curl" in line and _RECORD_START.match(line)), None)
    if start is None:
        return None
    record = [line for line in lines[start:] if "+ CategoryInfo" in line or "+ FullyQualifiedErrorId" in line]
    # Invoke-WebRequest, which PowerShell also calls curl, has records of its own: no words of curl's are in them.
    if not record or any("Invoke-" in line or "InvokeWebRequest" in line for line in record):
        return None
    return Wrapping("powershell", _without_record)


def _without_record(text: str) -> str:
    if match := _RECORD_START.match(text) or _RECORD_COMMAND.match(text):
        return text[match.end() :]
    return "" if _RECORD_REST.fullmatch(text) else text
