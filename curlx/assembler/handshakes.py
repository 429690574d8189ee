"""One TLS connection while it is being assembled, and what can be concluded from it.

The conclusions follow RFC 8446 and RFC 5246 and were measured on builds 7.29 to 8.22: a server asks with
CertificateRequest (13); a client that has a certificate sends Certificate (11) and CertificateVerify (15), one that has
none sends an empty Certificate and no CertificateVerify. Only OpenSSL and its relatives print these messages.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from curlx import events
from curlx.complaints import LOCAL_FILES, is_about_certificate
from curlx.grammar.dates import parse_date
from curlx.timeline import Alert, Certificate, ClientCertificate, Fact, HandshakeMessage, Tls, Tri, Verdict
from curlx.timeline.securing import first_message
from curlx.tls_numbers import UNTOLD_ALERT, AlertDescription, HandshakeType

_BLOCKS = 100
_NAMES = 200
_PEER_REFUSED = (
    AlertDescription.BAD_CERTIFICATE, AlertDescription.UNSUPPORTED_CERTIFICATE, AlertDescription.CERTIFICATE_REVOKED,
    AlertDescription.CERTIFICATE_EXPIRED, AlertDescription.CERTIFICATE_UNKNOWN, AlertDescription.UNKNOWN_CA,
)  # fmt: skip
"""Alerts with which an endpoint refuses the other's certificate (RFC 8446, 6.2)."""

_BEFORE_CERTIFICATES = ("tls-version", "tls-no-shared-cipher", "tls-not-tls")
"""Failures of a handshake before the server shows its certificate."""
_ABOUT_THE_OFFER = (
    AlertDescription.PROTOCOL_VERSION, AlertDescription.INSUFFICIENT_SECURITY, AlertDescription.INAPPROPRIATE_FALLBACK,
    AlertDescription.UNRECOGNIZED_NAME, AlertDescription.NO_APPLICATION_PROTOCOL,
)  # fmt: skip
"""Alerts that answer the ClientHello (RFC 8446, 6.2; RFC 7507)."""

OPENSSL_WORDS = ("OpenSSL/", "SSL routines::")
"""What only OpenSSL (3) says of its errors; the others name a function, or `OPENSSL_internal`."""
_OFFERS = ("TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3")


class CertificateDraft(msgspec.Struct):
    """A certificate block while its lines come in."""

    party: events.Party
    first_line: int
    last_line: int
    fields: dict[str, Fact[str]] = {}
    names: list[Fact[str]] = []
    matched: Fact[bool] | None = None

    def add(self, event: events.CertificateField, line: int) -> None:
        """Take one line; the first of a name counts, later ones belong to the rest of the chain."""
        self.last_line = line
        if event.name in ("alternative-name", "common-name"):
            if len(self.names) < _NAMES:
                self.names.append(Fact(event.value, line))
        else:
            self.fields.setdefault(event.name, Fact(event.value, line))

    def freeze(self) -> Certificate:
        """Return the certificate."""
        before, after = self.fields.get("not-before"), self.fields.get("not-after")
        return Certificate(
            party=self.party,
            first_line=self.first_line,
            last_line=self.last_line,
            subject=self.fields.get("subject"),
            issuer=self.fields.get("issuer"),
            not_before=before,
            not_after=after,
            not_before_at=parse_date(before.value) if before else None,
            not_after_at=parse_date(after.value) if after else None,
            names=tuple(self.names),
            matched=self.matched,
        )


class Around(msgspec.Struct):
    """What else the log shows, that decides what a handshake means."""

    ended: bool
    """The log shows the end of the transfer: what is missing did not happen."""
    request_line: int | None
    """The first request on the connection, sent over this TLS."""
    complaints: tuple[tuple[events.ComplaintKind, int], ...]
    """Of this TLS connection, with lines."""
    page: str | None
    """One of nginx's own (`events.NGINX_PAGES`), when the server's page says so."""
    page_line: int | None
    insecure: bool
    configured: Fact[str] | None
    elided: bool
    """Somebody took lines out."""
    openssl: bool = False
    """What curl says of a failure is in words that only OpenSSL has."""


