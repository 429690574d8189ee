"""What the words of a complaint tell beyond its kind."""

from __future__ import annotations

import time
from typing import get_args

import pytest

from curlx.complaints import ComplaintKind, Detail
from curlx.grammar.detailing import _DETAILS, _OF_ASIDES, details, details_of_aside, quoted


def test_every_detail_has_its_words_and_every_word_a_name() -> None:
    tables = (*(words for _, words in _DETAILS), _OF_ASIDES)
    assert {detail for words in tables for detail, _ in words} == set(get_args(Detail))


def test_each_kind_has_its_details_in_one_place() -> None:
    kinds = [kind for kinds, _ in _DETAILS for kind in kinds]
    assert len(kinds) == len(set(kinds))


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("timeout", "OpenSSL SSL_read: Connection timed out, errno 110", ("of-system",)),
        ("timeout", "Operation too slow. Less than 1000 bytes/sec transferred the last 5 seconds", ("too-slow",)),
        ("connect-failed", "bind failed with errno 99: Cannot assign requested address", ("own-address",)),
        ("connect-failed", "Could not connect: bind failed", ()),
        ("other", "The address that --interface names is of another family (10) than the peer's (2)",
         ("own-address",)),
        ("connect-timeout", "Operation now in progress", ("still-connecting",)),
        ("connect-timeout", "Operation now in progress, for long", ()),
        ("tls-alert", "LibreSSL/3.3.6: error:1404B42E:SSL routines:ST_CONNECT:tlsv1 alert protocol version",
         ("received-or-sent",)),
        ("protocol-unsupported", "Protocol \"'http\" not supported", ("names-protocol", "opening-quote")),
        ("host-not-found", "DoH: Bad RCODE type A for shop.example", ("over-https",)),
        ("redirect-loop", "Maximum (50) redirects followed", ()),
    ],
)  # fmt: skip
def test_the_words_tell_details(kind: ComplaintKind, text: str, told: tuple[Detail, ...]) -> None:
    assert details(kind, text) == told


@pytest.mark.parametrize(
    ("kind", "text", "what"),
    [
        ("certificate-rejected", "SSL certificate problem: unsuitable certificate purpose",
         "unsuitable certificate purpose"),
        ("certificate-rejected", "SSL certificate problem: Unknown error.", ""),
        ("certificate-name-mismatch",
         "SSL: certificate subject name (shop.example) does not match target hostname '203.0.113.14'", "shop.example"),
        ("certificate-name-mismatch", "SSL: certificate subject name '' does not match target host name 'a.example'",
         ""),
        ("url-malformed", "URL rejected: Port number was not a decimal number.", "Port number was not a decimal number"),
        ("url-malformed", "URL using bad/illegal format or missing URL", ""),
    ],
)  # fmt: skip
def test_a_complaint_quotes_a_rule_a_name_or_a_reason(kind: ComplaintKind, text: str, what: str) -> None:
    assert quoted(kind, text) == what


@pytest.mark.parametrize(
    ("kind", "start"),
    [("certificate-rejected", "SSL certificate problem: "), ("url-malformed", "URL rejected: ")],
)
def test_a_long_row_of_dots_is_read_once(kind: ComplaintKind, start: str) -> None:
    begun = time.process_time()
    assert quoted(kind, f"{start}{'.' * 16_000}x").endswith("x")
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('Binary output can mess up your terminal. Use "--output -" to tell curl', ("binary-output",)),
        ("Failed to open the file out/a.bin: No such file or directory", ("unopened-file",)),
        ("Refusing to overwrite a.bin: File exists", ("unopened-file",)),
        ("SEC_E_TARGET_UNKNOWN (0x80090303) - The target is unknown", ("unknown-service",)),
        ("No credentials were supplied. No Kerberos credentials available", ("no-ticket",)),
        ("Problem: timeout. Will retry in 1 second.", ()),
    ],
)
def test_an_aside_tells_as_well(text: str, told: tuple[Detail, ...]) -> None:
    assert details_of_aside(text) == told
