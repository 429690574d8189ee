from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import curlx
from curlx.advice.programs import in_own_words
from curlx.events import Program
from curlx.findings import transfer_of
from curlx.timeline import Transfer

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
SAID = "that made this call, not the command curl"


@pytest.mark.parametrize(
    ("program", "text", "told"),
    [
        ("PHP", "curl -v --cacert ca.pem https://a.example/", "`--cacert` is `CURLOPT_CAINFO`, or `curl.cainfo`"),
        ("PHP", "HTTP/1.1 (`--http1.1`)", "`--http1.1` is `CURLOPT_HTTP_VERSION` => `CURL_HTTP_VERSION_1_1`"),
        ("pycurl", "`--http1.1`", "`pycurl.HTTP_VERSION` set to `pycurl.CURL_HTTP_VERSION_1_1`"),
        ("pycurl", "curl -4 https://a.example/", "`pycurl.IPRESOLVE` set to `pycurl.IPRESOLVE_V4`"),
        ("pycurl", "--ca-native", "set to `pycurl.SSLOPT_NATIVE_CA`"),
        ("R", "curl --tls-max 1.2 https://a.example/", "`--tls-max 1.2` is `sslversion = 6L * 65536L`"),
        ("libcurl", "curl --cert c --key k https://a.example/",
         "`--cert` is `CURLOPT_SSLCERT`, and `--key` is `CURLOPT_SSLKEY`"),
        ("dnf", "--proxy http://p.example:3128", "dnf or yum that made this call"),
        ("cargo", "`--http1.1`", "`http.multiplexing = false`"),
        ("curl_cffi", "--cacert ca.pem", "`verify=\"FILE\"`"),
        ("curl_cffi", "--resolve a.example:443:192.0.2.1", "`CurlOpt.RESOLVE` in `curl_options=`"),
        ("PHP", "Name it with --proxy.", "`--proxy` is `CURLOPT_PROXY`."),
        ("PHP", "`--speed-limit 1 --speed-time 30`", "`CURLOPT_LOW_SPEED_LIMIT`, and `--speed-time` is"),
        ("R", "curl --tlsv1.3 https://a.example/", "`sslversion = 7L`"),
        ("dnf", "`--speed-limit 1 --speed-time 30`", "`minrate=`, and `--speed-time` is `timeout=`"),
        ("dnf", "With `--max-time 120`", "near to `timeout=`, which"),
        ("cargo", "`--speed-limit 1`", "`http.low-speed-limit`"),
        ("Nix", "`--speed-time 30`", "`stalled-download-timeout`"),
        ("CMake", "`--speed-time 30`", "`INACTIVITY_TIMEOUT`"),
    ],
)  # fmt: skip
def test_an_option_is_called_as_the_program_calls_it(program: Program, text: str, told: str) -> None:
    assert told in in_own_words(program, [text])


@pytest.mark.parametrize("text", ["curl -sSv https://a.example/", "--proxy-header X", "a--cacert", "-Lx", "-4.0"])
def test_what_has_no_other_name_is_left_out(text: str) -> None:
    assert in_own_words("PHP", [text]) == ""


def test_options_stand_in_one_order_whatever_the_text() -> None:
    texts = ["--key k --cert c", "--cert c --key k"]
    assert in_own_words("PHP", texts[:1]) == in_own_words("PHP", texts[1:])


@pytest.mark.parametrize("program", sorted(set(get_args(Program)) - {"", "git"}))
def test_every_program_knows_how_to_trust_an_authority(program: Program) -> None:
    assert in_own_words(program, ["--cacert ca.pem"])


UNTRUSTED = "SSL certificate problem: unable to get local issuer certificate"


def steps(log: str) -> str:
    return " ".join(step for remedy in curlx.explain(log).findings[0].remedies for step in remedy.steps)


