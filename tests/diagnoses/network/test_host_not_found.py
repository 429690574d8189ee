from __future__ import annotations

import pytest

import curlx
from curlx.diagnoses.network.host_not_found import DIAGNOSIS, diagnose
from curlx.timeline import Complaint


def unknown(name: str) -> Complaint:
    return Complaint("host-not-found", f"Could not resolve host: {name}", 40, "resolve", subject=name)


def test_the_name_is_told_and_looked_up(log):
    (finding,) = diagnose(log(unknown("api.bnak.example"), host=None))
    assert "api.bnak.example" in finding.summary
    assert "getent hosts api.bnak.example" in finding.remedies[0].commands
    assert [proof.line for proof in finding.evidence] == [40]


def test_a_name_without_a_domain_may_be_known_elsewhere(log):
    (finding,) = diagnose(log(unknown("backend"), host=None))
    assert "backend has no domain" in finding.causes[1]


def test_dns_over_https_is_not_this_machines(log):
    for said in ("Could not DoH-resolve: api.example", "DoH: Bad RCODE type A for api.example"):
        (finding,) = diagnose(log(Complaint("host-not-found", said, 40, "resolve", subject="api.example"), host=None))
        assert "--doh-url" in finding.causes[0]
        assert not any("DNS server" in cause for cause in finding.causes)


def test_a_name_that_nobody_was_asked_for_is_no_misspelt_one(log):
    said = Complaint("host-not-found", "getaddrinfo() thread failed to start", 40, "resolve")
    (finding,) = diagnose(log(said, host="api.example"))
    assert "could not start the thread in which it looks up api.example" in finding.summary
    assert not any("misspelt" in cause for cause in finding.causes)
    assert [remedy.who for remedy in finding.remedies] == ["client"]


def test_a_name_that_was_found_on_the_second_try_is_no_problem(log):
    early = Complaint("host-not-found", "", 5, "resolve", subject="api.example.com")
    assert not list(diagnose(log(early, connected=True)))


def test_the_name_of_an_interface_is_not_the_servers(log):
    said = Complaint("connect-failed", "Couldn't bind to 'eth9'", 41, "connect")
    assert not list(diagnose(log(Complaint("host-not-found", "", 40, "connect", subject="eth9"), said)))


def test_a_step_speaks_of_a_command_only_where_there_is_one(log):
    (shown,) = diagnose(log(unknown("api.bnak.example"), host=None))
    assert ("PROXY:PORT" in shown.remedies[1].steps[0], len(shown.remedies[1].commands)) == (True, 1)
    (bare,) = curlx.explain(b"* Could not resolve host: api.bnak.example\n* Closing connection 0\n").findings
    assert ("PROXY:PORT" in bare.remedies[1].steps[0], len(bare.remedies[1].commands)) == (False, 0)


def test_a_socks_proxy_can_look_the_name_up():
    finished = (
        b"* Could not resolve host: x.example\n* Closing connection 0\ncurl: (%d) Could not resolve host: x.example\n"
    )
    (socks,) = curlx.explain(finished % 97).findings
    (plain,) = curlx.explain(finished % 6).findings
    told = "Let the SOCKS proxy look the name up"
    assert told in [one.title for one in socks.remedies]
    assert told not in [one.title for one in plain.remedies]


SOCKS = b"""$ curl -v --socks5 127.0.0.1:9050 https://intern.example.com/
*   Trying 127.0.0.1:9050...
* Connected to 127.0.0.1 (127.0.0.1) port 9050
* Could not resolve host: intern.example.com
* Failed to resolve "intern.example.com" for SOCKS5 connect.
* closing connection #0
curl: (97) Failed to resolve "intern.example.com" for SOCKS5 connect.
"""


def test_a_name_that_curl_looked_up_for_a_socks_proxy_is_left_to_the_proxy():
    finding = curlx.explain(SOCKS).findings[0]
    assert "told to look it up by itself" in finding.causes[0]
    commands = [command for remedy in finding.remedies for command in remedy.commands]
    assert "curl -v --proxy socks5h://127.0.0.1:9050 https://intern.example.com/" in commands


