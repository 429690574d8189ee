"""Sentences in pages."""

from __future__ import annotations

import time

import pytest

from curlx.events import PageMark
from curlx.grammar.pages import page_marks, page_sentence


@pytest.mark.parametrize(("text", "name"), [
    ("<center>No required SSL certificate was sent</center>", "no-required-certificate"),
    ("<p>no required ssl certificate was sent (400)</p>", "no-required-certificate"),
    ("<center>The SSL certificate error</center>", "certificate-error"),
    ("<center>The plain HTTP request was sent to HTTPS port</center>", "plain-http-to-https"),
    ("Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />", "plain-http-to-https"),
    ("Client sent an HTTP request to an HTTPS server.", "plain-http-to-https"),
    ("Bad Request. This combination of host and port requires TLS.", "plain-http-to-https"),
    ("<p>Reason: Cannot perform Post-Handshake Authentication.<br /></p>", "post-handshake-impossible"),
    ('{"errors":["client certificate must be supplied"]}', "client-certificate-required"),
    ('{"error":"mtls_required","message":"This API requires a client certificate"}', "client-certificate-required"),
    ('{"error":"client_certificate_required"}', "client-certificate-required"),
    ('{"code":"CERT_MISSING"}', "client-certificate-required"),
    ("Error 403: Forbidden: Client Certificate Required", "client-certificate-required"),
    ("HTTP Error 403.7 - Forbidden", "client-certificate-required"),
    ('{"message":"No required TLS certificate was sent"}', "client-certificate-required"),
    ('{"error":"forbidden","message":"client certificate not recognised"}', "client-certificate-rejected"),
])  # fmt: skip
def test_a_sentence_has_its_name(text: str, name: str) -> None:
    assert name in {mark.name for mark in page_marks(text)}


@pytest.mark.parametrize(("text", "mark"), [
    ('{"code":"CERT_INVALID","detail":"FAILED:certificate has expired"}',
     PageMark("client-certificate-rejected", "certificate has expired")),
    ("<title>Network Error (tcp_error)</title> Blue Coat: access denied", PageMark("gateway-block", "Blue Coat")),
    ("Internet Security by Zscaler", PageMark("gateway-block", "Zscaler")),
    ("<body id=ERR_ACCESS_DENIED>", PageMark("squid-error", "ERR_ACCESS_DENIED")),
    ("no healthy upstream", PageMark("envoy-upstream", "no healthy upstream")),
    ("<head><title>504 Gateway Time-out</title></head>", PageMark("page-title", "504 Gateway Time-out")),
    ("<center><h1>504 Gateway Time-out</h1></center>", PageMark("page-title", "504 Gateway Time-out")),
])  # fmt: skip
def test_a_mark_carries_its_detail(text: str, mark: PageMark) -> None:
    assert mark in page_marks(text)


@pytest.mark.parametrize("text", [
    "", "The quick brown fox", "no client certificate required", "This quarter Zscaler hired a new officer.",
    "released in version 1.403.7.2", '{"status":"ok"}', "Chrome says ERR_CONNECTION_REFUSED",
])  # fmt: skip
def test_ordinary_text_has_no_mark(text: str) -> None:
    assert page_marks(text) == ()


def test_the_sentence_of_nginx_is_not_also_that_of_an_application() -> None:
    assert page_marks("No required SSL certificate was sent") == (PageMark("no-required-certificate"),)


