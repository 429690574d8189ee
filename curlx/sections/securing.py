"""The steps that make a connection safe: the handshake and the certificates of both sides."""

from __future__ import annotations

from collections.abc import Iterator

from curlx.sections.section import Detail, Section, Status
from curlx.timeline import Certificate, Exchange, Tls


def securing(tls: Tls, carried: list[Exchange], peer: str) -> Iterator[Section]:
    """Tell of a handshake and of both certificates; `peer` is appended where it is not the origin."""
    begun = min((exchange.first_line for exchange in carried if exchange.first_line > tls.first_line), default=None)
    last = tls.last_line if begun is None else max(tls.first_line, min(tls.last_line, begun - 1))
    yield _handshake(tls, last, peer)
    if tls.certificate is not None or tls.verdict in ("accepted", "rejected", "unverified"):
        yield _server_certificate(tls, last, peer)
    step = _client_certificate(tls, last, peer)
    if step is not None:
        yield step


def _handshake(tls: Tls, last: int, peer: str) -> Section:
    version = tls.version.value.replace("v", " ") if tls.version is not None else "TLS"
    cipher = f", {tls.cipher.value}" if tls.cipher is not None else ""
    done = tls.completed.value if tls.completed is not None else None
    status: Status = "unknown" if done is None else "ok" if done else "problem"
    title = f"{version}{peer}{cipher}" if done or cipher else f"{version} handshake{peer}"
    if done is False:
        title += " failed"
    elif done is None and not cipher:
        title += ": the log does not show how it ended"
    details = []
    if tls.alpn is not None:
        details.append(Detail("protocol agreed on (ALPN)", tls.alpn.value, tls.alpn.line))
    details.extend(
        Detail("alert from the peer" if alert.direction == "in" else "alert sent by curl", alert.name, alert.line)
        for alert in tls.alerts
        if alert.fatal
    )
    if tls.resumed is not None:
        details.append(Detail("session", "resumed: certificates are not exchanged again", tls.resumed))
    return Section("tls", tls.first_line, last, title, status, details=tuple(details))


def _server_certificate(tls: Tls, last: int, peer: str) -> Section:
    statuses: dict[str, Status] = {"accepted": "ok", "rejected": "problem", "unverified": "note"}
    words = {"rejected": ", refused by curl", "unverified": ", not verified"}
    certificate = tls.certificate
    whose = "Certificate of the proxy" if peer else "Server certificate"
    line = tls.verdict_line or last
    first, end = (line, line) if certificate is None else (certificate.first_line, certificate.last_line)
    title = whose + (_described(certificate) if certificate else "") + words.get(tls.verdict, "")
    if certificate is None and tls.verdict == "accepted":
        title += ": no complaint about it"
    details = _certificate_details(certificate) if certificate else []
    if tls.verdict_reason is not None and tls.verdict_line is not None:
        details.append(Detail("reason", tls.verdict_reason.replace("-", " "), tls.verdict_line))
        if tls.verdict == "rejected":
            first, end = min(first, tls.verdict_line), max(end, tls.verdict_line)
    return Section("server-certificate", first, end, title, statuses.get(tls.verdict, "unknown"),
                   details=tuple(details))  # fmt: skip


def _described(certificate: Certificate) -> str:
    name = _common_name(certificate.subject.value) if certificate.subject is not None else ""
    if not name and certificate.names:
        name = certificate.names[0].value
    start = _day(certificate.not_before.value) if certificate.not_before is not None else ""
    end = _day(certificate.not_after.value) if certificate.not_after is not None else ""
    dates = f", valid {start} to {end}" if start and end else f", valid until {end}" if end else ""
    return f" {name}{dates}" if name else dates


def _certificate_details(certificate: Certificate) -> list[Detail]:
    facts = (("subject", certificate.subject), ("issuer", certificate.issuer), ("valid from", certificate.not_before),
             ("valid until", certificate.not_after))  # fmt: skip
    details = [Detail(label, fact.value, fact.line) for label, fact in facts if fact is not None]
    if certificate.matched is not None:
        value = "matches the host" if certificate.matched.value else "does not match the host"
        details.append(Detail("name", value, certificate.matched.line))
    return details


def _common_name(subject: str) -> str:
    """Return the `CN=...` of a distinguished name, or the whole name where it has none."""
    for separator in ("; ", ", ", ","):
        for part in subject.split(separator):
            if part.strip().upper().startswith("CN="):
                return part.strip()
    return subject


def _day(text: str) -> str:
    """Return the date of `Jan 21 04:01:41 2026 GMT` without its time; any other spelling as it is."""
    words = text.split()
    if len(words) == 5 and words[2].count(":") == 2 and words[4] == "GMT":
        return f"{words[0]} {words[1]} {words[3]}"
    return text


def _client_certificate(tls: Tls, last: int, peer: str) -> Section | None:
    """Tell of the client certificate where there is something to tell: a server that never asks is ordinary."""
    client = tls.client_certificate
    if client.requested != "yes" and client.sent == "unknown" and client.configured is None:
        return None
    if client.requested == "no" and client.sent != "yes" and client.configured is None:
        return None
    asked = {"yes": "asked for", "no": "not asked for", "unknown": ""}[client.requested]
    sent = {"yes": "sent", "no": "none sent", "unknown": "the log cannot say whether one was sent"}[client.sent]
    if client.requested == "no" and client.sent != "yes":
        sent = "one was configured"
    elif client.sent == "no" and client.sent_line is None and tls.verdict == "rejected":
        sent = "curl broke off before it was its turn to send one"
    words = ", ".join(word for word in (asked, sent) if word)
    lines = [line for line in (client.requested_line, client.sent_line) if line is not None]
    # A page or an alert can tell afterwards what the handshake did: then the proof is there, and only there.
    place = [line for line in lines if line <= last] or lines or [last]
    details = []
    if client.requested_line is not None:
        details.append(Detail("asked for", client.requested, client.requested_line))
    if client.sent_line is not None:
        details.append(Detail("sent", client.sent, client.sent_line))
    if client.configured is not None:
        details.append(Detail("configured", client.configured.value, client.configured.line))
    # Neither the asking nor the withholding is wrong in itself: only a verdict can make a problem of it.
    status: Status = "ok" if client.sent == "yes" else "unknown" if client.sent == "unknown" else "note"
    return Section("client-certificate", min(place), max(place), f"Client certificate{peer}: {words}", status,
                   details=tuple(details))  # fmt: skip
