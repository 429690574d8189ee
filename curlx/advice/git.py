"""git's own settings for what curl has options for (git-config(1), `http.*`), where a log is git's."""

from __future__ import annotations

import msgspec

from curlx.advice.commands import PLACEHOLDER, PROXY, UNKNOWN_URL, Endpoint, quote
from curlx.findings import Remedy
from curlx.ports import HTTP_PORT, HTTPS_PORT

_SERVICES = ("/info/refs", "/git-upload-pack", "/git-receive-pack")
"""What git asks for below the address of a repository (gitprotocol-http(5))."""
_KEEP = "The command sets it for this once; to keep a setting: `git config --global {} {}`."


def attempt(endpoint: Endpoint, *settings: str) -> str:
    """Return the command that asks for the branches of the repository, with these settings for this once."""
    given = (word for setting in settings for word in ("-c", setting))
    url = UNKNOWN_URL if endpoint.host == PLACEHOLDER else _repository(endpoint)
    return " ".join(map(endpoint.way.quote, ("git", *given, "ls-remote", url)))


def _url(endpoint: Endpoint) -> str:
    return endpoint.url(_scheme(endpoint))


def _scheme(endpoint: Endpoint) -> str:
    return "http" if endpoint.port == HTTP_PORT else "https"


def _repository(endpoint: Endpoint) -> str:
    url = _url(endpoint).partition("?")[0]
    return next((url.removesuffix(service) for service in _SERVICES if url.endswith(service)), url)


def with_certificate(endpoint: Endpoint, certificate: str, key: str, *, of_proxy: bool = False) -> str:
    """Return the command that shows the server, or an HTTPS proxy, this client certificate."""
    place = "http.proxySSL" if of_proxy else "http.ssl"
    own_key = (f"{place}Key={key}",) if key != certificate else ()
    return attempt(endpoint, *_backend(endpoint), f"{place}Cert={certificate}", *own_key)


def with_authority(endpoint: Endpoint, file: str) -> str:
    """Return the command that has git trust the authority in this file."""
    return attempt(endpoint, *_backend(endpoint), f"http.sslCAInfo={file}")


def _backend(endpoint: Endpoint) -> tuple[str, ...]:
    """With Schannel, git takes authorities from Windows alone, unless told otherwise; and PEM it cannot read."""
    return ("http.sslBackend=openssl",) if endpoint.way.windows else ()


def _of_host(endpoint: Endpoint, name: str) -> str:
    """Return the setting for this host alone (git-config(1), `http.<url>.*`)."""
    if endpoint.host == PLACEHOLDER:
        return f"http.{name}"
    return f"http.{_url(msgspec.structs.replace(endpoint, path='/'))}.{name}"


def trust(endpoint: Endpoint) -> Remedy:
    """Give git an authority of one's own."""
    steps: tuple[str, ...] = (
        "Get the CA certificate from whoever runs the CA. Do not set http.sslVerify to false instead: git then accepts "
        "any certificate.",
        # It stands in place of the list that git has for every other host.
        _KEEP.format(_of_host(endpoint, "sslCAInfo"), "/path/to/your-ca.pem"),
    )
    if endpoint.way.windows:
        steps = (*steps, "With `http.sslBackend schannel` git trusts what Windows trusts: then import the CA there.")
    return Remedy("client", "If the CA is your own, give it to git", steps, (with_authority(endpoint, "your-ca.pem"),))


WITHOUT_ANSWER = "Go on when the answer is missing, but not when the certificate is known to be revoked"
"""What Schannel does for git and for curl alike when it is told to, and nobody says whether one is revoked."""


def revocation(endpoint: Endpoint) -> Remedy:
    """Let git go on when nobody tells whether a certificate is revoked."""
    return Remedy(
        "client",
        WITHOUT_ANSWER,
        (
            "Git for Windows knows `best-effort` since 2020, and takes it unless a configuration file says otherwise: "
            "the first command tells which. It hides a revocation that an attacker keeps from you.",
            _KEEP.format("http.schannelCheckRevoke", "best-effort"),
        ),
        (
            "git config --show-origin --get-all http.schannelCheckRevoke",
            attempt(endpoint, "http.schannelCheckRevoke=best-effort"),
        ),
    )


def older_http() -> Remedy:
    """Have git speak HTTP/1.1; to ask for the branches moves too little to show a difference."""
    return Remedy(
        "client",
        "Have git speak HTTP/1.1, and try again",
        (
            "If that helps, HTTP/2 has to do with it. `git config --global --unset http.version` takes it back.",
            "If not, run git again with GIT_CURL_VERBOSE=1 set and read the new log.",
        ),
        ("git config --global http.version HTTP/1.1",),
    )


def login(endpoint: Endpoint) -> Remedy:
    """Give git the right user and password."""
    host = endpoint.host if endpoint.port in (HTTP_PORT, HTTPS_PORT) else endpoint.authority
    forget = rf"printf 'protocol={_scheme(endpoint)}\nhost=%s\n\n' {quote(host)} | git credential reject"
    return Remedy(
        "client",
        "Give git the right user and password",
        (
            "git takes them from its credential helper (`git config credential.helper` names it), or asks. A wrong or "
            "old one that the helper keeps must be removed first.",
            "Many servers want a token in place of the password.",
        ),
        () if endpoint.way.windows or endpoint.host == PLACEHOLDER else (forget,),
    )


def proxy_login(endpoint: Endpoint, proxy: str) -> Remedy:
    """Give git the user of a proxy."""
    return Remedy(
        "client",
        "Give git the user of the proxy",
        (
            "Replace USER by your user; git asks for the password."
            + (f" {PROXY} stands for your proxy." if proxy == PROXY else ""),
            "`http.proxyAuthMethod` (basic, digest, negotiate, ntlm) names the way to log in, if git takes another.",
            _KEEP.format("http.proxy", f"http://USER@{proxy}"),
        ),
        (attempt(endpoint, f"http.proxy=http://USER@{proxy}"),),
    )


def proxy(endpoint: Endpoint) -> Remedy:
    """Find what sends git to a proxy, and do without it."""
    return Remedy(
        "client",
        "Find the setting that names this proxy, and correct it or take it away",
        (
            "The first command shows which file of git names a proxy; the variables https_proxy, http_proxy and "
            "all_proxy do as well. `git config --global --unset http.proxy` takes one away.",
            "The second tries without any proxy, for this once. If the network allows no other way out, correct the "
            "proxy, or start it, instead.",
        ),
        ("git config --show-origin --get-regexp proxy", attempt(endpoint, "http.proxy=")),
    )


def through_proxy(endpoint: Endpoint) -> Remedy:
    """Have git go through a proxy."""
    return Remedy(
        "client",
        "If you need a proxy to get out, name it",
        (f"Replace {PROXY} by your proxy.", _KEEP.format("http.proxy", f"http://{PROXY}")),
        (attempt(endpoint, f"http.proxy=http://{PROXY}"),),
    )
