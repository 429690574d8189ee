"""What the files given to curl with `--cert` and `--key` show: facts, remarks on them, and what they add to the log.

No key and no passphrase is in here, nor anything from which one could be had: of a private key only its kind, its size
and to which certificate it belongs.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Container: TypeAlias = Literal["PEM", "DER", "PKCS#12", "unknown"]
Topic: TypeAlias = Literal["format", "chain", "validity", "key", "purpose", "strength", "issuer", "log"]
RemarkStatus: TypeAlias = Literal["ok", "problem", "note", "unknown"]


class CertificateFacts(msgspec.Struct, frozen=True):
    """One certificate of a file; names as RFC 4514 writes them, dates in ISO 8601, UTC."""

    subject: str
    issuer: str
    serial: str
    """Hexadecimal, as OpenSSL prints it."""
    fingerprint: str
    """SHA-256 of the certificate, hexadecimal: by it a server's owner finds it in a list."""
    not_before: str
    not_after: str
    key: str
    """Kind and size of the public key: `RSA 2048`, `EC secp256r1`."""
    bits: int | None = None
    """Size of the key; None where the kind fixes it (Ed25519)."""
    digest: str | None = None
    """Of the signature on it; None where the signature's kind fixes it."""
    usages: tuple[str, ...] | None = None
    """Key usage (RFC 5280, 4.2.1.3); None: the certificate does not restrict it."""
    purposes: tuple[str, ...] | None = None
    """Extended key usage (RFC 5280, 4.2.1.12), by name or object identifier; None: not restricted."""
    is_authority: bool = False
    """CA:TRUE."""
    is_self_signed: bool = False
    signed_by: int | None = None
    """Index of the certificate in the same file whose key signed this one; None when there is none."""


class KeyFacts(msgspec.Struct, frozen=True):
    """A private key. `belongs_to` is the index of the certificate with the same public key."""

    file: str
    kind: str
    is_encrypted: bool = False
    belongs_to: int | None = None


class Remark(msgspec.Struct, frozen=True):
    """One sentence about the files. `unknown` is what neither the files nor the log can tell."""

    topic: Topic
    status: RemarkStatus
    text: str


class JudgedAt(msgspec.Struct, frozen=True):
    """The time of the call, as well as it is known: between `earliest` and `latest` (ISO 8601, UTC)."""

    by: Literal["date-header", "server-certificate", "clock"]
    """The log's `Date:` header; that curl accepted a server certificate of those dates; or only today's clock."""
    earliest: str | None
    latest: str
    line: int | None = None


class ClientFiles(msgspec.Struct, frozen=True):
    """The client's files, in the order in which curl would read them: `certificates[0]` is the one that is sent."""

    file: str
    container: Container
    certificates: tuple[CertificateFacts, ...] = ()
    key: KeyFacts | None = None
    key_file: str = ""
    """The file in which the key was looked for, whether or not it could be opened."""
    needs_passphrase: bool = False
    """Something is encrypted, and no passphrase or a wrong one was given."""
    read_at: str = ""
    """Today's clock when they were read, ISO 8601, UTC."""
    remarks: tuple[Remark, ...] = ()
    judged_at: JudgedAt | None = None
    conclusion: str = ""
    """What log and files say together."""
