"""How curl says that the network or HTTP failed.

`lib/hostip.c`, `connect.c`, `sendf.c`, `transfer.c`, `http.c`, `http2.c`, `strerror.c`, `vquic/`.
"""

from __future__ import annotations

from curlx.events import ComplaintKind
from curlx.grammar.blaming import system
from curlx.grammar.complaining import Blame, complaint
from curlx.grammar.connecting import failure_to_connect
from curlx.grammar.message import Message
from curlx.grammar.reasons import flat
from curlx.grammar.words import HOST, NUMBER, PORT

HTTP2_ERRORS = ("NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT",
"STREAM_CLOSED",
                "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR",
                "ENHANCE_YOUR_CALM",
                "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED")  # fmt: skip
"""The error codes of HTTP/2 by number (RFC 9113, 7)."""


def _connect(reason: str) -> Blame:
    kind = failure_to_connect(reason)
    if kind == "connect-failed" and "timeout" in reason.lower():
        kind = "connect-timeout"
    if "certificate" in reason:  # HTTP/3 alone: TLS is a part of connecting (lib/vquic/)
        kind = "certificate-rejected"
    return Blame(kind)


def _socket(reason: str, otherwise: ComplaintKind) -> Blame:
    """The operating system's words for a connection that broke (`strerror`, `lib/strerror.c`)."""
    return Blame(system(flat(reason)) or otherwise)


def _receiving(reason: str) -> Blame:
    return _socket(reason, "receive-failed")


def _sending(reason: str) -> Blame:
    return _socket(reason, "send-failed")


def _stream(name: str) -> Blame:
    """A stream that ended with an error: its name, or its number (`error_code = 7`)."""
    name = name.strip()
    if name.isdecimal():
        number = int(name[:9])
        name = HTTP2_ERRORS[number] if number < len(HTTP2_ERRORS) else name
    if name == "HTTP_1_1_REQUIRED":
        return Blame("requires-http1", subject=name)
    return Blame("stream-reset", HTTP2_ERRORS.index(name) if name in HTTP2_ERRORS else None, name)


def _goaway(number: str) -> Blame | None:
    code = int(number)  # 0 is an ordinary farewell, unless the answer is still to come
    return Blame("goaway", code, HTTP2_ERRORS[code] if code < len(HTTP2_ERRORS) else None)


_MS = rf"(?P<number>{NUMBER}) ?(?:milliseconds|ms)"

_NO_SENTENCE = r"(?!\W{0,2}[a-z]{1,20} [a-z]{1,20}[ ?!.,])"
"""No host is a sentence: somebody asks about curl's words, or tells of them."""

_NAMES = (
    complaint("Could not resolve host: api.bnak.example",
              rf"Could(?: not|n't) (?:resolve|D[oO]H-resolve)(?: host(?:name)?)?: {_NO_SENTENCE}(?P<subject>[^\s;]+?)"
              r"(?::\d{1,5})?(?: \(.*\)|; .*| .*)?", "host-not-found", "Could", "Couldn't"),
    complaint("Couldn't resolve host 'api.bnak.example'",
              r"Could(?: not|n't) resolve host(?: ?name)?(?: '?(?P<subject>[^']*)'?)?", "host-not-found", "Could",
              "Couldn't"),
    complaint("getaddrinfo(3) failed for api.bnak.example:443",
              r"getaddrinfo\(3\) failed for (?P<subject>[^\s:]*)(?::\d+)?", "host-not-found"),
    complaint("getaddrinfo() thread failed to start", r"getaddrinfo\(\) thread failed to start", "host-not-found"),
    complaint("DoH: Bad RCODE type A for shop.example",
              r"(?:D[oO]H:|\[DoH\]) Bad [\w ]{1,20} type \w+ for (?P<subject>\S+)", "host-not-found",
              "DoH:", "[DoH]", "DOH:"),
    complaint("Not resolving .onion address (RFC 7686)", r"Not resolving \.onion address \(RFC 7686\)",
              "host-not-found"),
    complaint("Could not resolve proxy: proxy.corp.example",
              rf"Could(?: not|n't) resolve proxy(?: name)?(?::? {_NO_SENTENCE}'?(?P<subject>[^\s';]*)'?.*)?",
              "proxy-not-found", "Could", "Couldn't"),
    complaint("Resolving timed out after 5000 milliseconds", rf"Resolving timed out after {_MS}(?:[ ,].*)?",
              "resolve-timeout"),
    complaint("Resolving host timed out: api.bank.example", r"Resolving (?:host|proxy) timed out: (?P<subject>.*)",
              "resolve-timeout"),
    complaint("Failed to resolve host 'api.bank.example' with timeout after 5000 ms",
              rf"Failed to resolve (?:\w+ )?'(?P<subject>[^']*)' with timeout after {_MS}", "resolve-timeout"),
    complaint("name lookup timed out", r"name lookup timed out|remaining timeout of \d+ too small to resolve via .*",
              "resolve-timeout", "name", "remaining"),
)  # fmt: skip

