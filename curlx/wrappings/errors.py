"""Recognize the programs that print libcurl's message without a mark: on a line of its own, or in words of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from curlx.patterns import Pattern
from curlx.signs import BEFORE, FIELD, LOOSE, MARKED, PROOF
from curlx.wrappings.wrapping import Wrapping

_ANNOUNCED = Pattern(r"curl::curl_fetch|curl_fetch_memory|Download error \(\d")
_OWN_LINE = Pattern(r"[ \t!]{0,8}(?=" + FIELD.pattern + "|" + LOOSE.pattern + r")")
_QUOTES = "\"'`"
# Programs whose sentences are read as they are (grammar/programs.py, grammar/marks.py).
_KNOWN = Pattern(
    r"fatal: (?:unable to access|Authentication failed for|could not read \w+ for|repository) 'http|error: RPC failed; "
    r"|.{0,400}?(?:cURL error \d|while downloading http|Curl error \(\d|curl#\d|\[\d{1,3}\] [A-Z]|error: \(\d|\^ \(\d"
    r"|unable to download 'http|Download error \(\d|failed retrieving file |pycurl\.error|curl_cffi|\[curl\] \d"
    r"|curl_easy_perform)"
)
# CMake: file(DOWNLOAD ... STATUS ... LOG ...) tells how it ended before it shows what curl said.
_STATUS = Pattern(r"-- status: (?P<code>[1-9]\d{0,2});\"(?P<text>[^\"]{1,2000})\"")
_AT = Pattern(r" \[[\w.:-]{1,200}\]:?$")
_STORE = Pattern(r"\s{0,8}CA(?:file|path): ")
"""The second line of a message, which other programs print as well."""
_TYPED = Pattern(r"(?:.{0,80}[$#%>] ?|\s{0,8})curl(?:\.exe)? (?:-(?!V\b|-version)|[\"']?https?:)")
_HEAD = Pattern(r"HTTP/[\d.]{1,3} \d{3}(?: [\w' -]{0,60})?\s*")
_HEADER = Pattern(r"[\w-]{1,60}: ?")
_OTHERWISE = Pattern(rf"curl: \(\d{{1,3}}\)|HTTP/[\d.]{{1,3}} \d{{3}}|{_TYPED.pattern}")


def program_error(lines: Sequence[str]) -> Wrapping | None:
    """`Error in curl::curl_fetch_memory(...)` and the message below: where curl itself, and a server, say nothing."""
    if any(MARKED.match(line) or _OTHERWISE.match(line) for line in lines):
        return None
    if any(map(_STATUS.match, lines)) and not any(map(PROOF.match, lines)):
        return Wrapping("program-error", _status)
    if any(_ANNOUNCED.search(line[:400]) for line in lines):
        return Wrapping("program-error", _Announced().mark)
    return None


def loose_head(lines: Sequence[str]) -> Wrapping | None:
    """The head of an answer, as `-i` prints it, in the middle of somebody's prose, and nothing else of curl's."""
    if any(MARKED.search(line, 0, BEFORE) or PROOF.match(line) or _TYPED.match(line) for line in lines):
        return None
    first = next((line for line in lines if line.strip()), "")
    if _HEAD.fullmatch(first) or not any(_HEAD.fullmatch(one) and _HEADER.match(two) for one, two in pairwise(lines)):
        return None
    return Wrapping("loose-words", _Head().mark)


class _Head:
    """Gives the lines of a head their mark, up to the blank one behind it."""

    def __init__(self) -> None:
        self.open = False

    def mark(self, text: str) -> str:
        if _HEAD.fullmatch(text):
            self.open = True
        elif self.open and not _HEADER.match(text):
            self.open = False
            return f"< {text}" if not text.strip() else text
        return f"< {text}" if self.open else text


def loose_words(lines: Sequence[str]) -> Wrapping | None:
    """A sentence of curl's in somebody's prose, or in another program's message, and nothing else of curl's.

    Below a typed command it would be the answer's text that speaks.
    """
    if any(MARKED.search(line, 0, BEFORE) or _OTHERWISE.match(line) for line in lines):
        return None
    if any(PROOF.match(line) and not (LOOSE.search(line, 0, 2 * BEFORE) or _STORE.match(line)) for line in lines):
        return None
    if any(map(_KNOWN.match, lines)):
        return None
    found = any(LOOSE.search(line, 0, 2 * BEFORE) for line in lines)
    return Wrapping("loose-words", _picked_out) if found else None


def _picked_out(text: str) -> str:
    match = LOOSE.search(text, 0, 2 * BEFORE)
    if match is None:
        return text
    before, said = text[: match.start()], text[match.start() :]
    quote = next((mark for mark in reversed(before) if mark in _QUOTES), "")
    if quote and before.count(quote) % 2:  # it stands within quotes
        said = said.partition(quote)[0]
    said = said.partition("\\n")[0].rstrip(" `")
    return said if said.startswith("fatal: ") else f"* {said}"


def _status(text: str) -> str:
    match = _STATUS.fullmatch(text)
    return f"curl: ({match['code']}) {match['text']}" if match else text


class _Announced:
    """Gives curl's sentence its mark: what looks like one, and what stands right below `Error in curl::...`."""

    def __init__(self) -> None:
        self.below = False

    def mark(self, text: str) -> str:
        below, self.below = self.below, _ANNOUNCED.search(text[:400]) is not None
        said = text.removeprefix(">").strip(" \t!`") if below else ""
        if place := _AT.search(said):  # `Timeout was reached [a.example]:`, and the message on the line below
            said, self.below = said[: place.start()], True
        match = _OWN_LINE.match(text)
        if match:
            return f"* {text[match.end() :].strip()}"
        return f"* {said}" if said and not _ANNOUNCED.search(said) else text
