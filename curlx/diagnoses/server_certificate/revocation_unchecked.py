"""Whether the server's certificate is revoked could not be checked.

## What it means

curl on Windows (Schannel) asks the authority whether the certificate was revoked, and takes no answer for a no. The
answer did not come, so curl broke off. The certificate itself may be perfectly fine.

## How curlx knows

curl says so: `CRYPT_E_NO_REVOCATION_CHECK` (0x80092012), `CRYPT_E_REVOCATION_OFFLINE` (0x80092013),
`CERT_TRUST_REVOCATION_STATUS_UNKNOWN`.

## What to do

Let the client reach the addresses for revocation lists (CRL) and OCSP that the certificate names; they are plain
`http://` and proxies often block them. `--ssl-revoke-best-effort` (curl 7.70 and later) goes on when the answer is
missing, and still refuses what is known to be revoked. `--ssl-no-revoke` switches the check off altogether.

## When it is something else

* A gateway or antivirus program that decrypts issues certificates that name no revocation list at all: then the check
  fails for every host, and the issuer of the certificate tells.
* A private CA without a revocation list behaves in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import curl
from curlx.diagnoses.tls_failures import refusals
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="server-certificate-revocation-unchecked",
    title="Whether the server's certificate is revoked could not be checked",
    explains=("network-", "tls-protocol-error", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that curl broke off because nobody told it whether the certificate is revoked."""
    for failure in refusals(timeline, "certificate-revocation-unchecked"):
        host = failure.host
        yield DIAGNOSIS.found(
            "certain",
            f"Windows could not find out whether the certificate of {host} has been revoked, and curl treats that as "
            "a failure. It does not mean that the certificate is bad.",
            (
                *failure.evidence(timeline, "the check for revocation got no answer"),
                *failure.certificate_evidence(timeline, "issuer"),
            ),
            transfer=failure.index,
            causes=(
                "The client cannot reach the authority's revocation list or OCSP responder (firewall, proxy, no DNS).",
                "The issuer is a private CA, a gateway or an antivirus program, whose certificates name no such list.",
                "The authority's responder is down.",
            ),
            remedies=(
                Remedy(
                    "network",
                    "Let the client fetch the revocation list",
                    ("The addresses stand in the certificate (CRL Distribution Points, Authority Information Access). "
                     "This Windows command fetches them and shows what fails:",),
                    ("certutil -urlfetch -verify server.cer",),
                ),
                Remedy(
                    "client",
                    "Go on when the answer is missing, but not when the certificate is known to be revoked",
                    ("curl 7.70 or later, Schannel only. It hides a revocation that an attacker keeps from you.",),
                    (curl(failure.endpoint, "--ssl-revoke-best-effort"),),
                ),
            ),
        )
