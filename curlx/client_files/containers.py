"""Take the bytes of a certificate or key file apart: PEM, DER or PKCS#12, as curl's TLS libraries read them.

The only place that holds a private key or a passphrase, and only while it looks.
"""

from __future__ import annotations

import warnings
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
    pkcs12,
)

from curlx.client_files import Container, Remark

CERTIFICATES = 100
"""Certificates of one file that are looked at."""
_CERTIFICATE = ("CERTIFICATE", "X509 CERTIFICATE")
_KEYS = ("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY")
_STRANGERS = {
    "CERTIFICATE REQUEST": "a certificate request (CSR): the CA that gets it returns the certificate",
    "NEW CERTIFICATE REQUEST": "a certificate request (CSR): the CA that gets it returns the certificate",
    "PUBLIC KEY": "a public key",
    "RSA PUBLIC KEY": "a public key",
    "PKCS7": "PKCS#7, which curl does not read: `openssl pkcs7 -print_certs` turns it into PEM",
    "OPENSSH PRIVATE KEY": "an OpenSSH key, which curl does not read for TLS: `ssh-keygen -p -m PEM` turns it into PEM",
    "TRUSTED CERTIFICATE": "an OpenSSL `TRUSTED CERTIFICATE`: `openssl x509` turns it into an ordinary one",
}
"""Blocks of PEM that are neither, and what they are."""
_PKCS7_DATA = bytes.fromhex("06092a864886f70d010701")
_BROKEN = (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion)


class Key(NamedTuple):
    """A private key that was opened, down to what may be told of it."""

    public: bytes
    """The public key, as DER."""
    kind: str
    is_encrypted: bool


class Contents(NamedTuple):
    """What one file holds. `locked`: something in it is encrypted and was not opened."""

    container: Container
    certificates: tuple[x509.Certificate, ...] = ()
    keys: tuple[Key, ...] = ()
    locked: bool = False
    remarks: tuple[Remark, ...] = ()


