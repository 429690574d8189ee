from __future__ import annotations

import pytest

from curlx.advice.gateways import UNNAMED
from curlx.advice.sightings import Sighting, gateways_seen
from curlx.events import PageMark
from curlx.timeline import Body, Certificate, Connection, Exchange, Fact, Header, Response, Tls, Transfer


def transfer(issuer: str = "", subject: str = "CN=api.example.com", tls: bool = True, **response: object) -> Transfer:
    certificate = Certificate("server", 5, 6, subject=Fact(subject, 5), issuer=Fact(issuer, 6)) if issuer else None
    secure = Tls("origin", 2, 7, shows_handshake=True, certificate=certificate)
    answer = Response(200, "OK", "HTTP/1.1", 9, 12, **response)  # type: ignore[arg-type]
    return Transfer(
        1,
        20,
        connections=(Connection(1, 20, host="api.example.com", port=443, tls=secure if tls else None),),
        exchanges=(Exchange(0, 8, 15, response=answer),),
    )


def names(seen: tuple[Sighting, ...]) -> list[str]:
    return [sighting.gateway.name for sighting in seen]


@pytest.mark.parametrize(
    ("issuer", "name"),
    [
        ("C=US; ST=California; O=Zscaler Inc.; OU=Zscaler Inc.; CN=Zscaler Intermediate Root CA (zscaler.net) (t) ",
         "Zscaler Internet Access"),
        ("CN=ca.acme.goskope.com,O=Acme Corp,C=NL", "Netskope"),
        ("C=US, ST=California, O=Fortinet, OU=Certificate Authority, CN=FG100FTK19000000", "Fortinet FortiGate"),
        ("O=Cisco; CN=Cisco Umbrella Secondary SubCA ams-SG", "Cisco Umbrella / Secure Access"),
        ("CN=Forcepoint Cloud CA,O=Forcepoint LLC", "Forcepoint"),
        ("/O=mitmproxy/CN=mitmproxy", "mitmproxy"),
        ("C=PortSwigger; O=PortSwigger; OU=PortSwigger CA; CN=PortSwigger CA", "Burp Suite"),
        ("CN=DO_NOT_TRUST_FiddlerRoot, O=DO_NOT_TRUST", "Fiddler"),
        ("O=Acme Corp; CN=Acme SSL Decryption CA 2", UNNAMED.name),
    ],
)  # fmt: skip
def test_an_issuer_names_the_product(issuer: str, name: str) -> None:
    assert names(gateways_seen(transfer(issuer))) == [name]


@pytest.mark.parametrize(
    "issuer",
    [
        "C=NL; O=Example Trust Services; CN=Example Trust TLS CA 3",
        "C=US; O=CloudFlare, Inc.; CN=Cloudflare Inc ECC CA-3",
        "C=US; O=Symantec Corporation; CN=Symantec Class 3 Secure Server CA - G4",
        "O=Educators of Example; CN=Educators CA",
        "O=Internal Development; CN=Internal Development CA",
    ],
)
def test_other_authorities_are_not_taken_for_gateways(issuer: str) -> None:
    assert not gateways_seen(transfer(issuer))


def test_a_product_under_its_own_name_is_not_a_gateway_on_the_way() -> None:
    assert not gateways_seen(transfer("O=Fortinet; CN=support", subject="O=Fortinet; CN=FG100FTK19000000"))


def test_a_certificate_made_for_the_host_may_bear_the_products_name_too() -> None:
    issuer = "O=Zscaler Inc.; OU=Zscaler Inc.; CN=Zscaler Intermediate Root CA (zscaler.net) (t) "
    made = transfer(issuer, subject="CN=api.example.com; O=Zscaler Inc.; OU=Zscaler Inc.")
    assert names(gateways_seen(made)) == ["Zscaler Internet Access"]


def test_a_self_signed_certificate_says_nothing_of_a_gateway() -> None:
    assert not gateways_seen(transfer("CN=web filter", subject="CN=web filter"))


def test_a_via_within_tls_names_the_product() -> None:
    seen = gateways_seen(transfer(headers=(Header("Via", "1.1 gw.example (squid/5.7)", 11),)))
    assert [(sighting.gateway.name, sighting.sign, sighting.line) for sighting in seen] == [
        ("Squid (ssl-bump)", "answer", 11)
    ]


def test_a_via_over_plain_http_says_nothing() -> None:
    assert not gateways_seen(transfer(tls=False, headers=(Header("Via", "1.1 gw.example (squid/5.7)", 11),)))


def test_a_block_page_within_tls_names_the_product() -> None:
    mark = Fact(PageMark("gateway-block", "Zscaler"), 13)
    seen = gateways_seen(transfer(body=Body(marks=(mark,))))
    assert [(sighting.gateway.name, sighting.line) for sighting in seen] == [("Zscaler Internet Access", 13)]


def test_a_name_with_a_comma_in_its_organization_is_read_whole() -> None:
    assert names(gateways_seen(transfer("C=US; O=Example, Inc., formerly Zscaler Inc.; CN=Example CA 2"))) == [
        "Zscaler Internet Access"
    ]
