"""What `--write-out` prints at the end of a transfer: status and exit code, as the command's format has them.

Source: `src/tool_writeout.c`. The names of the variables are those of curl(1); `%{json}` has them all in one object.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

import msgspec

from curlx.events import Complaint, WrittenOut
from curlx.grammar.within import complaint_of
from curlx.options import options_of
from curlx.patterns import Pattern

_VARIABLE = Pattern(r"%{1,2}\{(?P<name>[a-z_]{1,40})\}|%(?P<held>header|output|time)\{[^}]{0,100}\}|%%")
_TELLING = {"http_code": "status", "response_code": "status", "exitcode": "code", "errormsg": "said", "json": "json",
            "http_connect": "connect"}  # fmt: skip
_SHAPES = {
    "status": Pattern(r"\d{3}"),
    "code": Pattern(r"\d{1,3}"),
    "connect": Pattern(r"\d{1,3}"),
    "json": Pattern(r"\{.*\}"),
}
_NUMBER = Pattern(r"[\d.]{1,30}")
_NUMBERS = Pattern(
    r"(?:time|size|speed|num)_\w{1,40}|http_version|(?:proxy_)?ssl_verify_result|\w{1,8}_port|urlnum|\w{1,4}_id"
)
_REFUSED = 300
_SILENT = frozenset({"stderr", "stdout", "onerror", "output"})
"""Variables that print nothing."""
_ENDS = {"\\n": "\n", "\\r": "", "\\t": "\t"}
_AWAY = frozenset({"output", "remote-name", "remote-name-all", "head"})
_PROMPT = Pattern(r"%|\+{1,4} .*|[^\s$#>%]{0,80} ?[^\s$#>%]{0,80}[$#>%](?: .*)?")
"""What may stand behind a format that does not end its line: the shell's next prompt, or what `set -x` prints."""
_REDIRECTED = Pattern(r".*(?<![\d&\-=])>{1,2} {0,4}[\w./$~\"]", re.S)
_QUOTATION = Pattern(r"'[^']{0,4000}'|\"[^\"]{0,4000}\"")
_MANY = Pattern(r".*\b(?:for|while|until|xargs|parallel|watch|seq)\b", re.S)
_CLOSED = Pattern(r"[^\d].*[}\]>](?=\d{3}(?!\d))")
"""The end of JSON or a page, behind which a status stands in the same line."""
_LETTERS = Pattern(r"[A-Za-z]{2}")
_LONGEST, _LONGEST_LINE = 24_000, 2_000
_PADDING = " " * 8


class Form(msgspec.Struct, frozen=True):
    """One line of a format: texts, each with the variable behind it, and the text behind the last."""

    pieces: tuple[tuple[str, str], ...]
    rest: str
    anywhere: bool = False
    """The last line of a body may stand before it, which had no end."""
    glued: bool = False
    """It begins with the status: right behind a bracket it is no body's."""
    last: bool = False
    """The format does not end this line."""


class Format(msgspec.Struct, frozen=True):
    """What the `--write-out` of a command prints."""

    forms: tuple[Form, ...] = ()
    many: bool = False
    """The command asks for several things: each has lines of its own."""
    count: int = 0
    """So many lines it prints, where that can be told."""
    alone: bool = False
    """No body stands before: the first line of its kind is curl's."""
    single: bool = False
    """It is of one line, the first that the command prints."""


def format_of(command: str, arguments: tuple[str, ...]) -> Format | None:
    """Return what the command's `--write-out` prints; None where it tells nothing of use, or prints into a file."""
    options = options_of(arguments)
    value = next((value for name, value in reversed(options) if name == "write-out"), "")
    if "%{" not in value or len(value) > _LONGEST_LINE or _REDIRECTED.match(_QUOTATION.sub("", command)):
        return None
    names = [name for name, _ in options]
    urls = [value for name, value in options if name == "url"]
    away = not _AWAY.isdisjoint(names)
    forms = _forms(value, away)
    if not forms:
        return None
    several = any(set("[{$") & set(url) for url in urls) or "config" in names or _MANY.match(command) is not None
    many = several or len(urls) != 1
    single = away and not many and "\\n" not in value.strip("\\n ")
    return Format(forms, many, 0 if several else len(urls) * len(forms), away, single)


