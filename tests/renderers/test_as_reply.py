from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curlx.findings import Finding, Remedy
from curlx.pipeline import explain
from curlx.renderers.as_reply import render
from curlx.report import Report, make_report
from curlx.timeline import Timeline

ATTACH = "2>&1 | curlx redact > log-for-the-ticket.txt\n"
FINE = """\
* Connected to www.example.com (203.0.113.10) port 80 (#0)
> GET / HTTP/1.1
> Host: www.example.com
>
< HTTP/1.1 200 OK
< Content-Length: 0
<
* Connection #0 to host www.example.com left intact
"""


@pytest.fixture
def reply(founding_case: Timeline, missing: Finding) -> str:
    return render(make_report(founding_case, (missing,), "health.log"))


def test_it_says_what_happened_what_is_needed_and_what_to_run_in_this_order(reply: str) -> None:
    headings = ["What happened", "What we need from you", "What to run next, and what to send back"]
    places = [reply.index(f"\n{heading}\n{'-' * len(heading)}\n") for heading in headings]
    assert places == sorted(places)


def test_the_call_to_run_next_is_the_one_of_the_remedy_with_the_secrets_hidden(reply: str, missing: Finding) -> None:
    assert f"\n    {missing.remedies[0].commands[0]} {ATTACH}" in reply
    assert reply.count(missing.remedies[0].commands[0]) == 1


def test_a_word_of_the_trade_has_its_half_sentence(reply: str) -> None:
    words = " ".join(reply.split())
    assert "a client certificate (a file that proves to the server who is calling)" in words
    assert words.count("a file that proves to the server who is calling") == 1


@pytest.mark.parametrize(
    ("certainty", "words"),
    [("certain", "We are sure of this"), ("likely", "does not prove it"), ("possible", "only one possible")],
)
def test_it_is_honest_about_how_sure_it_is(
    certainty: str, words: str, founding_case: Timeline, missing: Finding
) -> None:
    finding = msgspec.structs.replace(missing, certainty=certainty)
    text = " ".join(render(make_report(founding_case, (finding,))).split())
    assert words in text
    assert ("We are sure" in text) is (certainty == "certain")
    assert ("It could be one of these" in text) is (certainty != "certain")


def test_what_others_have_to_do_is_named_with_who_they_are(reply: str) -> None:
    assert "- To those who run the proxy or gateway: Let the gateway pass" in " ".join(reply.split())


def test_where_the_customer_can_do_nothing_it_says_so(founding_case: Timeline, missing: Finding) -> None:
    finding = msgspec.structs.replace(missing, remedies=(Remedy("server", "Renew it"),))
    text = render(make_report(founding_case, (finding,)))
    assert "Nothing on your computer has to change" in text
    assert f"\n    curl -v https://engine.sandbox/v4/admin/health {ATTACH}" in text


def test_a_healthy_log_is_called_healthy_and_a_worse_one_is_asked_for() -> None:
    text = " ".join(render(explain(FINE)).split())
    assert "the call worked. The server answered with 200, which means success." in text
    assert "send us a log of a call that goes wrong" in text


def test_what_stands_out_in_a_call_that_worked_is_told() -> None:
    moved = "< HTTP/1.1 301 Moved Permanently\n< Location: /b\n< Content-Length: 0\n<\n"
    log = FINE.replace("< HTTP/1.1 200 OK\n", f"{moved}* Issue another request to this URL: 'http://www.example.com/b'\n"
                       "> GET /b HTTP/1.1\n> Host: www.example.com\n>\n< HTTP/1.1 200 OK\n", 1)  # fmt: skip
    log = log.replace("GET / HTTP/1.1\n", "POST / HTTP/1.1\nContent-Length: 3\n").replace("\nContent", "\n> Content")
    told = " ".join(render(explain(log)).split())
    assert "the call worked" in told
    assert "A redirect dropped the posted data" in told
    assert "stands out" not in render(explain(FINE))


def test_a_log_that_ends_too_early_asks_for_the_whole_and_claims_nothing() -> None:
    text = " ".join(render(explain("".join(FINE.splitlines(keepends=True)[:4]))).split())
    assert "We need the whole of what curl says." in text
    assert "We are sure" not in text
    assert "the call worked" not in text


