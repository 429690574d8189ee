"""Hide a header's secret that `--write-out` prints: no name stands before it, only the command's format tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curlx.patterns import Pattern
from curlx.redaction.headers import hide_value
from curlx.redaction.names import HEADERS, NAMES
from curlx.redaction.placeholders import Placeholders

_FORMAT = Pattern(
    r"(?:[\s'\"](?:-[a-zA-Z]{0,12}w|(?i:--(?:expand-)?write(?:-o?u?t?)?))"
    r"|[\s'\"]write-out(?=\s{0,2}[=:\"]))[ =:]{0,4}\$?"
    r"(?:(?P<quote>\\?['\"])(?P<format>(?:\\.|[^\\]){1,2000}?)(?:(?P=quote)|$)|(?P<bare>[^\s'\"]\S{0,2000}))"
)
"""A quotation that stays open goes on behind a line end of the format's own. `-K -` may be given one there."""
_OPEN = Pattern(r"\s(?:-[a-zA-Z]{0,12}w|--write-out)\s{1,9}[\\^`]$")
_CONFIGURED = Pattern(r"\s{0,8}(?:-w|(?:--)?write-out)\b\s{0,8}[=:]?\s{0,8}(?P<format>[\"'%\\].{1,2000})")
"""In a file of curl's options."""
_QUOTED = Pattern(r"(?P<quote>['\"])(?P<format>[^'\"]{0,400}%header\{[^'\"]{1,2000})(?P=quote)")
"""What a shell keeps in a variable or prints into a file, or to the command."""
_ELSEWHERE = ("@", "$", "{{")
"""Such a format stands in a file or a variable."""
_SHOWN = Pattern(r"[^%]{0,400}%header\{.{1,2000}")
"""A format that a file holds, which the log shows, or that stands below the command (`-w @-`)."""
_VARIABLE = Pattern(
    r"%(?:(?P<percent>%)|(?P<silent>\{(?:stderr|stdout|onerror)\}|output\{[^}]{0,400}\})"
    r"|\{(?P<name>[a-z_.]{1,40})\}|(?:header|time)\{(?P<header>[^}:]{0,100})[^}]{0,100}\})"
)
"""Two signs are one, and what says where to write prints nothing (src/tool_writeout.c)."""
_KEPT = Pattern(r"\s(?:-[a-zA-Z]{0,12}[oOI]|--output|--remote-name|--head)\b")
"""The body is not printed, in whose last line the format's first could stand."""
_BODY_END = Pattern(r"(?:[\[{](?!\s).{0,9000}[\]}]|\s{0,80}[\]}]{1,40}|<[!/a-zA-Z].{0,9000}>)(?=[^\s\]}>])")
_TEXT_END = Pattern(r".{1,9000}(?<!\d)(?=[1-5]\d\d[ \t:](?:B\w{4,5} )?\S{8,9000}$)")
"""A text's, which only a status behind it tells."""
_PASSWORD = re.compile(r"urle?\.password")
_SECRET = Pattern(f"{HEADERS}|{NAMES}", re.IGNORECASE)
_NUMBERS = Pattern(r"http_code|response_code|exitcode|(?:time|size|speed|num)_\w{1,40}")
_NUMBER = Pattern(r"[\d.]{1,30}")
_ALL = "x-api-key"
"""A header whose whole value is the secret."""

_Piece = tuple[str, str, str]
"""A text, the variable behind it, and the header that is, if it is a secret."""


