"""The server's certificate has expired.

## What it means

Every certificate carries a last day. The one that the server showed, or one of the certificates above it in its chain,
is past that day by the clock of the machine that ran curl, so curl broke off before any request was sent.

## How curlx knows

curl says so: `certificate has expired`, in the words of its TLS library; or, where those speak of something else, in
the alert that curl sends (`OUT`) as soon as it has the certificate. curlx shows the dates of the certificate where
the log has them, and never compares them with today: the log may be old.

## What to do

Whoever runs the server renews the certificate and makes the server load it (many servers keep the old one in memory
until they are reloaded). Check the clock of the client as well. `-k` would hide the problem and accept any certificate.

## When it is something else

* `TLS alert, certificate expired` marked `(IN)` comes from the server and is about the client's certificate.
* When the end date of the certificate shown is still ahead, an intermediate or the root above it has expired.
* NSS says `Peer's Certificate has expired` also for a certificate that is not valid yet.
* Some libraries report one error for several causes; see `server-certificate-untrusted`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import show_clock
from curlx.advice.openssl import list_chain, show_leaf
from curlx.diagnoses.tls.shared.failures import Failure, refused_certificates
from curlx.findings import Certainty, Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="server-certificate-expired",
    title="The server's certificate has expired",
    needs="complaint",
    explains=("network-", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that curl broke off because a certificate of the server has expired."""
    for failure in refused_certificates(timeline, "certificate-expired"):
        host = failure.host
        certainty, why = _certainty(timeline, failure)
        yield DIAGNOSIS.found(
            certainty,
            f"curl refused the certificate that {host} showed: {_whose(timeline, failure)} is over.{why} No request "
            "was sent.",
            (
                *failure.evidence(timeline, "curl says that the certificate has expired"),
                *failure.certificate_evidence(timeline, "not_after", "not_before", "subject"),
            ),
            transfer=failure.index,
            causes=(
                "The certificate was not renewed, or it was and the server was not reloaded.",
                "A certificate above it in the chain (intermediate or root) has expired.",
                "The clock of the machine that ran curl is wrong.",
            ),
            remedies=(
                Remedy(
                    "server",
                    f"Renew the certificate of {host}",
                    ("Install the new certificate with its intermediates, and reload the server.",),
                ),
                Remedy(
                    "client",
                    "See the dates of the certificates that the server sends, and the client's clock",
                    (
                        "The first command shows the server's own certificate, the second the whole chain (with dates "
                        "from OpenSSL 3 on).",
                        failure.no_shortcut,
                    ),
                    (
                        show_leaf(failure.endpoint, "openssl x509 -noout -subject -issuer -startdate -enddate"),
                        list_chain(failure.endpoint),
                        show_clock(failure.endpoint.way),
                    ),
                ),
            ),
        )


def _whose(timeline: Timeline, failure: Failure) -> str:
    """Only the log's own date proves that it is the certificate shown, and not one above it, that has expired."""
    proven = failure.certificate is not None and failure.certificate.has_expired(timeline.clock)
    return "its validity" if proven else "its validity, or that of a certificate above it in the chain,"


def _certainty(timeline: Timeline, failure: Failure) -> tuple[Certainty, str]:
    """Doubt what the library says where it has one word for two causes, or where the dates speak against it."""
    certificate = failure.certificate
    clock = timeline.clock.value if timeline.clock else None
    if certificate is not None and clock is not None:
        if certificate.not_before_at is not None and clock < certificate.not_before_at:
            return "possible", " By the log's own clock it is not valid yet; the library has one word for both."
        if certificate.not_after_at is not None and clock < certificate.not_after_at:
            return "likely", " The dates of the certificate shown are fine, so one above it in the chain has expired."
    if failure.backend == "NSS" or failure.tells("of-nss"):
        return "likely", " (NSS says the same of a certificate that is not valid yet: compare the start date.)"
    return "certain", ""
