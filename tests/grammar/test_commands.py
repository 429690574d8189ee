"""Echoed command lines, and what their options say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curlx.grammar.commands import command_facts, is_continued, join_command, read_command
from curlx.options import options_of


def arguments(text: str) -> tuple[str, ...] | None:
    command = read_command(text)
    return None if command is None else command.arguments


@pytest.mark.parametrize("text", [
    "curl -v https://a.example", "$ curl -v https://a.example", "$curl -v https://a.example",
    "# curl -v https://a.example", "+ curl -v https://a.example", "C:\\>curl -v https://a.example",
    "PS C:\\Users\\me> curl.exe -v https://a.example", "root@web-0:/# curl -v https://a.example",
    "[me@host ~]$ sudo curl -v https://a.example", "$ kubectl exec -it web-0 -- curl -v https://a.example",
    "$ HTTPS_PROXY=http://gate.example:3128 curl -v https://a.example", "time curl -v https://a.example",
    "$ /usr/local/bin/curl -v https://a.example 2>&1 | tee log.txt", "$ curl -v https://a.example > /dev/null",
    "$ curl -v https://a.example; echo $?", "❯ curl -v 'https://a.example'",
    "$ cd certs && curl -v https://a.example", "$ unset http_proxy; curl -v https://a.example",
    "PS C:\\certs> cd c; curl.exe -v https://a.example", "[me@host ~]$      curl -v https://a.example", "→ ~ $ curl -v https://a.example",
    'PS C:\\> & "C:\\Program Files\\curl\\bin\\curl.exe" -v https://a.example',
    '$ ."C:\\Temp\\bin\\curl.exe" -v https://a.example', "$ '/opt/my tools/curl' -v https://a.example",
])  # fmt: skip
def test_a_command_is_read_behind_any_prompt(text: str) -> None:
    assert arguments(text) == ("-v", "https://a.example")


@pytest.mark.parametrize("text", [
    "curl: (60) SSL certificate problem: certificate has expired", "curl 8.5.0 (x86_64-pc-linux-gnu) libcurl/8.5.0",
    "curl failed to verify the legitimacy of the server and therefore could not", "alias curl=/opt/brew/bin/curl",
    'curl performs SSL certificate verification by default, using a "bundle"', "export CURL_CA_BUNDLE=/etc/ssl/a.pem",
    "I0412 10:00:00.000000   12345 round_trippers.go:466] curl -v -XGET 'https://127.0.0.1:6443/api'",
    "<p>curl -v https://a.example</p>", "see how to use curl: https://curl.se", "",
    "# From curl -vvv output:", "# With curl -v https://a.example:",
])  # fmt: skip
def test_other_lines_are_no_command(text: str) -> None:
    assert read_command(text) is None


def test_options_are_read_long_short_and_bundled() -> None:
    given = ("--connect-timeout", "5", "-m", "120", "-vkfSLo", "list.txt", "-XPUT", "https://a.example/list")
    assert options_of(given) == [
        ("connect-timeout", "5"), ("max-time", "120"), ("verbose", ""), ("insecure", ""), ("fail", ""),
        ("show-error", ""), ("location", ""), ("output", "list.txt"), ("request", "PUT"),
        ("url", "https://a.example/list"),
    ]  # fmt: skip
    facts = command_facts(given)
    assert facts.urls == ("https://a.example/list",)
    assert (facts.insecure, facts.location, facts.head) == (True, True, False)


def test_the_client_certificate_is_named() -> None:
    facts = command_facts(("-E", "client.pem", "--key", "k.pem", "--cacert=ca.pem", "-XPUT", "-d", "@x", "a.example"))
    assert facts.cert == "client.pem"
    assert facts.way == (("cert", "client.pem"), ("key", "k.pem"), ("cacert", "ca.pem"))
    assert facts.urls == ("a.example",)


def test_the_file_of_an_option_is_no_url() -> None:
    assert command_facts(("--issuercert", "issuer.pem", "https://a.example")).urls == ("https://a.example",)


def test_the_last_of_an_option_counts() -> None:
    assert command_facts(("-k", "--no-insecure")).insecure is False
    assert (
        command_facts(("-x", "http://one.example", "--socks5-hostname", "two.example:1080")).proxy
        == "socks5h://two.example:1080"
    )


def test_the_method_is_what_its_option_names() -> None:
    facts = command_facts(("-sXHEAD", "-HIf-Match: x", "-d", "PUT", "a.example"))
    assert (facts.method, facts.head) == ("HEAD", False)


def test_backslashes_of_windows_are_kept() -> None:
    assert arguments('C:\\>curl --cert "CurrentUser\\MY\\0f1e" https://a.example') == (
        "--cert", "CurrentUser\\MY\\0f1e", "https://a.example",
    )  # fmt: skip


def test_an_unfinished_quote_is_forgiven() -> None:
    assert arguments('curl -v "https://a.example') == ("-v", "https://a.example")


def test_a_continued_command_is_joined() -> None:
    assert is_continued("curl -v \\")
    assert is_continued("curl -v ^")
    assert not is_continued("curl -v")
    assert not is_continued("curl -d `date`")
    assert arguments(join_command("$ curl -v \\", "  https://a.example")) == ("-v", "https://a.example")
    assert arguments(join_command("$ curl -v \\", ">              https://a.example")) == ("-v", "https://a.example")


@given(st.text(max_size=300))
def test_any_arguments_give_facts(text: str) -> None:
    command = read_command(f"$ curl -v {text}")
    if command is not None:
        assert options_of(command.arguments)[0] == ("verbose", "")
        assert all(isinstance(url, str) for url in command_facts(command.arguments).urls)


@pytest.mark.parametrize(("text", "windows"), [
    ("PS C:\\> curl.exe -v https://a.example", True), ("C:\\>curl -v https://a.example", True),
    ("$ curl -v https://a.example", False), ("curl -v https://a.example", False),
    ('$ ."C:\\Temp\\bin\\curl.exe" -v https://a.example', True), ("$ '/opt/my tools/curl' -v https://a.example", False),
])  # fmt: skip
def test_a_command_of_windows_is_known_by_its_prompt_or_its_program(text: str, windows: bool) -> None:
    command = read_command(text)
    assert command is not None
    assert command.windows is windows


def test_a_hidden_secret_is_one_word_although_it_has_a_blank() -> None:
    assert arguments("curl -x http://‹url-credentials 1›@proxy.example:3128 -u ‹credentials 2› https://a.example") == (
        "-x", "http://‹url-credentials 1›@proxy.example:3128", "-u", "‹credentials 2›", "https://a.example",
    )  # fmt: skip


def test_the_way_of_a_command_is_what_leads_there_and_whom_it_trusts() -> None:
    facts = command_facts(("-vk", "-4", "--cacert", "ca.pem", "-H", "A: b", "-x", "p.example:80", "https://a.example"))
    assert facts.way == (("ipv4", ""), ("cacert", "ca.pem"), ("proxy", "p.example:80"))


@pytest.mark.parametrize(("prompt", "cmd"), [("C:\\Users\\ann>", True), ("PS C:\\> ", False), ("$ ", False)])
def test_the_prompt_tells_cmd_from_powershell(prompt: str, cmd: bool) -> None:
    command = read_command(f"{prompt}curl -v https://a.example")
    assert command is not None
    assert command.cmd is cmd


def test_curl_in_a_container_is_a_command() -> None:
    for line in (
        "docker run --rm -it web:7.4 curl myip.example",
        "kubectl exec web-0 -n prod -- curl -v http://a.example",
        "docker run --rm curlimages/curl:8.5.0 -v http://a.example",
        "kubectl run c --rm -it --image=curlimages/curl --restart=Never -- curl -v http://a.example",
        "podman run registry.example/tools/curl@sha256:00ff -v http://a.example",
    ):
        command = read_command(line)
        assert command is not None
        assert command.arguments[-1] in ("myip.example", "http://a.example")
        assert command_facts(command.arguments).urls in (("myip.example",), ("http://a.example",))
    assert read_command("oc exec web curl is not found") is None
    assert read_command("see https://a.example/curl:8.5.0 -v for more") is None


def test_a_long_option_is_known_in_any_case() -> None:
    assert command_facts(("--User-agent", "robot", "https://a.example/")).urls == ("https://a.example/",)
