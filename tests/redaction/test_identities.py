"""Hosts, addresses and names are hidden on request, and a log tells the same story of others."""

from __future__ import annotations

from pathlib import Path

import pytest

import curlx
from curlx.redaction.copy import copy
from curlx.redaction.identities import KINDS, Identities

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").rglob("*.log"))


def hide(*lines: str, kinds: tuple[str, ...] = KINDS) -> list[str]:
    identities = Identities(kinds)
    for line in lines:
        identities.learn(line)
    return [identities.hide(line) for line in lines]


def test_equal_hosts_stay_equal_and_a_wildcard_still_covers_them() -> None:
    assert hide(
        "* Host api.corp.test:443 was resolved.",
        "* Connected to API.corp.test (10.0.0.7) port 443",
        '*  subjectAltName: "api.corp.test" matches cert\'s "*.corp.test"',
        "> Host: api.corp.test",
        "the page of api.corp.test and of corp.test",
        "curl: (6) Could not resolve host: api.other.test",
        "* Issue another request to this URL: 'https://intranet-7/a?b=api.corp.test'",
    ) == [
        "* Host host-1.host-2.example:443 was resolved.",
        "* Connected to host-1.host-2.example (192.0.2.1) port 443",
        '*  subjectAltName: "host-1.host-2.example" matches cert\'s "*.host-2.example"',
        "> Host: host-1.host-2.example",
        "the page of host-1.host-2.example and of host-2.example",
        "curl: (6) Could not resolve host: host-3.host-4.example",
        "* Issue another request to this URL: 'https://host-5/a?b=host-1.host-2.example'",
    ]


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("*   Trying 10.1.2.3:443...", "*   Trying 192.0.2.1:443..."),
        ("*   Trying [fd00::7]:443...", "*   Trying [2001:db8::1]:443..."),
        ("*   Trying fd00::7:443...", "*   Trying 2001:db8::1:443..."),
        ("* connect to fd00:1:2:3:4:5:6:7 port 443 failed", "* connect to 2001:db8::1 port 443 failed"),
        ("*  subject: C=NL; O=Corp BV; CN=Alice Jones", "*  subject: C=NL; O=name 1; CN=name 2"),
        ("*  subject: emailAddress=alice@corp.test", "*  subject: emailAddress=name-1@host-1.example"),
        ("> From: alice@corp.test", "> From: name-1@host-1.example"),
    ],
)
def test_addresses_and_names_are_hidden(line: str, hidden: str) -> None:
    assert hide(line) == [hidden]


@pytest.mark.parametrize(
    "line",
    [
        "*   Trying 127.0.0.1:8080...",
        "* Connected to localhost (::1) port 443",
        "09:10:21.186932 [0-0] * ALPN: server accepted h2",
        "> User-Agent: curl/8.14.1",
        "< Server: nginx/1.22.1",
        "> User-Agent: Mozilla/5.0 Chrome/120.0.0.0",
        "*  serial number: 04:9E:8F:2A:11:22:33:44:55:66:77",
        "*  issuer: C=US; O=Let's Encrypt; CN=R3",
        "$ curl -v --cert client.pem --key client.key",
        "*  CAfile: /etc/ssl/certs/ca-certificates.crt",
        "More details here: https://curl.se/docs/sslcerts.html",
        "<center>nginx/1.22.1</center>",
        "bash$ curl -v http://localhost/",
        "no_proxy=localhost,.local,127.0.0.1,*",
        "* Connection #0 to host left intact",
        "* Hostname was NOT found in DNS cache",
        "* Connection #1 to host localhost left intact",
        "the request failed for reasons: 3",
        "* Connection #0 to proxy left intact",
        "* shutting down connection #0",
        "* Clear auth, redirects to port from 443 to 80",
        "the connection to come: (1)",
        "100% curl % done > curl x",
    ],
)
def test_what_names_nobody_stays(line: str) -> None:
    assert hide(line, kinds=("hosts", "addresses")) == [line]


