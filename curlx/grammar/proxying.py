"""What curl says about proxies: tunnels (`lib/http_proxy.c`, `lib/cf-h1-proxy.c`) and SOCKS (`lib/socks.c`)."""

from __future__ import annotations

from curlx.events import (
    BodyIgnored,
    Chatter,
    Complaint,
    ComplaintKind,
    Event,
    ProxyFromEnvironment,
    Retried,
    SocksGranted,
    SocksStarting,
    TunnelEnded,
    TunnelStarting,
)
from curlx.grammar.connecting import split_address
from curlx.grammar.message import Message, Values
from curlx.grammar.words import HOST

_SOCKS5_REPLIES: dict[int, ComplaintKind] = {
    # RFC 1928, section 6: REP of the server's reply
    2: "socks-denied",  # connection not allowed by ruleset
    3: "socks-unreachable",  # network unreachable
    4: "socks-unreachable",  # host unreachable
    5: "socks-unreachable",  # connection refused
    6: "socks-unreachable",  # TTL expired
}
_SOCKS4_REPLIES: dict[int, ComplaintKind] = {
    # the SOCKS4 memo (openssh.org/txt/socks4.protocol): 91 says no reason, 92 and 93 are about identd
    92: "socks-authentication",
    93: "socks-authentication",
}


def _from_environment(values: Values) -> Event:
    if values["variable"].lower() == "no_proxy":  # a list of hosts that need no proxy, not a proxy
        return Chatter("proxying")
    return ProxyFromEnvironment(values["variable"], values["url"])


def _tunnel(values: Values) -> TunnelStarting:
    return TunnelStarting(*split_address(values["where"]))


def _established(values: Values) -> TunnelEnded:
    status = values["status"]
    return TunnelEnded(True, 200 if status == "OK" else int(status))


def _rejected(values: Values) -> Complaint:
    if not int(values["status"]):  # what came back has no status line (`Curl_http_readwrite_headers`, lib/http.c)
        return Complaint("not-http", values["text"])
    return Complaint("proxy-connect-rejected", values["text"], number=int(values["status"]))


def _socks(values: Values) -> SocksStarting:
    host, port = split_address(values["where"].rstrip("."))
    return SocksStarting(int(values["version"]), host, port, values.get("by") == "locally")


def _granted(values: Values) -> SocksGranted:
    return SocksGranted(int(values["version"]))


def _opened(values: Values) -> SocksGranted:
    return SocksGranted(0, values["host"], int(values["port"]))


def _incomplete(values: Values) -> Complaint:
    code = int(values["code"])
    kinds = _SOCKS5_REPLIES if values["version"] == "5" else _SOCKS4_REPLIES
    host, _ = split_address(values["where"].rstrip("."))
    return Complaint(kinds.get(code, "socks-failed"), values["text"], number=code, subject=host)


def _complaint(kind: ComplaintKind, sample: str, expression: str, *starts: str) -> Message:
    def complain(values: Values) -> Complaint:
        return Complaint(kind, values["text"])

    return Message(sample, expression, complain, starts=starts)


