"""Refusals of a certificate that was sent: by the server's alert, or by its page when that names the reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from curlx.diagnoses.client_certificate.shared.answers import Reason, answer
from curlx.diagnoses.client_certificate.shared.remedies import remedies
from curlx.diagnoses.client_certificate.shared.sides import Side, sides
from curlx.diagnoses.client_certificate.shared.testimony import alert_from_server, told
from curlx.findings import Certainty, Diagnosis, Finding, Remedy, cite
from curlx.timeline import Timeline
from curlx.tls_numbers import ALERT_NAMES, AlertDescription

_MISLEADING = "SSL certificate verification failed"
"""What curl makes of a received certificate_expired (`grammar/blaming.py`, `no_fault_found`)."""

RECEIVED_OR_SENT = (
    "LibreSSL says this of an alert that comes in and, in some versions, also of the one that it sends when it rejects "
    "the server's certificate in a handshake of TLS 1.3; the log does not show which. If the call had no client "
    "certificate, the server's certificate was rejected: see the `server-certificate-` diagnoses. If it had one:"
)


class Refusal(NamedTuple):
    """One refusal: on which connection, how sure, and the line that shows it."""

    side: Side
    certainty: Certainty
    line: int
    shows: str
    text: str
    in_words: bool = False
    """The server's answer says it; otherwise its alert does, or that it hung up."""
    words: str = ""
    """What the answer says is wrong with the certificate, in small letters."""
    by_application: bool = False
    """An application says it, of what it was handed by whoever ended TLS."""
    alert: int = 0
    """The number of the alert that says it."""
    alternative: str = ""
    """What else the line can mean, said before the verdict."""


def refused_client_certificates(timeline: Timeline, alert: AlertDescription, reason: Reason) -> Iterator[Refusal]:
    """Find refusals by an alert (RFC 8446, 6.2) or by a page that gives this reason in OpenSSL's words."""
    for side in sides(timeline):
        found = answer(timeline, side)
        if found and found.reason == reason and not found.in_passing and side.asked != "no" and side.sent != "no":
            sure = found.known or side.sent == "yes"
            yield Refusal(side, "certain" if sure else "likely", found.line,
                          "the server refuses the client certificate and says why", "Its answer says so in words.",
                          in_words=True, words=found.words)  # fmt: skip
            continue
        received = side.alert(alert)
        if received is None or side.sent == "no" or side.asked == "no":
            continue
        if side.sent != "yes" and perhaps_sent(side, received[1]):
            shows = f"LibreSSL's words for the alert {ALERT_NAMES[alert]} ({alert}), received or sent"
            yield Refusal(side, "possible", received[1], shows, "", alternative=RECEIVED_OR_SENT)
            continue
        shows = f"{alert_from_server(timeline, *received)}, about the client's certificate"
        text = (f"The TLS alert {ALERT_NAMES[alert]} came from the server, so it is about the certificate that "
                "the client sent, not about the server's own.")  # fmt: skip
        yield Refusal(side, "certain" if side.sent == "yes" else "likely", received[1], shows, text)


def perhaps_sent(side: Side, line: int) -> bool:
    """Whether LibreSSL reports an alert in words that it also uses for those that it sends itself.

    It does so in handshakes of TLS 1.3 (always in 3.1, later where it has no better reason), in which an alert about
    the client's certificate comes only when the handshake is over (RFC 8446, 2).
    """
    return any(each.line == line and each.tells("received-or-sent") for each in side.transfer.complaints)


def refused(
    diagnosis: Diagnosis,
    timeline: Timeline,
    refusal: Refusal,
    verdict: str,
    *own: Remedy,
    causes: tuple[str, ...] = (),
) -> Finding:
    """Return the finding for a refusal; `verdict` says in a sentence what was wrong with the certificate."""
    side = refusal.side
    proof = [cite(timeline, refusal.line, refusal.shows)]
    if side.response:
        proof.append(cite(timeline, side.response.first_line, "the status of the server's answer"))
    text = " ".join(part for part in (refusal.alternative, verdict, refusal.text) if part)
    alerts = side.tls.alerts if side.tls else ()
    repeated = (each for each in side.transfer.complaints
                if each.text == _MISLEADING or (alerts and each.kind == "certificate-rejected"))  # fmt: skip
    misleading = next(repeated, None)
    if misleading:
        # curl maps a received certificate_expired to exit 60 (lib/vtls/openssl.c; measured 7.76 to 8.22, OpenSSL 3).
        text += (f" curl's own words on line {misleading.line} sound as if the server's certificate had failed; here "
                 "they only repeat the server's alert.")  # fmt: skip
        shows = "curl's misleading words for the server's alert"
        if misleading.line == refusal.line:  # this build prints no alerts: these words are all there is
            proof[0] = cite(timeline, misleading.line, f"{shows} certificate_expired (45)")
        else:
            proof.append(cite(timeline, misleading.line, shows))
    account = told(timeline, side, text, proof, arrived=refusal.line if refusal.in_words else None)
    return diagnosis.found(
        refusal.certainty,
        account.text,
        account.evidence,
        transfer=side.position,
        title="The server may have refused the client certificate" if refusal.alternative else "",
        causes=causes,
        remedies=remedies(side, *own, problem="rejected", wire=side.sent != "yes" and not refusal.in_words),
    )
