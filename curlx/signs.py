"""How a line looks that curl wrote: enough to find curl inside whatever wraps it, far from what the grammar knows."""

from __future__ import annotations

from curlx.patterns import Pattern

SAYS = (
    r"(?:Trying \S|Connected to \S|Established connection to|About to connect\(\)|Rebuilt URL|TCP[_ ]NODELAY"
    r"|Host \S{1,99} was|Hostname |IPv[46]: |ALPN[,:] |TLSv1|SSLv[23], |SSL connection (?:using|timeout)"
    r"|SSL certificate|SSL Trust"
    r"|SSL: |OpenSSL |LibreSSL |GnuTLS|schannel: |NSS|mbedTLS|Server certificate:|Proxy certificate:|subject: |issuer: "
    r"|start date: |expire date: |common name: |subjectAltName|Certificate level"
    r"|server (?:certificate|verification) |CA(?:file|path): |successfully set cert|found \d{1,5} cert|Cipher selection"
    r"|[Uu]sing HTTP|Using Stream|Connection #\d"
    r"|Connection state|Connection died|[Cc]losing connection|shutting down conn|Re-?using existing|Request completely"
    r"|upload completely|We are completely|Mark bundle|Establish HTTP proxy|CONNECT |Uses proxy|SOCKS[45]"
    r"|\[(?:HTTP/[23]|MULTI|READ|WRITE|SETUP|HAPPY-EYEBALLS|HTTPS-CONNECT|SSL|TCP|DNS|CPOOL|TIMER)\]"
    r"|h2(?:h3)? \[|Could not resolve|Couldn't |Failed to connect|Immediate connect|Issue another"
    r"|Ignor(?:e|ing) |(?:Server|Proxy) auth using|Empty reply|(?:Recv|Send) failure|Operation timed out"
    r"|Connection (?:timed|refused|reset)|error:[0-9A-F]{8}|could not load|unable to set|old SSL session|STATE: "
    r"|Expire (?:in |cleared)|SSL re-using |Unknown SSL protocol |HTTP |Maximum \(|The requested URL|No OCSP|OCSP"
    r"|CA signer|transfer closed|getaddrinfo|Resolving timed"
    r"|Connection failed|Proxy |Received HTTP|Can't complete|Unable to|Peer |Weird |SSL_\w+ failed"
    r"|SSL_\w+:|[Cc]annot complete|Unsolicited|HTTP/2 stream|QUIC )"
)
"""What curl says after its star: no log of curl's is without a few of these."""

# curl's own --trace-time and --trace-ids (src/tool_cb_dbg.c) belong to the line; the reader understands them.
_IDS = r"\[[\dx]{1,6}-[\dx]{1,6}\]"
OWN = rf"(?:\d\d:\d\d:\d\d\.\d{{6}} )?(?:{_IDS} )?"

LIST_ITEM = "- "
"""Before curl's last word: somebody lists what it said, or what it may say; none of it need be of one call."""
LAST_WORD = r"curl: (?:\(\d{1,3}\) [A-Za-z<]|option -\S{1,80}: [a-z])"
"""What the tool says last, of a failure."""
_HELP = "curl: try 'curl "
"""Below a wrong option."""

PROMPT_SIGN = r"[$#%>❯➜λ»⇒→▶➤✗]"
"""What a shell's prompt ends with, before the blank."""
TYPED = Pattern(rf"(?:.{{0,80}}{PROMPT_SIGN} ?|\s{{0,8}})curl(?:\.exe)? (?:-(?!V\b|-version)|[\"']?https?:)")
"""A command of curl's that somebody typed, whatever stands before its prompt; grammar/commands.py reads it."""

HEADED = Pattern(OWN + r"< [!-~]")
"""A header of an answer: whatever is in it, its line ends with LF."""
MARKED = Pattern(
    OWN + rf"(?:(?P<star>\*[ \t]{{1,5}}(?:{_IDS}[ \t]{{1,5}})?" + SAYS + r")|== Info: |=> Send |<= Recv "
    r"|> [A-Z]{3,10} \S{1,2000} HTTP/[\d.]{1,3}(?! nego)|< HTTP/[\d.]{1,3} \d|[{}] \[\d{1,9} bytes data\]"
    rf"|(?P<exit>{LAST_WORD}|{_HELP}))"
)
"""A mark of curl's with words that curl says behind it; with `--trace-config all` its ids stand on both sides."""

