"""The server asks for the client certificate too late for this client.

## What it means

Some servers ask for the client certificate not in the handshake but after they have read the request, because only
certain paths need one (Apache's `SSLVerifyClient` in a `<Location>`, IIS by default). TLS 1.2 does that by
renegotiation, TLS 1.3 by post-handshake authentication. Many clients support neither, and HTTP/2 forbids both (RFC
9113, 9.2.1 and 9.2.3).

## How curlx knows

* Apache's page says `Reason: Cannot perform Post-Handshake Authentication.`: the client did not offer it.
* The alert `no_renegotiation` (100): one side wanted to renegotiate and the other would not.
* An alert, or an unexpected TLS packet, after the request and before any answer under TLS 1.2, in a build of curl
  that prints no handshake messages: then curlx says `possible`.

## What to do

Best on the server: ask in the handshake, for the whole host, or give the protected paths a host of their own. On the
client: use HTTP/1.1 and a curl built with OpenSSL 1.1.1 or newer (curl 7.62 or newer), which supports both;
`--tls-max 1.2` is worth a try.

## When it is something else

* The late request was answered, with nothing: `client-certificate-missing`.
* The stream was refused with HTTP_1_1_REQUIRED: `http-requires-http1`, often for this very reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.products import server_remedies, server_seen
from curlx.diagnoses.client_certificate.shared.answers import answer
from curlx.diagnoses.client_certificate.shared.remedies import again, remedies
from curlx.diagnoses.client_certificate.shared.sides import Side, sides
from curlx.diagnoses.client_certificate.shared.testimony import told
from curlx.diagnoses.tls.shared.limits import at_most_12
from curlx.findings import Certainty, Diagnosis, Finding, Remedy, cite
from curlx.timeline import Timeline
from curlx.tls_numbers import AlertDescription

DIAGNOSIS = Diagnosis(
    code="client-certificate-post-handshake",
    title="The server asks for the client certificate too late for this client", needs="refusal",
    explains=("http-", "network-", "tls-refused", "tls-protocol-error", "tls-closed", "tls-reset", "curl-error",
              "client-certificate-missing", "client-certificate-not-requested"),
)  # fmt: skip


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find late requests for a client certificate that the client could not follow."""
    for side in sides(timeline):
        seen = _by_answer(timeline, side) or _by_alert(side)
        if seen is None:
            continue
        certainty, line, shows, text = seen
        proof = [cite(timeline, line, shows)]
        if side.response:
            proof.append(cite(timeline, side.response.first_line, "the status of the server's answer"))
        account = told(timeline, side, text, proof)
        where = f" {side.request.target[:200]}" if side.request else ""
        modern = side.tls is None or side.tls.version is None or side.tls.version.value == "TLSv1.3"
        fallback = ("If that fails, try TLS 1.2 at the most, where the server renegotiates instead.",) if modern else ()
        able = (
            "Under TLS 1.3 a curl built with OpenSSL 1.1.1 or newer can (`curl -V` names the library); builds with "
            "GnuTLS, wolfSSL, NSS or BoringSSL did not."
            if modern
            else "A curl built with OpenSSL can renegotiate (`curl -V` names the library)."
        )
        client = Remedy(
            "client",
            "Use a client that can answer a late request",
            (
                f"{able} It must speak HTTP/1.1, and it needs the certificate all the same.",
                *fallback,
            ),
            (again(side, "--http1.1"), *((again(side, "--http1.1", *at_most_12(timeline)),) if modern else ())),
        )
        server = Remedy(
            "server",
            "Ask for the certificate in the handshake",
            (
                f"The path{where} seems to demand a certificate that the rest of the host does not. Demand it for the "
                "whole virtual host, or move the path to a host of its own.",
            ),
        )
        known = server_seen(side.response)
        products = server_remedies(side.response, side.host, problem="missing") if known else ()
        yield DIAGNOSIS.found(
            certainty,
            account.text,
            account.evidence,
            transfer=side.position,
            remedies=remedies(side, client, server, *products, problem="missing"),
        )


def _by_answer(timeline: Timeline, side: Side) -> tuple[Certainty, int, str, str] | None:
    found = answer(timeline, side)
    if found is None or found.kind != "post-handshake":
        return None
    # Without its head the page may be anybody's: a server writes the same words into its own log.
    sure: Certainty = "certain" if side.response else "likely"
    return (sure, found.line, "the server could not ask for a certificate after the handshake",
            "The server wanted to ask for a client certificate after the handshake, which servers do when only some "
            "of their paths need one, and this client did not offer to be asked then.")  # fmt: skip


def _by_alert(side: Side) -> tuple[Certainty, int, str, str] | None:
    if side.answered or side.is_proxy or side.request is None:
        return None
    refused = side.alert(AlertDescription.NO_RENEGOTIATION) or _sent_no_renegotiation(side)
    if refused:
        return ("likely", refused[1], "the alert no_renegotiation (100)",
                "One side wanted to renegotiate TLS after the request, and the other would not. Servers do that "
                "mostly to ask for a client certificate.")  # fmt: skip
    broken = side.broken_off()
    if broken is None or broken.kind not in ("tls-alert", "tls-error") or not side.silent or side.asked != "unknown":
        return None
    # Under TLS 1.3 an alert at this point is still about the first handshake; under TLS 1.2 that one is over.
    if not side.after_request(broken.line) or side.followed_renegotiation(broken.number):
        return None
    return ("possible", broken.line, "TLS broke off after the request, before any answer",
            "The handshake had succeeded, and TLS broke off only after the request. Under TLS 1.2 that happens when a "
            "server asks for a client certificate late, by renegotiation, and the client does not or cannot follow. "
            "This build of curl does not show more.")  # fmt: skip


def _sent_no_renegotiation(side: Side) -> tuple[int, int] | None:
    for alert in side.tls.alerts if side.tls else ():
        if alert.description == AlertDescription.NO_RENEGOTIATION:
            return alert.description, alert.line
    return None
