"""What every explanation of this family says: the server's certificate is not it, and what the handshake shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from curlx.advice.sightings import gateways_seen
from curlx.diagnoses.client_certificate.shared.sides import Side
from curlx.findings import Evidence, cite
from curlx.timeline import Certificate, Timeline, Tls
from curlx.tls_numbers import ALERT_NAMES

_SILENT = ("GnuTLS", "wolfSSL", "mbedTLS", "Schannel", "NSS", "rustls", "Secure Transport")
"""TLS libraries with which curl prints no handshake messages; measured on builds 7.29 to 8.22, the last two read in
curl's sources (`lib/vtls/`)."""

UNNAMED_ALERT = "an alert from the server, which this build of curl does not name"


class Testimony(NamedTuple):
    """Sentences and the lines that carry them."""

    text: str
    evidence: tuple[Evidence, ...] = ()


def told(
    timeline: Timeline, side: Side, verdict: str, proof: Iterable[Evidence], *, arrived: int | None = None
) -> Testimony:
    """Put an explanation together: the verdict and its lines, both sides' certificates, the handshake.

    `arrived` is the line in which the server says that a client certificate came.
    """
    parts = (own_certificate(timeline, side), server_certificate(timeline, side), handshake(timeline, side, arrived))
    quoted: dict[int, Evidence] = {}
    for item in (*proof, *(item for part in parts for item in part.evidence)):
        quoted.setdefault(item.line, item)  # the first mention of a line is the strongest
    text = "\n".join(part for part in (verdict, *(part.text for part in parts)) if part)
    return Testimony(text, tuple(quoted.values()))


def alert_from_server(timeline: Timeline, number: int, line: int) -> str:
    """Name an alert in words. With OpenSSL curl prints level and number as one: 628 is 2 * 256 + 116."""
    name = ALERT_NAMES.get(number, "")
    printed = 2 * 256 + number
    shown = f"; curl prints it as {printed}" if f"({printed})" in timeline.text_of(line) else ""
    return f"the server's alert{f' {name}' if name else ''} ({number}{shown})"


def own_certificate(timeline: Timeline, side: Side) -> Testimony:
    """Tell of the client's own certificate, where the log shows it: NSS prints what it found."""
    own = side.tls.client_certificate.certificate if side.tls else None
    if own is None or own.subject is None:
        return Testimony("")
    evidence = [cite(timeline, own.subject.line, "the subject of the client certificate")]
    named = f"The log names the client certificate: {own.subject.value}"
    if own.issuer:
        named += f", issued by {own.issuer.value}"
        evidence.append(cite(timeline, own.issuer.line, "the issuer of the client certificate"))
    validity = _validity(timeline, own, "client's")
    return Testimony(f"{named}. {validity.text}".rstrip(), (*evidence, *validity.evidence))


def server_certificate(timeline: Timeline, side: Side) -> Testimony:
    """Say why the certificate that the log shows, the server's, is not what was refused."""
    tls = side.tls
    if tls is None:
        return Testimony("")
    whose = "proxy's" if side.is_proxy else "server's"
    certificate = tls.certificate
    evidence: list[Evidence] = []
    shown = ""
    if certificate:
        name = certificate.subject.value if certificate.subject else ""
        named = f" ({name})" if name else ""
        which = "other certificate" if tls.client_certificate.certificate else "certificate"
        if _from_a_gateway(side):
            whose = "gateway's"
            shown = f"The {which} in the log{named} is not the client's: a gateway shows it for the server. "
        else:
            shown = f"The {which} that the log shows{named} is the {whose} own, not the client's. "
        if certificate.subject:
            evidence.append(cite(timeline, certificate.subject.line, f"the subject of the {whose} certificate"))
        validity = _validity(timeline, certificate, whose)
        shown += validity.text
        evidence.extend(validity.evidence)
    accepted = _accepted(timeline, side, whose)
    return Testimony(shown + accepted.text, (*evidence, *accepted.evidence))


def _from_a_gateway(side: Side) -> bool:
    """Whether the certificate on this connection points at a gateway that decrypts."""
    certificate = side.tls.certificate if side.tls else None
    if side.is_proxy or certificate is None or certificate.issuer is None:
        return False
    line = certificate.issuer.line
    return any(sighting.sure and sighting.line == line for sighting in gateways_seen(side.transfer))


def _accepted(timeline: Timeline, side: Side, whose: str) -> Testimony:
    """Say what curl made of the server's certificate."""
    tls = side.tls
    if tls is None:
        return Testimony("")
    line = tls.verdict_line
    request = side.request
    which = "it" if tls.certificate else f"the {whose} certificate (the log does not print it)"
    if tls.verdict == "accepted":
        shows = f"curl accepted the {whose} certificate"
        done = ""
        if request and (line is None or line >= request.first_line):
            line, done = request.first_line, "sent a request"
        elif line == side.request_line():
            done = "went on to the client's certificate"  # NSS judges the server's before it looks for the client's
        elif any(message.line == line for message in tls.messages):
            done = "went on with the handshake"
        if done:
            evidence = (
                (cite(timeline, line, f"curl {done}, so it had accepted the {whose} certificate"),) if line else ()
            )
            return Testimony(f"curl accepted {which}: it {done}, which it does only after that (or under -k, of which "
                             "this log has no sign). So that certificate is not the problem.", evidence)  # fmt: skip
        evidence = (cite(timeline, line, shows),) if line else ()
        where = f", as line {line} shows" if line else ""
        return Testimony(f"curl accepted {which}{where}. So that certificate is not the problem.", evidence)
    if tls.verdict == "unverified":
        evidence = (cite(timeline, line, f"the {whose} certificate was not verified"),) if line else ()
        return Testimony(
            f"curl did not insist on verifying the {whose} certificate (-k), so the log does not say whether it is "
            "trusted; but the refusal came from the other side, and is not about it.",
            evidence,
        )
    if tls.verdict == "rejected":
        return Testimony("")
    if side.transfer.insecure is not None and not side.is_proxy:
        return Testimony(f"curl was told not to check the {whose} certificate (-k).")
    return Testimony(f"curl did not complain about the {whose} certificate.")


