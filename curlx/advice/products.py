"""Products: how a log points at them, what to set there, and the advice that holds for any server.

`server_seen` says which products an answer names, `server_remedies` what their owners can do about a client
certificate. A product is shown only where the log points at it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from curlx.advice.clouds import CLOUDS
from curlx.advice.servers import SERVERS
from curlx.advice.vendor import Problem, Step, Vendor
from curlx.findings import CERTIFICATE_FILE, Remedy
from curlx.timeline import Response


class Seen(NamedTuple):
    """A product that an answer points at: the line that does, and in words why."""

    vendor: Vendor
    line: int
    reason: str


def server_seen(response: Response | None) -> tuple[Seen, ...]:
    """Return the products that an answer points at, servers first; nothing when it points at none.

    A header names whoever set it: a CDN or load balancer may have passed on the answer of a server that stays unnamed,
    and may also have put its own name over it.
    """
    if response is None:
        return ()
    found: dict[int, tuple[int, str]] = {}
    for header in response.headers:
        for place, reason in _pointed_at(header.name, header.value):
            found.setdefault(place, (header.line, reason))
    body = response.body
    inside = {_VENDORS[place].built_on for place in found}
    for mark in body.marks:
        if mark.value.embedded:
            continue  # the page quotes or explains the sentence
        for place in _BY_MARK.get(mark.value.name, ()):
            if _VENDORS[place].name in inside:
                continue
            reason = f"the page is the one of {_VENDORS[place].name}, or of a product built on it"
            found.setdefault(place, (mark.line, reason))
    if body.first_line is not None:
        sample = body.sample.lower()
        for page, place in _PAGES:
            if page in sample:
                reason = f"the page is the stock page of {_VENDORS[place].name}"
                found.setdefault(place, (body.first_line, reason))
    return tuple(Seen(_VENDORS[place], *found[place]) for place in sorted(found))


_VENDORS = (*SERVERS, *CLOUDS)
_FAILURES = 500
"""The first status with which a server admits that it failed (RFC 9110, 15.6)."""
_REGISTERED = 511
"""The last status that is registered: with those above it a CDN blames the server behind it."""


def _places(signs: Callable[[Vendor], tuple[str, ...]]) -> dict[str, list[int]]:
    """Return at which places among the vendors a sign stands: an answer has few signs, and the vendors are many."""
    places: dict[str, list[int]] = {}
    for place, vendor in enumerate(_VENDORS):
        for sign in signs(vendor):
            places.setdefault(sign, []).append(place)
    return places


_BY_PRODUCT = _places(lambda vendor: vendor.products)
_BY_MARK = _places(lambda vendor: vendor.marks)
_PAGES = [(page, place) for page, places in _places(lambda vendor: vendor.pages).items() for place in places]
_HEADERS = tuple(_places(lambda vendor: vendor.headers))


@lru_cache(maxsize=512)  # answers repeat their headers, and each other's
def _pointed_at(name: str, value: str) -> tuple[tuple[int, str], ...]:
    """Return the places of the vendors that a header points at, and why."""
    return tuple(_vendors(name, value))


def _vendors(name: str, value: str) -> Iterator[tuple[int, str]]:
    lowered = name.lower()
    if lowered == "server":
        for place in _BY_PRODUCT.get(_product(value.lower()), ()):
            yield place, f"the Server header names {_VENDORS[place].name}"
    elif lowered == "via":
        value = value.lower()
        for place, vendor in enumerate(_VENDORS):
            if any(word in value for word in vendor.vias):
                yield place, f"the Via header names {vendor.name}"
    elif lowered == "x-cache":
        value = value.lower()
        for place, vendor in enumerate(_VENDORS):
            if any(word in value for word in vendor.caches):
                yield place, f"the X-Cache header names {vendor.name}"
    elif lowered == "set-cookie":
        value = value.lower()
        for place, vendor in enumerate(_VENDORS):
            if value.startswith(vendor.cookies):
                yield place, f"the cookie is one that {vendor.name} sets"
    if lowered.startswith(_HEADERS):
        for place, vendor in enumerate(_VENDORS):
            if lowered.startswith(vendor.headers):
                yield place, f"the header {name} is one that {vendor.name} sets"


def _product(value: str) -> str:
    """Return the first product of a Server header without its version: `nginx` of `nginx/1.22.1 (Ubuntu)`."""
    for mark in "/ (":
        value = value.partition(mark)[0]
    return value


def server_remedies(
    response: Response | None, host: str, *, problem: Problem, certificate: str = CERTIFICATE_FILE
) -> tuple[Remedy, ...]:
    """Return what the server's owner can do about a client certificate: for the products seen, or else for any server.

    Who stands in front of a server comes first: it is with that one that the client's TLS ends.
    `certificate` is its file, quoted for a shell.
    """
    seen = sorted(server_seen(response), key=lambda each: each.vendor.kind == "server")
    remedies = tuple(
        Remedy(
            who="server",
            title=f"On {each.vendor.name}{f' for {host}' if host else ''}: {_TITLES[problem]}",
            steps=tuple(step.wording for step in each.vendor.steps(problem)),
        )
        for each in seen
        if each.vendor.steps(problem)
    )
    return remedies or (_anywhere(host, problem, certificate),)


_TITLES: dict[Problem, str] = {
    "missing": "where it says that no certificate arrived",
    "rejected": "where it says why the certificate was refused",
    "lost": "what it shows to the server behind it",
}

_REQUIRED = Step(
    "Check that the certificate has to be required: most servers can also make it optional and let the application "
    "answer those who come without one, which is easier to understand than a broken handshake."
)
_READ = Step("Read the server's error log at the time of the request: it names the reason that the caller is not told.")
TRUST = (
    "The list of trusted client CAs must hold the CA that issued the client's certificate, up to its root (servers "
    "with OpenSSL want that too). It is another list than the one that the server's own certificate comes from.",
    "The verification depth must be large enough for the intermediates in the chain (often 1 by default).",
    "If the server maps certificates to users, the CN or the subject alternative names must be those that it expects.",
)
"""What any server checks of a client certificate that comes."""

_BEHIND = (
    Step(
        "The key of the client's certificate never leaves the client, so whatever ends its TLS connection (CDN, load "
        "balancer, gateway) cannot show that certificate to the next server. Give it one of its own for that (nginx: "
        "`proxy_ssl_certificate`; HAProxy: `crt` on the `server` line), from a CA that the next server trusts."
    ),
    Step("Or let it pass TLS on undecrypted: then the next server asks the client itself."),
    Step(
        "Or let it ask for the certificate and check it, hand it on in a header that callers cannot set, and "
        "let the next server do without one."
    ),
)


def _anywhere(host: str, problem: Problem, certificate: str) -> Remedy:
    """Return the advice that holds for any server."""
    where = f" for {host}" if host else ""
    if problem == "missing":
        return Remedy(who="server", title=f"On the server{where}: {_TITLES[problem]}",
                      steps=(_READ.text, _REQUIRED.text))  # fmt: skip
    if problem == "lost":
        return Remedy(who="server", title=f"In front of the server{where}: {_TITLES[problem]}",
                      steps=tuple(step.text for step in _BEHIND))  # fmt: skip
    return Remedy(
        who="server",
        title=f"On the server{where}: {_TITLES[problem]}",
        steps=(_READ.text, *TRUST),
        commands=(
            f"openssl verify -purpose sslclient -CAfile trusted-client-cas.pem -untrusted {certificate} {certificate}",
        ),
    )


def _names_log(vendor: Vendor, status: int) -> bool:
    """Whether the step for a status sends the reader to the product's log, with what to look for there."""
    step, (_, mark, name) = vendor.answers.get(status), vendor.log.partition("`")
    return step is not None and bool(mark) and f"`{name}" in step.wording


def answer_remedies(response: Response | None, status: int) -> tuple[Remedy, ...]:
    """Return, for the products that an answer points at, what the status means there and where the reason is logged.

    A refusal that the product does not give by itself, or with the reason in its challenge, is the application's.
    """
    challenge = response.header("www-authenticate") if response is not None else None
    if challenge is not None and "error=" in challenge.value:
        return ()
    return tuple(
        Remedy(
            who="server",
            title=f"Look into {seen.vendor.name}, which the answer points at",
            steps=(
                *((seen.vendor.answers[status].wording,) if status in seen.vendor.answers else ()),
                *(
                    (f"Where it writes down what it answered by itself: {seen.vendor.log}.",)
                    if (status <= _REGISTERED or seen.vendor.kind != "CDN") and not _names_log(seen.vendor, status)
                    else ()
                ),
            ),
        )
        for seen in server_seen(response)
        if status in seen.vendor.answers or status >= _FAILURES or seen.vendor.kind not in ("server", "load balancer")
    )
