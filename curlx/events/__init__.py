"""Everything a line of a log can say, as small frozen values.

An event does not know its line: the reader yields `(Line, Event)` pairs, so that equal lines share one event.
Names follow curl's sources (`lib/*.c`, `src/tool_cb_dbg.c`), OpenSSL and the RFCs. A `Complaint` is a sentence in which
curl itself says that something failed; its `kind` is curlx's one vocabulary for the many wordings of many builds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

from curlx.complaints import ComplaintKind
from curlx.events.event import Complaint, Direction, Event, Party
from curlx.events.exchanging import (
    AnswerBegun,
    Authentication,
    BodyExceeded,
    BodyIgnored,
    DataMoved,
    Followed,
    Header,
    HeadersEnd,
    HttpChosen,
    NegotiationFailed,
    PseudoHeader,
    ReceivedText,
    RequestLine,
    RequestSent,
    Retried,
    SentText,
    StatusLine,
    StreamOpened,
)
from curlx.events.securing import (
    AlpnChosen,
    AlpnOffered,
    BackendSeen,
    CertificateBlock,
    CertificateField,
    CertificateFieldName,
    CertificateNameChecked,
    CertificateVerified,
    CipherChosen,
    ClientCertificateNote,
    ClientHello,
    HandshakeDone,
    HandshakeMessage,
    KeyHashSeen,
    PassphraseAsked,
    PeerVerificationDisabled,
    Renegotiation,
    SessionReused,
    TlsAlert,
    TlsRecord,
    TrustAnchors,
)

# --- curl as a program ------------------------------------------------------------------------------------------------


class Command(Event, frozen=True):
    """The command line, echoed by a shell, `set -x` or a paste. `arguments` excludes the program's own name."""

    text: str
    arguments: tuple[str, ...] = ()
    windows: bool = False
    """The prompt, or the program's name, is one of Windows."""
    cmd: bool = False
    """The prompt is that of cmd.exe."""


class CurlVersion(Event, frozen=True):
    """`curl 8.14.1 (x86_64-pc-linux-gnu) libcurl/8.14.1 OpenSSL/3.5.1 ...`, or a TLS library that names itself."""

    version: str | None = None
    tls_library: str | None = None


Program: TypeAlias = Literal[
    "",
    "git",
    "PHP",
    "Composer",
    "pycurl",
    "curl_cffi",
    "R",
    "dnf",
    "mamba",
    "cargo",
    "Nix",
    "CMake",
    "Julia",
    "libcurl",
]
"""Who called libcurl, where its words are nobody else's: dnf stands for yum too, libcurl for what is written in C."""


class Exit(Event, frozen=True):
    """`curl: (56) text`: the exit code and the complaint that the text makes."""

    code: int
    text: str
    complaint: Complaint | None = None
    mentioned: bool = False
    """It stands in somebody's sentence or list, who may tell of another call."""
    program: Program = ""
    """Whose exception it is, where a binding raised it in place of the tool."""


class ProgramFailed(Event, frozen=True):
    """`cURL error 60: text`, `fatal: unable to access 'https://...': text`: a program tells what libcurl told it."""

    text: str
    complaint: Complaint | None = None
    code: int | None = None
    url: str | None = None
    program: Program = ""
    mentioned: bool = False
    """As of `Exit`."""


class Warned(Event, frozen=True):
    """`Warning: ...` or `Note: ...`; `retries` is true when curl announces another try (`--retry`)."""

    text: str
    retries: bool = False
    perhaps: bool = False
    """It stands behind the last line of a body, and may be of the body."""
    foreign: bool = False
    """The words are none of curl's: other programs warn in the same way, and it proves nothing where curl says no
    more."""


class WrittenOut(Event, frozen=True):
    """What `--write-out` printed at the end of a transfer; 0 stands for a number that it did not print, or as `000`."""

    status: int = 0
    code: int = 0
    said: str = ""
    """curl's message (`%{errormsg}`)."""
    complaint: Complaint | None = None
    """What that message tells of."""
    url: str | None = None
    many: bool = False
    """The command asks for several things, and each has its own."""
    count: int = 0
    """So many lines its `--write-out` prints in all, as far as the command tells."""


