"""What seemed to be curl's last words, and was a body's: what curl says behind them, or a body that goes on, shows it.

On a terminal a body is written as it comes, between the head of an answer and curl's farewell; in a pipe, behind all.
"""

from __future__ import annotations

from curlx import events
from curlx.assembler.transfers import TransferDraft
from curlx.bodies import has_body
from curlx.patterns import Pattern

_KEEPING = ("http-status", "redirect-loop", "other")
"""Complaints behind which a connection of HTTP/1 may still be of use: behind any other curl closes it."""
_OF_TLS = ("tls-alert", "client-certificate-required")
"""Complaints behind which no connection is of use, whatever it speaks; of HTTP/2 one that broke off is left as well."""
PERHAPS_A_BODY = (
    "The log does not show the body of the answer before; these lines may be that body, imitating what curl prints."
)
_WITHOUT_A_HEAD = "curl received an answer without a head (HTTP/0.9), and these lines may be part of that answer."
PERHAPS_NO_TUNNEL = (
    "The head before has no headers, and no command shows that a proxy opened a tunnel with it: it may be the "
    "answer's, and these lines its text."
)
WITHOUT_MARKS = (
    "The head of an answer stands in the log without curl's marks: that answer may be the one that seems missing."
)
_HEAD = Pattern(r"\s{0,8}HTTP/[\d.]{1,3} [1-5]\d\d\b")
_PERHAPS_WITHIN = (
    "More text follows where curl seemed to be done: some of these lines may stand in the answer's body, imitating "
    "what curl prints."
)
_STREAM_ERROR = 92
"""CURLE_HTTP2_STREAM: only a stream failed, and the connection stands."""


def before_it_is_left(transfer: TransferDraft, *, closed: bool) -> None:
    """curl leaves the connection intact: what told of a failure or a close since the headers was a body."""
    response = transfer.last_response
    if response is None or transfer.exchanges[-1].connection not in (None, transfer.connection):
        return  # or there was no head on this connection yet
    http1 = response.start.version[:1] == "1" if type(response.start) is events.StatusLine else False
    broken = any(
        told.complaint.kind in _OF_TLS or (http1 and told.complaint.kind not in _KEEPING)
        for told in transfer.complaints
    )
    # The tool's last word overtakes curl's own only where a trace waits in a buffer.
    traced = transfer.last_body is not None and transfer.last_body.traced
    said = {told.complaint.text for told in transfer.complaints if traced or not told.complaint.from_exit}
    of_stream = (
        not http1 and transfer.exit is not None and (transfer.exit.code == _STREAM_ERROR or transfer.exit.text in said)
    )
    if (transfer.exit and not of_stream) or closed or broken:
        transfer.exit = None
        parted = transfer.connection.closed if transfer.connection else None
        # Of HTTP/2, what is said behind that close is of a stream, and leaves the connection as it is.
        end = parted.line if closed and parted is not None and not http1 else None
        transfer.complaints = [
            told
            for told in transfer.complaints
            if told.complaint.line < response.last_line or (end is not None and told.complaint.line > end)
        ]
        for tls in transfer.connection.tls if transfer.connection else ():
            tls.alerts = [alert for alert in tls.alerts if alert.line < response.last_line]


def before_it_is_closed_again(transfer: TransferDraft) -> None:
    """curl says farewell to a connection once: what told of a failure and of a close before may be of a body."""
    closed = transfer.connection.closed if transfer.connection else None
    if closed is None or not closed.value:
        return
    if transfer.complaints and not transfer.exchanges:
        doubt_within(transfer)  # all of it may stand in the body of an answer before
    elif transfer.exit is not None and began_in_place(transfer):
        doubt_within(transfer)


def before_it_is_closed(transfer: TransferDraft) -> None:
    """curl closes a connection that failed before the tool says its last word: one before the close may be a body's."""
    response, connection = transfer.last_response, transfer.connection
    if response is None or connection is None or connection.closed is not None or not transfer.answered():
        return
    if transfer.exit is not None and transfer.exit.line > response.last_line:
        doubt_within(transfer)


