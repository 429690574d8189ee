"""The server's certificate is broken.

## What it means

curl could not read the certificate that the server showed, or its signature does not fit. Such a certificate proves
nothing, so curl broke off before any request was sent.

## How curlx knows

curl says so: `certificate signature failure`, `Peer's certificate has an invalid signature`, or that the certificate
cannot be parsed or has a bad encoding.

OpenSSL 3 often prints only what its innards stumbled over (`rsa routines::invalid padding`, `asn1 encoding
routines::EVP lib`). Then curlx goes by the alert `decrypt error` that curl sent (`OUT`) right behind the server's
certificate: OpenSSL sends it for a certificate whose signature does not fit. That is reported as likely.

## What to do

Look at the chain that the server sends. A wrong order, a file that was cut or mixed up, or an intermediate of the same
name with another key are the usual reasons.

## When it is something else

* `bad signature` after the server's key exchange or `CERT verify` is about the handshake, not about the certificate.
* A library that does not know the algorithm of the signature may report it in the same words: try another curl build.
* Something on the way that rewrites certificates can break them; look at the issuer.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.openssl import show_chain
from curlx.diagnoses.tls.shared.failures import Failure, refused_certificates
from curlx.findings import Certainty, Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="server-certificate-malformed",
    title="The server's certificate cannot be read, or its signature is wrong",
    needs="complaint",
    explains=("network-", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that curl broke off because a certificate of the server is broken."""
    for failure in refused_certificates(timeline, "certificate-malformed"):
        if failure.alert is None:
            yield _finding(
                timeline,
                failure,
                "certain",
                f"curl could not make sense of a certificate that {failure.host} showed, or its signature is wrong. No "
                "request was sent.",
            )
            continue
        yield _finding(
            timeline,
            failure,
            "likely",
            f"The signature of a certificate that {failure.host} showed does not fit: curl broke off with the alert "
            "`decrypt error` as soon as it had the certificates, and OpenSSL sends that alert for this reason. No "
            "request was sent.",
        )


def _finding(timeline: Timeline, failure: Failure, certainty: Certainty, summary: str) -> Finding:
    return DIAGNOSIS.found(
        certainty,
        summary,
        (
            *failure.evidence(timeline, "curl says what is wrong with the certificate"),
            *failure.certificate_evidence(timeline, "subject", "issuer"),
        ),
        transfer=failure.index,
        causes=(
            "The server's certificate file is damaged or mixed up with another one.",
            "The issuer's certificate, from the server or the client's list, has the right name and the wrong key.",
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