_WEAK = Pattern(OWN + r"(?:[*<>] ?|[{}] \[|== Info|=> Send|<= Recv|curl: \(|curl |\$ |  CA|#{3}|(?! {3})[ \d]{3} )")

_HINT = Pattern(
    r"\* |== Info|=> Send|<= Recv|HTTP/[\d.]{1,3}|bytes data\]|Trying |Connected to |ALPN|TLSv1|cURL:type|CURLINFO_"
    r"|^curl\.exe : "
)

_PROOF = (
    r"(?:Trying [\w.:\[\]]{2,45}\.\.\.|Connected to \S{1,99} \([^)]{0,60}\) port \d"
    r"|Connected to \S{1,99} port \d{1,5} \(#\d|Immediate connect fail for "
    r"|ALPN[,:] (?:curl offers|offers|offering|server)|TLSv1\.\d \((?:IN|OUT)\), |SSL connection using TLS"
    r"|successfully set certificate verify|CA(?:file|path): \S|TCP_NODELAY set|Host \S{1,99} was resolved"
    r"|Connection #\d{1,6} to host|[Cc]losing connection #?\d|shutting down connection #\d|Server certificate:$"
    r"|Request completely sent off|Mark bundle as|Using HTTP2|using HTTP/[12]|schannel: "
    r"|Re-using existing connection|Establish HTTP proxy tunnel)"
)
PROOF = Pattern(r"[ \t]{0,4}" + _PROOF)
"""A sentence without its star that only curl says: in full where others (telnet, wget) say something like it."""

_FIELD = (
    r"(?:IPv[46]: |subject: |issuer: |start date: |expire date: |common name: |subjectAltName: "
    r"|SSL certificate |OpenSSL[ /]|error:[0-9A-F]{8}|Certificate level \d"
    r"|Could(?:n't resolve host '| not resolve host: )"
    r"|connect to \S{1,99} port |Failed to connect to )"
)
FIELD = Pattern(r"[ \t]{0,4}" + _FIELD)
"""A sentence without its star that curl says too, but that proves nothing alone."""

SAID = Pattern(_PROOF)
"""The same without the blanks, to look for it inside a line."""

_STRERROR = (
    r"(?:Couldn't (?:connect to server|resolve (?:host|proxy) name)|URL using bad/illegal format"
    r"|Failed writing received data to disk/application|Failed to open/read local data from file/application"
    r"|Failure when receiving data from the peer|Failed sending data to the peer|Transferred a partial file"
    r"|Server returned nothing \(no headers, no data\)|Problem with the (?:local SSL certificate|SSL CA cert)"
    r"|Peer certificate cannot be authenticated|SSL peer certificate or SSH)"
)
"""What curl_easy_strerror() says (lib/strerror.c)."""
_STRERROR_OF_MANY = (
    r"(?:Timeout was reached|SSL connect error|HTTP response code said error|Number of redirects hit maximum amount"
    r"|Error in the HTTP/?2 framing layer|Stream error in the HTTP/2 framing layer)"
)
"""What others say as well."""

_NO_DETAIL_BEHIND = r"(?!\w{0,40}(?: [\w()/]{1,30}){0,12}: ?\S)"
"""Programs go on with the message in detail, which says more than curl_easy_strerror()."""