def test_only_what_was_asked_for_is_hidden() -> None:
    line = "* Connected to api.corp.test (10.0.0.7) port 443"
    assert hide(line, kinds=("hosts",)) == ["* Connected to host-1.host-2.example (10.0.0.7) port 443"]
    assert hide(line, kinds=("addresses",)) == ["* Connected to api.corp.test (192.0.2.1) port 443"]
    assert hide(line, kinds=("names",)) == [line]


def test_the_verdict_on_every_fixture_is_the_same() -> None:
    for path in FIXTURES:
        data = path.read_bytes()
        known, hidden = curlx.explain(data), curlx.explain(data, hide=KINDS)
        told = [(one.code, one.severity, one.certainty) for one in known.findings]
        assert [(one.code, one.severity, one.certainty) for one in hidden.findings] == told, path
        assert (hidden.outcome, hidden.summary) == (known.outcome, known.summary), path


def test_no_format_names_the_host(founding_log: bytes) -> None:
    report = curlx.explain(founding_log, hide=KINDS, source="a.log")
    for format in ("json", "html", "markdown", "reply", "har", "terminal"):
        assert "engine.sandbox" not in curlx.render(report, format)
    copied = b"".join(copy([founding_log], identities=Identities(KINDS)))
    assert b"engine.sandbox" not in copied
    assert b"host-1.example" in copied
    assert copied.count(b"\n") == founding_log.count(b"\n")


@pytest.fixture
def founding_log() -> bytes:
    return (Path(__file__).parents[2] / "fixtures" / "founding.log").read_bytes()


def test_machines_in_via_and_who_types_at_a_prompt_are_hidden() -> None:
    assert hide(
        "< Via: 1.1 EDGE07, 1.1 varnish",
        "[mk4711@build12 ~]$ curl https://a.example/ --cert /home/mk4711/c.pem",
        "mk4711@build12:~$ ",
        "root@build12:/# ",
    ) == [
        "< Via: 1.1 host-1, 1.1 varnish",
        "[name-1@host-2 ~]$ curl https://host-3.example/ --cert /home/name-1/c.pem",
        "name-1@host-2:~$ ",
        "root@host-2:/# ",
    ]


def copied(*lines: str) -> list[str]:
    data = "".join(f"{line}\n" for line in lines).encode()
    told = b"".join(copy([data], identities=Identities(("hosts", "names"))))
    return told.decode().splitlines()


@pytest.mark.parametrize(
    ("prompt", "hidden"),
    [
        ("ada@forge:~$ ", "name-1@host-1:~$ "),
        ("[ada@forge ~]$ ", "[name-1@host-1 ~]$ "),
        ("ada@forge ~ % ", "name-1@host-1 ~ % "),
        ("root@forge:/home/ada# ", "root@host-1:/home/name-1# "),
        ("(venv) ada@forge:~/x$ ", "(venv) name-1@host-1:~/x$ "),
        ("2024-01-01T00:00:00Z ada@forge:~$ ", "2024-01-01T00:00:00Z name-1@host-1:~$ "),
        ("\x1b[32mada@forge\x1b[0m:~$ ", "\x1b[32mname-1@host-1\x1b[0m:~$ "),
        ("➜  ada@forge ~ ", "➜  name-1@host-1 ~ "),
        ("forge:~ ada$ ", "host-1:~ name-1$ "),
        ("ada@forge> ", "name-1@host-1> "),
    ],
)
def test_a_prompt_before_a_command_is_hidden_in_the_copy(prompt: str, hidden: str) -> None:
    command = "curl -v http://localhost/"
    assert copied(prompt + command, "* Connected to localhost (127.0.0.1) port 80") == [
        hidden + command,
        "* Connected to localhost (127.0.0.1) port 80",
    ]