def test_a_name_of_tor_is_looked_for_in_no_dns():
    finding = curlx.explain(SOCKS.replace(b"intern.example.com", b"abcdef.onion")).findings[0]
    (remedy,) = finding.remedies
    assert remedy.commands == ("curl -v --proxy socks5h://127.0.0.1:9050 https://abcdef.onion/",)


def test_a_longer_name_that_the_same_log_reached_is_the_one_to_use():
    failed = "$ curl https://stock\ncurl: (6) Could not resolve host: stock\n"
    for reached in (
        '$ curl -k https://stock.depot.example\n{"code": 200}\n',
        "$ curl -i https://stock.depot.example\nHTTP/2 200\n\n",
    ):
        finding = curlx.explain(failed + reached).findings[0]
        assert finding.code == "network-host-not-found"
        assert [cause[:5] for cause in finding.causes] == ["stock"]
        assert [remedy.title for remedy in finding.remedies] == ["Use the longer name"]
    for other in ("$ curl -i https://stockholm.example\nHTTP/2 200\n\n", failed.replace("stock", "stock.a.example")):
        assert len(curlx.explain(failed + other).findings[0].causes) > 1


def test_nothing_is_below_where_the_name_is_not_known():
    steps = [
        " ".join(curlx.explain(log).findings[0].remedies[0].steps)
        for log in ("curl: (6) Could not resolve host: a.example\n", "curl: (6)\n")
    ]
    assert ["as below" in each for each in steps] == [True, False]


@pytest.mark.parametrize(("word", "instead"), [("GET", "-X GET"), ("POST", "-X POST"), ("curl", "a line of its own")])
def test_a_word_of_the_command_is_no_host_and_not_the_verdict_where_curl_went_on(word: str, instead: str) -> None:
    failed = f"""$ curl -v {word} http://api.example/
* Could not resolve host: {word}
* Closing connection 0
curl: (6) Could not resolve host: {word}
"""
    went_on = """*   Trying 192.0.2.1:80...
* Connected to api.example (192.0.2.1) port 80 (#1)
> GET / HTTP/1.1
> Host: api.example
>\x20
< HTTP/1.1 403 Forbidden
< Content-Length: 0
<\x20
* Connection #1 to host api.example left intact
"""
    (alone,) = curlx.explain(failed).findings
    assert (alone.code, alone.severity) == ("network-host-not-found", "error")
    assert instead in alone.remedies[0].steps[0]
    assert not alone.remedies[0].commands
    verdict, other = curlx.explain(failed + went_on).findings
    assert verdict.code == "http-forbidden"
    assert (other.code, other.severity) == ("network-host-not-found", "warning")


ANOTHER = "$ curl https://b.example/x\ncurl: (7) Failed to connect to b.example port 443: Connection refused\n"
WORD = "A word of the command was taken for a URL"


@pytest.mark.parametrize(
    ("text", "title", "severity"),
    [
        ("$ curl http://curl/\ncurl: (6) Could not resolve host: curl\n", DIAGNOSIS.title, "error"),
        ("$ curl -v http://curl:8080/\n* Could not resolve host: curl\n", DIAGNOSIS.title, "error"),
        (
            "cURL error 6: Could not resolve host: curl (see https://b.example) for http://curl:8080/x\n",
            DIAGNOSIS.title,
            "error",
        ),
        ("fatal: unable to access 'https://curl/x/': Could not resolve host: curl\n", DIAGNOSIS.title, "error"),
        ("$ curl curl -v\ncurl: (6) Could not resolve host: curl\n", WORD, "error"),
        ("$ curl GET\ncurl: (6) Could not resolve host: GET\n", WORD, "error"),
        (f"$ curl GET\ncurl: (6) Could not resolve host: GET\n{ANOTHER}", WORD, "error"),
    ],
)
def test_a_word_is_no_host_unless_the_log_shows_a_url_of_it(text, title, severity):
    found = [each for each in curlx.explain(text.encode()).findings if each.code == DIAGNOSIS.code]
    assert [(each.title, each.severity) for each in found] == [(title, severity)]


def test_without_its_command_a_service_may_be_named_as_curl():
    (found,) = curlx.explain(b"curl: (6) Could not resolve host: curl\n").findings
    assert (found.title, found.certainty) == (WORD, "likely")
