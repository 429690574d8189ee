"""The server's certificate is broken.

## What it means

curl could not read the certificate that the server showed, or its signature does not fit. Such a certificate proves
nothing, so curl broke off before any request was sent.

## How curlx knows

curl says so: `certificate signature failure`, or that the certificate cannot be parsed or has a bad encoding.

## What to do

Look at the chain that the server sends. A wrong order, a file that was cut or mixed up, or an intermediate of the same
name with another key are the usual reasons.

## When it is something else

* A library that does not know the algorithm of the signature may report it in the same words: try another curl build.
* Something on the way that rewrites certificates can break them; look at the issuer.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import show_chain
from curlx.diagnoses.tls_failures import refusals
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="server-certificate-malformed",
    title="The server's certificate cannot be read, or its signature is wrong",
    explains=("network-", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that curl broke off because a certificate of the server is broken."""
    for failure in refusals(timeline, "certificate-malformed"):
        host = failure.host
        yield DIAGNOSIS.found(
            "certain",
            f"curl could not make sense of a certificate that {host} showed, or its signature is wrong. No request "
            "was sent.",
            (
                *failure.evidence(timeline, "curl says what is wrong with the certificate"),
                *failure.certificate_evidence(timeline, "subject", "issuer"),
            ),
            transfer=failure.index,
            causes=(
                "The server's certificate file is damaged or mixed up with another one.",
                "The intermediate that is sent has the right name and the wrong key.",
                "curl's TLS library does not support the algorithm of the certificate.",
            ),
            remedies=(
                Remedy(
                    "server",
                    "Check the chain that is sent, certificate by certificate, and install it anew",
                    (),
                    (show_chain(failure.endpoint),),
                ),
            ),
        )
