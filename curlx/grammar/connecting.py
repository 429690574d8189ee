"""What curl says while it connects, and when it is done with a connection.

`lib/connect.c`, `lib/cf-socket.c`, `lib/cf-ip-happy.c`, `lib/url.c`, `lib/conncache.c`, `lib/multi.c`.
"""

from __future__ import annotations

import ipaddress
import re

from curlx.events import (
    AboutToConnect,
    AttemptFailed,
    Chatter,
    Complaint,
    ComplaintKind,
    Connected,
    ConnectionClosed,
    ConnectionLeft,
    ConnectionReused,
    Event,
    OverQuic,
    Trying,
)
from curlx.grammar.message import Message, Values
from curlx.grammar.translations import in_english
from curlx.grammar.words import HOST, NUMBER, PORT, without_port
from curlx.patterns import Pattern
from curlx.ports import port_of

_REASONS: tuple[tuple[Pattern, ComplaintKind], ...] = (
    (Pattern(r"refus", re.I), "connect-refused"),
    (Pattern(r"timed? ?out|now in progress", re.I), "connect-timeout"),
    (Pattern(r"unreachable|no route|address not available|can(?:'t|not) assign requested"
             r"|^permission denied|^operation not permitted", re.I), "connect-unreachable"),
    (Pattern(r"no such file", re.I), "unix-socket-failed"),
)  # fmt: skip


def failure_to_connect(reason: str) -> ComplaintKind:
    """Return the kind of an operating system's words (`strerror`) for a connection that failed."""
    said = in_english(reason)
    for pattern, kind in _REASONS:
        if pattern.search(said):
            return kind
    return "connect-failed"


def _is_ipv6(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).version == 6
    except ValueError:
        return False


def split_address(text: str) -> tuple[str, int | None]:
    """Split what curl is `Trying` into address and port.

    Builds before 7.61 print no port, and those up to 8.6 print IPv6 without brackets: `2001:db8::62:8081` is then an
    address and a port, `2001:db8::14` an address. What follows a bare `::` is taken as part of the address.
    """
    if text.startswith("["):
        address, _, rest = text[1:].partition("]")
        return address, port_of(rest.lstrip(":").partition(" ")[0])
    address, colon, digits = text.rpartition(":")
    port = port_of(digits) if colon else None
    if port is None:
        return text, None
    if ":" in address and (address.endswith(":") or (_is_ipv6(text) and not _is_ipv6(address))):
        return text, None
    return address, port


def _trying(values: Values) -> Trying:
    return Trying(*split_address(values["where"]))


def _about(values: Values) -> AboutToConnect:
    return AboutToConnect(values["host"], int(values["port"]), _number(values["number"]), bool(values["proxy"]))


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _failed(values: Values) -> AttemptFailed:
    address, port, reason = values.get("address", ""), _number(values.get("port")), values["reason"].strip()
    # The name of an abstract socket begins with a zero byte, where printing it ends.
    kind = (
        "unix-socket-failed" if values.get("address") == "" or _is_path(address, port) else failure_to_connect(reason)
    )
    return AttemptFailed(address, port, kind, reason)


def _tried_in_vain(values: Values) -> AttemptFailed | None:
    kind = failure_to_connect(values["reason"])
    if kind == "connect-failed":
        return None  # nothing that an operating system says of a connection
    return AttemptFailed(*split_address(values["where"]), kind, values["reason"].strip())


def _is_path(address: str, port: int | None) -> bool:
    """Whether curl tried a socket file: it prints the path, as given, in place of an address."""
    return "/" in address or (not port and ":" not in address and any(char.isalpha() for char in address))


def _quic_failed(values: Values) -> AttemptFailed:
    return AttemptFailed(values["address"], int(values["port"]), "quic", values["reason"].strip())


_NULL = "(nil)"
_FAMILIES = ("ipv4", "ipv6", "IPv4", "IPv6")
"""What 7.8x prints in place of the address."""


