"""Find the exit code of curl, or libcurl's result, that a sentence tells: `curl failed with error 7`, `CURLcode: 7`."""

from __future__ import annotations

import re

from curlx.patterns import Pattern

_WORDS = (
    r"(?:error|errno|code|status|returned|return|result|failed|exit|exited|exception|command|call|callback|operation"
    r"|request|with|number|message|an?|the|to|download|perform|connect|fetch|finished|ended|terminated|non-zero|value)\b"
)
_UNITS = r"m?s|secs?|seconds?|minutes?|times?|bytes|items?|results?|files?|rows?|records?|users?|days?|hours?|of|out"
_DENIED = Pattern(r"\b(?:not|no|isn't|never|without)\b[^.,;]{0,16}$", re.IGNORECASE)
_CODE = Pattern(
    r"\bcase\b|[;{}]\s*$|=>|==|!=|^\s*(?://|#include|#\s?define|\*|/\*|\|)|\breturn CURLE|\bconst\b|: ?\d+,\s*$"
)
"""What source code has around such a name."""
_CODED = Pattern(
    r"\bcurl \((?P<bracketed>[2-9]|[1-9]\d)\)"
    r"|(?<![\w-])(?!curl-\w{1,20}-)(?:lib)?curl(?:(?:_easy_perform|_exec)\(?\)?|code)?(?P<words>\W{0,3}(?:"
    + _WORDS
    + r"\W{0,3}){0,6})"
    r"\(?#?(?P<code>[1-9]\d?)(?![\w%]|[.:]\d| (?:" + _UNITS + r")\b)"
    r"|\bexit (?:code|status) (?P<before>[1-9]\d?) (?:from|by|of) curl\b"
    r"|(?:\bCURLE_|\breturn_code(?:=|: ?):?)(?P<name>[A-Z][A-Z0-9_]{3,40})(?!\w)",  # Ruby's Ethon: couldnt_connect
    re.IGNORECASE,
)
_TELLS = Pattern(r"err|code|status|return|result|failed|exit|exception", re.IGNORECASE)
_NAMES = {
    "UNSUPPORTED_PROTOCOL": 1, "URL_MALFORMAT": 3, "COULDNT_RESOLVE_PROXY": 5, "COULDNT_RESOLVE_HOST": 6,
    "COULDNT_CONNECT": 7, "HTTP2": 16, "PARTIAL_FILE": 18, "HTTP_RETURNED_ERROR": 22, "WRITE_ERROR": 23,
    "READ_ERROR": 26, "OPERATION_TIMEDOUT": 28, "OPERATION_TIMEOUTED": 28, "SSL_CONNECT_ERROR": 35,
    "TOO_MANY_REDIRECTS": 47, "GOT_NOTHING": 52, "SEND_ERROR": 55, "RECV_ERROR": 56, "SSL_CERTPROBLEM": 58,
    "SSL_CACERT": 60, "PEER_FAILED_VERIFICATION": 60, "BAD_CONTENT_ENCODING": 61, "FILESIZE_EXCEEDED": 63,
    "SSL_CACERT_BADFILE": 77, "SSL_PINNEDPUBKEYNOTMATCH": 90, "SSL_INVALIDCERTSTATUS": 91, "HTTP2_STREAM": 92,
    "SSL_CLIENTCERT": 98,
}  # fmt: skip
"""The names of CURLcode (include/curl/curl.h)."""


def told_code(text: str) -> tuple[int, str] | None:
    """Return the code that a sentence tells, and what it says behind it; None where it tells none."""
    for match in _CODED.finditer(text):
        if _DENIED.search(text, 0, match.start()):
            continue
        if match["name"]:
            code = None if _CODE.search(text) else _NAMES.get(match["name"].upper())
        elif match["before"] or match["bracketed"]:
            code = int(match["before"] or match["bracketed"])
        else:
            spoken = match[0][: match.end("words") - match.start()]
            code = int(match["code"]) if _TELLS.search(spoken) else None
        if code is not None:
            behind = text[match.end() :]
            return code, behind[1:].strip() if behind.startswith(":") else ""
    return None
