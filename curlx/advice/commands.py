"""Commands that a reader can paste into the shell that curl was run from, filled in with what the log shows."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from curlx.advice.hosts import is_address, split_url
from curlx.findings import CERTIFICATE_FILE, KEY_FILE
from curlx.ports import HTTP_PORT, HTTPS_PORT, port_of
from curlx.redaction import MASK
from curlx.redaction.commands import split_certificate
from curlx.timeline import Complaint, Connection, Header, Proxy, Request, Transfer, authority

PLACEHOLDER = "HOST"
"""Stands where a host belongs and the log shows none."""
_STANDARD = {"https": HTTPS_PORT, "http": HTTP_PORT}

PROXY = "PROXY:PORT"
"""Stands where a proxy belongs and the log shows none."""
UNKNOWN_URL = "URL"
"""Stands where the log shows neither an address nor a host."""
_LOGINS = {f"--proxy-{name}" for name in ("anyauth", "basic", "digest", "negotiate", "ntlm")}
_VARIABLE = str.maketrans("", "", "${}")
_GLOBS = frozenset("{}[]")
_OWN_HEADERS = frozenset((
    "host", "user-agent", "content-type", "content-length", "transfer-encoding", "expect", "connection", "upgrade",
    "http2-settings", "te", "accept-encoding", "cookie", "authorization", "proxy-authorization", "proxy-connection",
    "range", "referer", "date", "if-modified-since",
))  # fmt: skip
"""Headers that curl makes by itself, or from an option that is no header, and those of a login."""
_OF_BROWSERS = ("sec-", "accept-language", "upgrade-insecure-requests", "cache-control", "pragma", "dnt", "priority")
_HEADERS = 5
"""With more of them a command is no longer read; a signature that AWS wants goes with one moment alone."""
_SAFE = ("GET", "HEAD", "OPTIONS")
_REPEATED = ("--resolve", "--connect-to", "--proxy-header")
CERTIFICATES = (".pem", ".crt", ".cer")
"""What the name of a file with a certificate ends with."""
BUNDLES = ("ca-certificates.crt", "ca-bundle.crt", "ca-bundle.pem", "ca-bundle.trust.crt", "tls-ca-bundle.pem",
            "cert.pem", "cacert.pem", "curl-ca-bundle.crt", "ca-root-nss.crt")  # fmt: skip
"""Names of the bundles that systems and builds of curl bring along."""
CLIENT_CERTIFICATE = (("--cert", CERTIFICATE_FILE), ("--key", KEY_FILE))
"""Stands where curl showed a client certificate and the log does not name its file."""
_PROXIES = ("proxy", "proxy1.0", "preproxy", "socks4", "socks4a", "socks5", "socks5-hostname")
_TO_A_PROXY = frozenset(f"--{name}" for name in _PROXIES)
_AUTHORITIES = frozenset({"--cacert", "--capath", "--ca-native"})


class Way(msgspec.Struct, frozen=True):
    """How the request went: what a command needs to go the same way again, from the same kind of shell."""

    options: tuple[tuple[str, ...], ...] = ()
    """The options of the log's own command that lead there, each with its value; no secrets, and never `-k`."""
    windows: bool = False
    """Commands are for a shell of Windows, not for a POSIX shell."""
    cmd: bool = False
    """That shell is cmd.exe; otherwise it is PowerShell."""
    sends: tuple[tuple[str, ...], ...] = ()
    """The options that make the request again what it was, where it was no GET: the data comes from a file."""
    named: tuple[str, str] | None = None
    """The host that was asked, and the header `Host` with which the command asked it for another."""
    literal: bool = False
    """What curl takes for a list or a range of URLs went out as it stands: `{a}`, `[1]`."""

    def quote(self, word: str) -> str:
        """Quote one word for this shell."""
        return quote(word, windows=self.windows, cmd=self.cmd)

    def value(self, name: str) -> str | None:
        """Return the value of an option; the last one counts, as in curl."""
        return next((each[1] for each in reversed(self.options) if each[0] == name and len(each) > 1), None)

    def curl(self, url: str, *options: str) -> str:
        """Return the command that asks for a URL with these options first; where both give one, these count."""
        theirs = {option for option in options if option.startswith("-") and option != "-H"}
        if "--noproxy" in theirs or "--proxy" in theirs:
            theirs |= _TO_A_PROXY | {"--noproxy", "--proxytunnel"}
        if theirs & _LOGINS:
            theirs |= _LOGINS
        if "P12" in options:
            theirs |= {"--key", "--key-type"}  # the key is in that file
        around = "--noproxy" in theirs and "--proxy" not in options
        replaced = {_header_of(option) for option in options}
        given = (
            *(each for each in self.sends if each[0] != "-H" or _header_of(each[1]) not in replaced),
            *self.options,
        )
        kept = (each for each in given if each[0] not in theirs and not (around and each[0][2:7] == "proxy"))
        own = [word for each in kept for word in each]
        if self.named is not None and split_url(url)[1] == self.named[0]:
            own += ("-H", self.named[1])
        return self.call(*options, *own, *(("-g",) if self.literal and not _GLOBS.isdisjoint(url) else ()), url)

    def call(self, *words: str) -> str:
        """Return the command with these words."""
        # Windows PowerShell 5 has an alias `curl` that is another program.
        program = "curl.exe" if self.windows else "curl"
        return " ".join((program, *(self.quote(_without_variables(word)) for word in words)))


