"""The connection was closed in the middle of the handshake.

## What it means

The TCP connection stood, curl began the TLS handshake, and the other side hung up without an alert that would say why.

## How curlx knows

curl says so: `SSL_ERROR_SYSCALL`, `unexpected eof`, `TLS connection was non-properly terminated`, while it was still
shaking hands. The reason is not in the log; the causes are what is known to look like this.

Where the log cannot show whether the server asked for a client certificate (GnuTLS, wolfSSL, mbedTLS and Schannel print
nothing of it), that may be what lies behind it, and the finding is likely only.

## What to do

Look at the server: is it the right port, does it speak TLS, is it overloaded, does it allow this address? Then try
from another network: a firewall that filters by host name closes connections in just this way.

## When it is something else

* The port does not speak TLS and hangs up on what it cannot read: try `http://` on the same port.
* The server wants a client certificate and closes without an alert (JDK, Node, gRPC, some cloud load balancers do).
* `Connection reset by peer` is harder evidence of a firewall or crash: see `tls-reset`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import curl
from curlx.advice.openssl import show_chain
from curlx.diagnoses.loopback import on_the_way, stays_here
from curlx.diagnoses.network.shared.probes import repeat
from curlx.diagnoses.proxy.shared.tunnels import let_through
from curlx.diagnoses.tls.shared.failures import CUT_BY_PROXY, broken
from curlx.diagnoses.tls.shared.limits import VERSIONS, given, is_narrow, narrowed_by
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.ports import HTTPS_PORT
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="tls-closed",
    title="The connection was closed during the TLS handshake",
    needs="complaint",
    rests_on="absence",
    explains=("network-", "curl-error"),
)

_ELSEWHERE = "Try the same from another network: if it works there, something on the way closes it."


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers whose connection was closed before the handshake was complete."""
    for failure in broken(timeline, "closed"):
        endpoint = failure.endpoint
        early = failure.before_server_hello()
        wanted, unlikely = failure.certificate_causes
        causes = [
            *wanted,
            *on_the_way(
                failure.connection, "A firewall, filter or gateway on the way closes connections to this host name."
            ),
            "The server is overloaded, restarting, or does not let this address in.",
            *unlikely,
        ]
        title, commands = "See how far the handshake gets", [show_chain(endpoint)]
        if not failure.port_speaks_tls:
            port = endpoint.port_in_words.capitalize()
            plain = f"{port} does not speak TLS, and hangs up on what it cannot read."
            causes.insert(len(causes) if endpoint.port == HTTPS_PORT else len(wanted), plain)
            title = "See whether the port speaks TLS at all, and whether it speaks plain HTTP"
            # The call itself before the probe: the first is what a log for the ticket is made of.
            call = repeat(failure.transfer, secure=True) or (curl(endpoint),)
            commands += [*call, curl(endpoint, scheme="http")]
        limits = given(failure.transfer, *VERSIONS)
        if is_narrow(limits):
            causes.insert(0, narrowed_by(limits))
        if failure.proxy_may_cut:
            causes.insert(0, CUT_BY_PROXY)
        around = let_through(failure.transfer, failure.connection) if failure.proxy_may_cut else ()
        unknown = failure.tells("untold-error")
        closed = "closed or reset" if failure.tells("closed-or-reset") else "closed"
        # What this system could not receive need not be the other side's doing.
        unread = failure.complaint is not None and failure.complaint.kind == "receive-failed"
        yield DIAGNOSIS.found(
            "likely" if unknown or unread else failure.certainty,
            f"The other side {closed} the connection to {failure.place} {failure.when}"
            + (", before it had answered at all." if early else ".")
            + (
                " It gave no reason; this build of curl says the same of a reset." if unknown else " It gave no reason."
            ),
            (
                *failure.evidence(timeline, f"the connection was {closed} {failure.when}"),
                *failure.hello_evidence(timeline),
            ),
            transfer=failure.index,
            causes=causes,
            title=f"The connection was {closed} {failure.when}",
            remedies=(
                Remedy(
                    "client",
                    title,
                    () if stays_here(failure.connection) else (_ELSEWHERE,),
                    tuple(commands),
                ),
                *around,
                *failure.about_certificate,
                failure.look_up(),
            ),
        )