def _timed_out(values: Values) -> AttemptFailed:
    address = values.get("address") or ""
    return AttemptFailed("" if address in _FAMILIES else address, None, "connect-timeout", values["reason"])


def _connected(values: Values) -> Connected:
    # An address of a proxy has no name, and older builds print a null pointer in its place (curl 7.61, glibc).
    address = values.get("address", "")
    host = address if values["host"] == _NULL else without_port(values["host"])
    return Connected(host, address, int(values["port"]), _number(values.get("number")))


def _reused(values: Values) -> ConnectionReused:
    return ConnectionReused(_number(values["number"]), values["host"], values["what"] == "proxy")


def _own_address(values: Values) -> Event:
    """The address of `--interface`: of the other family than the peer's it is of no use, and curl says no more."""
    if values["asked"] == values["got"]:
        return Chatter("connecting")
    asked, got = values["asked"], values["got"]
    return Complaint(
        "other", f"The address that --interface names is of another family ({got}) than the peer's ({asked})"
    )


def _left(values: Values) -> ConnectionLeft:
    host = without_port(values["host"])
    port = values["host"].rpartition(":")[2] if host.strip("[]") != values["host"].strip("[]") else ""
    return ConnectionLeft(int(values["number"]), host, port_of(port))


def _closed(values: Values) -> ConnectionClosed:
    return ConnectionClosed(_number(values["number"]))


_ORDINAL = rf"\(# ?(?P<number>{NUMBER})\)"
_PEER = rf"(?P<host>[^()]*|\(nil\)) \((?P<address>[^()]*)\) port (?P<port>{PORT})(?: {_ORDINAL})?"

_CLOSING = rf"(?:[Cc]losing connection|shutting down connection)(?: (?:# ?)?(?:-1|(?P<number>{NUMBER})))?"

