"""The proxy opened the tunnel, and TLS does not get through it.

## What it means

The proxy said yes to the tunnel (status 200), so from then on it should pass every byte on unchanged. The TLS
handshake that follows was cut or answered with something that is not TLS. Either the proxy (or a filter behind it)
interferes, or the target itself hung up or does not speak TLS on this port.

## How curlx knows

The tunnel was established, the handshake began inside it, and then the connection was closed, reset, or answered in
plain text, before a TLS server had said a word (where this build of curl shows that) and without the alert that one
sends when it is unhappy. The log cannot tell who did it, so this is `possible`, or `likely` for an answer in plain
text.

## What to do

Ask for the same URL without the proxy, from a machine that may. If the handshake works there, it is the proxy: it
may block this host by cutting the handshake, or want to inspect it.

## When it is something else

If the handshake ends with an alert, a TLS server spoke: see the `tls-` diagnoses. If a certificate from a gateway
appears, see `tls-intercepted`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, opening, place
from curlx.diagnoses.proxy.shared.tunnels import let_through
from curlx.findings import Diagnosis, Evidence, Finding, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="proxy-breaks-tls",
    title="TLS does not get through the proxy",
    needs="complaint",
    explains=("tls-plaintext-server", "network-"),  # what cut the handshake only perhaps stands behind that it was cut
)

_CUT = (
    "The proxy, or a filter behind it, blocks this host by breaking the handshake.",
    "The proxy wants to inspect TLS to this host and fails at it.",
    "The target hangs up on TLS itself, or does not speak TLS on this port.",
)
_PLAIN = (
    "The proxy, or a filter behind it, answers in place of the target, with a page of its own.",
    "The target does not speak TLS on this port.",
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the handshakes that were cut inside a tunnel."""
    for trouble in ended_by(timeline, "tls-closed", "tls-reset", "tls-not-tls", phases=("tls",)):
        proxy, connection = trouble.proxy, trouble.connection
        if connection is None or proxy is None or proxy.established is None or not proxy.established.value:
            continue
        tls = connection.tls
        if trouble.withheld_certificate or (tls and (tls.alert_in() or tls.alert_out() or tls.server_hello)):
            continue  # a TLS server spoke: the proxy let it through
        plain = trouble.complaint.kind == "tls-not-tls"
        what = "was answered in plain text" if plain else "was cut"
        yield DIAGNOSIS.found(
            "likely" if plain else "possible",
            f"The proxy {place(trouble.host, trouble.port)} opened the tunnel to "
            f"{place(connection.target_host, connection.target_port)}, but the TLS handshake inside it {what}. The log "
            "does not show whether the proxy or the target did it.",
            _evidence(trouble),
            transfer=trouble.index,
            causes=_PLAIN if plain else _CUT,
            remedies=let_through(trouble.transfer, connection),
        )


def _evidence(trouble: Trouble) -> Iterator[Evidence]:
    yield trouble.says("the handshake ended here, without an alert from a TLS server")
    proxy = trouble.proxy
    if proxy and proxy.established:
        yield cite(trouble.timeline, opening(proxy), "the proxy had opened the tunnel before")
