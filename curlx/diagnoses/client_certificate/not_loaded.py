"""curl could not load the client certificate.

## What it means

The file (or the entry of the certificate store) that was given as the client certificate does not exist, cannot be
read, or is not what curl takes it for. curl gave up before it spoke TLS with the server.

## How curlx knows

curl says so: `could not load PEM client certificate from ...`, `unable to use client certificate`, `unable to load
client cert`, `Failed to get certificate location`, `client cert not found in cert store`, `error reading X.509 ...
file`. OpenSSL's reason is often behind it: `No such file or directory`, `Permission denied`, `no start line` (it is not
a PEM file).

## What to do

Check the path from where the program runs, the rights of its user, and the format: PEM is text that begins with
`-----BEGIN CERTIFICATE-----`; for PKCS#12 say `--cert-type P12`, for DER `--cert-type DER`. Windows builds of curl
(Schannel) take a certificate from the store (`CurrentUser\\\\MY\\\\<thumbprint>`) or a PKCS#12 file, not PEM; other
builds take no store paths.

## When it is something else

curl with GnuTLS speaks of the key file also when it is the certificate that is missing; so does curl with wolfSSL,
whose words fit both.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.client_certificate.files import show_certificate, troubles, unusable
from curlx.findings import Diagnosis, Finding
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="client-certificate-not-loaded",
    title="curl could not load the client certificate",
    explains=("http-", "network-", "tls-", "curl-", "client-certificate-missing"),
)

_CAUSES = (
    "The path is wrong from where the program runs, or its user may not read the file.",
    "The file is not in the format that curl expects (PEM unless --cert-type says otherwise).",
    "The value is a store path or a nickname that only another build of curl understands.",
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find certificates that curl could not load."""
    for trouble in troubles(timeline, "client-certificate-not-loaded", "client-certificate-not-found"):
        if trouble.side.exchange and trouble.complaint.kind == "client-certificate-not-found":
            continue  # NSS goes on without one: client-certificate-missing
        name = trouble.certificate
        yield unusable(
            DIAGNOSIS,
            timeline,
            trouble,
            f"curl could not load the client certificate{f' {name}' if name else ''}.",
            "Give curl a certificate that it can read",
            (
                "Check the path (from the directory in which the program runs) and that its user may read the file.",
                "The file must be PEM, text that begins with -----BEGIN CERTIFICATE-----, unless --cert-type says P12 "
                "or DER.",
                "`curl -V` names the TLS library: with Schannel use a store path or a PKCS#12 file, with any other a "
                "file.",
            ),
            (show_certificate(name),),
            _CAUSES,
        )
