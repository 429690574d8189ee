"""What curl says besides, by topic: the traces of its filters, remarks of its TLS libraries, internal affairs.

A pattern here stands for words that only curl prints: a remark of a body that looks like a log line stays unrecognized.
"""

from __future__ import annotations

from curlx.events import Chatter, LibrarySeen
from curlx.grammar.complaining import complaint
from curlx.grammar.message import Message, first_word

_FILTERS = {
    "tls": "SSL SSLS SSL-PROXY SCACHE",
    "connecting": "TCP UDP UNIX HAPPY-EYEBALLS HTTPS-CONNECT SETUP CF HAPROXY QUIC-CONNECT EYEBALLS TCP-ACCEPT",
    "resolving": "DNS THREADS DoH DOH",
    "proxy": "SOCKS SOCKS-PROXY H1-PROXY H2-PROXY H3-PROXY HTTP-PROXY CONNECT-UDP CAPSULE",
    "http": "HTTP HTTP/1 HTTP/2 HTTP/3 HTTP2 HTTP3 H1-TUNNEL MSH3 QUIC",
    "transfer": "WRITE READ MULTI CPOOL CCACHE TIMER LIB-IDS SHUTDOWN PROGRESS XFER CONN TIMEOUT",
    "protocol": "FTP SMTP IMAP POP3 SSH SFTP SCP WS MQTT TELNET RTSP LDAP SMB TFTP",
}
"""The names in square brackets of `--trace-config` (`lib/curl_trc.c`, `Curl_cft_...`), by topic."""


def _chatter(topic: str, expression: str, *samples: str) -> Message:
    """Return a message that says nothing curlx needs; every first word that it may have is that of a sample."""
    return Message(samples[0], expression, Chatter(topic), starts=tuple({first_word(text): None for text in samples}))


def _filter(topic: str, names: str) -> Message:
    words = names.split()
    # `[WS] frame length ... not supported` fails the transfer, but every one of these is followed by a plainer sentence.
    return Message(f"[{words[0]}] recv(len=5) -> 5, err=0", r"\[[A-Za-z0-9/-]{2,16}\] .*", Chatter(topic),
                   starts=tuple(f"[{word}]" for word in words))  # fmt: skip


