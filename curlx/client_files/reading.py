"""The bytes of the client's files become facts, with remarks on what can be seen in the files alone."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.hashes import SHA256

from curlx.client_files import CertificateFacts, ClientFiles, KeyFacts, Remark
from curlx.client_files.containers import Contents, kind_of, open_container, public_key
from curlx.client_files.remarks import remarks
from curlx.findings import CERTIFICATE_FILE, KEY_FILE

_USAGES = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
           "key_cert_sign", "crl_sign")  # fmt: skip
_PURPOSES = {
    "1.3.6.1.5.5.7.3.1": "serverAuth", "1.3.6.1.5.5.7.3.2": "clientAuth", "1.3.6.1.5.5.7.3.3": "codeSigning",
    "1.3.6.1.5.5.7.3.4": "emailProtection", "1.3.6.1.5.5.7.3.8": "timeStamping", "1.3.6.1.5.5.7.3.9": "OCSPSigning",
    "2.5.29.37.0": "anyExtendedKeyUsage",
}  # fmt: skip


def read_client_files(
    certificate: bytes,
    key: bytes | None = None,
    *,
    name: str = CERTIFICATE_FILE,
    key_name: str = KEY_FILE,
    passphrase: str | None = None,
    now: datetime,
) -> ClientFiles:
    """Return what the client's files hold.

    `certificate` and `key` are the bytes of the files that `--cert` and `--key` name; without `key` curl looks for one
    in the certificate's file. `now` (UTC) counts only where the log has no time. Nothing of the passphrase or of a
    key is kept. Never raises for what the files hold.
    """
    secret = passphrase.encode("utf-8", "surrogateescape") if passphrase else None
    main = open_container(certificate, name, secret)
    other = open_container(key, key_name, secret) if key is not None else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as in containers.py
        found = ClientFiles(
            file=name,
            container=main.container,
            certificates=tuple(_facts(one, main.certificates) for one in main.certificates),
            key=_key(main, other, key_name if other is not None else name),
            key_file=key_name if other is not None else name,
            needs_passphrase=main.locked or (other is not None and other.locked),
            read_at=_iso(now),
        )
    said = [*main.remarks, *(other.remarks if other is not None else ()), *_misplaced(main, other, name, key_name)]
    return remarks(found, tuple(said), key_name if other is not None else name, bool(secret))


def _misplaced(main: Contents, other: Contents | None, name: str, key_name: str) -> Iterator[Remark]:
    """Tell of files that are not what they were given as."""
    if main.container != "unknown" and not main.certificates and (main.keys or main.locked):
        if main.container != "PKCS#12":
            swapped = other is not None and other.certificates
            hint = f" {key_name} holds a certificate: the two are swapped." if swapped else ""
            yield Remark("format", "problem", f"{name} holds a private key and no certificate.{hint}")
        elif main.keys:
            yield Remark("format", "problem", f"{name} holds a key, but no certificate.")
    elif main.container == "PEM" and not main.certificates:
        yield Remark("format", "problem", f"{name} holds no certificate.")
    if other is not None and not other.keys and not other.locked and other.certificates:
        yield Remark("key", "problem", f"{key_name} holds a certificate and no private key.")


def _key(main: Contents, other: Contents | None, name: str) -> KeyFacts | None:
    held = other if other is not None else main
    if not held.keys:
        return None
    key = held.keys[0]
    match = [index for index, one in enumerate(main.certificates) if public_key(one) == key.public]
    return KeyFacts(name, key.kind, key.is_encrypted, match[0] if match else None)


def _facts(certificate: x509.Certificate, every: Sequence[x509.Certificate]) -> CertificateFacts:
    try:
        key = certificate.public_key()
        kind, bits = kind_of(key), getattr(key, "key_size", None)
    except (ValueError, UnsupportedAlgorithm):
        kind, bits = "of a kind that curlx does not know", None
    return CertificateFacts(
        subject=_name(certificate, "subject"),
        issuer=_name(certificate, "issuer"),
        serial=f"{certificate.serial_number:x}",
        fingerprint=certificate.fingerprint(SHA256()).hex(),
        not_before=_iso(certificate.not_valid_before_utc),
        not_after=_iso(certificate.not_valid_after_utc),
        key=kind,
        bits=bits,
        digest=_digest(certificate),
        usages=_usages(certificate),
        purposes=_purposes(certificate),
        is_authority=bool(getattr(_extension(certificate, x509.BasicConstraints), "ca", False)),
        is_self_signed=_is_issued_by(certificate, certificate),
        signed_by=next(
            (index for index, one in enumerate(every) if one is not certificate and _is_issued_by(certificate, one)),
            None,
        ),
    )


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _name(certificate: x509.Certificate, whose: str) -> str:
    try:
        name: x509.Name = getattr(certificate, whose)
        return name.rfc4514_string()
    except ValueError:
        return "(unreadable)"


def _digest(certificate: x509.Certificate) -> str | None:
    try:
        algorithm = certificate.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return None
    return algorithm.name if algorithm is not None else None


def _extension(certificate: x509.Certificate, kind: type[x509.ExtensionType]) -> object | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return None


def _usages(certificate: x509.Certificate) -> tuple[str, ...] | None:
    usage = _extension(certificate, x509.KeyUsage)
    return None if usage is None else tuple(name for name in _USAGES if getattr(usage, name))


def _purposes(certificate: x509.Certificate) -> tuple[str, ...] | None:
    purposes = _extension(certificate, x509.ExtendedKeyUsage)
    if not isinstance(purposes, x509.ExtendedKeyUsage):
        return None
    return tuple(_PURPOSES.get(one.dotted_string, one.dotted_string) for one in purposes)


def _is_issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
