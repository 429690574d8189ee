"""The client certificate has expired.

## What it means

curl sent a client certificate, and the server refused it because its validity has ended (or has not begun). The
server's own certificate is another one; its dates are the ones that curl prints, and they do not matter here.

## How curlx knows

* The TLS alert `certificate expired` (45) came in: `(IN)` means that the server complains about the client. curl's
  own complaint about a server's certificate goes `(OUT)`.
* Or the server's page says so, in OpenSSL's words: `certificate has expired`.

With OpenSSL or BoringSSL and TLS 1.2, curl turns this alert into exit code 60 and `SSL certificate verification
failed`. The words sound like the server's certificate, but when that is at fault curl adds the fault (`SSL certificate
problem: ...`). So they stand for the alert also in a log that shows no alerts, as programs with libcurl write it.

## What to do

Look at the dates of the client certificate and renew it. Then look at the clock of the server.

## When it is something else

* `certificate problem: certificate has expired` from curl: the server's certificate, `server-certificate-expired`.
* Servers with OpenSSL send the same alert when their revocation list (CRL) is out of date: then a fresh client
  certificate changes nothing, and the server's owner must update the list.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.diagnoses.client_certificate.shared.refusals import refused, refused_client_certificates
from curlx.diagnoses.client_certificate.shared.remedies import look_up, named_file, show_own
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline
from curlx.tls_numbers import AlertDescription

DIAGNOSIS = Diagnosis(
    code="client-certificate-expired",
    title="The server refused the client certificate as expired", needs="refusal",
    explains=("http-", "network-", "tls-refused", "tls-closed", "tls-reset", "tls-truncated", "tls-protocol-error",
              "curl-error", "server-certificate-untrusted", "client-certificate-rejected"),
)  # fmt: skip

_NOT_YET = ("not yet valid", "cert_not_yet_valid")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find client certificates that the server refused as expired."""
    for refusal in refused_client_certificates(timeline, AlertDescription.CERTIFICATE_EXPIRED, "expired"):
        side = refusal.side
        name = named_file(side)
        client = Remedy(
            "client",
            "Look at the dates of the client certificate, and renew it",
            (
                f"It is the certificate given with --cert{f' ({name})' if name else ''} that counts, or the one in the "
                "program's keystore.",
            ),
            (show_own(side, "-subject", "-dates"),),
        )
        causes = ["The client certificate's end date has passed, or the server's clock is wrong."]
        steps = ["Compare the server's clock with the dates of the certificate."]
        if not refusal.in_words:
            causes += [
                "Its start date is still to come: servers written in Go send this alert for that too.",
                "The server's revocation list (CRL) is out of date: OpenSSL servers send this alert for that too.",
            ]
            steps.append("If it checks revocation, see that its revocation list (CRL) is up to date.")
        verdict, title = "The server refused the client certificate as expired.", ""
        if any(words in refusal.words for words in _NOT_YET):
            verdict = "The server refused the client certificate: its start date is still to come."
            title = "The server refused the client certificate as not yet valid"
            causes = ["The client certificate's start date is still to come, or the server's clock is slow."]
        finding = refused(DIAGNOSIS, timeline, refusal, verdict, client, look_up(side, *steps), causes=tuple(causes))
        yield msgspec.structs.replace(finding, title=title) if title else finding
