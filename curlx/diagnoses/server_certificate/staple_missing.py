"""The server sent no proof that its certificate is still good.

## What it means

`--cert-status` makes curl demand a stapled OCSP answer: a short proof by the authority, sent along in the handshake,
that the certificate is not revoked (RFC 6066, 8; RFC 6960). The server sent none, or one that curl could not accept.

## How curlx knows

curl says so: `No OCSP response received`, or that the answer is invalid; the exit code is 91.

## What to do

Switch stapling on at the server, or leave `--cert-status` away. Many public authorities no longer run OCSP at all, and
for their certificates no server can staple anything.

## When it is something else

* A gateway that decrypts on the way cannot staple an answer for its own certificates.
* Right after its start a server may not have fetched the answer yet: try once more.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.openssl import show_staple
from curlx.diagnoses.tls.shared.failures import refused_certificates
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="server-certificate-staple-missing",
    title="The server sent no valid OCSP answer, and --cert-status demands one",
    needs="complaint",
    explains=("network-", "curl-error"),
)


_SENT_CAUSES = (
    "The server staples an old answer, because it could not fetch a new one from the authority.",
    "The answer is about another certificate, or signed by somebody else than the authority.",
    "The clock of the machine that ran curl is wrong.",
)
_CAUSES = (
    "Stapling is not switched on at the server.",
    "The authority does not offer OCSP (any more).",
    "The server could not fetch the answer from the authority.",
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that curl broke off because of --cert-status."""
    for failure in refused_certificates(timeline, "certificate-staple-missing"):
        host = failure.host
        sent = failure.tells("staple-sent")
        evidence = [*failure.evidence(timeline, "curl says what is wrong with the stapled OCSP answer")]
        if failure.tls is not None and failure.tls.verdict == "accepted" and failure.tls.verdict_line:
            evidence.append(cite(timeline, failure.tls.verdict_line, "otherwise the certificate was fine"))
        yield DIAGNOSIS.found(
            "certain",
            f"curl was told to demand a stapled OCSP answer (`--cert-status`), and {host} "
            + ("sent one that curl does not accept." if sent else "did not send one that curl can accept."),
            evidence,
            transfer=failure.index,
            causes=_SENT_CAUSES if sent else _CAUSES,
            remedies=(
                Remedy(
                    "server",
                    "Let it fetch a new answer" if sent else "Switch OCSP stapling on, if the authority offers OCSP",
                    (
                        "nginx: `ssl_stapling on;` with a `resolver`. Apache: `SSLUseStapling on` with "
                        "`SSLStaplingCache`.",
                    ),
                ),
                Remedy(
                    "client",
                    "See what the server staples; without `--cert-status` curl does not ask for it",
                    (),
                    (show_staple(failure.endpoint),),
                ),
            ),
        )