class Led(NamedTuple):
    """The machine that an option led to, in place of the one that the name stands for."""

    option: str
    host: str
    port: int


class Endpoint(msgspec.Struct, frozen=True):
    """Where a transfer went. `host` is also the name in SNI (RFC 6066, 3); `proxy` is `host:port` of an HTTP tunnel."""

    host: str
    port: int
    path: str = "/"
    proxy: str | None = None
    way: Way = Way()

    @property
    def authority(self) -> str:
        """`host:port`, an IPv6 address in brackets."""
        return authority(self.host, self.port)

    @property
    def port_in_words(self) -> str:
        """`port 443`; `the port` where the log shows neither a host nor a URL, and so none."""
        return "the port" if self.host == PLACEHOLDER and self.port in _STANDARD.values() else f"port {self.port}"

    @property
    def led(self) -> Led | None:
        """Where `--connect-to` or `--resolve` led it (curl(1): an empty host or `*` is any)."""
        for option in self.way.options:
            if option[0] not in ("--resolve", "--connect-to"):
                continue
            host, _, rest = option[1].partition(":")
            port, _, target = rest.partition(":")
            if host.lstrip("+").lower() not in ("", "*", self.host) or port not in ("", str(self.port)) or not target:
                continue
            if option[0] == "--resolve":
                return Led(" ".join(option), target.partition(",")[0].strip("[]"), self.port)
            to_host, _, to_port = target.rpartition(":")
            return Led(" ".join(option), to_host.strip("[]") or self.host, port_of(to_port) or self.port)
        return None

    @property
    def address(self) -> str:
        """`host:port` of the machine that an option led to, else the authority."""
        return authority(self.led.host, self.led.port) if self.led else self.authority

    @property
    def is_address(self) -> bool:
        """Whether the host is an IP address: no SNI is sent for one."""
        return is_address(self.host)

    def over_tls(self) -> Endpoint:
        """Return where https:// asks: not on the port of plain HTTP, for without a port in the URL it has its own."""
        return msgspec.structs.replace(self, port=HTTPS_PORT) if self.port == HTTP_PORT else self

    def url(self, scheme: str = "https") -> str:
        """Return the URL without a default port; a port that the log does not show is for the reader to fill in."""
        if self.port == _STANDARD.get(scheme):
            return f"{scheme}://{authority(self.host, None)}{self.path}"
        where = self.authority if self.port_in_words != "the port" else f"{self.host}:PORT"
        return f"{scheme}://{where}{self.path}"