def test_it_ends_with_what_to_attach(reply: str) -> None:
    end = " ".join(reply[reply.index("What to run next") :].split())
    assert "attach the file log-for-the-ticket.txt" in end
    assert end.endswith("Please never send us a private key or a password.")


def test_an_address_is_quoted_for_the_shell(founding_case: Timeline, missing: Finding) -> None:
    transfer = msgspec.structs.replace(founding_case.transfers[0], url="http://a.example/$(reboot)?a=1&b='")
    timeline = msgspec.structs.replace(founding_case, transfers=(transfer,))
    text = render(make_report(timeline, (msgspec.structs.replace(missing, remedies=()),)))
    assert """curl -v 'http://a.example/$(reboot)?a=1&b='"'"'' 2>&1""" in text


_REFUSED = "{}\n> GET /v1?token=s3cr3t-s3cr3t HTTP/1.1\n> Host: a.example\n>\n< HTTP/1.1 503 Unavailable\n<\n"


def test_the_call_to_run_next_is_for_the_shell_and_goes_the_way_of_the_own_call() -> None:
    for typed, call in (
        ("C:\\>curl.exe -v -x http://proxy.example:3128 \"http://a.example/v1?a=1\"",
         'curl.exe -v --proxy http://proxy.example:3128 "http://a.example/v1?a=1" 2>&1'),
        ("$ curl -v --socks5 192.0.2.1:1080 'http://a.example/v1?a=1'",
         "curl -v --socks5 192.0.2.1:1080 'http://a.example/v1?a=1' 2>&1"),
    ):  # fmt: skip
        report = explain(f"{typed}\n* Connected to proxy.example (192.0.2.1) port 1080\n"
                         "* Connection timed out after 1000 milliseconds\n* Closing connection 0\n")  # fmt: skip
        bare = [msgspec.structs.replace(each, remedies=()) for each in report.findings]
        assert f"\n    {call}" in render(msgspec.structs.replace(report, findings=tuple(bare)))


def test_a_hidden_secret_in_the_call_is_explained_and_must_be_changed() -> None:
    text = " ".join(render(explain(_REFUSED.format("$ curl -v 'http://a.example/v1?token=s3cr3t-s3cr3t'"))).split())
    assert "s3cr3t" not in text
    assert "put your own value in its place" in text
    assert "change them, or have them withdrawn" in text
    assert "put your own value" not in render(explain(FINE))
    assert "withdrawn" not in render(explain(FINE))


def test_git_is_asked_for_a_log_of_git() -> None:
    log = "fatal: unable to access 'https://git.example.com/a.git/': {}\n"
    for reason, call in (
        ("SSL certificate problem: self-signed certificate", "git -c http.sslCAInfo=server.pem ls-remote"),
        ("The requested URL returned error: 500", "git YOUR-COMMAND 2>&1"),
    ):
        text = render(explain(log.format(reason)))
        assert f"\n    {call}" in text
        assert "GIT_CURL_VERBOSE" in text
        assert "curl -v " not in text[text.index("What to run next") :]


def test_the_letter_is_about_one_call_where_curl_and_git_failed() -> None:
    by_git = "fatal: unable to access 'https://git.example.com/a.git/': The requested URL returned error: 500\n"
    by_curl = "$ curl https://a.example/\ncurl: (6) Could not resolve host: a.example\n"
    texts = [render(explain(log)) for log in (by_git + by_curl, by_curl + by_git)]
    assert ["http-server-error" in text for text in texts] == [True, False]
    assert ["GIT_CURL_VERBOSE" in text for text in texts] == [True, False]
    assert ["curl -v" in text for text in texts] == [False, True]


@given(st.text(max_size=200))
def test_prose_keeps_to_the_width_of_a_mail_and_nothing_can_act(
    report_full_of: Callable[[str], Report], text: str
) -> None:
    reply = render(report_full_of(text))
    assert all(character.isprintable() or character == "\n" for character in reply)
    wide = [row for row in reply.split("\n") if len(row) > 78 and not row.startswith("    ")]
    assert all(len(word) > 60 for row in wide for word in [max(row.split(), key=len)])


