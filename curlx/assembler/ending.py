"""What complaints, warnings and curl's last word do to a transfer."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from curlx import events
from curlx.assembler import asking_again, retracting
from curlx.assembler.connections import ConnectionDraft
from curlx.assembler.exits import BEFORE_A_RESPONSE, KIND_OF_EXIT
from curlx.assembler.proxying import (
    as_commanded,
    from_environment,
    gone_through,
    names_the_proxy,
    socks_complained,
    stepped,
)
from curlx.assembler.transfers import Told, TransferDraft, handles, table
from curlx.complaints import ComplaintKind
from curlx.ports import HTTP_PORT, HTTPS_PORT
from curlx.reader import Source
from curlx.statuses import is_redirection
from curlx.timeline import Alert, Aside, Complaint, Exit, Phase

_COMPLAINTS = 1_000
_WARNINGS = 100
_AGAIN = 20
"""Complaints among which the same words about the same connection are looked for."""
_OF_A_PEER = (51, 60)
"""CURLE_PEER_FAILED_VERIFICATION: `SSL peer certificate or SSH remote key was not OK`."""
_HTTP2 = 16
_PARTIAL_FILE = 18
_HTTP_RETURNED_ERROR = 22
_WRITE_ERROR = 23
_BAD_CONTENT_ENCODING = 61
_MAIL_PORTS = (25, 465, 587)
"""Of SMTP (RFC 5321, 4.5.4.2; RFC 8314, 3.3; RFC 6409): curl sends there, and nothing comes that it would print."""
OF_A_PART = ("transfer-interrupted", "timeout", "reset", "receive-failed", "way-lost", "stream-reset")
"""What breaks a body off: where a part is missing, a farewell before it was the body's own."""
OF_A_BODY = (*OF_A_PART, "tls-truncated", "content-encoding", "malformed-response", "write-failed", "size-limit")
CANNOT_OPEN = ("cannot open '", "Can't open '", "option --json: error", "option --data")
"""What the tool says of a file to be sent, before it begins with the URL."""
OF_A_REDIRECT = "The redirect target URL"
"""What curl says behind an answer that leads nowhere."""
_OF_A_FAREWELL = ("Send failure: ", "schannel: failed to send close msg")
_OF_THE_CLOSE = ("tls-truncated", "send-failed", "write-failed")
"""What fails only as curl closes a connection, where the answer is whole."""
_BEHIND_A_HANDSHAKE = ("empty-reply", "timeout")
"""What curl says only of a request that it has sent, where the handshake was over."""
_OF_SCHANNEL = "schannel: server closed abruptly"
"""Schannel says so only as it decrypts (`schannel_recv`, lib/vtls/schannel.c)."""
_AFTER_THE_END = ("connection-died", "redirect-loop")

_BEFORE_A_BODY: tuple[Phase, ...] = ("resolve", "connect", "tls", "request")

_OF_HTTP2 = ("stream-reset", "goaway", "requires-http1", "http2-error")
_BEFORE_AN_ANSWER = (
    "host-", "proxy-", "resolve-", "connect-", "unix-", "socks-", "certificate-", "trust-", "url-",
    "client-certificate-not", "client-key-", "client-passphrase", "tls-version", "tls-not-tls", "tls-timeout",
    "not-http", "protocol-unsupported",
)  # fmt: skip
"""What can fail only before an answer comes."""