_COMPLAINTS = (
    _complaint("proxy-connect-aborted", "Proxy CONNECT aborted", r"Proxy CONNECT aborted.*"),
    _complaint("proxy-connect-aborted", "CONNECT response too large!", r"CONNECT response too large!?"),
    _complaint("proxy-connect-aborted", "CONNECT: negotiated ALPN 'h3' not supported",
               r"CONNECT: negotiated ALPN .* not supported"),
    _complaint("proxy-connect-aborted", "Failed receiving HTTP2 proxy data",
               r"Failed (?:receiving|sending) (?:HTTP2 proxy data|CONNECT to proxy)"),
    _complaint("proxy-connect-aborted", "proxy closed connection", r"proxy closed connection"),
    _complaint("protocol-unsupported", "FTP cannot be done over CONNECT", r"\S+ cannot be done over CONNECT",
               "FTP", "SMTP", "IMAP", "POP3", "LDAP", "GOPHER", "MQTT", "TFTP", "UDP", "HTTP/3"),
    _complaint("socks-failed", "error 6 resolving SOCKS destination shop.example:443",
               r"error \d{1,3} resolving SOCKS destination .*"),
    _complaint("socks-failed", "unknown proxytype 9 option given", r"unknown proxytype \d{1,4} option given"),
    _complaint("socks-authentication", "No authentication method was acceptable.",
               r"No authentication method was acceptable\..*"),
    _complaint("socks-authentication", "User was rejected by the SOCKS5 server (1 2).",
               r"User was rejected by the SOCKS5 server.*"),
    _complaint("socks-authentication", "BASIC authentication proposed but not enabled.",
               r"BASIC authentication proposed but not enabled\."),
    _complaint("socks-authentication", "Excessive username length for proxy auth",
               r"Excessive (?:user ?name|password) length for proxy auth"),
    _complaint("socks-authentication", "Unable to negotiate SOCKS5 GSS-API context.",
               r"Unable to negotiate SOCKS5 (?:GSS-API|gssapi) context\."),
    _complaint("socks-authentication", "SOCKS5 GSSAPI per-message authentication is not supported.",
               r"SOCKS5 (?:GSSAPI|GSS-API|gssapi) .*not .*"),
    _complaint("socks-closed", "Failed to receive SOCKS5 connect request ack.",
               r"Failed to receive SOCKS.*"),
    _complaint("socks-closed", "Unable to receive initial SOCKS5 response.",
               r"Unable to receive (?:initial )?SOCKS5 .*"),
    _complaint("socks-closed", "SOCKS4: Failed receiving connect request ack: Connection reset by peer",
               r"SOCKS[45]?: Failed receiving .*", "SOCKS4:", "SOCKS5:", "SOCKS:"),
    _complaint("socks-closed", "Connection to proxy closed", r"[Cc]onnection to proxy closed",
               "Connection", "connection"),
    _complaint("socks-failed", "Failed to send SOCKS5 connect request.", r"Failed to send SOCKS.*"),
    _complaint("socks-failed", "Unable to send initial SOCKS5 request.", r"Unable to send initial SOCKS5 request\."),
    _complaint("socks-version", "SOCKS4 reply has wrong version, version should be 0.",
               r"SOCKS[45] .{1,40}has wrong version, .*", "SOCKS4", "SOCKS5"),
    _complaint("socks-failed", "SOCKS5 read timeout",
               r"SOCKS[45] (?:reply|initial reply|response|sub-negotiation response|nothing to read|read error|read "
               r"timeout|connection to).*", "SOCKS4", "SOCKS5"),
    _complaint("socks-failed", "SOCKS5: connection timeout",
               r"SOCKS[45]: (?:connection timeout|error occurred|no connection|too long|the destination).*",
               "SOCKS4:", "SOCKS5:"),
    _complaint("socks-version", "Received invalid version in initial SOCKS5 response.",
               r"Received invalid version in initial SOCKS5 response\."),
    _complaint("socks-failed", "Undocumented SOCKS5 mode attempted to be used by server.",
               r"(?:Undocumented|Unknown) SOCKS5 mode attempted to be used by server\.", "Undocumented", "Unknown"),
    _complaint("socks-failed", "Too long SOCKS proxy username", r"Too long SOCKS proxy .*"),
)  # fmt: skip

_CHATTER = (
    ("CONNECT phase completed!", r"CONNECT phase completed.*"),
    ("CONNECT-UDP phase completed for HTTP proxy", r"CONNECT-UDP phase completed.*"),
    ("CONNECT tunnel: HTTP/1.1 negotiated", r"CONNECT tunnel: .* negotiated"),
    ("CONNECT: no ALPN negotiated", r"CONNECT: (?:no ALPN|'.*') negotiated"),
    ("CONNECT-UDP: 'h3' negotiated", r"CONNECT-UDP: (?:no ALPN|'.*') negotiated"),
    ("CONNECT request done, loop to make another", r"CONNECT request done, loop to make another"),
    ("CONNECT responded chunked", r"CONNECT responded chunked"),
    ("CONNECT Response Status 200", r"CONNECT(?:-UDP)? Response Status 2\d\d", "CONNECT", "CONNECT-UDP"),
    ("Read response immediately from proxy CONNECT", r"Read response immediately from proxy CONNECT"),
    ("Proxy CONNECT connection closed", r"Proxy CONNECT connection closed"),
    ("Ignoring Content-Length in CONNECT 200 response", r"Ignoring \S+ in CONNECT(?:-UDP)? \d+ response"),
    ("TUNNEL_STATE switched to: 1", r"TUNNEL_STATE switched to: .*"),
    ("Response Headers (3 total):", r"Response Headers \(\d+ total\):"),
    ("allocate connect buffer!", r"allocate connect buffer!?"),
    ("chunk reading DONE", r"chunk reading DONE"),
    ("HTTP/1.0 proxy connection set to keep alive!", r"HTTP/1\.\d proxy connection set .*"),
    ("SOCKS5: connecting to HTTP proxy proxy.corp.example port 3128", r"SOCKS5: connecting to HTTP proxy .*"),
    ("SOCKS4: connecting to HTTP proxy proxy.corp.example port 3128", r"SOCKS4: connecting to HTTP proxy .*"),
    ("SOCKS4a: connecting to HTTP proxy proxy.corp.example port 3128", r"SOCKS4a: connecting to HTTP proxy .*"),
    ("Opened SOCKS connection", r"Opened (?:\S+ )?SOCKS connection"),
    ("SOCKS5: hostname 'shop.example' found", r"SOCKS5: (?:hostname|server) .*"),
    ("SOCKS4 non-blocking resolve of shop.example", r"SOCKS4 non-blocking resolve of .*"),
    ("SOCKS5 server supports GSS-API confidentiality data protection.", r"SOCKS5 (?:server|access) .*"),
    ("warning: unsupported value passed to CURLOPT_SOCKS5_AUTH: 8", r"warning: unsupported value passed to CURLOPT_.*"),
    ("Ignoring HTTP/2 prior knowledge due to proxy", r"Ignoring HTTP/2 prior knowledge due to proxy"),
    ("space-separated NOPROXY patterns are deprecated", r"space-separated NOPROXY patterns are deprecated"),
)  # fmt: skip