@pytest.mark.parametrize("piece", ["client certificate ", "<title", "FAILED:", "upstream ", "requires a ", "err_"])
def test_a_hostile_line_takes_no_time(piece: str) -> None:
    started = time.perf_counter()
    page_marks(piece * (100_000 // len(piece)))
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(("text", "embedded"), [
    ("<head><title>400 No required SSL certificate was sent</title></head>", False),
    ("<center>The SSL certificate error</center>", False),
    ('{"error":{"message":"No required SSL certificate was sent"}}', False),
    ("400 No required SSL certificate was sent", False),
    ('{"suggestions":["No required SSL certificate was sent: how to fix it"]}', True),
    ("<!-- 400 No required SSL certificate was sent means that ... -->", True),
    ("see also: The SSL certificate error, explained", True),
])  # fmt: skip
def test_a_sentence_of_nginx_among_other_words_may_be_quoted(text: str, embedded: bool) -> None:
    assert [mark.embedded for mark in page_marks(text) if mark.name != "page-title"] == [embedded]


@pytest.mark.parametrize("text", [
    '<h1>Bad request</h1><a href="/docs">Client certificate required: howto</a>',
    '<li><a class="x" href="/mtls">When the client certificate was expired</a></li>',
])  # fmt: skip
def test_the_text_of_a_link_is_no_reason(text: str) -> None:
    assert [mark.name for mark in page_marks(text) if mark.name != "page-title"] == []
    bare = text.replace("<a ", "<b ")
    assert [mark.name.startswith("client-certificate") for mark in page_marks(bare) if mark.name != "page-title"]


@pytest.mark.parametrize(("text", "embedded"), [
    ("<h2>403 - A valid client certificate is required to access this page.</h2>", False),
    ('{"error":"mtls_required","message":"This API requires a client certificate"}', False),
    ("<p>Client certificate required: howto</p>", True),
    ("See https://shop.example/errors#client_certificate_required", True),
    ("What to do when the client certificate was expired", True),
])  # fmt: skip
def test_a_sentence_about_client_certificates_may_stand_there_in_passing(text: str, embedded: bool) -> None:
    assert [mark.embedded for mark in page_marks(text)] == [embedded]


def test_an_entry_of_a_list_is_no_reason() -> None:
    assert page_marks("<li>Client certificate required</li>") == ()


@pytest.mark.parametrize(("text", "sentence"), [
    ('{"message":"Missing Authentication Token"}', "Missing Authentication Token"),
    ('  "message": "User \\"system:anonymous\\" cannot list",', 'User "system:anonymous" cannot list'),
    ('{"error":"invalid_grant","error_description":"Token has expired"}', "Token has expired"),
    ('{"error":"forbidden","message":"Not yours"}', "Not yours"),
    ('{"title":"Forbidden","detail":"Your balance is 30, but that costs 50."}', "Your balance is 30, but that costs 50."),
    ("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>", "Request has expired"),
    ("<Message>Access denied.</Message><Details>Anonymous caller</Details>", "Anonymous caller"),
    ("<faultstring>No such operation</faultstring>", "No such operation"),
    ('{"error":{"code":7}}', ""),
    ('{"messages":["a"],"detail":null}', ""),
    ('{"message":"<script>alert(1)</script>"}', ""),
    ('{"message":"\\u003cscript>alert(1)\\u003c\\/script>"}', ""),
    ('{"message":"It isn\\u0027t yours:\\n see \\/help"}', "It isn't yours: see /help"),
    (r"""{"message":"It isn\'t yours"}""", r"It isn\'t yours"),
    ("<message>a</details>", ""),
    ('"message": "' + "a" * 500 + '"', ""),
    ("<details><summary>More</summary></details>", ""),
    ("the message is clear", ""),
    ('  "message": "forbidden: User \\"system:anonymous\\" cannot get path', 'forbidden: User "system:anonymous" cannot get path'),
])  # fmt: skip
def test_the_sentence_of_an_answer_is_read_from_the_field_that_is_for_it(text: str, sentence: str) -> None:
    assert page_sentence(text) == sentence


@pytest.mark.parametrize("piece", ['"message":"', "<message>", '"message":"\\', '"error" ', '"detail":"\\"'])
def test_a_hostile_field_takes_no_time(piece: str) -> None:
    started = time.perf_counter()
    page_sentence(piece * (100_000 // len(piece)))
    assert time.perf_counter() - started < 0.5
