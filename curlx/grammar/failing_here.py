"""What curl says of trouble on its own machine: URLs, options, files.

`lib/url.c`, `lib/urlapi.c`, `lib/setopt.c`, `lib/strerror.c`, `lib/sendf.c`, `src/tool_*.c`.
"""

from __future__ import annotations

from curlx.grammar.complaining import Blame, complaint
from curlx.grammar.message import Message
from curlx.grammar.words import NUMBER

_UNSUPPORTED = "Unsupported URL scheme"


def _redirect(reason: str) -> Blame | None:
    if reason == _UNSUPPORTED:
        return Blame("protocol-unsupported")
    # One that was cut off where the log ends is no malformed URL.
    return None if _UNSUPPORTED.startswith(reason) else Blame("url-malformed")


_URL = (
    complaint("URL rejected: Malformed input to a URL function",  # the reasons are those of curl_url_strerror()
              r"URL rejected: (?:An? |Bad |No |Malformed |Port number |Unsupported |URL decode |Credentials |libcurl "
              r"lacks |CURLUcode ).*", "url-malformed"),
    complaint("The redirect target URL could not be parsed: Unsupported URL scheme",
              r"The redirect target URL could not be parsed: (?P<reason>.+)", _redirect),
    complaint("URL using bad/illegal format or missing URL", r"URL using bad/illegal format or missing URL|No URL "
              r"set!?|no host part in the URL!?|<url> malformed|Bad URL(?:, colon is first character)?|"
              r"Illegal characters found in URL|[Mm]alformed input to a URL function|No host part in the URL.*|"
              r"Invalid file://hostname/, .*|Too long host ?name .*|Host name '.*' contains bad letter|"
              r"URL file:// .*", "url-malformed",
              "URL", "No", "no", "<url>", "Bad", "Illegal", "Malformed", "malformed", "Invalid", "Too", "Host"),
    complaint("Port number ended with 'x'", r"Port number (?:ended with|out of range|too large|was not).*|No valid "
              r"port number "
              r"in .*|IPv6 (?:closing bracket|numerical address) .*|Invalid IPv6 address format in .*", "url-malformed",
              "Port", "No", "IPv6", "Invalid"),
    complaint('Protocol "htps" not supported', r"Protocol \"?(?P<subject>[^\s\"]*)\"? .*", "protocol-unsupported"),
    complaint("Unsupported protocol", r"[Uu]nsupported protocol", "protocol-unsupported", "Unsupported", "unsupported"),
)  # fmt: skip

_OPTIONS = (
    complaint("no URL specified", r"no URL specified!?", "option"),
    complaint("option --data-binary: error encountered when reading a file",
              r"option (?:--data\S*|--json): error encountered when reading a file", "read-failed"),
    complaint("option --cacert: is badly used here", r"option (?P<subject>-\S*?):? .*", "option"),
    complaint("Unsupported proxy syntax in 'http://[': Bad IPv6 address",
              r"Unsupported (?:proxy|pre-proxy) .*|unknown proxytype option given|Having a SOCKS pre-proxy and .*",
              "option",
              "Unsupported", "unknown", "Having"),
    complaint("Could not parse CURLOPT_RESOLVE entry 'api.example.com'",  # a bad entry ends the call, with code 49
              r"Could(?:n't| not) parse CURLOPT_RESOLVE entry '.*'!?", "option", "Could", "Couldn't"),
    complaint("SSL: CA certificate set, but certificate verification is disabled",
              r"SSL: CA certificate set, but certificate verification is disabled", "option"),  # sectransp.c
    complaint("failed setting cipher list: nope", r"failed setting (?:cipher|TLS 1\.3 cipher|curves|signature|ALPN|"
              r"SRP|QUIC).*",
              "option"),
    complaint("Unknown cipher in list: nope", r"Unknown cipher(?: in list)?: .*|Bad cipher list|Couldn't use "
              r"specified SSL "
              r"cipher|Could not use specified SSL cipher|cipher-suite not supported by NSS: .*", "option",
              "Unknown", "Bad", "Couldn't", "Could", "cipher-suite"),
    complaint("Unrecognized parameter passed via CURLOPT_SSLVERSION",
              r"Unrecognized parameter (?:value )?passed via CURLOPT_SSLVERSION|CURL_SSLVERSION_MAX incompatible with "
              r"CURL_SSLVERSION|unsupported (?:min|max) version passed via CURLOPT_SSLVERSION|CURLOPT_\w+ (?:no "
              r"longer|callback) "
              r".*|setopt 0x\S+ got bad argument", "option",
              "Unrecognized", "CURL_SSLVERSION_MAX", "unsupported", "CURLOPT_SSL_VERIFYHOST", "setopt"),
    complaint("wolfSSL does not support TLS 1.0", r"(?:No support for \S+|No \S+ support|\S+ (?:was built without|"
              r"does not "
              r"support(?: to)?|only supports|is not (?:yet )?supported)\b.*|[^:]{2,20}: .{0,60}(?:not yet supported|"
              r"unsupported "
              r"\w+ TLS version value.*|no supported cipher in list|does not support .*|cannot set (?:TLS|ssl|SSL) "
              r"protocol))",
              "option", "wolfSSL", "wolfSSL:", "CyaSSL", "CyaSSL:", "GnuTLS", "GnuTLS:", "mbedTLS", "mbedTLS:",
              "PolarSSL",
              "BearSSL", "BearSSL:", "OpenSSL", "No", "rustls:", "schannel:", "Schannel:", "MesaLink", "axTLS", "SSL:"),
    complaint("SSL Engine 'pkcs11' not found", r"SSL [Ee]ngine '.*' not found|SSL Engine not supported|OpenSSL "
              r"engine not found|"
              r"Failed to initiali[sz]e SSL Engine .*|Failed to initialize provider: .*|set default crypto engine "
              r"'.*' failed|SSL crypto engine not found|Can(?:not| not) set SSL crypto engine as default", "option",
              "SSL", "OpenSSL", "Failed", "set", "Can", "Cannot"),
    complaint("A requested feature, protocol or option was not found built-in in this libcurl due to a build-time "
              "decision.",
              r"A requested feature, protocol or option was not found built-in in this libcurl due to a build-time "
              r"decision\.|An unknown option was passed in to libcurl|Failed to initialize",
              "option", "A", "An", "Failed", "failed"),
    # What curl_easy_strerror() says of 2; of an option the tool has words of its own.
    complaint("Failed initialization", r"[Ff]ailed initialization", "other",
              "Failed", "failed"),
    # Of the system that starts the tool (ld.so(8)); it had not begun yet.
    complaint("error while loading shared libraries: libssl.so.3: cannot open shared object file: No such file",
              r"(?:error while loading shared libraries|symbol lookup error|relocation error): .*", "other",
              "error", "symbol", "relocation"),
    complaint("A libcurl function was given a bad argument", r"A libcurl function was given a bad argument", "other"),
    complaint("aws-sigv4: region missing in parameters and hostname", r"(?:aws-sigv4|httpsig): .*|first aws-sigv4 "
              r"provider .*|(?:region|service) (?:missing|too long) in .*", "option",
              "aws-sigv4:", "httpsig:", "first", "region", "service"),
    complaint("error extracting credentials from URL", r"error extracting credentials from URL", "option"),
)  # fmt: skip

