"""What curl says about requests, responses and their streams (`lib/http.c`, `lib/http2.c`, `lib/multi.c`, ...)."""

from __future__ import annotations

from curlx.events import (
    AnswerBegun,
    Authentication,
    BodyIgnored,
    Chatter,
    Followed,
    HttpChosen,
    NegotiationFailed,
    PseudoHeader,
    RequestSent,
    Retried,
    StreamOpened,
)
from curlx.grammar.message import Message, Values


def _http(values: Values) -> HttpChosen:
    return HttpChosen(values["version"])


def _pseudo_header(values: Values) -> PseudoHeader:
    return PseudoHeader(values["name"], values["value"])


def _opened(values: Values) -> StreamOpened:
    return StreamOpened(values["url"])


def _followed(values: Values) -> Followed:
    return Followed(values["url"])


def _retried(values: Values) -> Retried:
    return Retried(values["text"])


def _authentication(values: Values) -> Authentication:
    return Authentication(values["who"] == "Proxy", values["scheme"])


def _negotiation_failed(values: Values) -> NegotiationFailed:
    return NegotiationFailed(values["reason"].strip())


_SENT = (
    ("Request completely sent off", r"Request completely sent off"),
    ("We are completely uploaded and fine", r"We are completely uploaded and fine"),
    ("upload completely sent off: 9 bytes", r"upload completely sent off: .*"),
)

_RETRIES = (
    ("Connection died, retrying a fresh connect (retry count: 1)", r"Connection died, retrying a fresh connect.*"),
    ("REFUSED_STREAM, retrying a fresh connect", r"REFUSED_STREAM.*(?:retrying|try again).*"),
    ("HTTP/2 stream 1 refused by server, try again on a new connection",
     r"HTTP/[23] stream \S+ refused by server, try again on a new connection", "HTTP/2", "HTTP/3"),
    ("Downgrades to HTTP/1.1", r"Downgrades to HTTP/1\.1!?"),
    ("Failed EPSV attempt. Disabling EPSV", r"Failed EPSV attempt\. Disabling EPSV"),  # FTP: PASV comes next
)  # fmt: skip

_CHATTER = (
    ("Connection state changed (HTTP/2 confirmed)", r"Connection state changed \(.*"),
    ("Copying HTTP/2 data in stream buffer to connection buffer after upgrade: len=0",
     r"(?:Copying|Copied) HTTP/2 data .*", "Copying", "Copied"),
    ("Using Stream ID: 1 (easy handle 0x55db7ac0c9c0)", r"Using (?:HTTP/3 )?Stream ID: .*"),
    ("HTTP/2 found, allow multiplexing", r"HTTP/2 found, allow multiplexing"),
    ("HTTP 1.1 or later with persistent connection, pipelining supported", r"HTTP 1\.1 or later with persistent .*"),
    ("HTTP/1.0 connection set to keep alive!", r"HTTP/1\.0 connection set to keep alive!?"),
    ("HTTP/2 window size is now 32768 for stream 1", r"HTTP/2 (?:window|DISCONNECT|still) .*"),
    ("Lying server, not serving HTTP/2", r"Lying server, not serving HTTP/2"),
    ("Received 101", r"Received 101"),
    ("upgrading to HTTP/2", r"(?:upgrading|switching) to HTTP/2", "upgrading", "switching"),
    ("ENABLE_PUSH == TRUE", r"ENABLE_PUSH == .*"),
    ("MAX_CONCURRENT_STREAMS == 128", r"MAX_CONCURRENT_STREAMS == .*"),
    ("PUSH_PROMISE received, stream 2!", r"PUSH_PROMISE received, .*"),
    ("Got PUSH_PROMISE, ignore it!", r"Got (?:PUSH_PROMISE|SETTINGS|frame type).*"),
    ("Queuing PRIORITY on stream 1 (easy 0x55db7ac0c9c0)", r"Queuing PRIORITY on stream .*"),
    ("stopped the pause stream!", r"[Ss]topped the pause stream!", "stopped", "Stopped"),
    ("stream 1 closed", r"stream \S+ (?:closed|is paused).*"),
    ("http2_recv: returns 9 for stream 1", r"http2_\S+.*", "http2_recv:", "http2_send", "http2_recv",
     "http2_send:", "http2_send()"),
    ("h2_process_pending_input: All data in connection buffer processed", r"h2_process_pending_input: .*"),
    ("on_frame_recv() header 7 stream 0", r"on_\w+\(\).*", "on_frame_recv()", "on_stream_close(),", "on_frame_send()",
     "on_begin_headers()", "on_frame_not_send()", "on_invalid_frame_recv()"),
    ("before_frame_send() was called", r"before_frame_send\(\) was called"),
    ("http/2: failed to clear user_data for stream 1!", r"http/2: failed to (?:clear|set) .*"),
    ("set pseudo header :protocol to connect-udp", r"set pseudo header .*"),
    ("Got 417 while waiting for a 100", r"Got (?:417|HTTP failure 417) while .*"),
    ("Done waiting for 100-continue", r"Done waiting for 100-continue"),
    ("cr_exp100_read, start AWAITING_CONTINUE, timeout 1000ms", r"cr_exp100_read, .*"),
    ("HTTP error before end of send, stop sending",
     r"HTTP error before end of send, (?:(?:keep|stop) sending|close instead of sending .*)"),
    ("Keep sending data to get tossed away!", r"Keep sending data to get tossed away!?"),
    ("Rewind stream before next send", r"Rewind(?:ing)? stream .*", "Rewind", "Rewinding"),
    ("Need to rewind upload for next request", r"Need to rewind upload for next request"),
    ("Please rewind output before next send", r"Please rewind output before next send"),
    ("NTLM send, close instead of sending 12 bytes", r"(?:NTLM|NEGOTIATE) send, close instead of sending .*",
     "NTLM", "NEGOTIATE"),
    ("Basic authentication problem, ignoring.", r"\S+ authentication problem, ignoring\.",
     "Basic", "Digest", "NTLM", "Bearer", "Negotiate"),
    ("Authentication problem. Ignoring this.", r"Authentication problem\. Ignoring this\."),
    ("Ignoring duplicate digest auth header.", r"Ignoring duplicate digest auth header\."),
    ("Connection closure while negotiating auth (HTTP 1.0?)", r"Connection closure while negotiating auth .*"),
    ("NTLM picked AND auth done set, clear picked", r"NTLM\S* picked AND auth done set, clear picked!?",
     "NTLM", "NTLM-proxy"),
    ("Forcing HTTP/1.1 for NTLM", r"Forcing HTTP/1\.1 for NTLM"),
    ("Negotiate: noauthpersist -> 0, header part: true", r"Negotiate: .*"),
    ("Clear auth, redirects to port from 80 to 443", r"Clear auth, redirects (?!.*Issue another ).*"),
    ("Switch from POST to GET", r"Switch (?:from|to) .*"),
    ("Stick to POST instead of GET", r"Stick to .* instead of GET"),
    ("Disables POST, goes with GET", r"Disables POST, goes with .*"),
    ("Drop custom request method for next request", r"Drop custom request method for next request"),
    ("Violate RFC 2616/10.3.3 and switch from POST to GET", r"Violate RFC .*"),
    ("Added cookie lang=\"nl\" for domain shop.example, path /, expire 0",
     r"(?:Added|Replaced) cookie .*", "Added", "Replaced"),
    ("skipped cookie with bad tailmatch domain: other.example", r"skipped cookie .*"),
    ("cookie 'a' dropped, domain 'other.example' must not set cookies for 'shop.example'",
     r"(?:oversized |invalid )?cookie\b.*", "cookie", "oversized", "invalid"),
    ("Included max number of cookies (150) in request!", r"Included max number of cookies .*"),
    ("Restricted outgoing cookies due to header size, 'a' not sent", r"Restricted outgoing cookies .*"),
    ("WARNING: failed to save cookies in jar.txt: No such file or directory", r"WARNING: failed to .*cookie.*"),
    ("ignoring failed cookie_init for jar.txt", r"ignoring failed cookie_init for .*"),
    ("PSL check set-cookie 'a' for domain=example.com in shop.example", r"(?:NO )?PSL .*", "PSL", "NO"),
    # The chunks are well: what reads them passes on that decoding or writing failed (CHUNKE_PASSTHRU_ERROR).
    ("Failed reading the chunked-encoded stream", r"Failed reading the chunked-encoded stream"),
    ("Parsed STS header fine (1 entries)", r"Parsed STS header fine .*"),
    ("Illegal STS header skipped", r"Illegal STS header skipped"),
    ("suppressing chunked transfer encoding on connection using HTTP version 2 or higher",
     r"suppressing chunked transfer encoding .*"),
)  # fmt: skip

