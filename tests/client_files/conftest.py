"""Certificates and keys, made anew for every run of the tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from curlx.client_files import ClientFiles, RemarkStatus
from curlx.client_files.reading import read_client_files

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
CLIENT, SERVER = ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH


class Identity(NamedTuple):
    """A certificate with its key, in the forms that files have."""

    certificate: x509.Certificate
    private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def key(self) -> bytes:
        return self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def locked(self, passphrase: bytes) -> bytes:
        return self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase))

    def bundle(self, passphrase: bytes | None, *above: Identity) -> bytes:
        lock = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
        rest = [one.certificate for one in above]
        return pkcs12.serialize_key_and_certificates(b"alice", self.private, self.certificate, rest, lock)


def make(
    name: str,
    issuer: Identity | None = None,
    *,
    begins: str = "2026-01-01",
    ends: str = "2027-01-01",
    authority: bool = False,
    purposes: tuple[x509.ObjectIdentifier, ...] = (CLIENT,),
    signs: bool | None = None,
    rsa_bits: int = 0,
) -> Identity:
    """Make a certificate; without an issuer it signs itself. `signs`: what its key usage says, None for no such."""
    private = rsa.generate_private_key(65537, rsa_bits) if rsa_bits else ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(private.public_key())
        .serial_number(0x1267)
        .not_valid_before(datetime.fromisoformat(begins).replace(tzinfo=UTC))
        .not_valid_after(datetime.fromisoformat(ends).replace(tzinfo=UTC))
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
    )
    if purposes and not authority:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    if signs is not None:
        usage = x509.KeyUsage(signs, False, True, False, False, False, False, False, False)
        builder = builder.add_extension(usage, critical=True)
    return Identity(builder.sign(issuer.private if issuer else private, hashes.SHA256()), private)


@pytest.fixture(scope="session")
def root() -> Identity:
    return make("Example Root CA", authority=True)


@pytest.fixture(scope="session")
def issuing(root: Identity) -> Identity:
    return make("Example Issuing CA", root, authority=True)


@pytest.fixture(scope="session")
def alice(issuing: Identity) -> Identity:
    return make("alice", issuing)


@pytest.fixture(scope="session")
def issue() -> Callable[..., Identity]:
    return make


@pytest.fixture(scope="session")
def look() -> Callable[..., ClientFiles]:
    """Return what reads the files, at a time that stands still."""

    def read(certificate: bytes, key: bytes | None = None, **more: str) -> ClientFiles:
        return read_client_files(certificate, key, now=NOW, **more)

    return read


@pytest.fixture(scope="session")
def said() -> Callable[[ClientFiles, RemarkStatus], str]:
    """Return what gives all remarks of one status, one a line."""
    return lambda files, status: "\n".join(one.text for one in files.remarks if one.status == status)
