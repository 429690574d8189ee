"""The server does not trust the issuer of the client certificate.

## What it means

curl sent a client certificate, and the server could not lead it back to a CA on its list of trusted client CAs. That
list is the server's own, and another one than the CA that issued the server's certificate.

## How curlx knows

* The TLS alert `unknown CA` (48) came in. `(IN)` means that the server does not know the client's CA; `(OUT)` would
  be curl not knowing the server's.
* Or the server's page says so in OpenSSL's words, such as `unable to verify the first certificate`.

## What to do

Compare the issuer of the client certificate with the CA names that the server says it accepts. Put the intermediates
into the client's PEM file, after the certificate. On the server, add the issuing CA up to its root, and
allow for enough depth.

## When it is something else

* The intermediate is missing in the client's file: the CA is right, the way to it is not. The alert is the same.
* Servers with OpenSSL that check revocation but have no list (CRL) for this CA send the same alert.
* `(OUT) ... unknown CA` and exit code 60: curl does not trust the server, `server-certificate-untrusted`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.openssl import show_chain
from curlx.diagnoses.client_certificate.shared.refusals import refused, refused_client_certificates
from curlx.diagnoses.client_certificate.shared.remedies import ACCEPTED_CAS, named_file, show_file, show_own
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline
from curlx.tls_numbers import AlertDescription

DIAGNOSIS = Diagnosis(
    code="client-certificate-untrusted",
    title="The server does not trust the issuer of the client certificate", needs="refusal",
    explains=("http-", "network-", "tls-refused", "tls-closed", "tls-reset", "tls-truncated", "tls-protocol-error",
              "curl-error", "client-certificate-rejected"),
)  # fmt: skip

_NO_INTERMEDIATE = (
    "The intermediate certificate is missing in the client's file, so the server cannot find the way to a CA it trusts."
)
_ALONE = "unable to verify the first certificate"
"""OpenSSL says so where one certificate came alone (21); of a self-signed one it says something else (18)."""


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find client certificates whose issuer the server does not know."""
    for refusal in refused_client_certificates(timeline, AlertDescription.UNKNOWN_CA, "untrusted"):
        side = refusal.side
        name = named_file(side)
        client = Remedy(
            "client",
            "Compare the issuer with the CAs that the server accepts, and send the whole chain",
            (
                f"The client's file{f' ({name})' if name else ''} must hold the certificate first, then every "
                "intermediate up to the CA that the server trusts (the root itself may be left out): the second "
                "command lists what is in it.",
                ACCEPTED_CAS,
            ),
            (show_own(side, "-subject", "-issuer"), show_file(side), show_chain(side.endpoint)),
        )
        unknown = (
            "The CA that issued the client certificate is not on the server's list of client CAs, or its root is not, "
            "which servers with OpenSSL want too; perhaps the certificate is {}from another environment (test instead "
            "of production)."
        )
        causes = [unknown.format("self-signed, or "), _NO_INTERMEDIATE]
        if _ALONE in refusal.words:
            causes = [_NO_INTERMEDIATE, unknown.format("")]
        if not refusal.in_words:
            causes.append("The server checks revocation and has no revocation list (CRL) for this CA: OpenSSL servers "
                          "send this alert for that too.")  # fmt: skip
        verdict = (
            "The server refused the client certificate because it does not know the issuer, or finds no way to it."
        )
        yield refused(DIAGNOSIS, timeline, refusal, verdict, client, causes=tuple(causes))