@lru_cache(maxsize=64)
def _forms(value: str, away: bool) -> tuple[Form, ...]:
    """Return the lines of a format that tell a status or a code."""
    for escape, meant in _ENDS.items():
        value = value.replace(escape, meant)
    lines = value.split("\n")
    found = []
    for place, line in enumerate(lines):
        pieces, text, end, told = [], "", 0, set[str]()
        for variable in _VARIABLE.finditer(line):
            text += line[end : variable.start()]
            end, name = variable.end(), variable["name"] or variable["held"] or ""
            if not name:
                text += "%"
            elif name not in _SILENT:
                kind = _TELLING.get(name, name)
                pieces.append((text, "" if kind in told else kind))
                text = ""
                told.add(kind)
        if told.isdisjoint(("status", "code", "json")):
            continue
        labelled = _LETTERS.search(pieces[0][0]) is not None
        first = (pieces[0][0].lstrip(), pieces[0][1])
        behind_a_body = place == 0 and not away
        glued = behind_a_body and first == ("", "status")
        rest = (text + line[end:]).rstrip()
        found.append(Form((first, *pieces[1:]), rest, behind_a_body and labelled, glued, place == len(lines) - 1))
    return tuple(found)


def read_written_out(text: str, known: Format) -> WrittenOut | None:
    """Return what a line tells in this format; None where it is not in it, or tells nothing."""
    if len(text) > _LONGEST:
        return None
    for form in known.forms:
        told = _match(form, text.strip() + _PADDING)
        if told is None:
            continue
        if "json" in told:
            return read_json(told["json"])
        status = int(told["status"]) if "status" in told else None
        connect = int(told.get("connect") or 0)
        written = _written(status, told.get("code"), told.get("said", ""), connect=connect)
        return msgspec.structs.replace(written, many=known.many, count=known.count)
    return None


def _match(form: Form, text: str) -> dict[str, str] | None:
    """Return the values that a line has in one form. A value ends where the next text of the form begins."""
    told: dict[str, str] = {}
    place = max(text.rfind(form.pieces[0][0]), 0) if form.anywhere else 0
    bracket = _CLOSED.match(text) if form.glued else None
    place = bracket.end() if bracket is not None else place
    following = [literal for literal, _ in form.pieces[1:]] + [form.rest]
    for (literal, name), behind in zip(form.pieces, following, strict=True):
        if not text.startswith(literal, place):
            return None
        place += len(literal)
        shape = _SHAPES.get(name) or (_NUMBER if _NUMBERS.fullmatch(name) else None)
        if shape is not None:
            value = shape.match(text, place)
            if value is None:
                return None
            told[name], place = value[0], value.end()
        else:
            end = text.find(behind, place) if behind else len(text)
            if end < 0 or len(text) < end:
                return None
            told[name], place = text[place:end], end
    if not text.startswith(form.rest, place):
        return None
    behind = text[place + len(form.rest) :].rstrip()
    ended = not behind or (form.last and _PROMPT.fullmatch(behind) is not None)
    return told if ended else None


def read_json(text: str) -> WrittenOut | None:
    """Return what an object tells that `%{json}` has printed; None for any other."""
    if not ('"errormsg":' in text and '"url_effective":' in text and len(text) < _LONGEST):
        return None
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    status, code, said, url = (told.get(name) for name in ("http_code", "exitcode", "errormsg", "url_effective"))
    if type(status) is not int or type(code) is not int or not isinstance(url, str):
        return None
    connect = told.get("http_connect")
    connected = connect if type(connect) is int else 0
    return _written(status, str(code), said if isinstance(said, str) else "", url, connect=connected)


def _written(
    status: int | None, code: str | None, said: str, url: str | None = None, *, connect: int = 0
) -> WrittenOut:
    """Return what was told; without a code, a status of 0 tells that no answer came: or one of the proxy's alone."""
    said = said.strip()
    told = complaint_of(said)
    if not status and connect >= _REFUSED:
        told = told or Complaint("proxy-connect-rejected", said or f"CONNECT answered {connect}", connect)
    if status == 0 and code is None:
        told = told or Complaint("unanswered", said or "status 000")
    return WrittenOut(status or 0, int(code or 0), said, told, url, many=True)
