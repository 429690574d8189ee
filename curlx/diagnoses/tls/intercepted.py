"""Something on the way decrypts TLS.

## What it means

Companies, schools and antivirus programs often read encrypted traffic: a gateway ends TLS in the server's place,
shows a certificate that it made itself, and speaks TLS anew to the real server. That works unnoticed while the client
trusts the gateway's CA (the authority that signs those certificates). It cannot work with client certificates: the
private key never leaves the client, so the gateway has nothing to show when the server asks.

## How curlx knows

The issuer of the server's certificate names a known product or speaks of inspection, or an answer that travelled within
TLS bears a gateway's header or is its own page. A name is a hint, not a proof: certainty is `likely` at most. Without a
failure that interception explains this is only a note, because the same words may stand in the name of a private CA.

## What to do

Have the gateway leave this one host alone (bypass, do not decrypt, splice, tunnel). For mutual TLS there is hardly
another way. Where only trust is missing, give curl the CA of the gateway with `--cacert`. `-k` would accept anybody.

## When it is something else

* A reverse proxy or CDN in front of the server also adds `Via`, and it belongs to the server's side.
* A private CA whose name has a word such as "gateway" in it.
* To decide: compare the issuer from within and from outside the network, with the command below.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from curlx.advice import git
from curlx.advice.commands import CLIENT_CERTIFICATE, Endpoint, curl, endpoint_of
from curlx.advice.gateways import gateway_remedies
from curlx.advice.openssl import show_leaf
from curlx.advice.sightings import Sighting, gateways_seen
from curlx.events import NGINX_PAGES, ComplaintKind
from curlx.findings import Certainty, Diagnosis, Evidence, Finding, Remedy, Severity, cite
from curlx.timeline import Connection, Timeline, Transfer
from curlx.tls_numbers import HandshakeType

DIAGNOSIS = Diagnosis(
    code="tls-intercepted",
    title="Something on the way decrypts TLS",
    explains=(
        "client-certificate-missing", "client-certificate-not-requested", "client-certificate-rejected",
        "server-certificate-untrusted", "server-certificate-self-signed", "server-certificate-pin-mismatch",
        "server-certificate-revocation-unchecked", "http-", "network-response-timeout", "network-empty-reply",
        "network-reset", "curl-error",
    ),
)  # fmt: skip

_UNTRUSTED: tuple[ComplaintKind, ...] = (
    "certificate-untrusted", "certificate-self-signed-in-chain", "certificate-rejected", "certificate-pin-mismatch",
    "certificate-revocation-unchecked",
)  # fmt: skip
_CLIENT_CERTIFICATE_PAGES = (*NGINX_PAGES, "client-certificate-required")


class _Symptom(NamedTuple):
    """A failure that interception explains. `sure` is False when it also happens every day without any gateway."""

    line: int
    shows: str
    sentence: str
    sure: bool = True
    passed_on: bool = False
    """The server's own words came through: it got no client certificate."""


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers in which a gateway shows itself: an error where it explains the failure, otherwise a note."""
    for index, transfer in enumerate(timeline.transfers):
        seen = gateways_seen(transfer)
        if not seen:
            continue
        connection = transfer.connections[seen[0].connection]
        asked = connection.tls.message("in", HandshakeType.CERTIFICATE_REQUEST) if connection.tls else None
        symptom = None if asked is not None else _symptom(transfer, connection, seen)
        certainty = _certainty(seen, symptom)
        severity: Severity = "note"
        if symptom is not None:
            severity = "error" if certainty == "likely" and symptom.sure else "warning"
        finding = DIAGNOSIS.found(
            "possible" if symptom is not None and not symptom.sure else certainty,
            _summary(endpoint_of(transfer, connection), seen, symptom),
            _evidence(timeline, connection, seen, symptom),
            transfer=index,
            causes=_causes(connection, seen, symptom),
            remedies=_remedies(transfer, connection, seen, symptom),
        )
        yield msgspec.structs.replace(finding, severity=severity)


def _certainty(seen: tuple[Sighting, ...], symptom: _Symptom | None) -> Certainty:
    """Weigh the signs: a plain name or a gateway's own page, or two weaker signs of different kinds."""
    if any(sighting.sure and sighting.sign != "answer" for sighting in seen):
        return "likely"
    if symptom is not None and symptom.passed_on and any(sighting.sign == "answer" for sighting in seen):
        return "likely"  # the server wrote the page, and something read it in the clear before curl did
    return "likely" if len({sighting.sign for sighting in seen}) > 1 else "possible"