def _validity(timeline: Timeline, certificate: Certificate, whose: str) -> Testimony:
    """Say from when to when a certificate is valid, judged by the log's own date and no other."""
    start, end = certificate.not_before, certificate.not_after
    if end is None:
        return Testimony("")
    until = cite(timeline, end.line, f"the {whose} certificate is valid to this date")
    if start is None:
        return Testimony(f"It is valid to {end.value}. ", (until,))
    span = f"It is valid from {start.value} to {end.value}"
    evidence = (cite(timeline, start.line, f"the {whose} certificate is valid from this date"), until)
    first, last = certificate.not_before_at, certificate.not_after_at
    if timeline.clock is None or first is None or last is None:
        return Testimony(f"{span}; the log has no date of its own to judge that by. ", evidence)
    date = cite(timeline, timeline.clock.line, "the date in the log, by which the validity is judged")
    if first <= timeline.clock.value <= last:
        return Testimony(f"{span}, and the log's own date lies between the two. ", (*evidence, date))
    harmless = "" if certificate.party == "client" else ": worth a look, but not what was refused here"
    return Testimony(f"{span}, and the log's own date is outside of that{harmless}. ", (*evidence, date))


def handshake(timeline: Timeline, side: Side, arrived: int | None = None) -> Testimony:
    """Say what the log shows, and what it cannot show, of the request for a certificate and the answer."""
    if side.unencrypted:
        return Testimony("The request went out over plain http: without TLS no certificate can be sent.")
    if side.without_tls:
        return Testimony("The log has no line of TLS: such lines were cut out, or no TLS was spoken, and without it no "
                         "certificate can be sent.")  # fmt: skip
    if side.tls is None:
        return Testimony("The log shows no TLS handshake: what was asked for and what was sent cannot be seen in it.")
    if side.asked == "unknown" and (arrived or side.sent == "yes"):
        line = arrived or side.tls.client_certificate.sent_line
        return Testimony(f"{_gap(timeline, side)} That a client certificate was sent is known from line {line} alone.")
    if side.asked == "unknown" and side.sent == "unknown":
        return Testimony(
            f"{_gap(timeline, side)} So it cannot show whether the server asked for a client certificate, and what was "
            "answered: both are unknown, which is not the same as no."
        )
    if side.asked == "no":
        return Testimony(
            "The handshake is in the log, and in it the server never asked for a client certificate (there is no "
            "Certificate Request (13) from the server), so curl had no occasion to send one."
            if not side.silent
            else "The server did not ask for a client certificate in the handshake; this build of curl says when one "
            "does."
        )
    return _question_and_answer(timeline, side, side.tls)


def _question_and_answer(timeline: Timeline, side: Side, tls: Tls) -> Testimony:
    """Say what was answered to the server's request, where at least one of the two is known."""
    asked, empty, proof = side.request_line(), side.empty_line(), tls.client_certificate.sent_line
    shows = "the server asked for a client certificate"
    if tls.backend == "NSS" and side.sent == "no":
        own = tls.client_certificate.certificate is not None
        shows += ", and NSS names one, but sent none" if own else ", and NSS had none to send"
    evidence = [cite(timeline, asked, shows)] if asked else []
    late = " only after the request had been sent" if tls.client_certificate.late else ""
    question = f"The server asked for a client certificate{late} (line {asked}). " if asked else ""
    if side.sent == "yes":
        answer = "One was sent."
        if proof is not None and not side.silent:
            evidence.append(cite(timeline, proof, "curl proved that it holds the key: a certificate was really sent"))
            answer = f"curl really sent one: the proof is its own CERT verify (15) on line {proof}."
    elif side.sent == "no" and empty:
        evidence.append(cite(timeline, empty, "curl's answer: a Certificate message with nothing in it"))
        answer = (
            f"curl answered with an empty list: the Certificate (11) message on line {empty} is sent even "
            "when there is nothing to put in it. A real certificate would be followed by curl's own CERT verify (15), "
            "and there is none."
        )
    elif side.sent == "no":
        if proof and proof != asked:
            evidence.append(cite(timeline, proof, "this says that no client certificate was sent"))
        answer = "None was sent." if side.asked == "yes" else _unasked(timeline, side, proof)
    else:
        answer = "Whether one was sent, the log does not show."
    return Testimony(question + answer, tuple(evidence))


def _unasked(timeline: Timeline, side: Side, proof: int | None) -> str:
    """Say that none was sent, where it is unknown whether one was asked for."""
    known = f"Line {proof} says that none was sent. " if proof else ""
    return (
        f"{known}{_gap(timeline, side)} So it cannot show whether the server asked for one in the handshake: that is "
        "unknown, which is not the same as no. (Where a log does show it: curl answers with Certificate (11) even when "
        "it has none, and only a real certificate is followed by its own CERT verify (15).)"
    )


def _gap(timeline: Timeline, side: Side) -> str:
    """Say why the log does not show the handshake."""
    if side.silent:
        return _unseen(side)
    if timeline.elided:
        return "Lines were taken out of this log, and handshake messages may have been among them."
    return "The log does not show enough of the handshake."


def _unseen(side: Side) -> str:
    """Say why there are no handshake messages to read."""
    if side.backend in _SILENT:
        return f"The log shows no handshake messages: a curl built with {side.backend} prints none."
    return "The log shows no handshake messages: many builds of curl print none, or they were cut out."
