"""Hide a header's secret that `--write-out` prints: no name stands before it, only the command's format tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curlx.patterns import Pattern
from curlx.redaction.headers import hide_value
from curlx.redaction.names import HEADERS, NAMES
from curlx.redaction.placeholders import Placeholders

_FORMAT = Pattern(
    r"\s(?:-[a-zA-Z]{0,12}w|--write-out)[ =]{0,4}\$?"
    r"(?:(?P<quote>['\"])(?P<format>(?:\\.|[^\\]){1,2000}?)(?P=quote)|(?P<bare>[^\s'\"]\S{0,2000}))"
)
_VARIABLE = Pattern(r"%(?:\{(?P<name>[a-z_]{1,40})\}|(?:header|output|time)\{(?P<header>[^}:]{0,100})[^}]{0,100}\})")
_SECRET = Pattern(f"{HEADERS}|{NAMES}", re.IGNORECASE)
_NUMBERS = Pattern(r"http_code|response_code|exitcode|(?:time|size|speed|num)_\w{1,40}")
_NUMBER = Pattern(r"[\d.]{1,30}")

_Piece = tuple[str, str, str]
"""A text, the variable behind it, and the header that is, if it is a secret."""


class Written:
    """What the last command prints of secrets."""

    def __init__(self) -> None:
        """Wait for a command."""
        self._lines: list[tuple[list[_Piece], str]] = []

    @property
    def waiting(self) -> bool:
        """A line that prints a secret may follow."""
        return bool(self._lines)

    def watch(self, command: str, *, goes_on: bool) -> None:
        """Learn what a command prints, from one of its lines; `goes_on`: it is not the first."""
        given = _FORMAT.search(command)
        format = (given["format"] or given["bare"]).replace('\\"', '"') if given is not None else ""
        lines = re.split(r"\\r|\\n", format) if format else []
        told = [_pieces(line) for line in lines]
        if goes_on and given is None:
            return
        self._lines = [(pieces, rest) for pieces, rest in told if any(secret for _, _, secret in pieces)]

    def hide(self, text: str, hidden: Placeholders) -> str:
        """Hide the secrets of a line that is in the command's format."""
        for pieces, rest in self._lines:
            values = list(_values(pieces, rest, text))
            if len(values) == len(pieces):
                for start, end, secret in reversed(values):
                    if secret and start < end:
                        text = text[:start] + hide_value(secret.lower(), text[start:end], hidden) + text[end:]
                return text
        return text


def _pieces(line: str) -> tuple[list[_Piece], str]:
    pieces, end = [], 0
    for variable in _VARIABLE.finditer(line):
        header = variable["header"] or ""
        secret = header if _SECRET.fullmatch(header) else ""
        pieces.append((line[end : variable.start()].replace("\\t", "\t"), variable["name"] or "", secret))
        end = variable.end()
    return pieces, line[end:].rstrip()


def _values(pieces: list[_Piece], rest: str, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each value begins and ends, and the secret that it is, as far as a line has them.

    A value ends where the next text of the format begins.
    """
    place = 0
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
        if place < start or (secret and text[start : start + 1] in " *<>{}"):
            return  # what curl says itself
        yield start, place, secret
