"""What may stand before a body and behind it, by the kind of a line alone."""

from __future__ import annotations

import re

import msgspec

from curlx import events
from curlx.complaints import BEFORE_CONNECTING
from curlx.grammar.marks import claim
from curlx.reader import Source
from curlx.tls_numbers import AlertDescription, HandshakeType

Pair = tuple[Source, events.Event]

ENDS = events.FAREWELLS
BEHIND = ENDS | {events.Followed, events.Meter, events.Complaint, events.RequestSent, events.AnswerBegun,
                 events.BodyExceeded, events.Chatter, events.TlsAlert, events.DataMoved, events.Command}  # fmt: skip
"""What may stand behind a body in place. An exit code may not: with -v a farewell precedes it."""
LAST_WORDS = ENDS | {events.Complaint, events.Meter}
"""What curl says next, behind a body in place."""
_BEGINS_ANOTHER = events.BEGINNINGS | {events.Meter, events.Command, events.Warned}
"""What may stand behind a body that was written behind a farewell, before the end of the log."""
_LOOKING = ("resolving", "connecting")
"""Topics of what curl says while it looks for a host or a connection."""
_BEFORE = frozenset({
    events.DataMoved, events.Chatter, events.TlsRecord, events.Meter, events.RequestSent, events.AnswerBegun,
    events.BodyExceeded,
})  # fmt: skip
"""What may stand between the headers and a body in place."""

_COPIED = re.compile(r"|HTTP/\d.{0,80}|[\w-]{1,60}: .{0,2000}")
"""A line of a head as `-i` writes it, and the blank one at its end."""


def is_spelt(pair: Pair) -> bool:
    """Whether a line of text is spelt by the rows of a trace, rather than written."""
    source, event = pair
    return type(event) is events.Text and event.text != source.text


def may_lead(pair: Pair) -> bool:
    """Whether a line may stand between the headers and a body in place."""
    event = pair[1]
    if type(event) is events.Text and _COPIED.fullmatch(event.text):  # with -i the headers are written as well
        return True
    # A server may send a session ticket at any time (RFC 8446, 4.6.1).
    ticket = type(event) is events.HandshakeMessage and event.number == HandshakeType.NEW_SESSION_TICKET
    return ticket or type(event) in _BEFORE or is_spelt(pair)


def goes_on_with_a_head(pair: Pair) -> bool:
    """Whether a line of text is one of a head that `-i` writes, before the blank one: behind it the head goes on."""
    event = pair[1]
    if type(event) is not events.Text or not event.text or is_spelt(pair):
        return False
    return _COPIED.fullmatch(event.text) is not None


def says_goodbye(event: events.Event) -> bool:
    """Whether TLS's own goodbye is said, by either side, or curl tells how long its own is: behind its farewell."""
    if type(event) is events.TlsAlert:
        return event.direction == "out" or event.description == AlertDescription.CLOSE_NOTIFY
    return type(event) is events.DataMoved and event.direction == "out"


def begins_another(event: events.Event) -> bool:
    """Whether curl goes on with another URL or run: a body that was written last is over."""
    if type(event) is events.Complaint:
        return event.kind in BEFORE_CONNECTING  # of the next URL
    return looks_on(event) if type(event) is events.Chatter else type(event) in _BEGINS_ANOTHER


def looks_on(event: events.Event) -> bool:
    """Whether curl looks for the host or the connection of another URL."""
    return type(event) is events.Chatter and event.topic in _LOOKING


def least_in_chunks(received: int) -> int:
    """Return the least length of a body of which so many bytes came in chunks (RFC 9112, 7.1), were they small."""
    return received * 3 // 4 - 16


def parted(source: Source, cut: int) -> tuple[Pair, Pair]:
    """Part a line in which a body ends behind so many bytes, and curl goes on."""
    raw = bytes(source.hidden) + source.text.encode("utf-8", "surrogatepass")
    last, said = (part.decode("utf-8", "ignore").lstrip("\0") for part in (raw[:cut], raw[cut:]))
    front = msgspec.structs.replace(source, text=last, size=cut, crlf=False)
    behind = msgspec.structs.replace(source, text=said, size=max(source.size - cut, 0), hidden=0)
    return (front, events.Text(last)), (behind, claim(said).event)


def as_body(pair: Pair) -> Pair:
    """Return a line without its mark."""
    source, event = pair
    return pair if type(event) is events.Text else (source, events.Text(source.text))
