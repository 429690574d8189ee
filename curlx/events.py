"""Everything a line of a log can say, as small frozen values.

An event does not know its line: the reader yields `(Line, Event)` pairs, so that equal lines share one event.
Names follow curl's sources (`lib/*.c`, `src/tool_cb_dbg.c`), OpenSSL and the RFCs. A `Complaint` is a sentence in which
curl itself says that something failed; its `kind` is curlx's one vocabulary for the many wordings of many builds.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from curlx.complaints import ComplaintKind as ComplaintKind

Direction: TypeAlias = Literal["in", "out"]
"""Who sent it: `in` came from the peer, `out` was sent by curl."""

Party: TypeAlias = Literal["server", "proxy", "client"]
"""Whose certificate a block describes."""


class Event(msgspec.Struct, frozen=True, tag=True):
    """Something that a line says."""


# --- curl as a program ------------------------------------------------------------------------------------------------


class Command(Event, frozen=True):
    """The command line, echoed by a shell, `set -x` or a paste. `arguments` excludes the program's own name."""

    text: str
    arguments: tuple[str, ...] = ()


class CurlVersion(Event, frozen=True):
    """`curl 8.14.1 (x86_64-pc-linux-gnu) libcurl/8.14.1 OpenSSL/3.5.1 ...`, or a TLS library that names itself."""

    version: str | None = None
    tls_library: str | None = None


class Exit(Event, frozen=True):
    """`curl: (56) text`: the exit code and the complaint that the text makes."""

    code: int
    text: str
    complaint: Complaint | None = None


class Warned(Event, frozen=True):
    """`Warning: ...` or `Note: ...`; `retries` is true when curl announces another try (`--retry`)."""

    text: str
    retries: bool = False


# --- resolving and connecting -----------------------------------------------------------------------------------------


class HostResolved(Event, frozen=True):
    """`Host example.com:443 was resolved.` (8.9+) or `Hostname example.com was found in DNS cache`."""

    host: str
    port: int | None = None
    cached: bool = False


class AddressesFound(Event, frozen=True):
    """`IPv4: 192.0.2.1, 192.0.2.2`; empty for `(none)`."""

    family: Literal["IPv4", "IPv6"]
    addresses: tuple[str, ...]


class Trying(Event, frozen=True):
    """`  Trying 192.0.2.1:443...`; older builds print no port, Unix sockets a path as the address."""

    address: str
    port: int | None = None


class AboutToConnect(Event, frozen=True):
    """`About to connect() to [proxy] example.com port 443 (#0)` (before 7.30)."""

    host: str
    port: int
    number: int
    proxy: bool = False


class AttemptFailed(Event, frozen=True):
    """`connect to 192.0.2.1 port 443 from ... failed: Connection refused`: one address, not yet the end."""

    address: str
    port: int | None
    kind: ComplaintKind
    reason: str


class Connected(Event, frozen=True):
    """`Connected to host (address) port N (#n)` or `Established connection to host (address port N) from ...`."""

    host: str
    address: str
    port: int | None
    number: int | None = None


class ConnectionReused(Event, frozen=True):
    """`Re-using existing connection #0 with host example.com` and its older forms."""

    number: int | None
    host: str | None = None
    proxy: bool = False


class ConnectionLeft(Event, frozen=True):
    """`Connection #0 to host example.com left intact`: curl is done with this exchange and keeps the connection."""

    number: int
    host: str


class ConnectionClosed(Event, frozen=True):
    """`Closing connection 0`, `shutting down connection #0` and their forms."""

    number: int | None = None


# --- proxies ----------------------------------------------------------------------------------------------------------


class ProxyFromEnvironment(Event, frozen=True):
    """`Uses proxy env variable https_proxy == 'http://proxy:3128'`."""

    variable: str
    url: str


class TunnelStarting(Event, frozen=True):
    """`Establish HTTP proxy tunnel to example.com:443`."""

    host: str
    port: int | None


class TunnelEnded(Event, frozen=True):
    """`CONNECT tunnel established, response 200` / `CONNECT tunnel failed, response 403` / `Proxy replied 200 to
    ...`."""

    established: bool
    status: int | None = None


class SocksStarting(Event, frozen=True):
    """`SOCKS5 connect to example.com:443 (remotely resolved)`."""

    version: int
    host: str
    port: int | None = None


class SocksGranted(Event, frozen=True):
    """`SOCKS5 request granted.`; `Opened SOCKS connection from ... to example.com port 443 (via ...)` (8.19+)."""

    version: int
    host: str | None = None
    port: int | None = None


# --- TLS --------------------------------------------------------------------------------------------------------------


class LibrarySeen(Event, frozen=True):
    """A line that only one TLS library prints. `library` is spelt as in `curl -V`: OpenSSL, GnuTLS, NSS, ..."""

    library: str


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


class PeerVerificationDisabled(Event, frozen=True):
    """The log says that curl does not verify the peer (`-k`): `SSL Trust: peer verification disabled` and the like."""


class HandshakeMessage(Event, frozen=True):
    """`TLSv1.3 (IN), TLS handshake, Request CERT (13):`. `number` is the HandshakeType of RFC 8446, B.3."""

    direction: Direction
    number: int
    name: str
    label: str
    """The version that the line shows. It belongs to the record, not to the connection: never conclude from it."""


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

    direction: Direction


class CipherChosen(Event, frozen=True):
    """`SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384 / X25519 / RSASSA-PSS`: the handshake is complete."""

    version: str | None
    cipher: str


