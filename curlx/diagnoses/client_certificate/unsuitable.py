"""The client certificate is of the wrong kind.

## What it means

A certificate says what it may be used for (extended key usage). Servers accept only one that may be used for clients
(`TLS Web Client Authentication`) or that says nothing; a certificate made for a server is refused. A few servers also
refuse a type of key that they do not support.

## How curlx knows

The TLS alert `unsupported certificate` (43) came from the server after curl had sent its certificate, or the server's
page says in OpenSSL's words that the certificate's purpose does not fit.

## What to do

Look at the extended key usage of the client certificate, and request one for client authentication. Do not use the
certificate of a web server as a client certificate: public CAs issue those for servers only.

## When it is something else

Servers written in Java send `certificate unknown` (46) for this and for other reasons: `client-certificate-rejected`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.client_certificate.shared.refusals import refused, refused_client_certificates
from curlx.diagnoses.client_certificate.shared.remedies import look_up, show_own
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline
from curlx.tls_numbers import AlertDescription

DIAGNOSIS = Diagnosis(
    code="client-certificate-unsuitable",
    title="The server refused the kind of client certificate", needs="refusal",
    explains=("http-", "network-", "tls-refused", "tls-closed", "tls-reset", "tls-truncated", "tls-protocol-error",
              "curl-error", "client-certificate-rejected"),
)  # fmt: skip


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find client certificates that the server refused for their kind."""
    for refusal in refused_client_certificates(timeline, AlertDescription.UNSUPPORTED_CERTIFICATE, "unsuitable"):
        side = refusal.side
        client = Remedy(
            "client",
            "Look at what the certificate may be used for, and request one for client authentication",
            (
                "The command must print `SSL client : Yes`. Where it says No, the certificate's key usage or extended "
                "key usage leaves clients out, and only a new certificate helps.",
            ),
            (show_own(side, "-subject", "-purpose"),),
        )
        causes = ["The certificate's extended key usage does not allow it to be used by clients."]
        if not refusal.in_words:
            causes.append("The server does not support the certificate's type of key (servers written in Go).")
        verdict = "The server refused the kind of client certificate that it got."
        yield refused(DIAGNOSIS, timeline, refusal, verdict, client, look_up(side), causes=tuple(causes))
