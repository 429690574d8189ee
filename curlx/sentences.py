"""Sentences in which curl tells of a failure: they are known by their words alone, where the marks are lost.

A topic a table, as `grammar/` has them. What stands here is enough to find curl; what it means, the grammar knows.
"""

from __future__ import annotations

from curlx.patterns import Pattern

OF_GIT = (
    r"fatal: (?:(?:Authentication failed for|could not read \w+ for|repository) 'http"
    r"|unable to access '(?:http|(?![/~$.]|[A-Za-z]:)[^'\s]{1,400}': ))|error: RPC failed; "
)
"""What git says last (grammar/programs.py): it needs no mark. Of a URL somebody may have kept the end alone; a path
names a file."""
CODED = r"(?:[cC]url error \(\d{1,3}\): |cURL error \d{1,3}: )"
"""What dnf and programs in PHP put before libcurl's words (grammar/programs.py)."""

_SCHANNEL = (
    r"schannel: (?:next Init|failed to (?!de)|Failed to (?:import|read|get|open) |SNI or|Cert|SEC_E|server closed)",
    r"schannel: (?:AcquireCredentialsHandle failed|client cert not found|renegotiation timeout|CA file ')",
    r"(?:schannel: )?CertGetCertificateChain trust error CERT_",
)
_HANDSHAKE = (
    r"OpenSSL SSL_(?:connect|read|write): ",
    r"SSL (?:read|write): error:[0-9A-F]{8}",
    r"(?:Open|Libre)SSL/[\w.+-]{1,20}: error:[0-9A-F]{8}",
    r"(?:Boring|Libre)SSL(?: SSL_\w{1,12})?: \w",
    r"TLS (?:connect error|cert problem): error:[0-9A-Fa-f]{8}",
    r"SSL_connect: SSL_ERROR_SYSCALL",
    r"SSL connection timeout(?= ?(?:\W|$))",
    r"Unknown SSL protocol error in connection",
)
_OTHER_LIBRARIES = (
    r"rustls: (?:failed to|must provide|connection timeout|peer closed)",
    r"rustls_connection_\w{1,40}: \w",
    r"(?:(?:mbedTLS: )?[Ee]rror (?:reading|parsing) [^:]{1,300}(?:- mbedTLS)?"
    r"|ssl_\w{1,20} returned[ -]{0,3}(?:mbedTLS)?): \(-0x[0-9A-Fa-f]{4}\) ",
    r"GnuTLS(?:, handshake failed: | recv error \(-\d)",
    r"gnutls_handshake\(\) failed: ",
    r"NSS error -\d",
    r"SSLRead\(\) return error -\d",
    r"SSL_connect failed with error -\d{3}",
)
_SERVER_CERTIFICATE = (
    r"SSL certificate (?:problem: \w|(?:OpenSSL )?verify result: \w)",
    r"SSL: ?(?:no alternative certificate|certificate subject name|public key does not match)",
    r"SSL: (?:invalid CA certificate|couldn't create a context|Can't find the cert)",
    r"SSL peer had some unspecified issue with the certificate",
    r"SSL server certificate status verification FAILED",
    r"Server certificate was revoked: \w",
    r"No OCSP response received",
    r"server (?:certificate )?verification failed(?:\. CA|: \w)",
    r"Peer's [Cc]ertificate (?:issuer|has)",
    r"error (?:setting certificate |adding trust anchors |reading (?:X\.509|PKCS12|ca cert|CRL) )",
    r"Failed to load CRL file \(path",
)
_CLIENT_CERTIFICATE = (
    r"SSL Engine '[^']{1,80}' not found",
    r"SSL:? (?:Can't load the cert|Couldn't make sense of the data in the cert)",
    r"SSL:? (?:The certificate \S{1,200} requires|Incorrect password for the certificate)",
    r"[Uu]nable to load client \w{1,4}: (?:-\d|[A-Z])",
    r"unable to (?:set (?:private key|client cert)|use client certificate)",
    r"could not (?:load (?:PEM|ASN1) client cert|(?:parse|open) PKCS12 file)",
    r"Private key does not match the certificate public",
)
_PROXY = (
    r"CONNECT tunnel failed, response \d",
    r"Received HTTP code \d{1,3} from proxy",
    r"Proxy CONNECT aborted",
    r"CONNECT response too large!",
    r"[Cc]an(?:'t|not) complete SOCKS[45]a? connection",
    r"(?:Failed|Unable) to (?:receive|send) (?:initial )?SOCKS",
    r"Received invalid version in initial SOCKS",
    r"User was rejected by the SOCKS5 server",
    r"No authentication method was acceptable",
    r"Unsupported proxy (?:scheme|syntax)",
)
_NETWORK = (
    r"Could not resolve (?:host|proxy): \S",
    r"Couldn't resolve (?:host|proxy) '",
    r"Resolving (?:host )?timed out(?: after \d|: \S)",
    r"Failed to resolve (?:host '[^']{1,255}' with timeout|\"[^\"]{1,255}\" for SOCKS)",
    r"getaddrinfo\(3\) failed for \S",
    r"(?:Operation|Connection) timed out after \d{1,9} milli",
    r"Failed to connect to \S{1,200}(?: port \d{1,5}(?: after \d{1,9} ms)?|:\d{1,5} after \d{1,9} ms): \w",
    r"Failed to connect to \S{1,200} port \d{1,5} after \d{1,9} ms\b",
    r"Failed connect to \S{1,200}:\d{1,5}; \w",
    r"QUIC: connection to \S{1,99} port",
    r"(?:Recv|Send) failure: \w",
    r"Connection died, tried \d",
    r"Operation too slow\. Less than \d",
)
_ANSWERS = (
    r"Empty reply from server",
    r"The requested URL returned error: \d{3}",
    r"Received HTTP/0\.9 when not",
    r"HTTP/[23] stream \d{1,9} (?:was (?:not closed|closed cleanly|reset)|reset by (?:server|curl))",
    r"transfer closed with \w",
    r"end of response with \d{1,19} bytes missing",
    r"Remote peer returned unexpected data while",
    r"Maximum \(\d{1,6}\) redirects followed",
    r"The redirect target URL could not be parsed",
    r"Unrecognized (?:or bad HTTP Content|content encoding type)",
    r"Error while processing content unencoding: ",
    r"Unsolicited Transfer-Encoding",
    r"Malformed encoding found in chunked",
    r"chunk hex-length char not a hex",
    r"Illegal or missing hexadecimal sequence in chunked",
    r"Too large response headers: \d",
    r"Refused WebSockets upgrade: \d",
    r"Unsupported (?:HTTP/1 subversion|response code in HTTP)",
    r"Reject response due to more than",
    r"Would have exceeded max file size",
)
_COMMAND = (
    r"Protocol (?:\S{1,40} not supported or disabled in|\"\w{1,20}\" (?:is )?(?:not supported|disabled))",
    r"URL rejected: \w",
    r"\(23\) Failed writing",
    r"Could(?:n't| not) parse CURLOPT_\w",
    r"A libcurl function was given a bad argument",
    r"A requested feature, protocol or option was not found built-in",
)