_CONNECTING = (
    complaint("Failed to connect to localhost:80 over unix:///run/app.sock after 0 ms: Could not connect to server",
              rf"Failed to connect to {HOST} over unix://(?P<subject>\S{{1,300}})(?: after {NUMBER} ms)?: .*",
              "unix-socket-failed"),
    complaint("Failed to connect to down.example port 443 after 0 ms: Could not connect to server",
              rf"Failed to connect to (?P<subject>{HOST}?)(?:(?: (?:on )?port |:(?=\d{{1,5}} ))(?P<port>{PORT}))?"
              rf"(?: \([^()]*\))?(?: (?:over proxy|via) (?P<proxy>\S{{1,300}})| over .{{1,300}}?)?"
              rf"(?: after (?P<number>{NUMBER}) ms)?: (?P<reason>.*)", _connect),
    complaint("Failed to connect to down.example port 443 after 134303 ms",  # somebody left the reason out
              rf"Failed to connect to (?P<subject>{HOST}?) port (?P<port>{PORT})"
              rf"(?: via (?P<proxy>\S{{1,300}})(?! after)| after (?P<number>{NUMBER}) ms)",
              "connect-failed"),
    complaint("Failed connect to down.example:443; Connection refused",
              rf"Failed connect to (?P<subject>{HOST}?)(?::(?P<port>{PORT}))?; (?P<reason>.*)", _connect),
    complaint("couldn't connect to host", r"(?:could not|[Cc]ouldn't|Could not) connect to (?:host|server|.* at .*)",
              "connect-failed", "could", "couldn't", "Couldn't", "Could"),
    complaint("connect() timed out!", r"connect\(\) timed out!|connect timeout|Connection timeout after \d+ ms|"
              r"Connection time-?out", "connect-timeout", "connect()", "connect", "Connection"),
    # Also printed while TLS is being set up: the phase tells.
    complaint("Connection timed out after 2001 milliseconds", rf"Connection timed out after {_MS}", "connect-timeout"),
    complaint("failed to open socket: Permission denied", r"failed to open socket: .*", "connect-failed"),
    complaint("Couldn't bind to 'eth9' with errno 99: Cannot assign requested address",
              r"(?:Couldn't|Could not) bind to .*|bind failed with errno .*", "connect-failed", "Couldn't", "Could",
              "bind"),
    complaint("Unix socket path too long: '/tmp/a'", r"Unix socket path too long: '(?P<subject>.*)'",
              "unix-socket-failed"),
)  # fmt: skip

_WIRE = (
    complaint("Operation timed out after 2002 milliseconds with 8 out of 5000 bytes received",
              rf"Operation timed out after {NUMBER} (?:milliseconds|ms) with (?:(?P<number>{NUMBER})|-\d{{1,18}})"
              rf"(?: out of -?\d{{1,18}})? bytes received(?:[ .].*)?", "timeout"),
    complaint("Operation too slow. Less than 1000 bytes/sec transferred the last 5 seconds",
              r"Operation too slow\. Less than .*", "timeout"),
    complaint("Timeout was reached", r"[Tt]imeout was reached|[Tt]imeout|Time-out|a timeout was reached", "timeout",
              "Timeout", "timeout", "a", "Time-out"),
    complaint("FTP response timeout", rf"(?:FTP|server) response time-?out|\w+ timed out after {NUMBER} "
              r"(?:milliseconds|ms)", "timeout", ""),
    complaint("Recv failure: Connection reset by peer", r"Recv failure: (?P<reason>.*)", _receiving),
    complaint("Send failure: Broken pipe", r"Send failure: (?P<reason>.*)", _sending),
    complaint("Empty reply from server", r"Empty reply from server|Server returned nothing \(no headers, no data\)",
              "empty-reply", "Empty", "Server"),
    complaint("Unexpected EOF", r"Unexpected EOF", "empty-reply"),  # of HTTP/2 (lib/http2.c, 7.47 to 7.58)
    complaint("transfer closed with 4820 bytes remaining to read",
              rf"transfer closed with (?P<number>{NUMBER}) bytes remaining to read", "transfer-interrupted"),
    complaint("transfer closed with outstanding read data remaining",
              r"transfer closed with outstanding read data remaining", "transfer-interrupted"),
    complaint("end of response with 4820 bytes missing", rf"end of response with (?P<number>{NUMBER}) bytes missing",
              "transfer-interrupted"),
    # git's own count of what it awaits (remote-curl.c, check_pktline)
    complaint("3805 bytes of body are still expected", rf"(?P<number>{NUMBER}) bytes of body are still expected",
              "transfer-interrupted", ""),
    complaint("Transferred a partial file", r"[Tt]ransferred a partial file", "transfer-interrupted",
              "Transferred", "transferred"),
    complaint("Connection died, tried 5 times before giving up",
              rf"Connection died, tried (?P<number>{NUMBER}) times before giving up", "connection-died"),
    complaint("Failed sending HTTP request",
              r"Failed sending (?:HTTP )?(?:HTTP|POST|PUT|request|RTSP|CONNECT|data|network).*", "send-failed"),
    complaint("Failed receiving HTTP2 data: 56(Failure when receiving data from the peer)",
              r"(?:Failed receiving HTTP/?[23] data|Error receiving HTTP2 header).*", "receive-failed", "Failed",
              "Error"),
    complaint("Failure when receiving data from the peer", r"[Ff]ailure when receiving data from the (?:peer|network)",
              "receive-failed", "Failure", "failure"),
    complaint("response reading failed (errno: 104)", r"response reading failed.*", "receive-failed"),
    complaint("select/poll error", r"select/poll (?:error|returned error|on SSL.*)", "receive-failed"),
)  # fmt: skip

