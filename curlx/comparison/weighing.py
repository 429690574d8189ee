"""How telling a difference is: a table of which topic can explain which diagnoses, how surely, and why.

A line of the table speaks of the diagnosis of BAD. `verdict` means: as sure as that diagnosis itself, which is about
exactly this. What no line speaks of is `unclear`: a difference is no cause only because it is one.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Literal, TypeAlias

import msgspec

from curlx.comparison.comparison import Telling, Topic
from curlx.comparison.facts import NONE
from curlx.findings import Finding

Weight: TypeAlias = Literal["verdict", "likely", "possible"]

_ORDER: tuple[Telling, ...] = ("certain", "likely", "possible", "result", "unclear")


class Link(msgspec.Struct, frozen=True):
    """A topic that can explain diagnoses: `codes` or families (`http-`), told by `good` and `bad` where it matters how.

    `names` are those of the headers or options it is about (`*` as in a shell).
    """

    topics: tuple[Topic, ...]
    codes: tuple[str, ...]
    weight: Weight
    why: str
    good: str = ""
    bad: str = ""
    names: tuple[str, ...] = ()


_RESULTS: dict[Topic, str] = {
    "proxy-answer": "This is how the proxy decided, not why.",
    "tls": "This is where the failure shows, not why.",
    "server-verdict": "This is what curl made of the certificate, not why.",
    "status": "This is how it ended, not why.",
    "reached": "This is how far it got, not why.",
    "error": "This is how curl tells of the failure, not why.",
}
_ANSWERS = ("WWW-Authenticate", "Proxy-Authenticate", "Location", "Content-Type", "Allow", "Retry-After")
"""Headers that come with the status: part of the answer, and no cause of it."""

_OPEN: tuple[Topic, ...] = ("client-certificate-requested", "client-certificate-sent", "client-certificate-configured",
                            "proxy", "proxy-credentials", "issuer", "trust", "request-header")  # fmt: skip
"""Topics that are worth asking for where a log does not tell."""

_REFUSALS = ("tls-refused", "tls-closed", "tls-reset", "tls-protocol-error", "network-reset", "network-empty-reply",
             "network-response-timeout", "http-bad-request", "http-unauthorized", "http-forbidden")  # fmt: skip
_FILES = ("client-certificate-not-loaded", "client-certificate-key-not-loaded", "client-certificate-key-mismatch",
          "client-certificate-passphrase", "client-certificate-weak")  # fmt: skip
_VERIFIED = ("server-certificate-expired", "server-certificate-not-yet-valid", "server-certificate-self-signed",
             "server-certificate-untrusted", "server-certificate-name-mismatch", "tls-intercepted")  # fmt: skip
"""What -k makes curl overlook; it overlooks neither a wrong pin nor a missing staple."""
_LOGIN = ("http-unauthorized", "http-forbidden")
_BEHIND = ("http-bad-gateway", "http-gateway-timeout", "http-unavailable", "http-server-error")
"""What failed at the server or behind it, whatever was asked for."""

LINKS = (
    # --- the client certificate -----------------------------------------------------------------------------------
    Link(("client-certificate-requested",), ("client-certificate-not-requested",), "verdict",
         "GOOD was asked for a client certificate, BAD was not, and without being asked curl cannot send one.",
         good="yes", bad="no"),
    Link(("client-certificate-requested", "client-certificate-sent"), ("tls-intercepted",), "likely",
         "A gateway that re-signs ends TLS itself: a client certificate does not get past it to the server.",
         good="yes", bad="no"),
    Link(("client-certificate-requested",), ("client-certificate-",), "likely",
         "BAD was asked for a client certificate, GOOD was not: another server answered, or its settings differ.",
         good="no", bad="yes"),
    Link(("client-certificate-requested",), ("http-", "network-", "tls-"), "possible",
         "GOOD was asked for a client certificate, BAD was not: another server, or a gateway in between, ended TLS.",
         good="yes", bad="no"),
    Link(("client-certificate-sent",), ("client-certificate-not-requested",), "likely",
         "GOOD sent a client certificate; BAD could not, because it was not asked for one.", good="yes", bad="no"),
    Link(("client-certificate-sent",), _FILES, "likely",
         "GOOD sent a client certificate; BAD sent none, because curl could not use the files.", good="yes", bad="no"),
    Link(("client-certificate-sent",), ("client-certificate-missing", "client-certificate-post-handshake"), "verdict",
         "GOOD sent a client certificate; BAD sent none, and that is what BAD failed on.",
         good="yes", bad="no"),
    Link(("client-certificate-sent",), ("client-certificate-",), "likely",
         "BAD sent a client certificate and was refused over it; GOOD sent none.", good="no", bad="yes"),
    Link(("client-certificate-sent",), _REFUSALS, "possible",
         "GOOD sent a client certificate, BAD none: a server that wants one can answer like this.",
         good="yes", bad="no"),
    Link(("client-certificate-configured",), ("client-certificate-",), "likely",
         "curl was given different client certificates, and BAD failed on the client certificate."),
    # --- the server certificate -----------------------------------------------------------------------------------
    Link(("insecure",), _VERIFIED, "verdict",
         "In GOOD -k told curl not to check the server certificate; BAD checks it.", good="yes", bad="no"),
    Link(("issuer",), ("tls-intercepted",), "verdict",
         "Another authority issued the certificate that BAD saw, as it is where a gateway re-signs the traffic."),
    Link(("subject",), ("server-certificate-name-mismatch",), "verdict",
         "BAD got a certificate for another name than GOOD, and failed because the name does not match."),
    Link(("validity",), ("server-certificate-expired", "server-certificate-not-yet-valid"), "verdict",
         "BAD got a certificate with other dates, and failed because of the dates."),
    Link(("issuer", "subject", "validity"), ("server-certificate-",), "likely",
         "BAD got another certificate than GOOD, and curl refused it."),
    Link(("issuer", "subject"), ("client-certificate-", "http-", "tls-", "network-"), "possible",
         "Another certificate means that something else ended TLS: another server, or a gateway in between."),
    Link(("trust",), ("server-certificate-untrusted", "server-certificate-self-signed",
                      "server-certificate-trust-store", "tls-intercepted"), "likely",
         "The two calls trust different authorities, and BAD failed on trust in the server certificate."),
    Link(("scheme",), ("tls-plaintext-request",), "verdict",
         "GOOD asked over https; BAD asked over plain http, on a port that speaks TLS.", good="https", bad="http"),
    Link(("scheme",), ("tls-plaintext-server",), "verdict",
         "GOOD asked over plain http; BAD began TLS, on a port that speaks none.", good="http", bad="https"),
    Link(("scheme",), ("network-empty-reply", "network-not-http", "tls-"), "likely",
         "One call was over https and the other over plain http: a port mostly speaks only one of them."),
    # --- the way --------------------------------------------------------------------------------------------------
    Link(("proxy",), ("proxy-",), "verdict", "BAD failed at a proxy; GOOD went no such way.", good=NONE),
    Link(("proxy",), ("proxy-", "tls-intercepted"), "likely",
         "The calls went different ways, and BAD failed on the way."),
    Link(("proxy",), ("network-",), "likely",
         "GOOD went through a proxy, BAD went directly: the network may only let the proxy out.", bad=NONE),
    Link(("proxy",), ("network-", "tls-", "http-", "client-certificate-", "server-certificate-"), "possible",
         "The calls went different ways: what stands in between can refuse, change or answer a call."),
    Link(("proxy-credentials",), ("proxy-authentication",), "verdict",
         "GOOD logged in at the proxy, BAD did not, and the proxy asks for a login.", bad=NONE),
    Link(("proxy-credentials",), ("proxy-",), "likely", "They logged in at the proxy differently, and it refused BAD."),
    Link(("address",), ("network-",), "likely",
         "BAD tried another address of the host; that one does not work, or is not reached from there."),
    Link(("address",), ("tls-", "http-", "client-certificate-", "server-certificate-"), "possible",
         "Another address can be another machine with other settings; behind a load balancer it is ordinary."),
    Link(("port",), ("network-", "tls-plaintext-server", "tls-plaintext-request", "proxy-"), "likely",
         "They called different ports: another program, or none, listens there."),
    Link(("port",), ("tls-", "http-", "client-certificate-", "server-certificate-"), "possible",
         "They called different ports: another program can listen there."),
    # --- TLS and the protocol -------------------------------------------------------------------------------------
    Link(("tls-version",), ("tls-version-mismatch",), "verdict", "BAD failed over the version of TLS."),
    Link(("tls-offered",), ("tls-version-mismatch",), "likely",
         "curl offered other versions of TLS: the server may take none of those that it offered in BAD."),
    Link(("tls-offered",), ("tls-",), "possible",
         "curl offered other versions of TLS: a server that takes none of them does not always say so."),
    Link(("tls-version",), ("client-certificate-post-handshake",), "likely",
         "Asking for a certificate after the handshake works differently in TLS 1.2 and TLS 1.3."),
    Link(("tls-version",), ("tls-", "client-certificate-"), "possible",
         "The versions of TLS differ: one peer may treat them differently."),
    Link(("cipher",), ("tls-no-shared-cipher", "tls-weak-key"), "likely",
         "BAD failed over what its cipher suite needs."),
    Link(("alpn", "http-version"), ("http-requires-http1", "http-stream-reset", "http-goaway",
                                    "http-malformed-response", "http-misdirected"), "likely",
         "The failure of BAD is one of its version of HTTP; GOOD spoke another."),
    Link(("alpn", "http-version"), ("client-certificate-post-handshake",), "likely",
         "HTTP/2 forbids to ask for a certificate after the handshake (RFC 9113, 9.2), HTTP/1.1 allows it."),
    Link(("alpn",), ("tls-intercepted",), "possible", "Gateways that re-sign often speak no HTTP/2."),
    # --- curl -----------------------------------------------------------------------------------------------------
    Link(("curl-version", "tls-library"), ("curl-",), "likely",
         "BAD failed in curl itself, and builds of curl differ in what they can do."),
    Link(("curl-version", "tls-library"), ("tls-", *_FILES, "client-certificate-post-handshake"), "possible",
         "Builds of curl and TLS libraries differ in the versions, ciphers and files that they accept."),
    Link(("tls-library",), ("client-certificate-", "server-certificate-"), "possible",
         "TLS libraries differ in the authorities that they trust and in the certificates that they send."),
    Link(("command",), ("client-certificate-",), "likely", "They gave curl different client certificates or keys.",
         names=("--cert", "--cert-type", "--key", "--key-type", "--pass")),
    Link(("command",), _VERIFIED, "verdict",
         "GOOD told curl not to check the server certificate; BAD checks it.", bad=NONE, names=("--insecure",)),
    Link(("command",), ("server-certificate-", "tls-intercepted"), "likely",
         "They told curl to trust different authorities.", names=("--cacert", "--capath", "--crlfile")),
    Link(("command",), ("proxy-", "tls-intercepted"), "likely", "They named different proxies.",
         names=("--*proxy*", "--socks*")),
    Link(("command",), _LOGIN, "likely", "They gave curl different credentials.",
         names=("--user", "--oauth2-bearer", "--netrc*")),
    Link(("command",), ("tls-version-mismatch",), "likely", "They allow different versions of TLS.", names=("--tls*",)),
    Link(("command",), ("proxy-", "network-", "tls-", "http-", "curl-", "client-certificate-", "server-certificate-"),
         "possible", "The commands differ in these options."),
    # --- the request ----------------------------------------------------------------------------------------------
    Link(("method",), ("http-method-not-allowed",), "verdict", "The server does not allow the method that BAD used."),
    Link(("target",), ("http-not-found",), "likely", "They asked for different things; that of BAD is not there."),
    Link(("method", "target", "host"), _BEHIND, "possible",
         "They asked for different things, and another program may stand behind each: only that of BAD failed."),
    Link(("method", "target", "host"), ("http-",), "likely", "They asked for different things."),
    Link(("host",), ("server-certificate-name-mismatch",), "likely",
         "They asked for different hosts, and the certificate is not for the one that BAD asked for."),
    Link(("host",), ("tls-name-unrecognized", "tls-", "client-certificate-"),
         "possible", "They asked for different hosts; one server can treat them differently."),
    Link(("target",), ("client-certificate-",), "possible",
         "A server can insist on a client certificate for some paths and not for others."),
    Link(("request-header",), ("http-unauthorized",), "verdict",
         "GOOD came with credentials, BAD without, and the server wants credentials.", bad=NONE,
         names=("Authorization",)),
    Link(("request-header",), _LOGIN, "likely", "The credentials differ, and the server refused those of BAD.",
         names=("Authorization",)),
    Link(("request-header",), _LOGIN, "likely", "The cookies differ, and the server did not let BAD in.",
         names=("Cookie",)),
    Link(("request-header",), _LOGIN, "likely", "A key or token differs, and the server did not let BAD in.",
         names=("*Key", "*Token")),
    Link(("request-header",), ("http-unsupported-media-type", "http-unprocessable", "http-bad-request"), "likely",
         "The body was announced as something else, and the server could not take it.", names=("Content-Type",)),
    Link(("request-header",), ("http-expectation-failed",), "verdict",
         "The server does not grant what BAD expects.", good=NONE, names=("Expect",)),
    Link(("request-header",), ("http-",), "possible", "A server or gateway can decide by this header."),
    # --- who answered ---------------------------------------------------------------------------------------------
    Link(("response-header",), ("http-", "proxy-", "tls-intercepted", "client-certificate-"), "possible",
         "Another program answered BAD: what answered may not be the server that answered GOOD.", names=("Server",)),
    Link(("response-header",), ("http-", "proxy-", "tls-intercepted", "client-certificate-"), "possible",
         "The answers came through different proxies or gateways.", names=("Via",)),
)  # fmt: skip


def weigh(topic: Topic, title: str, good: str, bad: str, cause: Finding | None) -> tuple[Telling, str]:
    """Return how telling a difference is for what went wrong in BAD (None: nothing did), and why."""
    if topic in _RESULTS:
        return "result", _RESULTS[topic]
    if topic == "response-header" and any(name in title for name in _ANSWERS):
        return "result", "This comes with the answer: how it ended, not why."
    if cause is None:
        return "unclear", "Nothing went wrong in BAD that this could explain."
    for link in LINKS:
        if _speaks_of(link, topic, title, cause) and link.good in ("", good) and link.bad in ("", bad):
            return cause.certainty if link.weight == "verdict" else link.weight, link.why
    return "unclear", "Nothing known links this to what went wrong in BAD."


def at_most(telling: Telling, limit: Telling) -> Telling:
    """Return how telling a difference is where something makes the whole comparison doubtful."""
    return max(telling, limit, key=_ORDER.index) if telling in ("certain", "likely") else telling


def rank(telling: Telling) -> int:
    """Return the place in the order: the most telling first."""
    return _ORDER.index(telling)


def can_explain(topic: Topic, title: str, good: str | None, bad: str | None, cause: Finding | None) -> bool:
    """Whether a difference could well explain what went wrong; what a log does not tell (None) may be anything."""
    if cause is None or topic not in _OPEN:
        return False
    # A client certificate is what logs tell least of, and what is forgotten most.
    well = [link for link in LINKS if link.weight != "possible" or topic.startswith("client-certificate-")]
    return any(_speaks_of(link, topic, title, cause) and _may_be(link, good, bad) for link in well)


def _may_be(link: Link, good: str | None, bad: str | None) -> bool:
    """Whether an unknown side could make the difference that a link speaks of; equal sides make none."""
    if (good is None and bad and link.good == bad) or (bad is None and good and link.bad == good):
        return False
    return (good is None or link.good in ("", good)) and (bad is None or link.bad in ("", bad))


def _speaks_of(link: Link, topic: Topic, title: str, cause: Finding) -> bool:
    fits = any(cause.code == one or (one.endswith("-") and cause.code.startswith(one)) for one in link.codes)
    return fits and topic in link.topics and (not link.names or _is_named(link, title))


def _is_named(link: Link, title: str) -> bool:
    """Whether the header or option of a title is among those that a link is about."""
    return any(fnmatchcase(word, name) for word in title.split() for name in link.names)