def complaint(transfer: TransferDraft, event: events.Complaint, source: Source) -> bool:
    """curl says that something failed; behind a whole answer only a late quarrel about the close can be meant."""
    if event.kind in OF_A_BODY:
        retracting.an_early_exit(transfer, event.text)
        overtaken = transfer.exit is not None and transfer.exit.text == event.text
        if not overtaken and retracting.was_written_before(transfer):
            retracting.reopen(transfer, event.text)
    if transfer.done and transfer.whole() and not transfer.pending and not _is_late(transfer, event):
        return False
    if _is_of_another(transfer, event):
        return False
    if event.kind.startswith(_BEFORE_AN_ANSWER) and _is_kept_unanswered(transfer):
        retracting.doubt_within(transfer)
    if transfer.environment and (event.kind == "proxy-not-found" or names_the_proxy(transfer, event)):
        from_environment(transfer, transfer.here(source.number))
    if event.kind == "proxy-not-found" and transfer.complaints:
        before = transfer.complaints[-1].complaint
        if before.kind == "host-not-found" and before.subject == event.subject:
            transfer.complaints.pop()  # of a SOCKS proxy curl says both
    if event.text.startswith(_OF_A_FAREWELL) and transfer.complaints and _is_closed(transfer):
        return True  # curl has given up: what then keeps it from taking leave is no reason
    if event.kind == "receive-failed" and any(told.complaint.kind in OF_A_PART for told in transfer.complaints):
        return True  # curl has said why, a line before
    event = msgspec.structs.replace(event, kind=_kind_by_phase(transfer, event))
    if event.kind.startswith("socks-"):
        socks_complained(transfer, event, source.number)
    if event.kind in ("redirect-loop", "connection-died", "host-not-found"):
        transfer.pending = False  # curl does not go on
    asking_again.hear(transfer, source.text)
    _complain(transfer, event, source.number, from_exit=False)
    return True


def _is_closed(transfer: TransferDraft) -> bool:
    return transfer.connection is not None and transfer.connection.closed is not None


def _is_kept_unanswered(transfer: TransferDraft) -> bool:
    """Whether curl kept the connection: it was answered there, and the log does not show the answer."""
    closed = transfer.connection.closed if transfer.connection is not None else None
    return closed is not None and not (closed.value or transfer.pending or transfer.answered())


def _is_late(transfer: TransferDraft, event: events.Complaint) -> bool:
    """Whether curl may say so behind a whole answer: of a close, unless it keeps the connection, or text is last."""
    if event.kind in _OF_THE_CLOSE:
        closed = transfer.connection.closed if transfer.connection is not None else None
        return (closed is None or closed.value) and not retracting.was_written_last(transfer)
    of_a_part = event.kind in OF_A_PART and transfer.lacks_a_part()
    return of_a_part or event.kind in _AFTER_THE_END or event.text.startswith(OF_A_REDIRECT)


def _kind_by_phase(transfer: TransferDraft, event: events.Complaint) -> ComplaintKind:
    """Return what a complaint is about: of some words, only the phase tells what they mean."""
    phase = _phase(transfer)
    if event.kind == "tls-closed" and "unexpected eof" in event.text and phase == "response":
        return "tls-truncated"  # while reading: of OpenSSL
    if event.kind == "transfer-interrupted" and event.text.startswith("GnuTLS") and phase in ("tls", "request"):
        return "tls-error"  # of an answer that had not begun
    if event.kind == "empty-reply" and phase == "response" and transfer.answered():
        return "transfer-interrupted"
    return event.kind


def _phase(transfer: TransferDraft) -> Phase:
    """How far curl had got, by the lines of request and answer, or by what it remarks on them."""
    connection = transfer.connection
    if transfer.phase in ("resolve", "connect", "tls") and connection is not None and connection.got_to is not None:
        return connection.got_to
    return transfer.phase