_NO_DETAIL_BEHIND = r"(?!\w{0,40}(?: [\w()/]{1,30}){0,12}(?:: ?\S| \[[\w.:-]{1,200}\]:\s*$))"
"""Programs go on with the message in detail, R in the next line: it says more than curl_easy_strerror()."""
_STRERROR = (
    r"Couldn't (?:connect to server|resolve (?:host|proxy) name)",
    r"URL using bad/illegal format",
    r"Failed writing received data to disk/application",
    r"Failed to open/read local data from file/application",
    r"Failure when receiving data from the peer",
    r"Failed sending data to the peer",
    r"Transferred a partial file",
    r"Server returned nothing \(no headers, no data\)",
    r"Problem with the (?:local SSL certificate|SSL CA cert)",
    r"Peer certificate cannot be authenticated",
    r"Operation was aborted by an application callback",
    r"SSL peer certificate or SSH",
)
"""What curl_easy_strerror() says (lib/strerror.c)."""
_STRERROR_OF_MANY = (
    r"Timeout was reached",
    r"SSL connect error",
    r"HTTP response code said error",
    r"Number of redirects hit maximum amount",
    r"Error in the HTTP/?2 framing layer",
    r"Stream error in the HTTP/2 framing layer",
)
"""What others say as well."""


def _any(*sentences: str) -> str:
    return rf"(?:{'|'.join(sentences)})"


LOOSE = Pattern(
    _any(
        *(*_SCHANNEL, *_HANDSHAKE, *_OTHER_LIBRARIES, *_SERVER_CERTIFICATE, *_CLIENT_CERTIFICATE),
        *(*_PROXY, *_NETWORK, *_ANSWERS, *_COMMAND),
        _any(*_STRERROR) + _NO_DETAIL_BEHIND,
        r"fatal: unable to access(?: 'https?://|\s{0,4}$)",
    )
)
"""What curl says of a failure, in words that hardly another program has."""

NAMED = Pattern(
    _any(
        r"error:[0-9A-Fa-f]{8}:(?:SSL routines|lib\(\d{1,3}\)|rsa routines|PKCS12 routines):",
        _any(*_STRERROR_OF_MANY) + _NO_DETAIL_BEHIND,
        r"couldn't connect to host(?=\W*$)",
        r"SSL received a record that",
        r"SSL certificate verification failed",
        r"Could not connect to server(?=\W*$)",
        r"Connection closed abruptly",
        r"Unable to communicate securely with peer",
        r"Maximum file size exceeded",
        r"Encountered end of file",
        r"Failure writing output to destination",
        r"Invalid Content-Length: ",
        r"Header without colon",
    )
)
"""What others say as well: it is taken for curl's where curl is named."""
