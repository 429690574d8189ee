from pathlib import Path

import pytest

import curlx
from curlx.diagnoses.http.not_found import diagnose


def test_a_404_is_certain_and_cites_the_status_line_first(answered):
    (finding,) = diagnose(answered(404))
    assert (finding.code, finding.certainty) == ("http-not-found", "certain")
    assert [proof.line for proof in finding.evidence] == [14, 11]


def test_every_failed_transfer_has_its_own_finding(answered):
    from msgspec.structs import replace

    once = answered(404)
    twice = replace(once, transfers=once.transfers * 2)
    assert [finding.transfer for finding in diagnose(twice)] == [0, 1]


def test_the_product_that_answered_is_named_with_its_line(answered):
    (finding,) = diagnose(answered(404, got={"server": "nginx/1.22.1"}))
    assert "nginx" in finding.summary
    assert any("server_name" in step for remedy in finding.remedies for step in remedy.steps)
    assert finding.evidence[-1].line == 15


def test_no_product_is_named_without_a_mark(answered):
    (finding,) = diagnose(answered(404))
    assert not any("nginx" in remedy.title for remedy in finding.remedies)


def test_a_pasted_page_is_only_likely(pasted):
    (finding,) = diagnose(pasted("404 Not Found"))
    assert finding.certainty == "likely"


def test_a_page_that_explains_the_sentence_of_a_product_does_not_point_at_it():
    folder = Path(__file__).parents[3] / "fixtures" / "diagnoses" / "http-not-found"
    (finding,) = curlx.explain((folder / "fires-page-that-explains-496.log").read_bytes()).findings
    assert "nginx" not in finding.summary
    assert {proof.line for proof in finding.evidence} == {4, 8}


FORWARD = b"""* Connected to 192.0.2.9 (192.0.2.9) port 18080 (#0)
> GET http://www.example.com/ HTTP/1.1
> Host: www.example.com
> User-Agent: curl/7.88.1
> Accept: */*
> Proxy-Connection: Keep-Alive
>\x20
< HTTP/1.1 404 Not Found
< Content-Length: 0
<\x20
* Connection #0 to host 192.0.2.9 left intact
"""


def test_what_was_given_for_a_proxy_may_be_a_web_server():
    (finding,) = curlx.explain(FORWARD).findings
    assert "may be a web server" in finding.causes[0]
    (direct,) = curlx.explain(FORWARD.replace(b"http://www.example.com/", b"/")).findings
    assert not any("proxy" in cause for cause in direct.causes)


@pytest.mark.parametrize(
    ("behind", "read"),
    [
        ("<\nno such page\n", True),
        ('{"error": "no such page"}\n', True),
        ("\n\nThis shows that the page is gone.\n", False),
        ("...\n# cut here\n", False),
        ("<\n````\n\nThis shows it.\n", False),
    ],
)
def test_what_somebody_says_of_a_log_is_not_the_answers_text(behind: str, read: bool) -> None:
    log = "$ curl -v http://api.example/a\n> GET /a HTTP/1.1\n> Host: api.example\n>\n< HTTP/1.1 404 Not Found\n"
    (finding, *_) = curlx.explain(f"{log}< Content-Type: text/plain\n{behind}").findings
    assert ("text, from line" in str(finding.remedies)) is read
    assert ("own text begins" in str(finding.evidence)) is (read and "{" not in behind)


@pytest.mark.parametrize("option", ["-I", "-sI", "--head"])
def test_where_the_command_asks_for_heads_alone_there_is_no_text_to_read(option: str) -> None:
    log = f"$ curl {option} https://api.example/a\nHTTP/1.1 404 Not Found\nContent-Length: 24\n\n"
    assert "has no text that could say more" in str(curlx.explain(log).findings[0].remedies)


def test_an_ingress_that_has_no_certificate_for_the_host_has_no_rule_for_it_either():
    log = """* Connected to app.shop.example (203.0.113.7) port 443
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
* Server certificate:
*  subject: O=Acme Co; CN=Kubernetes Ingress Controller Fake Certificate
*  issuer: O=Acme Co; CN=Kubernetes Ingress Controller Fake Certificate
*  SSL certificate verify result: self-signed certificate (18), continuing anyway.
> GET / HTTP/1.1
> Host: app.shop.example
>
< HTTP/1.1 404 Not Found
< Content-Length: 0
<
"""
    finding = curlx.explain(log).findings[0]
    assert finding.code == "http-not-found"
    assert "ingress-nginx shows where it has none" in finding.causes[0]
    assert finding.certainty == "certain"