def _complain(transfer: TransferDraft, event: events.Complaint, line: int, *, from_exit: bool) -> None:
    retracting.doubt_without_a_head(transfer)
    retracting.doubt_where_imitated(transfer)
    if event.kind == "redirect-loop" and 0 < len(transfer.exchanges) <= (event.number or 0):
        retracting.doubt_within(transfer)  # the log shows some, and not that many
    if event.kind.startswith("tls-") and transfer.answered() and _is_plain(transfer):
        retracting.doubt_within(transfer)
    if transfer.connection is None:
        event = as_commanded(transfer, event, line)
    if event.kind.startswith(("certificate-", "tls-")):
        gone_through(transfer, line)
    connection = transfer.connection
    for one in transfer.complaints[-_AGAIN:]:
        if (one.complaint.kind, one.complaint.text, one.connection) == (event.kind, event.text, connection):
            if from_exit or not one.complaint.from_exit:
                return
            transfer.complaints.remove(one)  # the tool's last word had overtaken curl's own (a trace in a buffer)
            break
    if event.kind == "tls-alert" and event.number is not None and not 0 <= event.number <= 255:
        event = msgspec.structs.replace(event, number=None)  # an error code of the library, no AlertDescription
    if connection and event.kind.startswith("certificate-") and connection.asked_over_tls():
        # curl asks for a tunnel only when it has taken the proxy's certificate: this is the origin's.
        connection.tunnelled(connection.tunnel_line or line)
        connection.secured(line)
        transfer.phase = "tls"
    tls = connection.tls[-1] if connection and connection.tls else None
    if tls is None and event.kind.startswith(("tls-", "certificate-", "client-", "trust-")) and not from_exit:
        tls = transfer.here(line).secured(line)
        connection = transfer.connection
    if len(transfer.complaints) < _COMPLAINTS:
        phase = "done" if transfer.done and transfer.whole() else _phase(transfer)
        behind = event.kind in _BEHIND_A_HANDSHAKE or event.text.startswith(_OF_SCHANNEL)
        if behind and phase == "tls" and tls is not None and tls.done:
            phase = "request"  # curl says so only of a request that it has sent, whether the log shows it or not
        if event.kind == "timeout" and event.number and phase in _BEFORE_A_BODY:
            phase = "response"  # so many bytes of a body had come, whether the log shows them or not
        made = Complaint(
            event.kind, event.text, line, phase, event.number, event.subject, from_exit, event.port, event.proxy,
            event.again,
        )  # fmt: skip
        transfer.complaints.append(Told(made, connection, tls))
    if event.kind == "tls-alert" and event.number is not None:
        tls = tls or transfer.here(line).secured(line)
        if not any(alert.description == event.number for alert in tls.alerts):
            tls.alerts.append(Alert("in", event.number, event.subject or event.text, line))


def _is_of_another(transfer: TransferDraft, told: events.Complaint | None) -> bool:
    """Whether what is told cannot have gone wrong behind this answer's head."""
    if told is None or transfer.pending or not transfer.answered():
        return False
    if told.kind in _OF_HTTP2 and transfer.spoke_http1():
        return True
    body = transfer.last_body
    if told.kind == "transfer-interrupted" and told.number and body is not None and body.announced is None:
        return not transfer.elided  # so many bytes remain only of a length that was announced
    if told.kind == "redirect-loop":
        return not is_redirection(transfer.exchanges[-1].status)
    if told.kind == "http-status":  # of another answer; HTTP/2 may have several under way
        answers = transfer.exchanges[-1:] if transfer.spoke_http1() else transfer.exchanges
        return told.number is not None and all(told.number != answer.status for answer in answers)
    return told.kind.startswith(_BEFORE_AN_ANSWER) and transfer.phase == "response" and not transfer.done


def _is_plain(transfer: TransferDraft) -> bool:
    """Whether the log shows that the connection speaks no TLS: builds that do not tell of it do so on other ports."""
    connection = _without_tls(transfer)
    return connection is not None and connection.port == HTTP_PORT


def _went_on(transfer: TransferDraft, event: events.Exit) -> bool:
    """Whether curl went on behind a head that `-i` or `-I` printed, a tunnel's or a redirect's, and failed there."""
    last = transfer.exchanges[-1] if transfer.exchanges and not transfer.connections else None
    proxied = transfer.may_have_a_proxy()
    if last is None or last.response is None or event.code not in BEFORE_A_RESPONSE:
        return False
    if not last.is_a_step(proxied=proxied):
        return False
    if transfer.facts is None:
        host = (last.response.header("location") or "").rpartition("://")[2].partition("/")[0].partition(":")[0]
        follows = not event.text or (host != "" and host in event.text)
    else:
        follows = transfer.facts.location
    return last.response.opens_a_tunnel(proxied=proxied) or (is_redirection(last.status) and follows)