LOOSE = Pattern(
    r"(?:OpenSSL SSL_(?:connect|read|write): |SSL (?:read|write): error:[0-9A-F]{8}"
    r"|schannel: (?:next Init|failed to (?!de)|Failed to (?:import|read|get|open) |SNI or|Cert|SEC_E|server closed)"
    r"|schannel: (?:AcquireCredentialsHandle failed|client cert not found|renegotiation timeout|CA file ')"
    r"|rustls: (?:failed to|must provide|connection timeout|peer closed)|rustls_connection_\w{1,40}: \w"
    r"|(?:(?:mbedTLS: )?[Ee]rror (?:reading|parsing) [^:]{1,300}(?:- mbedTLS)?"
    r"|ssl_\w{1,20} returned[ -]{0,3}(?:mbedTLS)?): \(-0x[0-9A-Fa-f]{4}\) "
    r"|(?:Open|Libre)SSL/[\w.+-]{1,20}: error:[0-9A-F]{8}|(?:Boring|Libre)SSL(?: SSL_\w{1,12})?: \w"
    r"|TLS (?:connect error|cert problem): error:[0-9A-Fa-f]{8}|GnuTLS(?:, handshake failed: | recv error \(-\d)"
    r"|gnutls_handshake\(\) failed: |NSS error -\d|SSLRead\(\) return error -\d"
    r"|SSL certificate (?:problem: \w|(?:OpenSSL )?verify result: \w)|SSL_connect: SSL_ERROR_SYSCALL"
    r"|SSL: ?(?:no alternative certificate|certificate subject name|public key does not match)"
    r"|SSL Engine '[^']{1,80}' not found|SSL: (?:invalid CA certificate|couldn't create a context|Can't find the cert)"
    r"|SSL (?:connection timeout(?= ?(?:\W|$))|peer had some unspecified issue with the certificate)"
    r"|SSL server certificate status verification FAILED|Server certificate was revoked: \w"
    r"|SSL:? (?:Can't load the cert|Couldn't make sense of the data in the cert)"
    r"|SSL:? (?:The certificate \S{1,200} requires|Incorrect password for the certificate)"
    r"|[Uu]nable to load client \w{1,4}: (?:-\d|[A-Z])|SSL_connect failed with error -\d{3}"
    r"|(?:schannel: )?CertGetCertificateChain trust error CERT_"
    r"|server (?:certificate )?verification failed(?:\. CA|: \w)|Peer's [Cc]ertificate (?:issuer|has)"
    r"|error (?:setting certificate |adding trust anchors |reading (?:X\.509|PKCS12|ca cert|CRL) )"
    r"|unable to (?:set (?:private key|client cert)|use client certificate)|Failed to load CRL file \(path"
    r"|could not (?:load (?:PEM|ASN1) client cert|(?:parse|open) PKCS12 file)"
    r"|Private key does not match the certificate public"
    r"|CONNECT tunnel failed, response \d|Received HTTP code \d{1,3} from proxy|Proxy CONNECT aborted"
    r"|[Cc]an(?:'t|not) complete SOCKS[45]a? connection|(?:Failed|Unable) to (?:receive|send) (?:initial )?SOCKS"
    r"|Received invalid version in initial SOCKS|Unsupported proxy (?:scheme|syntax)"
    r"|User was rejected by the SOCKS5 server|No authentication method was acceptable|CONNECT response too large!"
    r"|Could not resolve (?:host|proxy): \S|Couldn't resolve (?:host|proxy) '"
    r"|Resolving (?:host )?timed out(?: after \d|: \S)"
    r"|Failed to resolve (?:host '[^']{1,255}' with timeout|\"[^\"]{1,255}\" for SOCKS)|getaddrinfo\(3\) failed for \S"
    r"|(?:Operation|Connection) timed out after \d{1,9} milli"
    r"|Failed to connect to \S{1,200}(?: port \d{1,5}(?: after \d{1,9} ms)?|:\d{1,5} after \d{1,9} ms): \w"
    r"|Failed to connect to \S{1,200} port \d{1,5} after \d{1,9} ms\b"
    r"|Failed connect to \S{1,200}:\d{1,5}; \w|QUIC: connection to \S{1,99} port"
    r"|Empty reply from server|Connection died, tried \d"
    r"|The requested URL returned error: \d{3}|Received HTTP/0\.9 when not"
    r"|HTTP/[23] stream \d{1,9} (?:was (?:not closed|closed cleanly|reset)|reset by (?:server|curl))"
    r"|transfer closed with \w|end of response with \d{1,19} bytes missing|(?:Recv|Send) failure: \w"
    r"|Maximum \(\d{1,6}\) redirects followed|The redirect target URL could not be parsed"
    r"|Unknown SSL protocol error in connection|Remote peer returned unexpected data while"
    r"|Protocol (?:\S{1,40} not supported or disabled in|\"\w{1,20}\" (?:is )?(?:not supported|disabled))"
    r"|URL rejected: \w|\(23\) Failed writing|Operation too slow\. Less than \d"
    r"|Unrecognized (?:or bad HTTP Content|content encoding type)|Error while processing content unencoding: "
    r"|Unsolicited Transfer-Encoding|Malformed encoding found in chunked|chunk hex-length char not a hex"
    r"|Illegal or missing hexadecimal sequence in chunked|Too large response headers: \d|Refused WebSockets upgrade: \d"
    r"|Unsupported (?:HTTP/1 subversion|response code in HTTP)|Reject response due to more than"
    r"|Would have exceeded max file size|No OCSP response received|Could(?:n't| not) parse CURLOPT_\w"
    r"|A libcurl function was given a bad argument|A requested feature, protocol or option was not found built-in"
    rf"|{_STRERROR}{_NO_DETAIL_BEHIND}"
    r"|fatal: unable to access 'https?://)"
)
"""What curl says of a failure, in words that hardly another program has."""

