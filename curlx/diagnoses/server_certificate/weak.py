"""The server's certificate is too weak for curl's TLS library.

## What it means

A certificate in the server's chain has a key that is too short (RSA below 2048 bits) or a signature with an outdated
digest (MD5, SHA-1). The TLS library of curl does not accept that at its security level, so curl broke off.

## How curlx knows

curl says so: `EE certificate key too weak`, `CA certificate key too weak`, `CA signature digest algorithm too weak`.

## What to do

Whoever runs the server replaces the certificate by one with a 2048-bit RSA or a P-256 key, signed with SHA-256.
Lowering the client's security level is a workaround for one request, and makes that request easier to break.

## When it is something else

* `dh key too small` is about the key exchange, not the certificate: see `tls-weak-key`.
* When it is curl's own certificate that is too weak, curl says so before TLS begins: see `client-certificate-weak`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import curl
from curlx.advice.openssl import list_chain
from curlx.diagnoses.tls.shared.failures import Failure, refused_certificates
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="server-certificate-weak",
    title="The server's certificate is too weak for the client's security level",
    needs="complaint",
    explains=("network-", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that curl broke off because a key or digest in the server's chain is too weak."""
    for failure in refused_certificates(timeline, "certificate-weak"):
        host = failure.host
        yield DIAGNOSIS.found(
            "certain",
            f"A certificate in the chain of {host} has a key or a signature that curl's TLS library finds too weak. "
            "No request was sent.",
            (
                *failure.evidence(timeline, "curl says that a key or digest is too weak"),
                *failure.certificate_evidence(timeline, "subject", "issuer"),
            ),
            transfer=failure.index,
            causes=(
                "The certificate is old, or made by a tool with old defaults.",
                "The client's system demands more than others (a FIPS policy, or OpenSSL's level 2: its default since "
                "3.2, and Debian's before).",
            ),
            remedies=(
                Remedy(
                    "server",
                    "Replace the certificate: RSA with 2048 bits or more, or P-256; signed with SHA-256",
                    ("The weak one may be an intermediate: look at the whole chain (OpenSSL 3 shows key and digest).",),
                    (list_chain(failure.endpoint),),
                ),
                *_workaround(failure),
            ),
        )


def _workaround(failure: Failure) -> tuple[Remedy, ...]:
    if not failure.is_openssl:
        return ()
    # OpenSSL 3 accepts signatures with MD5 and SHA-1 at level 0 only (SSL_CTX_set_security_level(3)).
    digest = not failure.tells("too-weak-key")
    return (
        Remedy(
            "client",
            "Workaround for this request alone (OpenSSL builds): a lower security level",
            ("It lets every weak key and digest pass for this request: only until the server is fixed.",),
            (curl(failure.endpoint, "--ciphers", f"DEFAULT@SECLEVEL={0 if digest else 1}"),),
        ),
    )
