"""The client certificate has been revoked.

## What it means

The CA that issued the client certificate has withdrawn it before its end date: the key was lost, the owner left, or a
newer certificate replaced it. The server looked that up (in a revocation list, or by OCSP) and refused it.

## How curlx knows

The TLS alert `certificate_revoked` (44) came from the server, or its page says in OpenSSL's words that the
certificate is revoked.

## What to do

Get a new certificate with a new key from the CA. If nobody revoked it on purpose, ask the CA for the reason and date.

## When it is something else

curl complaining about the server's certificate: `server-certificate-revoked`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.client_certificate.shared.refusals import refused, refused_client_certificates
from curlx.diagnoses.client_certificate.shared.remedies import look_up, show_own
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline
from curlx.tls_numbers import AlertDescription

DIAGNOSIS = Diagnosis(
    code="client-certificate-revoked",
    title="The server refused the client certificate as revoked", needs="refusal",
    explains=("http-", "network-", "tls-refused", "tls-closed", "tls-reset", "tls-truncated", "tls-protocol-error",
              "curl-error", "client-certificate-rejected"),
)  # fmt: skip


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find client certificates that the server refused as revoked."""
    for refusal in refused_client_certificates(timeline, AlertDescription.CERTIFICATE_REVOKED, "revoked"):
        side = refusal.side
        client = Remedy(
            "client",
            "Get a new client certificate",
            (
                "Perhaps an old file is still in use: compare its serial number with that of the newest certificate.",
                "Otherwise ask the CA why and when it was revoked, and request a new one with a new key.",
            ),
            (show_own(side, "-subject", "-issuer", "-serial"),),
        )
        server = look_up(
            side, "If nobody revoked it on purpose: is the revocation list (CRL) or OCSP answer that of the right CA?"
        )
        verdict = "The server refused the client certificate as revoked."
        yield refused(DIAGNOSIS, timeline, refusal, verdict, client, server)