def test_a_name_is_hidden_before_the_line_that_tells_it_is_one() -> None:
    assert copied("# forge is down, says ~ada", "ada@forge:~$ curl -v http://localhost/")[0] == (
        "# host-1 is down, says ~name-1"
    )


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("curl: (6) Could not resolve host: forge", "curl: (6) Could not resolve host: host-1"),
        ("curl: (7) Failed to connect to forge port 80: x", "curl: (7) Failed to connect to host-1 port 80: x"),
        ("* Establish HTTP proxy tunnel to forge:443", "* Establish HTTP proxy tunnel to host-1:443"),
        ("< Via: 2 forge", "< Via: 2 host-1"),
        ("$ curl --connect-to=localhost:443:forge:443 x", "$ curl --connect-to=localhost:443:host-1:443 x"),
        ("$ curl -H Host:forge x", "$ curl -H Host:host-1 x"),
        ("$ curl --proxy1.0 forge x", "$ curl --proxy1.0 host-1 x"),
        ("* Connection #0 to proxy forge left intact", "* Connection #0 to proxy host-1 left intact"),
        ("* shutting down connection #0 to forge", "* shutting down connection #0 to host-1"),
        ('*  subjectAltName: "forge" matches cert\'s', '*  subjectAltName: "host-1" matches cert\'s'),
        ("* subject name 'forge' does not match", "* subject name 'host-1' does not match"),
        ("* SSL_ERROR_SYSCALL in connection to forge:443", "* SSL_ERROR_SYSCALL in connection to host-1:443"),
        ("* Added forge:443:127.0.0.1 to DNS cache", "* Added host-1:443:127.0.0.1 to DNS cache"),
        ("* [DNS] added forge:443:127.0.0.1 to cache", "* [DNS] added host-1:443:127.0.0.1 to cache"),
        ("* SOCKS5 connect to forge:443 (remotely resolved)", "* SOCKS5 connect to host-1:443 (remotely resolved)"),
        ("curl: (97) No SOCKS5 connection to forge. (1)", "curl: (97) No SOCKS5 connection to host-1. (1)"),
        ("* Opened from ::1 port 5 to forge port 443", "* Opened from ::1 port 5 to host-1 port 443"),
        ("* Alt-svc connecting from [h2]forge:443", "* Alt-svc connecting from [h2]host-1:443"),
        ("> Forwarded: host=forge", "> Forwarded: host=host-1"),
        ("> X-Forwarded-Host: forge", "> X-Forwarded-Host: host-1"),
        ("< Set-Cookie: a=b; domain=forge", "< Set-Cookie: a=‹cookie 1›; domain=host-1"),
        ("* Added cookie a for domain forge, path /", "* Added cookie a for domain host-1, path /"),
        ("forge % curl -v x", "host-1 % curl -v x"),
        ("forge> curl -v x", "host-1> curl -v x"),
        ("╭─ada@forge ~", "╭─name-1@host-1 ~"),
        ("$ sudo -u ada curl x", "$ sudo -u name-1 curl x"),
        ("$ ssh -p 22 forge curl x", "$ ssh -p 22 host-1 curl x"),
        ("$ curl -x forge:3128 x", "$ curl -x host-1:3128 x"),
        ("$ curl --proxy forge x", "$ curl --proxy host-1 x"),
        ("$ HTTPS_PROXY=forge:3128 curl x", "$ HTTPS_PROXY=host-1:3128 curl x"),
        ("$ curl --connect-to :443:forge:8443 x", "$ curl --connect-to :443:host-1:8443 x"),
        ("$ curl --resolve forge:443:127.0.0.1 x", "$ curl --resolve host-1:443:127.0.0.1 x"),
        ("$ curl --socks5-hostname forge:1080 x", "$ curl --socks5-hostname host-1:1080 x"),
        ("$ curl -xforge:3128 x", "$ curl -xhost-1:3128 x"),
        ('$ curl -H "Host: forge" http://localhost/', '$ curl -H "Host: host-1" http://localhost/'),
        ("$ curl --noproxy localhost,forge,anvil x", "$ curl --noproxy localhost,host-1,host-2 x"),
        ("no_proxy=.corp.test,forge", "no_proxy=.host-1.example,host-2"),
        (
            "* Uses proxy env variable no_proxy == 'forge,anvil'",
            "* Uses proxy env variable no_proxy == 'host-1,host-2'",
        ),
        ("* no name matches target host name 'forge'", "* no name matches target host name 'host-1'"),
        ("*   Trying forge:443...", "*   Trying host-1:443..."),
        ("* getaddrinfo(3) failed for forge:443", "* getaddrinfo(3) failed for host-1:443"),
        ("* Connection #0 to host forge left intact", "* Connection #0 to host host-1 left intact"),
        ("* Connection #0 to host forge:443 left intact", "* Connection #0 to host host-1:443 left intact"),
        ("* Established connection to forge (::1 port 443)", "* Established connection to host-1 (::1 port 443)"),
        (
            "* Re-using existing https: connection with host forge",
            "* Re-using existing https: connection with host host-1",
        ),
        ("* Found bundle for host forge: 0x5581a [serially]", "* Found bundle for host host-1: 0x5581a [serially]"),
        ("* Hostname forge was found in DNS cache", "* Hostname host-1 was found in DNS cache"),
        ("forge$ curl -v x", "host-1$ curl -v x"),
        ("forge# curl -v x", "host-1# curl -v x"),
        ("$ ssh -l ada forge curl x", "$ ssh -l name-1 host-1 curl x"),
        ("$ docker exec -it forge curl x", "$ docker exec -it host-1 curl x"),
        ("$ docker exec -it -u ada forge curl x", "$ docker exec -it -u name-1 host-1 curl x"),
        ("$ docker compose exec forge curl x", "$ docker compose exec host-1 curl x"),
        ("$ kubectl -n shop exec -it forge -c app -- curl x", "$ kubectl -n shop exec -it host-1 -c app -- curl x"),
        ("$ podman exec forge curl x", "$ podman exec host-1 curl x"),
        ("$ ssh -i key -p 22 ada@forge curl x", "$ ssh -i key -p 22 name-1@host-1 curl x"),
        ("$ curl -v forge:8080/x", "$ curl -v host-1:8080/x"),
        ("$ curl -sv forge", "$ curl -sv host-1"),
        ("$ curl -X POST -o out https://forge/", "$ curl -X POST -o out https://host-1/"),
        ("$ nc -vz forge 443", "$ nc -vz host-1 443"),
        ("$ openssl s_client -connect forge:443", "$ openssl s_client -connect host-1:443"),
        ("then I ping forge", "then I ping forge"),
        ("2026-01-02T03:04:05.123Z forge curl[12]: x", "2026-01-02T03:04:05.123Z host-1 curl[12]: x"),
        ("2026-01-02T03:04:05Z INFO curl: x", "2026-01-02T03:04:05Z INFO curl: x"),
        ("Jan  2 03:04:05 forge curl[12]: x", "Jan  2 03:04:05 host-1 curl[12]: x"),
        ("machine forge password x login ada", "machine host-1 password x login name-1"),
        ('{"user":"ada"}', '{"user":"name-1"}'),
        ("< Via:1.1 forge", "< Via:1.1 host-1"),
        ("< X-Cache: HIT from forge", "< X-Cache: HIT from host-1"),
        (r"* could not open c:\users\ada\c.pem", r"* could not open c:\users\name-1\c.pem"),
        (r"* could not open C:\\Users\\ada\\c.pem", r"* could not open C:\\Users\\name-1\\c.pem"),
        (
            "$ curl -x ada:pw@forge:3128 http://localhost/",
            "$ curl -x ‹url-credentials 1›@host-1:3128 http://localhost/",
        ),
        ("> GET /a?user=ada&x=1 HTTP/1.1", "> GET /a?user=name-1&x=1 HTTP/1.1"),
        ("> GET /a?user=ada HTTP/1.1", "> GET /a?user=name-1 HTTP/1.1"),
        ("> GET /a?x=1&login=ada HTTP/2", "> GET /a?x=1&login=name-1 HTTP/2"),
        ("machine forge login ada password sesame", "machine host-1 login name-1 password ‹password 1›"),
        ("login ada", "login name-1"),
        ("* could not open '/home/ada may/c.pem'", "* could not open '/home/name-1/c.pem'"),
    ],
)
def test_a_machine_without_a_dot_and_a_folder_of_any_spelling_are_hidden(line: str, hidden: str) -> None:
    assert copied(line) == [hidden]
