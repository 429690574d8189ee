"""What one log says about one call, topic by topic, in a form that can be held against what another log says.

A value of None is unknown, never "no". `key` is what is compared where the value itself holds noise: dates, ids,
nonces, sizes, and the spelling of one TLS library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from curlx.comparison.aligning import host_of, steady
from curlx.comparison.comparison import Topic
from curlx.grammar.names import parse_name
from curlx.options import options_of
from curlx.ports import HTTPS_PORT
from curlx.report import Report, proxy_kind, version_of
from curlx.timeline import Certificate, Connection, Exchange, Fact, Header, Phase, Request, Response, Tls, Transfer

NONE = "none"
UNANSWERED = "the handshake ended before the server answered"
"""Why nobody can have asked for a client certificate: what comes later than the failure is not why, either."""

_REACHED: dict[Phase, str] = {
    "start": "the start", "resolve": "the look-up of the name", "connect": "the connection", "proxy": "the proxy",
    "tls": "the TLS handshake", "request": "the request", "response": "the answer", "done": "the end",
}  # fmt: skip
_NEVER = {
    "baggage", "content-length", "cookie2", "date", "host", "http2-settings", "idempotency-key", "if-modified-since",
    "if-none-match", "if-range", "request-id", "sec-websocket-key", "traceparent", "tracestate", "x-amz-date",
    "x-amzn-trace-id", "x-b3-spanid", "x-b3-traceid", "x-correlation-id", "x-request-id", "x-trace-id",
}  # fmt: skip
"""Request headers that differ between any two calls, or that have a topic of their own."""
_TELLING = ("server", "via", "www-authenticate", "proxy-authenticate", "location", "content-type", "allow",
            "retry-after")  # fmt: skip
"""Response headers that tell who answered and what they want."""
_FRESH = ("digest", "ntlm", "negotiate", "aws4-hmac-sha256", "hawk")
"""Schemes whose credentials are new in every request (RFC 7616, RFC 4559): only the scheme can be compared."""
_NONCE = re.compile(r"\b(?:nonce|opaque|cnonce|stale)=(?:\"[^\"]*\"|[^\s,]*)|\b(?:ntlm|negotiate) \S+", re.IGNORECASE)
_EITHER_WAY = ("certificate-pin-mismatch", "certificate-staple-missing", None)
"""Faults that -k does not make curl overlook."""
_TALK = ("url", "verbose", "silent", "show-error", "include", "show-headers", "no-buffer", "progress-bar", "output",
         "no-progress-meter", "trace-time", "trace-ids", "write-out", "stderr")  # fmt: skip
_PORT = re.compile(r":\d{1,5}$")
_BOUNDARY = re.compile(r"boundary=\S+", re.IGNORECASE)


class Known(msgspec.Struct, frozen=True):
    """What one log says on a topic; `value` is None where it leaves it open, and `why` says why it does."""

    topic: Topic
    title: str
    value: str | None
    line: int | None = None
    key: object = None
    why: str = ""
    spelling: str = ""
    """Whose spelling the value is in; values in two spellings cannot be compared."""

    @property
    def compared(self) -> object:
        """What is compared: equal if and only if the two logs say the same."""
        return self.value if self.key is None else self.key


def curl_facts(report: Report) -> Iterator[Known]:
    """Yield what is known of the program, whichever call it was for."""
    yield Known("curl-version", "Version of curl", report.curl.version)
    tls = next((one.tls for transfer in report.timeline.transfers for one in transfer.connections if one.tls), None)
    library = report.curl.tls_library or (tls.backend if tls is not None else None)
    yield Known("tls-library", "TLS library", library)


def command_facts(command: Fact[str], arguments: tuple[str, ...]) -> Iterator[Known]:
    """Yield every option of a command but those that only change what is printed; one given twice has both values."""
    values: dict[str, list[str]] = {}
    for name, value in options_of(arguments):
        if name not in _TALK:
            values.setdefault(name, []).append(value)
    for name, given in values.items():
        yield Known("command", f"Option --{name}", ", ".join(filter(None, given)) or "given", command.line)


def transfer_facts(transfer: Transfer, ended: bool) -> Iterator[Known]:
    """Yield what is known of a call as a whole; `ended` tells that the log shows its end."""
    scheme, _, rest = (transfer.url or "").partition("://")
    spoken = next((one.tls for one in transfer.connections if one.tls is not None), None)
    secure = spoken is not None or any(one.target_port == HTTPS_PORT for one in transfer.connections)
    value = scheme if rest else "https" if secure else None
    yield Known("scheme", "Scheme of the URL", value, spoken.first_line if spoken is not None else None)
    insecure = transfer.insecure
    if insecure is not None:
        yield Known("insecure", "Verification switched off (-k)", "yes", insecure.line)
    elif any(_verified(one.tls) for one in transfer.connections if one.tls is not None):
        yield Known("insecure", "Verification switched off (-k)", "no")
    yield Known("reached", "How far it got", _REACHED[transfer.phase] if ended else None,
                why="" if ended else "the log ends before the call does")  # fmt: skip
    yield _error(transfer)


def host_fact(transfer: Transfer) -> Known:
    """Return the host of a call that may not have got as far as its request."""
    return Known("host", "Host that was asked", host_of(transfer) or None)


def connection_facts(transfer: Transfer, connection: Connection) -> Iterator[Known]:
    """Yield what is known of a connection: where it led, and through what."""
    kind, proxy = proxy_kind(transfer, connection), connection.proxy
    value = None if kind == "unknown" else NONE if kind == "none" else f"{kind} through {_proxy(connection)}"
    yield Known("proxy", "Proxy", value, proxy.first_line if proxy is not None else None)
    yield _address(connection)
    tried = next((attempt for attempt in connection.attempts if attempt.port is not None), None)
    port = connection.target_port if proxy is not None else connection.port or (tried.port if tried else None)
    line = tried.line if tried is not None and tried.port == port else None
    yield Known("port", "Port", str(port) if port is not None else None, line)
    handshake = connection.tls.completed if connection.tls is not None else None
    done = None if handshake is None else "completed" if handshake.value else "failed"
    if connection.tls is None and (transfer.url or "").startswith("http://") and connection.connected is not None:
        done = NONE
    yield Known("tls", "TLS handshake", done, handshake.line if handshake is not None else None)


def tunnel_facts(connection: Connection) -> Iterator[Known]:
    """Yield what is known of the way through a proxy: the login, and the answer."""
    connect = connection.proxy.connect if connection.proxy is not None else None
    if connect is None:
        return
    if connect.request is not None:
        header, title = connect.request.header("proxy-authorization"), "Login at the proxy"
        login = _header(header) if header is not None else Known("request-header", "", NONE, connect.request.first_line)
        yield Known("proxy-credentials", title, login.value, login.line, login.key)
    if connect.response is not None:
        yield Known("proxy-answer", "Answer of the proxy", str(connect.response.status), connect.response.first_line)


def tls_facts(tls: Tls) -> Iterator[Known]:
    """Yield what is known of a handshake and of both certificates."""
    cut = "" if tls.completed is None or tls.completed.value else "the handshake failed before that"
    yield _known("tls-offered", "Newest TLS version that curl offered", tls.offered)
    yield _known("tls-version", "TLS version", tls.version, version_of(tls), why=cut)
    library = tls.backend or ("OpenSSL" if tls.shows_handshake else "")
    yield _known("cipher", "Cipher suite", tls.cipher, why=cut, spelling=library)
    alpn = Known("alpn", "Protocol agreed on (ALPN)", NONE, tls.alpn_refused) if tls.alpn_refused is not None else None
    yield alpn or _known("alpn", "Protocol agreed on (ALPN)", tls.alpn, why=cut)
    asked = tls.trust if tls.verdict != "unverified" else ()  # under -k nobody has to be trusted
    trust = ", ".join(fact.value for fact in asked)
    line = tls.trust[0].line if tls.trust else None
    yield Known("trust", "Authorities that curl trusts", trust or None, line, spelling=library)
    yield from _certificate_facts(tls.certificate, "a resumed session shows no certificate" if tls.resumed else cut)
    if tls.verdict != "unknown":
        title = "What curl made of the server certificate"
        yield Known("server-verdict", title, tls.verdict, tls.verdict_line)
    client = tls.client_certificate
    why = cut if tls.shows_handshake else "this build of curl prints no handshake messages"
    unanswered = bool(cut) and tls.client_hello is not None and len(tls.messages) == 1
    for topic, title, value, line in (
        ("client-certificate-requested", "Client certificate asked for", client.requested, client.requested_line),
        ("client-certificate-sent", "Client certificate sent", client.sent, client.sent_line),
    ):
        known = None if value == "unknown" or unanswered else value
        yield Known(topic, title, known, line, why=UNANSWERED if unanswered else why)  # type: ignore[arg-type]
    if client.sent != "no":
        title = "Which client certificate it was"
        yield _known("client-certificate-configured", title, client.configured, why="curl prints no name of it")


def request_facts(request: Request) -> Iterator[Known]:
    """Yield what is known of a request."""
    line = request.first_line
    host = request.header("host")
    yield Known("method", "Method", request.method, line)
    yield Known("target", "What was asked for", request.target, line)
    name = _PORT.sub("", host.value) if host is not None else NONE
    yield Known("host", "Host that was asked", name, host.line if host is not None else line)
    yield Known("http-version", "Version of HTTP", f"HTTP/{request.version.removesuffix('.0')}", line)
    for header in request.headers:
        name = header.name.lower()
        own = name in _NEVER or name.startswith(":") or (name == "user-agent" and header.value.startswith("curl/"))
        if not own:  # what differs in any two calls, or is a topic of its own
            yield _header(header)


def status_fact(exchange: Exchange, ended: bool) -> Known:
    """Return the answer of an exchange; `ended` tells that the log shows the end of the call."""
    answer = exchange.response
    if answer is None:
        return Known("status", "Answer", "no answer" if ended else None, why="the log ends before the answer")
    return Known("status", "Answer", f"{answer.status} {answer.reason}".strip(), answer.first_line, key=answer.status)


def response_facts(answer: Response) -> Iterator[Known]:
    """Yield what is known of the headers that tell who answered, and what they want."""
    for name in _TELLING:
        header = answer.header(name)
        title = f"Answer header {_spelt(name)}"
        if header is not None:
            yield Known("response-header", title, header.value, header.line, key=steady(_NONCE.sub("", header.value)))
        else:
            yield Known("response-header", title, NONE if answer.headers_complete else None, answer.last_line)


def _certificate_facts(certificate: Certificate | None, why: str) -> Iterator[Known]:
    said = certificate or Certificate("server", 0, 0)
    for topic, title, name in (("issuer", "Issuer of the server certificate", said.issuer),
                               ("subject", "Subject of the server certificate", said.subject)):  # fmt: skip
        key = tuple(sorted(parse_name(name.value))) if name is not None else ()
        yield _known(topic, title, name, key=key or None, why=why)  # type: ignore[arg-type]
    start, end = said.not_before, said.not_after
    value = f"{start.value} to {end.value}" if start is not None and end is not None else None
    yield Known("validity", "Validity of the server certificate", value, end.line if end is not None else None,
                key=(said.not_before_at, said.not_after_at) if said.not_after_at else None, why=why)  # fmt: skip


def _proxy(connection: Connection) -> str:
    """Return host and port of the proxy."""
    proxy = connection.proxy
    host, port = (proxy.host, proxy.port) if proxy is not None and proxy.host else (connection.host, connection.port)
    return f"{host}:{port}" if host and port is not None else host or "a proxy"


def _address(connection: Connection) -> Known:
    open_attempts = [one for one in connection.attempts if one.failure is None] or [*connection.attempts]
    tried = open_attempts[-1] if open_attempts else None
    if connection.connected is not None and connection.connected.value:
        return Known("address", "Address", connection.connected.value, connection.connected.line)
    return Known("address", "Address", tried.address if tried else None, tried.line if tried else None)


def _verified(tls: Tls) -> bool:
    """Whether curl refused a certificate that it would have let pass under -k; a good one it accepts either way."""
    return tls.verdict == "rejected" and tls.verdict_reason not in _EITHER_WAY


def _error(transfer: Transfer) -> Known:
    """Return curl's last word; a call that ended without one was well, as far as curl goes."""
    last, ended = transfer.complaints[-1] if transfer.complaints else None, transfer.exit
    if ended is not None and ended.code != 0:
        return Known("error", "Error of curl", f"curl: ({ended.code}) {ended.text}", ended.line,
                     key=(last.kind if last is not None else "", ended.code))  # fmt: skip
    if last is not None:
        return Known("error", "Error of curl", last.text, last.line, key=(last.kind, None))
    return Known("error", "Error of curl", NONE if transfer.finished else None)


def _header(header: Header) -> Known:
    name, value = header.name.lower(), header.value
    key: object = value
    scheme = value.partition(" ")[0].lower()
    if name == "cookie":
        key = tuple(sorted(pair.partition("=")[0].strip() for pair in value.split(";")))
    elif name.endswith("authorization") and scheme in _FRESH:
        key = scheme
    elif name == "content-type":
        key = _BOUNDARY.sub("", value)
    return Known("request-header", f"Request header {_spelt(name)}", value, header.line, key=key)


def _spelt(name: str) -> str:
    return "WWW-Authenticate" if name == "www-authenticate" else "-".join(part.capitalize() for part in name.split("-"))


def _known(topic: Topic, title: str, fact: Fact[str] | None, value: str | None = None, key: object = None,
           why: str = "", spelling: str = "") -> Known:  # fmt: skip
    if fact is None:
        return Known(topic, title, None, why=why)
    return Known(topic, title, value or fact.value, fact.line, key, why, spelling)
