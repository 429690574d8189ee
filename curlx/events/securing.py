"""What a line can say of TLS and of certificates."""

from __future__ import annotations

from typing import Literal, TypeAlias

from curlx.complaints import ComplaintKind
from curlx.events.event import Direction, Event, Party


class BackendSeen(Event, frozen=True):
    """A line that only one TLS library (curl(1): backend) prints, spelt as in `curl -V`: OpenSSL, GnuTLS, NSS, ..."""

    backend: str


class AlpnOffered(Event, frozen=True):
    """`ALPN: curl offers h2,http/1.1`."""

    protocols: tuple[str, ...]


class AlpnChosen(Event, frozen=True):
    """`ALPN: server accepted h2`; None when the server did not agree on a protocol."""

    protocol: str | None


class TrustAnchors(Event, frozen=True):
    """`  CAfile: /etc/ssl/cert.pem`, `  CApath: none`, `found 140 certificates in ...`, native store."""

    source: str
    count: int | None = None
    backend: str | None = None
    """The TLS library that alone says it in these words."""


class PeerVerificationDisabled(Event, frozen=True):
    """The log says that curl does not verify the peer (`-k`): `SSL Trust: peer verification disabled` and the like."""


class HandshakeMessage(Event, frozen=True):
    """`TLSv1.3 (IN), TLS handshake, Request CERT (13):`. `number` is the HandshakeType of RFC 8446, B.3."""

    direction: Direction
    number: int
    name: str
    label: str
    """The version that the line shows. It is that of the library at this point: the ClientHello tells what is offered,
    a hello of TLS 1.3 may show 1.2, and what no other version knows shows the one that was agreed on."""


class ClientHello(HandshakeMessage, frozen=True):
    """The message that begins a handshake: behind another of the same kind it shows that two are under way."""


class TlsAlert(Event, frozen=True):
    """`TLSv1.3 (IN), TLS alert, unknown CA (560):`. `description` is the AlertDescription of RFC 8446, 6 (48).

    It is -1 where the line shows the level alone (curl up to 7.58) and the level is fatal.
    """

    direction: Direction
    description: int
    name: str
    level: Literal["warning", "fatal"]


class TlsRecord(Event, frozen=True):
    """A record header or change-cipher line: says that this build prints the handshake, and nothing else."""


class CipherChosen(Event, frozen=True):
    """`SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384 / X25519 / RSASSA-PSS`: the handshake is complete."""

    version: str | None
    cipher: str
    backend: str | None = None
    """The TLS library that alone spells version or cipher like this."""


class HandshakeDone(Event, frozen=True):
    """`mbedTLS: Handshake complete` and other lines with which a library says that the handshake is complete."""

    version: str | None = None
    cipher: str | None = None


class SessionReused(Event, frozen=True):
    """`SSL reusing session`: a resumed session carries no certificates (RFC 8446, 2.2)."""


class CertificateBlock(Event, frozen=True):
    """`Server certificate:`, `Proxy certificate:`, `NSS: client certificate from file`."""

    party: Party


CertificateFieldName: TypeAlias = Literal[
    "subject", "issuer", "not-before", "not-after", "common-name", "serial", "alternative-name", "public-key",
    "signature", "key-usage", "level",
]  # fmt: skip


class CertificateField(Event, frozen=True):
    """One line of a certificate block."""

    name: CertificateFieldName
    value: str


class KeyHashSeen(Event, frozen=True):
    """`public key hash: sha256//...`: what `--pinnedpubkey` would have to be for the key that the peer showed."""


class CertificateVerified(Event, frozen=True):
    """curl's word on the peer's certificate: `ok`, `continuing` (bad, but -k), `skipped` (not checked).

    `at-fault` is the library's word: whether curl goes on in spite of it, another line says.
    """

    result: Literal["ok", "continuing", "skipped", "at-fault"]
    reason: ComplaintKind | None = None


class CertificateNameChecked(Event, frozen=True):
    """`subjectAltName: host "a" matched cert's "b"` or `... does not match`."""

    matched: bool
    host: str | None = None
    name: str | None = None
    decisive: bool = False
    """It is said only where curl then gives up: OpenSSL's names are not compared with `-k`."""


class ClientCertificateNote(Event, frozen=True):
    """What NSS says of the client certificate that it was asked for; `asked` is all that Schannel says.

    `asked-none`: none is configured; `not-found`: NSS does not know the one that is; `from-file`, `found`: it has one.
    """

    note: Literal["asked-none", "not-found", "from-file", "found", "asked"]
    name: str | None = None


class PassphraseAsked(Event, frozen=True):
    """`Enter PEM pass phrase:`: OpenSSL found the client's key encrypted, and was given no passphrase."""


class Renegotiation(Event, frozen=True):
    """The server starts another handshake on the running connection (`Hello request (0)`, Schannel's own words)."""