def open_container(data: bytes, name: str, passphrase: bytes | None = None) -> Contents:
    """Return what a file holds; what cannot be read becomes a remark."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of old certificates, which are old on purpose: the remarks say what matters
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") and "-----BEGIN" in (text := data.decode("utf-16", "replace")):
            said = (
                f"{name} is saved as UTF-16 (PowerShell's `>` does that): curl finds nothing in it. Save it as ASCII."
            )
            found = _pem(text.encode("ascii", "replace"), name, passphrase)
            return found._replace(remarks=(Remark("format", "problem", said), *found.remarks))
        if b"-----BEGIN " in data:
            return _pem(data, name, passphrase)
        return _der(data, name, passphrase)


def public_key(certificate: x509.Certificate) -> bytes | None:
    """Return the public key of a certificate as DER; None for a kind that is not known."""
    try:
        return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except _BROKEN:
        return None


def kind_of(key: object) -> str:
    """Return kind and size of a key, private or public: `RSA 2048`, `EC secp256r1`, `Ed25519`."""
    name = type(key).__name__.lstrip("_").removesuffix("PublicKey").removesuffix("PrivateKey")
    name = {"EllipticCurve": "EC"}.get(name, name)
    size = getattr(getattr(key, "curve", None), "name", None) or getattr(key, "key_size", None)
    return f"{name} {size}" if size else name


def _pem(data: bytes, name: str, passphrase: bytes | None) -> Contents:
    certificates: list[x509.Certificate] = []
    keys: list[Key] = []
    remarks: list[Remark] = []
    locked = hidden = False
    for label, block, at_start in _blocks(data):
        hidden = hidden or not at_start
        if label in _CERTIFICATE and len(certificates) < CERTIFICATES:
            try:
                certificates.append(x509.load_pem_x509_certificate(block))
            except _BROKEN:
                ordinal = len(certificates) + 1
                remarks.append(Remark("format", "problem", f"Certificate {ordinal} in {name} is damaged."))
        elif label in _KEYS:
            key = _key(block, label == "ENCRYPTED PRIVATE KEY" or b"ENCRYPTED" in block[:200], passphrase)
            if key is None:
                remarks.append(Remark("format", "problem", f"The private key in {name} is damaged."))
            elif isinstance(key, Key):
                keys.append(key)
            else:
                locked = True
        elif label in _STRANGERS:
            remarks.append(Remark("format", "note", f"{name} holds {_STRANGERS[label]}."))
    if hidden:
        said = f"{name} has characters before a `-----BEGIN` on its line (a byte order mark, blanks): OpenSSL skips it."
        remarks.append(Remark("format", "problem", said))
    if not (certificates or keys or locked or remarks):
        remarks.append(Remark("format", "problem", f"{name} looks like PEM, but no block in it is whole."))
    return Contents("PEM", tuple(certificates), tuple(keys), locked, tuple(remarks))


def _blocks(data: bytes) -> list[tuple[str, bytes, bool]]:
    """Return the blocks of PEM (RFC 7468) that are whole: label, text, and whether it begins where a line does."""
    blocks = []
    label, begun, at_start = "", [b""], True
    for line in data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"):
        start = line.find(b"-----BEGIN ")
        bare = line.strip()
        if start >= 0 and bare.endswith(b"-----"):
            label = line[start + 11 :].strip()[:-5].decode("ascii", "replace")
            begun, at_start = [line[start:].strip()], start == 0
        elif label and bare == f"-----END {label}-----".encode("ascii", "replace"):
            blocks.append((label, b"\n".join([*begun, bare, b""]), at_start))
            label = ""
        elif label:
            begun.append(bare)
    return blocks


def _key(block: bytes, is_encrypted: bool, passphrase: bytes | None) -> Key | str | None:
    """Return a key, "locked" without the right passphrase, or None when it is damaged."""
    if is_encrypted and not passphrase:
        return "locked"
    load = load_pem_private_key if block.startswith(b"-----") else load_der_private_key
    try:
        return _shown(load(block, passphrase if is_encrypted else None), is_encrypted)
    except _BROKEN:
        return "locked" if is_encrypted else None


def _shown(key: object, is_encrypted: bool) -> Key:
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined]
    return Key(public, kind_of(key), is_encrypted)


def _der(data: bytes, name: str, passphrase: bytes | None) -> Contents:
    # PFX ::= SEQUENCE { version INTEGER (3), authSafe ContentInfo of PKCS#7 data, ... } (RFC 7292, 4)
    if data[:1] == b"\x30" and b"\x02\x01\x03\x30" in data[:16] and _PKCS7_DATA in data[:40]:
        return _pkcs12(data, passphrase)
    try:
        return Contents("DER", (x509.load_der_x509_certificate(data),))
    except _BROKEN:
        pass
    try:
        return Contents("DER", keys=(_shown(load_der_private_key(data, None), False),))
    except TypeError:  # it wants a passphrase
        key = _key(data, True, passphrase)
        return Contents("DER", keys=(key,)) if isinstance(key, Key) else Contents("DER", locked=True)
    except _BROKEN:
        what = "is empty" if not data.strip() else "holds nothing that curl could use: it is not PEM, DER or PKCS#12"
        return Contents("unknown", remarks=(Remark("format", "problem", f"{name} {what}."),))


def _pkcs12(data: bytes, passphrase: bytes | None) -> Contents:
    for tried in (passphrase,) if passphrase else (None, b""):
        try:
            bundle = pkcs12.load_pkcs12(data, tried)
        except _BROKEN:
            continue
        certificates = [one.certificate for one in (bundle.cert, *bundle.additional_certs) if one is not None]
        keys = (_shown(bundle.key, bool(tried)),) if bundle.key is not None else ()
        return Contents("PKCS#12", tuple(certificates[:CERTIFICATES]), keys)
    return Contents("PKCS#12", locked=True)
