"""Commands of openssl that look at a server from outside, filled in with what the log shows (openssl-s_client(1))."""

from __future__ import annotations

from curlx.advice.commands import Endpoint, quote
from curlx.advice.hosts import is_address


def show_chain(endpoint: Endpoint, name: str | None = None) -> str:
    """Return the command that shows which certificates the peer really sends when it is asked for a name (SNI)."""
    return _client(endpoint, name, "-showcerts")


def show_leaf(endpoint: Endpoint, *following: str, name: str | None = None) -> str:
    """Return the command that hands the peer's own certificate on to these commands."""
    return _client(endpoint, name, "-showcerts", following=following)


def show_staple(endpoint: Endpoint) -> str:
    """Return the command that shows the OCSP answer that the peer staples."""
    return _client(endpoint, None, "-status")


def list_chain(endpoint: Endpoint) -> str:
    """Return the command that shows the names of every certificate sent; OpenSSL 3 adds key, signature and dates."""
    wanted = "findstr /C:s: /C:i: /C:v:" if endpoint.way.windows else "grep -E '^ *([0-9]+ s|[iav]):'"
    return _client(endpoint, None, "-showcerts", following=(wanted,))


def ask_by_hand(endpoint: Endpoint, *options: str) -> str:
    """Return the command that sends a request over a TLS connection and prints the answer, or the alert.

    A server of TLS 1.3 refuses a client certificate only after the handshake (RFC 8446, 4.4.2.4), and nginx does so in
    a page: s_client must wait for the answer (`-quiet` keeps it waiting).
    """
    words = _connect(endpoint, None)
    if endpoint.way.windows:
        request = (
            f"(echo GET {_plain(endpoint.path.partition('?')[0])} HTTP/1.0& echo Host: {_plain(endpoint.host)}& echo.)"
        )
        return f'cmd /c "{request} | {" ".join((*words, *map(_plain, options), "-quiet"))}"'
    request = rf"printf 'GET %s HTTP/1.0\r\nHost: %s\r\n\r\n' {quote(endpoint.path)} {quote(endpoint.host)}"
    return f"{request} | {' '.join(map(quote, (*words, *options, '-quiet')))}"


def _client(endpoint: Endpoint, name: str | None, *options: str, following: tuple[str, ...] = ()) -> str:
    """Return an s_client command without input, and what reads its output.

    On Windows cmd.exe runs it: PowerShell has no `<`, and its pipes are not for bytes.
    """
    words = (*_connect(endpoint, name), *options)
    if endpoint.way.windows:
        quiet = " 2>NUL" if following else ""
        return f'cmd /c "{" | ".join((" ".join(words) + f" <NUL{quiet}", *following))}"'
    quiet = " 2>/dev/null" if following else ""
    return " | ".join((" ".join(map(quote, words)) + f" </dev/null{quiet}", *following))


def _connect(endpoint: Endpoint, name: str | None) -> tuple[str, ...]:
    """Return the words that lead s_client there, by the proxy and the addresses that the command names."""
    name = endpoint.host if name is None else name
    words = ["openssl", "s_client", "-connect", endpoint.address]
    if endpoint.proxy:
        words += ["-proxy", endpoint.proxy]
    if name and not is_address(name):
        words += ["-servername", name]
    for option, ours in (("--cacert", "-CAfile"), ("--capath", "-CApath")):
        path = endpoint.way.value(option)
        if path and not (endpoint.way.windows and path != _plain(path)):
            words += [ours, path]
    return tuple(map(_plain, words)) if endpoint.way.windows else tuple(words)


def _plain(word: str) -> str:
    """Return a word as it may stand between the quotes of `cmd /c "..."`: nothing that cmd.exe or PowerShell reads."""
    return "".join(char for char in word if char.isprintable() and char not in "\"'`$%&|<>^() ;,")
