"""The server's key for the key exchange is too small.

## What it means

Client and server agreed on a key exchange of the old kind (DHE), and the server uses a number so small that it can be
broken (Logjam). curl's TLS library refused it.

## How curlx knows

curl says so: `dh key too small`.

## What to do

The server should offer ECDHE, or use a group of at least 2048 bits. Until then curl can be told not to use DHE at all,
which is better than lowering the security level.

## When it is something else

* `ee key too small` and `ca key too small` are about the certificate: see `server-certificate-weak`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import curl
from curlx.diagnoses.tls.shared.failures import Failure, broken
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="tls-weak-key",
    title="The server's key for the key exchange is too small",
    needs="complaint",
    explains=("tls-protocol-error", "network-", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that the TLS library broke off because of a weak key exchange."""
    for failure in broken(timeline, "weak-key"):
        yield DIAGNOSIS.found(
            "certain",
            f"{failure.opening} offered a key exchange that curl's TLS library finds too weak, so curl broke off.",
            failure.evidence(timeline, "the TLS library refuses the server's key"),
            transfer=failure.index,
            causes=("The server uses DHE with an old group of 512 or 1024 bits.",),
            remedies=(
                Remedy(
                    "server",
                    "Offer ECDHE, or DHE with a group of at least 2048 bits",
                    ("nginx: `ssl_dhparam`. Apache: append the parameters to the first `SSLCertificateFile`.",),
                ),
                *_workaround(failure),
            ),
        )


def _workaround(failure: Failure) -> tuple[Remedy, ...]:
    if not failure.is_openssl:
        return ()
    return (
        Remedy(
            "client",
            "Workaround (OpenSSL builds): leave DHE away, so that the server uses another key exchange",
            ("Only if that fails: `DEFAULT@SECLEVEL=1`, which accepts weak keys for this request.",),
            (curl(failure.endpoint, "--ciphers", "DEFAULT:!DHE"),),
        ),
    )