_FILES = (
    complaint("Failure writing output to destination, passed 16384 returned 0",
              r"Failure writing output to destination.*|Failed writing (?:body|header|data|received data to "
              r"disk/application).*|[Ff]ailed writing received data to disk/application|client returned ERROR on "
              r"write.*|Write callback asked for PAUSE .*|pause buffer not large enough.*", "write-failed",
              "Failure", "Failed", "failed", "client", "Write", "pause"),
    complaint("cannot read config from 'nosuch.cfg'", r"[Cc](?:an't|annot|ould not|ouldn't) read config "
              r"from '?(?P<subject>.*?)'?", "option",
              "cannot", "Cannot", "can't", "Can't", "Could", "could", "couldn't", "Couldn't"),
    complaint(".netrc parser error",  # CURLE_READ_ERROR (lib/url.c)
              r"(?:control code detected in )?(?P<subject>\.netrc) (?:parser |credentials|error).*",
              "read-failed", ".netrc", "control"),
    complaint("Can't open 'nope.csv'!", r"[Cc]an't open '(?P<subject>[^']*)'!?", "read-failed", "Can't", "can't"),
    complaint("Failed to open nope.json", r"Failed to open (?!cert store|OpenSSL)(?P<subject>[^\s/:]\S{0,300})",
              "read-failed"),
    complaint("Failed to open/read local data from file/application",
              r"Failed to open/read local data from file/application|read function returned funny value|"
              r"(?:[Cc]an't|[Cc]annot|[Cc]ouldn't|[Cc]ould not) (?:open(?! d)|read)(?: data from)?(?: the)?"
              r"(?: file)? .*|"
              r"Can't get the size of .*|cannot get the size of .*|Could(?:n't| not)? only read .*|Could only read .*|"
              r"client (?:mime )?read .*|read error getting mime data|Failed to open (?!cert store|OpenSSL)\S+.*|"
              r"(?:ne|Ne)cessary data rewind was(?:n't| not) possible|Cannot rewind .*|rewind of client reader .*|"
              r"(?:ioctl|seek) callback returned error .*|Read callback asked for PAUSE .*|failed to resume file:// .*|"
              r"Send failed since rewinding of the data stream failed|Error opening .*", "read-failed",
              "Failed", "failed", "read", "Can't", "can't", "Cannot", "cannot", "Couldn't", "couldn't", "Could",
              "could",
              "client", "necessary", "Necessary", "rewind", "ioctl", "seek", "Read", "Send", "Error"),
    complaint("Exceeded the maximum allowed file size (1000) with 5000 bytes",
              rf"Exceeded the maximum allowed file size \((?P<number>{NUMBER})\).*", "size-limit"),
    complaint("Maximum file size exceeded", r"[Mm]aximum file size exceeded|Would have exceeded max file size",
              "size-limit",
              "Maximum", "maximum", "Would"),
    complaint("Callback aborted", r"Callback aborted|[Oo]peration (?:was )?aborted by .*", "aborted",
              "Callback", "Operation", "operation"),
    complaint("Out of memory", r"[Oo]ut of memory|memory shortage", "other", "Out", "out", "memory"),
)  # fmt: skip

MESSAGES: tuple[Message, ...] = (*_URL, *_OPTIONS, *_FILES)
