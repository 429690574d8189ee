"""What is read off a connection, apart from any verdict."""

from __future__ import annotations

import msgspec
import pytest

from curlx.diagnoses.client_certificate.shared.sides import file_given, sides
from curlx.timeline import Header, Request, Timeline, Transfer

from ..timelines import asked_in_the_open, complaint, silent, timeline


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (("--cert", "client.pem"), "client.pem"),
        (("--cert", "client.pem:se:cret"), "client.pem"),
        (("-E", r"C:\certs\me.pem:secret"), r"C:\certs\me.pem"),
        (("-Eme.p12:secret",), "me.p12"),
        (("--cert", "pkcs11:token=a"), "pkcs11:token=a"),
        (("--cert=client.pem",), "client.pem"),
        (("-vsE", "client.pem"), "client.pem"),
        (("--cert",), None),
        ((), None),
    ],
)
def test_the_certificate_of_a_command_is_read_without_its_password(
    arguments: tuple[str, ...], value: str | None
) -> None:
    assert file_given(Transfer(1, 2, arguments=arguments), "cert") == value


@pytest.mark.parametrize(
    ("host", "authority"),
    [
        ("a.example", "a.example:443"),
        ("a.example:8443", "a.example:8443"),
        ("[2001:db8::1]:8443", "[2001:db8::1]:8443"),
    ],
)
def test_the_host_header_names_the_server_where_nothing_else_does(host: str, authority: str) -> None:
    request = Request("GET", "/", "HTTP/1.1", 40, 41, (Header("Host", host, 41),))
    log = timeline(None, None, request=request)
    transfer = msgspec.structs.replace(log.transfers[0], url=None, connections=())
    exchange = msgspec.structs.replace(transfer.exchanges[0], connection=-1)
    transfer = msgspec.structs.replace(transfer, exchanges=(exchange,))
    (side,) = sides(msgspec.structs.replace(log, transfers=(transfer,)))
    assert side.endpoint.authority == authority


def test_a_complaint_about_a_file_of_curls_own_is_no_breaking_off() -> None:
    log = timeline(silent(), None, complaint("client-key-not-loaded"), complaint("tls-error"))
    (side,) = sides(log)
    assert side.broken_off() is None


def test_a_server_certificate_that_curl_refused_is_no_breaking_off() -> None:
    refused = msgspec.structs.replace(asked_in_the_open(sent=True), verdict="rejected")
    (side,) = sides(timeline(refused, None, complaint("tls-error")))
    assert side.broken_off() is None


def test_an_empty_log_has_no_sides() -> None:
    assert not list(sides(Timeline()))