def contradicts(transfer: TransferDraft, event: events.Exit) -> bool:
    """Whether an exit code tells, behind a whole answer, of a failure before it, or of one that curl did not name."""
    if any(told.complaint.text == event.text for told in transfer.complaints):
        return False  # the tool repeats what curl has said
    if _went_on(transfer, event):
        return False
    if _is_of_another(transfer, event.complaint):
        return True
    if transfer.answered() and not (transfer.done or transfer.pending) and event.code in BEFORE_A_RESPONSE:
        return True
    # With -v curl says what failed before it says farewell; --fail-with-body alone only ends with a code.
    closed = transfer.connection.closed if transfer.connection is not None else None
    silent = transfer.done and closed is not None and not transfer.complaints
    if transfer.pending or not (transfer.whole() or (silent and closed and not closed.value)):
        return False
    # Where the lines of the answer were filtered out, only this tells its status.
    last = transfer.last_exchange
    refused = event.code == _HTTP_RETURNED_ERROR and (last is None or not last.status or last.refused)
    # The tool writes the last of an answer when it closes its file, after that farewell (7.88.1 with -o /dev/full),
    # and older ones did not say with -v why they could not decode it.
    unwritten = event.code in (_WRITE_ERROR, _BAD_CONTENT_ENCODING)
    body = transfer.last_body
    partial = event.code == _PARTIAL_FILE and body is not None and body.falls_short()
    # Old builds did not say with -v that the server took leave, and kept the connection (7.74.0, behind GOAWAY).
    unanswered = event.code == _HTTP2 and last is not None and last.request is not None and not last.status
    return event.code in BEFORE_A_RESPONSE or (silent and not (refused or unwritten or partial or unanswered))


def said_by(transfers: Sequence[TransferDraft], event: events.Exit) -> TransferDraft | None:
    """Return the transfer of which curl said the same, where others went on since: with --parallel the tool is last."""
    for transfer in reversed(transfers[-_AGAIN:]):
        if transfer.exit is not None:
            return None
        if any(told.complaint.text == event.text for told in transfer.complaints):
            return transfer
        if transfer.command is not None and transfer.command.line >= transfer.first_line:
            return None  # what stands before is another run's
    return None


def exited(transfer: TransferDraft, event: events.Exit, source: Source) -> bool:
    """curl's last word. One that contradicts a whole answer is not curl's, or not this transfer's."""
    if transfer.exit:
        return False
    if contradicts(transfer, event) or retracting.has_said_otherwise(transfer, event.text):
        return False
    if _went_on(transfer, event):
        head = transfer.last_response
        tunnels = head is not None and head.opens_a_tunnel(proxied=True) and not head.says_established()
        if tunnels and transfer.facts is None:
            transfer.doubt = transfer.doubt or retracting.PERHAPS_NO_TUNNEL
        stepped(transfer, source.number)  # curl went on, and failed there
        transfer.phase = "connect"
    retracting.behind_a_body_that_goes_on(transfer)
    transfer.program = transfer.program or event.program
    transfer.exit = Exit(event.code, event.text, source.number)
    transfer.overcome = None
    asking_again.hear(transfer, source.text)
    told = event.complaint or events.Complaint(KIND_OF_EXIT.get(event.code, "other"), event.text)
    if event.code in _OF_A_PEER and _spoke_no_tls(transfer):
        told = events.Complaint("other", event.text)  # it is about a key of SSH
    known = [one.complaint for one in transfer.complaints]
    said = event.complaint is None and bool(known)  # the code alone adds nothing to words
    # Where the log is cut in this line, its text is the beginning of what curl said in full before.
    again = any(one.kind == told.kind or (told.text and one.text.startswith(told.text)) for one in known)
    if not said and not again:
        _complain(transfer, told, source.number, from_exit=True)
    transfer.done, transfer.pending = True, False
    return True


