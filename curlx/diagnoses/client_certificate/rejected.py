"""A client certificate was sent and refused, and the log does not say why.

## What it means

The client did what it should: it sent a certificate. The server did not accept it, and kept the reason to itself: the
certificate may have expired, come from a CA that the server does not trust, lack an intermediate, be made for another
purpose, be revoked, or belong to somebody who may not come in.

## How curlx knows

* nginx answers `400 The SSL certificate error` (its status 495): a certificate came and failed the check. Its
  `error_log` says why; the page does not.
* nginx answers 400 to a certificate, and its page, which the log lacks, has the length of that one: `likely`.
* An alert from the server about the certificate that names no reason: `certificate unknown` (46; Java servers send it
  for all reasons alike), `bad certificate` (42; Go before 1.21 likewise), `access denied` (49), `decrypt error` (51:
  the signature does not fit the certificate). An alert that means something else (`internal error`, 80) is worth a
  note.
* curl proved that it holds the key (its own `CERT verify (15)`), and the server broke the connection off right after:
  then curlx says `likely`.

## What to do

Read the server's log for the reason. Meanwhile look at the dates, the issuer and the extended key usage of the
certificate.

## When it is something else

* No certificate was sent: `client-certificate-missing`.
* The server names the reason: `client-certificate-expired`, `-untrusted`, `-unsuitable`, `-revoked`.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.advice.openssl import show_chain
from curlx.advice.with_and_without import with_and_without
from curlx.client_files.causes import PURPOSE, VALIDITY
from curlx.diagnoses.client_certificate.shared.answers import answer, lacks_the_page
from curlx.diagnoses.client_certificate.shared.refusals import RECEIVED_OR_SENT, Refusal, perhaps_sent, refused
from curlx.diagnoses.client_certificate.shared.remedies import (
    ACCEPTED_CAS,
    PAIR,
    again,
    look_up,
    pair,
    show_file,
    show_own,
)
from curlx.diagnoses.client_certificate.shared.sides import (
    ABOUT_ELSE,
    Side,
    sides,
    without_rsa_pss,
)
from curlx.diagnoses.client_certificate.shared.testimony import UNNAMED_ALERT, alert_from_server
from curlx.diagnoses.tls.shared.limits import at_most_12
from curlx.findings import Certainty, Diagnosis, Finding, Remedy
from curlx.timeline import Timeline
from curlx.tls_numbers import ALERT_NAMES, AlertDescription, HandshakeType

DIAGNOSIS = Diagnosis(
    code="client-certificate-rejected",
    title="The server refused the client certificate", needs="refusal",
    explains=("http-", "network-", "tls-refused", "tls-closed", "tls-reset", "tls-truncated", "tls-protocol-error",
              "curl-error"),
)  # fmt: skip

_GIVES_A_REASON = (
    AlertDescription.UNSUPPORTED_CERTIFICATE, AlertDescription.CERTIFICATE_REVOKED,
    AlertDescription.CERTIFICATE_EXPIRED, AlertDescription.UNKNOWN_CA,
)  # fmt: skip
"""Alerts that give the reason: other diagnoses."""

_GIVES_NONE = (
    AlertDescription.BAD_CERTIFICATE,
    AlertDescription.CERTIFICATE_UNKNOWN,
    AlertDescription.ACCESS_DENIED,
    AlertDescription.DECRYPT_ERROR,
)
"""Alerts about a certificate that do not."""

_PAGE_OF_NGINX = 203
"""The bytes of `The SSL certificate error` beside what it repeats of the Server header (seen with 1.22;
`ngx_http_error_495_page` in src/http/ngx_http_special_response.c)."""

_CAUSES = (
    "It comes from a CA that the server does not trust, or the intermediate between the two is missing in the file.",
    VALIDITY,
    PURPOSE,
    "It is revoked.",
    "Its chain is longer than the server allows, or the server could not check whether it is revoked (CRL, OCSP).",
)
# RFC 8446, 6.2: access_denied follows a valid certificate; decrypt_error is a signature that cannot be verified.
_OF_ACCESS = (
    "The server's rules do not let the owner of this certificate in: its names are not on a list of those allowed, or "
    "belong to no user.",
    "It is the certificate of another environment, account or service than the one that was let in.",
)
_OF_APPLICATION = (
    "The application does not know this certificate: its subject or fingerprint is not registered there, or is that of "
    "an older one.",
    "Whoever ends TLS in front of the application did not hand the certificate on.",
)
_OF_SIGNATURES = (
    "The private key is not the one of the certificate. curl checks that of two files; of a key in a token, a TPM or a "
    "smart card (PKCS#11) it may not.",
    "What holds the key (token, TPM, smart card) cannot make the signature that was agreed on: for an RSA key TLS 1.3 "
    "takes RSA-PSS only.",
    "The signature on the certificate itself does not fit: the CA that the server has on its list bears the issuer's "
    "name, but has another key (OpenSSL servers send this alert for that too).",
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find client certificates that were refused without a reason in the log."""
    for side in sides(timeline):
        refusal = _by_answer(timeline, side) or _by_length(side) or _by_alert(timeline, side)
        broken = None if refusal else _by_breaking_off(side)
        refusal = refusal or broken
        if refusal is None:
            continue
        causes, own = _advice(refusal)
        if _may_lack_rsa_pss(side):
            causes = (without_rsa_pss(timeline), *causes)
            own = (_under_12(timeline, side), *own)
        unsure = refusal.certainty == "possible"
        compare = (with_and_without(side.endpoint, side.tls),) if unsure else ()
        finding = refused(DIAGNOSIS, timeline, refusal, "", *compare, *own, causes=causes)
        if unsure:
            finding = msgspec.structs.replace(finding, title="The server may have refused the client certificate")
        # A server that went on after the certificate may have stumbled over anything later, and an alert that means
        # something else has its own diagnosis: that is only worth a note.
        aside = (broken and _went_on(side)) or refusal.alert in ABOUT_ELSE
        yield msgspec.structs.replace(finding, severity="note") if aside else finding


