"""Who made a server's certificate, as far as the names in it, and the name that it was asked for, tell."""

from __future__ import annotations

from typing import NamedTuple

from curlx.advice.distinguished_names import words
from curlx.advice.hosts import is_own
from curlx.timeline import Certificate

_STAND_INS = (
    # internal/net/ssl/ssl.go of ingress-nginx; pkg/tls/generate/generate.go of Traefik
    (" kubernetes ingress controller fake certificate ", "ingress-nginx",
     "no Ingress names the host under `tls`, its secret is missing or cannot be read"),
    (" traefik default cert ", "Traefik",
     "no certificate is configured for the host, or it could not be obtained or read"),
)  # fmt: skip
_MKCERT = " mkcert "
_FOR_TESTS = (_MKCERT, " development ", " dev ca ", " test ca ", " testing ca ", " localhost ")
_RESERVED = ("localhost", "local", "internal", "test")
"""What names end with that no public authority issues for (RFC 6761, RFC 6762, ICANN 2024)."""


class StandIn(NamedTuple):
    """A certificate that a product shows where it has none for the name that it is asked for."""

    product: str
    why: str

    @property
    def cause(self) -> str:
        """What the certificate tells, as a cause."""
        return (
            f"{self.product} shows this certificate where it has no other for the name that it is asked for: "
            f"{self.why}, or the call reached another {self.product} than was meant."
        )


def stand_in(certificate: Certificate | None) -> StandIn | None:
    """Return what shows a certificate because it has none for the name, where its subject is known as such."""
    subject = certificate.subject if certificate is not None else None
    text = words(subject.value) if subject is not None else ""
    return next((StandIn(product, why) for name, product, why in _STAND_INS if name in text), None)


def is_mkcerts(certificate: Certificate | None) -> bool:
    """Whether the issuer bears the name of mkcert, which makes a CA on the machine of a developer."""
    return _MKCERT in _issuer(certificate)


def why_private(host: str, certificate: Certificate | None) -> str | None:
    """Say what makes a private CA the likely one: the name that was asked for, or that of the issuer."""
    if is_mkcerts(certificate):
        return "mkcert made it, whose CA is known only where it was installed"
    if any(name in _issuer(certificate) for name in _FOR_TESTS):
        return "by its name the issuer is one for development or tests"
    if is_own(host) or host.lower().rpartition(".")[2] in _RESERVED:
        return f"public authorities issue nothing for {host}"
    return None


def _issuer(certificate: Certificate | None) -> str:
    issuer = certificate.issuer if certificate is not None else None
    return words(issuer.value) if issuer is not None else ""
