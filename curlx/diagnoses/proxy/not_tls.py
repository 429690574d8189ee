"""curl spoke TLS to the proxy, and the proxy does not.

## What it means

A proxy given as `https://proxy:port` is itself reached over TLS; that is rare. Most proxies are reached in plain
text, as `http://proxy:port`, also for https servers: the connection to the server is still encrypted, inside the
tunnel.

## How curlx knows

The proxy is given with `https://`, and what came back to curl's handshake with it is not TLS (`wrong version
number` and the like).

## What to do

Write `http://` in front of the proxy's address.

## When it is something else

If the handshake with the proxy works and then fails with the server, it is not this: see `tls-plaintext-server`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.shared.probes import again
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, place
from curlx.diagnoses.proxy.shared.tunnels import given_as_https, in_handshake_with_proxy
from curlx.findings import Diagnosis, Evidence, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="proxy-not-tls",
    title="The proxy does not speak TLS",
    needs="complaint",
    explains=("tls-plaintext-server", "tls-protocol-error", "tls-version-mismatch"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the HTTPS proxies that answered in plain text."""
    for trouble in filter(in_handshake_with_proxy, ended_by(timeline, "tls-not-tls")):
        where = place(trouble.host, trouble.port)
        yield DIAGNOSIS.found(
            "certain",
            f"curl began TLS with the proxy {where}, and what came back is not TLS.",
            _evidence(trouble),
            transfer=trouble.index,
            causes=(
                "The proxy is written with https:// where http:// is meant.",
                "The port is not the one on which the proxy speaks TLS.",
            ),
            remedies=(_written_plain(trouble),),
        )
    yield from _perhaps(timeline)


def _written_plain(trouble: Trouble) -> Remedy:
    where = place(trouble.host, trouble.port)
    variable = trouble.proxy.from_environment.value if trouble.proxy and trouble.proxy.from_environment else None
    step = f"Write {_plain(where) if trouble.host else 'http://'} in {variable or '--proxy or its variable'}."
    return Remedy(
        "client",
        "Reach the proxy with http://",
        (step, "The connection to the server stays encrypted, inside the tunnel."),
        again(trouble, "--proxy", _plain(where)) if trouble.host else (),
    )


def _perhaps(timeline: Timeline) -> Iterator[Finding]:
    """Find the HTTPS proxies that hung up on TLS: those that expect plain text often do just that."""
    for trouble in filter(
        in_handshake_with_proxy, ended_by(timeline, "tls-closed", "tls-reset", "reset", phases=("tls",))
    ):
        where = place(trouble.host, trouble.port)
        yield DIAGNOSIS.found(
            "possible",
            f"curl began TLS with the proxy {where}, which broke off without a word of TLS.",
            [trouble.says("the proxy hung up during the handshake"), *given_as_https(trouble)],
            transfer=trouble.index,
            causes=(
                "The proxy is written with https:// where http:// is meant: one that expects plain text hangs up on "
                "TLS.",
                "The proxy does not let this machine in, or a firewall in front of it broke the connection.",
            ),
            remedies=(_written_plain(trouble),),
            title="The proxy hung up when curl began TLS with it",
        )


def _plain(where: str) -> str:
    return f"http://{where}"


def _evidence(trouble: Trouble) -> Iterator[Evidence]:
    yield trouble.says("what the proxy sent is not TLS")
    yield from given_as_https(trouble)