_CHATTER = (
    ("TCP_NODELAY set", r"TCP.NODELAY set", "TCP_NODELAY", "TCP"),
    ("TCP_FASTOPEN_CONNECT set", r"TCP.FASTOPEN_CONNECT set"),
    ("Could not set TCP_NODELAY: Invalid argument", r"Could not set \S+: .*"),
    ("Failed to set TCP_KEEPIDLE on fd 5: errno 92", r"Failed to (?:set|enable) [^:]* on fd \d+.*"),
    ("Local port: 0", r"Local port: \d+"),
    ("Local Interface eth0 is ip 192.0.2.9 using address family 2", r"Local Interface .*"),
    ("Bind to local port 40000 failed, trying next", r"Bind to local port \d+ failed, trying next"),
    ("socket successfully bound to interface 'eth0'", r"socket successfully bound to interface .*"),
    ("getpeername() failed with errno 107: Transport endpoint is not connected", r"getpeername\(\) failed .*"),
    ("Connected 2nd connection to shop.example port 21", r"Connected 2nd connection to .*"),
    ("connect attempts inconclusive, retrying in 200ms", r"connect attempts inconclusive, .*"),
    ("Connection #0 isn't open enough, can't reuse", r"Connection #\d+ (?:isn't|is not|is still|has) .*"),
    # Cut off behind the host, it tells no farewell, and is no line of a body either.
    ("Connection #0 to host shop.example is dead", r"Connection #\d+ to host \S+(?: is dead)?"),
    ("Connection 0 seems to be dead", r"Connection #?\d+ seems to be dead.*"),
    ("connected", r"connected"),  # about 7.25 on a line of its own, below `Trying`
    ("Easy mode waiting response from proxy CONNECT", r"Easy mode waiting response from proxy CONNECT"),
    ("Connection still in use, no more multi_done now!", r"Connection still in use.*"),
    ("Connection cache is full, closing the oldest one.", r"Connection (?:cache|pool) is full, .*"),
    ("Connection failed", r"Connection failed"),
    ("Added connection 0. The cache now contains 1 members", r"Added connection \d+\. The cache now contains .*"),
    ("The cache now contains 0 members", r"The cache now contains \d+ members"),
    ("Found bundle for host shop.example: 0x55a5eee6d8f0 [can multiplex]", r"Found bundle for host.*"),
    ("Found pending candidate for reuse and CURLOPT_PIPEWAIT is set", r"Found (?:pending candidate|connection) .*"),
    ("Can not multiplex, even if we wanted to", r"Can ?not multiplex, even if we wanted to!?", "Can", "Cannot"),
    ("Could multiplex, but not asked to", r"Could (?:multiplex|pipeline), but not asked to!?"),
    ("Multiplexed connection found", r"Multiplexed connection found!?"),
    ("Marked for [closure]: 1", r"Marked for \[.*"),
    ("Kill stream: HTTP/2 stream", r"Kill stream: .*"),
    ("Server doesn't support multiplex (yet)", r"Server (?:upgrade )?(?:doesn't|does not|cannot) .*"),
    ("Server envoy is not blacklisted", r"Server .* is (?:not )?blacklisted"),
    ("No connections available in cache", r"No (?:more )?connections (?:available|allowed).*"),
    ("Too old connection (118 seconds idle), disconnect it", r"Too old connection .*"),
    ("Waiting on connection to negotiate possible multiplexing.", r"Waiting on connection .*"),
    ("MAX_CONCURRENT_STREAMS reached, skip (100)", r"MAX_CONCURRENT_STREAMS reached, .*"),
    ("client side MAX_CONCURRENT_STREAMS reached, skip (100)", r"client side MAX_CONCURRENT_STREAMS reached, .*"),
    ("not reusing conn #0, we do not want h1", r"(?:not|nor) reusing conn #\d+.*", "not", "nor"),
    ("connection has input pending, not reusable", r"connection has .*"),
    ("We can reuse, but we want a new connection anyway", r"We can reuse, but we want a new connection anyway"),
    ("Re-used connection seems dead, get a new one", r"Re-used connection seems dead, get a new one"),
    ("Trying", r"Trying"),  # whoever pasted it took the address out
    ("Expire in 200 ms for 4 (transfer 0x555ba00805c0)", r"Expire in \d+ ms for .*"),
    ("Expire cleared (transfer 0x555ba00805c0)", r"Expire cleared.*"),
    ("STATE: INIT => CONNECT handle 0x8a80b18; line 1627 (connection #-5000)", r"STATE: .*"),
    ("SXSTATE: INIT => SOCKS conn 0x8a80b18; line 21", r"SXSTATE: .*"),
    ("Curl_http_done: called premature == 0", r"Curl_\S+.*"),
    ("multi_done: status: 0 prem: 0 done: 0", r"multi_done.*"),
    ("multi changed, check CONNECT_PEND queue!", r"multi changed, .*"),
    ("Transfer was pending, now try another", r"Transfer was pending, .*"),
    ("PENDING handle timeout", r"PENDING handle timeout"),
    ("Shutdown send direction error: 107. Broken server? Proceeding as if everything is ok.",
     r"Shutdown send direction error: .*"),
    ("This is a debug build of libcurl, do not use in production.", r"This is a debug build of libcurl.*"),
    ("!!! WARNING !!!", r"!!! WARNING !!!"),
)  # fmt: skip