_TLS = (
    Message("schannel: disabled automatic use of client certificate", r"schannel: ?.*", LibrarySeen("Schannel")),
    _chatter("tls", r"(?:OpenSSL|SSL) verify result: [0-9a-f]{1,16}", "OpenSSL verify result: 0", "SSL verify result: 0"),
    _chatter("tls", r"old SSL session ID is stale, removing|(?:cached|previous) session not accepted \(.*",
             "old SSL session ID is stale, removing", "cached session not accepted (-1), removing from cache",
             "previous session not accepted (-1), removing from cache"),
    _chatter("tls", r"(?:Cipher selection|QUIC cipher selection|TLS 1\.3 cipher selection|Setting cipher list SRP|Set version "
             r"TLSv1\S* for SRP authorisation|Using TLS-SRP username):? ?.*", "Cipher selection: ALL:!EXPORT",
             "QUIC cipher selection: TLS_AES_128_GCM_SHA256", "TLS 1.3 cipher selection: TLS_AES_128_GCM_SHA256",
             "Setting cipher list SRP", "Set version TLSv1.x for SRP authorisation", "Using TLS-SRP username: a"),
    _chatter("tls", r"\s{1,8}(?:compression|MAC|cipher): .*", "\t compression: NULL", "\t MAC: AEAD", "\t cipher: AES-128-GCM"),
    _chatter("tls", r"ECH: .*", "ECH: result: status is not attempted"),
    _chatter("tls", r"(?:warning|WARNING): (?:certificate file name|CA certificates failed|CURLOPT_CAPATH|failed to (?:set|load|"
             r"configure|save)|ignoring value|support for|[Uu]sing weak random|SSL: |TLD check|no socket in pollset|cookie "
             r"filename|\S+; pos).*", 'warning: certificate file name "a" handled as nickname; please use "./a" to force file name',
             "WARNING: failed to set SSL_CBC_RANDOM_IV = 7"),
    _chatter("tls", r"Unable to (?:initialize NSS(?: database.*)?|dump certificate information\.?)|Trying TLS False Start|"
             r"Falling back from \S+ to max supported SSL version \(.*|Error in TLS handshake, trying SSLv3\.\.\.|TLS disabled "
             r"due to previous handshake failure|unloading \S+|failed to load '.*' from CURLOPT_CAPATH|NPN, server accepted to "
             r"use .*", "Unable to initialize NSS database", "Trying TLS False Start",
             "Falling back from tlsv1.3 to max supported SSL version (tlsv1.2)", "Error in TLS handshake, trying SSLv3...",
             "TLS disabled due to previous handshake failure", "unloading PEM", "failed to load 'a' from CURLOPT_CAPATH",
             "NPN, server accepted to use spdy"),
    _chatter("tls", r"error (?:reading|importing|setting) .*, continuing anyway:?", "error importing native CA store, continuing "
             "anyway"),
    _chatter("tls", r"(?:Can't use|SSL failed to set|Remove) session ID.*|SSL: SSL_set_session not accepted, .*|SSL session not .*|"
             r"SSL sending \d+ bytes of early data|Server (?:accepted|rejected) (?:\d+ bytes of )?TLS early data\.|"
             r"(?:Added|Found|Reusing|No cached) [Ss]ession ID .*", "Can't use session ID, going on without",
             "SSL failed to set session ID", "Remove session ID again from cache", "SSL: SSL_set_session not accepted",
             "Server rejected TLS early data.", "Added Session ID to cache for https://shop.example:443 [server]"),
    _chatter("tls", r"SSL_ERROR_WANT_(?:READ|WRITE)|SSL_get_shutdown\(\) returned .*|GNUTLS_E_AGAIN .*|SSL(?::| certificate:?) "
             r"(?:Checking cert|Imported cert|unknown cert name|Certificate type not set|Setting cipher|duplicate cipher|unknown "
             r"cipher|unhandled public key|couldn't set callback).*", "SSL_ERROR_WANT_READ", "SSL_ERROR_WANT_WRITE",
             "SSL_get_shutdown() returned SSL_SENT_SHUTDOWN", "GNUTLS_E_AGAIN || GNUTLS_E_INTERRUPTED", "SSL: Imported cert"),
    _chatter("tls", r"libcurl is now using a weak random seed!?|Failed to (?:load default openssl config|get (?:certificate|"
             r"ECHConfigs)).*|Digest algorithm : .*|certificate exposes no signing digest algorithm.*|set default crypto engine "
             r"'.*'|SSLKEYLOGFILE set, .*|Note LibreSSL only supports .*|Unknown protocol connection|This GnuTLS does not support "
             r"SRP|More certificates than allowed .*|ignoring native CA option .*|gnutls_handshake\(\) warning: .*|error fetching "
             r"CN from cert:.*|Skipped certificate verification|Apple SecTrust failure .*|failed to add session to cache|client "
             r"cert: .*|DEBUG fail ipv6 resolve", "libcurl is now using a weak random seed!", "Failed to get certificate name",
             "Digest algorithm : a", "certificate exposes no signing digest algorithm", "set default crypto engine 'a'",
             "SSLKEYLOGFILE set, all TLS secrets are logged to 'a'", "Note LibreSSL", "Unknown protocol connection",
             "This GnuTLS does not support SRP", "More certificates than allowed (99), skipping certinfo", "ignoring native CA",
             "gnutls_handshake() warning: a", "error fetching CN from cert:a", "Skipped certificate verification", "Apple",
             "failed to add session to cache", "client cert: a", "DEBUG fail ipv6 resolve"),
    _chatter("tls", r"(?:cyassl|CyaSSL|wolfSSL) <3\.3\.0 cannot be configured .*", "CyaSSL <3.3.0 cannot be configured to use TLS",
             "wolfSSL <3.3.0 cannot be configured to use TLS"),
    _chatter("tls", r"\s*(?:axtls_|Curl_axtls_|cr_recv |cr_send |rustls_conn|successfully read (?:cert|key) file |"
             r"Curl_socket_check: |sread: |swrite: |\tComparing subject alt name ).*|(?:reading|writing) would block|"
             r"\s*Comparing subject alt name DNS with hostname: .*", "  axtls_recv", "  axtls_send", "  Curl_axtls_close",
             "  Curl_axtls_shutdown", "  Curl_axtls_close_all", "  Curl_axtls_check_cxn", "cr_recv read 7 bytes from the network",
             "cr_send 7 bytes of plaintext", "rustls_connection wants us to read_tls.", "rustls_connect: unimplemented",
             "successfully read cert file a ", "Curl_socket_check: read would block", "sread: EAGAIN or EWOULDBLOCK",
             "swrite: EAGAIN after 7 bytes", "reading would block", "writing would block", "\tComparing subject alt name DNS with "
             "hostname: a <-> b"),
)  # fmt: skip

