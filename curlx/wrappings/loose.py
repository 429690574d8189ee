"""Recognize a sentence of curl's, or the head of an answer, in what somebody wrote: there is nothing else of curl's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from curlx.patterns import Pattern
from curlx.signs import BEFORE, LOOSE, MARKED, OF_GIT, PROOF
from curlx.wrappings.errors import OTHERWISE, TYPED
from curlx.wrappings.wrapping import Wrapping

_QUOTES = "\"'`"
# Programs whose sentences are read as they are (grammar/programs.py, grammar/marks.py).
_KNOWN = Pattern(
    OF_GIT + r"|.{0,400}?(?:cURL error \d|while downloading http|Curl error \(\d|curl#\d|\[\d{1,3}\] [A-Z]|error: \(\d"
    r"|\^ \(\d|unable to download 'http|Download error \(\d|failed retrieving file |pycurl\.error|curl_cffi|\[curl\] \d"
    r"|curl_easy_perform)"
)
_STORE = Pattern(r"\s{0,8}CA(?:file|path): ")
"""The second line of a message, which other programs print as well."""
_HEAD = Pattern(r"HTTP/[\d.]{1,3} \d{3}(?: [\w' -]{0,60})?\s*")
_HEADER = Pattern(r"[\w-]{1,60}: ?")


def loose_head(lines: Sequence[str]) -> Wrapping | None:
    """The head of an answer, as `-i` prints it, in the middle of somebody's prose, and nothing else of curl's."""
    if any(MARKED.search(line, 0, BEFORE) or PROOF.match(line) or TYPED.match(line) for line in lines):
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
    if any(MARKED.search(line, 0, BEFORE) or OTHERWISE.match(line) for line in lines):
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
