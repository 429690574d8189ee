"""What one line says of the whole log holds for all its transfers."""

from __future__ import annotations

import pytest

import curlx

SCHANNEL = "curl 8.4.0 (Windows) libcurl/8.4.0 Schannel WinIDN\nRelease-Date: 2023-10-11\n"
UNAVAILABLE = "> GET /a HTTP/1.1\n> Host: a.example\n> \n< HTTP/1.1 503 Service Unavailable\n< Content-Length: 0\n< \n"
ASKED = (
    f"* Connected to a.example (192.0.2.1) port 443 (#0)\n{UNAVAILABLE}* Connection #0 to host a.example left intact\n"
)
NOT_FOUND = "* Could not resolve host: b.example\ncurl: (6) Could not resolve host: b.example\n"
RESET = (
    "* Connected to a.example (192.0.2.1) port 443 (#0)\n* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n"
    "* OpenSSL SSL_connect: Connection reset by peer in connection to a.example:443\n"
)


def shells(log: str) -> list[tuple[bool, bool]]:
    return [(each.windows, each.cmd) for each in curlx.explain(log).timeline.transfers]


def commands(log: str) -> list[str]:
    return [command for found in curlx.explain(log).findings for each in found.remedies for command in each.commands]


@pytest.mark.parametrize("rest", [ASKED, NOT_FOUND, RESET])
def test_schannel_in_the_first_line_makes_every_command_one_of_windows(rest: str) -> None:
    told = commands(SCHANNEL + rest)
    assert told
    assert all(each.startswith(("curl.exe ", "cmd /c ", "Resolve-DnsName ")) for each in told)


@pytest.mark.parametrize("shown", [
    "* schannel: next InitializeSecurityContext failed: SEC_E_UNTRUSTED_ROOT\n",
    "* error setting certificate verify locations:  CAfile: C:/Users/me/ca.pem CApath: none\n",
    "* SSL connection using TLS1.3 (Schannel)\n* schannel: disabled automatic use of client certificate\n",
])  # fmt: skip
def test_what_one_transfer_shows_of_windows_holds_for_the_others(shown: str) -> None:
    first = f"* Connected to a.example (192.0.2.1) port 443 (#0)\n{shown}curl: (60) SSL certificate problem\n"
    assert shells(first + NOT_FOUND) == [(True, False)] * 2
    assert shells(NOT_FOUND) == [(False, False)]


def test_a_command_of_its_own_tells_where_a_transfer_was_started() -> None:
    first = f"C:\\>curl -v https://a.example/a\n{ASKED}curl: (22) The requested URL returned error: 503\n"
    assert shells(f"{first}{NOT_FOUND}") == [(True, True)] * 2
    assert shells(f"{first}$ curl -v https://b.example/\n{NOT_FOUND}") == [(True, True), (False, False)]


GIVEN = (
    "* Added a.example:8443:192.0.2.9 to DNS cache\n* Hostname a.example was found in DNS cache\n"
    "*   Trying 192.0.2.9:8443...\n* connect to 192.0.2.9 port 8443 failed: Connection refused\n"
    "* Failed to connect to a.example port 8443 after 2 ms: Connection refused\n"
    "curl: (7) Failed to connect to a.example port 8443 after 2 ms: Connection refused\n"
)
PLAIN = "\n".join(GIVEN.splitlines()[2:]) + "\n"


@pytest.mark.parametrize(("log", "ways"), [
    (GIVEN, ["a.example:8443:192.0.2.9"]),
    (PLAIN, [None]),
    (GIVEN + PLAIN, ["a.example:8443:192.0.2.9", None]),
    (PLAIN + GIVEN, [None, "a.example:8443:192.0.2.9"]),
    ("$ curl -v --resolve a.example:8443:192.0.2.8 https://a.example:8443/\n" + GIVEN, ["a.example:8443:192.0.2.8"]),
])  # fmt: skip
def test_what_curl_added_to_its_cache_was_given_with_resolve_to_the_run_that_follows(
    log: str, ways: list[str | None]
) -> None:
    transfers = curlx.explain(log).timeline.transfers
    assert [dict(each.way).get("resolve") for each in transfers] == ways


LED = "* Connecting to hostname: b.example\n* Connecting to port: 8443\n*   Trying 192.0.2.9:8443...\n"
ASKED_OF_A = "* Connected to b.example (192.0.2.9) port 8443 (#0)\n" + UNAVAILABLE


@pytest.mark.parametrize(("log", "given"), [
    (LED + ASKED_OF_A, "a.example::b.example:8443"),
    (LED.replace("* Connecting to port: 8443\n", "") + ASKED_OF_A, "a.example::b.example:"),
    (LED.replace("* Connecting to hostname: b.example\n", "") + ASKED_OF_A, "a.example:::8443"),
    ("$ curl -v --connect-to ::b.example:8443 http://a.example/a\n" + LED + ASKED_OF_A, "::b.example:8443"),
])  # fmt: skip
def test_what_curl_says_that_it_connects_to_was_given_with_connect_to(log: str, given: str) -> None:
    (transfer,) = curlx.explain(log).timeline.transfers
    assert dict(transfer.way).get("connect-to") == given
    assert any(f" --connect-to {given} " in each and each.endswith("http://a.example/a") for each in commands(log))


def test_commands_go_to_the_address_that_was_given_with_resolve() -> None:
    asked = commands(GIVEN)
    assert "nc -vz -w 5 192.0.2.9 8443" in asked
    handshake = RESET.replace(") port 443", ") port 8443").replace("example:443", "example:8443")
    asked = commands(GIVEN.splitlines()[0] + "\n" + handshake)
    assert any("s_client -connect 192.0.2.9:8443 -servername a.example" in each for each in asked)
