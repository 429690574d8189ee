"""Recognize the programs that print libcurl's message on a line of its own, without a mark."""

from __future__ import annotations

from collections.abc import Sequence

from curlx.patterns import Pattern
from curlx.sentences import LOOSE
from curlx.signs import FIELD, MARKED, PROOF, TYPED
from curlx.wrappings.stars import lost_stars
from curlx.wrappings.wrapping import Wrapping

_ANNOUNCED = Pattern(
    r"curl::curl_fetch|curl_fetch_(?:memory|disk)|Download error \(\d|\b(?:curl_download|open\.connection)\("
)
_OWN_LINE = Pattern(r"[ \t!]{0,8}(?=" + FIELD.pattern + "|" + LOOSE.pattern + r")")
# CMake: file(DOWNLOAD ... STATUS ... LOG ...) tells how it ended before it shows what curl said.
_STATUS = Pattern(r"-- status: (?P<code>[1-9]\d{0,2});\"(?P<text>[^\"]{1,2000})\"")
_STATUS_CODE = Pattern(r"\s{0,40}status_code: (?P<code>[1-9]\d{0,2})\s*")
_STATUS_STRING = Pattern(r"\s{0,40}status_string: [\"“](?P<text>[^\"“”]{1,2000})[\"”]\s*")
_AT = Pattern(r":? \[[\w.:-]{1,200}\](?::?$|:? (?=\S))")
_OTHERWISE = Pattern(rf"curl: \(\d{{1,3}}\)|HTTP/[\d.]{{1,3}} \d{{3}}|{TYPED.pattern}")


def program_error(lines: Sequence[str]) -> Wrapping | None:
    """`Error in curl::curl_fetch_memory(...)` and the message below: where curl itself, and a server, say nothing."""
    if any(MARKED.match(line) or _OTHERWISE.match(line) for line in lines):
        return None
    if any(map(_STATUS.match, lines)) and not any(map(PROOF.match, lines)):
        return Wrapping("program-error", _status)
    if any(map(_STATUS_STRING.match, lines)) and any(map(_STATUS_CODE.match, lines)) and not lost_stars(lines):
        return Wrapping("program-error", _Download().mark)  # else the log below says more
    if any(_ANNOUNCED.search(line[:400]) for line in lines):
        return Wrapping("program-error", _Announced().mark)
    return None


def _status(text: str) -> str:
    match = _STATUS.fullmatch(text)
    return f"curl: ({match['code']}) {match['text']}" if match else text


class _Download:
    """Puts the two lines together in which CMake tells that a download failed; what curl said stands below them."""

    def __init__(self) -> None:
        self.code = ""

    def mark(self, text: str) -> str:
        if match := _STATUS_CODE.fullmatch(text):
            self.code = match["code"]
        elif self.code and (match := _STATUS_STRING.fullmatch(text)):
            text, self.code = f"curl: ({self.code}) {match['text']}", ""
        return text


class _Announced:
    """Gives curl's sentence its mark: what looks like one, and what stands right below `Error in curl::...`."""

    def __init__(self) -> None:
        self.below = False

    def mark(self, text: str) -> str:
        announced = _ANNOUNCED.search(text[:400]) is not None
        below, self.below = self.below, announced
        said = text.lstrip("#>").strip(" \t!`#") if below and not announced else ""
        if place := _AT.search(said):  # `Timeout was reached [a.example]:`, and the message below or behind it
            detail, self.below = said[place.end() :], place.end() == len(said)
            announces = self.below and said.endswith(":")  # the message itself stands in the next line
            said = detail or ("" if announces else said[: place.start()])
        detail = said.partition(": ")[2]
        if LOOSE.match(detail) and not LOOSE.match(said):  # curl_easy_strerror() comes first, and says less
            said = detail
        match = _OWN_LINE.match(text)
        if match:
            return f"* {text[match.end() :].strip()}"
        return f"* {said}" if said else text