class TlsDraft(msgspec.Struct):
    """One TLS connection while its lines come in."""

    first_line: int
    last_line: int
    role: Literal["origin", "proxy"] = "origin"
    backend: str | None = None
    label: Fact[str] | None = None
    """The version with which the ClientHello is labelled."""
    version: Fact[str] | None = None
    cipher: Fact[str] | None = None
    offered: tuple[str, ...] = ()
    alpn: Fact[str] | None = None
    alpn_refused: int | None = None
    resumed: int | None = None
    key_hash: int | None = None
    renegotiation: int | None = None
    shows_handshake: bool = False
    done: int | None = None
    messages: list[HandshakeMessage] = []
    alerts: list[Alert] = []
    trust: list[Fact[str]] = []
    blocks: list[CertificateDraft] = []
    misnamed: Fact[str] | None = None
    """The name that is not in the certificate: curl gives up right behind it."""
    verified: Fact[events.CertificateVerified] | None = None
    fault: events.ComplaintKind | None = None
    """What the library found wrong with the peer's certificate: curl says elsewhere what it makes of it."""
    disabled: int | None = None
    overruled: int | None = None
    """The first line that says that the check failed, and that curl goes on."""
    nss: list[Fact[str]] = []
    named: Fact[str] | None = None
    """The client certificate that NSS was told to use and could not find."""

    def unchecked(self) -> int | None:
        """Return the line by which curl went on without a check of the peer's certificate, or against its result."""
        lines = [line for line in (self.disabled, self.overruled) if line is not None]
        return min(lines, default=None)

    def only_named(self) -> bool:
        """Whether nothing is said of TLS but the library's name."""
        return not any((self.offered, self.alpn, self.done, self.messages, self.alerts, self.trust, self.blocks,
                        self.verified, self.disabled, self.nss, self.named, self.shows_handshake))  # fmt: skip

    def block(self, party: events.Party, line: int) -> CertificateDraft:
        """Start a certificate block."""
        if len(self.blocks) >= _BLOCKS:
            self.blocks.pop()
        self.blocks.append(CertificateDraft(party, line, line))
        return self.blocks[-1]

    def freeze(self, around: Around) -> Tls:
        """Return the TLS connection with what can be concluded from it."""
        verdict, verdict_line, reason = self._verdict(around)
        peer = next((block for block in self.blocks if block.party != "client"), None)
        completed = Fact(True, self.done) if self.done else None
        if completed is None and (around.request_line or self._finished()):
            completed = Fact(True, around.request_line or self.last_line)
        elif completed is None and (around.complaints or self.alerts):
            completed = Fact(False, around.complaints[0][1] if around.complaints else self.alerts[0].line)
        return Tls(
            role=self.role,
            first_line=self.first_line,
            last_line=self.last_line,
            shows_handshake=self.shows_handshake,
            completed=completed,
            backend=self.backend,
            offered=self._offered(around),
            version=self.version,
            cipher=self.cipher,
            alpn_offered=self.offered,
            alpn=self.alpn,
            alpn_refused=self.alpn_refused,
            resumed=self.resumed,
            key_hash=self.key_hash,
            renegotiation=self.renegotiation,
            messages=tuple(self.messages),
            alerts=tuple(self.alerts),
            trust=tuple(self.trust),
            certificate=peer.freeze() if peer else None,
            client_certificate=self._client_certificate(around),
            verdict=verdict,
            verdict_line=verdict_line,
            verdict_reason=reason,
        )

    def _message(self, direction: events.Direction, number: int) -> HandshakeMessage | None:
        return first_message(self.messages, direction, number)

    def _finished(self) -> bool:
        """Whether both sides said that they were done with the handshake."""
        return (
            self._message("out", HandshakeType.FINISHED) is not None
            and self._message("in", HandshakeType.FINISHED) is not None
        )

    def _offered(self, around: Around) -> Fact[str] | None:
        """Return the newest version that curl offered.

        Before an answer OpenSSL labels its messages with it (`ssl_set_client_hello_version`). BoringSSL writes 1.2
        whatever it offers, so that 1.2 tells something only where it is known to be OpenSSL; curl before 7.48 writes
        SSLv3 in front of all.
        """
        label = self.label
        telling = label is not None and label.value in _OFFERS and (label.value != "TLSv1.2" or around.openssl)
        return label if telling else None

    # --- the client's certificate -------------------------------------------------------------------------------------

    def _client_certificate(self, around: Around) -> ClientCertificate:
        requested, requested_line = self._requested(around)
        sent, sent_line = self._sent(around, requested)
        asked = self._message("in", HandshakeType.CERTIFICATE_REQUEST)
        own = next((block for block in self.blocks if block.party == "client"), None)
        found = Fact("the certificate that NSS names", own.first_line) if own else None
        return ClientCertificate(
            requested=requested,
            sent=sent,
            requested_line=requested_line,
            sent_line=sent_line,
            late=bool(asked and asked.late)
            or bool(self.nss and around.request_line and self.nss[0].line > around.request_line),
            configured=self.named or around.configured or found,
            certificate=own.freeze() if own else None,
        )

    def _requested(self, around: Around) -> tuple[Tri, int | None]:
        """Whether the server asked, and the line that shows it."""
        asked = self._message("in", HandshakeType.CERTIFICATE_REQUEST)
        if asked:
            return "yes", asked.line
        if self.nss:
            return "yes", self.nss[0].line
        if self._message("out", HandshakeType.CERTIFICATE) or self._message("out", HandshakeType.CERTIFICATE_VERIFY):
            # Only who was asked sends these (RFC 8446, 4.4.2; RFC 5246, 7.4.6): the line that asks is left out.
            return "yes", None
        for alert in self.alerts:
            if alert.direction == "in" and alert.description == AlertDescription.CERTIFICATE_REQUIRED:
                answered = self._message("in", HandshakeType.SERVER_HELLO)
                early = self._message("out", HandshakeType.CLIENT_HELLO) is not None and answered is None
                return ("unknown", None) if early else ("yes", alert.line)  # before it has said anything, none can ask
        if not self._begun(around):
            return "no", None
        if around.elided:
            return "unknown", None
        if not self.shows_handshake:
            silent = self.backend == "NSS" and self.done and around.page is None
            return ("no", None) if silent else ("unknown", None)
        if not self._greeted():
            return "unknown", None
        # The server may still ask behind the request (renegotiation): where the log stops before, nobody knows.
        return ("no", None) if around.ended and self._server_flight_over(around) else ("unknown", None)

    def _greeted(self) -> bool:
        """Whether the log shows the beginning of the handshake."""
        hellos = self._message("out", HandshakeType.CLIENT_HELLO), self._message("in", HandshakeType.SERVER_HELLO)
        return any(hellos)

    def _server_flight_over(self, around: Around) -> bool:
        """Whether the point at which the server would have asked has passed without it."""
        flight = self._message("in", HandshakeType.CERTIFICATE) or self._message("in", HandshakeType.FINISHED)
        if self.done or around.request_line:
            # A build that shows its first message shows the answer, and the end of it, as well: or lines were left out.
            return self._message("in", HandshakeType.SERVER_HELLO) is not None and flight is not None
        if self._went_on() and self._message("in", HandshakeType.SERVER_HELLO) is None:
            return False
        if self._message("in", HandshakeType.SERVER_HELLO_DONE) or self._message("in", HandshakeType.FINISHED):
            return True
        certificate = self._message("in", HandshakeType.CERTIFICATE)
        if certificate:
            # TLS 1.3 asks before its Certificate (RFC 8446, 4.3.2), TLS 1.2 after it (RFC 5246, 7.4.4).
            return self._message("in", HandshakeType.ENCRYPTED_EXTENSIONS) is not None
        return around.ended or bool(self.alerts) or bool(around.complaints)

    def _went_on(self) -> bool:
        """Whether curl sent more than its first message, as it does only when it has an answer."""
        return any(each.direction == "out" and each.number != HandshakeType.CLIENT_HELLO for each in self.messages)

    def _sent(self, around: Around, requested: Tri) -> tuple[Tri, int | None]:
        """Whether a certificate was really sent, and the line that shows it."""
        proof = self._message("out", HandshakeType.CERTIFICATE_VERIFY)
        if proof:
            return "yes", proof.line
        if around.page == "no-required-certificate":
            return "no", around.page_line
        for alert in self.alerts:
            if alert.direction == "in" and alert.description == AlertDescription.CERTIFICATE_REQUIRED:
                return "no", alert.line
        if requested == "no":
            return "no", None
        answer = self._message("out", HandshakeType.CERTIFICATE)
        if requested == "yes" and self.shows_handshake and not around.elided:
            # CERT verify, which would tell a real one, comes before Finished: a log may end in between.
            if answer and (around.ended or self._message("out", HandshakeType.FINISHED) or around.request_line):
                return "no", answer.line
            # Who is asked always answers, with an empty list at least (RFC 8446, 4.4.2): else lines were left out.
            unseen = around.request_line is not None and self._message("out", HandshakeType.FINISHED) is None
            unseen = unseen or not any(message.direction == "out" for message in self.messages)
            if not answer and not unseen and (around.ended or self._complained(around)):
                return "no", None
        if self.nss:
            return self._sent_by_nss()
        if around.page == "certificate-error":
            return "yes", around.page_line
        return "unknown", None

    def _sent_by_nss(self) -> tuple[Tri, int | None]:
        """NSS names the certificate that it picked; under TLS 1.3 it may still be unable to sign with it."""
        note = self.nss[0]
        if note.value in ("asked-none", "not-found"):
            return "no", note.line
        if self.done and self.version and self.version.value != "TLSv1.3":
            return "yes", note.line
        return "unknown", None

    def _begun(self, around: Around) -> bool:
        """Whether a handshake took place at all: a local file that cannot be read stops curl before it."""
        if self.messages or self.alerts or self.done or around.request_line:
            return True
        return not any(kind in LOCAL_FILES for kind, _ in around.complaints)

    def _is_before_13(self) -> bool:
        """NSS judges the server's certificate before it looks for the client's, and TLS 1.3 would have named 116."""
        return self.version is None or self.version.value != "TLSv1.3"

    def _received(self) -> int | None:
        """Number of the last message of the peer's."""
        return next((message.number for message in reversed(self.messages) if message.direction == "in"), None)

    def _complained(self, around: Around) -> bool:
        return bool(around.complaints) or bool(self.alerts)

    # --- the peer's certificate ---------------------------------------------------------------------------------------

    def _verdict(self, around: Around) -> tuple[Verdict, int | None, events.ComplaintKind | None]:
        """What became of the peer's certificate, the line that shows it, and why."""
        refused_by_peer = any(alert.direction == "in" and alert.fatal for alert in self.alerts)
        for kind, line in around.complaints:
            # `SSL certificate verification failed` without a reason is also what a received alert 45 becomes.
            if is_about_certificate(kind) and not (kind == "certificate-rejected" and refused_by_peer):
                return "rejected", line, kind
        for alert in self.alerts:
            refuses = alert.description in _PEER_REFUSED or (
                # A signature in the chain does not fit: later this alert would be about others (RFC 8446, 6.2).
                alert.description in (AlertDescription.DECRYPT_ERROR, UNTOLD_ALERT)
                and self._received() == HandshakeType.CERTIFICATE
            )
            if alert.direction == "out" and alert.fatal and refuses:
                return "rejected", alert.line, None
        if self.verified:
            if self.verified.value.result == "ok" and not around.insecure:
                return "accepted", self.verified.line, None
            return "unverified", self.verified.line, self.verified.value.reason or self.fault
        # Only with -k does curl go on where it says that the name does not fit.
        misnamed = any(block.matched is not None and not block.matched.value for block in self.blocks[-1:])
        insecure = around.insecure or self.disabled is not None or misnamed
        judged: Verdict = "unverified" if insecure else "accepted"
        # 7.29 goes on behind a handshake that failed, with SSLv3 (lib/nss.c, nss_do_connect).
        unseen = any(kind in _BEFORE_CERTIFICATES for kind, _ in around.complaints) or any(
            alert.direction == "in" and alert.description in _ABOUT_THE_OFFER for alert in self.alerts
        )
        if around.request_line and not unseen:
            return judged, self.disabled or around.request_line, None
        if self.done:
            decided = around.ended and not around.elided
            return (judged, self.disabled or self.done, None) if decided else ("unknown", None, None)
        exchanged = self._message("out", HandshakeType.CLIENT_KEY_EXCHANGE)
        answered = exchanged or self._message("out", HandshakeType.FINISHED)
        if answered:  # OpenSSL judges the peer's Certificate before it answers with its own flight
            return judged, answered.line, None
        if self.nss and self._is_before_13():
            return judged, self.nss[0].line, None
        # curl has GnuTLS judge behind the handshake (`Curl_gtls_verifyserver`), all others do it within.
        silent = not self.shows_handshake and self.backend != "GnuTLS"
        if silent and not unseen and self._begun(around):
            return "unknown", None, None
        begun = self.offered or self.trust or around.complaints
        if not self._greeted() and (self.messages or not begun):
            return "unknown", None, None  # the log begins later than the handshake
        stopped = any(alert.direction == "out" and alert.fatal for alert in self.alerts)
        if stopped and self._message("in", HandshakeType.CERTIFICATE):
            return "unknown", None, None  # what curl did not like may be the certificate
        if around.elided:
            return "unknown", None, None  # it may have come where lines were taken out
        if around.ended or around.complaints or self.alerts:
            return "none", None, None
        return "unknown", None, None
