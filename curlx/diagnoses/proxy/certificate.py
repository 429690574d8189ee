"""curl does not trust the proxy's own certificate.

## What it means

This proxy is reached over TLS (`https://proxy:port`), so it has a certificate of its own, and curl checks it before
it says a word about the server. Here curl refused it. The server's certificate has not been seen yet.

## How curlx knows

curl refused a certificate during the handshake with the proxy, before the tunnel was opened.

## What to do

Give curl the certificate authority (CA) that signed the proxy's certificate with `--proxy-cacert`. `--cacert` is
for the server and does not count for the proxy. If the proxy's certificate is expired or has the wrong name,
whoever runs the proxy must replace it.

## When it is something else

If the tunnel was opened first, the certificate is the server's, or that of a gateway in its place: see the
`server-certificate-` diagnoses.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.shared.probes import again
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, place
from curlx.diagnoses.proxy.shared.tunnels import given_as_https
from curlx.events import ComplaintKind
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="proxy-certificate",
    title="The proxy's certificate was refused",
    needs="complaint",
    explains=("server-certificate-", "tls-"),
)

_KINDS: dict[ComplaintKind, str] = {
    "certificate-expired": "it has expired",
    "certificate-not-yet-valid": "it is not valid yet, or the clock of this machine is wrong",
    "certificate-self-signed": "it is signed by itself",
    "certificate-self-signed-in-chain": "its CA is not one that curl trusts",
    "certificate-untrusted": "its CA is not one that curl trusts",
    "certificate-name-mismatch": "it is for another name",
    "certificate-revoked": "it was revoked",
    "certificate-revocation-unchecked": "its revocation could not be checked",
    "certificate-pin-mismatch": "its key is not the expected one",
    "certificate-weak": "its key or signature is too weak",
    "certificate-malformed": "it cannot be read",
    "certificate-rejected": "curl does not say why",
}

_UNKNOWN_CA = ("certificate-self-signed", "certificate-self-signed-in-chain", "certificate-untrusted")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the certificates of proxies that curl refused."""
    for trouble in ended_by(timeline, *_KINDS):
        connection, proxy = trouble.connection, trouble.proxy
        if connection is None or connection.proxy_tls is None or connection.tls is not None:
            continue
        if connection.proxy_tls.verdict != "rejected" or (proxy and proxy.established and proxy.established.value):
            continue
        reason = _KINDS[trouble.complaint.kind]
        yield DIAGNOSIS.found(
            "certain",
            f"curl refused the certificate of the proxy {place(trouble.host, trouble.port)}: {reason}. The server was "
            "not reached yet.",
            _evidence(trouble),
            transfer=trouble.index,
            causes=_causes(trouble),
            remedies=_remedies(trouble),
        )


def _causes(trouble: Trouble) -> tuple[str, ...]:
    kind = trouble.complaint.kind
    if kind in _UNKNOWN_CA:
        return ("The proxy's certificate comes from a private CA that curl does not know; --cacert is not for it.",)
    if kind == "certificate-name-mismatch":
        return ("The proxy is given under another name, or by its address, than its certificate has.",)
    if kind in ("certificate-expired", "certificate-not-yet-valid"):
        return ("Nobody renewed the proxy's certificate in time.", "The clock of this machine is wrong.")
    return ()


def _evidence(trouble: Trouble) -> Iterator[Evidence]:
    yield trouble.says("curl refused a certificate")
    yield from given_as_https(trouble)
    tls = trouble.connection.proxy_tls if trouble.connection else None
    certificate = tls.certificate if tls else None
    if certificate and certificate.subject:
        yield cite(trouble.timeline, certificate.subject.line, "the certificate is the proxy's")
    if certificate and certificate.issuer:
        yield cite(trouble.timeline, certificate.issuer.line, "the CA that signed it")


def _remedies(trouble: Trouble) -> Iterator[Remedy]:
    if trouble.complaint.kind in _UNKNOWN_CA:
        yield Remedy(
            "client",
            "Give curl the CA of the proxy",
            ("Get the CA certificate from whoever runs the proxy, by a way you trust; --proxy-cacert names it.",),
            again(trouble, "--proxy-cacert", "proxy-ca.pem"),
        )
    if trouble.complaint.kind == "certificate-name-mismatch":
        step = "Write the proxy's address with the name that stands in its certificate."
        yield Remedy("client", "Use the name that the certificate has", (step,))
    yield Remedy(
        "gateway",
        "Give the proxy a valid certificate",
        (f"It must be in date, and name {trouble.host or 'the host that clients use for the proxy'}.",),
    )