MESSAGES = (
    Message(
        "  Trying 203.0.113.14:443...",
        r"\s*Trying (?P<where>\S[^\s]*?(?: scope_id=\d+)?) ?\.\.\.(?: ?(?:\* )?(?:connected|Connected))?",
        _trying,
    ),
    Message(  # before 7.26 what came of it followed in the same line
        "  Trying 203.0.113.14... Connection refused",
        r"\s*Trying (?P<where>\S+?) ?\.\.\. ?(?:\* (?=Connection |Timeout|No route |Network ))?"
        r"(?P<reason>[^\W\d_*][^*]{2,100})",
        _tried_in_vain,
    ),
    Message(
        "  Trying 203.0.113.14... * Connected to shop.example (203.0.113.14) port 443 (#0)",
        rf"\s*Trying \S+?\.\.\. ?\* Connected to {_PEER}",
        _connected,
    ),
    Message(
        "About to connect() to proxy proxy.corp.example port 3130 (#0)",
        rf"About to connect\(\) to (?P<proxy>proxy )?(?P<host>{HOST}) port (?P<port>{PORT})(?: {_ORDINAL})?",
        _about,
    ),
    Message(
        "connect to 203.0.113.60 port 443 from 203.0.113.60 port 45154 failed: Connection refused",
        rf"connect to (?P<address>\S*) port (?P<port>{PORT})(?: from \S* port \d+)? failed: (?P<reason>.*)",
        _failed,
    ),
    Message(
        "Immediate connect fail for 2001:db8:2354:2::10: Address not available",
        r"Immediate connect fail for (?P<address>\S*): (?P<reason>.*)",
        _failed,
    ),
    Message(
        "QUIC connect to 192.0.2.7 port 443 failed: Could not connect to server",
        rf"QUIC connect to (?P<address>\S+) port (?P<port>{PORT}) failed: (?P<reason>.*)",
        _quic_failed,
    ),
    Message(
        "Connect socket 5 over QUIC to 192.0.2.7:443",
        r"Connect socket \d+ over QUIC to \S+",
        OverQuic(),
    ),
    Message(
        "Name '2001:db8::7' family 2 resolved to '2001:db8::7' family 10",
        r"Name '.*' family (?P<asked>\d+) resolved to '.*' family (?P<got>\d+)",
        _own_address,
        starts=("Name",),
    ),
    Message("connect failed: Connection refused", r"connect failed: (?P<reason>.*)", _failed),
    Message(  # 7.29 prints the operating system's words alone
        "Connection refused",
        r"(?P<reason>Connection refused|Connection timed out|No route to host|Network is unreachable)",
        _failed,
        starts=("Connection", "No", "Network"),
    ),
    Message(
        "After 2000ms connect time, move on!",
        r"(?P<reason>(?:After \d+ms connect time|(?P<address>\S+) connect timeout after \d+ms), move on!)",
        _timed_out,
        starts=("",),
    ),
    Message(
        "Connected to shop.example (203.0.113.14) port 443 (#0)",
        rf"Connected to {_PEER}",
        _connected,
    ),
    Message(  # whoever pasted it took the address out
        "Connected to shop.example port 443",
        rf"Connected to (?P<host>{HOST}) {{1,9}}port {{1,9}}(?P<port>{PORT})(?: {_ORDINAL})?",
        _connected,
    ),
    Message(  # whoever pasted it took the names out, or put a word of his own in
        "Connected to [my server] port 443 (#0)",
        rf"Connected to (?P<host>)(?P<address>)[^\n]{{0,100}}[(\])>*x] port (?P<port>{PORT})(?: {_ORDINAL})?",
        _connected,
    ),
    Message(
        "Established connection to shop.example (203.0.113.14 port 443) from 203.0.113.14 port 55664 ",
        rf"Established (?:\S+ )?connection to (?P<host>[^()]*) \((?P<address>[^()]*) port (?P<port>{PORT})\)"
        r"(?: from .*)?",
        _connected,
    ),
    Message(
        "Re-using existing https: connection with host shop.example",
        rf"Re-?using existing (?:[\w.+-]+: )?connection!?(?: \(?#(?P<number>{NUMBER})\)?)?(?: \[[^\]]*\]| \([^)]*\))?"
        r" with (?P<what>\S+) (?P<host>\S+)",
        _reused,
        starts=("Re-using", "Reusing"),
    ),
    Message(
        "Connection #0 to host shop.example:443 left intact",
        rf"Connection #(?P<number>{NUMBER}) to host ?(?P<host>\S*) left intact",
        _left,
    ),
    Message("Closing connection 0", _CLOSING, _closed, starts=("Closing", "closing", "shutting")),
    *(
        Message(sample, expression, Chatter("connecting"), starts=tuple(starts))
        for sample, expression, *starts in _CHATTER
    ),
)