def quote(word: str, *, windows: bool = False, cmd: bool = False) -> str:
    """Quote one word for a POSIX shell, for PowerShell, or for cmd.exe; what cannot be printed is left out."""
    text = word if word.isprintable() else "".join(char for char in word if char.isprintable())
    plain = shlex.quote(text)
    if cmd:
        # To cmd.exe a single quote is a letter; a double one within a word is for the program to read, as \".
        simple = text.replace("\\", "")
        return text if simple and simple == shlex.quote(simple) else '"' + text.replace('"', '\\"') + '"'
    # PowerShell reads a comma as a list and a leading @ as a variable; a backslash is a letter to it.
    if windows and (plain != text or "," in text or text.startswith("@")):
        simple = text.replace("\\", "")
        if simple == shlex.quote(simple) and "," not in text and not text.startswith("@"):
            return text
        return "'" + text.replace("'", "''") + "'"
    return plain


def _without_variables(word: str) -> str:
    """Return a word with the bare names of shell variables where it names hosts and ports: stand-ins to fill in.

    Quoted, a variable would be taken for a name; unquoted, a log could have the reader's own variables sent away.
    """
    before, mark, rest = word.rpartition("://") if "://" in word else ("", "", word)
    place, slash, path = rest.partition("/") if mark else (rest, "", "")
    names_places = mark or place.startswith("$") or place.count(":") > 1
    if "$" not in place or "$(" in place or not names_places or any(char.isspace() for char in place):
        return word
    return f"{before}{mark}{place.translate(_VARIABLE)}{slash}{path}"


def way_of(transfer: Transfer, connection: Connection | None = None, request: Request | None = None) -> Way:
    """Return the way that a transfer went: by its command, or through the proxy that the log shows.

    With the request that went there, commands repeat it; without, they only look, and a GET is enough for that.
    """
    given = tuple(dict.fromkeys(_carried(transfer.way)))
    last = {option[0]: option for option in given}  # of most options the last one counts (curl(1))
    options = tuple(option for option in given if option[0] in _REPEATED or last[option[0]] == option)
    if connection is not None and _TO_A_PROXY.isdisjoint(last):
        options = (*options, *_proxy_shown(transfer, connection))
    if _AUTHORITIES.isdisjoint(last):
        options = (*options, *_authorities_shown(connection))
    tls = connection.tls if connection is not None else None
    if tls is not None and tls.client_certificate.sent == "yes" and "--cert" not in last:
        options = (*options, *CLIENT_CERTIFICATE)
    sends = (*_headers(request), *_sent(request)) if request is not None else ()
    if not sends and transfer.asks_for_heads:  # whether an answer has a body may decide what becomes of it
        sends = (("-I",),)
    asked = (each.request.target for each in transfer.exchanges if each.request is not None)
    literal = any(not _GLOBS.isdisjoint(target) for target in asked)
    return Way(options, transfer.windows, transfer.cmd, sends, _named(transfer), literal)


def _named(transfer: Transfer) -> tuple[str, str] | None:
    """Return the host of the URL and the header of the command that names another: one address may have many."""
    header, host = dict(transfer.way).get("header"), split_url(transfer.url)[1]
    return (host, header) if header and host and MASK not in header else None


def before_repeating(request: Request | None) -> tuple[str, str] | None:
    """Return what to mind where a command repeats a request that may change something, and what marks such a command.

    Which methods are safe, and which may be repeated: RFC 9110, 9.2.
    """
    sends = _sent(request) if request is not None and request.method not in _SAFE else ()
    if request is None or not sends:
        return None
    put = f"put the data of your call in the place of {sends[-1][1]}, and " if "FILE" in sends[-1][1] else ""
    text = f"The command sends the {request.method} again: {put}run it only if that may be carried out twice."
    return f" {sends[-1][0]} ", text