def _may_lack_rsa_pss(side: Side) -> bool:
    """Whether NSS names a certificate under TLS 1.3, and the log does not show whether it was sent."""
    if side.tls is None or side.tls.backend != "NSS" or side.tls.client_certificate.certificate is None:
        return False
    return side.sent != "yes" and side.tls.version is not None and side.tls.version.value == "TLSv1.3"


def _under_12(timeline: Timeline, side: Side) -> Remedy:
    return Remedy(
        "client",
        "Ask under TLS 1.2, which has signatures that NSS can make",
        ("If that works, or fails in another way, the certificate itself was not what the server refused.",),
        (again(side, *at_most_12(timeline)),),
    )


def _advice(refusal: Refusal) -> tuple[tuple[str, ...], tuple[Remedy, ...]]:
    """Return what may lie behind a refusal, and what to do about it, by its alert."""
    side = refusal.side
    where = side.host or "the server"
    if refusal.alert == AlertDescription.ACCESS_DENIED:
        client = Remedy(
            "client",
            f"Have the owner of the certificate let in by those who run {where}",
            ("The command prints the names by which a server knows it.",),
            (show_own(side, "-subject", "-issuer", "-serial"),),
        )
        rules = "Look at the rules that say who may come in: this alert is for a certificate that passed the check."
        return _OF_ACCESS, (client, look_up(side, rules))
    if refusal.alert == AlertDescription.DECRYPT_ERROR:
        modern = side.tls is not None and side.tls.version is not None and side.tls.version.value == "TLSv1.3"
        client = Remedy(
            "client",
            "Check that the key belongs to the certificate, and can sign",
            (
                PAIR,
                "If the key is in a token, a TPM or a smart card, try it under TLS 1.2, which has other signatures.",
            ),
            (*pair(side), *((again(side, "--tls-max", "1.2"),) if modern else ())),
        )
        renewed = "If a CA was renewed under its old name, the list must hold the one whose key signed the certificate."
        return _OF_SIGNATURES, (client, look_up(side, renewed))
    if refusal.by_application:
        client = Remedy(
            "client",
            f"Have your certificate registered by those who run {where}",
            ("The command prints the names, the dates and the fingerprint by which an application may know it.",),
            (show_own(side, "-subject", "-issuer", "-dates", "-fingerprint", "-sha256"),),
        )
        server = Remedy(
            "server",
            "Compare the certificate that the application got with those that it knows",
            ("What it got stands in its own log, or in what ends TLS for it (nginx: `$ssl_client_s_dn` and "
             "`$ssl_client_verify`); nothing there means that none was handed on.",),
        )  # fmt: skip
        return (*_OF_APPLICATION, *_CAUSES), (client, server)
    client = Remedy(
        "client",
        "Look at the certificate that was sent" if side.sent == "yes" else "Look at your client certificate",
        (
            "The first command shows its dates, its issuer, and whether it may be used for clients (`SSL client : "
            "Yes`); the second lists what the file holds: the certificate, then its intermediates.",
            ACCEPTED_CAS,
        ),
        (show_own(side, "-subject", "-issuer", "-dates", "-purpose"), show_file(side), show_chain(side.endpoint)),
    )
    return _CAUSES, (client,)


