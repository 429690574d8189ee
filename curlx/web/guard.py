"""Who may ask, and what a browser may do with the answer.

A page of another site can send requests to this machine, and by DNS rebinding even read the answers, under a host name
of its own. So the Host must be a name of this page, and the Origin of a form the page itself (RFC 9110, 7.2; Fetch,
3.1).
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from curlx.web.problems import problem

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With `no-referrer`, browsers say `Origin: null` even of the page's own form (Fetch, "append a request Origin").
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",  # a browser would write to disk what it caches
}
_READING = ("GET", "HEAD", "OPTIONS")


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches a host.

    Stricter than what is said of a log's hosts (`advice/commands.py`): this keeps others out, so no spelling is mended.
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Guard:
    """Refuses what comes under a foreign name or from a foreign page, and puts the safety headers on every answer.

    `host` is what the server is bound to. Bound to loopback, it answers to the names of loopback only; elsewhere also
    to `host`, and to bare addresses: rebinding needs a name.
    """

    def __init__(self, app: ASGIApp, host: str = "127.0.0.1") -> None:
        """Stand before `app`."""
        self._app = app
        self._host = host.lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or give it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal is None:
            await self._app(scope, receive, send_safely)
        else:
            await problem(Request(scope), *refusal)(scope, receive, send_safely)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_own(hosts[0]):
            return 421, "This page does not go by that host name. Use the address that curlx printed."
        if method in _READING:
            return None
        origin = headers.get("origin")
        own = origin is not None and origin.partition("://")[2].lower() == hosts[0].lower()
        # Programs send neither of the two; browsers send Origin with every POST.
        if own or (origin is None and headers.get("sec-fetch-site", "none") in ("none", "same-origin")):
            return None
        return 403, "This request comes from another page. Open this page itself and try again."

    def _is_own(self, host: str) -> bool:
        if any(mark in host for mark in "@/?#\\"):  # no browser sends these, and others read them differently
            return False
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if is_loopback(self._host):
            return is_loopback(name)
        return is_loopback(name) or name == self._host or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
