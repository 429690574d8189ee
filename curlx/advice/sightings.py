"""How a log points at a gateway that decrypts TLS on its way: a certificate's issuer, or what an answer carries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, TypeAlias

import msgspec

from curlx.advice.distinguished_names import common_name, words
from curlx.advice.gateways import GATEWAYS, UNNAMED, Gateway
from curlx.advice.hosts import split_url
from curlx.grammar.names import parse_name
from curlx.timeline import Connection, Exchange, Header, Transfer

Sign: TypeAlias = Literal["issuer", "possible-issuer", "words", "answer", "page"]
"""What points at a gateway: the issuer names the product (documented, or generally known), the issuer speaks of
inspection, a header of a decrypted answer names the product, or a page of the gateway itself."""
_INSPECTION = ("web inspection", "ssl inspection", "tls inspection", "https inspection", "traffic inspection",
               "content inspection", "deep inspection", "dpi ssl", "ssl dpi", "ssl decryption", "tls decryption",
               "https decryption", "decryption ca", "ssl interception", "tls interception", "https interception",
               "interception ca", "inspection ca", "mitm", "ssl proxy", "https proxy", "ssl scanner", "ssl filter",
               "tls proxy", "web filter", "webfilter", "content filter", "forward trust",
               "forward untrust")  # fmt: skip
"""Words with which administrators name a CA that signs for other people's hosts."""
_GATEWAY_WORDS = ("secure web gateway", "web gateway", "swg", "proxy ca", "gateway ca", "firewall ca")
"""Words that also fit a private CA of something else (an API gateway)."""
_MARKS: dict[str, list[str]] = {}
"""Whatever an issuer can be known by, under its first word. Most have none of these, and need not be taken apart."""
for _mark in sum((one.issuers + one.possible_issuers for one in GATEWAYS), _INSPECTION + _GATEWAY_WORDS):
    _MARKS.setdefault(_mark.split()[0], []).append(f" {_mark} ")
_HEADERS = frozenset(name for gateway in GATEWAYS for name in gateway.headers)
_SERVERS = tuple(start for gateway in GATEWAYS for start in gateway.servers)


class Sighting(msgspec.Struct, frozen=True):
    """A line that points at a gateway, and why. `connection` is an index into `Transfer.connections`."""

    gateway: Gateway
    sign: Sign
    line: int
    reason: str
    connection: int = -1
    sure: bool = True
    """False for words that fit something else too."""


def gateways_seen(transfer: Transfer) -> tuple[Sighting, ...]:
    """Return what points at a gateway that decrypts, on connections with TLS; the plainest sign first."""
    found: list[Sighting] = []
    for index, connection in enumerate(transfer.connections):
        found += _by_issuer(connection, index, connection.host or split_url(transfer.url)[1])
    for exchange in transfer.exchanges:
        found += _by_answer(transfer, exchange)
    order = ("issuer", "page", "words", "possible-issuer", "answer")
    return tuple(sorted(found, key=lambda sighting: (order.index(sighting.sign), not sighting.sure)))


def _by_issuer(connection: Connection, index: int, host: str | None) -> Iterator[Sighting]:
    certificate = connection.tls.certificate if connection.tls else None
    if certificate is None or certificate.issuer is None:
        return
    subject = certificate.subject.value if certificate.subject else ""
    if host is not None and common_name(subject) == host:
        subject = f"CN={host}"  # whoever made it for this host may have put its own name beside that
    named = _named(certificate.issuer.value, subject)
    if named is not None:
        gateway, sign, reason, sure = named
        yield Sighting(gateway, sign, certificate.issuer.line, reason, index, sure=sure)


@lru_cache(maxsize=256)  # many logs are of one server
def _named(issuer: str, subject: str) -> tuple[Gateway, Sign, str, bool] | None:
    """Return the gateway that an issuer speaks of, how and how surely."""
    text = words(issuer)
    if not any(mark in text for word in text.split() for mark in _MARKS.get(word, ())):
        return None
    if subject == issuer:  # self-signed: nobody signed for somebody else
        return None
    names, own = _names(issuer), _names(subject)
    for gateway in GATEWAYS:
        if _any(own, gateway.issuers + gateway.possible_issuers):
            continue  # the product's own pages, under its own name
        if _any(names, gateway.issuers):
            reason = f"the server's certificate is issued by a CA that bears the name of {gateway.name}"
            return gateway, "issuer", reason, True
        if _any(names, gateway.possible_issuers):
            reason = f"the issuer of the server's certificate has a name like one of {gateway.name}"
            return gateway, "possible-issuer", reason, True
    if _any(names, _INSPECTION):
        return UNNAMED, "words", "the issuer calls itself a CA for inspecting traffic", True
    if _any(names, _GATEWAY_WORDS):
        reason = "the issuer calls itself the CA of a gateway or proxy, which may be one that decrypts"
        return UNNAMED, "words", reason, False
    return None


def _by_answer(transfer: Transfer, exchange: Exchange) -> Iterator[Sighting]:
    connection, response = transfer.connection_of(exchange), exchange.response
    if connection is None or connection.tls is None or response is None:
        return  # over plain HTTP any proxy may speak; only within TLS does it prove that somebody decrypted
    headers = [(each.name.lower(), each.value.lower(), [words(each.value)], each.line)
               for each in response.headers if _may_tell(each)]  # fmt: skip
    for gateway in GATEWAYS if headers else ():
        for name, value, spoken, line in headers:
            if name == "via" and _any(spoken, gateway.vias):
                reason = f"{gateway.name} handled this answer in the clear, although it travelled within TLS"
            elif name in gateway.headers or (name == "server" and value.startswith(gateway.servers)):
                reason = f"a header of {gateway.name} stands in an answer that travelled within TLS"
            else:
                continue
            yield Sighting(gateway, "answer", line, reason, exchange.connection)
            break
    block = response.body.mark("gateway-block", "squid-error" if response.refuses else "")  # squid's have one
    if block is not None:
        detail = [words(block.value.detail if block.value.name == "gateway-block" else "squid")]
        named = next((gateway for gateway in GATEWAYS if _any(detail, gateway.pages)), UNNAMED)
        reason = "the page is the gateway's own, within TLS that should have ended at the server"
        yield Sighting(named, "page", block.line, reason, exchange.connection)


def _may_tell(header: Header) -> bool:
    """Whether a header can point at a gateway at all: few can, and the gateways are many."""
    name = header.name.lower()
    return name == "via" or name in _HEADERS or (name == "server" and header.value.lower().startswith(_SERVERS))


def _names(name: str) -> list[str]:
    return [words(value) for kind, value in parse_name(name) if kind.upper() in ("O", "OU", "CN")]


def _any(texts: list[str], patterns: tuple[str, ...]) -> bool:
    return any(f" {pattern} " in text for text in texts for pattern in patterns)
