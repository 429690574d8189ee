"""The TLS handshake took too long.

## What it means

The TCP connection stood and curl sent its first TLS message, but the handshake was not complete when the time was up
(`--connect-timeout`, `--max-time`, or curl's own limit of five minutes for connecting).

## How curlx knows

curl says that the time is up, and the last thing that it did was shaking hands. Builds that print the handshake show
which message came last: a ServerHello without the Certificate that follows it speaks for lost packets, since the
Certificate is the first message that needs large ones.

## What to do

See whether large packets get lost: curl's first message has become big enough (post-quantum keys) to need two packets,
and on VPNs and tunnels with a wrong MTU the big ones vanish. Then look at the server and at what stands in front of it.

## When it is something else

* The port does not speak TLS and waits for the client to say something it understands.
* A firewall accepts the connection and then drops what follows.
* The server is overloaded, or waits for a slow lookup of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import curl, quote
from curlx.advice.openssl import show_chain
from curlx.diagnoses.loopback import on_the_way, stays_here
from curlx.diagnoses.network.shared.silence import more_time, time_was_up, too_short
from curlx.diagnoses.tls.shared.failures import Failure, broken
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import HandshakeMessage, Timeline
from curlx.tls_numbers import HandshakeType

DIAGNOSIS = Diagnosis(
    code="tls-timeout",
    title="The TLS handshake was not complete when the time was up",
    needs="complaint",
    rests_on="absence",
    explains=("network-", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that ran out of time in the handshake."""
    for failure in broken(timeline, "timeout"):
        endpoint = failure.endpoint
        silent = " No answer to curl's first message came at all." if failure.before_server_hello() else ""
        hello = _unfollowed_hello(failure)
        lost = "Large packets get lost on the way (wrong MTU on a VPN or tunnel)"
        if hello is not None:
            silent = " The server answered with its ServerHello; its Certificate, which comes next, did not arrive."
            lost += ": the ServerHello is small, and the Certificate is the first message that needs large ones"
        mute = f"{endpoint.port_in_words.capitalize()} does not speak TLS and waits for something else."
        causes = [
            *(() if stays_here(failure.connection) else (f"{lost}.",)),
            *(() if failure.port_speaks_tls else (mute,)),
            *on_the_way(failure.connection, "A firewall lets the connection open and drops what follows."),
            "The server is overloaded.",
            *too_short(failure.complaint),
        ]
        yield DIAGNOSIS.found(
            "certain",
            f"The TLS handshake with {failure.place} was not complete when {time_was_up(failure.complaint)}.{silent}",
            (
                *failure.evidence(timeline, "the handshake was not complete when this came"),
                *failure.hello_evidence(timeline),
                *((cite(timeline, hello.line, "the last that came: the Certificate did not follow"),) if hello else ()),
            ),
            transfer=failure.index,
            causes=causes,
            remedies=(
                Remedy(
                    "network",
                    "Check whether large packets arrive (Linux; 1472 bytes of data make a packet of 1500)",
                    ("If the second command gets answers and the first does not, lower the MTU of the interface.",),
                    tuple(f"ping -M do -s {size} -c 3 {quote(endpoint.host)}" for size in (1472, 1200)),
                ),
                *((_more_time(failure),) if too_short(failure.complaint) else ()),
                Remedy("client", "See how far the handshake gets", (), (show_chain(endpoint),)),
                Remedy(
                    "server", f"Check that {endpoint.port_in_words} of {failure.host} speaks TLS and answers locally"
                ),
            ),
        )


def _more_time(failure: Failure) -> Remedy:
    options = more_time(failure.complaint, connecting=True)
    step = f"With `{' '.join(options)}`: if an answer comes, the server or the way to it is slow."
    return Remedy("client", "Give it more time, once", (step,), (curl(failure.endpoint, *options),))


def _unfollowed_hello(failure: Failure) -> HandshakeMessage | None:
    """Return the server's ServerHello where it is the last that came; a resumed session has no Certificate."""
    tls = failure.tls
    if tls is None or tls.resumed or failure.elided:
        return None
    received = [message for message in tls.messages if message.direction == "in"]
    if not received or received[-1].number != HandshakeType.SERVER_HELLO:
        return None
    return received[-1]
