"""curl did not check the server's certificate.

## What it means

With `-k` (`--insecure`) curl talks to whoever answers. The data was encrypted, but nothing shows that it went to the
right server: somebody on the way could have read and changed it.

## How curlx knows

curl says so (`continuing anyway`, `verification SKIPPED`, `peer verification disabled`), or `-k` stands in the command.
This is a note about the transfer, not the reason for a failure.

## What to do

Leave `-k` away and read what curl says then. If the certificate comes from your own CA, give that to curl with
`--cacert`.

## When it is something else

* Many curl builds print the result of the check also with `-k`: then this note names what `-k` hides.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import curl, endpoint_of
from curlx.diagnoses.server_certificate.shared.origins import stand_in
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Certificate, Timeline

DIAGNOSIS = Diagnosis(
    code="server-certificate-unverified",
    title="curl did not check the server's certificate (-k)",
    severity="note",
)

_OF_A_CA = "If the certificate is from your own CA, add `--cacert` with that CA's certificate."
_OF_A_PUBLIC_ONE = (
    "If it is from a public CA, the server most likely does not send the intermediate certificate between the two: "
    "whoever runs it is to send the full chain."
)
_BY_ITSELF = (
    "No CA stands behind a self-signed certificate: have whoever runs the server give you the certificate itself, and "
    "add `--cacert` with that. Its name must be the host's, too: curl compares it next."
)
_EXPIRED, _HAS_EXPIRED = "certificate-expired", "it has expired"
_TO_RENEW = "Whoever runs the server is to renew the certificate: an expired one passes with -k only."
_STEPS = {
    _EXPIRED: (_TO_RENEW,),
    "certificate-self-signed": (_BY_ITSELF,),
    "certificate-untrusted": (_OF_A_CA, _OF_A_PUBLIC_ONE),
}
_HIDDEN = {
    _EXPIRED: _HAS_EXPIRED,
    "certificate-not-yet-valid": "it is not valid yet",
    "certificate-self-signed": "it is self-signed",
    "certificate-self-signed-in-chain": "its chain ends in a root that curl does not trust",
    "certificate-untrusted": "curl does not know its issuer",
    "certificate-name-mismatch": "it is for another name",
    "certificate-revoked": "it is revoked",
    "certificate-weak": "it is too weak",
    "certificate-malformed": "it is broken",
}


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that went on without a check of the server's certificate; one note each."""
    for index, transfer in enumerate(timeline.transfers):
        connection = next((c for c in transfer.connections if c.tls and c.tls.verdict == "unverified"), None)
        if connection is None or connection.tls is None:
            continue
        tls, endpoint = connection.tls, endpoint_of(transfer, connection)
        hidden = _HIDDEN.get(tls.verdict_reason or "")
        past = tuple(_past(timeline, tls.certificate)) if tls.verdict_reason != _EXPIRED else ()
        steps: tuple[str, ...] = _STEPS.get(tls.verdict_reason or "", () if past else (_OF_A_CA,))
        known = stand_in(tls.certificate)
        if known:
            hidden = f"it is the one that {known.product} shows where it has none for the name"
        fault = hidden or (_HAS_EXPIRED if past else "")
        evidence = []
        if tls.verdict_line is not None:
            evidence.append(cite(timeline, tls.verdict_line, "curl goes on without trusting the certificate"))
        if transfer.insecure is not None and transfer.insecure.line != tls.verdict_line:
            evidence.append(cite(timeline, transfer.insecure.line, "the check was switched off"))
        evidence += past
        if known and tls.certificate is not None and tls.certificate.subject is not None:
            evidence.append(cite(timeline, tls.certificate.subject.line, "whom the certificate was issued to"))
        yield DIAGNOSIS.found(
            "certain",
            f"curl talked to {endpoint.host} without checking its certificate."
            + (f" Without -k it would have refused it: {hidden}." if hidden else "")
            + (" By the log's own date the certificate has expired." if past else ""),
            evidence,
            transfer=index,
            title=f"{DIAGNOSIS.title}: {fault}" if fault else "",
            causes=(known.cause,) if known else (),
            remedies=(
                Remedy(
                    "client",
                    "Leave -k away, and read what curl says then",
                    (*steps, _TO_RENEW) if past else steps,
                    (curl(endpoint),),
                ),
            ),
        )


def _past(timeline: Timeline, certificate: Certificate | None) -> Iterator[Evidence]:
    """Show that the certificate has expired by the log's own date: of several faults the library names one, or none."""
    clock, end = timeline.clock, certificate.not_after if certificate is not None else None
    if certificate is not None and end is not None and clock is not None and certificate.has_expired(clock):
        yield cite(timeline, end.line, "until when it is valid")
        yield cite(timeline, clock.line, "the date in the log, by which it has expired")