MESSAGES = (
    Message(
        "Uses proxy env variable https_proxy == 'http://proxy.corp.example:3129'",
        r"Uses proxy env variable (?P<variable>\S+) == '(?P<url>.*)'",
        _from_environment,
    ),
    Message(
        "Establish HTTP proxy tunnel to shop.example:443",
        r"Establish(?:ing)? \S+ proxy (?:UDP )?tunnel to (?P<where>\S+)",
        _tunnel,
        starts=("Establish", "Establishing"),
    ),
    Message(
        "CONNECT tunnel established, response 200",
        r"CONNECT(?:-UDP)? tunnel established, response (?P<status>\d{3})(?: but .*)?",
        _established,
        starts=("CONNECT", "CONNECT-UDP"),
    ),
    Message(
        "Opened SOCKS connection from 10.20.30.2 port 35378 to shop.example port 443 (via 10.20.30.2 port 1080)",
        r"Opened (?:\S+ )?SOCKS connection from .* to (?P<host>\S+) port (?P<port>\d{1,5}).*",
        _opened,
    ),
    Message(
        "Proxy replied OK to CONNECT request",
        r"Proxy replied (?P<status>\d{3}|OK) to CONNECT request",
        _established,
    ),
    Message(
        "CONNECT tunnel failed, response 407",
        r"CONNECT(?:-UDP)? tunnel failed, response (?P<status>\d{1,3})",
        _rejected,
        starts=("CONNECT", "CONNECT-UDP"),
    ),
    Message(  # of a proxy that speaks HTTP/2 or HTTP/3; what it is followed by is not told as a header
        "CONNECT Response Status 403",
        r"CONNECT(?:-UDP)? Response Status (?P<status>[013-9]\d{0,2})",
        _rejected,
        starts=("CONNECT", "CONNECT-UDP"),
    ),
    Message(
        "Failed to establish CONNECT-UDP tunnel, response 403",
        r"Failed to establish CONNECT-UDP tunnel, response (?P<status>\d{1,3}).*",
        _rejected,
    ),
    Message(
        "Received HTTP code 407 from proxy after CONNECT",
        r"Received HTTP code (?P<status>\d{1,3}) from proxy after CONN\w{0,3}",
        _rejected,
    ),
    Message("Connect me again please", r"Connect me again please", Retried("Connect me again please")),
    Message(
        "Ignore 3084 bytes of response-body",
        r"Ignore (?:\d+ bytes of|chunked) response-body",
        BodyIgnored(of_tunnel=True),
    ),
    Message(
        "SOCKS5 communication to shop.example:443",
        rf"SOCKS(?P<version>[45])a? communication to (?P<where>{HOST})",
        _socks,
        starts=("SOCKS4", "SOCKS4a", "SOCKS5"),
    ),
    Message(
        "SOCKS5 connect to shop.example:443 (remotely resolved)",
        rf"SOCKS(?P<version>[45])a? connect to (?:IPv[46] )?(?P<where>{HOST}) \((?P<by>locally|remotely) resolved\)",
        _socks,
        starts=("SOCKS4", "SOCKS4a", "SOCKS5"),
    ),
    Message(
        "SOCKS5 request granted.",
        r"SOCKS(?P<version>[45])a? request granted\.",
        _granted,
        starts=("SOCKS4", "SOCKS4a", "SOCKS5"),
    ),
    Message(
        "Can't complete SOCKS5 connection to shop.example. (2)",
        r"(?:\[SOCKS\] )?(?:Can't|cannot) complete SOCKS(?P<version>[45])a? connection to (?P<where>\S+) "
        r"\((?P<code>\d{1,3})\).*",
        _incomplete,
        starts=("Can't", "cannot", "[SOCKS]"),
    ),
    Message(
        'Failed to resolve "shop.example" for SOCKS5 connect.',
        r"Failed to resolve \"(?P<host>[^\"]*)\" for SOCKS(?P<version>[45]) connect\.",
        lambda values: Complaint("host-not-found", values["text"], subject=values["host"]),
    ),
    *_COMPLAINTS,
    *(
        Message(sample, expression, Chatter("proxying"), starts=tuple(starts))
        for sample, expression, *starts in _CHATTER
    ),
)
