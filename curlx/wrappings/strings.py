"""Recognize a log inside the strings of JSON, or of a logger's `msg="..."`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import msgspec

from curlx.patterns import Pattern
from curlx.signs import BEFORE, LAST_WORD, MARKED, OWN, PROOF
from curlx.wrappings.wrapping import Wrapping

_Path: TypeAlias = tuple[str, ...]
"""Keys of objects within objects."""

_FIRST = 20
"""Lines of a string among which one has to be curl's: the head of a meter may stand before it."""
_DEEP = 4
"""Objects within objects: Splunk has the line in `result`, `_raw`."""
_ESCAPE = Pattern(r"\\(?:(?:r\\){1,2}n|[nrt\"'\\/]|u00[0-7][0-9a-fA-F])")
_ENDS = Pattern(
    r"(?P<escape>\\{1,2})(?:n|u001b\[[\d;]{0,12}m)" + OWN + r"(?:\* |> |< |[{}] \[|== Info|<= Recv|=> Send|curl: \()"
)
"""Escapes, of a line's end or of a colour, behind which curl speaks."""
_COLOURS = Pattern(r"\x1b\[[\d;]{0,12}[mK]")
_OUTPUTS = frozenset(("stderr", "stdout", "output", "log", "msg", "message", "MESSAGE", "_raw", "textPayload"))
_CODES = ("rc", "returncode", "exit_code", "exitCode", "exit_status", "exitStatus")
"""What the exit code is called that stands beside an output: 0 tells that what curl complains of was overcome."""
_ALONE = Pattern(rf"{LAST_WORD}.{{0,2000}}")
_QUOTED_EXIT = Pattern(rf"(?P<quote>[\"'])(?={LAST_WORD}[^\"']*\\n(?P=quote))|^\s*(?P<tick>`)(?={LAST_WORD}[^`]*`\s*$)")
_LOGFMT = Pattern(r"[^\n]{0,200}?\b(?:msg|message)=\"(?P<said>(?:[^\"\\]|\\.)*)\"[^\"]{0,200}")


def json_strings(lines: Sequence[str]) -> Wrapping | None:
    r"""Each line a JSON string or object (`"* Trying",`), or all of them in one string (`* Trying\n* Connected`)."""
    for line in lines:
        if MARKED.match(line):
            return None
        path = _path(line)
        if path is not None:
            return _within(path)
        if _ENDS.search(line) and MARKED.search(line):
            return Wrapping("json", _broken)
        if _QUOTED_EXIT.search(line):
            return Wrapping("json", _exit)
        if (logged := _LOGFMT.fullmatch(line)) and MARKED.match(logged["said"]):
            return Wrapping("json", _logged)
        if MARKED.search(line, 0, BEFORE):
            return None  # curl's lines stand behind something else: what looks like a string was transferred
    return None


def _within(path: _Path) -> Wrapping:
    return Wrapping("json", lambda text: text if (said := _string(text, path)) is None else said)


def _path(line: str) -> _Path | None:
    """Return where in a line of JSON curl speaks."""
    value = _decoded(line)
    return next((path for path, said in _strings(value) if _is_curls(path, said)), None) if value is not None else None


def _string(line: str, path: _Path) -> str | None:
    """Return the string that a line of JSON holds there, without its last line end; it may hold several lines.

    Below curl's last word stands the exit code 0 of who ran it.
    """
    value, beside = _decoded(line), dict[str, object]()
    for key in path:
        inside: dict[str, object] = value if isinstance(value, dict) else {}
        beside, value = {**beside, **inside}, inside.get(key)
    if not isinstance(value, str):
        return None
    said = _COLOURS.sub("", _one_line_end(value))
    if not _ALONE.fullmatch(said.rpartition("\n")[2]):
        return said
    return "\n".join((said, *(f'"{name}": 0' for name in _CODES if _is_zero(beside.get(name)))))


def _is_zero(value: object) -> bool:
    return value == "0" or (type(value) is int and not value)


def _decoded(text: str) -> object:
    """Return what JSON there is in a line; Ansible prints words before it, docker and kubectl a time or a name."""
    bare = text.strip().lstrip("> |\t").removesuffix(",")
    if bare[-1:] == "}" and bare[:1] != '"':
        bare = bare[max(bare.find('{"', 0, BEFORE), 0) :]
    if not (bare[:1] + bare[-1:] == '""' and len(bare) > 1) and not (bare[:2] == '{"' and bare[-1:] == "}"):
        return None
    try:
        return msgspec.json.decode(bare)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return None


def _strings(value: object, path: _Path = ()) -> Iterator[tuple[_Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict) and len(path) < _DEEP:
        for key, inner in value.items():
            yield from _strings(inner, (*path, key))


def _is_curls(path: _Path, said: str) -> bool:
    """Tell whether curl speaks in a string; its lines may be wrapped themselves.

    Its last word alone may be what a program says of curl, unless it has a line end, or is called an output.
    """
    printed = "\n" in said or (bool(path) and path[-1] in _OUTPUTS)
    for line in said.splitlines()[:_FIRST]:
        match = MARKED.search(line, 0, BEFORE)
        if (match and (printed or not match["exit"])) or PROOF.match(line):
            return True
    return False


def _one_line_end(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


def _broken(text: str) -> str:
    """Give back the line ends of a log in one line of a string; what stands before curl's words becomes a line."""
    if not _ENDS.search(text):
        return text
    shown = unescaped(_closed(text))
    first = MARKED.search(shown)
    if first is None or not first.start():
        return shown
    return shown[: first.start()] + "\n" + shown[first.start() :]


def unescaped(text: str) -> str:
    """Return a string as it was before somebody escaped it, once or twice, without colours."""
    once, twice = (sum(len(match["escape"]) == length for match in _ENDS.finditer(text)) for length in (1, 2))
    if twice > once:
        text = text.replace("\\\\", "\\")
    shown = _ESCAPE.sub(lambda escape: _LETTERS.get(escape[0], "") or chr(int(escape[0][2:], 16)), text)
    return _COLOURS.sub("", shown)


def _closed(text: str) -> str:
    """Break the line behind the end of the string that holds the log."""
    begins = MARKED.search(text)
    quote = text[begins.start() - 1] if begins and begins.start() else ""
    if quote not in ("'", '"'):
        return text
    last = max(match.start() for match in _ENDS.finditer(text))
    end = re.compile(rf"(?<!\\){quote}(?=\s*[,}}\])]|\s*$)").search(text, last)
    return f"{text[: end.start()]}\\n{text[end.start() :]}" if end else text


def _exit(text: str) -> str:
    """Return curl's last word out of the quotes that it stands in, on a line of its own."""
    begins = _QUOTED_EXIT.search(text)
    if begins is None:
        return text
    start = begins.end()
    end = text.find(begins["quote"] or begins["tick"], start)
    said = text[start:] if end < 0 else text[start:end]
    return f"{text[:start]}\n{unescaped(said).strip()}"


def _logged(text: str) -> str:
    logged = _LOGFMT.fullmatch(text)
    return _one_line_end(unescaped(logged["said"])) if logged else text


_LETTERS = {
    "\\r\\n": "\r\n", "\\n": "\n", "\\r": "\n", "\\t": "\t", '\\"': '"', "\\'": "'", "\\\\": "\\", "\\/": "/",
    "\\r\\r\\n": "\r\n",  # what had the ends of Windows was printed as text there once more
}  # fmt: skip
