from __future__ import annotations

import pytest

import curlx
from curlx.diagnoses.network.refused import diagnose as server
from curlx.diagnoses.proxy.refused import diagnose
from curlx.timeline import Complaint


def test_a_refusal_at_the_proxy_is_the_proxys(log):
    told = log(("connect-refused", "connect", ""), attempt="connect-refused", variable="https_proxy")
    (finding,) = diagnose(told)
    assert "proxy.example.com:3128" in finding.summary
    assert finding.evidence[-1].line == 1
    assert not list(server(told))


def test_without_a_sign_of_a_proxy_it_is_the_servers(log):
    told = log(("connect-refused", "connect", ""), attempt="connect-refused", known=False)
    assert not list(diagnose(told))
    (finding,) = server(told)
    assert any("proxy" in cause for cause in finding.causes)


def test_curl_may_name_the_proxy_itself(log):
    said = Complaint(
        "connect-failed", "", 40, "connect", subject="api.example.com", port=443, proxy="proxy.example.com"
    )
    (finding,) = diagnose(log(said, attempt="connect-refused", known=False))
    assert "The proxy proxy.example.com:3128" in finding.summary


@pytest.mark.parametrize(
    "words", ["api.example port 443 via proxy.example", "api.example:443 over proxy proxy.example"]
)
def test_the_port_beside_the_proxys_name_is_the_servers(words: str) -> None:
    (finding,) = curlx.explain(
        f"curl: (7) Failed to connect to {words} after 3 ms: Could not connect to server\n"
    ).findings
    assert finding.code == "proxy-refused"
    assert ":443" not in finding.summary + " ".join(each for one in finding.remedies for each in one.commands)


def test_the_server_that_was_not_asked_is_named_and_is_never_the_proxy():
    refused = "*   Trying 192.0.2.1:3128...\n* connect to 192.0.2.1 port 3128 failed: Connection refused\n"
    for log, said in (
        ("$ curl -v -x http://proxy.example.com:3128 https://shop.example/a\n" + refused,
         "The server shop.example:443 was not asked."),
        ("* Uses proxy env variable https_proxy == 'http://proxy.example.com:3128'\n" + refused,
         "The server was not asked."),
    ):  # fmt: skip
        (finding,) = curlx.explain(log + "* Closing connection\n").findings
        assert (finding.code, finding.summary.endswith(said)) == ("proxy-refused", True)


def test_where_git_could_not_connect_to_another_host_than_its_url_names_its_proxy_is_looked_for():
    log = "fatal: unable to access 'https://git.example.com/app.git/': Failed to connect to {} port 7890: {}\n"
    (finding,) = curlx.explain(log.format("127.0.0.1", "Connection refused")).findings
    assert (finding.code, finding.certainty) == ("proxy-refused", "likely")
    assert finding.remedies[0].commands == (
        "git config --show-origin --get-regexp proxy",
        "git -c http.proxy= ls-remote https://git.example.com/app.git/",
    )
    (own,) = curlx.explain(log.format("git.example.com", "Connection refused")).findings
    assert own.code == "network-refused"


def test_git_has_settings_of_its_own_for_a_proxy() -> None:
    (finding, *_) = curlx.explain(
        "$ git fetch origin\nfatal: unable to access 'https://git.example.com/a/b.git/': "
        "Failed to connect to git.example.com port 443 via 127.0.0.1\n"
    ).findings
    assert finding.code == "proxy-refused"
    assert "git config --show-origin --get-regexp proxy" in finding.remedies[0].commands