def test_a_post_is_not_repeated_as_a_get() -> None:
    log = FINE.replace("GET / ", "POST /a ").replace("200 OK", "503 Service Unavailable")
    text = " ".join(render(explain(log.encode())).split())
    assert "curl -v -X POST http://www.example.com/a 2>&1" in text
    assert "sends the POST again: run it only if that may be carried out twice" in text


def test_who_has_sent_a_log_of_a_call_that_works_is_not_asked_to_clean_that_log() -> None:
    log = FINE.replace("> Host", "> Authorization: Bearer abcdefghijk\n> Host")
    told = render(explain(log, source="logs/a.log"))
    assert "the call worked" in told
    assert "logs/a.log" not in told
    assert "shows passwords, tokens or the like" in told


def test_a_call_of_grpc_that_failed_did_not_work() -> None:
    report = explain(
        "* Connected to greeter.example (192.0.2.10) port 50051 (#0)\n> POST /g.Greeter/Greet HTTP/2\n"
        "> Host: greeter.example:50051\n> \n< HTTP/2 200 \n< content-type: application/grpc\n< grpc-status: 12\n< \n"
        "* Connection #0 to host greeter.example left intact\n"
    )
    assert report.outcome == "failure"
    reply = " ".join(render(report).split())
    assert "UNIMPLEMENTED" in reply
    assert "success" not in reply
    assert "worked" not in reply


def test_the_causes_are_told_where_the_verdict_is_certain() -> None:
    report = explain("curl: (60) SSL certificate problem: unable to get local issuer certificate\n")
    assert report.findings[0].certainty == "certain"
    assert all(cause[:30] in " ".join(render(report).split()) for cause in report.findings[0].causes)


def test_what_a_redirect_led_to_is_asked_for_by_way_of_the_redirect() -> None:
    moved = FINE.replace("200 OK\n", "302 Found\n< Location: http://b.example/x\n")
    led = moved + "* Issue another request to this URL: 'http://b.example/x'\n" + (
        FINE.replace("www.example.com", "b.example").replace("GET /", "GET /x").replace("200 OK", "422 No"))  # fmt: skip
    assert "\n    curl -v -L http://www.example.com/ 2>&1" in render(explain(led.encode()))


@pytest.mark.parametrize("end", ["", "< HTTP/1.1 404 Not Found\n<\n* Connection #0 to host a.example left intact\n"])
def test_the_method_that_the_command_names_is_kept(end: str) -> None:
    asked = "* Connected to a.example (192.0.2.1) port 80 (#0)\n> HEAD /x HTTP/1.1\n> Host: a.example\n>\n"
    said = asked + end if end else "curl: (60) SSL certificate problem: unable to get local issuer certificate\n"
    reply = render(explain(f"$ curl -v -I http{'' if end else 's'}://a.example/x\n{said}".encode()))
    assert " -I http" in reply[reply.index("What to run next") :]


def test_the_log_that_is_asked_for_is_of_the_same_call_and_of_no_probe() -> None:
    report = explain("""*   Trying 192.0.2.7:443...
* Connected to shop.example (192.0.2.7) port 443
* TLSv1.3 (OUT), TLS handshake, Client hello (1):
* OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to shop.example:443
* closing connection #0
curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to shop.example:443
""")
    assert report.findings[0].code == "tls-closed"
    assert "curl -v https://shop.example/ 2>&1 |" in render(report)
    assert "    curl -v http://shop.example:443/\n" in render(report)


@pytest.mark.parametrize("shown", [
    "*  SSL certificate verify result: self-signed certificate (18), continuing anyway.\n",
    "*  SSL certificate verify ok.\n",
])  # fmt: skip
def test_a_call_that_let_any_certificate_pass_is_run_again_as_such(shown: str) -> None:
    log = (
        "* Connected to a.example (192.0.2.1) port 443\n* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384\n"
        f"* Server certificate:\n*  subject: CN=a.example\n{shown}* using HTTP/1.x\n> GET /x HTTP/1.1\n"
        "> Host: a.example\n>\n< HTTP/1.1 404 Not Found\n< Content-Length: 0\n<\n"
        "* Connection #0 to host a.example left intact\n"
    )
    option = " -k" if "anyway" in shown else ""
    assert f"    curl -v{option} https://a.example/x 2>&1 |" in render(explain(log))
