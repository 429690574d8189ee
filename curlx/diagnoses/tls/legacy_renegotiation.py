"""The server supports only unsafe renegotiation.

## What it means

Since 2010 TLS servers must support secure renegotiation (RFC 5746), which closes a known attack. This server does not,
and OpenSSL 3 refuses to talk to such servers.

## How curlx knows

curl says so: `unsafe legacy renegotiation disabled`.

## What to do

The server, or the old load balancer or gateway in front of it, needs an update. Until then OpenSSL can be told to
accept it, for one command only.

## When it is something else

* A TLS-inspecting gateway on the way may be the old one, while the server itself is fine: try from another network.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import curl
from curlx.diagnoses.tls.shared.failures import Failure, broken
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="tls-legacy-renegotiation",
    title="The server supports only unsafe renegotiation",
    needs="complaint",
    explains=("tls-protocol-error", "network-", "curl-error"),
)

_CONFIGURATION = (
    "printf '%s\\n' 'openssl_conf = start' '[start]' 'ssl_conf = ssl' '[ssl]' 'system_default = defaults' '[defaults]' "
    "'Options = UnsafeLegacyServerConnect' > legacy-openssl.cnf"
)
"""OpenSSL 3: SSL_CONF_cmd(3), `Options`, `UnsafeLegacyServerConnect`.

On one line: the end word of a here-document that is printed indented would not be found by the shell.
"""


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that OpenSSL broke off because the server lacks RFC 5746."""
    for failure in broken(timeline, "legacy-renegotiation"):
        host = failure.host
        yield DIAGNOSIS.found(
            "certain",
            f"{failure.opening} does not support secure renegotiation (RFC 5746), and curl's TLS library refuses "
            "such servers.",
            failure.evidence(timeline, "the TLS library refuses a server without secure renegotiation"),
            transfer=failure.index,
            causes=(
                "The server, or a load balancer in front of it, runs a TLS library from before 2010.",
                "A gateway on the way that decrypts TLS is that old.",
            ),
            remedies=(
                Remedy("server", f"Update what ends TLS for {host}, so that it supports RFC 5746"),
                *_workaround(failure),
            ),
        )


def _workaround(failure: Failure) -> tuple[Remedy, ...]:
    if not failure.is_openssl:
        return ()
    return (
        Remedy(
            "client",
            "Workaround for one command (OpenSSL 3): accept the old server",
            (
                "It exposes this request to the attack that RFC 5746 closes. Review it, and do not make it the default "
                "of the system.",
            ),
            (_CONFIGURATION, f"OPENSSL_CONF=legacy-openssl.cnf {curl(failure.endpoint)}"),
        ),
    )
