"""A sentence of curl's, and behind it what is somebody else's: quotes or brackets that close, a link, markup."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from curlx.events import ClientCertificateNote, Complaint, Unrecognized
from curlx.grammar import understand, understand_begun
from curlx.grammar.message import LONGEST
from curlx.patterns import Pattern
from curlx.sentences import LOOSE

_LONGEST = 1_000
_CLOSERS = ")]}\"'`”’»」>;!.\\"
TYPOGRAPHY = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
                            "\u2026": "...", "\u2013": "-", "\u2014": "--"})  # fmt: skip
"""What word processors, chats and WordPress make of quotes, dots and dashes."""
_TAIL = Pattern(
    r"\.? \(?[Ss]ee:? https?://\S{1,300}(?: first for more details\.)?\)?$| \((?:code |error )?\d{1,3}\)\.?$"
)
_NO_WORDS = Pattern(r"\s?(?:[\[{|<\"“”„«»`]|\\\"|\*\*)| at \S{0,200}[/\\:]| [\w.]{1,30}=|(?: \d{1,5}){6}")
"""Markup, another field of a record, a place in a program, a row of the meter: with these nothing of curl's goes on."""
_TRIED = 8


def complaint_of(said: str) -> Complaint | None:
    """Return the failure that a sentence of curl's tells of, as it stands or but for what closes behind it."""
    event = understand(said[:LONGEST]) if said else None
    if isinstance(event, ClientCertificateNote) and event.note == "asked-none":
        return Complaint("client-certificate-required", said)  # curl 7.19 failed there
    return event if isinstance(event, Complaint) else complaint_within(said)


def complaint_within(text: str) -> Complaint | None:
    """Return the failure that a line tells of, but for what closes behind it; the longest reading wins."""
    for said in _without_what_closes(text[:_LONGEST]):
        event = understand(said)
        if not isinstance(event, Unrecognized):
            return event if isinstance(event, Complaint) else None  # it tells of something else
    return _left_unsaid(text[:_LONGEST].rstrip())


def _left_unsaid(text: str) -> Complaint | None:
    """Return the failure whose sentence somebody replaced the end of with dots: its beginning is nobody else's."""
    said = text.rstrip(".… ")
    dotted = text.endswith(("...", "…")) and LOOSE.match(said) is not None
    return understand_begun(said) if dotted else None


def _without_what_closes(text: str) -> Iterator[str]:
    tail = _TAIL.search(text)
    said = text.rstrip()
    if tail is not None and (said := text[: tail.start()].rstrip()):
        yield said
    while said and said[-1] in _CLOSERS:
        said = said[:-1].rstrip()
        yield said
    before, bracket, _ = text.rpartition(" (")
    if bracket:
        yield before
    for match in reversed([*islice(_NO_WORDS.finditer(text), _TRIED)]):
        yield (said := text[: match.start()].rstrip())
        yield said.rstrip(_CLOSERS)
