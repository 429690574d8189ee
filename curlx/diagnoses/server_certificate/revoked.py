"""The server's certificate has been revoked.

## What it means

The authority that issued the certificate (or one above it) has withdrawn it before its end date, usually because the
key was stolen, the certificate was issued in error, or it was replaced. curl refused it; no request was sent.

## How curlx knows

curl says so, in the words of its TLS library. curl checks revocation only where it is told to (`--crlfile`,
`--cert-status`) or where the system does (Schannel on Windows).

## What to do

The server needs a new certificate. Do not work around it: a revoked certificate may be in the hands of somebody else.

## When it is something else

* `the revocation could not be checked` is not `revoked`: see `server-certificate-revocation-unchecked`.
* `TLS alert, certificate revoked` marked `(IN)` comes from the server and is about the client's certificate.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.tls.shared.failures import refused_certificates
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="server-certificate-revoked",
    title="The server's certificate has been revoked",
    needs="complaint",
    explains=("network-", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that curl broke off because a certificate of the server is revoked."""
    for failure in refused_certificates(timeline, "certificate-revoked"):
        host = failure.host
        yield DIAGNOSIS.found(
            "certain",
            f"The authority has withdrawn the certificate that {host} showed, so curl refused it. No request was sent.",
            (
                *failure.evidence(timeline, "curl says that the certificate is revoked"),
                *failure.certificate_evidence(timeline, "subject", "issuer"),
            ),
            transfer=failure.index,
            causes=(
                "The key was compromised or the certificate was issued in error.",
                "The certificate was replaced, and this server still shows the old one.",
            ),
            remedies=(
                Remedy(
                    "server",
                    f"Install a new certificate, with a new key, on {host}",
                    ("Ask the authority why the old one was revoked.",),
                ),
                Remedy("client", "Do not send secrets to this server until it shows a new certificate"),
            ),
        )
