"""Commands that ask a machine or a name the next question, quoted for the shell of whoever ran curl."""

from __future__ import annotations

from curlx.advice.commands import endpoint_of, quote
from curlx.diagnoses.network.trouble import Trouble, place
from curlx.timeline import Connection, Timeline, Transfer

_ENOUGH = 100
"""Transfers that are asked for the machine: a log is seldom of two."""


def on_windows(timeline: Timeline) -> bool:
    """Return whether curl ran on Windows, as far as the log says: only there does it use Schannel."""
    libraries = [timeline.curl.tls_library.value] if timeline.curl.tls_library else []
    for transfer in timeline.transfers[:_ENOUGH]:
        libraries += [each.tls.library for each in transfer.connections if each.tls and each.tls.library]
    return any("schannel" in library.lower() for library in libraries)


def lookup(timeline: Timeline, host: str | None) -> tuple[str, ...]:
    """Ask for the addresses of a name."""
    if not _is_word(host):
        return ()
    if on_windows(timeline):
        return (f"Resolve-DnsName {quoted(timeline, host)}",)
    return (f"getent hosts {quoted(timeline, host)}", f"nslookup {quoted(timeline, host)}")


def knock(timeline: Timeline, host: str | None, port: int | None) -> tuple[str, ...]:
    """Ask whether a port accepts connections."""
    if not _is_word(host) or not port:
        return ()
    if on_windows(timeline):
        return (f"Test-NetConnection {quoted(timeline, host)} -Port {port}",)
    return (f"nc -vz -w 5 {quoted(timeline, host)} {port}",)


def again(trouble: Trouble, *options: str) -> tuple[str, ...]:
    """Run the same URL again with further options."""
    return repeat(trouble.timeline, trouble.index, *options)


def repeat(timeline: Timeline, index: int, *options: str) -> tuple[str, ...]:
    """Run the URL of a transfer again with further options; nothing when the log does not show the URL."""
    transfer = timeline.transfers[index]
    url = transfer.url or _tunnelled(transfer)
    if not _is_word(url):
        return ()
    if not {"--proxy", "--noproxy"} & set(options):
        options = (*options, *proxy_options(timeline, transfer.last_connection))
    # Windows PowerShell 5 has an alias `curl` that is another program.
    program = "curl.exe" if on_windows(timeline) else "curl"
    return (" ".join((program, "-v", *(quoted(timeline, each) for each in options), quoted(timeline, url))),)


def proxy_options(timeline: Timeline, connection: Connection | None) -> tuple[str, ...]:
    """Return the options that lead curl to the same proxy again; the environment does so by itself."""
    proxy = connection.proxy if connection else None
    if connection is None or proxy is None or proxy.from_environment:
        return ()
    host, port = proxy.host or connection.host, proxy.port or connection.port
    if not host or not port:
        return ()
    scheme = "https" if proxy.secure else "http"
    if proxy.kind == "socks":
        scheme = "socks4a" if "SOCKS4" in timeline.text_of(proxy.first_line) else "socks5h"
    return ("--proxy", f"{scheme}://{place(host, port)}")


def _tunnelled(transfer: Transfer) -> str | None:
    """Return the URL that curl wanted a tunnel for: curl tunnels https, and forwards http."""
    connection = transfer.last_connection
    if (
        connection is None
        or connection.proxy is None
        or connection.proxy.kind != "tunnel"
        or not connection.target_host
    ):
        return None
    return endpoint_of(transfer, connection).url()


def quoted(timeline: Timeline, word: str | None) -> str:
    """Quote a word from a log for the shell: PowerShell on Windows, POSIX elsewhere."""
    text = word or ""
    plain = quote(text)
    if on_windows(timeline) and plain != text:
        return "'" + text.replace("'", "''") + "'"
    return plain


def _is_word(text: str | None) -> bool:
    """Return whether a text from a log can stand in a command: one printable word, and no option."""
    return bool(text) and not str(text).startswith("-") and str(text).isprintable() and " " not in str(text)
