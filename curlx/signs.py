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

LAST_WORD = r"curl: (?:\(\d{1,3}\) [A-Za-z<]|option -\S{1,80}: [a-z])"
"""What the tool says last, of a failure."""
_HELP = "curl: try 'curl "
"""Below a wrong option."""

GLUED = ("* ", "== Info: ", "curl: (", "<= Recv ", "=> Send ", "  % Total  ", "Warning: Problem")
"""What curl's next words begin with, behind the last line of a body that had no line end."""

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

BEFORE = 240
"""Characters of a line in which a mark is looked for: nobody's prefix is longer."""


def may_be_curl(text: str) -> bool:
    """Tell whether a line has to be looked at: curl may have written it, perhaps inside a wrapping."""
    return _HINT.search(text, 0, BEFORE) is not None


def is_marked(text: str) -> bool:
    """Tell whether a line starts as curl's own lines do."""
    return _WEAK.match(text) is not None