_INTERNALS = (
    _chatter("http2", r"(?:Data returned|NGHTTP2_ERR_PAUSE|Removed stream|Set HTTP/2|"
             r"Store \d+ bytes|Unpaused by|Fail the parent|nghttp2_session_\S+|h2 (?:header|status|trailer)|trailer field|free "
             r"header_recvbuf|request content-length|http2 error|data_source_read_callback|No (?:Curl_easy|SessionHandle|proto "
             r"pointer)).*", "Data returned for PAUSED stream 7", "NGHTTP2_ERR_PAUSE - 7 bytes", "Removed stream 7 hash!",
             "Set HTTP/2 window size to 7", "Store 7 bytes headers", "Unpaused by stream 7", "Fail the parent stream (too)",
             "nghttp2_session_mem_recv() returns 7", "nghttp2_session_send(): nothing to do in this session", "h2 header: a: b",
             "trailer field started", "free header_recvbuf!!", "request content-length=7", "http2 error: a",
             "data_source_read_callback: returns 7 bytes stream 7", "No proto pointer for stream: 1f"),
    _chatter("http2", r"\d{1,9} (?:data received for|bytes stray data).*", "1024 data received for stream 7", ""),
    _chatter("http3", r"(?:cb_h3_|ngh3_|ngtcp2 |quiche |h3_stream_recv|http_request: Warning|Pass on \d+ body bytes|Sent QUIC |"
             r"!!!!!!!!! cb_h3|Grew HTTP/3|Got h3 for|QUIC handshake is completed|QUIC is not supported|QUIRK: |UDP payload does|"
             r"Error! (?:Capsule|Invalid|Read)|no filter context).*", "cb_h3_acked_stream_data, 7 bytes", "cb_h3_readfunction 7",
             "cb_h3_stream_close CALLED", "ngh3_stream_recv returns", "ngh3_stream_send() wants", "ngtcp2 established connection!",
             "quiche established connection!", "h3_stream_recv returns on ingress", "http_request: Warning: The", "Pass on 7 body "
             "bytes to quiche", "Sent QUIC client Initial, ALPN: a", "!!!!!!!!! cb_h3_readfunction sets EOF", "Grew HTTP/3",
             "Got h3 for stream 7, expects 7", "QUIC handshake is completed", "QUIRK: UDP", "UDP payload does not fit", "Error! "
             "Capsule length too large: 7", "no filter context found"),
    _chatter("hyper", r"[Hh]yper(?:stream)?:? (?:is |some |unhandled |upload).*|Time for the Hyper dance|Return early from hyper.*|"
             r"ERROR in 1xx, bail out!?|Got HTTP 1xx informational|Connection closed while negotiating NTLM", "hyper: some "
             "background task done", "hyperstream is done!", "Time for the Hyper dance", "Return early from hyper_body_chunk",
             "ERROR in 1xx, bail out", "Got HTTP 1xx informational", "Connection closed while negotiating NTLM"),
    _chatter("multi", r"(?:multi_done|Pipe broke: |Pipe is full|Handle in pipeline|Penalized, skip|WAITDO: |WAITPERFORM: |Internal "
             r"error (?:clearing|removing) splay|BAD! |signalPipeClose|socket cb: |call curl_multi_socket_action|reached \S+:\d|"
             r"cpool[ _]|cr_\w+[,(]|no sockets to poll|DISCONNECT without easy|0x[0-9a-f]+ is at send pipe|- Conn \d+ \(|Conn: \d+ "
             r"\(|Site \S+ is pipeline blacklisted|conn terminate|Discarding connection|discard connection|moving connection|"
             r"shutdown (?:start|timeout)|connection #\d+, shutdown|failed to (?:add|duplicate) handle|failed to set user_data|"
             r"state\.rewindbeforesend|dl_rlimit|Buffer after stream rewind|Rewinding \d+ bytes|setopt arg|boolean setopt|bad CURLOPT|"
             r"Cannot change share|invalid (?:MIMEKIND|buffer size with)|Allowing DoH to override).*", "multi_done[a]: status: 0",
             "Pipe broke: handle 0x1", "Pipe is full, skip (7)", "Handle in pipeline: a", "Penalized, skip", "WAITDO: Conn 7",
             "WAITPERFORM: Conn 7", "Internal error clearing splay node = 7", "BAD! Connection #7", "signalPipeClose() found BAAD",
             "socket cb: socket 7 REMOVED", "call curl_multi_socket_action(socket 7)", "reached a:7", "cpool shutdown all",
             "cpool_shutdown_discard_all", "cr_in_read(len=7,", "cr_in,", "cr_mime_read(len=7,", "cr_eob_read(7)", "no sockets to "
             "poll!", "DISCONNECT without easy handle, ignoring", "- Conn 7 (0x1) send_pipe: 7", "Conn: 7 (0x1) Receive",
             "Site a:7 is pipeline blacklisted", "conn terminate when inuse: 7", "Discarding connection #7", "discard connection "
             "#7", "moving connection #7", "shutdown start on", "connection #7, shutdown", "failed to add handle to multi",
             "state.rewindbeforesend = TRUE", "dl_rlimit, available=7", "Buffer after stream rewind", "Rewinding 7 bytes",
             "setopt arg 0x1", "boolean setopt(7)", "bad CURLOPT_ALTSVC_CTRL input", "Cannot change share object", "invalid "
             "MIMEKIND* attempt", "Allowing DoH to override max connection limit"),
    _chatter("internals", r"Curl_\w+(?:\(.*\))?[:,(]? ?.*|init_resolve_thread\(\) failed.*|getaddrinfo\(\) failed for .*", "Curl_done",
             "Curl_readwrite() -> 7", "Curl_readwrite:", "Curl_sendrecv() -> 7", "Curl_poll(7", "Curl_disconnect(conn",
             "Curl_disconnect,", "Curl_disconnect", "Curl_multi_closed,", "Curl_client_cleanup()", "Curl_client_reset(),",
             "Curl_read(handle=0x1)", "Curl_conn_connect(index=7),", "Curl_output_negotiate,", "Curl_xfer_send(len=7,",
             "Curl_req_flush(),", "Curl_req_flush(len=7)", "Curl_hyper_recv(7)", "Curl_hyper_send(7)", "Curl_hyper_stream()",
             "Curl_hyper_stream(),", "Curl_pp_readresp_", "Curl_ipv4_resolve_r", "Curl_doh_close:", "init_resolve_thread() failed "
             "for a; b", "getaddrinfo() failed for a:7; b"),
    _chatter("url", r"Please URL encode % .*|Invalid (?:IPv6 address format|network interface: .*|zoneid: .*)|Unwillingly accepted "
             r"illegal URL .*|curl_url_set rejected .*|determined scope_id.*|family0 == .*|SO_BINDTODEVICE .*|gethostname\(\) "
             r"failed, .*", "Please URL encode % as %25, see RFC 6874.", "Invalid zoneid: a; b", "Unwillingly accepted illegal URL "
             "using 4 slashes!", "curl_url_set rejected a", "determined scope_id=7", "family0 == IPv4", "SO_BINDTODEVICE a failed",
             "gethostname() failed, continuing without"),
    _chatter("auth", r"(?:NTLM|GSSAPI|SPNEGO|Negotiate|DIGEST-MD5) (?:handshake|auth|chose) .*|(?:Make|Parse) SPNEGO .*|digest_sspi: "
             r".*|aws_sigv4: .*|Canonical request: .*|(?:region|service|first provider|second provider) (?:can't|cannot) be empty|"
             r"SASL: .*|Too many authentication mechanisms", "NTLM auth restarted", "GSSAPI handshake failure (empty challenge "
             "message)", "SPNEGO chose NTLM, but NTLM is not allowed", "Negotiate auth restarted", "DIGEST-MD5 handshake failure",
             "Make SPNEGO Initial Token failed", "Parse SPNEGO Target Token failed", "digest_sspi: MakeSignature failed",
             "aws_sigv4: Signature - a", "Canonical request: a", "region can't be empty", "service can't be empty", "first provider "
             "can't be empty", "second provider can't be empty", "SASL: auth EXTERNAL not chosen with password", "Too many "
             "authentication mechanisms"),
    _chatter("alt-svc", r"(?:Bad|Excessive|Unknown) alt-svc .*", "Bad alt-svc hostname, ignoring.", "Excessive alt-svc header, "
             "ignoring.", "Unknown alt-svc protocol \"a\", skipping."),
    _chatter("cookies", r"invalid octets in .*, cookie dropped|libpsl problem, .*|invalid time condition", "invalid octets in name, "
             "cookie dropped", "libpsl problem, rejecting cookie for safety", "invalid time condition"),
    _chatter("resolving", r"doh_done: .*|Failed to decode HTTPS RR|Failed HTTPS RR operation|Error printing HTTPS-RR .*|HTTPS-RR \S+: "
             r".*|timeout on name lookup is not supported|bad (?:DNS IPv[46] address|servers set)", "doh_done: xfer for mid=7 not "
             "found", "Failed HTTPS RR operation", "Error printing HTTPS-RR information", "HTTPS-RR a:7: -", "timeout on name lookup "
             "is not supported", "bad servers set"),
)  # fmt: skip

