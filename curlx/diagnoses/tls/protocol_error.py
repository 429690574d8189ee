"""TLS failed in a way that curlx cannot name more closely.

## What it means

One side found the other's TLS messages broken or out of place, or the TLS library failed for a reason of its own.

## How curlx knows

curl repeats the words of its TLS library, or an alert says that a message could not be read (`decode error`, `illegal
parameter`, `unexpected message`, `bad record mac`).

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

from curlx.advice.commands import curl
from curlx.advice.openssl import show_chain
from curlx.diagnoses.tls.shared.failures import NO_CERTIFICATE, Failure, broken
from curlx.diagnoses.tls.shared.limits import at_most_12
from curlx.findings import Diagnosis, Finding, Remedy
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
        endpoint = failure.endpoint
        if failure.alert is not None:
            summary = (f"{failure.opening}, or something on the way, says that curl's TLS messages are broken or out "
                       f"of place ({failure.alert.name}).")  # fmt: skip
            shows = "an alert about the form of a message"
        elif _is_of_the_system(failure):
            summary = (f"TLS with {failure.host} failed; curl's last words are those of the system (about a file, "
                       "mostly), and need not be the reason. The log says no more.")  # fmt: skip
            shows = "what the TLS library says"
        else:
            summary = f"TLS with {failure.host} failed; the words of curl's TLS library are all that the log says."
            shows = "what the TLS library says"
        causes = [
            "A gateway or firewall on the way disturbs TLS.",
            "Client and server understand a part of TLS differently (an old library on one side).",
        ]
        if failure.may_want_certificate:
            causes.append(NO_CERTIFICATE)
        yield DIAGNOSIS.found(
            "possible" if _is_of_the_system(failure) else failure.certainty,
            summary,
            (*failure.evidence(timeline, shows), *failure.hello_evidence(timeline)),
            transfer=failure.index,
            causes=causes,
            remedies=(
                Remedy(
                    "client",
                    "Take parts of TLS away until it works; what you took away last names the culprit",
                    (),
                    (curl(endpoint, *at_most_12(timeline)), curl(endpoint, "--http1.1"), show_chain(endpoint)),
                ),
                *failure.about_certificate,
                failure.look_up("TLS error log"),
            ),
        )


def _is_of_the_system(failure: Failure) -> bool:
    """Whether OpenSSL's words are an `errno` that some call before may have left behind."""
    return failure.alert is None and failure.complaint is not None and "system library" in failure.complaint.text