class Written:
    """What the last command prints of secrets."""

    def __init__(self) -> None:
        """Wait for a command."""
        self._lines: list[tuple[list[_Piece], str]] = []
        self._configured: list[tuple[list[_Piece], str]] = []
        self._glued = False
        self._open = False
        """The line before ended with the option, whose format is in the next."""

    @property
    def waiting(self) -> bool:
        """A line that prints a secret may follow."""
        return bool(self._lines)

    def watch(self, command: str, *, goes_on: bool) -> None:
        """Learn what a command prints, from one of its lines; `goes_on`: it is not the first."""
        self._glued = (self._glued or not goes_on) and _KEPT.search(command) is None
        command = f" -w {command.lstrip()}" if self._open and goes_on else command
        self._open = _OPEN.search(command) is not None
        formats = [each["format"] or each["bare"] for each in _FORMAT.finditer(command)]
        if formats and formats[-1].startswith(_ELSEWHERE) and (quoted := _QUOTED.search(command)):
            self._configured = _told(quoted["format"])
        if formats:  # the last one counts, and each its own URL behind --next
            told = (self._configured if each.startswith(_ELSEWHERE) else _told(each) for each in reversed(formats))
            self._lines = [line for lines in told for line in lines]
        elif not goes_on:
            self._lines = self._configured

    def configured(self, text: str) -> bool:
        """Learn from a file that the log shows what commands print that have no format of their own."""
        given = _CONFIGURED.match(text)
        if given is not None:
            self._lines = self._configured = _told(given["format"].strip().strip("'\""))
        elif _SHOWN.fullmatch(text):
            quoted = _QUOTED.search(text)
            self._lines = self._configured = _told(quoted["format"] if quoted is not None else text)
            return True
        return given is not None

    def hide(self, text: str, hidden: Placeholders) -> str:
        """Hide the secrets of a line that is in the command's format."""
        for pieces, rest in self._lines:
            by_status = pieces[0][1].endswith("_code") and not pieces[0][0]
            body = _BODY_END.match(text) or (_TEXT_END.match(text) if by_status else None) if self._glued else None
            begin = body.end() if body is not None else 0
            values = list(_values(pieces, rest, text, begin))
            if len(values) == len(pieces):
                for start, end, secret in reversed(values):
                    if secret and start < end:
                        text = text[:start] + hide_value(secret.lower(), text[start:end], hidden) + text[end:]
                return text
        return text


def _told(format: str) -> list[tuple[list[_Piece], str]]:
    """Return the lines of a format that print a secret, also where a shell or a batch file makes one sign of two."""
    plain = format.replace('\\"', '"')
    forms = dict.fromkeys((plain, plain.replace("\\\\", "\\"), plain.replace("%%", "%")))
    told = [_pieces(line) for form in forms for line in re.split(r"\\{1,2}[rn]|`[rn]|\n", form)]
    return [(pieces, rest) for pieces, rest in told if any(secret for _, _, secret in pieces)]


def _pieces(line: str) -> tuple[list[_Piece], str]:
    pieces: list[_Piece] = []
    literal, end = "", 0
    for variable in _VARIABLE.finditer(line):
        literal += line[end : variable.start()].replace("\\t", "\t") + (variable["percent"] or "")
        end = variable.end()
        if variable["percent"] or variable["silent"]:
            continue
        header = variable["header"] or ""
        if ":all:" in variable[0] and header.lower() == "set-cookie":
            header = "cookie"  # one behind the other, as a request has them
        secret = header if _SECRET.fullmatch(header) else _ALL if _PASSWORD.fullmatch(variable["name"] or "") else ""
        before = pieces[-1] if pieces and not literal else None
        if before is not None and not _NUMBERS.fullmatch(before[1]) and (secret or before[2]):
            pieces[-1] = (before[0], "", _ALL)  # nothing tells where the one value ends
        else:
            pieces.append((literal, variable["name"] or "", secret))
        literal = ""
    return pieces, (literal + line[end:]).rstrip()


def _values(pieces: list[_Piece], rest: str, text: str, place: int) -> Iterator[tuple[int, int, str]]:
    """Yield where each value begins and ends, and the secret that it is, as far as a line has them from a place on.

    A value ends where the next text of the format begins.
    """
    behind = [literal for literal, _, _ in pieces[1:]] + [rest]
    for (literal, name, secret), following in zip(pieces, behind, strict=True):
        if not text.startswith(literal, place):
            return
        start = place + len(literal)
        if _NUMBERS.fullmatch(name):
            number = _NUMBER.match(text, start)
            place = number.end() if number is not None else -1
        else:
            place = text.find(following, start) if following else len(text)
        if place < start or (secret and text[start : start + 1] in " *<>{}\"'"):
            return  # what curl says itself, or the end of the format
        yield start, place, secret
