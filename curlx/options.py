"""The options of curl's command line, and their values (`src/tool_getparam.c`)."""

from __future__ import annotations

# Options that take a value. Everything else is taken for a switch (`curl --help all`, 7.29 to 8.22).
_VALUED = frozenset((
    "abstract-unix-socket", "alt-svc", "aws-sigv4", "cacert", "capath", "cert", "cert-type", "ciphers", "config",
    "connect-timeout", "connect-to", "continue-at", "cookie", "cookie-jar", "create-file-mode", "crlfile", "curves",
    "data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "delegation", "dns-interface", "dns-ipv4-addr",
    "dns-ipv6-addr", "dns-servers", "doh-url", "dump-header", "ech", "egd-file", "engine", "etag-compare", "etag-save",
    "expect100-timeout", "form", "form-string", "ftp-account", "ftp-alternative-to-user", "ftp-method", "ftp-port",
    "ftp-ssl-ccc-mode", "happy-eyeballs-timeout-ms", "haproxy-clientip", "header", "hostpubmd5", "hostpubsha256",
    "hsts", "interface", "ip-tos", "ipfs-gateway", "issuercert", "json", "keepalive-cnt", "keepalive-time", "key",
    "key-type", "knownhosts", "krb", "libcurl", "limit-rate", "local-port", "login-options", "mail-auth", "mail-from",
    "mail-rcpt", "max-filesize", "max-redirs", "max-time", "netrc-file", "noproxy", "oauth2-bearer", "output",
    "output-dir", "parallel-max", "parallel-max-host", "pass", "pinnedpubkey", "preproxy", "proto", "proto-default",
    "proto-redir", "proxy", "proxy-cacert", "proxy-capath", "proxy-cert", "proxy-cert-type", "proxy-ciphers",
    "proxy-crlfile", "proxy-header", "proxy-key", "proxy-key-type", "proxy-pass", "proxy-pinnedpubkey",
    "proxy-service-name", "proxy-tls13-ciphers", "proxy-tlsauthtype", "proxy-tlspassword", "proxy-tlsuser",
    "proxy-user", "proxy1.0", "pubkey", "quote", "random-file", "range", "rate", "referer", "request",
    "request-target", "resolve", "retry", "retry-delay", "retry-max-time", "sasl-authzid", "service-name", "sigalgs",
    "socks4", "socks4a", "socks5", "socks5-gssapi-service", "socks5-hostname", "speed-limit", "speed-time",
    "ssl-sessions", "stderr", "telnet-option", "tftp-blksize", "time-cond", "tls-max", "tls13-ciphers", "tlsauthtype",
    "tlspassword", "tlsuser", "trace", "trace-ascii", "trace-config", "unix-socket", "upload-file", "upload-flags",
    "url", "url-query", "user", "user-agent", "variable", "vlan-priority", "write-out",
))  # fmt: skip

OF_DATA = (
    "data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "form", "form-string", "json", "upload-file",
)  # fmt: skip
"""Those that give curl data to send."""
NOWHERE = ("/dev/null", "NUL", "nul")
"""Files of `-o` in which nothing is kept."""

_LONG = {
    "A": "user-agent", "b": "cookie", "c": "cookie-jar", "C": "continue-at", "d": "data", "D": "dump-header",
    "e": "referer", "E": "cert", "f": "fail", "F": "form", "G": "get", "H": "header", "i": "include", "I": "head",
    "k": "insecure", "K": "config", "L": "location", "m": "max-time", "n": "netrc", "N": "no-buffer", "o": "output",
    "O": "remote-name", "P": "ftp-port", "p": "proxytunnel", "Q": "quote", "r": "range", "s": "silent",
    "S": "show-error", "t": "telnet-option", "T": "upload-file", "u": "user", "U": "proxy-user", "v": "verbose",
    "w": "write-out", "x": "proxy", "X": "request", "y": "speed-time", "Y": "speed-limit", "z": "time-cond",
    "Z": "parallel", "h": "help", "M": "manual", "V": "version", "0": "http1.0", "1": "tlsv1", "2": "sslv2",
    "3": "sslv3", "4": "ipv4", "6": "ipv6", "#": "progress-bar", ":": "next",
}  # fmt: skip


def options_of(arguments: tuple[str, ...]) -> list[tuple[str, str]]:
    """Pair every option's long name with its value; a URL is the value of `url`."""
    pairs: list[tuple[str, str]] = []
    rest = iter(arguments)
    for word in rest:
        if word.startswith("--") and len(word) > 2:
            name, equals, value = word[2:].partition("=")  # curl itself does not read `--name=value`; people write it
            name = name if name in _VALUED else name.lower()  # older builds take no notice of case
            if name in _VALUED and not equals:
                value = next(rest, "")
            pairs.append((name, value))
        elif word.startswith("-") and len(word) > 1:
            for position, letter in enumerate(word[1:], start=2):
                name = _LONG.get(letter, letter)
                if name in _VALUED:
                    pairs.append((name, word[position:] or next(rest, "")))
                    break
                pairs.append((name, ""))
        elif word != "-":
            pairs.append(("url", word))
    return pairs