class HandshakeDone(Event, frozen=True):
    """`mbedTLS: Handshake complete` and other lines with which a library says that the handshake is complete."""

    version: str | None = None
    cipher: str | None = None


class SessionReused(Event, frozen=True):
    """`SSL reusing session`: a resumed session carries no certificates (RFC 8446, 2.2)."""


class CertificateBlock(Event, frozen=True):
    """`Server certificate:`, `Proxy certificate:`, `NSS: client certificate from file`."""

    party: Party


class CertificateField(Event, frozen=True):
    """One line of a certificate block."""

    name: Literal["subject", "issuer", "not-before", "not-after", "common-name", "serial", "alternative-name",
                  "public-key", "signature", "key-usage", "level"]  # fmt: skip
    value: str


class CertificateVerified(Event, frozen=True):
    """curl's word on the peer's certificate: `ok`, `continuing` (bad, but -k), `skipped` (not checked)."""

    result: Literal["ok", "continuing", "skipped"]
    reason: ComplaintKind | None = None
    text: str = ""


class CertificateNameChecked(Event, frozen=True):
    """`subjectAltName: host "a" matched cert's "b"` or `... does not match`."""

    matched: bool
    host: str | None = None
    name: str | None = None


class ClientCertificateNote(Event, frozen=True):
    """What NSS says of the client certificate: `asked-none` (asked for, none configured), `from-file`, `found`."""

    note: Literal["asked-none", "not-found", "from-file", "found", "asked"]
    name: str | None = None


class Renegotiation(Event, frozen=True):
    """The server starts another handshake on the running connection (`Hello request (0)`, Schannel's own words)."""


# --- HTTP -------------------------------------------------------------------------------------------------------------


class HttpChosen(Event, frozen=True):
    """`using HTTP/2`, `Using HTTP2, server supports multiplexing`. `version` as in a status line: 1.x, 2, 3."""

    version: str


class PseudoHeader(Event, frozen=True):
    """`[HTTP/2] [1] [:authority: example.com]`: a header as HTTP/2 sends it."""

    name: str
    value: str


class StreamOpened(Event, frozen=True):
    """`[HTTP/2] [1] OPENED stream for https://example.com/path`."""

    url: str


class RequestLine(Event, frozen=True):
    """`> GET /path HTTP/1.1`."""

    method: str
    target: str
    version: str


class StatusLine(Event, frozen=True):
    """`< HTTP/1.1 400 Bad Request`."""

    version: str
    status: int
    reason: str


class Header(Event, frozen=True):
    """`> Host: example.com`, `< content-length: 237`. Name and value as printed, value without outer blanks."""

    direction: Direction
    name: str
    value: str


class HeadersEnd(Event, frozen=True):
    """The empty `>` or `<` line that ends a header block."""

    direction: Direction


class SentText(Event, frozen=True):
    """A `>` line that is no header: a body in a trace, or another protocol's command."""

    text: str


class ReceivedText(Event, frozen=True):
    """A `<` line that is no header: another protocol's reply (`220 mail.example.com ESMTP`)."""

    text: str


class DataMoved(Event, frozen=True):
    """`{ [237 bytes data]` / `} [8 bytes data]`. The size may be of TLS records or of a body: the line does not say."""

    direction: Direction
    size: int
    body: bool | None = None
    """True or False where the log says so (`Recv data`, `Recv SSL data` in a trace)."""


class RequestSent(Event, frozen=True):
    """`Request completely sent off`, `We are completely uploaded and fine`, `upload completely sent off`."""


class BodyIgnored(Event, frozen=True):
    """`Ignoring the response-body`: the body of a redirect or an authentication round is not written."""

    of_tunnel: bool = False
    """`Ignore 3084 bytes of response-body`: said of a proxy's answer to CONNECT alone (`lib/http_proxy.c`)."""


class Followed(Event, frozen=True):
    """`Issue another request to this URL: '...'`: a redirect, an authentication round, or a retry follows."""

    url: str


class Retried(Event, frozen=True):
    """`Connection died, retrying a fresh connect`, `REFUSED_STREAM, retrying a fresh connect`."""

    reason: str


class Authentication(Event, frozen=True):
    """`Server auth using Basic with user 'alice'` / `Proxy auth using ...`."""

    proxy: bool
    scheme: str


class Complaint(Event, frozen=True):
    """curl (or its TLS library, through curl) says that something failed.

    `number` is an AlertDescription, an HTTP status, milliseconds or an error code, as `kind` has it. `subject` is what
    the sentence is about: a host, a file, a certificate name.
    """

    kind: ComplaintKind
    text: str
    number: int | None = None
    subject: str | None = None


# --- everything else --------------------------------------------------------------------------------------------------


class PageMark(msgspec.Struct, frozen=True):
    """A sentence in a page that tells which program wrote it and why. `name` is curlx's word for it."""

    name: str
    detail: str = ""


class Text(Event, frozen=True):
    """A line without any of curl's marks: a body, another program, a blank line."""

    text: str
    marks: tuple[PageMark, ...] = ()


class Meter(Event, frozen=True):
    """The progress meter or its header."""


class Chatter(Event, frozen=True):
    """A line of curl's that carries no fact curlx needs; `topic` says which part of curl speaks."""

    topic: str


class Elided(Event, frozen=True):
    """`...`, `[...]`, `<snip>`: somebody took lines out here."""


class Unrecognized(Event, frozen=True):
    """A line with one of curl's marks whose words curlx does not know."""

    text: str
