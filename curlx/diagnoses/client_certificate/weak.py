"""The client certificate is too weak for the local security level.

## What it means

The TLS library on the client refuses to use the client certificate: its key is too short, or it is signed with a
digest that is no longer safe (SHA-1, MD5). Recent systems raise the level that OpenSSL insists on (`SECLEVEL`), so a
certificate that worked on an older system stops working after an upgrade. The server has not seen it.

## How curlx knows

curl says so while it loads its own certificate: `ee key too small`, `ca md too weak`.

## What to do

Request a new certificate with an RSA key of 2048 bits or more (or an elliptic curve) and SHA-256. Until it is there,
a lower level for this one request is a stopgap.

## When it is something else

The same words about the server's certificate: `server-certificate-weak`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import quote
from curlx.diagnoses.client_certificate.files import troubles, unusable
from curlx.diagnoses.client_certificate.remedies import again
from curlx.findings import Diagnosis, Finding
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="client-certificate-weak",
    title="The client certificate is too weak for this system",
    explains=("http-", "network-", "tls-", "curl-", "client-certificate-not-loaded", "server-certificate-weak"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find client certificates that the local TLS library finds too weak."""
    for trouble in troubles(timeline, "client-certificate-weak"):
        name = quote(trouble.certificate or "client.pem")
        yield unusable(
            DIAGNOSIS,
            timeline,
            trouble,
            "The TLS library on this machine refuses the client's own certificate as too weak: its key is too short "
            "or its signature uses an outdated digest.",
            "Request a stronger certificate",
            (
                "The first command shows the key's size and the signature's digest: RSA 2048 bits or more and SHA-256 "
                "pass.",
                "As a stopgap, the second one lowers the level for one request (OpenSSL builds only).",
            ),
            (f"openssl x509 -in {name} -noout -text", again(trouble.side, " --ciphers DEFAULT@SECLEVEL=1")),
            (),
        )