def _by_answer(timeline: Timeline, side: Side) -> Refusal | None:
    found = answer(timeline, side)
    if found is None or side.asked == "no":
        return None  # what was not asked for was not sent: client-certificate-not-requested
    if found.kind == "refused" and found.reason is None:
        if side.sent == "no":
            return None  # client-certificate-missing, whatever the page calls it
        if found.in_passing and side.sent != "yes":
            return None  # it may speak of client certificates in general
        if not found.checked and side.sent != "yes":
            return Refusal(side, "likely", found.line, "the answer says that the client certificate is not accepted",
                           "The server's answer says that it does not accept the client certificate. Whether one was "
                           "really sent, this log does not show: an application may answer like this when none reached "
                           "it.", by_application=not found.known)  # fmt: skip
        certainty: Certainty = "likely" if found.response is None or found.in_passing else "certain"
        if not (found.checked or found.known):
            return Refusal(side, certainty, found.line, "the answer says that the client certificate is not accepted",
                           "A client certificate was sent, and the answer says that it is not accepted.",
                           in_words=True, by_application=True)  # fmt: skip
        return Refusal(side, certainty, found.line, "the server says that the client certificate failed its check",
                       "The server got a client certificate, and it failed the server's check; the page does not say "
                       "why, the server's error log does.", in_words=True)  # fmt: skip
    if found.kind == "required" and side.sent == "yes":
        return Refusal(side, "likely", found.line, "the answer demands a client certificate",
                       "The server answered that it wants a client certificate, although one was sent: whoever ended "
                       "the TLS connection did not accept it, or did not pass it on to the application.",
                       by_application=not found.known)  # fmt: skip
    return None


def _by_length(side: Side) -> Refusal | None:
    """Know nginx's own page by its length, where the log has not its text: it is fixed but for the server's name."""
    response = side.response
    server = response.header("server") if response is not None else None
    length = response.header("content-length") if response is not None else None
    if side.sent != "yes" or response is None or server is None or length is None or not lacks_the_page(response):
        return None
    own = server.value.startswith("nginx") and response.body.announced == _PAGE_OF_NGINX + len(server.value)
    if response.status != 400 or not own:
        return None
    return Refusal(side, "likely", length.line, "as many bytes as nginx's page about a refused client certificate has",
                   "A client certificate was sent, and nginx answered 400 with a page that is not in the log. Its "
                   "length is that of nginx's own page `The SSL certificate error`: then the certificate failed "
                   "nginx's check, and nginx's error log says why.", in_words=True)  # fmt: skip