@pytest.mark.parametrize(
    ("log", "program"),
    [
        (f"cURL error 60: {UNTRUSTED} (see https://curl.haxx.se/libcurl/c/libcurl-errors.html)", "most likely PHP"),
        (f"pycurl.error: (60, '{UNTRUSTED}')", "pycurl"),
        (f"Error in curl::curl_fetch_memory(url, handle = handle): {UNTRUSTED}", "R"),
        (f"> x()\nError in curl::curl_fetch_memory(url, handle = handle) : \n  {UNTRUSTED}\n", "R"),
        (f"Error in curl::curl_fetch_disk(u, p, handle = h) :\n  Peer certificate [a.example]:\n{UNTRUSTED}", "R"),
        (f"some other words (url, handle = handle) : \n  {UNTRUSTED}\n", ""),
        (f"warning: spurious network error (3 tries remaining): [60] SSL peer certificate ({UNTRUSTED})", "cargo"),
        (f"error: unable to download 'https://a.example/i': SSL peer certificate was not OK (60) {UNTRUSTED}", "Nix"),
        (f"Curl error (60): Peer certificate for https://a.example/x [{UNTRUSTED}]", "dnf or yum"),
        (f"curl: (60) {UNTRUSTED}", ""),
        (f"$ curl https://a.example/\ncurl: (60) {UNTRUSTED}", ""),
        (f"fatal: unable to access 'https://a.example/x.git/': {UNTRUSTED}", ""),  # its remedies are git's own
    ],
)
def test_the_remedies_say_it_once_to_who_does_not_run_the_tool(log: str, program: str) -> None:
    told = steps(log)
    assert told.count(SAID) == bool(program)
    assert f"It was {program} that" in told if program else "It was" not in told


@pytest.mark.parametrize(
    ("agent", "program"),
    [
        ("GuzzleHttp/7", "PHP"), ("libcurl/7.68 r-curl/4.3 httr/1.4", "R"), ("cargo/1.74.0", "cargo"),
        ("cargo 1.70.0 (ec8a8a0ca 2023-04-25)", "cargo"), ("curl/8.4.0 Nix/2.18.1", "Nix"),
        ("curl/8.5.0", ""), ("mycurl/1", ""), ("mycargo/1", ""),
    ],
)  # fmt: skip
def test_a_request_names_the_program(agent: str, program: str) -> None:
    asked = f"* Connected to a.example (192.0.2.1) port 443\n> GET / HTTP/1.1\n> User-Agent: {agent}\n> \n"
    late = f"{asked}* Operation timed out after 3000 milliseconds with 0 bytes received\n* Closing connection\n"
    assert curlx.explain(late).timeline.transfers[0].program == program
    assert (SAID in steps(late)) is (program not in {"", "Nix"})  # Nix has no limit for all of it


OPTION = re.compile(r"(?<![\w-])--[a-z][a-z0-9-]+(?:\.\d)?")
OF_THE_TOOL = {"--silent", "--trace-ascii", "--output", "--continue-at", "--globoff", "--retry"}
WITHOUT_A_SETTING: dict[Program, set[str]] = {
    "dnf": {"--resolve", "--connect-to"},
    "Julia": {"--resolve", "--connect-to"},
    "Composer": {"--speed-limit", "--speed-time"},
    "CMake": {"--tls-max", "--http1.1"},
}


def remedies_in_fixtures() -> Iterator[tuple[str, Transfer, list[str]]]:
    for path in sorted((*(FIXTURES / "wrapped").glob("*.log"), *(FIXTURES / "diagnoses").rglob("*.log"))):
        report = curlx.explain(path.read_bytes())
        for finding in report.findings:
            transfer = transfer_of(report.timeline.transfers, finding)
            if transfer is not None:
                mine = [each for each in finding.remedies if each.who == "client"]
                yield path.name, transfer, [text for each in mine for text in (each.title, *each.steps, *each.commands)]


def test_what_the_remedies_for_a_program_name_has_a_name_there_and_the_tool_needs_none() -> None:
    of_programs = 0
    for name, transfer, told in remedies_in_fixtures():
        said = [text for text in told if SAID in text]
        if not transfer.program or transfer.git or transfer.command is not None:
            assert not said, name
            continue
        of_programs += 1
        assert len(said) <= 1, name
        options = {option for text in told if text not in said for option in OPTION.findall(text)}
        options -= OF_THE_TOOL | WITHOUT_A_SETTING.get(transfer.program, set())
        assert {option for option in options if f"`{option}" not in "".join(said)} == set(), name
    assert of_programs > 50
