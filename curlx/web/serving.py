"""`curlx serve`: bind the address, say it, and run the application until Ctrl-C."""

from __future__ import annotations

import contextlib
import errno
import logging
import socket
import threading
import webbrowser
from ipaddress import ip_address

import uvicorn

from curlx.console import NOTHING_WRONG, USAGE, say
from curlx.web.app import make_app
from curlx.web.guard import is_loopback
from curlx.web.uploads import MEGABYTE
from curlx.workers import cores

_CONNECTIONS = 500
_JOBS = 4
"""Processes at the most: a helpdesk does not need every core of a big machine."""


def serve(host: str, port: int, *, megabytes: int, timeout: float, open_browser: bool) -> int:
    """Serve the page until Ctrl-C, and return the exit code; `port` 0 is any that is free."""
    try:
        listener = _listen(host, port)
    except OSError as error:
        say(_why_not(host, port, error))
        return USAGE
    address = _address(host, listener.getsockname()[1])
    if not is_loopback(host):
        say(f"warning: {host} can be reached from other machines, without a password and without encryption.")
    say(f"the page is at {address} - Ctrl-C ends it.")
    app = make_app(host=host, limit=megabytes * MEGABYTE, timeout=timeout, jobs=max(2, min(cores(), _JOBS)), tell=say)
    # uvicorn would log requests, and tracebacks, which hold what it was at.
    config = uvicorn.Config(
        app, log_config=None, log_level=logging.CRITICAL, access_log=False, server_header=False, lifespan="on",
        limit_concurrency=_CONNECTIONS, timeout_graceful_shutdown=1,
    )  # fmt: skip
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    with listener, contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])
    return NOTHING_WRONG


def _listen(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    return socket.create_server(address[:2], family=family, backlog=256)


def _why_not(host: str, port: int, error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return f"there is no host {host}."
    if isinstance(error, PermissionError):
        return f"port {port} needs more rights than you have. --port 0 takes any that is free."
    if error.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is taken, perhaps by another curlx serve. --port 0 takes any that is free."
    return f"cannot listen on {host} port {port}: {(error.strerror or str(error)).lower()}."


def _address(host: str, port: int) -> str:
    """Return the address to open; where all addresses are bound, the one of loopback."""
    try:
        address = ip_address(host)
    except ValueError:
        return f"http://{host}:{port}/"
    if address.is_unspecified:
        address = ip_address("127.0.0.1" if address.version == 4 else "::1")
    return f"http://[{address}]:{port}/" if address.version == 6 else f"http://{address}:{port}/"
