"""The connection was reset in the middle of the handshake.

## What it means

The TCP connection stood, curl began the TLS handshake, and a reset came back: the other side, or something on the way,
tore the connection down at once instead of closing it properly.

## How curlx knows

curl says so: `Connection reset by peer`, while it was still shaking hands. Who sent the reset cannot be seen in the
log.

Where the log cannot show whether the server asked for a client certificate (GnuTLS, wolfSSL, mbedTLS and Schannel print
nothing of it), that may be what lies behind it, and the finding is likely only.

## What to do

Try from another network, and look at the server at the same time: if its log shows nothing, the reset came from a
firewall or filter on the way.

## When it is something else

* A filter that reads the host name in curl's first message (SNI) resets connections to names that it blocks.
* The process behind the port crashed or was restarted, or a load balancer has no healthy server behind it.
* Some servers reset when the client certificate is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.openssl import show_chain
from curlx.diagnoses.loopback import on_the_way
from curlx.diagnoses.network.shared.probes import repeat
from curlx.diagnoses.proxy.shared.tunnels import let_through
from curlx.diagnoses.tls.shared.failures import CUT_BY_PROXY, broken
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="tls-reset",
    title="The connection was reset during the TLS handshake",
    needs="complaint",
    rests_on="absence",
    explains=("tls-closed", "tls-protocol-error", "network-", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers whose connection was reset before the handshake was complete."""
    for failure in broken(timeline, "reset"):
        endpoint = failure.endpoint
        early = failure.before_server_hello()
        wanted, unlikely = failure.certificate_causes
        causes = [
            *wanted,
            *on_the_way(
                failure.connection, "A firewall or filter on the way blocks this host or this kind of traffic."
            ),
            "The server crashed, restarted, or refuses this address.",
            *unlikely,
        ]
        if not failure.port_speaks_tls:
            causes.append(f"{endpoint.port_in_words.capitalize()} does not speak TLS.")
        if failure.proxy_may_cut:
            causes.insert(0, CUT_BY_PROXY)
        around: tuple[Remedy, ...] = ()
        if failure.proxy_may_cut:
            # The call itself before the way around: the first is what a log for the ticket is made of.
            again = Remedy("client", "See whether it happens each time", (), repeat(failure.transfer, secure=True))
            around = (again, *let_through(failure.transfer, failure.connection))
        yield DIAGNOSIS.found(
            failure.certainty,
            f"The connection to {failure.place} was reset {failure.when}"
            + (", before any answer to curl's first message." if early else ".")
            + " The log cannot show who sent the reset.",
            (
                *failure.evidence(timeline, f"the reset came {failure.when}"),
                *failure.hello_evidence(timeline),
            ),
            transfer=failure.index,
            causes=causes,
            title=f"The connection was reset {failure.when}",
            remedies=(
                Remedy(
                    "network",
                    "Find out who sends the reset: try from another network, or capture packets at both ends",
                    ("With no sign of the connection in the server's log, something on the way sent it.",),
                    (show_chain(endpoint),),
                ),
                *around,
                *failure.about_certificate,
                failure.look_up(),
            ),
        )
