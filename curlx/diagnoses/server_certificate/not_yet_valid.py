"""The server's certificate is not valid yet.

## What it means

Every certificate carries a first day. By the clock of the machine that ran curl that day has not come, so curl refused
the certificate and broke off before any request was sent.

## How curlx knows

curl says so: `certificate is not yet valid`, in the words of its TLS library. curlx never compares dates with today.

## What to do

Check the client's clock first: a clock that runs behind is the usual cause, above all on devices that lost power, in
virtual machines and in containers. If the clock is right, the server got its new certificate too early.

## When it is something else

* NSS has one message for expired and not yet valid, and says `expired`.
* curl before 8.21 with GnuTLS may say only that the verification failed; that is reported as
  `server-certificate-untrusted`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import show_clock
from curlx.advice.openssl import show_leaf
from curlx.diagnoses.tls.shared.failures import refused_certificates
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="server-certificate-not-yet-valid",
    title="The server's certificate is not valid yet",
    needs="complaint",
    explains=("network-", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that curl broke off because a certificate of the server is not valid yet."""
    for failure in refused_certificates(timeline, "certificate-not-yet-valid"):
        host = failure.host
        yield DIAGNOSIS.found(
            "certain",
            f"curl refused the certificate that {host} showed: by the client's clock its validity has not begun. No "
            "request was sent.",
            (
                *failure.evidence(timeline, "curl says that the certificate is not valid yet"),
                *failure.certificate_evidence(timeline, "not_before", "not_after", "subject"),
            ),
            transfer=failure.index,
            causes=(
                "The clock of the machine that ran curl runs behind.",
                "The server was given its new certificate before the day it becomes valid.",
            ),
            remedies=(
                Remedy(
                    "client",
                    "Compare the client's clock with the start date of the certificate",
                    ("Set the clock (NTP) if it is behind.", failure.no_shortcut),
                    (
                        show_clock(failure.endpoint.way),
                        show_leaf(failure.endpoint, "openssl x509 -noout -startdate"),
                    ),
                ),
                Remedy("server", f"Put the previous certificate of {host} back until the new one is valid"),
            ),
        )