def behind_a_body_that_goes_on(transfer: TransferDraft) -> None:
    """The tool speaks behind curl's farewell: a last word before that, behind text of a body, may be of that body."""
    body, connection = transfer.last_body, transfer.connection
    if body is None or body.traced or not body.said_line or connection is None or not transfer.answered():
        return
    if connection.closed is None and not transfer.complaints and transfer.exit is None:
        doubt_within(transfer)


def what_text_follows(transfer: TransferDraft, *, intact: bool) -> None:
    """curl says farewell: text stands before its last words or behind them all, so words before text may be a body's.

    Where curl keeps a connection of HTTP/1, they are: an answer that is not whole would have ended it.
    """
    response, body = transfer.last_response, transfer.last_body
    if response is None or body is None or not transfer.answered() or body.said_line <= response.last_line:
        return
    start, stop = response.last_line, body.said_line
    early = [told for told in transfer.complaints if start < told.complaint.line < stop]
    later = {told.complaint.text for told in transfer.complaints if told.complaint.line >= stop}
    exited = transfer.exit is not None and start < transfer.exit.line < stop and transfer.exit.text not in later
    if not (intact and transfer.spoke_http1()):
        if early or exited:
            doubt_within(transfer)
        return
    transfer.exit = None if exited else transfer.exit
    transfer.complaints = [told for told in transfer.complaints if told not in early]
    for tls in transfer.connection.tls if transfer.connection else ():
        tls.alerts = [alert for alert in tls.alerts if not start < alert.line < stop]


def has_said_otherwise(transfer: TransferDraft, text: str) -> bool:
    """Whether curl named another reason before its farewell, and a body came since: the tool repeats the first."""
    body, connection = transfer.last_body, transfer.connection
    if body is None or not transfer.complaints or connection is None or connection.closed is None:
        return False
    said = {told.complaint.text for told in transfer.complaints}
    return text not in said and connection.closed.line < body.said_line and not transfer.pending


def is_over(transfer: TransferDraft) -> bool:
    """Whether curl was done with it: it says farewell to each connection before it ends."""
    if transfer.connection is not None and transfer.connection.closed is None and transfer.answered():
        return False
    if not transfer.done and transfer.exit is None:
        return False
    body, connection = transfer.last_body, transfer.connection
    if body is None or connection is None or connection.closed is None or transfer.complaints or transfer.elided:
        return True
    # Of TLS curl often tells of a record's head alone.
    shown = body.seen if connection.tls else max(body.seen, body.received)
    return not (connection.closed.value and 0 < shown < (body.announced or 0))


def was_written_before(transfer: TransferDraft) -> bool:
    """Whether a body was written as it came, before what seemed to be curl's last words.

    Those told of a failure, or text follows them.
    """
    response, body = transfer.last_response, transfer.last_body
    if response is None or body is None or not began_in_place(transfer):
        return False
    failed = transfer.exit is not None or any(one.complaint.line > response.last_line for one in transfer.complaints)
    return failed or _end(transfer) < body.said_line


def was_written_last(transfer: TransferDraft) -> bool:
    """Whether curl was done, and text stands behind its farewell alone, as a pipe puts a body."""
    body, connection = transfer.last_body, transfer.connection
    if body is None or body.first_line is None or not transfer.done or transfer.pending or not transfer.answered():
        return False
    parted = connection is not None and connection.closed is not None and body.announced != 0
    return parted and body.first_line > _end(transfer) and bool(body.said_line)


def began_in_place(transfer: TransferDraft) -> bool:
    """Whether a body began before what seemed to be curl's last words."""
    body = transfer.last_body
    if body is None or not transfer.done or transfer.pending or not transfer.answered():
        return False
    return body.first_line is not None and body.first_line < _end(transfer)


