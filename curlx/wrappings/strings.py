"""Recognize a log inside the strings of JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from curlx.patterns import Pattern
from curlx.signs import MARKED, OWN
from curlx.wrappings.wrapping import Wrapping

_KEYS = ("log", "message", "msg", "line", "textPayload")
"""Where loggers keep the line: Docker's json-file driver, Fluent Bit, GCP Cloud Logging."""
_FIRST = 20
"""Lines of a string among which one has to be curl's: the head of a meter may stand before it."""
_ESCAPE = Pattern(r"\\(?:r\\n|[nrt\"'\\/]|u00[0-7][0-9a-fA-F])")
_ENDS = Pattern(r"\\n" + OWN + r"(?:\* |> |< |[{}] \[|== Info|<= Recv|=> Send|curl: \()")


def json_strings(lines: Sequence[str]) -> Wrapping | None:
    r"""Each line a JSON string or object (`"* Trying",`), or all of them in one string (`* Trying\n* Connected`)."""
    for line in lines:
        if MARKED.match(line):
            return None
        if (said := _string(line)) is not None and any(map(MARKED.match, said.splitlines()[:_FIRST])):
            return Wrapping("json", lambda text: text if (inner := _string(text)) is None else inner)
        if _ENDS.search(line) and MARKED.search(line):
            return Wrapping("json", _broken)
    return None


def _string(text: str) -> str | None:
    """Return the string that a line of JSON holds, without its last line feed; a string may hold several lines."""
    bare = text.strip().lstrip("> |\t").removesuffix(",")
    if not (bare[:1] + bare[-1:] == '""' and len(bare) > 1) and not (bare[:2] == '{"' and bare[-1:] == "}"):
        return None
    try:
        value = msgspec.json.decode(bare)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return None
    if isinstance(value, dict):
        value = next((value[key] for key in _KEYS if isinstance(value.get(key), str)), None)
    return value.replace("\r\n", "\n").removesuffix("\n") if isinstance(value, str) else None


def _broken(text: str) -> str:
    """Give back the line ends of a log in one line of a string; what stands before curl's words becomes a line."""
    if not _ENDS.search(text):
        return text
    text = _closed(text)
    shown = _ESCAPE.sub(lambda escape: _LETTERS.get(escape[0], "") or chr(int(escape[0][2:], 16)), text)
    first = MARKED.search(shown)
    if first is None or not first.start():
        return shown
    return shown[: first.start()] + "\n" + shown[first.start() :]


def _closed(text: str) -> str:
    """Break the line behind the end of the string that holds the log."""
    begins = MARKED.search(text)
    quote = text[begins.start() - 1] if begins and begins.start() else ""
    if quote not in ("'", '"'):
        return text
    last = max(match.start() for match in _ENDS.finditer(text))
    end = re.compile(rf"(?<!\\){quote}(?=\s*[,}}\])]|\s*$)").search(text, last)
    return f"{text[: end.start()]}\\n{text[end.start() :]}" if end else text


_LETTERS = {"\\r\\n": "\n", "\\n": "\n", "\\r": "\n", "\\t": "\t", '\\"': '"', "\\'": "'", "\\\\": "\\", "\\/": "/"}