# --- resolving and connecting -----------------------------------------------------------------------------------------


class HostResolved(Event, frozen=True):
    """`Host example.com:443 was resolved.` (8.9+) or `Hostname example.com was found in DNS cache`."""

    host: str
    port: int | None = None
    cached: bool = False


class AddressesFound(Event, frozen=True):
    """`IPv4: 192.0.2.1, 192.0.2.2`: which of them curl uses, `Trying` says."""


class Trying(Event, frozen=True):
    """`  Trying 192.0.2.1:443...`; older builds print no port, Unix sockets a path as the address."""

    address: str
    port: int | None = None


class AboutToConnect(Event, frozen=True):
    """`About to connect() to [proxy] example.com port 443 (#0)` (before 7.30)."""

    host: str
    port: int
    number: int | None
    proxy: bool = False


class AttemptFailed(Event, frozen=True):
    """`connect to 192.0.2.1 port 443 from ... failed: Connection refused`: one address, not yet the end."""

    address: str
    port: int | None
    kind: ComplaintKind
    reason: str


class OverQuic(Event, frozen=True):
    """`Connect socket 5 over QUIC to 192.0.2.1:443` (7.66 to 7.87): what is tried is HTTP/3."""


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
    port: int | None = None
    """Named since 8.22."""


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
    local: bool = False
    """curl looked the name up itself."""


class SocksGranted(Event, frozen=True):
    """`SOCKS5 request granted.`; `Opened SOCKS connection from ... to example.com port 443 (via ...)` (8.19+)."""

    version: int
    host: str | None = None
    port: int | None = None


# --- everything else --------------------------------------------------------------------------------------------------


ANNOUNCES: Mapping[str, Program] = {"r-announces": "R"}
"""The marks of lines by which a program announces the message of libcurl's that stands in the next."""


class PageMark(msgspec.Struct, frozen=True, gc=False):
    """A sentence in a page that tells which program wrote it and why. `name` is curlx's word for it."""

    name: str
    detail: str = ""
    embedded: bool = False
    """Other words stand around it: a page may be quoting it, from documentation or a list of errors."""


NGINX_PAGES = ("no-required-certificate", "certificate-error")
"""Names of the sentences of nginx's own pages about a client certificate (`ngx_http_special_response.c`)."""


class Text(Event, frozen=True):
    """A line without any of curl's marks: a body, another program, a blank line."""

    text: str
    marks: tuple[PageMark, ...] = ()
    sentence: str = ""
    """What it says in a field of JSON or XML that is for a reason."""
    imitates: bool = False
    """It looks like a line of curl's, and is none by its place or its style."""
    copied: bool = False
    """It repeats what a trace has shown of a body: the tool writes that, too."""


class Meter(Event, frozen=True):
    """The progress meter or its header."""


class Chatter(Event, frozen=True):
    """A line of curl's that belongs to no transfer in particular; `topic` says which part of curl speaks."""

    topic: str
    way: tuple[str, str] = ("", "")
    """An option that leads elsewhere, and what it gave: `shop.example:443:192.0.2.1`; of `--connect-to` one half."""


class Elided(Event, frozen=True):
    """`...`, `[...]`, `<snip>`: somebody took lines out here."""


class Unrecognized(Event, frozen=True):
    """A line with one of curl's marks whose words curlx does not know."""

    text: str


# Sets, and not tuples for `isinstance`: no event has subclasses, and a Struct is slow to say that it is none.
BEGINNINGS = frozenset({HostResolved, Trying, AboutToConnect, ConnectionReused, ProxyFromEnvironment})
"""What curl says of a URL before it is connected."""
OPENINGS = BEGINNINGS | {Connected}
"""With one of these the log of a URL begins: newer builds may print no address that they try, but `Connected`."""
MAY_BEGIN = OPENINGS | {Complaint, Exit, ProgramFailed}
"""What may begin the log of a URL, or be all of it, where the one before was not said to be over."""
FAREWELLS = frozenset({ConnectionLeft, ConnectionClosed})
"""What it says last of a connection."""