_HTTP = (
    complaint("HTTP error 404.", r"HTTP error (?P<number>[45]\d\d)\.", "http-status"),  # R's package curl
    complaint("The requested URL returned error: 404", r"The requested URL returned error: (?P<number>\d{3})\b.*",
              "http-status"),
    complaint("HTTP response code said error", r"HTTP response code said error", "http-status"),
    complaint("Received HTTP/0.9 when not allowed", r"Received HTTP/0\.9 when not .*", "not-http"),
    complaint("Unsupported HTTP version in response", r"Unsupported (?:HTTP version|HTTP/1 subversion|response code).*",
              "malformed-response"),
    complaint("Weird server reply", r"[Ww]eird server reply|Server returned weird reply", "malformed-response",
              "Weird", "weird", "Server"),
    complaint("Invalid status line", r"Invalid (?:status line|response header|Content-Length: value)|Header without "
              r"colon|"
              r"N(?:ul|UL) byte in header|Carriage return found in header|Could not get Content-Type header line!|"
              r"Multiple Location headers|unexpected 101 response code|server sent 101 response while .*|"
              r"Version mismatch \(from HTTP/.*", "malformed-response",
              "Invalid", "Header", "Nul", "NUL", "Carriage", "Could", "Multiple", "unexpected", "server", "Version"),
    complaint("Too large response headers: 307226 > 307200", r"Too large response headers: .*|Too many response "
              r"headers, .*|"
              r"Rejected \d+ bytes (?:header|of overflow data) .*|Avoided giant realloc for header .*|Too long "
              r"response header",
              "headers-too-large", "Too", "Rejected", "Avoided"),
    complaint("Illegal or missing hexadecimal sequence in chunked-encoding",
              r"[A-Z][^:]{2,80} in chunked-encoding|Problem \(\d+\) in the Chunked-Encoded data|chunk hex-length .*|"
              r"invalid chunk size: .*", "malformed-response", "Illegal", "Too",
              "Malformed", "Out", "Problem", "chunk", "invalid", "Bad", "Write", "Invalid", "Passed", "OK"),
    complaint("Error while processing content unencoding: invalid stored block lengths",
              r"Error while processing content unencoding: .*|Unrecognized (?:or bad )?(?:HTTP )?[Cc]ontent .*|"
              r"Reject response (?:due to|exceeding) .*|Multi-member gzip response not supported|"
              r"Operation timed out while decoding payload", "content-encoding",
              "Error", "Unrecognized", "Reject", "Multi-member", "Operation"),
    complaint("A Transfer-Encoding (gzip) was listed after chunked",
              r"(?:A Transfer-Encoding \(.*\) was listed|Unsolicited Transfer-Encoding \(.*\) found).*",
              "malformed-response",
              "A", "Unsolicited"),
    complaint("Maximum (50) redirects followed", rf"Maximum \((?P<number>{NUMBER})\) redirects followed",
              "redirect-loop"),
    complaint("Number of redirects hit maximum amount", r"[Nn]umber of redirects hit maximum amount", "redirect-loop",
              "Number", "number"),
    complaint("HTTP server doesn't seem to support byte ranges. Cannot resume.",
              r"HTTP server (?:doesn't|does not) seem to support byte ranges\. Cannot resume\.|Requested range was not "
              r"delivered by the server", "other", "HTTP", "Requested"),
    complaint("Refused WebSockets upgrade: 200", r"Refused WebSockets? upgrade: (?P<number>\d{3})", "other"),
    complaint("HTTP request too large", r"HTTP request too large|Chunky upload is not supported by HTTP 1\.0|"
              r"Internal HTTP POST error!|Unable to resume from offset .*", "other",
              "HTTP", "Chunky", "Internal", "Unable"),
)  # fmt: skip