def _sent(request: Request) -> tuple[tuple[str, ...], ...]:
    """Return the options that make a request what it was: its method, and its data from a file."""
    if request.for_a_tunnel or not request.version[:1].isdigit():
        return ()  # a proxy's tunnel, or RTSP
    if request.method == "HEAD":
        return (("-I",),)  # with `-X HEAD` curl would wait for a body
    kind = request.header("content-type")
    length = request.header("content-length")
    data: tuple[tuple[str, ...], ...] = ()
    if request.header("transfer-encoding") or (length.value != "0" if length else kind is not None):
        data = (("--data-binary", "@FILE"),)
    if data and kind is not None and kind.value.lower().startswith("multipart/"):
        data = (("-F", "FIELD=@FILE"),)
    elif data and kind is not None and kind.value != "application/x-www-form-urlencoded":
        data = (("-H", f"Content-Type: {kind.value}"), *data)
    usual = "POST" if data else "GET"  # what curl sends by itself
    return data if request.method == usual else (("-X", request.method), *data)


def _headers(request: Request) -> Iterator[tuple[str, str]]:
    """Yield the options for the headers that somebody gave: they may decide what the server does (`SOAPAction`)."""
    given = [each for each in request.headers if _is_given(each)]
    if len(given) <= _HEADERS and not request.for_a_tunnel and request.header("x-amz-date") is None:
        yield from (("-H", f"{each.name}: {each.value}" if each.value else f"{each.name};") for each in given)


def _is_given(header: Header) -> bool:
    """Whether neither curl nor a browser makes it by itself, and its value is there and of one line."""
    name, value = header.name.lower(), header.value
    if name in _OWN_HEADERS or name.startswith(_OF_BROWSERS) or (name == "accept" and "*/*" in value):
        return False
    return MASK not in value and value.isprintable() and " > " not in value


def _header_of(option: str) -> str:
    return option.partition(":")[0].lower()


def _carried(options: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, ...]]:
    """Yield the options of a command as they may stand in another; what is secret in them is left out."""
    for name, value in options:
        if name == "header":
            continue  # it goes with one host alone
        if name == "proxy-user":
            yield "--proxy-user", "USER"  # curl asks for the password
            continue
        kept = split_certificate(value)[0] if name in ("cert", "proxy-cert") else value
        scheme, mark, rest = kept.partition("://")
        if name in _PROXIES and "@" in (rest or scheme):
            yield "--proxy-user", "USER"
            kept = scheme + mark + rest.rpartition("@")[2] if mark else kept.rpartition("@")[2]
        if MASK not in kept:
            yield (f"--{name}", kept) if kept else (f"--{name}",)


def _proxy_shown(transfer: Transfer, connection: Connection) -> Iterator[tuple[str, ...]]:
    """Yield the options that lead to the proxy of a connection, with its login; the environment's is found without."""
    proxy = connection.proxy
    if proxy is None or proxy.from_environment:
        return
    host, port = proxy.host or connection.host, proxy.port or connection.port
    tried = connection.attempts
    if host is None and len({attempt.address for attempt in tried}) == 1:  # the proxy was given by its address
        host, port = tried[0].address, port or tried[0].port
    if host and port:
        scheme = "https" if proxy.secure else "http"
        if proxy.kind == "socks":
            by_proxy, here = ("socks4a", "socks4") if proxy.socks == 4 else ("socks5h", "socks5")
            scheme = here if proxy.local else by_proxy
        yield "--proxy", f"{scheme}://{authority(host, port)}"
        yield from _proxy_login(transfer, proxy)


def _proxy_login(transfer: Transfer, proxy: Proxy) -> Iterator[tuple[str, ...]]:
    """Yield the options of the login that a request to a proxy had last: curl asks for the password."""
    exchanges = [proxy.connect, *(transfer.exchanges if proxy.kind == "forward" else ())]
    sent = [header.value for each in exchanges if each and each.request
            if (header := each.request.header("proxy-authorization"))]  # fmt: skip
    scheme = sent[-1].partition(" ")[0].lower() if sent else ""
    if f"--proxy-{scheme}" in _LOGINS:
        yield from () if scheme == "basic" else ((f"--proxy-{scheme}",),)
        yield "--proxy-user", ":" if scheme == "negotiate" else "USER"


