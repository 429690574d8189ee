"""The server's key is not the pinned one.

## What it means

`--pinnedpubkey` tells curl which public key the server must have. The server has another one, so curl broke off, even
though the certificate may be trusted in every other way.

## How curlx knows

curl says so: `public key does not match pinned public key`; the exit code is 90.

## What to do

Find out whether the server changed its key (certificates are often renewed with a new one). If so, take the new pin
from whoever runs the server. If not, somebody may be decrypting on the way: look at the issuer.

## When it is something else

* A gateway or antivirus program that decrypts shows its own key: a wrong pin is a classic sign of it.
* The pin was computed from another certificate of the same server (RSA and EC side by side, or another machine behind
  the same name). `--pinnedpubkey` takes several pins, with `;` between them.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.openssl import show_leaf
from curlx.diagnoses.tls.shared.failures import refused_certificates
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="server-certificate-pin-mismatch",
    title="The server's key is not the pinned one",
    needs="complaint",
    explains=("network-", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that curl broke off because the server's public key differs from the pin."""
    for failure in refused_certificates(timeline, "certificate-pin-mismatch"):
        evidence = [*failure.evidence(timeline, "curl compared the server's key with the pin")]
        if failure.tls is not None and failure.tls.verdict_line and failure.tls.verdict_line != failure.line:
            evidence.append(cite(timeline, failure.tls.verdict_line, "what curl said of the certificate itself"))
        if failure.tls is not None and failure.tls.key_hash is not None:
            evidence.append(cite(timeline, failure.tls.key_hash, "the pin of the key that the server showed here"))
        evidence += failure.certificate_evidence(timeline, "issuer", "subject", "not_before")
        yield DIAGNOSIS.found(
            "certain",
            f"{failure.opening} has another public key than `--pinnedpubkey` demands. The log cannot tell whether the "
            "server changed its key or somebody answers in its place.",
            evidence,
            transfer=failure.index,
            causes=(
                "The server got a new key with its last certificate.",
                "Something on the way decrypts TLS and shows its own certificate.",
                "The pin belongs to another certificate or machine.",
            ),
            remedies=(
                Remedy(
                    "client",
                    "Compute the pin of the key that the server shows now, and compare it with what its owner says",
                    (
                        "Do not just copy the new value: computed over a connection that is decrypted on the way it is "
                        "the gateway's.",
                    ),
                    (
                        show_leaf(
                            failure.endpoint,
                            "openssl x509 -pubkey -noout",
                            "openssl pkey -pubin -outform der",
                            "openssl dgst -sha256 -binary",
                            "openssl base64",
                        ),
                        show_leaf(failure.endpoint, "openssl x509 -noout -issuer -startdate"),
                    ),
                ),
                Remedy("server", "Publish a backup pin, and keep the key when a certificate is renewed"),
            ),
        )
