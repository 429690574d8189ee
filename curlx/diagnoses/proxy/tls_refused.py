"""The proxy ended TLS with an alert.

## What it means

curl reaches the proxy itself over TLS (`https://proxy:port`), and the proxy broke that handshake off with an alert: a
number that names the reason, or leaves it open. The server was not reached.

## How curlx knows

The handshake was the one with the proxy, no tunnel stood yet, and the log shows a fatal alert marked `(IN)`, or a TLS
library that says that it received one.

## What to do

Look in the proxy's log. What a proxy takes is what its owner knows: the versions of TLS, a client certificate
(`--proxy-cert`), the name under which it is reached.

## When it is something else

* A proxy that demands a client certificate by its name is `client-certificate-missing`.
* An answer that is not TLS is `proxy-not-tls`; a certificate that curl refuses is `proxy-certificate`.
* An alert inside the tunnel is the server's: see `tls-refused`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.shared.probes import again
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, place
from curlx.diagnoses.proxy.shared.tunnels import PROXY_LOG, given_as_https, in_handshake_with_proxy
from curlx.events import ComplaintKind
from curlx.findings import CERTIFICATE_FILE, KEY_FILE, Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Alert, Timeline
from curlx.tls_numbers import ALERT_NAMES, AlertDescription

DIAGNOSIS = Diagnosis(
    code="proxy-tls-refused",
    title="The proxy refused the TLS handshake",
    needs="complaint",
    explains=("tls-", "network-", "curl-error"),
)

_KINDS: tuple[ComplaintKind, ...] = ("tls-alert", "tls-version", "tls-no-shared-cipher", "tls-error")
_OFFER = "What curl offers does not suit the proxy: a version of TLS, or ciphers."
_CERTIFICATE = "The proxy wants a client certificate: curl has one for it only with --proxy-cert."
_NAME = "The proxy is given under a name, or by an address, that it does not serve."
_CAUSES: dict[int | None, tuple[str, ...]] = {
    AlertDescription.HANDSHAKE_FAILURE: (_OFFER, _CERTIFICATE),
    AlertDescription.PROTOCOL_VERSION: ("The proxy speaks none of the versions of TLS that curl offers.",),
    AlertDescription.INSUFFICIENT_SECURITY: (_OFFER,),
    AlertDescription.ACCESS_DENIED: ("The proxy's rules do not let this client in.", _CERTIFICATE),
    AlertDescription.INTERNAL_ERROR: ("The proxy could not go on: what is wrong stands in its log.", _OFFER),
    AlertDescription.UNRECOGNIZED_NAME: (_NAME,),
    AlertDescription.NO_APPLICATION_PROTOCOL: ("The proxy speaks none of the protocols that curl offers (ALPN).",),
}
_OTHERWISE = (_OFFER, _CERTIFICATE, _NAME)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the HTTPS proxies that answered curl's handshake with an alert."""
    for trouble in filter(in_handshake_with_proxy, ended_by(timeline, *_KINDS)):
        alert = _alert(trouble)
        if alert is None and trouble.complaint.kind != "tls-alert":
            continue  # curl's own library gave up, and the proxy may have said nothing
        number = alert.description if alert is not None else trouble.complaint.number
        if number == AlertDescription.CERTIFICATE_REQUIRED or _wants_a_certificate(trouble):
            continue  # that is what is wrong: client-certificate-missing and its like tell
        name = ALERT_NAMES.get(number or -1, "").replace("_", " ")
        yield DIAGNOSIS.found(
            "certain",
            f"The proxy {place(trouble.host, trouble.port)} ended TLS with an alert"
            f"{f' ({number}, {name})' if name else ''}. The server was not reached yet.",
            _evidence(trouble, alert),
            transfer=trouble.index,
            causes=_CAUSES.get(number, _OTHERWISE),
            remedies=_remedies(trouble),
        )


def _alert(trouble: Trouble) -> Alert | None:
    tls = trouble.connection.proxy_tls if trouble.connection is not None else None
    return tls.alert_in() if tls is not None else None


def _wants_a_certificate(trouble: Trouble) -> bool:
    tls = trouble.connection.proxy_tls if trouble.connection is not None else None
    return tls is not None and tls.client_certificate.requested == "yes"


def _evidence(trouble: Trouble, alert: Alert | None) -> Iterator[Evidence]:
    if alert is not None and alert.line != trouble.complaint.line:
        yield cite(trouble.timeline, alert.line, "a fatal alert from the proxy")
        yield trouble.says("curl gives up with this")
    else:
        yield trouble.says("curl was sent a fatal alert")
    yield from given_as_https(trouble)


def _remedies(trouble: Trouble) -> Iterator[Remedy]:
    yield PROXY_LOG
    yield Remedy(
        "client",
        "Ask the proxy's owner what it takes",
        ("If it wants a client certificate, give curl one with --proxy-cert and --proxy-key.",),
        again(trouble, "--proxy-cert", CERTIFICATE_FILE, "--proxy-key", KEY_FILE),
    )