MESSAGES = (
    Message("using HTTP/2", r"using HTTP/(?P<version>\d(?:\.[\dx])?)", _http),
    Message("Using HTTP2, server supports multiplexing", r"Using HTTP2, server supports .*", HttpChosen("2")),
    Message("HTTP/2 over clean TCP", r"HTTP/2 over clean TCP", HttpChosen("2")),
    Message("Received 101, Switching to HTTP/2", r"Received 101, Switching to HTTP/2", HttpChosen("2")),
    Message(
        "[HTTP/2] [1] OPENED stream for https://shop.example/sleep5",
        r"\[HTTP/[23]\] \[[^\]]*\] OPENED stream for (?P<url>\S+)",
        _opened,
        starts=("[HTTP/2]", "[HTTP/3]"),
    ),
    Message(
        "[HTTP/2] [1] [:authority: shop.example]",
        r"(?:\[HTTP/[23]\] \[[^\]]*\]|h2h3|h2|h3) \[(?P<name>:?[^\]:\s]+): (?P<value>.*)\]",
        _pseudo_header,
        starts=("[HTTP/2]", "[HTTP/3]", "h2h3", "h2", "h3"),
    ),
    *(Message(sample, expression, RequestSent()) for sample, expression in _SENT),
    Message("Mark bundle as not supporting multiuse", r"Mark bundle as not supporting multiuse", AnswerBegun()),
    Message("Ignoring the response-body", r"Ignoring the response-body", BodyIgnored()),
    Message(
        "Issue another request to this URL: 'https://shop.example/ok'",
        # curl 7.74 forgot to end the line before
        r"(?:Clear auth, redirects to port from \d{1,5} to \d{1,5}?(?:\d\d:\d\d:\d\d\.\d{6} )?(?:== Info: )?)?"
        r"Issue another request to this URL: '(?P<url>.*?)'?",
        _followed,
        starts=("Issue", "Clear"),
    ),
    *(Message(sample, expression, _retried, starts=tuple(starts)) for sample, expression, *starts in _RETRIES),
    Message(
        "Server auth using Basic with user 'alice'",
        r"(?P<who>Server|Proxy) auth using (?P<scheme>\S+) with user '.*'",
        _authentication,
        starts=("Server", "Proxy"),
    ),
    Message(
        "gss_init_sec_context() failed: No credentials were supplied. No Kerberos credentials available",
        r"(?:gss_init_sec_context\(\)|InitializeSecurityContext) failed: (?P<reason>.*)",
        _negotiation_failed,
        starts=("gss_init_sec_context()", "InitializeSecurityContext"),
    ),
    *(
        Message(sample, expression, Chatter("exchanging"), starts=tuple(starts))
        for sample, expression, *starts in _CHATTER
    ),
)