def _end(transfer: TransferDraft) -> int:
    """The line of the last of its last words; 0 without one."""
    connection = transfer.connection
    closed = connection.closed.line if connection is not None and connection.closed is not None else 0
    return max(closed, transfer.exit.line if transfer.exit else 0)


def reopen(transfer: TransferDraft, text: str) -> None:
    """curl complains behind what seemed to be its end: that was a body's, with what told of another reason."""
    response, body = transfer.last_response, transfer.last_body
    assert response is not None  # noqa: S101 - for the type checker
    assert body is not None  # noqa: S101 - for the type checker
    said = [one for one in transfer.complaints if one.complaint.line < response.last_line or one.complaint.text == text]
    if transfer.exit or len(said) < len(transfer.complaints) or _end(transfer) < body.said_line:
        doubt_within(transfer)
    transfer.complaints, transfer.exit, transfer.done = said, None, False
    transfer.exchanges[-1].complete = False
    if transfer.connection is not None:
        transfer.connection.closed = None


def hear_text(transfer: TransferDraft, text: str) -> None:
    """Hear in a line without a mark whether an answer came that the log does not show as one."""
    if transfer.headless and text and not text.isspace():
        transfer.headless_text = True
    if transfer.phase == "request" and not transfer.doubt and _HEAD.match(text):
        transfer.doubt = WITHOUT_MARKS


def shows_unmeasured_body(transfer: TransferDraft) -> bool:
    """Whether the log shows a body, and not where it ends: what follows it may be of it as well."""
    body = transfer.last_body
    if transfer.headless:
        return True
    response = transfer.last_response
    if body is None or response is None or not transfer.answered() or not body.said_line:
        return False
    if not has_body(transfer.exchanges[-1].method, transfer.exchanges[-1].status):
        return False
    closed = transfer.connection.closed if transfer.connection is not None else None
    goes_on = closed is None or closed.line < body.said_line  # else it stood in place, and is over
    if body.announced is None or body.encoded:
        return goes_on and not (body.ends_a_page() or body.is_as_long_as_told())
    if closed is not None and began_in_place(transfer):
        # A pipe was full, and the rest follows: what was left intact is whole. A paste may have lost line ends.
        return body.seen < (body.announced if goes_on else 0 if closed.value else body.announced // 2)
    if body.sample[0].startswith("HTTP/") and len(body.sample) <= len(response.headers) + 2:
        return was_written_last(transfer)  # `-i` wrote the head, and the body comes next
    alone = body.said_line == body.last_line and bool(body.sample[0])  # no blank lines around it, as around prose
    return alone and was_written_last(transfer) and body.seen < body.announced // 2


def an_early_exit(transfer: TransferDraft, text: str) -> None:
    """curl complains: the tool's last word before that, for another reason and before a farewell, was a body's."""
    parted = transfer.connection is None or transfer.connection.closed is not None
    if transfer.exit is None or parted or transfer.exit.text == text or not transfer.answered():
        return
    transfer.exit, transfer.done = None, False
    doubt_within(transfer)
    transfer.complaints = [told for told in transfer.complaints if not told.complaint.from_exit]


def doubt_within(transfer: TransferDraft) -> None:
    """Some of what is told may be of a body, or of another run whose lines stand here."""
    transfer.doubt = transfer.doubt or _PERHAPS_WITHIN


def doubt_where_imitated(transfer: TransferDraft) -> None:
    """curl complains, or a body does: one of unknown length has lines before that curl cannot have said there."""
    for body in (exchange.response.body for exchange in transfer.exchanges if exchange.response):
        if body.imitates and (body.announced is None or body.encoded):
            doubt_within(transfer)


def doubt_without_a_head(transfer: TransferDraft) -> None:
    """curl is said to speak behind the text of an answer that has no head: it may be that text."""
    if transfer.headless_text:
        transfer.doubt = transfer.doubt or _WITHOUT_A_HEAD
