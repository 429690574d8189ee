"""TLS failed in a way that curlx cannot name more closely.

## What it means

curl's TLS library found the server's messages broken or out of place, or failed for a reason of its own.

## How curlx knows

curl repeats the words of its TLS library, and none of them names a cause that has a page of its own. An alert marked
`(OUT)` is curl's own complaint. Had the server sent one, it would be `tls-refused`.

Where the log cannot show whether the server asked for a client certificate (GnuTLS, wolfSSL, mbedTLS and Schannel print
nothing of it), that may be what lies behind it, and the finding is likely only.

## What to do

Read the library's own words first. Then take parts away: one TLS version (`--tls-max 1.2`), HTTP/1.1 (`--http1.1`),
another network. What makes it work names the culprit.

## When it is something else

* A gateway or firewall on the way that does not understand a new part of TLS, and changes or drops it.
* An old server that cannot handle what new clients send in their first message.
* A failed second handshake on the same connection (renegotiation), often for a client certificate.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.tls.shared.failures import NO_CERTIFICATE, broken
from curlx.diagnoses.tls.shared.out_of_place import CAUSES, take_parts_away
from curlx.findings import Diagnosis, Finding
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="tls-protocol-error",
    title="TLS failed",
    needs="complaint",
    explains=("network-", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers in which TLS failed for a reason that no other diagnosis names."""
    for failure in broken(timeline, "protocol-error"):
        said, certainty = "the words of curl's TLS library are all that the log says.", failure.certainty
        if failure.tells("of-system"):  # an `errno` that some call before may have left behind
            certainty = "possible"
            said = ("curl's last words are those of the system (about a file, mostly), and need not be the reason. The "
                    "log says no more.")  # fmt: skip
        causes = [*CAUSES]
        if failure.may_want_certificate:
            causes.append(NO_CERTIFICATE)
        yield DIAGNOSIS.found(
            certainty,
            f"TLS with {failure.host} failed; {said}",
            (*failure.evidence(timeline, "what the TLS library says"), *failure.hello_evidence(timeline)),
            transfer=failure.index,
            causes=causes,
            remedies=(
                take_parts_away(timeline, failure),
                *failure.about_certificate,
                failure.look_up("TLS error log"),
            ),
        )