_STREAM = r"HTTP/[23] stream (?:\d+ )?"

_HTTP2 = (
    complaint("HTTP/2 stream 1 was not closed cleanly: ENHANCE_YOUR_CALM (err 11)",
              rf"{_STREAM}was not closed cleanly: (?:error_code = )?(?P<reason>[A-Z0-9_]+)(?: .*)?", _stream,
              "HTTP/2", "HTTP/3"),
    complaint("HTTP/2 stream 1 reset by server (error 0xb ENHANCE_YOUR_CALM)",
              rf"{_STREAM}reset by \S+ \(error 0x[0-9a-fA-F]+ (?P<reason>[A-Z0-9_]+)\)?", _stream, "HTTP/2", "HTTP/3"),
    complaint("HTTP/2 stream 1 was not closed cleanly before end of the underlying stream",
              rf"{_STREAM}was not closed cleanly before end of the underlying stream", "transfer-interrupted", "HTTP/2",
              "HTTP/3"),
    complaint("HTTP/2 stream 1 was reset",
              rf"{_STREAM}(?:was )?(?:reset|not closed cleanly).*", "stream-reset", "HTTP/2", "HTTP/3"),
    complaint("HTTP/2 stream 1 was closed cleanly, but before getting all response header fields, treated as error",
              rf"{_STREAM}was closed cleanly, but before getting .*", "http2-error", "HTTP/2", "HTTP/3"),
    complaint("received GOAWAY, error=2, last_stream=0",
              rf"(?:received|recveived) GOAWAY, error=(?P<reason>{NUMBER}), .*", _goaway,
              "received", "recveived"),
    complaint("nghttp2_session_send() failed: The user callback function failed(-902)",
              r"(?:nghttp2|h2_process_pending_input|process_pending_input)\S*(?: recv| shuts| unexpectedly)?:? "
              r".*(?:fail|error|"
              r"returned).*", "http2-error", ""),
    complaint("Remote peer returned unexpected data while we expected SETTINGS frame.",
              r"(?:http2 error: )?Remote peer returned unexpected data while we expected SETTINGS frame\..*",
              "requires-http1", "Remote", "http2"),
    # nghttp2's own sentence (lib/nghttp2_session.c); curl puts `http2 error: ` before it until 7.87.
    complaint("http2 error: Invalid HTTP header field was received: frame type: 1, stream: 1, name: [upgrade], "
              "value: [h2,h2c]",
              r"(?:http2 error: )?Invalid HTTP header field was received: frame type: \d+, stream: \d+, "
              r"name: \[(?P<subject>[^\]]{1,200})\].*", "malformed-response", "http2", "Invalid"),
    complaint("Error in the HTTP2 framing layer", r"Error in the HTTP2 framing layer|[Ss]tream error in the HTTP/2 "
              r"framing layer|Could(?:n't| not) "
              r"initialize "
              r"nghttp2.*|Too many PUSH_PROMISE headers|error on copying HTTP Upgrade response: .*|connection buffer "
              r"size .*",
              "http2-error", "Error", "Stream", "stream", "Couldn't", "Could", "Too", "error", "connection"),
    complaint("QUIC: connection to 192.0.2.7 port 443 refused", r"(?:QUIC|quiche|ngtcp2|nghttp3|msh3)\S*:? .*(?:fail|"
              r"error|"
              r"refused|returned|shut down|closed|draining|lacks|timeout|dropped|unknown stream|==).*", "quic", ""),
    complaint("QUIC connection error", r"QUIC connection error|HTTP/3 error|connection closed by (?:idle timeout|"
              r"server)|"
              r"failed to connect, handshake failed|HTTP/3 (?:is not supported|cannot be used|requested for).*", "quic",
              "QUIC", "HTTP/3", "connection", "failed"),
)  # fmt: skip

MESSAGES: tuple[Message, ...] = (*_NAMES, *_CONNECTING, *_WIRE, *_HTTP, *_HTTP2)