def repeats(transfer: TransferDraft, event: events.ProgramFailed) -> bool:
    """Whether a program says the same once more: it tried again, or passes on what another told it."""
    told = transfer.exit
    return told is not None and (told.code, told.text) == (event.code, event.text) and event.url in (None, transfer.url)


def program_failed(transfer: TransferDraft, event: events.ProgramFailed, source: Source) -> bool:
    """A program's last word. Where curl, or a server, has spoken before, only git's own log goes on with one."""
    if repeats(transfer, event):
        return True
    connected = any(one.attempts or one.connected for one in transfer.connections)
    last = transfer.last_exchange
    # No body is there yet that could say it, where curl asked and nothing came.
    waits = last is not None and last.request is not None and last.response is None and not transfer.complaints
    closed = _closed_without_a_body(transfer) and not (transfer.exchanges or transfer.complaints)
    silent = event.program == "git" or waits or closed
    commanded = transfer.command and not _tells_of(transfer, event)
    spoken = (transfer.exchanges and not waits) or commanded or (connected and not silent)
    if spoken and not (event.program == "git" == transfer.asked_by()):
        return False
    if not transfer.exchanges:
        transfer.url = transfer.url or event.url
    transfer.program = transfer.program or event.program
    if event.code is not None:
        return exited(transfer, events.Exit(event.code, event.text, event.complaint), source)
    # Behind a whole answer it adds nothing, and yet it is the program's last word.
    told = event.complaint or events.Complaint("other", event.text)
    if not complaint(transfer, told, source) and told.kind == "http-status":
        _complain(transfer, told, source.number, from_exit=False)
    transfer.done, transfer.pending = True, False
    return True


def _tells_of(transfer: TransferDraft, event: events.ProgramFailed) -> bool:
    """Whether it is who ran the command that tells how it ended: nothing else names its very URL and curl's code."""
    asked = transfer.facts.urls if transfer.facts is not None else ()
    return event.code is not None and event.url in asked and not event.text


def _closed_without_a_body(transfer: TransferDraft) -> bool:
    """Whether curl closed in a TLS handshake, or behind mail that it sent: FTP, IMAP and SFTP bring bodies as well."""
    connection = transfer.connection
    if connection is None or connection.closed is None:
        return False
    return connection.port in _MAIL_PORTS or any(not tls.done for tls in connection.tls)


def _spoke_no_tls(transfer: TransferDraft) -> bool:
    connection = _without_tls(transfer)
    return connection is not None and connection.port != HTTPS_PORT


def _without_tls(transfer: TransferDraft) -> ConnectionDraft | None:
    """Return the connection, where the log shows that it came up, and nothing of TLS on it."""
    connection = transfer.connection
    if connection is None or connection.connected is None or connection.tls or transfer.elided:
        return None
    return connection


def warned(transfer: TransferDraft, event: events.Warned, source: Source) -> bool:
    """A warning of the tool; one of them announces a retry."""
    transfer.foreign_warnings += event.foreign
    if len(transfer.warnings) < _WARNINGS:
        transfer.warnings.append(Aside(event.text, source.number))
    if event.retries or event.perhaps:
        transfer.retried = source.number
    if event.perhaps:
        transfer.perhaps_retried = True
    elif event.retries:
        body, connection = transfer.last_body, transfer.connection
        if body is not None and body.said_line and connection is not None and connection.closed is None:
            return False  # the tool says so when curl is done: it stands in the answer
        if transfer.exchanges:
            transfer.exchanges[-1].superseded = True
        transfer.pending = True
        transfer.exit = None  # older builds say `curl: (7) ...` of each try
    return True


HANDLERS = table(
    handles(events.Complaint, complaint),
    handles(events.Exit, exited),
    handles(events.ProgramFailed, program_failed),
    handles(events.Warned, warned),
)
