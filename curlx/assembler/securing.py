"""What lines about TLS do to a transfer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from curlx import events
from curlx.assembler.handshakes import TlsDraft
from curlx.assembler.proxying import gone_through
from curlx.assembler.transfers import Told, TransferDraft, handles, table
from curlx.reader import Source
from curlx.timeline import Alert, Complaint, Fact, HandshakeMessage
from curlx.tls_numbers import AlertDescription, HandshakeType

_AT_ANY_TIME = (HandshakeType.NEW_SESSION_TICKET, HandshakeType.KEY_UPDATE)
"""RFC 8446, 4.6."""
_LATE_STARTERS = (HandshakeType.HELLO_REQUEST, HandshakeType.CLIENT_HELLO, HandshakeType.CERTIFICATE_REQUEST)
"""With the first two renegotiation begins (RFC 5246, 7.4.1.1), the third comes late in TLS 1.3 (RFC 8446, 4.6.2)."""
_MESSAGES = 1_000
_OFFERED = 20
_OF_ONE_VERSION = frozenset({
    HandshakeType.ENCRYPTED_EXTENSIONS,
    HandshakeType.SERVER_KEY_EXCHANGE, HandshakeType.SERVER_HELLO_DONE, HandshakeType.CLIENT_KEY_EXCHANGE,
})  # fmt: skip
"""The first is of TLS 1.3 alone (RFC 8446, 4), the others are older: labelled with the version that was agreed on."""
_TRUST = 20
_NOTES = _ALERTS = 100


def _over(transfer: TransferDraft) -> bool:
    """Whether TLS can say nothing more: the request is under way, or all is done."""
    return transfer.phase in ("request", "response") or (transfer.done and not transfer.pending)


def handshake_message(transfer: TransferDraft, event: events.HandshakeMessage, source: Source) -> bool:
    """A handshake message; after the request only those that TLS allows late."""
    if event.number in _AT_ANY_TIME:
        if (
            transfer.phase == "tls"
            and transfer.connection
            and event.number == HandshakeType.NEW_SESSION_TICKET
            and "TLSv1.3" in source.text
        ):
            tls = transfer.connection.secured(source.number)
            tls.done = tls.done or source.number  # in TLS 1.3 it comes behind the handshake (RFC 8446, 4.6.1)
        return True
    if transfer.done and not transfer.pending:
        return False
    line = source.number
    gone_through(transfer, line)
    connection, phase = transfer.here(line), transfer.phase
    late = phase != "tls" and phase in ("request", "response")
    if late and not connection.tls_before_request():
        return False
    tls = connection.secured(line)
    messages = tls.messages
    if phase == "response" and event.number not in _LATE_STARTERS and not any(m.late for m in messages):
        return False
    if not messages:
        tls.shows_handshake = True
        if (event.direction, event.number) == ("out", HandshakeType.CLIENT_HELLO):
            tls.label = Fact(event.label, line)
    if tls.version is None and event.number in _OF_ONE_VERSION and event.label.startswith("TLSv1."):
        tls.version = Fact(event.label, line)
    if len(messages) < _MESSAGES:
        messages.append(HandshakeMessage(event.direction, event.number, event.name, line, late=late))
    if not late and phase != "tls":
        transfer.phase = "tls"
    return True


def data_moved(transfer: TransferDraft, event: events.DataMoved, source: Source) -> bool:
    """The size of the handshake message on the line before, or of a piece of the answer."""
    phase, connection = transfer.phase, transfer.connection
    if phase == "response" and event.direction == "in" and event.body is not False:
        response = transfer.exchanges[-1].response if transfer.exchanges else None
        if response is not None and response.ended:
            response.body.received += event.size
            response.body.traced = event.body is True
    if connection is None or event.body:
        return True
    if not connection.tls:
        spoken = phase == "request" and event.direction == "in" and event.body is None
        transfer.headless = transfer.headless or spoken
        return True
    messages = connection.tls[-1].messages
    if messages:
        last = messages[-1]
        if last.size is None and last.direction == event.direction and 0 < source.number - last.line <= 2:
            messages[-1] = HandshakeMessage(last.direction, last.number, last.name, last.line, event.size, last.late)
    return True


def alert(transfer: TransferDraft, event: events.TlsAlert, source: Source) -> bool:
    """An alert line; close_notify is the ordinary end and no news."""
    if transfer.done and transfer.whole():
        return event.description == AlertDescription.CLOSE_NOTIFY
    missed = event.description == AlertDescription.CERTIFICATE_REQUIRED
    if missed and transfer.phase == "response" and transfer.answered():
        return False  # a server that misses a certificate does not answer first
    connection = transfer.here(source.number)
    if _over(transfer) and connection.requests and not connection.tls:
        return False  # the request went out in clear
    tls = connection.secured(source.number)
    tls.shows_handshake = True
    if event.description != AlertDescription.CLOSE_NOTIFY and len(tls.alerts) < _ALERTS:
        fatal = event.level == "fatal"
        tls.alerts.append(Alert(event.direction, event.description, event.name, source.number, fatal))
    return True


def completed(transfer: TransferDraft, event: events.CipherChosen | events.HandshakeDone, source: Source) -> bool:
    """The handshake is complete."""
    if _over(transfer):
        return False
    gone_through(transfer, source.number)
    tls = transfer.here(source.number).secured(source.number)
    if event.version and (tls.version is None or tls.done is None):
        tls.version = Fact(event.version, source.number)
    if event.cipher and not tls.cipher:
        tls.cipher = Fact(event.cipher, source.number)
    if type(event) is events.CipherChosen:
        tls.backend = tls.backend or event.backend
    tls.done = tls.done or source.number
    transfer.phase = "tls"
    return True


def tls_fact(transfer: TransferDraft, event: events.Event, source: Source) -> bool:
    """Everything else that is said while TLS is set up; never after the request."""
    kind, phase, line = type(event), transfer.phase, source.number
    if (phase != "tls" or transfer.done) and _over(transfer):
        asked_late = kind is events.ClientCertificateNote and phase == "request"  # renegotiation
        if not asked_late:
            return kind in _ALWAYS
    _FACTS[kind](transfer, transfer.here(line).secured(line), event, line)
    if phase != "tls" and phase in ("start", "resolve", "connect"):
        transfer.phase = "tls"
    return True


def alpn_offered(transfer: TransferDraft, event: events.AlpnOffered, source: Source) -> bool:
    """curl begins to set TLS up: behind a tunnel's answer that is the origin's."""
    gone_through(transfer, source.number)
    return tls_fact(transfer, event, source)


_ALWAYS = frozenset({events.TlsRecord, events.BackendSeen, events.SessionReused})


def _record(_transfer: TransferDraft, tls: TlsDraft, _event: events.TlsRecord, _line: int) -> None:
    tls.shows_handshake = True


def _library(_: TransferDraft, tls: TlsDraft, event: events.BackendSeen, _line: int) -> None:
    tls.backend = tls.backend or event.backend


def _offered(_: TransferDraft, tls: TlsDraft, event: events.AlpnOffered, _line: int) -> None:
    if len(tls.offered) < _OFFERED:
        tls.offered = tuple(dict.fromkeys(tls.offered + event.protocols))


def _agreed(_: TransferDraft, tls: TlsDraft, event: events.AlpnChosen, line: int) -> None:
    if event.protocol is None:
        tls.alpn_refused = line
    else:
        tls.alpn = Fact(event.protocol, line)


def _trust(_: TransferDraft, tls: TlsDraft, event: events.TrustAnchors, line: int) -> None:
    tls.backend = tls.backend or event.backend
    if len(tls.trust) < _TRUST:
        tls.trust.append(Fact(event.source, line))


def _disabled(_: TransferDraft, tls: TlsDraft, _event: events.PeerVerificationDisabled, line: int) -> None:
    tls.disabled = line


def _resumed(_transfer: TransferDraft, tls: TlsDraft, _event: events.SessionReused, line: int) -> None:
    tls.resumed = line


def _block(transfer: TransferDraft, tls: TlsDraft, event: events.CertificateBlock, line: int) -> None:
    tls.block(event.party, line)
    if event.party == "proxy":
        tls.role = "proxy"
        proxy = transfer.connection.proxy if transfer.connection is not None else None
        if proxy is not None:
            proxy.supposed = False  # whatever curl calls its host: builds print its address, or no name at all


def _key_hash(_transfer: TransferDraft, tls: TlsDraft, _event: events.KeyHashSeen, line: int) -> None:
    tls.key_hash = line


def _field(_: TransferDraft, tls: TlsDraft, event: events.CertificateField, line: int) -> None:
    (tls.blocks[-1] if tls.blocks else tls.block("server", line)).add(event, line)


def _name_checked(_: TransferDraft, tls: TlsDraft, event: events.CertificateNameChecked, line: int) -> None:
    (tls.blocks[-1] if tls.blocks else tls.block("server", line)).matched = Fact(event.matched, line)
    if event.decisive:
        tls.misnamed = Fact(event.host or "", line)


def give_up_over_the_name(transfer: TransferDraft) -> None:
    """Where the log ends with the name that is not in the certificate, or lacks the line behind it, that is why.

    Old builds say nothing between it and exit code 51.
    """
    connection = transfer.connection
    tls = connection.tls[-1] if connection is not None and connection.tls else None
    if connection is None or tls is None or tls.misnamed is None:
        return
    reasons = any(one.complaint.kind != "certificate-rejected" for one in transfer.complaints)
    if reasons or connection.request_line or tls.verified or transfer.pending:
        return
    name, line = tls.misnamed.value, tls.misnamed.line
    known = transfer.url or transfer.facts or connection.host  # where the log breaks off in it, a name is not whole
    told = Complaint("certificate-name-mismatch", f"subjectAltName does not match {name}".rstrip(), line, "tls",
                     subject=None if known else name.strip("'") or None)  # fmt: skip
    transfer.complaints[:] = [Told(told, connection, tls)]


def _verified(_: TransferDraft, tls: TlsDraft, event: events.CertificateVerified, line: int) -> None:
    if event.result == "at-fault":
        tls.fault = event.reason
        return
    tls.verified = Fact(event, line)
    if event.result != "ok" and tls.overruled is None:
        tls.overruled = line


def _noted(_: TransferDraft, tls: TlsDraft, event: events.ClientCertificateNote, line: int) -> None:
    tls.backend = tls.backend or ("Schannel" if event.note == "asked" else "NSS")
    if len(tls.nss) < _NOTES:
        tls.nss.append(Fact(event.note, line))
    if event.note == "not-found" and event.name:
        tls.named = Fact(event.name, line)
    if event.note in ("from-file", "found"):
        tls.block("client", line)


_FACTS: dict[type[events.Event], Callable[[TransferDraft, TlsDraft, Any, int], None]] = {
    events.TlsRecord: _record,
    events.BackendSeen: _library,
    events.AlpnOffered: _offered,
    events.AlpnChosen: _agreed,
    events.TrustAnchors: _trust,
    events.PeerVerificationDisabled: _disabled,
    events.SessionReused: _resumed,
    events.CertificateBlock: _block,
    events.CertificateField: _field,
    events.KeyHashSeen: _key_hash,
    events.CertificateNameChecked: _name_checked,
    events.CertificateVerified: _verified,
    events.ClientCertificateNote: _noted,
}
"""What such a line does to the TLS connection."""


def passphrase_asked(transfer: TransferDraft, event: events.PassphraseAsked, source: Source) -> bool:
    """OpenSSL asked for the passphrase of a key."""
    transfer.passphrase = source.number
    return True


def renegotiation(transfer: TransferDraft, event: events.Renegotiation, source: Source) -> bool:
    """The server starts another handshake on the running connection."""
    if transfer.phase not in ("request", "response"):
        return False
    connection = transfer.connection
    if connection and connection.tls and connection.tls[-1].renegotiation is None:
        connection.tls[-1].renegotiation = source.number
    return True


HANDLERS = table(
    handles(events.HandshakeMessage, handshake_message),
    handles(events.ClientHello, handshake_message),
    handles(events.DataMoved, data_moved),
    handles(events.TlsAlert, alert),
    handles(events.CipherChosen, completed),
    handles(events.HandshakeDone, completed),
    *(handles(kind, tls_fact) for kind in _FACTS if kind is not events.AlpnOffered),
    handles(events.AlpnOffered, alpn_offered),
    handles(events.PassphraseAsked, passphrase_asked),
    handles(events.Renegotiation, renegotiation),
)
