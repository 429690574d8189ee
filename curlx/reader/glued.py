"""A body's last line had no line end, and what curl said next stands in the same line."""

from __future__ import annotations

import msgspec

from curlx import events
from curlx.complaints import BEFORE_CONNECTING
from curlx.events import Event
from curlx.grammar.marks import Claim, as_text, claim, unmarked
from curlx.patterns import Pattern
from curlx.prose import LIST_ITEM, in_prose, is_of_a_program
from curlx.signs import GLUED
from curlx.tls_numbers import AlertDescription

_CLOSING = events.FAREWELLS | {events.RequestSent}
_IDS = r"\[[\dx]{1,9}-[\dx]{1,9}\] "
_TIME_OR_IDS = rf"(?:\d\d:\d\d:\d\d\.\d{{6}} (?:{_IDS})?|{_IDS})"
_STAMP = Pattern(_TIME_OR_IDS)
_REST_OF_A_TIME = Pattern(rf"[\d:]{{0,8}}\.?\d{{1,6}} (?:{_IDS})?(?:\* |== Info: )")
_GLUED_STAMP = Pattern(rf"{_TIME_OR_IDS}(?:\* |== Info: )")
_ENDS_OF_A_BODY = ("}", "</html>")
"""What JSON and a page end with, and no label of somebody's."""
_QUOTES, _CLOSERS = " \t\"'`\\", "\"'`}]>"
_OF_A_QUOTATION = _QUOTES + ">|+-#"
"""What stands before a line of a log that somebody quotes, lists, indents or compares."""
_ENDS_OF_CODE = ('"', '",', '")', '");', "'", "',", "')", "');")
"""How a line ends in which a program's text says it: no complaint about an answer that breaks off ends so."""
_LAST_WORDS = ("we are done reading", "abort upload", "HTTP error before end")
_OF_AN_ANSWER = frozenset({"transfer-interrupted", "reset", "receive-failed", "way-lost", "timeout", "tls-truncated",
                           "tls-closed", "tls-reset", "tls-error", "malformed-response", "http2-error", "stream-reset",
                           "content-encoding", "size-limit", "write-failed"})  # fmt: skip
"""What curl says when an answer breaks off: on a terminal, right behind what had come of it."""


def begins_within_a_time(text: str) -> bool:
    """Whether a line begins within the time before its mark: it is the first of a log whose beginning was cut off."""
    return _REST_OF_A_TIME.match(text) is not None


def said_next(text: str, *, ended: bool, talks: bool) -> tuple[Event, int, Claim] | None:
    """Return what stands first in a line, where it ends, and what curl said behind it; None where that is one text.

    `ended`: curl has said farewell, so that the body was written last; `talks`: curl has said something with a mark.
    """
    stamps = list(_GLUED_STAMP.finditer(text))
    cut = stamps[-1].start() if stamps else max(text.rfind(mark) for mark in GLUED)
    if cut <= 0 or _STAMP.fullmatch(text[:cut]):
        return None  # a time is no body's last line: what stands behind it is of the log that the body holds
    rest = claim(text[cut:])
    event = rest.event
    front = unmarked(text[:cut])
    behind_meter = type(front) is events.Meter
    quotes = bool(rest.mark) and text[:cut].strip(_OF_A_QUOTATION) == ""
    if quotes and (type(event) is events.Complaint or not (text[:cut].isspace() or behind_meter)):
        return None
    if type(event) is events.Complaint and text.endswith(_ENDS_OF_CODE):
        return None
    apart = text[cut - 1].isspace()  # as somebody's words are, and hardly a body's last
    begins = ended or (not talks and not apart)
    if rest.mark:
        closing = (
            rest.heading is not None
            or type(event) in _CLOSING
            or (type(event) is events.TlsAlert and event.description == AlertDescription.CLOSE_NOTIFY)
            or (type(event) is events.Chatter and text[cut + 2 :].startswith(_LAST_WORDS))
            or (type(event) is events.Complaint and event.kind in _OF_AN_ANSWER)
            or (begins and type(event) in events.OPENINGS)
            or (begins and type(event) is events.Chatter and event.topic == "resolving")
            or (ended and not apart and type(event) is events.Complaint and event.kind in BEFORE_CONNECTING)
            or ((stamps or behind_meter) and type(event) is not events.Unrecognized)
        )
        if not closing:
            return None
    elif type(event) is events.Exit:
        quoted = (
            text[:cut].isspace()
            or text[:cut] == LIST_ITEM
            or (talks and text[cut - 1] in _QUOTES)
            or text[-1:] in _CLOSERS
        )
        if (event.complaint is None and not (ended or behind_meter)) or (quoted and not behind_meter):
            return None  # a text that tells of curl, and not curl
        body = talks or text[cut - 1].isalnum() or text[:cut].endswith(_ENDS_OF_A_BODY)
        mentioned = in_prose(text[:cut]) or not (body or behind_meter or is_of_a_program(text[:cut]))
        event = msgspec.structs.replace(event, mentioned=mentioned)
        rest = msgspec.structs.replace(rest, event=event)
    elif type(event) is events.Warned:
        if not (ended and event.retries):
            return None
        rest = msgspec.structs.replace(rest, event=msgspec.structs.replace(event, perhaps=True))
    elif type(event) is not events.Meter:
        return None
    return front if behind_meter else as_text(text[:cut]), cut, rest