NAMED = Pattern(
    r"(?:error:[0-9A-Fa-f]{8}:(?:SSL routines|lib\(\d{1,3}\)|rsa routines|PKCS12 routines):"
    rf"|{_STRERROR_OF_MANY}{_NO_DETAIL_BEHIND}|couldn't connect to host(?=\W*$)"
    r"|SSL received a record that|SSL certificate verification failed"
    r"|Could not connect to server(?=\W*$)|Connection closed abruptly"
    r"|Unable to communicate securely with peer|Maximum file size exceeded"
    r"|Encountered end of file|Failure writing output to destination|Invalid Content-Length: |Header without colon)"
)
"""What others say as well: it is taken for curl's where curl is named."""

OF_GIT = (
    r"fatal: (?:unable to access|Authentication failed for|could not read \w+ for|repository) 'http|error: RPC failed; "
)
"""What git says last (grammar/programs.py): it needs no mark."""

_SENTENCE = Pattern(
    r"(?!\s{0,8}(?i:error|fatal|critical|warn|warning|info|debug|failed)\b)"  # programs begin so
    r"[^|\[\]=]{0,200}?(?<!\S)[\w',.-]{1,40} {1,2}[A-Za-z]?[a-z']{1,30}(?: {1,2}| ?[\"'`“‘«*_]{1,3})"
)
_ITEM = Pattern(
    r"\s{0,8}(?:[-*+] (?:\[[ xX]\] |(?:\*\*)?\w|\[)|~~|\d{1,2}[.)] |\||#{2,6} (?!\d)|[✓✔☑✅] ?|(?:PASS|ok \d{1,5})\b"
    r"|Fix [\"'`]|\[?(?:Closes|Fixe[sd]|(?i:re)?[Ss]olve[sd]|(?:RE)?SOLVED|FIXED|CLOSED|Title|Subject|Re)"
    r"(?: #\d{1,7})?(?:: ?|\] ))"
)
"""What somebody lists, has ticked off or has struck out, a row of a table, a test that passed, and what a text, a
letter or a commit is headed with."""
_SPOKEN = Pattern(
    r".{0,200}?(?:[^\W\d_a-zA-Z]|\b(?:you|may|might|if|when|we|they)\b)"
    r"|.{0,200}(?:\w\[|^\[|\b(?:assert|printf|print|echo|expect|toBe|equals?)\b\W{0,3}[\"'])$"
    r"|\s{0,8}(?!(?:Error|Fatal|Critical|Warning|Failed|Failure|Exception|Output|Stderr|Stdout|Curl|Log|Result|Reason"
    r"|Message|Details?|Step|Last|Info|Debug|Response|Status)\b)[A-Z][a-z]{2,20}: $"
)
"""What no program and no logger puts before curl's words: another language, somebody spoken to, code that says them,
the name of a text's label."""
_CLOCK = Pattern(r"\d:\d\d")

BEFORE = 240
"""Characters of a line in which a mark is looked for: nobody's prefix is longer."""


def in_prose(before: str) -> bool:
    """Tell by what stands before curl's words in a line whether somebody mentions them, as no program puts it there."""
    if _CLOCK.search(before):
        return False
    if _ITEM.match(before) is not None or _SPOKEN.match(before[-BEFORE:]) is not None:
        return True
    return _SENTENCE.fullmatch(before[-BEFORE:]) is not None


def may_be_curl(text: str) -> bool:
    """Tell whether a line has to be looked at: curl may have written it, perhaps inside a wrapping."""
    return _HINT.search(text, 0, BEFORE) is not None


def is_marked(text: str) -> bool:
    """Tell whether a line starts as curl's own lines do."""
    return _WEAK.match(text) is not None