def _authorities_shown(connection: Connection | None) -> Iterator[tuple[str, ...]]:
    """Yield the option for the file of authorities that a connection used, where curl was given one.

    A folder cannot be told from one that curl was built with, nor can a file that has the name of a system's bundle.
    """
    for trust in connection.tls.trust if connection is not None and connection.tls is not None else ():
        name = trust.value.replace("\\", "/").rpartition("/")[2]
        if name.endswith(CERTIFICATES) and name not in BUNDLES and MASK not in trust.value:
            yield "--cacert", trust.value
            return


def endpoint_of(transfer: Transfer, connection: Connection | None = None) -> Endpoint:
    """Return where a transfer (or one connection of it) went: the origin, never the proxy."""
    scheme, host, port, path = split_url(transfer.url)
    if host and "$" in host:
        host = None  # a variable of somebody's shell, and quoted it would be a name
    connection = connection or transfer.last_connection
    way, proxy = way_of(transfer, connection), None
    asked = Endpoint(host or "", port or _STANDARD.get(scheme, HTTPS_PORT), way=way)
    led = asked.led is not None and connection in transfer.connections[:1]  # what it connects to is not who is asked
    if connection is not None:
        behind = connection.proxy
        target = connection.target_host or (connection.host if behind is None else None)
        if target and led:
            port = asked.port
        elif target and target != host:
            # A redirect went elsewhere: the path of the first URL does not belong to this host.
            host, path = target, _path_led_to(transfer, target) if host else path
            port = connection.target_port or (connection.port if behind is None else None)
        elif target:
            port = connection.target_port or (connection.port if behind is None else None) or port
        if behind is not None and behind.kind == "tunnel" and behind.host and behind.port and not behind.secure:
            proxy = authority(behind.host, behind.port)
        if not host and behind is None and connection.attempts:
            # No name stands anywhere: with an IP address in the URL curl prints only the address that it tries.
            host, port = connection.attempts[-1].address, port or connection.attempts[-1].port
    if not host:  # curl may have been silent but for why TLS failed
        failed = placed_by_tls(transfer)
        host, port = (failed.subject, failed.port) if failed else (host, port)
    return Endpoint(host or PLACEHOLDER, port or (HTTP_PORT if scheme == "http" else HTTPS_PORT), path, proxy, way)


def _path_led_to(transfer: Transfer, host: str) -> str:
    """Return the path to which a redirect to another host led, where an answer gives the whole address."""
    for exchange in reversed(transfer.exchanges):
        header = exchange.response.header("location") if exchange.response is not None else None
        _, named, _, path = split_url(header.value if header is not None else None)
        if named == host.lower() and MASK not in path:
            return path
    return "/"


def placed_by_tls(transfer: Transfer) -> Complaint | None:
    """Return the complaint in which a TLS library tells with whom it failed: host and port (`in connection to ...`)."""
    return next((each for each in transfer.complaints if each.kind.startswith("tls-") and each.port), None)


def curl(endpoint: Endpoint, *options: str, scheme: str = "https") -> str:
    """Return a curl command for the endpoint with these options."""
    # Of http:// a proxy would make a request of its own (RFC 9112, 3.2.2), and the port behind it stay unasked.
    tunnel = ("--proxytunnel",) if scheme == "http" and endpoint.proxy is not None else ()
    return endpoint.way.curl(endpoint.url(scheme), "-v", *tunnel, *options)


def show_clock(way: Way) -> str:
    """Return the command that prints the time in UTC."""
    return 'powershell -Command "[DateTime]::UtcNow"' if way.windows else "date -u"
