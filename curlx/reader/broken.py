"""Lines that a console, a mailer or a person broke in two, and how they go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curlx.events import (
    Complaint,
    Event,
    Exit,
    Header,
    HeadersEnd,
    ProgramFailed,
    RequestLine,
    SentText,
    StatusLine,
    Text,
    Unrecognized,
)
from curlx.grammar.marks import claim, read_header_line
from curlx.grammar.within import complaint_of
from curlx.patterns import Pattern
from curlx.signs import GLUED

_WIDTH = 80
"""Columns of a console, and more than a mailer has."""
_TALK: dict[type[Event], int] = {Unrecognized: 24, SentText: 24, Complaint: 56}
"""Characters from which on talk may have been broken in two; behind a complaint its reason would be missing."""
_BROKEN = Pattern(r".*(?::|\\|error:[0-9A-Fa-f]{8}:[^:]{0,40}|\(-0x[0-9A-Fa-f]{4}\))")
"""How a broken sentence ends: its reason follows, a program marks the break, a library's number stands alone."""
_HALF = ("certificate-rejected", "certificate-self-signed")
"""What the first words of a reason tell of a certificate, where the rest of them would tell another thing."""
_OF_ANOTHER = Pattern(
    r"##\[|[#$%](?: |$)|(?!(?:failed|ms|problem): )\w[\w./-]{0,60}(?:\[\d{1,9}\])?: "
    r"|.{0,200}\b(?:exit|(?<!HTTP )code|status)\b"
)
"""What does not go on with curl's sentence: another program speaks, or the shell waits. Three words of curl's are no
program's name."""

_BEFORE_A_URL = ("fatal: unable to access", "fatal: unable to access ")
"""What git says may break in front of the URL, where somebody's text has it; alone it need not be of a URL."""
_WITHIN_A_URL = Pattern(r".{0,400}https?://[^\s']{1,1000}")
"""What ends in a URL: the next line may begin with the rest of it, and a colon."""


def talk_breaks_off(event: Event, text: str, size: int) -> bool:
    """Whether a line of talk may go on in the next: it says nothing known, or not why something failed.

    `size` counts what stood before curl's words as well: it was broken with that.
    """
    narrowest = _TALK.get(type(event))
    return narrowest is not None and (max(len(text), size) >= narrowest or text.endswith(":"))


def may_go_on(first: str, text: str) -> bool:
    """Whether a line may be the rest of one that a console or a mailer broke: no longer than that, and no new talk."""
    long = len(text) > max(len(first), _WIDTH) and not first.endswith(":")
    if long or not text.strip():
        return False
    claimed = claim(text)
    return not claimed.mark and type(claimed.event) is Text and not any(mark in text for mark in GLUED)


def breaks_off(event: Event) -> bool:
    """Whether a last word without a mark may go on in the next line: it does not say why, or not to its end."""
    if isinstance(event, Exit | ProgramFailed) and not event.mentioned:  # a sentence goes on as it likes
        return _breaks(event) or _kind(event.complaint) in (*_HALF, "tls-error")
    return type(event) is Text and event.text.endswith(_BEFORE_A_URL)


def _breaks(event: Exit | ProgramFailed) -> bool:
    # Who gives no number, and git, never ends without a reason.
    told = bool(event.text) or (type(event) is ProgramFailed and (event.program == "git" or event.code is None))
    return _BROKEN.fullmatch(event.text.rstrip()) is not None or (told and event.complaint is None)


def mended(pieces: Sequence[str], first: Event) -> Iterator[tuple[int, Event]]:
    """Yield how many lines belong to the first, and what they say together, where it is more than the first says."""
    quotes = [piece.partition('"')[0] for piece in pieces]
    halves: list[tuple[int, Event]] = []
    for count in _counts(pieces, first):
        whole = [piece.rstrip().removesuffix("\\") for piece in pieces[:count]]
        stripped = [piece.strip() for piece in whole]
        ended = [*stripped[:-1], quotes[count - 1].strip()]  # somebody's quotation may close behind it
        for joined in (
            "".join(pieces[:count]), "".join(whole), " ".join(stripped), " ".join(ended),
            "".join(stripped),  # within a word or a number, where a program fills its box up with blanks
        ):  # fmt: skip
            event = claim(joined).event
            if _says_more(event, first):
                if isinstance(event, Exit | ProgramFailed) and _breaks(event):
                    halves.append((count - 1, event))  # with one line more it may say why
                else:
                    yield count - 1, event
    yield from halves


def _counts(pieces: Sequence[str], first: Event) -> Sequence[int]:
    """Return how many pieces may be one line; first those behind which nothing was broken.

    A piece as long as the first was broken at the same edge, and goes on.
    """
    end = 1
    within = _WITHIN_A_URL.fullmatch(pieces[0]) is not None
    for piece in pieces[1:]:
        another = isinstance(first, Exit | ProgramFailed) and not _breaks(first) and _is_a_reason(piece)
        if another or (not within and _OF_ANOTHER.match(piece.lstrip())):
            break
        end, within = end + 1, False
    return sorted(range(2, end + 1), key=lambda count: len(pieces[count - 1]) == len(pieces[0]))


def lost_its_mark(text: str, following: str) -> Event | None:
    """Return the status line that a line is, where a header with its mark follows: somebody took away a `<`."""
    event = read_header_line(text, "in")
    behind = claim(following)
    of_a_head = type(behind.event) is Header and behind.mark == "<"
    return event if type(event) is StatusLine and of_a_head else None


def _is_a_reason(piece: str) -> bool:
    """Whether a line names a reason by itself: behind a message that may be whole, another program says so."""
    return _kind(complaint_of(f"SSL certificate problem: {piece.strip()}")) not in ("", *_HALF[:1])


def _says_more(event: Event, first: Event) -> bool:
    """Whether a line that was put together again says something that its first piece does not."""
    if isinstance(first, Exit | ProgramFailed):
        told = event.complaint if type(event) is type(first) else None
        if told is None or (first.text and _says_little(told)):
            return False
        return told.kind != _kind(first.complaint)
    if type(first) is HeadersEnd:
        return isinstance(event, RequestLine | StatusLine)  # a body may begin like a header
    if type(first) is Complaint:
        return type(event) is Complaint and event.kind not in (first.kind, "other")
    return not isinstance(event, Unrecognized | SentText | Text)


def _kind(told: Complaint | None) -> str:
    return told.kind if told is not None else ""


def _says_little(told: Complaint | None) -> bool:
    return told is None or told.kind in ("other", "tls-error", "connect-failed")
