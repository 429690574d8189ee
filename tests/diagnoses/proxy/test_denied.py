from __future__ import annotations

import pytest

import curlx
from curlx.diagnoses.proxy.denied import diagnose


@pytest.mark.parametrize(
    ("status", "certainty"), [(403, "certain"), (451, "certain"), (405, "likely"), (501, "likely")]
)
def test_a_refused_tunnel_is_found(log, status, certainty):
    (finding,) = diagnose(log(status=status))
    assert finding.certainty == certainty


@pytest.mark.parametrize("status", [200, 407, 502, 503])
def test_other_answers_are_not_its_business(log, status):
    assert not list(diagnose(log(status=status)))


@pytest.mark.parametrize(
    ("words", "certainty"),
    [
        ("Proxy Error ( Access is denied. )", "certain"),
        ("access-denied", "certain"),
        ("Forbidden by policy", "certain"),
        ("connect: permission denied", "likely"),
        ("Host api.example blocked the connection", "likely"),
        ("Bad Gateway (not blocked)", "likely"),
    ],
)
def test_the_words_behind_a_status_tell_the_proxys_own_no_from_anothers(log, words, certainty):
    (finding,) = diagnose(log(status=502, reason=words))
    assert finding.certainty == certainty
    assert any("The target, or" in cause for cause in finding.causes) == (certainty == "likely")


def test_a_forbidden_page_of_the_server_is_not_the_proxys(log):
    assert not list(diagnose(log(status=200, answered=403)))


def test_proxy_and_target_that_only_the_command_names_are_named():
    log = """$ curl -x {}proxy.example:3128 https://shop.example/a
curl: (56) Received HTTP code 403 from proxy after CONNECT
"""
    for scheme in ("", "http://"):
        finding = curlx.explain(log.format(scheme)).findings[0]
        assert finding.summary.startswith("The proxy proxy.example:3128 refused to open a tunnel to shop.example:443 ")
    finding = curlx.explain("curl: (56) Received HTTP code 403 from proxy after CONNECT\n").findings[0]
    assert finding.summary.startswith("The proxy refused to open a tunnel to the target ")


@pytest.mark.parametrize(("status", "location", "opened"), [
    (302, "http://portal.inside.example/login?to=", True),
    (302, "/login", False),
    (403, "http://portal.inside.example/blocked", False),
])  # fmt: skip
def test_the_page_to_which_a_proxy_sends_instead_is_to_be_opened(status: int, location: str, opened: bool):
    finding = curlx.explain(f"""* Connected to gate.example (192.0.2.7) port 8080 (#0)
* Establish HTTP proxy tunnel to shop.example:443
> CONNECT shop.example:443 HTTP/1.1
> Host: shop.example:443
>
< HTTP/1.1 {status} No
< Location: {location}
< Content-Length: 0
<
* CONNECT tunnel failed, response {status}
* Closing connection 0
curl: (56) CONNECT tunnel failed, response {status}
""").findings[0]
    assert finding.code == "proxy-denied"
    assert 7 in {item.line for item in finding.evidence}
    assert ("a portal that wants a login" in finding.causes[0]) == opened
    first = next(each for each in finding.remedies if each.who == "client")
    assert (first.title == "Open the page that the proxy points to") == opened
    assert (f"points to `{location}`" in finding.summary) == opened
    assert not opened or f"`{location}`." in first.steps[0]


@pytest.mark.parametrize(("status", "server", "knows"), [
    (400, "nginx", True), (405, "nginx/1.29.3", True), (400, "squid/5.7", False), (403, "nginx", False),
])  # fmt: skip
def test_a_server_that_opens_no_tunnels_is_told_to_be_no_proxy(log, status: int, server: str, knows: bool):
    (finding,) = diagnose(log(status=status, got=(("Server", server),)))
    assert ("is no proxy for clients" in finding.causes[0]) == knows
    assert any("answered, which by itself opens no tunnels" in one.shows for one in finding.evidence) == knows
    assert ("Allow the tunnel" in {one.title for one in finding.remedies}) != knows
