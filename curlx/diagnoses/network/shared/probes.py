"""Commands that ask a machine or a name the next question, quoted for the shell of whoever ran curl."""

from __future__ import annotations

import msgspec

from curlx.advice.commands import endpoint_of, quote, way_of
from curlx.advice.hosts import is_address
from curlx.advice.repeating import following
from curlx.diagnoses.network.shared.trouble import Trouble
from curlx.ports import HTTP_PORT, HTTPS_PORT
from curlx.timeline import Transfer


def _powershell(transfer: Transfer, command: str) -> str:
    """Return a command of PowerShell for the shell that curl was run from."""
    return f'powershell -Command "{command}"' if transfer.cmd else command


def lookup(transfer: Transfer, host: str | None) -> tuple[str, ...]:
    """Ask for the addresses of a name."""
    if not _is_word(host):
        return ()
    if transfer.windows:
        return (_powershell(transfer, f"Resolve-DnsName {quote(host or '', windows=True)}"),)
    return (f"getent hosts {quoted(transfer, host)}", f"nslookup {quoted(transfer, host)}")


def knock(transfer: Transfer, host: str | None, port: int | None) -> tuple[str, ...]:
    """Ask whether a port accepts connections, of the machine that an option led the name to."""
    led = msgspec.structs.replace(endpoint_of(transfer), host=host, port=port).led if host and port else None
    if led is not None:
        host, port = led.host, led.port
    if not _is_word(host) or not port:
        return ()
    if transfer.windows:
        return (_powershell(transfer, f"Test-NetConnection {quote(host or '', windows=True)} -Port {port}"),)
    return (f"nc -vz -w 5 {quoted(transfer, host)} {port}",)


def again(trouble: Trouble, *options: str, secure: bool = False) -> tuple[str, ...]:
    """Run the same URL again with further options; of one that is surely https, host and port are enough to know.

    Nothing where the request may have data: without them, which no log shows whole, it would be another request.
    """
    if trouble.method not in ("GET", "HEAD"):
        return ()
    return repeat(trouble.transfer, *options, secure=secure)


def caution(trouble: Trouble) -> tuple[str, ...]:
    """Say what to mind before a request is repeated that may change something (RFC 9110, 9.2.1)."""
    if trouble.method in ("GET", "HEAD", "OPTIONS"):
        return ()
    return (
        f"The request was a {trouble.method}, and the server may have carried it out: find that out before you send it "
        "again.",
    )


def repeat(transfer: Transfer, *options: str, secure: bool = False) -> tuple[str, ...]:
    """Run the URL of a transfer again with further options; nothing when the log does not show the URL."""
    url = transfer.url or _tunnelled(transfer)
    connection = transfer.last_connection
    if url is None and secure and connection is not None and connection.host and connection.proxy is None:
        url = endpoint_of(transfer, connection).url()
    if url is None or not _is_word(url):
        return ()
    return (way_of(transfer, connection, transfer.first_request).curl(url, "-v", *following(transfer), *options),)


def _tunnelled(transfer: Transfer) -> str | None:
    """Return the URL that curl wanted a tunnel for: through HTTP it tunnels https; SOCKS is told only the port."""
    connection = transfer.last_connection
    proxy = connection.proxy if connection is not None else None
    if connection is None or proxy is None or not connection.target_host:
        return None
    if proxy.kind == "tunnel":
        return endpoint_of(transfer, connection).url()
    scheme = {HTTP_PORT: "http", HTTPS_PORT: "https"}.get(connection.target_port or 0)
    if proxy.kind != "socks" or scheme is None or (proxy.local and is_address(connection.target_host)):
        return None
    return endpoint_of(transfer, connection).url(scheme)


def quoted(transfer: Transfer, word: str | None) -> str:
    """Quote a word from a log for the shell that curl was run from."""
    return quote(word or "", windows=transfer.windows, cmd=transfer.cmd)


def _is_word(text: str | None) -> bool:
    """Return whether a text from a log can stand in a command: one printable word, and no option."""
    return bool(text) and not str(text).startswith("-") and str(text).isprintable() and " " not in str(text)