def _symptom(transfer: Transfer, connection: Connection, seen: tuple[Sighting, ...]) -> _Symptom | None:
    refused = transfer.complaint(*_UNTRUSTED)
    if refused is not None:
        return _Symptom(refused.line, "curl refuses the certificate", "curl does not trust the CA that issued it")
    exchange = transfer.last_exchange
    response = exchange.response if exchange is not None else None
    configured = connection.tls.client_certificate.configured if connection.tls else None
    if response is not None and response.refuses:
        page = response.body.mark(*_CLIENT_CERTIFICATE_PAGES)
        if page is not None:
            return _Symptom(
                page.line,
                "the server misses the client certificate",
                "the server got no client certificate, and whatever decrypts on the way could not have passed one on",
                passed_on=True,
            )
        own = response.body.mark("gateway-block", "squid-error")
        if own is not None:
            return _Symptom(own.line, "the gateway's own page", "the answer comes from the gateway, not the server")
        if response.status in (401, 403) and configured is not None:
            return _Symptom(
                response.first_line,
                "refused, although a client certificate was configured",
                "a client certificate was configured, and a gateway that decrypts cannot pass it on",
            )
        if response.status in (502, 503, 504) and any(sighting.sign == "answer" for sighting in seen):
            return _Symptom(
                response.first_line,
                "an answer for a server that could not be reached",
                "the gateway seems to have failed with the real server",
                sure=False,
            )
        return None
    silent = transfer.complaint("timeout", "empty-reply", "reset", "receive-failed", "transfer-interrupted")
    if response is None and silent is not None and silent.phase in ("request", "response"):
        return _Symptom(
            silent.line,
            "no answer came",
            "where a server wants a client certificate, a gateway that has none may leave the request unanswered",
            sure=configured is not None,
        )
    return None


def _summary(endpoint: Endpoint, seen: tuple[Sighting, ...], symptom: _Symptom | None) -> str:
    first = seen[0]
    if first.sign == "answer":
        opening = (f"An answer of {endpoint.host} that travelled within TLS went through {first.gateway.name} in the "
                   "clear: something decrypts on the way, at the client's end or at the server's.")  # fmt: skip
    else:
        opening = f"TLS to {endpoint.host} seems to be decrypted on the way: {first.reason}."
    if symptom is None:
        return opening + " Nothing in this log failed because of it."
    return f"{opening} That {'explains' if symptom.sure else 'may explain'} the failure: {symptom.sentence}."


def _evidence(
    timeline: Timeline, connection: Connection, seen: tuple[Sighting, ...], symptom: _Symptom | None
) -> Iterator[Evidence]:
    lines = set()
    for sighting in seen:
        if sighting.line not in lines:
            lines.add(sighting.line)
            yield cite(timeline, sighting.line, sighting.reason)
    if symptom is not None and symptom.line not in lines:
        yield cite(timeline, symptom.line, symptom.shows)
    tls = connection.tls
    if tls is None:
        return
    if tls.certificate is not None and tls.certificate.subject is not None:
        yield cite(timeline, tls.certificate.subject.line, "whom the certificate claims to be for")
    if tls.client_certificate.configured is not None:
        yield cite(timeline, tls.client_certificate.configured.line, "a client certificate was configured")
    hello = tls.server_hello
    if hello is not None and tls.client_certificate.requested == "no":
        yield cite(timeline, hello.line, "from here on the handshake asks for no client certificate")
    if tls.alpn_refused is not None:
        yield cite(timeline, tls.alpn_refused, "no HTTP/2: gateways often speak HTTP/1.1 only")


def _causes(connection: Connection, seen: tuple[Sighting, ...], symptom: _Symptom | None) -> Iterator[str]:
    kinds = {sighting.gateway.kind for sighting in seen}
    if "gateway" in kinds:
        yield "A secure web gateway of the client's organization decrypts traffic to this host."
    if "antivirus" in kinds:
        yield "An antivirus program on the client scans encrypted traffic."
    if "debugging proxy" in kinds:
        yield "A debugging proxy on the client is still switched on."
    if all(sighting.sign == "answer" for sighting in seen):
        yield "Or a reverse proxy on the server's side, which is meant to decrypt."
    else:
        yield "Or a private CA whose name only sounds like one."
    if symptom is not None and symptom.passed_on and not _has_certificate(connection):
        yield "Or curl was given no client certificate (`--cert`): the log shows none, and the server wants one."


def _has_certificate(connection: Connection) -> bool:
    return connection.tls is not None and connection.tls.client_certificate.configured is not None


def _remedies(
    transfer: Transfer, connection: Connection, seen: tuple[Sighting, ...], symptom: _Symptom | None
) -> tuple[Remedy, ...]:
    endpoint = endpoint_of(transfer, connection)
    compare = Remedy(
        "client",
        "To be sure, compare the issuer from here and from another network",
        ("Different issuers for the same host mean that one of the two networks decrypts.",),
        (show_leaf(endpoint, "openssl x509 -noout -subject -issuer"),),
    )
    gateways = gateway_remedies(endpoint.host, tuple(sighting.gateway for sighting in seen))
    if symptom is None:
        return (compare, *gateways)
    if symptom.passed_on and not transfer.git:
        own = () if endpoint.way.value("--cert") else [word for option in CLIENT_CERTIFICATE for word in option]
        call = Remedy(
            "client",
            "Once this host is left alone, call it with your client certificate",
            ("Without one the server refuses the call then, too.",),
            (curl(endpoint, *own),),
        )
        return (*gateways, call, compare)
    if transfer.complaint(*_UNTRUSTED) is None:
        return (*gateways, compare)
    trust = Remedy(
        "client",
        "If the gateway is meant to decrypt this host, give curl the gateway's CA",
        ("Get the CA certificate from those who run the gateway. Do not use -k instead: it accepts any certificate.",),
        (
            git.with_authority(endpoint, "gateway-ca.pem")
            if transfer.git
            else curl(endpoint, "--cacert", "gateway-ca.pem"),
        ),
    )
    return (compare, trust, *gateways)