def _by_alert(timeline: Timeline, side: Side) -> Refusal | None:
    # curl up to 7.58 prints another number than the alert's before the text that has the right one.
    alert = side.alert(*_GIVES_NONE) or side.alert()
    if alert is None or side.answered or side.sent == "no" or side.asked == "no" or side.alert(*_GIVES_A_REASON):
        return None
    number, line = alert
    shows = alert_from_server(timeline, number, line)
    if side.sent == "yes" and number in ABOUT_ELSE:
        return Refusal(side, "possible", line, shows,
                       f"A client certificate was sent, and the server later ended the connection with the TLS alert "
                       f"{ALERT_NAMES[number]}. That alert is about something else, but a server may send it when "
                       "its check of a certificate fails.", alert=number)  # fmt: skip
    shows = f"{shows}, about the client's certificate"
    if side.sent == "yes":
        meanings: dict[int, str] = {
            AlertDescription.BAD_CERTIFICATE: "bad_certificate: it found something wrong with the certificate",
            AlertDescription.CERTIFICATE_UNKNOWN: "certificate_unknown, which Java servers send whatever the reason",
            AlertDescription.ACCESS_DENIED: "access_denied: the certificate was valid, but its owner is not let in",
            AlertDescription.DECRYPT_ERROR: "decrypt_error: the signature does not fit the certificate (another key, "
            "or a signature algorithm that one of them lacks)",
        }
        sure = number in (AlertDescription.BAD_CERTIFICATE, AlertDescription.CERTIFICATE_UNKNOWN)
        what = meanings.get(number, ALERT_NAMES.get(number, f"number {number}"))
        return Refusal(side, "certain" if sure else "likely", line, shows,
                       f"A client certificate was sent, and the server ended the connection with the TLS alert "
                       f"{what}.", alert=number)  # fmt: skip
    if number in _GIVES_NONE and perhaps_sent(side, line):
        shows = f"LibreSSL's words for the alert {ALERT_NAMES.get(number, number)}, received or sent"
        return Refusal(side, "possible", line, shows, "The server refused it, and the alert does not say why.",
                       alert=number, alternative=RECEIVED_OR_SENT)  # fmt: skip
    if number == AlertDescription.CERTIFICATE_UNKNOWN or (
        number == AlertDescription.BAD_CERTIFICATE and side.configured
    ):
        return Refusal(side, "likely", line, shows,
                       "The server ended the connection with a TLS alert about the client's certificate that does not "
                       "give the reason.")  # fmt: skip
    return None


def _by_breaking_off(side: Side) -> Refusal | None:
    broken = side.broken_off()
    if broken is None or side.alert():
        return None
    if side.sent == "yes":
        return Refusal(side, "possible" if _went_on(side) else "likely", broken.line,
                       "the connection broke off after the certificate was sent",
                       "A client certificate was sent, and the server closed the connection without saying why. "
                       "Servers that refuse a certificate often do just that.")  # fmt: skip
    alert = side.unnamed_alert()
    if alert and side.silent and side.configured and side.sent == "unknown" and side.asked != "no":
        return Refusal(side, "possible", alert.line, UNNAMED_ALERT,
                       "The server ended the connection with a TLS alert that this build of curl does not name. A "
                       "client certificate was configured, so it may have been refused; versions and ciphers that do "
                       "not fit look the same in this log. Repeating the request "
                       "with a curl built with OpenSSL tells: its -v names the alert.")  # fmt: skip
    return None


def _went_on(side: Side) -> bool:
    """Whether the server went on with the handshake after it had seen the certificate.

    Under TLS 1.2 it then sends its Finished, under TLS 1.3 its session tickets (RFC 5246, 7.3; RFC 8446, 4.6.1).
    """
    if side.tls is None or side.sent != "yes":
        return False
    proof = side.tls.client_certificate.sent_line or 0
    later = (HandshakeType.FINISHED, HandshakeType.NEW_SESSION_TICKET)
    return any(message.direction == "in" and message.number in later and message.line > proof
               for message in side.tls.messages)  # fmt: skip
