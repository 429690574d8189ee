"""What `--write-out` prints at the end of a transfer: status and exit code, as the command's format has them.

Source: `src/tool_writeout.c`. The names of the variables are those of curl(1); `%{json}` has them all in one object.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from curlx.events import Complaint, WrittenOut
from curlx.grammar.commands import options_of
from curlx.grammar.within import complaint_of

_VARIABLE = re.compile(r"%{1,2}\{(?P<name>[a-z_]{1,40})\}|%(?:header|output|time)\{[^}]{0,100}\}|%%|%")
_TELLING = {
    "http_code": r"(?P<status>\d{3})", "response_code": r"(?P<status>\d{3})", "exitcode": r"(?P<code>\d{1,3})",
    "errormsg": r"(?P<said>.{0,500}?)", "json": r"(?P<json>\{.{0,20000}\})",
}  # fmt: skip
_SILENT = frozenset({"stderr", "stdout", "onerror"})
"""Variables that print nothing."""
_VALUE = ".{0,500}?"
_ENDS = {"\\n": "\n", "\\r": "", "\\t": "\t"}
_PROMPT = r"(?:%|[^\s$#>%]{0,80} ?[^\s$#>%]{0,80}[$#>%](?: .*)?)?"
"""What may stand behind a format that does not end its line: the shell's next prompt."""
_LETTERS = re.compile(r"[A-Za-z]{2}")
_LONGEST = 24_000


def formats_of(arguments: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return what lines look like that the command's `--write-out` prints; none where it tells nothing of use."""
    options = options_of(arguments)
    value = next((value for name, value in reversed(options) if name == "write-out"), "")
    away = any(name in ("output", "remote-name", "remote-name-all", "head") for name, _ in options)
    return _formats(value, away) if "%{" in value and len(value) < 2_000 else ()


@lru_cache(maxsize=64)
def _formats(value: str, away: bool) -> tuple[re.Pattern[str], ...]:
    """Return the lines of a format; `away`: the body goes to a file, so that nothing stands before the first."""
    for escape, meant in _ENDS.items():
        value = value.replace(escape, meant)
    lines = value.split("\n")
    found = []
    for place, line in enumerate(lines):
        pattern, named, end = "", set[str](), 0
        for variable in _VARIABLE.finditer(line):
            name = variable["name"] or ""
            pattern += re.escape(line[end : variable.start()])
            pattern += "" if name in _SILENT else _VALUE if name in named else _TELLING.get(name, _VALUE)
            end = variable.end()
            named.add(name)
        if not named & {"http_code", "response_code", "exitcode", "json"}:
            continue
        if place == 0 and not away:
            labelled = _LETTERS.search(line.partition("%{")[0]) is not None
            pattern = f".*?{pattern}" if labelled else pattern
        pattern += re.escape(line[end:]) + (_PROMPT if place == len(lines) - 1 else "")
        found.append(re.compile(pattern.strip()))
    return tuple(found)


def read_written_out(text: str, formats: tuple[re.Pattern[str], ...]) -> WrittenOut | None:
    """Return what a line tells in one of these formats; None where it is in none, or tells nothing."""
    for form in formats:
        match = form.fullmatch(text.strip())
        if match is None:
            continue
        told = match.groupdict()
        if told.get("json"):
            return read_json(told["json"])
        status, code, said = (told.get(name) or "" for name in ("status", "code", "said"))
        if status or code.strip("0"):
            return _written(int(status or 0), int(code or 0), said)
    return None


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
    return _written(status, code, said if isinstance(said, str) else "", url)


def _written(status: int, code: int, said: str, url: str | None = None) -> WrittenOut:
    said = said.strip()
    told = complaint_of(said)
    if not (status or code):
        told = told or Complaint("unanswered", said or "status 000")
    return WrittenOut(status, code, said, told, url)
