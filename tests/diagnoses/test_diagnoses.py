"""All diagnoses together: no failure goes without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

import curlx

_HANDSHAKE = """*   Trying 192.0.2.10:443...
* Connected to shop.example (192.0.2.10) port 443
* TLSv1.2 (OUT), TLS handshake, Client hello (1):
* TLSv1.2 (IN), TLS handshake, Server hello (2):
* TLSv1.2 (IN), TLS handshake, Certificate (11):
* TLSv1.2 (IN), TLS handshake, Server finished (14):
* TLSv1.2 (OUT), TLS handshake, Client key exchange (16):
* TLSv1.2 (OUT), TLS handshake, Finished (20):
"""


def test_a_refusal_whose_request_for_a_certificate_was_cut_out_is_no_success() -> None:
    for number, name in ((42, "bad certificate"), (44, "certificate revoked"), (45, "certificate expired"),
                         (46, "certificate unknown"), (48, "unknown CA")):  # fmt: skip
        alert = f"* TLSv1.2 (IN), TLS alert, {name} ({512 + number}):\n"
        report = curlx.explain(f"{_HANDSHAKE}{alert}* SSL certificate verification failed\n* Closing connection 0\n"
                               "curl: (60) SSL certificate verification failed\n")  # fmt: skip
        assert report.outcome == "failure"
        assert report.findings[0].code == "tls-refused"
        assert report.summary.server_certificate == "accepted"


def test_a_failure_that_nothing_explains_is_told() -> None:
    report = curlx.explain(f"{_HANDSHAKE}* TLSv1.2 (IN), TLS alert, no certificate (553):\n"
                           "* Something that curl never said before\n* Closing connection 0\n"
                           "curl: (35) Something that curl never said before\n")  # fmt: skip
    assert report.outcome == "failure"
    assert [finding.severity for finding in report.findings] == ["error"]


_ASKED = """*   Trying 192.0.2.10:443...
* Connected to shop.example (192.0.2.10) port 443
* TLSv1.3 (OUT), TLS handshake, Client hello (1):
* TLSv1.3 (IN), TLS handshake, Server hello (2):
* TLSv1.3 (IN), TLS handshake, Request CERT (13):
* TLSv1.3 (IN), TLS handshake, Certificate (11):
* TLSv1.3 (IN), TLS handshake, CERT verify (15):
* TLSv1.3 (IN), TLS handshake, Finished (20):
* TLSv1.3 (OUT), TLS handshake, Certificate (11):
* TLSv1.3 (OUT), TLS handshake, Finished (20):
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
> GET /a HTTP/1.1
> Host: shop.example
>
"""
_SERVED = """< HTTP/1.1 200 OK
< Content-Length: 3
<
ok
* Connection #0 to host shop.example left intact
* Re-using existing connection #0 with host shop.example
> GET /b HTTP/1.1
> Host: shop.example
>
"""


def _ended_by(number: int, name: str) -> str:
    return (f"* TLSv1.3 (IN), TLS alert, {name} ({512 + number}):\n* Closing connection 0\n"
            f"curl: (56) OpenSSL SSL_read: error:0A000{1000 + number:X}:SSL routines::alert {name}, errno 0\n")  # fmt: skip


def test_a_server_that_answered_without_a_certificate_did_not_miss_one() -> None:
    for number, name in ((40, "handshake failure"), (42, "bad certificate"), (80, "internal error")):
        without, after = (curlx.explain(log + _ended_by(number, name)) for log in (_ASKED, _ASKED + _SERVED))
        assert without.findings[0].code == "client-certificate-missing"
        assert [finding.code for finding in after.findings] == ["tls-refused"]


def test_a_connection_that_broke_off_after_an_answer_did_not_miss_one_either() -> None:
    broken = "* Empty reply from server\n* Closing connection 0\ncurl: (52) Empty reply from server\n"
    assert curlx.explain(_ASKED + broken).findings[0].code == "client-certificate-missing"
    assert [finding.code for finding in curlx.explain(_ASKED + _SERVED + broken).findings] == ["network-empty-reply"]


def test_a_refusal_is_told_of_the_request_that_was_refused_and_of_no_earlier_one() -> None:
    (finding,) = curlx.explain(_ASKED + _SERVED + _ended_by(116, "certificate required")).findings
    assert (finding.code, finding.certainty, finding.transfer) == ("client-certificate-missing", "certain", 1)


def _refused(status: str, headers: str, body: str) -> curlx.Report:
    head = f"< HTTP/1.1 {status}\n{headers}< Content-Length: {len(body)}\n< \n"
    unasked = _ASKED.replace("* TLSv1.3 (IN), TLS handshake, Request CERT (13):\n", "")
    unasked = unasked.replace("* TLSv1.3 (OUT), TLS handshake, Certificate (11):\n", "")
    return curlx.explain(f"{unasked}{head}{body}* Connection #0 to host shop.example left intact\n")


def test_a_page_that_quotes_nginx_is_not_certain_to_be_its_own() -> None:
    quoted = "<html>Not from your address.<!-- 400 No required SSL certificate was sent: see the wiki --></html>\n"
    report = _refused("403 Forbidden", "", quoted)
    assert report.findings[0].certainty == "likely"
    assert "may only be quoted there" in report.findings[0].summary
    whole = quoted.replace("<!-- 400 ", "<p>").replace(": see the wiki -->", "</p>")
    assert _refused("403 Forbidden", "", whole).findings[0].certainty == "certain"


def test_a_page_that_only_mentions_a_client_certificate_is_no_verdict() -> None:
    for body in (
        '{"error":"invalid_token","see":"https://shop.example/errors#client_certificate_required"}\n',
        "<h1>Bad request</h1><p>Client certificate required: howto</p>\n",
        "<p>The gateway answers this when a client certificate is required.</p>\n",
    ):
        report = _refused("400 Bad Request", "", body)
        assert (report.findings[0].code, report.findings[0].certainty) == ("http-bad-request", "certain")
        (note,) = (each for each in report.findings if each.code == "client-certificate-not-requested")
        assert (note.severity, note.certainty) == ("note", "possible")
        assert "in passing" in note.summary


def test_an_application_that_demands_a_client_certificate_is_likely_to_mean_it() -> None:
    body = '{"error":"client certificate required"}\n'
    finding = _refused("401 Unauthorized", '< WWW-Authenticate: Bearer error="invalid_token"\n', body).findings[0]
    assert (finding.code, finding.certainty) == ("client-certificate-not-requested", "likely")


def test_a_sub_status_of_iis_is_believed_when_iis_gives_it() -> None:
    body = "<h3>HTTP Error 403.7 - Forbidden</h3>\n"
    assert _refused("403 Forbidden", "< Server: Microsoft-IIS/10.0\n", body).findings[0].certainty == "certain"
    assert _refused("403 Forbidden", "< Server: shop\n", body).findings[0].certainty == "likely"


def test_a_number_of_any_length_is_read() -> None:
    number = "9" * 5_000
    silent = (f"*   Trying 192.0.2.10:443...\n* Connected to shop.example (192.0.2.10) port 443\n* GnuTLS priority: NORMAL\n* found 140 certificates in "
              f"/etc/ssl/certs\n* SSL connection using TLS1.3 / ECDHE_RSA_AES_256_GCM_SHA384\n> GET / HTTP/1.1\n"
              f"> User-Agent: curl/{number}.\u00b2\n> \n< HTTP/1.1 400 Bad Request\n< \n"
              "<title>400 No required SSL certificate was sent</title>\n")  # fmt: skip
    to = f"$ curl -v --connect-to shop.example:443:192.0.2.10:{number} https://shop.example/a\n"
    for log in (silent, to + _ASKED + _ended_by(116, "certificate required")):
        assert curlx.explain(log).outcome in ("failure", "unfinished")


def test_what_a_page_only_quotes_is_no_fact_and_no_reason_of_the_answer() -> None:
    quoted = '{"unknown":"colour","see":"No required SSL certificate was sent: how to fix it"}\n'
    tls = "* Connected to shop.example (192.0.2.10) port 443\n* SSL connection using TLS1.3 / ECDHE_RSA_AES_256_GCM_SHA384\n"
    head = f"{tls}> GET / HTTP/1.1\n> Host: shop.example\n>\n< HTTP/1.1 400 Bad Request\n"
    report = curlx.explain(f"{head}< Content-Length: {len(quoted)}\n<\n{quoted}")
    assert report.summary.client_certificate.sent == "unknown"
    assert not any("gives the reason" in finding.summary for finding in report.findings)


def test_a_page_that_says_it_itself_is_believed_where_it_quotes_it_too() -> None:
    body = "<!-- No required SSL certificate was sent: the wiki -->\n<h1>No required SSL certificate was sent</h1>\n"
    assert _refused("400 Bad Request", "", body).findings[0].certainty == "certain"


def test_a_handshake_that_curl_broke_off_itself_is_not_the_servers_refusal() -> None:
    hello, _, _ = _ASKED.partition("* SSL connection using")
    end = "* OpenSSL SSL_connect: error:0A00007B:SSL routines::bad signature\n* Closing connection 0\n"
    report = curlx.explain(f"{hello}* TLSv1.3 (OUT), TLS alert, decode error (562):\n{end}")
    assert report.outcome == "failure"
    assert not any(finding.code.startswith("client-certificate-") for finding in report.findings)


def test_of_many_findings_only_the_first_of_a_code_says_what_to_do() -> None:
    refused = b"curl: (7) Failed to connect to api.example.com port 443: Connection refused\n"
    report = curlx.explain(refused * 500 + b"curl: (60) SSL certificate problem: certificate has expired\n" * 2)
    advice: dict[str, list[bool]] = {}
    for finding in report.findings:
        advice.setdefault(finding.code, []).append(bool(finding.remedies))
    assert advice == {
        "network-refused": [True] * 100 + [False] * 400,
        "server-certificate-expired": [True, False],
    }
    assert all(finding.summary and finding.evidence for finding in report.findings)


def test_a_symptom_on_the_very_line_of_its_cause_is_no_second_error() -> None:
    findings = curlx.explain((Path(__file__).parents[2] / "fixtures" / "founding.log").read_bytes()).findings
    assert [(each.code, each.severity) for each in findings] == [
        ("client-certificate-missing", "error"),
        ("http-bad-request", "note"),
    ]


def test_an_alert_behind_a_request_for_a_certificate_is_told_where_curls_own_lines_were_left_out() -> None:
    for number, name in ((40, "handshake failure"), (49, "access denied"), (51, "decrypt error")):
        report = curlx.explain("*  SSL certificate verify ok.\n> GET /a HTTP/1.1\n"
                               "* TLSv1.2 (IN), TLS handshake, Request CERT (13):\n"
                               f"* TLSv1.2 (IN), TLS alert, {name} ({512 + number}):\n* Closing connection 0\n")  # fmt: skip
        first = report.findings[0]
        assert (first.code, first.certainty) == ("client-certificate-missing", "possible")


def test_a_handshake_failure_behind_a_request_is_not_said_of_the_handshake_before_it() -> None:
    report = curlx.explain("* ALPN, server accepted to use http/1.1\n> GET /a HTTP/1.1\n"
                           "* TLSv1.2 (IN), TLS alert, handshake failure (552):\n"
                           "* OpenSSL SSL_read: error:0A000410:SSL routines::sslv3 alert handshake failure, errno 0\n")  # fmt: skip
    finding = report.findings[0]
    assert (finding.code, finding.certainty) == ("tls-refused", "likely")
    assert "it came when the handshake was over" in finding.summary
    assert "client certificate" in finding.causes[0]


def test_an_answer_that_follows_where_no_request_is_shown_may_be_that_of_a_second_try() -> None:
    log = ("* Connected to shop.example (192.0.2.10) port 443 (#0)\n{asked}< HTTP/1.1 503 Try\n< Content-Length: 0\n< \n"
           "* Connection #0 to host shop.example left intact\n"
           "* Re-using existing connection! (#0) with host shop.example\n{other}< HTTP/1.1 200 OK\n"
           "< Content-Length: 0\n< \n* Connection #0 to host shop.example left intact\n")  # fmt: skip
    unseen = curlx.explain(log.format(asked="", other=""))
    assert [(each.code, each.certainty) for each in unseen.findings] == [("http-unavailable", "likely")]
    shown = curlx.explain(log.format(asked="> GET /a HTTP/1.1\n> \n", other="> GET /b HTTP/1.1\n> \n"))
    assert [(each.code, each.certainty) for each in shown.findings] == [("http-unavailable", "certain")]


@pytest.mark.parametrize(
    ("log", "certainty"),
    [
        ("curl: (60) SSL certificate problem: self signed certificate", "likely"),  # `in certificate chain` may follow
        ("curl: (60) SSL certificate problem: self signed certificate\n", "certain"),
        ("curl: (60) SSL certificate problem: certificate has expired", "certain"),
        ("* schannel: next InitializeSecurityContext failed:\n  CRYPT_E_REVOKED (0x80092010) - the cert", "likely"),
        ("* schannel: next InitializeSecurityContext failed:\n  CRYPT_E_REVOKED (0x80092010) - the cert\n", "certain"),
    ],
)
def test_a_message_in_which_the_log_ends_is_likely_at_most(log: str, certainty: str) -> None:
    assert curlx.explain(log).findings[0].certainty == certainty


def test_what_somebody_tells_above_a_call_ranks_behind_the_call_and_puts_no_doubt_on_it() -> None:
    said = "curl: (77) error setting certificate verify locations:  CAfile: /opt/shop/ca.pem CApath: none"
    report = curlx.explain(
        f"Fetching pages fails due to the error `{said}`:\n```\n"
        "docker run -it shop/tools:latest curl -v https://shop.example\n"
        "*   Trying 203.0.113.20:443...\n"
        "* Connected to shop.example (203.0.113.20) port 443 (#0)\n"
        f"* {said.partition(') ')[2]}\n"
        "* Closing connection 0\n"
        f"{said}\n```\n"
    )
    assert [finding.certainty for finding in report.findings] == ["certain", "likely"]
    assert report.findings[0].evidence[0].line == 6


def test_that_a_log_shows_secrets_is_not_what_went_wrong() -> None:
    report = curlx.explain(
        "$ curl -v -u ada:lovelace https://shop.example/\n*   Trying 203.0.113.20:443...\n"
        "* Connected to shop.example (203.0.113.20) port 443 (#0)\n"
    )
    assert [finding.code for finding in report.findings] == ["log-unfinished", "log-secrets"]


@pytest.mark.parametrize("asked", ["--version", "-V", "--help", "-h"])
def test_a_command_that_asks_of_curl_itself_is_no_call(asked: str) -> None:
    report = curlx.explain(
        f"$ curl https://nowhere.example/\ncurl: (6) Could not resolve host: nowhere.example\n$ curl {asked}\n"
    )
    assert [finding.code for finding in report.findings] == ["network-host-not-found"]


def test_what_curl_failed_at_ranks_before_an_answer_that_refuses_and_that_curl_was_content_with() -> None:
    report = curlx.explain(
        "$ curl -sSv http://shop.example/basket http://nowhere.example/\n"
        "*   Trying 203.0.113.20:80...\n"
        "* Connected to shop.example (203.0.113.20) port 80\n"
        "> GET /basket HTTP/1.1\n> Host: shop.example\n>\n"
        "< HTTP/1.1 404 Not Found\n< Content-Length: 0\n<\n"
        "* Connection #0 to host shop.example left intact\n"
        "* Could not resolve host: nowhere.example\n"
        "* Closing connection 1\n"
        "curl: (6) Could not resolve host: nowhere.example\n"
    )
    assert [finding.code for finding in report.findings] == ["network-host-not-found", "http-not-found"]