_FAILED_INSIDE = (
    complaint("SSL: couldn't create a context: a", r"SSL: (?:could not|couldn't|[Ff]ailed|[Oo]ut of memory|SSL\w+\(?\)? ?.*failed|"
              r"wolfSSL_set_fd|error getting|Unable to set|socket value|cipher string|Certificates (?:can't|cannot|couldn't)|no "
              r"supported default|illegal cert|CA certificate set).*", "tls-error"),
    complaint("ALPN: server selected protocol contains NUL. Refusing to continue.", r"ALPN[:,] (?:asked for .*|server selected .*|"
              r"failure getting .*)", "tls-error", "ALPN:", "ALPN,"),
    complaint("Failed to set SNI", r"Failed (?:set SNI|to set SNI|setting ALPN|to add Session ID|copying p|due to missing peer|to find "
              r"the SSL|to load base|to set store|extracting certificate|getting DER|- (?:mbed|Polar)).*", "tls-error"),
    complaint("unable to create an SSL structure", r"unable (?:to create|do create|to use \S+ KEM|to initialize NSS|to allocate "
              r"session).*|(?:Secure Transport|DarwinSSL): cannot set SSL protocol|SSLCopyPeerTrust\(\) .*|SecTrust\w+\(\) .*|"
              r"SSL (?:unexpected certificate error|session error|shutdown timeout|versions not supported).*", "tls-error",
              "unable", "Secure", "DarwinSSL:", "SSL", "SSLCopyPeerTrust()", "SecTrustEvaluate()",
              "SecTrustSetAnchorCertificates()", "SecTrustSetAnchorCertificatesOnly()"),
    complaint("mbedTLS: ssl_init failed", r"(?:mbed(?:TLS|tls)|PolarSSL|BearSSL|wolfSSL|rustls): .*(?:fail|error|not|returned|timed|"
              r"unavailable).*", "tls-error", "mbedTLS:", "mbedtls:", "PolarSSL:", "BearSSL:", "wolfSSL:", "rustls:"),
    complaint("gnutls_init() failed: -50", r"(?:gnutls|mbedtls|ssl|gsk|Qso|SSL)_?\w+(?:\(\))?:? (?:I/O error|failed|returned|failed -).*",
              "tls-error", ""),
)  # fmt: skip

MESSAGES: tuple[Message, ...] = (
    *(_filter(topic, names) for topic, names in _FILTERS.items()),
    *_FAILED_INSIDE,
    *_TLS,
    *_INTERNALS,
)  # fmt: skip
