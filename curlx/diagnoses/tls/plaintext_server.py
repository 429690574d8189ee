"""The port does not speak TLS.

## What it means

curl opened a TLS handshake, and what came back was not TLS: most likely the port speaks a plain protocol, such as HTTP
without encryption.

## How curlx knows

curl's TLS library says that what arrived is no TLS record: `wrong version number`, `unexpected TLS packet`, `record
layer length error`, `packet length too long`. It is an inference, because a damaged stream gives the same words.

## What to do

Try the same port with `http://`. If that answers, use it, or find the port that speaks TLS (443 instead of 80, 8443
instead of 8080). The command below shows what the port says.

## When it is something else

* A proxy or gateway on the way answered in plain text (an error page) in the middle of the handshake.
* The port wants a few plain lines first (STARTTLS of mail and database servers).
* An `https://` proxy that speaks plain HTTP: see `proxy-not-tls`.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.advice.commands import Endpoint, curl
from curlx.diagnoses.loopback import on_the_way
from curlx.diagnoses.tls.shared.failures import Failure, broken
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.ports import HTTP_PORT, HTTPS_PORT
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="tls-plaintext-server",
    title="TLS was spoken to a port that does not speak TLS",
    needs="complaint",
    explains=("tls-protocol-error", "tls-closed", "network-", "curl-error"),
)

_GREETED_AS_PROXY = (
    "curl offered HTTP/1.1 alone, as it does to a proxy: the address may be that of one, written with https:// where "
    "http:// is meant."
)
_NO_RECORD = "what arrived is no TLS record"


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers in which the answer to the handshake was no TLS."""
    for failure in broken(timeline, "plaintext-server"):
        endpoint = failure.endpoint
        led = endpoint.led
        place = f"{endpoint.address}, where `{led.option.split()[0]}` leads," if led else failure.place
        port = f"Port {led.port} of {led.host}" if led else f"{endpoint.port_in_words.capitalize()} of {failure.host}"
        via = failure.connection.proxy if failure.connection else None
        causes = [
            f"{port} speaks plain HTTP (or another plain protocol).",
            *on_the_way(failure.connection, "Something on the way answers in plain text, or damages the stream."),
        ]
        proxys = via is None and _is_greeted_as_proxy(failure)
        if proxys:
            causes.insert(1, _GREETED_AS_PROXY)  # a curl without HTTP/2 offers every server no more than that
        if via is not None:
            causes.append("The proxy answered in plain text instead of passing the handshake on.")
        # Windows has the same words for broken handshakes as well.
        unsure = endpoint.port == HTTPS_PORT and failure.tells("of-schannel")
        summary = (f"What came back from {place} in answer to curl's TLS handshake is not TLS. Most likely "
                   "that port speaks plain text.")  # fmt: skip
        if unsure:
            summary = (f"Windows cannot make anything of what {place} answered to curl's TLS handshake: it may "
                       "not be TLS at all, or TLS that is damaged or broken off.")  # fmt: skip
            causes = [*causes[1:], causes[0]]
        yield DIAGNOSIS.found(
            "possible" if unsure else "likely",
            summary,
            (
                *failure.evidence(
                    timeline, "what arrived is no TLS that Windows understands" if unsure else _NO_RECORD
                ),
                *failure.hello_evidence(timeline),
            ),
            transfer=failure.index,
            causes=causes,
            title="The answer to the TLS handshake may not be TLS" if unsure else "",
            remedies=(*_remedies(endpoint), *((_as_proxy(endpoint),) if proxys else ())),
        )


def _as_proxy(endpoint: Endpoint) -> Remedy:
    step = (f"`--proxy http://{endpoint.authority}`, or the same in https_proxy or .curlrc: what goes through it to an "
            "https:// server is encrypted all the same.")  # fmt: skip
    return Remedy("client", "If this is the address of a proxy, write it with http://", (step,))


def _remedies(endpoint: Endpoint) -> Iterator[Remedy]:
    if endpoint.led is not None and endpoint.led.port == HTTP_PORT:
        option = endpoint.led.option.split()[0]
        step = f"`{option}` leads to port {HTTP_PORT}, that of http://. That of https:// is {HTTPS_PORT}."
        yield Remedy("client", "Lead the call to a port that speaks TLS", (step,))
        return
    if endpoint.port == HTTP_PORT:
        # Whoever serves http:// on its own port means to: https:// has another one.
        usual = msgspec.structs.replace(endpoint, port=HTTPS_PORT)
        yield Remedy("client", f"Leave the port out of the URL: https:// uses {HTTPS_PORT}", (), (curl(usual),))
        yield Remedy("server", f"Serve https:// on port {HTTPS_PORT}, beside port {HTTP_PORT}")
        return
    yield Remedy(
        "client",
        "Ask the same port without TLS; if it answers, use http:// or another port",
        ("Do not send passwords or tokens over http://.",),
        (curl(endpoint, scheme="http"),),
    )
    yield Remedy(
        "server",
        f"If {endpoint.port_in_words} is meant for https://, switch TLS on there",
        (f"nginx: `listen {endpoint.port} ssl;`. Apache: `SSLEngine on` in the virtual host of that port.",),
    )


def _is_greeted_as_proxy(failure: Failure) -> bool:
    """Whether the offer is the one that curl makes a proxy, and no command tells whom it went to.

    With Schannel curl offers every server no more than that.
    """
    tls = failure.tls
    return (
        failure.transfer.command is None
        and tls is not None
        and tls.alpn_offered == ("http/1.1",)
        and tls.backend != "Schannel"
    )
